//! Secrets: kept over a restart where there is a keyring, until the end where there is none, and
//! nobody waits for one that hangs.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::{Duration, Instant};

use deskops_link::keyring::Keyring;
use keyring_core::api::CredentialStoreApi;
use keyring_core::{CredentialStore, Entry, Error, mock};

const LIMIT: Duration = Duration::from_millis(200);

fn on(store: &Arc<CredentialStore>, whose: &str) -> Keyring {
    let store = store.clone();
    Keyring::on(whose, Duration::from_secs(4), move || Ok(store))
}

#[test]
fn a_secret_outlives_a_restart_and_belongs_to_one_desk() {
    let store: Arc<CredentialStore> = mock::Store::new().unwrap();
    let keyring = on(&store, "a");
    assert!(keyring.works());
    assert_eq!(keyring.get("token"), None);
    keyring.set("token", "secret");
    assert_eq!(on(&store, "a").get("token").as_deref(), Some("secret"));
    assert_eq!(on(&store, "b").get("token"), None, "another desk of this computer");
    assert!(keyring.delete("token"));
    assert_eq!((keyring.get("token"), on(&store, "a").get("token")), (None, None));
    assert!(keyring.delete("token"), "what is gone is gone");
}

#[test]
fn without_a_keyring_a_secret_is_kept_until_the_end() {
    let without = || Keyring::on("a", LIMIT, || Err(Error::NoDefaultStore));
    let keyring = without();
    assert!(!keyring.works());
    keyring.set("token", "secret");
    assert_eq!(keyring.get("token").as_deref(), Some("secret"));
    assert!(keyring.delete("token"));
    assert_eq!(keyring.get("token"), None);
    assert_eq!(without().get("token"), None);
}

#[test]
fn a_keyring_that_is_locked_or_takes_away_what_it_was_given_is_none() {
    let locked = Error::NoStorageAccess("locked".into());
    let store: Arc<CredentialStore> = mock::Store::new().unwrap();
    let entry = Entry::new_in_store(&store, "DeskOps", "a/probe").unwrap();
    entry.as_any().downcast_ref::<mock::Cred>().unwrap().set_error(locked);
    assert!(!on(&store, "a").works());
}

#[test]
fn a_keyring_that_refuses_later_is_said_and_loses_nothing_until_the_end() {
    let store: Arc<CredentialStore> = mock::Store::new().unwrap();
    let keyring = on(&store, "a");
    assert!(keyring.works());
    let entry = Entry::new_in_store(&store, "DeskOps", "a/token").unwrap();
    let full = Error::TooLong("password".into(), 1);
    entry.as_any().downcast_ref::<mock::Cred>().unwrap().set_error(full);
    keyring.set("token", "secret");
    assert_eq!(keyring.get("token").as_deref(), Some("secret"));
    assert!(!keyring.works(), "after a restart it will not be there");
    assert!(!keyring.delete("token"), "what it holds from before is not gone");
}

/// A store whose every call hangs.
#[derive(Debug)]
struct Hanging;

impl CredentialStoreApi for Hanging {
    fn vendor(&self) -> String {
        "nobody".into()
    }

    fn id(&self) -> String {
        "hanging".into()
    }

    fn build(
        &self,
        _: &str,
        _: &str,
        _: Option<&HashMap<&str, &str>>,
    ) -> keyring_core::Result<Entry> {
        loop {
            std::thread::park();
        }
    }

    fn as_any(&self) -> &dyn std::any::Any {
        self
    }
}

#[test]
fn nobody_waits_for_a_keyring_that_hangs() {
    let begun = Instant::now();
    let keyring = Keyring::on("a", LIMIT, || Ok(Arc::new(Hanging)));
    keyring.set("token", "secret");
    assert_eq!(keyring.get("token").as_deref(), Some("secret"));
    assert!(!keyring.works());
    assert!(
        begun.elapsed() < LIMIT * 10,
        "{:?}: the first waits, the others do not",
        begun.elapsed()
    );
}
