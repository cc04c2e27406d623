//! The people of this computer, as administrators keep them.

use serde::{Deserialize, Serialize};

use super::command;
use super::session::NewPerson;
use crate::access::Role;
use crate::entry::Moment;
use crate::id::Id;

/// Everybody, by name, those who may no longer sign in among them.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct ListUsers {}
command!(ListUsers => Vec<User>, "users/list", Admin);

/// Makes a user.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CreateUser {
    /// Who it is.
    pub person: NewPerson,
    /// What they may do.
    pub rights: Rights,
}
command!(CreateUser => User, "users/create", Admin);

/// Changes a user. It holds at once, also for sessions that are open.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct EditUser {
    /// Who.
    pub id: Id,
    /// In full.
    pub full_name: String,
    /// What they may do.
    pub rights: Rights,
    /// Whether they may sign in.
    pub is_active: bool,
}
command!(EditUser => User, "users/edit", Admin);

/// Gives a user another password and ends their sessions.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ResetPassword {
    /// Who.
    pub id: Id,
    /// The new one.
    pub password: String,
}
command!(ResetPassword => (), "users/reset-password", Admin);

/// What somebody may do, and where.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Rights {
    /// Role.
    pub role: Role,
    /// Ids of the sites within reach; `None` is every site.
    pub sites: Option<Vec<String>>,
}

/// A user of this computer. The password is never told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct User {
    /// Id.
    pub id: Id,
    /// For signing in and in records; it never changes.
    pub name: String,
    /// In full.
    pub full_name: String,
    /// What they may do.
    pub rights: Rights,
    /// Whether they may sign in.
    pub is_active: bool,
    /// When they were made a user.
    pub created_at: Moment,
    /// By whom.
    pub created_by: String,
    /// When something of it was changed last.
    pub updated_at: Moment,
    /// By whom.
    pub updated_by: String,
}
