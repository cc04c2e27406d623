//! What a screen must know first: who, where, which day, and what can be picked.

use serde::{Deserialize, Serialize};

use super::Command;
use crate::access::Role;
use crate::catalogue::Catalogue;
use crate::day::Day;
use crate::entry::Moment;
use crate::id::Id;

/// Asks for everything that a screen needs before it can show a day.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Hello {}

impl Command for Hello {
    type Output = Session;
    const ACCESS: Role = Role::Operator;

    fn name() -> String {
        "session/hello".into()
    }

    fn site(&self) -> Option<&str> {
        None
    }
}

/// Who is there, on what, and when.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Session {
    /// The user, as it stands in records.
    pub user: String,
    /// The user's role.
    pub role: Role,
    /// This computer.
    pub device: Id,
    /// Version of DeskOps.
    pub version: String,
    /// The clock of the computer that holds the records.
    pub now: Moment,
    /// The business day at each site, in the order of the catalogue's sites.
    pub today: Vec<SiteDay>,
    /// What can be picked.
    pub catalogue: Catalogue,
    /// Where the records are.
    pub database: String,
    /// How large they are.
    pub database_bytes: u64,
    /// Records on this computer that head office does not have yet.
    pub unsent: u64,
    /// What is wrong with the computer itself and should be put right soon: its clock, its disk.
    pub notices: Vec<String>,
}

/// The business day at a site.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SiteDay {
    /// The site.
    pub site_id: String,
    /// Its business day.
    pub today: Day,
    /// Minutes that its clocks are ahead of UTC.
    pub offset_minutes: i32,
}
