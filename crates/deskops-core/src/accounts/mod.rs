//! Who is signed in at this desk. Carriers turn a token into a caller here and nowhere else.
//!
//! Sessions of users are in the store, where every server on it finds them. Those of a file end with
//! the program that holds it: a copy of the database opens none.

pub(crate) mod concern;
mod hashing;
mod outside;
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
use crate::store::sessions::{self, Refreshed, Rotation, Session};
use crate::store::{devices, users};

use hashing::Hashing;
pub(crate) use hashing::Turn;
use outside::Outside;
pub use outside::{Identity, Verifier};
pub use rules::AccountRules;
use tokens::Secret;

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
    /// Whom others vouch for.
    outside: Outside,
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
    /// When the users cannot be read, or a token from outside does not hold.
    pub fn caller(&self, asking: &Asking) -> Result<Caller, Refusal> {
        let (caller, session) = self.who(asking)?;
        if let Some(session) = session {
            self.note_use(asking, &session);
        }
        Ok(caller)
    }

    /// Who asks, without that the session counts as used: for what looks by itself whether somebody
    /// is still there.
    ///
    /// # Errors
    /// When the users cannot be read, or a token from outside does not hold.
    pub fn caller_still(&self, asking: &Asking) -> Result<Caller, Refusal> {
        Ok(self.who(asking)?.0)
    }

    /// Who asks, and their session where it is kept in the store.
    fn who(&self, asking: &Asking) -> Result<(Caller, Option<Session>), Refusal> {
        if let Some(caller) = self.vouched_for(asking)? {
            return Ok((caller, None));
        }
        let (mut caller, mut session) = (Caller::nobody(), None);
        if let Some(key) = asking.token.as_deref().map(key) {
            let given = self.accounts.given().get(&key).cloned();
            match given {
                Some(given) => caller = given,
                None => {
                    let found = self.holder(&key).map_err(|error| error.refusal(&self.new_id()))?;
                    if let Some(found) = found {
                        (caller, session) = (found.0, Some(found.1));
                    }
                }
            }
        }
        caller.line = Line { device: caller.line.device, ..asking.line() };
        Ok((caller, session))
    }

    /// The user of a session, whose rights are looked up at every command.
    fn holder(&self, key: &str) -> Result<Option<(Caller, Session)>, StoreError> {
        self.store.read(|conn| {
            let Some(session) = sessions::by_token(conn, key, self.now())? else { return Ok(None) };
            let user = users::by_id(conn, &session.user)?.filter(|user| user.is_active);
            Ok(user.map(|user| {
                let mut caller =
                    Caller::named(&user.name, Some(user.rights.role), user.rights.sites);
                caller.line.device.clone_from(&session.device);
                (caller, session)
            }))
        })
    }

    /// Notes that a session is used, where that says something new. Whoever reads goes on reading,
    /// also where nothing can be written.
    fn note_use(&self, asking: &Asking, session: &Session) {
        let Some(key) = asking.token.as_deref().map(key) else { return };
        let now = self.now();
        let done = match &session.refreshed {
            Some(Refreshed { before: Some(Rotation { taken_at: None, .. }), .. }) => {
                self.store.write(|tx| sessions::take(tx, &key, now))
            }
            None if session.expires_at.0 - now.0 < SESSION_MS - PROLONGED_EVERY_MS => {
                self.store.write(|tx| {
                    if let Some(device) = &session.device {
                        devices::see(tx, device, &seen(now, asking.address, None))?;
                    }
                    sessions::prolong(tx, &key, ends_after(now))
                })
            }
            _ => return,
        };
        if let Err(error) = done {
            tracing::warn!(%error, "the use of a session could not be noted");
        }
    }

    /// Opens a session for somebody who is no user of this computer, and hands out its token: for
    /// programs of this process that speak for others, such as tests over HTTP.
    #[must_use]
    pub fn admit(&self, caller: Caller) -> String {
        let token = self.new_token();
        self.accounts.given().insert(key(&token), caller);
        token
    }

    /// Ends a session, by its token or by its refresh token: the short one may have ended already.
    pub(crate) fn close_session(&self, token: &str) -> Result<(), StoreError> {
        let now = self.now();
        if let Some((id, secret)) = token.split_once('.') {
            let found = self.store.read(|conn| sessions::by_id(conn, id, now))?;
            let refreshed = found.and_then(|session| session.refreshed);
            return match refreshed.filter(|known| Secret::of(known, &key(secret), now).is_good()) {
                Some(known) => self.store.write(|tx| sessions::close_refreshed(tx, &known.id)),
                None => Ok(()),
            };
        }
        let key = key(token);
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
        let turn = self.accounts.hashing()?;
        self.hash_in_turn(&turn, typed)
    }

    /// Hashes a new password of somebody whose turn it is.
    pub(crate) fn hash_in_turn(&self, _: &Turn<'_>, typed: &str) -> Result<String, StoreError> {
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
