//! The devices that people sign in on: who has which, when it was seen last, and how to end it.

use serde::{Deserialize, Serialize};

use super::command;
use crate::choice::choices;
use crate::entry::Moment;
use crate::id::Id;

choices! {
    /// What kind of device it is.
    DeviceKind, "E-DEVICE-KIND" {
        /// A program that proves itself with a key of its own, such as DeskOps on a laptop.
        Program = "PROGRAM", "Program";
        /// A browser that proves itself with a key of its own.
        Browser = "BROWSER", "Browser";
        /// Programs without a key. They cannot be told apart, so a user has one of them.
        ApiClient = "API_CLIENT", "API client";
    }
}

choices! {
    /// Whether a device may be used.
    DeviceState, "E-DEVICE-STATE" {
        /// It may.
        Active = "ACTIVE", "Active";
        /// It may not, until an administrator lets it again; its sessions go on then.
        Suspended = "SUSPENDED", "Suspended";
        /// Never again under its key.
        Revoked = "REVOKED", "Revoked";
    }
}

/// Every device of everybody for an administrator, one's own for others; seen last comes first.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ListDevices {}
command!(ListDevices => Vec<Device>, "devices/list", Operator);

/// Ends a device and its sessions, at once and for ever. Everybody may end their own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RevokeDevice {
    /// Which.
    pub id: Id,
}
command!(RevokeDevice => Device, "devices/revoke", Operator);

/// Keeps a device from being used for the time being.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SuspendDevice {
    /// Which.
    pub id: Id,
}
command!(SuspendDevice => Device, "devices/suspend", Admin);

/// Lets a suspended device be used again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ResumeDevice {
    /// Which.
    pub id: Id,
}
command!(ResumeDevice => Device, "devices/resume", Admin);

/// Gives a device another name. Everybody may name their own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RenameDevice {
    /// Which.
    pub id: Id,
    /// What it is called from now on.
    pub name: String,
}
command!(RenameDevice => Device, "devices/rename", Operator);

/// A device of a user. Its key is never told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Device {
    /// Id.
    pub id: Id,
    /// What it is called.
    pub name: String,
    /// What it is.
    pub kind: DeviceKind,
    /// Sign-in name of whose it is.
    pub user: String,
    /// Whether it may be used.
    pub state: DeviceState,
    /// Version of the program on it, as it said.
    pub app: Option<String>,
    /// The address that it was seen at last.
    pub address: Option<String>,
    /// When somebody signed in on it first.
    pub created_at: Moment,
    /// When it was seen last, to within a few minutes.
    pub last_seen_at: Moment,
    /// When it was suspended, resumed or revoked last.
    pub state_at: Option<Moment>,
    /// By whom.
    pub state_by: Option<String>,
    /// Whether somebody is signed in on it.
    pub is_signed_in: bool,
    /// Whether it is the one that asks.
    pub is_this: bool,
}
