//! What DeskOps can be asked to do: each command once, for the window, HTTP and tests alike.
//!
//! A command is declared here and done in the core; [`refusal`] is why it was not done.

pub mod balance;
pub mod completeness;
pub mod connection;
pub mod dashboard;
pub mod days;
pub mod devices;
pub mod events;
pub mod exports;
pub mod guard;
pub mod ledger;
pub mod loads;
pub mod metrics;
pub mod periods;
pub mod rates;
pub mod records;
pub mod refusal;
pub mod security;
pub mod session;
pub mod users;

pub use refusal::{Code, Refusal};

use serde::{Serialize, de::DeserializeOwned};

use crate::access::Role;
use crate::day::Day;
use crate::schema::Described;
use records::Filter;

/// Something DeskOps can be asked to do. The type is its own input.
pub trait Command: Serialize + DeserializeOwned + Described + Send + 'static {
    /// What comes back.
    type Output: Serialize + DeserializeOwned + Described + Send + 'static;
    /// The least role that may ask.
    const ACCESS: Role;
    /// Whether it may be asked before anybody is signed in.
    const IS_PUBLIC: bool = false;
    /// `production/list`: module and command, and with `/api/` before it the path.
    fn name() -> String;
    /// The site that it concerns, which the caller must reach.
    fn site(&self) -> Option<&str>;
    /// Whether it asks for every site within the caller's reach at once. It then names none in
    /// [`Command::site`].
    fn is_everywhere(&self) -> bool {
        false
    }
    /// The days that it asks for, which the caller must see.
    fn days(&mut self) -> Days<'_> {
        Days::None
    }
}

/// The days that a command asks for.
#[derive(Debug, PartialEq, Eq)]
pub enum Days<'a> {
    /// None; or those of a record, which are looked at where it is found.
    None,
    /// One.
    One(Day),
    /// A range; where it is open it is cut to what the caller sees.
    Range(&'a mut Filter),
    /// A range that goes to a file, which has a length of its own.
    File(&'a mut Filter),
}

/// Says which command a type is that concerns no site.
macro_rules! command {
    ($type:ty => $output:ty, $name:literal, public) => {
        command!($type => $output, $name, Operator, true);
    };
    ($type:ty => $output:ty, $name:literal, $access:ident) => {
        command!($type => $output, $name, $access, false);
    };
    ($type:ty => $output:ty, $name:literal, $access:ident, $is_public:literal) => {
        impl $crate::api::Command for $type {
            type Output = $output;
            const ACCESS: $crate::access::Role = $crate::access::Role::$access;
            const IS_PUBLIC: bool = $is_public;

            fn name() -> String {
                $name.into()
            }

            fn site(&self) -> Option<&str> {
                None
            }
        }
    };
}
pub(crate) use command;
