//! New tokens for a session that is refreshed, and what ends one whose token was stolen.

use deskops_domain::access::{Caller, Line};
use deskops_domain::account::app_problem;
use deskops_domain::api::security::SecurityEvent;
use deskops_domain::api::session::{Refresh, SignedIn};
use deskops_domain::api::{Code, Refusal};
use deskops_domain::problem::Problems;

use super::devices::may_not_be_used;
use super::sign_in::refuse_problems;
use crate::accounts::tokens::{GRACE_MS, Secret};
use crate::accounts::{device_key, key, seen};
use crate::desk::Desk;
use crate::error::StoreError;
use crate::router::Handle;
use crate::store::{Connection, devices, sessions, users};

impl Handle<Refresh> for Desk {
    fn handle(&self, caller: &Caller, refresh: Refresh) -> Result<SignedIn, StoreError> {
        refuse_problems(Problems(app_problem(refresh.app.as_deref()).into_iter().collect()))?;
        let (id, secret) = refresh.token.split_once('.').ok_or_else(ended)?;
        // A token that opens nothing does not make a writer wait.
        if self.store.read(|conn| sessions::by_id(conn, id, self.now()))?.is_none() {
            return Err(ended().into());
        }
        // A refusal here is saved with what it says in the log.
        let done = self.store.write(|tx| self.refresh(tx, caller, &refresh, (id, secret)))?;
        Ok(done?)
    }
}

impl Desk {
    fn refresh(
        &self,
        tx: &Connection,
        caller: &Caller,
        refresh: &Refresh,
        (id, secret): (&str, &str),
    ) -> Result<Result<SignedIn, Refusal>, StoreError> {
        let now = self.now();
        let Some(session) = sessions::by_id(tx, id, now)? else { return Ok(Err(ended())) };
        let Some(refreshed) = &session.refreshed else { return Ok(Err(ended())) };
        let user = users::by_id(tx, &session.user)?.filter(|user| user.is_active);
        let Some(user) = user else { return Ok(Err(ended())) };
        let line = Line { device: session.device.clone(), ..caller.line.clone() };
        let actor = Caller { line, ..Caller::nobody() };
        let device = match &session.device {
            Some(device) => devices::by_id(tx, device, now)?,
            None => None,
        };
        let kept = match &device {
            Some(device) => devices::key_hash(tx, &device.id)?,
            None => None,
        };
        let shown = refresh.key.as_deref().map(|key| device_key(key, &user.id));
        let is_of_device = kept.is_none() || kept == shown;
        // Where no key tells a thief from whoever lost an answer, only a moment is forgiven.
        let exchanged = session.expires_at.0 - self.rules().access_ms;
        let is_late = kept.is_none() && now.0 - exchanged > GRACE_MS;
        let secret_is = match Secret::of(refreshed, &key(secret), now) {
            Secret::Again if is_late => Secret::UsedUp,
            other => other,
        };
        match (is_of_device, secret_is) {
            (true, Secret::UsedUp) => {
                sessions::close_refreshed(tx, &refreshed.id)?;
                let note = Some("The session was ended".to_owned());
                self.note(tx, &actor, SecurityEvent::RefreshReused, &user.name, note)?;
                return Ok(Err(ended()));
            }
            // Whoever knows the id alone ends nobody's session.
            (false, Secret::UsedUp) => return Ok(Err(ended())),
            (false, _) => {
                self.note(tx, &actor, SecurityEvent::RefreshRefused, &user.name, None)?;
                return Ok(Err(ended()));
            }
            (true, Secret::Current | Secret::Again) => {}
        }
        if let Some(told) = device.as_ref().and_then(|device| may_not_be_used(device.state)) {
            return Ok(Err(told));
        }
        if let Some(device) = &device {
            let seen = seen(now, caller.line.address, refresh.app.as_deref());
            devices::see(tx, &device.id, &seen)?;
        }
        Ok(self.next_tokens(tx, &user, session, secret)?.ok_or_else(ended))
    }
}

/// The same words whatever is wrong with a token.
fn ended() -> Refusal {
    Refusal::new(Code::Unauthorized, "This session has ended. Sign in again.")
}
