//! Tokens of an issuer of OpenID Connect, for other programs: Clerk's are such tokens.
//!
//! `keys` and `token` say whether one holds, `person` whom it names, both without waiting for
//! anything; `fetch` asks the issuer for its keys. Here they are kept, and asked for anew: now and
//! then, and when a token names one that is not there, though never more often than every few
//! seconds: made-up names must not make DeskOps flood the issuer.

mod fetch;
mod keys;
mod person;
#[cfg(test)]
mod tests;
mod token;

use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::Response;
use deskops_core::accounts::{Identity, Verifier};
use deskops_domain::api::{Code, Refusal};
use deskops_domain::entry::Moment;
use tokio::sync::Mutex;

use crate::asks::Asks;
use crate::settings::Oidc;
use crate::shared::Shared;
use keys::Key;

/// How often keys are asked for anew; a key that the issuer takes back is believed so long.
const EVERY: Duration = Duration::from_secs(10 * 60);
/// How often the issuer is asked at most, whatever tokens say.
const AT_MOST_EVERY_MS: i64 = 15_000;
/// So long keys go on holding while the issuer cannot be reached.
const KEPT_MS: i64 = 24 * 60 * 60 * 1_000;

/// An issuer, and what is known of its keys.
pub(crate) struct Issuer {
    oidc: Oidc,
    client: reqwest::Client,
    known: RwLock<Known>,
    /// Held by the one who asks, so that others wait for the answer and do not ask as well.
    asking: Arc<Mutex<()>>,
}

#[derive(Default)]
struct Known {
    keys: Vec<Key>,
    /// When the keys came.
    since: Option<Moment>,
    /// When they were last asked for.
    asked: Option<Moment>,
}

impl Known {
    fn has(&self, id: Option<&String>, now: Moment) -> bool {
        self.holds_at(now) && (id.is_none() || self.keys.iter().any(|key| key.id.as_ref() == id))
    }

    fn holds_at(&self, now: Moment) -> bool {
        self.since.is_some_and(|since| (now.0 - since.0).abs() < KEPT_MS)
    }

    fn was_asked_just_before(&self, now: Moment) -> bool {
        self.asked.is_some_and(|asked| (now.0 - asked.0).abs() < AT_MOST_EVERY_MS)
    }
}

impl Issuer {
    /// An issuer of whose keys nothing is known yet.
    pub fn new(oidc: Oidc) -> Result<Self, String> {
        let client = fetch::client()?;
        Ok(Self { oidc, client, known: RwLock::default(), asking: Arc::default() })
    }

    /// Asks for the keys anew, whoever has asked a moment ago.
    pub async fn refresh(&self, now: Moment) {
        let _asking = self.asking.lock().await;
        self.ask(now).await;
    }

    /// Sees that the key of a token is known, where the issuer has it.
    async fn meet(self: &Arc<Self>, token: &str, now: Moment) {
        if !token::is_one(token) {
            return;
        }
        let Ok(header) = token::header(token) else { return };
        let has = || self.known().has(header.kid.as_ref(), now);
        if has() {
            return;
        }
        let asking = self.asking.clone().lock_owned().await;
        // Somebody may have asked while this one waited.
        if has() || self.known().was_asked_just_before(now) {
            return;
        }
        // Who hangs up meanwhile does not cut it off: others would have to wait for the next time.
        let issuer = self.clone();
        let asked = tokio::spawn(async move {
            issuer.ask(now).await;
            drop(asking);
        });
        if let Err(error) = asked.await {
            tracing::error!(%error, "asking the issuer was not finished");
        }
    }

    async fn ask(&self, now: Moment) {
        self.change(|known| known.asked = Some(now));
        let issuer = &self.oidc.issuer;
        match fetch::keys(&self.client, &self.oidc).await.map(|set| keys::read(&set)) {
            Ok(keys) if !keys.is_empty() => self.change(|known| {
                (known.keys, known.since) = (keys, Some(now));
            }),
            Ok(_) => {
                tracing::warn!(issuer, "the issuer has no key that can be used; the old ones stay")
            }
            Err(why) => {
                tracing::warn!(issuer, why, "the issuer's keys cannot be read; the old ones stay")
            }
        }
    }

    fn known(&self) -> std::sync::RwLockReadGuard<'_, Known> {
        self.known.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn change(&self, change: impl FnOnce(&mut Known)) {
        change(&mut self.known.write().unwrap_or_else(PoisonError::into_inner));
    }

    fn identity(&self, token: &str, now: Moment) -> Result<Identity, &'static str> {
        let known = self.known();
        if !known.holds_at(now) {
            return Err("The issuer of the token cannot be reached to look at it.");
        }
        let claims = token::claims(token, &known.keys, &self.oidc, now)?;
        person::identity(&claims, &self.oidc)
    }
}

impl Verifier for Issuer {
    fn verify(&self, token: &str, now: Moment) -> Option<Result<Identity, Refusal>> {
        let is_one = token::is_one(token);
        is_one.then(|| {
            self.identity(token, now)
                .map_err(|why| Refusal::new(Code::Unauthorized, "Sign in first.").hint(why))
        })
    }
}

/// Sees that the key of a request's token is known before anybody looks at it: no thread waits.
pub(crate) async fn meet(
    State(shared): State<Arc<Shared>>,
    Asks(asking): Asks,
    request: Request,
    next: Next,
) -> Response {
    if let (Some(issuer), Some(token)) = (&shared.issuer, &asking.token)
        && let Ok(desk) = shared.desk.found()
    {
        issuer.meet(token, desk.now()).await;
    }
    next.run(request).await
}

/// Keeps the keys fresh as long as the server runs.
pub(crate) async fn keep(shared: Arc<Shared>) {
    let Some(issuer) = &shared.issuer else { return };
    let mut each = tokio::time::interval(EVERY);
    loop {
        each.tick().await;
        if let Ok(desk) = shared.desk.found() {
            issuer.refresh(desk.now()).await;
        }
    }
}
