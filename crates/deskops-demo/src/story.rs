//! Puts the days in order and types them through the write door, with a clock and dice of its own.
//!
//! The same seed and the same last day give the same file, byte for byte.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use deskops_core::clock::{Clock, FixedClock, SeededDice, SystemClock};
use deskops_core::store::{Connection, catalogue, schema};
use deskops_core::{Desk, Place, StoreError, Trouble};
use deskops_domain::api::Refusal;
use deskops_domain::calendar::is_working_day;
use deskops_domain::catalogue::Site;
use deskops_domain::day::Day;
use deskops_domain::zone;

use crate::people::{self, Crew};
use crate::shape::{self, Part};
use crate::sites::{self, Opened};
use crate::teller::{Teller, local};

/// How far back the load of 700 t lies: within the last thirty days, so that it is met.
const OUTLIER_DAYS_AGO: i64 = 20;

/// What is to be told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Plan {
    /// Everything follows from it.
    pub seed: u64,
    /// How many days, the last one among them.
    pub days: u32,
    /// The last day, whose production is still to be typed.
    pub today: Day,
    /// How many sites; of those besides the first only the last days are told.
    pub n_sites: usize,
}

/// What was told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Told {
    /// First day.
    pub first: Day,
    /// Records, the deleted ones among them.
    pub n_records: u64,
    /// Records that were put right, deleted or brought back on the morning after.
    pub n_corrected: u64,
    /// Size of the file.
    pub bytes: u64,
}

/// Why there is no demo database.
#[derive(Debug, thiserror::Error)]
pub enum DemoError {
    /// Nothing is ever written over.
    #[error("{} exists already. Name another file, or delete this one first.", .0.display())]
    Exists(PathBuf),
    /// The file could not be made.
    #[error("{} cannot be written: {source}", path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// The database could not be opened.
    #[error(transparent)]
    Trouble(#[from] Trouble),
    /// The door refused something.
    #[error("a made-up record was not taken: {0}")]
    Store(#[from] StoreError),
    /// The set-up refused somebody.
    #[error("a made-up user was not taken: {0}")]
    User(#[from] Refusal),
    /// A new database has no site to write about.
    #[error("the starting catalogue has no site")]
    NoSite,
}

/// The business day that it really is at the site.
///
/// # Errors
/// When the starting catalogue has no site in a known time zone.
pub fn real_today() -> Result<Day, DemoError> {
    zone::business_day(&starting_site()?, SystemClock.now()).ok_or(DemoError::NoSite)
}

fn starting_site() -> Result<Site, DemoError> {
    catalogue::load(&Connection::lite(schema::fresh()))?
        .sites
        .into_iter()
        .next()
        .ok_or(DemoError::NoSite)
}

/// Writes a made-up site to a new database file.
///
/// # Errors
/// Why there is none; a half one is never left behind.
pub fn tell(plan: &Plan, out: &Path) -> Result<Told, DemoError> {
    if out.exists() {
        return Err(DemoError::Exists(out.to_owned()));
    }
    let file_error = |source| DemoError::File { path: out.to_owned(), source };
    let mut workshop = out.as_os_str().to_owned();
    workshop.push(".making");
    let workshop = Workshop::new(PathBuf::from(workshop)).map_err(file_error)?;
    let copy = workshop.0.join("copy.db");
    let told = write(plan, &workshop.0, &copy)?;
    fs::File::open(&copy).and_then(|file| file.sync_all()).map_err(file_error)?;
    fs::rename(&copy, out).map_err(file_error)?;
    let bytes = out.metadata().map_err(file_error)?.len();
    Ok(Told { bytes, ..told })
}

/// A folder that is gone when the work is done, or was given up.
struct Workshop(PathBuf);

impl Workshop {
    fn new(folder: PathBuf) -> io::Result<Self> {
        if folder.exists() {
            fs::remove_dir_all(&folder)?;
        }
        fs::create_dir_all(&folder)?;
        Ok(Self(folder))
    }
}

impl Drop for Workshop {
    fn drop(&mut self) {
        // What is left of it harms nobody, and the next run takes it away.
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn write(plan: &Plan, folder: &Path, copy: &Path) -> Result<Told, DemoError> {
    let site = starting_site()?;
    let first = plan.today.plus(1 - i64::from(plan.days.max(1)));
    let clock = Arc::new(FixedClock::at(local(&site, first, 0)));
    let dice = Box::new(SeededDice::new(plan.seed));
    let desk = Desk::open_with(Place::in_folder(folder), Box::new(clock.clone()), dice)?;
    people::move_in(&desk, &site)?;
    let others = sites::open(&desk, plan.n_sites.saturating_sub(1), first, plan.today)?;
    if !others.is_empty() {
        let sites: Vec<Site> = others.iter().map(|other| other.site.clone()).collect();
        people::move_in_elsewhere(&desk, &sites)?;
    }
    let own = Opened { site, crew: Crew::OF_FIRST, first, open_from: plan.today };
    let all: Vec<Opened> = std::iter::once(own).chain(others).collect();
    let mut tellers: Vec<Teller<'_>> =
        all.iter().map(|opened| teller(&desk, &clock, opened)).collect();
    for day in (0..).map(|n| first.plus(n)).take_while(|day| *day <= plan.today) {
        for (at, (opened, teller)) in all.iter().zip(&mut tellers).enumerate() {
            if day >= opened.first {
                tell_day(plan, at, day, opened, teller)?;
            }
        }
    }
    let n_records = tellers.iter().map(|teller| teller.n_records).sum();
    let n_corrected = tellers.iter().map(|teller| teller.n_corrected).sum();
    desk.copy_to(copy)?;
    Ok(Told { first, n_records, n_corrected, bytes: 0 })
}

fn teller<'a>(desk: &'a Desk, clock: &'a FixedClock, opened: &'a Opened) -> Teller<'a> {
    Teller {
        desk,
        clock,
        site: &opened.site,
        crew: opened.crew,
        open_from: opened.open_from,
        morning: Vec::new(),
        n_records: 0,
        n_corrected: 0,
    }
}

/// A day of the site with this number.
fn tell_day(
    plan: &Plan,
    number: usize,
    day: Day,
    opened: &Opened,
    teller: &mut Teller<'_>,
) -> Result<(), StoreError> {
    let site = &opened.site;
    if day == opened.first {
        teller.set_up(day)?;
    }
    let outlier = (OUTLIER_DAYS_AGO..)
        .map(|ago| plan.today.plus(-ago))
        .find(|day| is_working_day(site, *day));
    let part = match day {
        day if day == plan.today => Part::Begun,
        day if number == 0 && Some(day) == outlier => Part::WithOutlier,
        _ => Part::Whole,
    };
    teller.put_right(day)?;
    teller.close_days(opened.first, day)?;
    let mut acts = shape::day(plan.seed + number as u64, site, day, part);
    if day >= opened.open_from && day < plan.today {
        // Nobody has looked yet whether these days are whole.
        shape::forget(plan.seed + number as u64, day, &mut acts);
    }
    teller.type_day(day, acts)
}

#[cfg(test)]
mod tests {
    use deskops_domain::access::Caller;

    use super::*;

    fn plan(seed: u64, days: u32) -> Plan {
        Plan { seed, days, today: Day::parse("2026-11-22").unwrap(), n_sites: 1 }
    }

    #[test]
    fn the_same_seed_gives_the_same_bytes_and_another_gives_others() {
        let folder = tempfile::tempdir().unwrap();
        let write = |name: &str, seed: u64| {
            let file = folder.path().join(name);
            tell(&plan(seed, 25), &file).unwrap();
            fs::read(file).unwrap()
        };
        let first = write("a.db", 1);
        assert!(first == write("b.db", 1), "two runs differ");
        assert!(first != write("c.db", 2));
        assert_eq!(
            fs::read_dir(folder.path()).unwrap().count(),
            3,
            "nothing is left beside the files"
        );
    }

    #[test]
    fn other_sites_leave_the_first_as_it_is_and_leave_days_open() {
        let folder = tempfile::tempdir().unwrap();
        let place = Place::in_folder(folder.path());
        tell(&Plan { n_sites: 3, ..plan(1, 12) }, &place.database).unwrap();
        let desk = Desk::open(place).unwrap();
        let board = serde_json::json!({"dateTo": "2026-11-22", "days": 9});
        let board = deskops_core::Router::all()
            .run(&desk, &Caller::at_this_computer(), "completeness/list", board)
            .unwrap();
        let stages = |code: &str| {
            let catalogue = desk.catalogue();
            let site = catalogue.sites.iter().find(|site| site.code == code).unwrap();
            let lines = board["sites"].as_array().unwrap();
            let line = lines.iter().find(|line| line["siteId"] == site.id.as_str()).unwrap();
            let days = line["days"].as_array().unwrap();
            days.iter().map(|day| day["stage"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
        };
        let first = stages("ALASLA-29");
        assert!(first[..8].iter().all(|stage| stage == "CLOSED" || stage == "LOCKED"), "{first:?}");
        let late = stages("SHARJAH-3");
        let is_open = |stage: &String| !["CLOSED", "LOCKED"].contains(&stage.as_str());
        assert_eq!(late.iter().filter(|stage| is_open(stage)).count(), 6, "{late:?}");
        assert!(late.contains(&"PARTIAL".to_owned()), "{late:?}");
    }

    #[test]
    fn a_file_that_is_there_is_not_written_over() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("mine.db");
        fs::write(&file, "mine").unwrap();
        assert!(matches!(tell(&plan(1, 2), &file), Err(DemoError::Exists(_))));
        assert_eq!(fs::read(&file).unwrap(), b"mine");
    }

    #[test]
    fn what_was_told_opens_as_a_desk_and_its_last_day_has_no_production_yet() {
        let folder = tempfile::tempdir().unwrap();
        let place = Place::in_folder(folder.path());
        let told = tell(&plan(1, 10), &place.database).unwrap();
        assert!(told.n_records > 300 && told.n_corrected > 0, "{told:?}");
        let desk = Desk::open(place).unwrap();
        let rows = |day: Day| {
            let filter = serde_json::json!({ "filter": { "siteId": desk.catalogue().sites[0].id, "dateFrom": day, "dateTo": day } });
            let sums = deskops_core::Router::all()
                .run(&desk, &Caller::at_this_computer(), "production/sums", filter)
                .unwrap();
            sums["rows"].as_u64().unwrap()
        };
        assert_eq!(rows(plan(1, 10).today), 0);
        assert!(rows(plan(1, 10).today.plus(-1)) > 8);
    }
}
