//! A desk: the open store, the clock, the dice, and where files go.

use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError, RwLock};

use deskops_domain::access::Caller;
use deskops_domain::api::{Code, Refusal};
use deskops_domain::catalogue::{Catalogue, Site};
use deskops_domain::day::Day;
use deskops_domain::entry::{Entry, Moment};
use deskops_domain::id::Id;
use deskops_domain::record::Record;
use deskops_domain::zone;

use crate::accounts::{AccountRules, Accounts};
use crate::bell::Bell;
use crate::clock::{Clock, Dice, SystemClock, SystemDice};
use crate::database_url::DatabaseUrl;
use crate::error::StoreError;
use crate::head_office::HeadOffice;
use crate::store::keeper::Store;
use crate::store::trouble::Trouble;
use crate::store::upkeep::{Report, verify};
use crate::store::write::Door;
use crate::store::{Connection, catalogue, changes, connection, ledger, table};

/// Where a desk keeps its things.
#[derive(Debug, Clone)]
pub struct Place {
    /// The database file.
    pub database: PathBuf,
    /// The database server that keeps the records instead of the file: `postgres://…`.
    pub server: Option<DatabaseUrl>,
    /// Files that are taken away.
    pub exports: PathBuf,
    /// How long what is given to a program lasts.
    pub accounts: AccountRules,
}

impl Place {
    /// Everything in one folder.
    #[must_use]
    pub fn in_folder(folder: &Path) -> Self {
        Self {
            database: folder.join("deskops.db"),
            server: None,
            exports: folder.join("exports"),
            accounts: AccountRules::default(),
        }
    }
}

/// An open store and all that commands need.
pub struct Desk {
    pub(crate) store: Store,
    pub(crate) place: Place,
    clock: Box<dyn Clock>,
    dice: Box<dyn Dice>,
    /// What can be picked, and how often the lists had changed then.
    catalogue: RwLock<(i64, Arc<Catalogue>)>,
    /// Rings when something was saved.
    bell: Arc<Bell>,
    pub(crate) accounts: Accounts,
    /// The line to head office; a server has none, because it is head office.
    pub(crate) head_office: Option<Arc<dyn HeadOffice>>,
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
        let store = match &place.server {
            Some(url) => Store::connect(url.reveal(), clock.as_ref(), dice.as_ref())?,
            None => Store::open(&place.database, clock.as_ref(), dice.as_ref())?,
        };
        let known = store.read(lists).map_err(|error| Trouble::of(&store.place(), &error))?;
        let desk = Self {
            store,
            place,
            clock,
            dice,
            catalogue: RwLock::new(known),
            bell: Arc::default(),
            accounts: Accounts::default(),
            head_office: None,
        };
        desk.build_ledger()
            .and_then(|()| desk.end_old_sessions())
            .map_err(|error| Trouble::of(&desk.store.place(), &error))?;
        Ok(desk)
    }

    /// Computes the stock of records that were there before the ledger was, once.
    fn build_ledger(&self) -> Result<(), StoreError> {
        if self.store.read(ledger::is_built)? {
            return Ok(());
        }
        self.write(&Caller::at_this_computer(), |door| {
            for site in &self.catalogue().sites {
                door.touch_all(&site.id, deskops_domain::day::FIRST_DAY)?;
            }
            door.settle()?;
            ledger::note_built(door.transaction())
        })
    }

    /// The same desk on a laptop, with a line to head office. `made` is told which computer this is.
    ///
    /// # Errors
    /// When what is known of head office cannot be read.
    pub fn on_a_laptop(
        mut self,
        made: impl FnOnce(&Id) -> Arc<dyn HeadOffice>,
    ) -> Result<Self, Trouble> {
        let known = self.store.read(|conn| Ok((changes::device(conn)?, connection::read(conn)?)));
        let (device, known) = known.map_err(|error| Trouble::of(&self.store.place(), &error))?;
        let line = made(&device);
        if let Some(known) = known {
            line.turn_to(Some(&known.place));
        }
        self.head_office = Some(line);
        Ok(self)
    }

    /// What can be picked.
    #[must_use]
    pub fn catalogue(&self) -> Arc<Catalogue> {
        self.catalogue.read().unwrap_or_else(PoisonError::into_inner).1.clone()
    }

    /// Reads the lists anew after the set-up, which names the site before anybody has signed in.
    pub(crate) fn learn_catalogue(&self) -> Result<(), StoreError> {
        self.know(self.store.read(lists)?);
        Ok(())
    }

    /// Looks whether another server has changed the lists, where there may be another.
    pub(crate) fn keep_up(&self) -> Result<(), StoreError> {
        if !self.store.is_shared() {
            return Ok(());
        }
        let known = self.catalogue.read().unwrap_or_else(PoisonError::into_inner).0;
        let found = self.store.read(|conn| {
            if changes::lists(conn)? == known { Ok(None) } else { lists(conn).map(Some) }
        })?;
        if let Some(found) = found {
            self.know(found);
        }
        Ok(())
    }

    /// What can be picked, as it is in a transaction in which the lists have changed so often.
    pub(crate) fn catalogue_in(
        &self,
        tx: &Connection,
        n_changes: i64,
    ) -> Result<Arc<Catalogue>, StoreError> {
        let known = self.catalogue.read().unwrap_or_else(PoisonError::into_inner);
        if known.0 == n_changes {
            return Ok(known.1.clone());
        }
        drop(known);
        Ok(Arc::new(catalogue::load(tx)?))
    }

    /// Keeps the newer of what is known and what was found.
    fn know(&self, found: (i64, Arc<Catalogue>)) {
        let mut known = self.catalogue.write().unwrap_or_else(PoisonError::into_inner);
        if found.0 >= known.0 {
            *known = found;
        }
    }

    /// The business day that it is at a site.
    #[must_use]
    pub fn today(&self, site: &Site) -> Option<Day> {
        zone::business_day(site, self.now())
    }

    /// The day that a date or an ISO date-time names at a site; `None` for anything else.
    #[must_use]
    pub fn day_of(&self, site: &Site, text: &str) -> Option<Day> {
        Day::parse(text).or_else(|| zone::local_day(site, text))
    }

    /// Bytes that are free on the disk on which this computer writes: the file's, or that of the
    /// folder of exports where the records are elsewhere. A folder that is not there yet will be made
    /// in the nearest that is.
    ///
    /// # Errors
    /// When the disk cannot be asked.
    pub fn free_space(&self) -> std::io::Result<u64> {
        let folder = self.store.folder().unwrap_or(&self.place.exports);
        let there = folder.ancestors().find(|folder| folder.exists()).unwrap_or(Path::new("."));
        fs4::available_space(there)
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
        let (done, lists) = self.store.write(|tx| {
            let mut door = Door::open(self, tx, caller)?;
            let done = work(&mut door)?;
            Ok((done, door.close()?))
        })?;
        // What was changed of the lists holds from now on.
        self.know(lists);
        self.bell.ring();
        Ok(done)
    }

    /// The bell that rings when something was saved here.
    #[must_use]
    pub fn bell(&self) -> Arc<Bell> {
        self.bell.clone()
    }

    /// Does some writes and takes all of them back: what would come of them.
    pub(crate) fn try_out<T>(
        &self,
        caller: &Caller,
        work: impl FnOnce(&mut Door<'_>) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        self.store.try_out(|tx| work(&mut Door::open(self, tx, caller)?))
    }

    /// Reads the store as it was last saved, for what is no command.
    ///
    /// # Errors
    /// What `work` fails with.
    pub fn read<T>(
        &self,
        work: impl FnOnce(&Connection) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        self.store.read(work)
    }

    /// Whether the database is there, takes a write, and is of this version.
    ///
    /// # Errors
    /// Why it is not ready.
    pub fn probe(&self) -> Result<(), Trouble> {
        self.store.probe()
    }

    /// Size of the database and its log in bytes.
    #[must_use]
    pub fn size(&self) -> u64 {
        self.store.size()
    }

    /// Looks over the log, the records and the stock.
    ///
    /// # Errors
    /// When the records cannot be read at all.
    pub fn verify(&self) -> Result<Report, StoreError> {
        self.store.read(|conn| {
            let mut report = Report::default();
            verify::records(conn, &mut report);
            Ok(report)
        })
    }

    /// Writes a compact copy of the database to a new file.
    ///
    /// # Errors
    /// When the file exists or cannot be written.
    pub fn copy_to(&self, file: &Path) -> Result<(), StoreError> {
        self.store.copy_to(file)
    }

    /// The site of a command.
    pub(crate) fn site(&self, id: &str) -> Result<Site, Refusal> {
        self.catalogue().site(id).cloned().ok_or_else(|| site_not_found(id))
    }

    /// A record that the caller may see; out of reach looks like not there.
    pub(crate) fn entry<R: Record>(
        &self,
        caller: &Caller,
        id: &Id,
    ) -> Result<Entry<R>, StoreError> {
        let found = self.store.read(|conn| table::get::<R>(conn, id))?;
        let seen = found.filter(|entry| self.sees_entry(caller, entry));
        Ok(seen.ok_or_else(Refusal::not_found)?)
    }
}

/// What can be picked, and how often the lists have changed.
fn lists(conn: &Connection) -> Result<(i64, Arc<Catalogue>), StoreError> {
    Ok((changes::lists(conn)?, Arc::new(catalogue::load(conn)?)))
}

/// There is no site with this id.
pub(crate) fn site_not_found(id: &str) -> Refusal {
    Refusal::new(
        Code::SiteNotFound,
        format!("There is no site `{}`.", deskops_domain::problem::clip(id)),
    )
}
