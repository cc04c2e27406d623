//! A laptop of one test: its desk with a line to head office, and a keyring that outlives a restart.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use deskops_core::clock::{Clock as _, FixedClock, SystemClock, SystemDice};
use deskops_core::{Desk, Place, Router};
use deskops_domain::access::{Caller, Role};
use deskops_domain::api::connection::{
    AskConnection, Choose, Connection, Greet, Left, Look, Looked, SignInThere, SignOutThere,
};
use deskops_domain::api::{Command, Refusal};
use deskops_domain::entry::Moment;
use deskops_link::keyring::Keyring;
use deskops_link::trust::Roots;
use deskops_link::{Link, Parts};
use deskops_tests::people::{self, PASSWORD};
use keyring_core::{CredentialStore, Error, mock};
use rustls::pki_types::CertificateDer;
use tempfile::TempDir;

/// The disk of a laptop, and its keyring: what survives a restart.
pub struct Laptop {
    pub folder: TempDir,
    pub store: Option<Arc<CredentialStore>>,
    pub clock: Arc<FixedClock>,
    roots: Vec<CertificateDer<'static>>,
}

impl Laptop {
    /// One that trusts these to vouch for others.
    pub fn trusting(roots: &[&CertificateDer<'static>]) -> Self {
        let folder = TempDir::new().unwrap();
        people::move_in(folder.path());
        let store: Arc<CredentialStore> = mock::Store::new().unwrap();
        Self {
            folder,
            store: Some(store),
            clock: Arc::new(FixedClock::at(SystemClock.now())),
            roots: roots.iter().map(|&root| root.clone()).collect(),
        }
    }

    /// One that trusts nobody.
    pub fn new() -> Self {
        Self::trusting(&[])
    }

    /// The same without a keyring.
    pub fn without_keyring(mut self) -> Self {
        self.store = None;
        self
    }

    /// Starts DeskOps.
    pub fn start(&self) -> Started {
        let (store, clock) = (self.store.clone(), self.clock.clone());
        let place = Place::in_folder(self.folder.path());
        let desk = Desk::open_with(place, Box::new(clock.clone()), Box::new(SystemDice)).unwrap();
        let mut link = None;
        let desk = desk.on_a_laptop(|id| {
            let keyring = Keyring::on(id.as_str(), Duration::from_secs(4), || {
                store.ok_or(Error::NoDefaultStore)
            });
            let roots = Roots::only(self.roots.clone()).unwrap();
            let made = Arc::new(Link::new(Parts { roots, keyring, clock }));
            link = Some(made.clone());
            made
        });
        Started { desk: desk.unwrap(), link: link.unwrap() }
    }

    /// Whether any file of the laptop holds this text.
    pub fn holds(&self, text: &str) -> bool {
        files(self.folder.path())
            .iter()
            .any(|bytes| bytes.windows(text.len()).any(|window| window == text.as_bytes()))
    }

    /// The secrets in the keyring.
    pub fn secrets(&self) -> Vec<String> {
        let device = Desk::open(Place::in_folder(self.folder.path()))
            .unwrap()
            .read(deskops_core::store::changes::device)
            .unwrap();
        let store = self.store.as_ref().unwrap();
        let kept = ["device-key", "refresh-token"].map(|name| {
            let name = format!("{device}/{name}");
            keyring_core::Entry::new_in_store(store, "DeskOps", &name).unwrap().get_password()
        });
        kept.into_iter().flatten().collect()
    }

    /// Has the keyring refuse the next that is asked of this secret.
    pub fn refuse_next(&self, device: &str, name: &str) {
        let store = self.store.as_ref().unwrap();
        let name = format!("{device}/{name}");
        let entry = keyring_core::Entry::new_in_store(store, "DeskOps", &name).unwrap();
        let locked = Error::NoStorageAccess("locked".into());
        entry.as_any().downcast_ref::<mock::Cred>().unwrap().set_error(locked);
    }

    /// Lets some minutes pass.
    pub fn pass(&self, minutes: i64) {
        self.clock.set(Moment(self.clock.now().0 + minutes * 60_000));
    }
}

fn files(folder: &Path) -> Vec<Vec<u8>> {
    let found = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    found.filter(|path| path.is_file()).map(|path| std::fs::read(path).unwrap()).collect()
}

/// DeskOps on a laptop while it runs.
pub struct Started {
    pub desk: Desk,
    pub link: Arc<Link>,
}

impl Started {
    pub fn call<C: Command>(&self, command: C) -> Result<C::Output, Refusal> {
        self.call_as(Some(Role::Admin), command)
    }

    pub fn call_as<C: Command>(
        &self,
        role: Option<Role>,
        command: C,
    ) -> Result<C::Output, Refusal> {
        let caller = Caller::named("noura", role, None);
        let input = serde_json::to_value(command).unwrap();
        let output = Router::all().run(&self.desk, &caller, &C::name(), input)?;
        Ok(serde_json::from_value(output).unwrap())
    }

    pub fn look(&self, address: &str, pin: Option<&str>) -> Looked {
        self.call(Look { address: address.into(), pin: pin.map(str::to_owned) }).unwrap()
    }

    pub fn choose(&self, address: &str, pin: Option<&str>) -> Connection {
        self.call(Choose { address: address.into(), pin: pin.map(str::to_owned) }).unwrap()
    }

    pub fn sign_in(&self, name: &str) -> Result<Connection, Refusal> {
        self.call(SignInThere { name: name.into(), password: PASSWORD.into() })
    }

    pub fn greet(&self) -> Connection {
        self.call(Greet {}).unwrap()
    }

    pub fn state(&self) -> Connection {
        self.call(AskConnection {}).unwrap()
    }

    pub fn sign_out(&self) -> Left {
        self.call(SignOutThere {}).unwrap()
    }
}
