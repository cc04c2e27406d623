//! What a session is given: a token that lasts while it is used, or a short one and another that
//! gives the next two.
//!
//! Followers of a refresh token are made from it and a chance that is kept: whoever sends it again
//! because the answer was lost is given the same two, and whoever reads the database gets neither.

use deskops_domain::access::{Carrier, Line};
use deskops_domain::api::session::SignedIn;
use deskops_domain::api::users::User;
use deskops_domain::entry::Moment;
use deskops_domain::id::Id;

use super::{ends_after, key};
use crate::desk::Desk;
use crate::error::StoreError;
use crate::handle::person;
use crate::store::Connection;
use crate::store::sessions::{self, Refreshed, Rotation, Session};

/// So long after its followers were used first, a refresh token gives the same ones again. Before,
/// they may have been lost on their way, however long that was ago.
pub const GRACE_MS: i64 = 60 * 1_000;

/// What is to be said of a secret that is sent to refresh a session.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Secret {
    /// It is the one that gives the next tokens.
    Current,
    /// It was used up, and the answer may have been lost.
    Again,
    /// It was used up, or made up.
    UsedUp,
}

impl Secret {
    /// Whether whoever sends it may have been given it.
    pub(crate) fn is_good(self) -> bool {
        self != Self::UsedUp
    }

    /// What is to be said of the secret with this hash.
    pub(crate) fn of(refreshed: &Refreshed, hash: &str, now: Moment) -> Self {
        // Hashes of 32 random bytes: how long it takes to compare them tells nothing of the bytes.
        let again = |before: &Rotation| {
            let is_late = |taken: Moment| now.0 - taken.0 > GRACE_MS;
            before.hash == hash && !before.taken_at.is_some_and(is_late)
        };
        if refreshed.hash == hash {
            Self::Current
        } else if refreshed.before.as_ref().is_some_and(again) {
            Self::Again
        } else {
            Self::UsedUp
        }
    }
}

impl Desk {
    /// Opens a session of a user, for whoever asks on this line.
    pub(crate) fn admit_user(
        &self,
        tx: &Connection,
        user: &User,
        line: &Line,
    ) -> Result<SignedIn, StoreError> {
        let (token, now) = (self.new_token(), self.now());
        let mut signed_in = SignedIn {
            token,
            user: person(user),
            expires_in: None,
            refresh: None,
            device: line.device.clone(),
        };
        let mut session = Session {
            user: user.id.clone(),
            device: line.device.clone(),
            expires_at: ends_after(now),
            refreshed: None,
        };
        if line.carrier == Carrier::Bearer {
            let (id, secret) = (self.new_id(), self.new_token());
            session.expires_at = Moment(now.0 + self.rules().access_ms);
            signed_in.expires_in = Some(seconds_until(session.expires_at, now));
            signed_in.refresh = Some(told(&id, &secret));
            let until = Moment(now.0 + self.rules().refresh_ms);
            session.refreshed = Some(Refreshed { id, hash: key(&secret), until, before: None });
        }
        sessions::insert(tx, &key(&signed_in.token), &session, now)?;
        Ok(signed_in)
    }

    /// The followers of a secret that is the current one, or was it just now.
    pub(crate) fn next_tokens(
        &self,
        tx: &Connection,
        user: &User,
        session: Session,
        secret: &str,
    ) -> Result<Option<SignedIn>, StoreError> {
        let (now, hash) = (self.now(), key(secret));
        let Some(refreshed) = session.refreshed else { return Ok(None) };
        let id = refreshed.id.clone();
        let (chance, expires_at) = match (Secret::of(&refreshed, &hash, now), refreshed.before) {
            (Secret::Current, _) => {
                let chance = self.new_token();
                let expires_at = Moment(now.0 + self.rules().access_ms);
                let next = Refreshed {
                    hash: key(&follower("refresh", &chance, secret)),
                    until: Moment(now.0 + self.rules().refresh_ms),
                    before: Some(Rotation { hash, chance: chance.clone(), taken_at: None }),
                    id: refreshed.id,
                };
                let token = follower("access", &chance, secret);
                if !sessions::rotate(tx, &key(&token), expires_at, &next)? {
                    return Ok(None);
                }
                (chance, expires_at)
            }
            (Secret::Again, Some(before)) => (before.chance, session.expires_at),
            _ => return Ok(None),
        };
        Ok(Some(SignedIn {
            token: follower("access", &chance, secret),
            user: person(user),
            expires_in: Some(seconds_until(expires_at, now)),
            refresh: Some(told(&id, &follower("refresh", &chance, secret))),
            device: session.device,
        }))
    }
}

/// A refresh token as it is handed out: its session, and the secret.
fn told(id: &Id, secret: &str) -> String {
    format!("{}.{secret}", id.as_str())
}

/// What follows a secret that is used up.
fn follower(what: &str, chance: &str, secret: &str) -> String {
    key(&format!("{what}.{chance}.{secret}"))
}

fn seconds_until(end: Moment, now: Moment) -> u32 {
    u32::try_from((end.0 - now.0).max(0) / 1_000).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_is_current_then_good_again_for_a_minute_then_used_up() {
        let before = |at: Option<i64>| {
            let taken_at = at.map(Moment);
            Some(Rotation { hash: "old".into(), chance: "c".into(), taken_at })
        };
        let refreshed = |before| Refreshed {
            id: Id::stored("i".into()),
            hash: "new".into(),
            until: Moment(i64::MAX),
            before,
        };
        let of =
            |hash: &str, now: i64| Secret::of(&refreshed(before(Some(1_000))), hash, Moment(now));
        assert_eq!(of("new", 9_000_000), Secret::Current);
        assert_eq!(of("old", 1_000 + GRACE_MS), Secret::Again);
        assert_eq!(of("old", 1_001 + GRACE_MS), Secret::UsedUp);
        assert_eq!(of("old", 0), Secret::Again, "a clock that was set back signs nobody out");
        let lost = Secret::of(&refreshed(before(None)), "old", Moment(i64::MAX));
        assert_eq!(lost, Secret::Again, "what followed it was never used");
        assert_eq!(of("older", 1_000), Secret::UsedUp);
        assert_eq!(Secret::of(&refreshed(None), "old", Moment(0)), Secret::UsedUp);
    }

    #[test]
    fn followers_come_from_secret_and_chance_and_differ() {
        let all = [
            follower("access", "c", "s"),
            follower("refresh", "c", "s"),
            follower("access", "d", "s"),
            follower("access", "c", "t"),
        ];
        for (at, one) in all.iter().enumerate() {
            assert_eq!(one.len(), 64);
            assert!(all[at + 1..].iter().all(|other| other != one));
        }
        assert_eq!(follower("access", "c", "s"), all[0], "the same again");
    }

    #[test]
    fn what_is_left_is_told_in_whole_seconds() {
        assert_eq!(seconds_until(Moment(900_999), Moment(0)), 900);
        assert_eq!(seconds_until(Moment(0), Moment(5)), 0);
    }
}
