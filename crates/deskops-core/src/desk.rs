//! A desk: the open store, the clock, the dice, and where files go.

use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use deskops_domain::access::Caller;
use deskops_domain::api::{Code, Refusal};
use deskops_domain::catalogue::{Catalogue, Site};
use deskops_domain::day::Day;
use deskops_domain::draft::Surroundings;
use deskops_domain::entry::{Entry, Moment};
use deskops_domain::id::Id;
use deskops_domain::record::Record;
use deskops_domain::zone;

use crate::accounts::Accounts;
use crate::clock::{Clock, Dice, SystemClock, SystemDice};
use crate::error::StoreError;
use crate::store::open::Store;
use crate::store::trouble::Trouble;
use crate::store::write::Door;
use crate::store::{catalogue, table};

/// Where a desk keeps its things.
#[derive(Debug, Clone)]
pub struct Place {
    /// The database file.
    pub database: PathBuf,
    /// Files that are taken away.
    pub exports: PathBuf,
}

impl Place {
    /// Everything in one folder.
    #[must_use]
    pub fn in_folder(folder: &Path) -> Self {
        Self { database: folder.join("deskops.db"), exports: folder.join("exports") }
    }
}

/// An open store and all that commands need.
pub struct Desk {
    pub(crate) store: Store,
    pub(crate) place: Place,
    clock: Box<dyn Clock>,
    dice: Box<dyn Dice>,
    /// As it stood when the desk was opened.
    catalogue: Catalogue,
    /// As it stands since the set-up: it names the site, once, before anybody has signed in.
    set_up: OnceLock<Catalogue>,
    pub(crate) accounts: Accounts,
}

impl Desk {
    /// Opens the desk with the computer's own clock and randomness.
    ///
    /// # Errors
    /// Why the database cannot be used, and what to do about it.
    pub fn open(place: Place) -> Result<Self, Trouble> {
        Self::open_with(place, Box::new(SystemClock), Box::new(SystemDice))
    }

    /// Opens the desk with a clock and dice of one's own.
    ///
    /// # Errors
    /// Why the database cannot be used, and what to do about it.
    pub fn open_with(
        place: Place,
        clock: Box<dyn Clock>,
        dice: Box<dyn Dice>,
    ) -> Result<Self, Trouble> {
        let store = Store::open(&place.database, clock.as_ref(), dice.as_ref())?;
        let catalogue =
            store.read(catalogue::load).map_err(|error| Trouble::of(&place.database, &error))?;
        let (set_up, accounts) = (OnceLock::new(), Accounts::default());
        Ok(Self { store, place, clock, dice, catalogue, set_up, accounts })
    }

    /// What can be picked.
    #[must_use]
    pub fn catalogue(&self) -> &Catalogue {
        self.set_up.get().unwrap_or(&self.catalogue)
    }

    /// Reads the catalogue anew after the set-up.
    pub(crate) fn learn_catalogue(&self) -> Result<(), StoreError> {
        let catalogue = self.store.read(catalogue::load)?;
        // There is one set-up in the life of a database.
        let _ = self.set_up.set(catalogue);
        Ok(())
    }

    /// What is rolled for ids, salts and tokens.
    pub(crate) fn dice(&self) -> &dyn Dice {
        self.dice.as_ref()
    }

    /// Now.
    #[must_use]
    pub fn now(&self) -> Moment {
        self.clock.now()
    }

    /// A new random id.
    #[must_use]
    pub fn new_id(&self) -> Id {
        Id::random(self.now().0, self.dice.roll())
    }

    /// Does some writes in one transaction: all of them are saved and counted, or none is.
    ///
    /// # Errors
    /// The first refusal or failure; nothing is saved then.
    pub fn write<T>(
        &self,
        caller: &Caller,
        work: impl FnOnce(&mut Door<'_>) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        self.store.write(|tx| {
            let mut door = Door::open(self, tx, caller)?;
            let done = work(&mut door)?;
            door.close()?;
            Ok(done)
        })
    }

    /// Reads the store as it was last saved, for what is no command.
    ///
    /// # Errors
    /// What `work` fails with.
    pub fn read<T>(
        &self,
        work: impl FnOnce(&rusqlite::Connection) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        self.store.read(work)
    }

    /// Writes a compact copy of the database to a new file.
    ///
    /// # Errors
    /// When the file exists or cannot be written.
    pub fn copy_to(&self, file: &Path) -> Result<(), StoreError> {
        self.store.copy_to(file)
    }

    /// The site of a command.
    pub(crate) fn site(&self, id: &str) -> Result<&Site, Refusal> {
        self.catalogue().site(id).ok_or_else(|| site_not_found(id))
    }

    /// A record that the caller may see; out of reach looks like not there.
    pub(crate) fn entry<R: Record>(
        &self,
        caller: &Caller,
        id: &Id,
    ) -> Result<Entry<R>, StoreError> {
        let found = self.store.read(|conn| table::get::<R>(conn, id))?;
        let seen = found.filter(|entry| self.sees(caller, &entry.site, entry.date));
        Ok(seen.ok_or_else(Refusal::not_found)?)
    }
}

/// There is no site with this id.
pub(crate) fn site_not_found(id: &str) -> Refusal {
    Refusal::new(
        Code::SiteNotFound,
        format!("There is no site `{}`.", deskops_domain::problem::clip(id)),
    )
}

impl Surroundings for Desk {
    fn catalogue(&self) -> &Catalogue {
        Self::catalogue(self)
    }

    fn today(&self, site: &Site) -> Option<Day> {
        zone::business_day(site, self.now())
    }

    fn local_day(&self, site: &Site, date_time: &str) -> Option<Day> {
        zone::local_day(site, date_time)
    }
}
