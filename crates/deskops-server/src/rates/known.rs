//! Whose session a token is, as it was last found, so that counting requests asks the database once.
//! It only says whose allowance a request is taken from; whether a session still holds is looked up
//! by whatever is asked.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use sha2::{Digest as _, Sha256};

/// Sessions that are remembered; who comes when there are so many is looked up each time.
const MOST: usize = 10_000;
/// How long one is remembered that nobody uses.
const UNUSED: Duration = Duration::from_secs(60);

type Hash = [u8; 32];

/// The sessions that were found.
#[derive(Default)]
pub(super) struct Known(Mutex<HashMap<Hash, (String, Instant)>>);

impl Known {
    /// Whose session this is, where that was found a moment ago.
    pub fn user(&self, token: &str) -> Option<String> {
        let mut known = self.lock();
        let (user, used) =
            known.get_mut(&hash(token)).filter(|(_, used)| used.elapsed() < UNUSED)?;
        *used = Instant::now();
        Some(user.clone())
    }

    /// Remembers whose session it is.
    pub fn note(&self, token: &str, user: &str) {
        let mut known = self.lock();
        if known.len() >= MOST {
            known.retain(|_, (_, used)| used.elapsed() < UNUSED);
        }
        if known.len() < MOST {
            known.insert(hash(token), (user.to_owned(), Instant::now()));
        }
    }

    /// Forgets a session that does not hold any more.
    pub fn forget(&self, token: &str) {
        self.lock().remove(&hash(token));
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<Hash, (String, Instant)>> {
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
        known.note("token", "noura");
        assert_eq!(known.user("token").as_deref(), Some("noura"));
        assert_eq!(known.user("another"), None);
        known.forget("token");
        assert_eq!(known.user("token"), None);
    }
}
