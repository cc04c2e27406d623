//! Head office, as a laptop knows it: where it is, whether it answers, and who is signed in there.
//!
//! Only DeskOps in its window signs in to a head office. A server is head office itself and says so.

use serde::{Deserialize, Serialize};

use super::command;
use crate::entry::Moment;

/// A clock that is wrong by more than this puts records on wrong days.
pub const MOST_CLOCK_MS: i64 = 5 * 60 * 1_000;
/// A certificate that ends within so many days should be renewed.
pub const FEW_DAYS: i64 = 21;
/// An answer that takes longer makes waiting noticeable.
pub const SLOW_MS: u32 = 800;

/// What is known of head office; nobody is asked for it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct AskConnection {}
command!(AskConnection => Connection, "connection/state", Operator);

/// Asks head office now whether it is there, and whether it still knows who is signed in.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Greet {}
command!(Greet => Connection, "connection/greet", Operator);

/// Tries an address: what answers there, how fast, by whose clock, and who vouches for it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Look {
    /// The address as it is typed.
    pub address: String,
    /// The key that is trusted instead of who vouches for it; `None` where nobody has looked at one.
    #[serde(default)]
    pub pin: Option<String>,
}
command!(Look => Looked, "connection/look", Admin);

/// Takes an address as that of head office. Whoever was signed in at another one is signed out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Choose {
    /// The address.
    pub address: String,
    /// The key that is trusted instead of who vouches for it: somebody has compared it.
    #[serde(default)]
    pub pin: Option<String>,
}
command!(Choose => Connection, "connection/choose", Admin);

/// Signs this computer in at head office, with somebody's account there.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct SignInThere {
    /// Sign-in name at head office.
    pub name: String,
    /// Password at head office.
    pub password: String,
}
command!(SignInThere => Connection, "connection/sign-in", Operator);

impl std::fmt::Debug for SignInThere {
    /// Without the password.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SignInThere").field("name", &self.name).finish_non_exhaustive()
    }
}

/// Signs this computer out of head office. What is waiting to be sent stays here.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct SignOutThere {}
command!(SignOutThere => Left, "connection/sign-out", Operator);

/// Signs out and forgets the address.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Forget {}
command!(Forget => Left, "connection/forget", Admin);

/// What became of signing out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Left {
    /// How it is now.
    pub connection: Connection,
    /// Why head office could not be told; this computer is signed out all the same.
    pub untold: Option<String>,
}

/// What this computer knows of head office.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Connection {
    /// Where it is; `None` until an administrator has said so.
    pub server: Option<Server>,
    /// Who is signed in there.
    pub account: Option<Account>,
    /// Whether this computer keeps secrets over a restart.
    pub has_keyring: bool,
    /// What was in the way when it was asked last.
    pub trouble: Option<Trouble>,
}

/// Head office.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Server {
    /// Its whole address, with the scheme.
    pub address: String,
    /// `deskops.example`.
    pub name: String,
    /// The key that is trusted, where nobody vouches for it: SHA-256, in hex.
    pub pin: Option<String>,
    /// Its version of DeskOps, as it was last told.
    pub version: Option<String>,
    /// When it answered last.
    pub last_contact: Option<Moment>,
    /// By how much this computer's clock is ahead of its clock.
    pub clock_ms: Option<i64>,
}

/// Who is signed in at head office from this computer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Account {
    /// Sign-in name at head office.
    pub user: String,
    /// In full.
    pub full_name: String,
    /// Since when.
    pub since: Moment,
    /// Whether it still holds.
    pub standing: Standing,
}

/// Whether a sign-in holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Standing {
    /// It does.
    SignedIn,
    /// The secret of it was lost when DeskOps was closed: this computer has no keyring.
    NotKept,
    /// Head office has ended it.
    Ended,
}

/// What was found at an address.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Looked {
    /// The address in full.
    pub address: String,
    /// The name in it.
    pub name: String,
    /// Where the name leads to, as addresses of the network.
    pub found_at: Vec<String>,
    /// What is in the way; the rest is what was found before it.
    pub trouble: Option<Trouble>,
    /// Its version of DeskOps.
    pub version: Option<String>,
    /// How long an answer takes: the middle one of five.
    pub latency_ms: Option<u32>,
    /// Whose clock is right.
    pub clock: Option<ClockDifference>,
    /// What it shows of itself; none where the line is not encrypted.
    pub certificate: Option<Certificate>,
}

/// Two clocks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct ClockDifference {
    /// By how much this computer's clock is ahead.
    pub ahead_ms: i64,
    /// How far off that may be.
    pub within_ms: u32,
}

/// What a server shows of itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Certificate {
    /// Whom it is for.
    pub subject: String,
    /// The names that it holds for.
    pub names: Vec<String>,
    /// Who vouches for it.
    pub issuer: String,
    /// From when on.
    pub valid_from: Moment,
    /// Until when.
    pub valid_to: Moment,
    /// Days that are left; below nothing when it has ended.
    pub days_left: i64,
    /// SHA-256 of the certificate, in hex.
    pub fingerprint: String,
    /// SHA-256 of its public key, in hex: what is trusted when somebody has compared it.
    pub pin: String,
    /// Why it is trusted.
    pub trust: Trust,
}

/// Why a certificate is trusted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Trust {
    /// Somebody vouches for it whom this computer trusts.
    System,
    /// Its key is the one that was compared.
    Pinned,
    /// It is not.
    Not,
}

/// What is in the way to head office.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Trouble {
    /// Which kind.
    pub kind: Hindrance,
    /// What happened.
    pub message: String,
    /// What to do about it.
    pub hint: String,
}

/// Kinds of what can be in the way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Hindrance {
    /// No computer has this name, or there is no network to ask.
    NoSuchName,
    /// The computer is there and nothing answers on it.
    Refused,
    /// The network leads nowhere near it.
    Unreachable,
    /// Nothing came back in time.
    TimedOut,
    /// The line broke.
    Broken,
    /// Something else answers.
    NotDeskOps,
    /// It does not go by this name.
    OtherName,
    /// It cannot open its records, or is stopping.
    NotReady,
    /// The certificate has ended.
    CertificateExpired,
    /// The certificate does not hold yet.
    CertificateNotYet,
    /// The certificate is for another name.
    CertificateOtherName,
    /// Nobody whom this computer trusts vouches for the certificate.
    CertificateNotTrusted,
    /// The key is not the one that was compared.
    CertificateChanged,
    /// The line cannot be encrypted.
    NoTls,
    /// Head office is older than this computer.
    TooOld,
    /// Head office is newer than this computer.
    TooNew,
}
