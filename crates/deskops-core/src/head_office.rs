//! Head office, as a laptop's desk reaches it. The desk keeps what is known; whoever carries the line
//! there (`deskops-link`, in the window) implements this, so that the core knows no network.

use deskops_domain::api::Refusal;
use deskops_domain::api::connection::{Looked, Standing, Trouble};
use deskops_domain::api::session::Person;
use deskops_domain::entry::Moment;

/// Where head office is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// Its address in full: `https://deskops.example`.
    pub address: String,
    /// The key that is trusted instead of who vouches for it: SHA-256, in hex.
    pub pin: Option<String>,
}

/// What head office said of itself when it answered last.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contact {
    /// When, by this computer's clock.
    pub at: Moment,
    /// By how much this computer's clock is ahead; none where it did not say.
    pub clock_ms: Option<i64>,
    /// Its version of DeskOps; none where it did not say.
    pub version: Option<String>,
}

/// The line to head office. Its calls wait for the network.
pub trait HeadOffice: Send + Sync {
    /// An address as it is kept.
    ///
    /// # Errors
    /// What is wrong with it.
    fn address(&self, typed: &str) -> Result<String, Refusal>;

    /// Tries an address, without a change to anything.
    ///
    /// # Errors
    /// What is wrong with the address; what is in the way there is part of what was found.
    fn look(&self, address: &str, pin: Option<&str>) -> Result<Looked, Refusal>;

    /// Speaks from now on with this head office, or with none.
    fn turn_to(&self, place: Option<&Place>);

    /// Signs this computer in with somebody's account.
    ///
    /// # Errors
    /// What is in the way, or why head office does not let them in.
    fn sign_in(&self, name: &str, password: &str) -> Result<Person, Refusal>;

    /// Asks whether head office is there, and whether the sign-in holds, where there is one.
    ///
    /// # Errors
    /// What is in the way.
    fn greet(&self) -> Result<(), Refusal>;

    /// Signs this computer out, whatever head office says.
    ///
    /// # Errors
    /// Why head office could not be told.
    fn sign_out(&self) -> Result<(), Refusal>;

    /// Whether the sign-in holds, as far as is known without asking.
    fn standing(&self) -> Standing;

    /// Whether secrets are kept over a restart.
    fn has_keyring(&self) -> bool;

    /// When head office answered last, since this program was started.
    fn contact(&self) -> Option<Contact>;

    /// What was in the way when it was asked last.
    fn trouble(&self) -> Option<Trouble>;
}
