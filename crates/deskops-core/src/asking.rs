//! Who asks, and over what, as a carrier knows it: before the desk has looked who that is.

use std::net::IpAddr;

use deskops_domain::access::{Carrier, Line};

/// Who asks, and over what. Each carrier makes it in one place; [`crate::Desk::caller`] turns it into
/// a caller.
#[derive(Clone, Default)]
pub struct Asking {
    /// The session's token, where one came along.
    pub token: Option<String>,
    /// What carries the question.
    pub carrier: Carrier,
    /// The address that it comes from; none where no network is between.
    pub address: Option<IpAddr>,
}

impl Asking {
    /// Somebody at the program's own window.
    #[must_use]
    pub fn window(token: Option<&str>) -> Self {
        Self { token: token.map(str::to_owned), ..Self::default() }
    }

    /// The line over which they ask; the session says on which device.
    pub(crate) fn line(&self) -> Line {
        Line { carrier: self.carrier, address: self.address, device: None }
    }
}

impl std::fmt::Debug for Asking {
    /// Without the token, which opens a session.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Asking")
            .field("has_token", &self.token.is_some())
            .field("carrier", &self.carrier)
            .field("address", &self.address)
            .finish()
    }
}
