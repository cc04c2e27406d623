//! What happened to accounts: who signed in, who could not, and who changed whose rights.

use serde::{Deserialize, Serialize};

use super::command;
use crate::choice::choices;
use crate::entry::Moment;
use crate::id::Id;

choices! {
    /// What happened to an account.
    SecurityEvent, "E-EVENT" {
        /// Somebody has signed in.
        SignedIn = "SIGNED_IN", "Signed in";
        /// A wrong password, or an unknown name.
        SignInFailed = "SIGN_IN_FAILED", "Wrong name or password";
        /// A wrong password after which the next try has to wait.
        Waiting = "WAITING", "Too many wrong passwords";
        /// All sessions of a user were ended by themselves.
        SignedOutEverywhere = "SIGNED_OUT_EVERYWHERE", "Signed out everywhere";
        /// A user was made.
        UserMade = "USER_MADE", "User made";
        /// The name, the role or the sites of a user were changed.
        UserEdited = "USER_EDITED", "User changed";
        /// A user may no longer sign in.
        UserDisabled = "USER_DISABLED", "User disabled";
        /// A user may sign in again.
        UserEnabled = "USER_ENABLED", "User enabled";
        /// An administrator has set another password.
        PasswordReset = "PASSWORD_RESET", "Password reset";
        /// A user has changed their own password.
        PasswordChanged = "PASSWORD_CHANGED", "Password changed";
        /// Somebody has signed in on a device for the first time.
        DeviceAdded = "DEVICE_ADDED", "Device added";
        /// A device may not be used for the time being.
        DeviceSuspended = "DEVICE_SUSPENDED", "Device suspended";
        /// A suspended device may be used again.
        DeviceResumed = "DEVICE_RESUMED", "Device resumed";
        /// A device may not be used any more.
        DeviceRevoked = "DEVICE_REVOKED", "Device revoked";
        /// A refresh token was used that had been used up: the session was ended.
        RefreshReused = "REFRESH_REUSED", "Refresh token used twice";
        /// A refresh token was used without the key of its device.
        RefreshRefused = "REFRESH_REFUSED", "Refresh token of another device";
    }
}

/// The most entries of an answer.
pub const MOST_ENTRIES: u32 = 500;
/// The entries of an answer when none are said.
pub const USUAL_ENTRIES: u32 = 100;

/// The security log, newest first.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ListSecurity {
    /// Only what stands behind this entry.
    #[serde(default)]
    pub after: Option<Id>,
    /// The most entries, 1 to 500; 100 when left out.
    #[serde(default)]
    pub limit: Option<u32>,
    /// Only what concerns the user of this sign-in name.
    #[serde(default)]
    pub subject: Option<String>,
    /// Only what happened like this.
    #[serde(default)]
    pub event: Option<SecurityEvent>,
}
command!(ListSecurity => SecurityPage, "security/list", Admin);

/// A part of the security log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SecurityPage {
    /// Newest first.
    pub entries: Vec<SecurityEntry>,
    /// What to ask `after` next; `None` where there are no more.
    pub next: Option<Id>,
}

/// Something that happened to an account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SecurityEntry {
    /// Id.
    pub id: Id,
    /// When.
    pub at: Moment,
    /// What.
    pub event: SecurityEvent,
    /// Sign-in name of who did it; empty when nobody was signed in.
    pub actor: String,
    /// Sign-in name of whom it concerns; empty when there is no such user.
    pub subject: String,
    /// What else there is to say.
    pub note: Option<String>,
    /// The address that it came from, where a network was between.
    pub address: Option<String>,
    /// The device on which it happened or which it concerns, where that is known.
    pub device: Option<Id>,
}
