//! What DeskOps can be asked to do: each command once, for the window, HTTP and tests alike.
//!
//! A command is declared here and done in the core; [`refusal`] is why it was not done.

pub mod days;
pub mod exports;
pub mod ledger;
pub mod periods;
pub mod records;
pub mod refusal;
pub mod session;

pub use refusal::{Code, Refusal};

use serde::{Serialize, de::DeserializeOwned};

use crate::access::Role;

/// Something DeskOps can be asked to do. The type is its own input.
pub trait Command: Serialize + DeserializeOwned + Send + 'static {
    /// What comes back.
    type Output: Serialize + DeserializeOwned + Send + 'static;
    /// The least role that may ask.
    const ACCESS: Role;
    /// `production/list`: module and command, and with `/api/` before it the path.
    fn name() -> String;
    /// The site that it concerns, which the caller must reach.
    fn site(&self) -> Option<&str>;
}
