//! Who is there: what a screen must know first, the set-up, signing in and out.

use serde::{Deserialize, Serialize};

use super::command;
use crate::access::Role;
use crate::catalogue::{Catalogue, Site};
use crate::day::Day;
use crate::entry::Moment;
use crate::id::Id;

/// Asks for everything that a screen needs before it can show anything.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Hello {}
command!(Hello => Welcome, "session/hello", public);

/// Makes the first administrator and says which site this is; only while there is no user.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SetUp {
    /// The site.
    pub site: NewSite,
    /// Who looks after DeskOps.
    pub administrator: NewPerson,
}
command!(SetUp => SignedIn, "session/set-up", public);

/// A site as it is described at the set-up.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct NewSite {
    /// Short code, `ALASLA-29`.
    pub code: String,
    /// Name on documents.
    pub name: String,
    /// Town.
    #[serde(default)]
    pub location: Option<String>,
    /// IANA time zone, `Asia/Riyadh`.
    pub timezone: String,
    /// Minutes after midnight at which a business day begins.
    pub day_cut_minutes: u32,
    /// First day of the week, Monday 1 to Sunday 7.
    pub week_start: u32,
    /// Days of the week without work, Monday 1 to Sunday 7.
    pub days_off: Vec<u32>,
}

/// Somebody who is to sign in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct NewPerson {
    /// For signing in and in records.
    pub name: String,
    /// In full.
    pub full_name: String,
    /// Password or PIN.
    pub password: String,
}

/// Signs in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SignIn {
    /// Sign-in name; capitals do not matter.
    pub name: String,
    /// Password or PIN.
    pub password: String,
    /// The device on which somebody signs in, where it proves itself. Wrong passwords that others
    /// try make nobody wait on a device of their own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub device: Option<NewDevice>,
}
command!(SignIn => SignedIn, "session/sign-in", public);

impl SignIn {
    /// Signs in on a device that does not prove itself.
    #[must_use]
    pub fn new(name: &str, password: &str) -> Self {
        Self { name: name.to_owned(), password: password.to_owned(), device: None }
    }
}

/// A device as it shows itself.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct NewDevice {
    /// 32 random bytes as 64 hex digits, which the device made once and keeps to itself. By them it
    /// is known again.
    pub key: String,
    /// What people call it, `Site office 2`.
    pub name: String,
    /// Version of the program on it.
    #[serde(default)]
    pub app: Option<String>,
}

impl std::fmt::Debug for NewDevice {
    /// Without the key, which is a secret.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("NewDevice").field("name", &self.name).field("app", &self.app).finish()
    }
}

/// Asks for new tokens in the place of those of a session that is refreshed. Asking again because the
/// answer was lost gives the same ones, until a minute after they were used first.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Refresh {
    /// The refresh token.
    pub token: String,
    /// The key of the device on which somebody signed in; nothing where it proved none.
    #[serde(default)]
    pub key: Option<String>,
    /// Version of the program on it.
    #[serde(default)]
    pub app: Option<String>,
}
command!(Refresh => SignedIn, "session/refresh", public);

impl std::fmt::Debug for Refresh {
    /// Without its secrets.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Refresh").field("app", &self.app).finish()
    }
}

/// Ends a session. One that has ended already is no error.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SignOut {
    /// Its token, or its refresh token where that has ended.
    pub token: String,
}
command!(SignOut => (), "session/sign-out", public);

/// Ends every session of one's own, on every computer, this one too.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SignOutEverywhere {}
command!(SignOutEverywhere => (), "session/sign-out-everywhere", Operator);

/// Changes one's own password. Every other session of the user ends.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ChangePassword {
    /// The present one.
    pub old: String,
    /// The new one.
    pub new: String,
}
command!(ChangePassword => SignedIn, "session/change-password", Operator);

/// Somebody has signed in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SignedIn {
    /// To be sent with every command from now on. At the window and in a browser it is good while it
    /// is used, on a computer of one's own until DeskOps is closed; elsewhere for `expires_in`.
    pub token: String,
    /// Who it is.
    pub user: Person,
    /// Seconds until the token ends, where using it makes it last no longer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires_in: Option<u32>,
    /// What `session/refresh` takes for the next tokens.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub refresh: Option<String>,
    /// The device whose session it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub device: Option<Id>,
}

/// Somebody who may sign in on this computer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Person {
    /// Sign-in name.
    pub name: String,
    /// In full.
    pub full_name: String,
    /// Role.
    pub role: Role,
}

/// What a page is told first: the session, or how to come to one.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Welcome {
    /// Version of DeskOps.
    pub version: String,
    /// What is wrong with the computer itself and should be put right soon: its clock, its disk.
    pub notices: Vec<String>,
    /// Set while there is no user: DeskOps has to be set up first.
    pub set_up: Option<Starting>,
    /// Who may sign in on this computer, by name. Where strangers may ask, they are told nobody, and
    /// a name is typed.
    pub people: Vec<Person>,
    /// Set when somebody is signed in.
    pub session: Option<Session>,
}

/// What the set-up starts from.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Starting {
    /// The site as it stands.
    pub site: Site,
    /// The names of all time zones.
    pub zones: Vec<String>,
}

/// Who is there, on what, and when.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Session {
    /// The user, as it stands in records.
    pub user: String,
    /// The user's name in full.
    pub full_name: String,
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
