//! Who is signed in at this desk. Carriers turn a token into a caller here and nowhere else.
//!
//! Sessions of users are in the store, where every server on it finds them. Those of a file end with
//! the program that holds it: a copy of the database opens none.

pub(crate) mod concern;
mod hashing;
pub mod password;
mod rules;
pub(crate) mod tokens;
pub(crate) mod tries;

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Mutex, MutexGuard, PoisonError};

use deskops_domain::access::{Caller, Line};
use deskops_domain::api::Refusal;
use deskops_domain::change::hex;
use deskops_domain::entry::Moment;
use deskops_domain::id::Id;
use sha2::{Digest as _, Sha256};

use crate::asking::Asking;
use crate::clock::Dice;
use crate::desk::Desk;
use crate::error::StoreError;
use crate::store::{devices, sessions, users};

use hashing::{Hashing, Turn};
pub use rules::AccountRules;

/// A session that nobody uses for so long ends: a shift.
pub const SESSION_MS: i64 = 12 * 60 * 60 * 1_000;
/// How often a session in use is written anew.
const PROLONGED_EVERY_MS: i64 = 5 * 60 * 1_000;

/// What a desk keeps of accounts in its own memory.
#[derive(Default)]
pub(crate) struct Accounts {
    /// Whom programs of this process speak for, by the hash of their token.
    given: Mutex<HashMap<String, Caller>>,
    /// A few hashes at a time: each takes its memory, and a flood of them would take all of it.
    hashing: Hashing,
}

impl Accounts {
    fn given(&self) -> MutexGuard<'_, HashMap<String, Caller>> {
        self.given.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A turn to hash a password, or a refusal when too many wait for one.
    pub(crate) fn hashing(&self) -> Result<Turn<'_>, Refusal> {
        self.hashing.turn()
    }
}

impl Desk {
    /// Who asks. An unknown token, or a user who may no longer sign in, is nobody.
    ///
    /// # Errors
    /// When the users cannot be read.
    pub fn caller(&self, asking: &Asking) -> Result<Caller, Refusal> {
        let caller = match asking.token.as_deref().map(key) {
            None => Caller::nobody(),
            Some(key) => match self.given(&key) {
                Some(caller) => caller,
                None => self.holder(&key, asking).map_err(|error| error.refusal(&self.new_id()))?,
            },
        };
        let line = Line { device: caller.line.device, ..asking.line() };
        Ok(Caller { line, ..caller })
    }

    /// Whom a program of this process speaks for with this token.
    fn given(&self, key: &str) -> Option<Caller> {
        self.accounts.given().get(key).cloned()
    }

    /// The user of a session, whose rights are looked up at every command.
    fn holder(&self, key: &str, asking: &Asking) -> Result<Caller, StoreError> {
        let now = self.now();
        let found = self.store.read(|conn| {
            let Some(session) = sessions::by_token(conn, key, now)? else { return Ok(None) };
            let user = users::by_id(conn, &session.user)?.filter(|user| user.is_active);
            Ok(user.map(|user| (session, user)))
        })?;
        let Some((session, user)) = found else { return Ok(Caller::nobody()) };
        let lasts = session.refreshed.is_none();
        if lasts && session.expires_at.0 - now.0 < SESSION_MS - PROLONGED_EVERY_MS {
            let done = self.store.write(|tx| {
                if let Some(device) = &session.device {
                    devices::see(tx, device, &seen(now, asking.address, None))?;
                }
                sessions::prolong(tx, key, ends_after(now))
            });
            // Whoever reads goes on reading, also where nothing can be written.
            if let Err(error) = done {
                tracing::warn!(%error, "a session could not be prolonged");
            }
        }
        let mut caller = Caller::named(&user.name, Some(user.rights.role), user.rights.sites);
        caller.line.device = session.device;
        Ok(caller)
    }

    /// Who asks, without that the session counts as used: for what looks by itself whether somebody
    /// is still there.
    ///
    /// # Errors
    /// When the users cannot be read.
    pub fn caller_still(&self, asking: &Asking) -> Result<Caller, Refusal> {
        let Some(key) = asking.token.as_deref().map(key) else { return Ok(Caller::nobody()) };
        if let Some(caller) = self.given(&key) {
            return Ok(caller);
        }
        let found = self.store.read(|conn| {
            let Some(session) = sessions::by_token(conn, &key, self.now())? else {
                return Ok(None);
            };
            let user = users::by_id(conn, &session.user)?.filter(|user| user.is_active);
            Ok(user.map(|user| (session.device, user)))
        });
        let found = found.map_err(|error: StoreError| error.refusal(&self.new_id()))?;
        let Some((device, user)) = found else { return Ok(Caller::nobody()) };
        let caller = Caller::named(&user.name, Some(user.rights.role), user.rights.sites);
        Ok(Caller { line: Line { device, ..asking.line() }, ..caller })
    }

    /// Opens a session for somebody who is no user of this computer, and hands out its token: for
    /// programs of this process that speak for others, such as tests over HTTP.
    #[must_use]
    pub fn admit(&self, caller: Caller) -> String {
        let token = self.new_token();
        self.accounts.given().insert(key(&token), caller);
        token
    }

    /// Ends a session.
    pub(crate) fn close_session(&self, token: &str) -> Result<(), StoreError> {
        let key = key(token);
        let now = self.now();
        let is_given = self.accounts.given().remove(&key).is_some();
        // A token that opens nothing does not make a writer wait.
        if is_given || self.store.read(|conn| sessions::by_token(conn, &key, now))?.is_none() {
            return Ok(());
        }
        self.store.write(|tx| sessions::close(tx, &key))
    }

    /// Ends what a program that held this file before has left behind. Other servers on the same
    /// database go on, and so do sessions that are refreshed: a server that starts anew signs out no
    /// laptop.
    pub(crate) fn end_old_sessions(&self) -> Result<(), StoreError> {
        if self.store.is_shared() || !self.store.read(sessions::is_any_left)? {
            return Ok(());
        }
        self.store.write(sessions::clear_left)
    }

    /// How long what is given to a program lasts.
    pub(crate) fn rules(&self) -> AccountRules {
        self.place.accounts
    }

    fn new_token(&self) -> String {
        hex(&chance::<32>(self.dice()))
    }

    /// Hashes a new password with a salt of its own.
    pub(crate) fn hash_password(&self, typed: &str) -> Result<String, StoreError> {
        let _turn = self.accounts.hashing()?;
        Ok(password::hash(typed, &chance::<16>(self.dice()))?)
    }
}

fn ends_after(now: Moment) -> Moment {
    Moment(now.0 + SESSION_MS)
}

/// When, where and with what a device was seen.
pub(crate) fn seen(at: Moment, address: Option<IpAddr>, app: Option<&str>) -> devices::Seen<'_> {
    devices::Seen { at, address: address.map(|address| address.to_string()), app }
}

/// By what the key of a device is found again, for one user: two on one computer are two devices.
pub(crate) fn device_key(shown: &str, user: &Id) -> String {
    key(&format!("{}:{user}", shown.to_ascii_lowercase()))
}

/// By what a secret, or what may be one, is found again.
pub(crate) fn key(token: &str) -> String {
    hex(&Sha256::digest(token.as_bytes()))
}

/// So many random bytes.
fn chance<const N: usize>(dice: &dyn Dice) -> [u8; N] {
    let mut bytes = [0; N];
    for part in bytes.chunks_mut(10) {
        part.copy_from_slice(&dice.roll()[..part.len()]);
    }
    bytes
}
