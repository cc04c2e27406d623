//! Who is signed in at this desk. Carriers turn a token into a caller here and nowhere else.
//!
//! Sessions live in memory: closing DeskOps ends them, and a copy of the database opens none.

mod hashing;
pub mod password;
mod tries;

pub(crate) use tries::wait_words;

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use deskops_domain::access::Caller;
use deskops_domain::api::Refusal;
use deskops_domain::change::hex;
use deskops_domain::id::Id;
use sha2::{Digest as _, Sha256};

use crate::clock::Dice;
use crate::desk::Desk;
use crate::error::StoreError;
use crate::store::users;

use hashing::{Hashing, Turn};
use tries::Tries;

/// The sessions of a desk, and the tries to open one.
#[derive(Default)]
pub(crate) struct Accounts {
    /// By the hash of their token: what is read out of memory opens nothing.
    sessions: Mutex<HashMap<[u8; 32], Holder>>,
    tries: Mutex<Tries>,
    /// A few hashes at a time: each takes its memory, and a flood of them would take all of it.
    hashing: Hashing,
}

/// Whose session it is.
enum Holder {
    /// A user of this computer, whose rights are looked up at every command.
    User(Id),
    /// Somebody whom a program of this process speaks for.
    Given(Caller),
}

impl Accounts {
    fn sessions(&self) -> MutexGuard<'_, HashMap<[u8; 32], Holder>> {
        self.sessions.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The tries to sign in.
    pub(crate) fn tries(&self) -> MutexGuard<'_, Tries> {
        self.tries.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A turn to hash a password, or a refusal when too many wait for one.
    pub(crate) fn hashing(&self) -> Result<Turn<'_>, Refusal> {
        self.hashing.turn()
    }

    /// Ends a session.
    pub(crate) fn close(&self, token: &str) {
        self.sessions().remove(&key(token));
    }

    /// Ends every session of a user.
    pub(crate) fn close_all(&self, user: &Id) {
        self.sessions().retain(|_, holder| !matches!(holder, Holder::User(id) if id == user));
    }
}

impl Desk {
    /// Who asks with this token. An unknown token, or a user who may no longer sign in, is nobody.
    ///
    /// # Errors
    /// When the users cannot be read.
    pub fn caller(&self, token: Option<&str>) -> Result<Caller, Refusal> {
        let Some(token) = token else { return Ok(Caller::nobody()) };
        let id = match self.accounts.sessions().get(&key(token)) {
            None => return Ok(Caller::nobody()),
            Some(Holder::Given(caller)) => return Ok(caller.clone()),
            Some(Holder::User(id)) => id.clone(),
        };
        let user = self.store.read(|conn| users::by_id(conn, &id));
        let user = user.map_err(|error| error.refusal(&self.new_id()))?;
        Ok(user.filter(|user| user.is_active).map_or_else(Caller::nobody, |user| Caller {
            user: user.name,
            role: Some(user.rights.role),
            sites: user.rights.sites,
        }))
    }

    /// Opens a session for somebody who is no user of this computer, and hands out its token: for
    /// programs of this process that speak for others, such as tests over HTTP.
    #[must_use]
    pub fn admit(&self, caller: Caller) -> String {
        self.open_session(Holder::Given(caller))
    }

    /// Opens a session of a user and hands out its token.
    pub(crate) fn admit_user(&self, user: &Id) -> String {
        self.open_session(Holder::User(user.clone()))
    }

    fn open_session(&self, holder: Holder) -> String {
        let token = hex(&chance::<32>(self.dice()));
        self.accounts.sessions().insert(key(&token), holder);
        token
    }

    /// Hashes a new password with a salt of its own.
    pub(crate) fn hash_password(&self, typed: &str) -> Result<String, StoreError> {
        let _turn = self.accounts.hashing()?;
        Ok(password::hash(typed, &chance::<16>(self.dice()))?)
    }
}

fn key(token: &str) -> [u8; 32] {
    Sha256::digest(token.as_bytes()).into()
}

/// So many random bytes.
fn chance<const N: usize>(dice: &dyn Dice) -> [u8; N] {
    let mut bytes = [0; N];
    for part in bytes.chunks_mut(10) {
        part.copy_from_slice(&dice.roll()[..part.len()]);
    }
    bytes
}
