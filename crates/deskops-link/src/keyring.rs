//! Secrets of this computer: in the operating system's keyring, or else in memory until DeskOps is
//! closed. Never in a file.
//!
//! The calls of a keyring block, and may hang for ever behind a service that is locked. A thread of
//! its own makes them; who asks waits a few seconds, and does without from then on.

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use keyring_core::{CredentialStore, Entry, Error};

/// How long a keyring may take.
const WITHIN: Duration = Duration::from_secs(4);
/// What the entries are filed under.
const SERVICE: &str = "DeskOps";
/// The entry by which it is seen whether the keyring works.
const PROBE: &str = "probe";

type Answer = Result<Option<String>, Error>;

/// Something to be done by the thread.
enum Deed {
    Probe,
    Get(String),
    Set(String, String),
    Delete(String),
}

/// Where secrets are.
pub struct Keyring {
    tell: Mutex<Sender<(Deed, Sender<Answer>)>>,
    /// Whether it works; nothing while it is being tried.
    kept: Mutex<Option<bool>>,
    /// Whether it worked, and does not any more: something may still lie in it.
    has_failed: AtomicBool,
    probe: Mutex<Option<Receiver<Answer>>>,
    within: Duration,
    /// What was set or read since the program was started.
    memory: Mutex<HashMap<String, Option<String>>>,
    /// Before each name: which desk of this computer.
    whose: String,
}

impl Keyring {
    /// The operating system's, for the desk with this name.
    #[must_use]
    pub fn of_this_computer(whose: &str) -> Self {
        Self::on(whose, WITHIN, || {
            // It is set up once for the program; who it is depends on the system.
            match keyring::Entry::store_status() {
                Ok(()) => keyring_core::get_default_store().ok_or(Error::NoDefaultStore),
                Err(error) => {
                    tracing::info!(%error, "no keyring answers on this computer");
                    Err(Error::NoDefaultStore)
                }
            }
        })
    }

    /// On a store that `open` finds; each call may take so long.
    #[must_use]
    pub fn on(
        whose: &str,
        within: Duration,
        open: impl FnOnce() -> Result<Arc<CredentialStore>, Error> + Send + 'static,
    ) -> Self {
        let (tell, told) = channel::<(Deed, Sender<Answer>)>();
        let (probed, probe) = channel();
        let name = whose.to_owned();
        let begun = std::thread::Builder::new().name("keyring".into()).spawn(move || {
            let store = open();
            while let Ok((deed, answer)) = told.recv() {
                let done = match &store {
                    Ok(store) => does(store, &name, deed),
                    Err(_) => Err(Error::NoDefaultStore),
                };
                // Whoever asked may have stopped waiting.
                let _ = answer.send(done);
            }
        });
        if begun.is_err() || tell.send((Deed::Probe, probed)).is_err() {
            tracing::warn!("the keyring has no thread");
        }
        Self {
            tell: Mutex::new(tell),
            kept: Mutex::new(None),
            has_failed: AtomicBool::new(false),
            probe: Mutex::new(Some(probe)),
            within,
            memory: Mutex::default(),
            whose: whose.to_owned(),
        }
    }

    /// Whether secrets are kept over a restart. The first who asks waits for the trial.
    #[must_use]
    pub fn works(&self) -> bool {
        let mut kept = lock(&self.kept);
        if let Some(works) = *kept {
            return works;
        }
        let probe = lock(&self.probe).take();
        let works = match probe.map(|probe| probe.recv_timeout(self.within)) {
            Some(Ok(Ok(_))) => true,
            Some(Ok(Err(error))) => {
                tracing::info!(%error, "the keyring does not work: secrets are kept until DeskOps is closed");
                false
            }
            _ => {
                tracing::info!(
                    "the keyring does not answer: secrets are kept until DeskOps is closed"
                );
                false
            }
        };
        *kept = Some(works);
        works
    }

    /// A secret, where there is one.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<String> {
        if let Some(known) = lock(&self.memory).get(name) {
            return known.clone();
        }
        let found = self.ask(Deed::Get(self.filed(name)))?;
        lock(&self.memory).insert(name.to_owned(), found.clone());
        found
    }

    /// Keeps a secret.
    pub fn set(&self, name: &str, secret: &str) {
        lock(&self.memory).insert(name.to_owned(), Some(secret.to_owned()));
        self.ask(Deed::Set(self.filed(name), secret.to_owned()));
    }

    /// Removes a secret. Says whether it is gone from the keyring, too, as far as can be known: one
    /// that has failed since the program was started may still hold it.
    pub fn delete(&self, name: &str) -> bool {
        lock(&self.memory).insert(name.to_owned(), None);
        if self.works() {
            return self.ask(Deed::Delete(self.filed(name))).is_some();
        }
        !self.has_failed.load(Ordering::Relaxed)
    }

    fn filed(&self, name: &str) -> String {
        format!("{}/{name}", self.whose)
    }

    /// Nothing where the keyring does not do it; it is not asked again then.
    fn ask(&self, deed: Deed) -> Option<Option<String>> {
        if !self.works() {
            return None;
        }
        let (answer, answered) = channel();
        let is_told = lock(&self.tell).send((deed, answer)).is_ok();
        match answered.recv_timeout(self.within) {
            Ok(Ok(found)) if is_told => return Some(found),
            Ok(Err(error)) => {
                tracing::warn!(%error, "the keyring refuses: secrets are kept until DeskOps is closed")
            }
            _ => tracing::warn!(
                "the keyring does not answer: secrets are kept until DeskOps is closed"
            ),
        }
        *lock(&self.kept) = Some(false);
        self.has_failed.store(true, Ordering::Relaxed);
        None
    }
}

fn does(store: &Arc<CredentialStore>, whose: &str, deed: Deed) -> Answer {
    let entry = |name: &str| Entry::new_in_store(store, SERVICE, name);
    match deed {
        Deed::Probe => probe(&entry(&format!("{whose}/{PROBE}"))?),
        Deed::Get(name) => match entry(&name)?.get_password() {
            Ok(secret) => Ok(Some(secret)),
            Err(Error::NoEntry) => Ok(None),
            Err(error) => Err(error),
        },
        Deed::Set(name, secret) => entry(&name)?.set_password(&secret).map(|()| None),
        Deed::Delete(name) => match entry(&name)?.delete_credential() {
            Ok(()) | Err(Error::NoEntry) => Ok(None),
            Err(error) => Err(error),
        },
    }
}

/// A service may answer, and still be locked or have no place to keep anything.
fn probe(entry: &Entry) -> Answer {
    entry.set_password(PROBE)?;
    let found = entry.get_password()?;
    entry.delete_credential()?;
    if found == PROBE { Ok(None) } else { Err(Error::BadEncoding(Vec::new())) }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
