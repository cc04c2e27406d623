//! The security log: what is noted in it, and how it is read.

use deskops_domain::access::Caller;
use deskops_domain::api::Refusal;
use deskops_domain::api::security::{
    ListSecurity, MOST_ENTRIES, SecurityEntry, SecurityEvent, SecurityPage, USUAL_ENTRIES,
};

use crate::accounts::concern::Concern;
use crate::accounts::tries as waits;
use crate::desk::Desk;
use crate::error::StoreError;
use crate::router::Handle;
use crate::store::{Connection, security, tries};

/// What tries with names that nobody has are counted by; no name's hash looks like it.
const UNKNOWN: &str = "unknown";
/// They are noted together, so often: a flood of made-up names must not fill the disk.
const UNKNOWN_EVERY_MS: i64 = 60 * 1_000;

impl Handle<ListSecurity> for Desk {
    fn handle(&self, _: &Caller, list: ListSecurity) -> Result<SecurityPage, StoreError> {
        let limit = list.limit.unwrap_or(USUAL_ENTRIES);
        if !(1..=MOST_ENTRIES).contains(&limit) {
            let message = format!("limit is {limit}; it may be 1 to {MOST_ENTRIES}.");
            return Err(Refusal::one("limit", "E-NUM", message).into());
        }
        let mut entries = self.store.read(|conn| {
            let Some(id) = &list.after else {
                return security::page(conn, &list, None, limit + 1);
            };
            let unknown = || Refusal::one("after", "E-AFTER", "There is no such entry.");
            let at = security::at(conn, id)?.ok_or_else(unknown)?;
            security::page(conn, &list, Some(at), limit + 1)
        })?;
        let has_more = entries.len() > limit as usize;
        entries.truncate(limit as usize);
        let next = entries.last().filter(|_| has_more).map(|last| last.id.clone());
        Ok(SecurityPage { entries, next })
    }
}

impl Desk {
    /// Notes what somebody did to an account, and on which line, together with what was done.
    pub(super) fn note(
        &self,
        tx: &Connection,
        actor: &Caller,
        event: SecurityEvent,
        subject: &str,
        note: Option<String>,
    ) -> Result<(), StoreError> {
        let entry = SecurityEntry {
            id: self.new_id(),
            at: self.now(),
            event,
            actor: actor.user.clone(),
            subject: subject.to_owned(),
            note,
            address: actor.line.address.map(|address| address.to_string()),
            device: actor.line.device.clone(),
        };
        security::insert(tx, &entry)
    }

    /// Notes a wrong password of a user, and whether the next try has to wait.
    pub(super) fn note_wrong_password(
        &self,
        actor: &Caller,
        name: &str,
        concerns: &[Concern],
    ) -> Result<(), StoreError> {
        self.store.write(|tx| {
            let (event, note) = match waits::wait(tx, concerns, self.now())? {
                0 => (SecurityEvent::SignInFailed, None),
                ms => {
                    let note = format!("The next try waits {}", waits::wait_words(ms));
                    (SecurityEvent::Waiting, Some(note))
                }
            };
            self.note(tx, actor, event, name, note)
        })
    }

    /// Counts a try with a name that nobody has, and notes how many there were. The name is not
    /// kept: it may be a password in the wrong field. It is written each time, so that it takes as
    /// long as a wrong password does.
    pub(super) fn note_unknown_name(&self, actor: &Caller) -> Result<(), StoreError> {
        let now = self.now();
        let event = SecurityEvent::SignInFailed;
        self.store.write(|tx| {
            tries::count(tx, UNKNOWN, now)?;
            let last = security::latest(tx, "", event)?;
            if last.is_some_and(|last| (now.0 - last.0).abs() < UNKNOWN_EVERY_MS) {
                return Ok(());
            }
            let n_tries = tries::of(tx, UNKNOWN)?.map_or(1, |(n_tries, _)| n_tries);
            tries::forget(tx, UNKNOWN)?;
            let note = match n_tries {
                1 => "Unknown name".to_owned(),
                n_tries => format!("{n_tries} tries with unknown names"),
            };
            self.note(tx, actor, event, "", Some(note))
        })
    }
}
