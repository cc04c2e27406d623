//! Whose session a token is, and on which device, as it was last found, so that counting requests asks the database once.
//! It only says whose allowance a request is taken from; whether a session still holds is looked up
//! by whatever is asked.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use deskops_domain::id::Id;
use sha2::{Digest as _, Sha256};

/// Sessions that are remembered; who comes when there are so many is looked up each time.
const MOST: usize = 10_000;
/// How long one is remembered that nobody uses.
const UNUSED: Duration = Duration::from_secs(60);

type Hash = [u8; 32];

/// The sessions that were found.
#[derive(Default)]
pub(super) struct Known(Mutex<HashMap<Hash, (Holder, Instant)>>);

/// Who holds a session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Holder {
    /// The user.
    pub user: String,
    /// The device, where the session is one's.
    pub device: Option<Id>,
}

impl Known {
    /// Whose session this is, where that was found a moment ago.
    pub fn holder(&self, token: &str) -> Option<Holder> {
        let mut known = self.lock();
        let (holder, used) =
            known.get_mut(&hash(token)).filter(|(_, used)| used.elapsed() < UNUSED)?;
        *used = Instant::now();
        Some(holder.clone())
    }

    /// Remembers whose session it is.
    pub fn note(&self, token: &str, holder: &Holder) {
        let mut known = self.lock();
        if known.len() >= MOST {
            known.retain(|_, (_, used)| used.elapsed() < UNUSED);
        }
        if known.len() < MOST {
            known.insert(hash(token), (holder.clone(), Instant::now()));
        }
    }

    /// Forgets a session that does not hold any more.
    pub fn forget(&self, token: &str) {
        self.lock().remove(&hash(token));
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<Hash, (Holder, Instant)>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn hash(token: &str) -> Hash {
    Sha256::digest(token.as_bytes()).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_session_is_known_until_it_is_forgotten() {
        let known = Known::default();
        let noura = Holder { user: "noura".to_owned(), device: None };
        known.note("token", &noura);
        assert_eq!(known.holder("token"), Some(noura));
        assert_eq!(known.holder("another"), None);
        known.forget("token");
        assert_eq!(known.holder("token"), None);
    }
}
