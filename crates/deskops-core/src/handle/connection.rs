//! Head office, as a laptop knows it: where it is, and who is signed in there. The line carries, the
//! store keeps what is not secret.

use std::sync::Arc;

use deskops_domain::access::Caller;
use deskops_domain::api::connection::{
    Account, AskConnection, Choose, Connection, Forget, Greet, Left, Look, Looked, MOST_CLOCK_MS,
    Server, SignInThere, SignOutThere,
};
use deskops_domain::api::{Code, Refusal};

use crate::desk::Desk;
use crate::error::StoreError;
use crate::head_office::{Contact, HeadOffice, Place};
use crate::router::Handle;
use crate::store::connection::{self, Known, Signed};

/// How often a contact is written down that changes nothing else.
const NOTED_EVERY_MS: i64 = 60 * 1_000;
const HINT: &str = "Ask in the window of DeskOps, on the computer of the site.";

impl Handle<AskConnection> for Desk {
    fn handle(&self, _: &Caller, _: AskConnection) -> Result<Connection, StoreError> {
        let line = self.line()?;
        self.as_known(line.as_ref())
    }
}

impl Handle<Greet> for Desk {
    fn handle(&self, _: &Caller, _: Greet) -> Result<Connection, StoreError> {
        let line = self.line()?;
        if self.store.read(connection::read)?.is_some() {
            // What is in the way stands in the answer.
            let _ = line.greet();
        }
        self.as_known(line.as_ref())
    }
}

impl Handle<Look> for Desk {
    fn handle(&self, _: &Caller, look: Look) -> Result<Looked, StoreError> {
        let line = self.line()?;
        check_pin(look.pin.as_deref())?;
        Ok(line.look(&look.address, look.pin.as_deref())?)
    }
}

impl Handle<Choose> for Desk {
    fn handle(&self, caller: &Caller, choose: Choose) -> Result<Connection, StoreError> {
        let line = self.line()?;
        check_pin(choose.pin.as_deref())?;
        let place = Place { address: line.address(&choose.address)?, pin: choose.pin };
        let before = self.store.read(connection::read)?;
        let is_same = before.as_ref().is_some_and(|known| known.place.address == place.address);
        if before.is_some() && !is_same {
            // It is told while it is still the one that is spoken with; untold, its session ends there.
            let _ = line.sign_out();
        }
        let known = match before {
            Some(known) if is_same => Known { place, ..known },
            _ => Known { place, contact: None, account: None },
        };
        self.store.write(|tx| connection::write(tx, &known))?;
        line.turn_to(Some(&known.place));
        tracing::info!(by = %caller.user, address = %known.place.address, "head office was chosen");
        self.as_known(line.as_ref())
    }
}

impl Handle<SignInThere> for Desk {
    fn handle(&self, caller: &Caller, sign_in: SignInThere) -> Result<Connection, StoreError> {
        let line = self.line()?;
        if self.store.read(connection::read)?.is_none() {
            let message = "Nobody has said yet where head office is.";
            let hint = "An administrator of this computer tests and takes its address first.";
            return Err(Refusal::new(Code::NotReady, message).hint(hint).into());
        }
        let person = line.sign_in(&sign_in.name, &sign_in.password)?;
        let account = Signed { user: person.name, full_name: person.full_name, since: self.now() };
        tracing::info!(by = %caller.user, user = %account.user, "signed in at head office");
        self.note_line(line.as_ref(), |known| known.account = Some(account))?;
        self.as_known(line.as_ref())
    }
}

impl Handle<SignOutThere> for Desk {
    fn handle(&self, _: &Caller, _: SignOutThere) -> Result<Left, StoreError> {
        let line = self.line()?;
        let untold = line.sign_out().err().map(|refusal| refusal.message);
        self.note_line(line.as_ref(), |known| known.account = None)?;
        Ok(Left { connection: self.as_known(line.as_ref())?, untold })
    }
}

impl Handle<Forget> for Desk {
    fn handle(&self, caller: &Caller, _: Forget) -> Result<Left, StoreError> {
        let line = self.line()?;
        let untold = line.sign_out().err().map(|refusal| refusal.message);
        self.store.write(connection::forget)?;
        line.turn_to(None);
        tracing::info!(by = %caller.user, "head office was forgotten");
        Ok(Left { connection: self.as_known(line.as_ref())?, untold })
    }
}

impl Desk {
    /// The line to head office; a server has none.
    fn line(&self) -> Result<Arc<dyn HeadOffice>, Refusal> {
        self.head_office.clone().ok_or_else(|| {
            let message = "This is head office itself. Only DeskOps on a laptop signs in to it.";
            Refusal::new(Code::Forbidden, message).hint(HINT)
        })
    }

    /// Writes down what has become of the connection, and when head office answered last.
    fn note_line(
        &self,
        line: &dyn HeadOffice,
        change: impl FnOnce(&mut Known),
    ) -> Result<(), StoreError> {
        let contact = line.contact();
        self.store.write(|tx| {
            let Some(mut known) = connection::read(tx)? else { return Ok(()) };
            learn(&mut known, contact);
            change(&mut known);
            connection::write(tx, &known)
        })
    }

    /// What is known, with what has been heard since it was written down.
    fn as_known(&self, line: &dyn HeadOffice) -> Result<Connection, StoreError> {
        let known = self.store.read(connection::read)?;
        let heard = line.contact();
        let is_news = |known: &Known| {
            let noted = known.contact.as_ref().map_or(i64::MIN, |contact| contact.at.0);
            heard.as_ref().is_some_and(|heard| heard.at.0.saturating_sub(noted) > NOTED_EVERY_MS)
        };
        if known.as_ref().is_some_and(is_news) {
            self.note_line(line, |_| ())?;
        }
        let standing = line.standing();
        let (server, account) = match known {
            None => (None, None),
            Some(mut known) => {
                learn(&mut known, heard);
                let account = known.account.take().map(|signed| Account {
                    user: signed.user,
                    full_name: signed.full_name,
                    since: signed.since,
                    standing,
                });
                (Some(server(known)), account)
            }
        };
        Ok(Connection { server, account, has_keyring: line.has_keyring(), trouble: line.trouble() })
    }

    /// What a clerk is told while this computer and head office do not agree on the time.
    pub(super) fn clock_notice(&self) -> Option<String> {
        let ahead = self.head_office.as_ref()?.contact()?.clock_ms?;
        if ahead.abs() <= MOST_CLOCK_MS {
            return None;
        }
        let (minutes, side) = (ahead.abs() / 60_000, if ahead > 0 { "ahead of" } else { "behind" });
        Some(format!(
            "The clock of this computer is {minutes} minutes {side} head office. Set its date and time right: the day depends on it. You can go on working."
        ))
    }
}

/// What has been heard later than what was written down.
fn learn(known: &mut Known, heard: Option<Contact>) {
    let Some(heard) = heard else { return };
    let before = known.contact.take();
    // What it did not say this time, it said before.
    let (clock_ms, version) = before.map_or((None, None), |old| (old.clock_ms, old.version));
    known.contact = Some(Contact {
        at: heard.at,
        clock_ms: heard.clock_ms.or(clock_ms),
        version: heard.version.or(version),
    });
}

fn server(known: Known) -> Server {
    let Place { address, pin } = known.place;
    let name = address.split_once("://").map_or(address.as_str(), |(_, name)| name).to_owned();
    let (last_contact, clock_ms, version) = match known.contact {
        Some(contact) => (Some(contact.at), contact.clock_ms, contact.version),
        None => (None, None, None),
    };
    Server { address, name, pin, version, last_contact, clock_ms }
}

/// A pin is a SHA-256 in hex.
fn check_pin(pin: Option<&str>) -> Result<(), Refusal> {
    let is_hash = |pin: &str| pin.len() == 64 && pin.bytes().all(|byte| byte.is_ascii_hexdigit());
    match pin {
        Some(pin) if !is_hash(pin) => {
            let message = "The key to be trusted is its SHA-256: 64 letters and digits.";
            Err(Refusal::one("pin", "E-PIN", message))
        }
        _ => Ok(()),
    }
}
