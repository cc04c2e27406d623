//! How long what is given to a program lasts. The others are given [`super::SESSION_MS`].

const MINUTE_MS: i64 = 60 * 1_000;

/// How long what is given to a program lasts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AccountRules {
    /// Milliseconds that a token is good for. Using it makes it last no longer.
    pub access_ms: i64,
    /// Milliseconds that a session lasts without being refreshed.
    pub refresh_ms: i64,
}

impl AccountRules {
    /// So many minutes for a token, so many days without being refreshed.
    #[must_use]
    pub fn new(access_minutes: u32, refresh_days: u32) -> Self {
        Self {
            access_ms: i64::from(access_minutes) * MINUTE_MS,
            refresh_ms: i64::from(refresh_days) * 24 * 60 * MINUTE_MS,
        }
    }
}

impl Default for AccountRules {
    /// A quarter of an hour, and thirty days.
    fn default() -> Self {
        Self::new(15, 30)
    }
}
