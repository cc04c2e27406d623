//! Closing, locking and unlocking days and months.

use deskops_domain::access::Caller;
use deskops_domain::api::periods::{AskReady, Close, Lock, Readiness, Unlock};
use deskops_domain::api::{Code, Refusal};
use deskops_domain::catalogue::Site;
use deskops_domain::choice::PeriodKind;
use deskops_domain::day::Day;
use deskops_domain::entry::Entry;
use deskops_domain::modules::Period;
use deskops_domain::problem::{Problem, Problems};

use crate::desk::Desk;
use crate::error::StoreError;
use crate::router::Handle;
use crate::store::readiness;
use crate::store::write::Door;

/// The longest reason for opening a day again.
const LONGEST_REASON: usize = 500;

impl Handle<AskReady> for Desk {
    fn handle(&self, _: &Caller, ask: AskReady) -> Result<Readiness, StoreError> {
        let site = self.site(&ask.site_id)?;
        self.store.read(|conn| readiness::of(conn, &site, ask.date, ask.kind))
    }
}

impl Handle<Close> for Desk {
    fn handle(&self, caller: &Caller, close: Close) -> Result<Entry<Period>, StoreError> {
        let site = self.check_past(&close.site_id, close.date)?;
        self.write(caller, |door| {
            check_ready(door, &site, close.date, close.kind)?;
            door.close_period(&close.site_id, close.date, close.kind)
        })
    }
}

impl Handle<Lock> for Desk {
    fn handle(&self, caller: &Caller, lock: Lock) -> Result<Entry<Period>, StoreError> {
        let site = self.check_past(&lock.site_id, lock.date)?;
        self.write(caller, |door| {
            check_ready(door, &site, lock.date, lock.kind)?;
            door.lock(&lock.site_id, lock.date, lock.kind)
        })
    }
}

impl Handle<Unlock> for Desk {
    fn handle(&self, caller: &Caller, unlock: Unlock) -> Result<Entry<Period>, StoreError> {
        self.site(&unlock.site_id)?;
        let reason = read_reason(&unlock.reason)?;
        self.write(caller, |door| door.unlock(&unlock.site_id, unlock.date, unlock.kind, reason))
    }
}

impl Desk {
    /// A day that has not come cannot be closed.
    fn check_past(&self, site: &str, date: Day) -> Result<Site, Refusal> {
        let site = self.site(site)?;
        match self.today(&site) {
            Some(today) if date > today => {
                let message = format!("{date} is in the future; the site's day is {today}.");
                let problem = Problem::new("date", "E-DATE", message).max(today);
                Err(Refusal::invalid(Problems(vec![problem])))
            }
            _ => Ok(site),
        }
    }
}

fn read_reason(reason: &str) -> Result<String, Refusal> {
    let reason = reason.trim();
    let n_chars = reason.chars().count();
    if n_chars == 0 {
        return Err(Refusal::one("reason", "E-REQUIRED", "Say why it is opened again."));
    }
    if n_chars > LONGEST_REASON {
        let message = format!("Reason takes {LONGEST_REASON} characters; this has {n_chars}.");
        let problem = Problem::new("reason", "E-TEXT", message).value(reason).max(LONGEST_REASON);
        return Err(Refusal::invalid(Problems(vec![problem])));
    }
    Ok(reason.to_owned())
}

fn check_ready(
    door: &mut Door<'_>,
    site: &Site,
    date: Day,
    kind: PeriodKind,
) -> Result<(), StoreError> {
    let missing = readiness::of(door.transaction(), site, date, kind)?.missing(kind);
    if missing.is_empty() {
        return Ok(());
    }
    let details: Vec<_> = missing
        .iter()
        .map(|(path, message)| Problem::new(path, "E-MISSING", message.clone()))
        .collect();
    let sentences: Vec<_> = missing.into_iter().map(|(_, message)| message).collect();
    let refusal = Refusal::new(Code::NotReady, sentences.join(" "));
    Err(Refusal { details, ..refusal }.into())
}
