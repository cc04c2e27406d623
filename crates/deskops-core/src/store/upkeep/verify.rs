//! Whether a database is what it says: its pages, its log, every record beside its changes, and the
//! stock beside the records. Reads only, also while a server writes.

use std::collections::BTreeMap;
use std::path::Path;

use deskops_domain::modules::{Inventory, each_record};

use super::log::{Replay, check_log};
use super::{UpkeepError, check_pages, look};
use crate::error::StoreError;
use crate::sql::{Connection, Error};
use crate::store::trouble::Trouble;
use crate::store::{catalogue, ledger, settings};

/// So many findings are told one by one; the rest are counted.
const MOST_TOLD: usize = 200;

/// Something that is not as it should be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// Where: a table and a row, a heap and a day.
    pub place: String,
    /// What is wrong there.
    pub what: String,
}

/// What was looked at, and what is wrong.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Report {
    /// Changes that were read.
    pub changes: u64,
    /// Records that were compared with their changes.
    pub records: u64,
    /// Rows of stock that were worked out anew.
    pub stock: u64,
    /// What is wrong, the first two hundred of it.
    pub findings: Vec<Finding>,
    /// How much is wrong in all.
    pub wrong: u64,
}

impl Report {
    /// Notes something that is wrong.
    pub(super) fn add(&mut self, place: impl Into<String>, what: impl Into<String>) {
        self.wrong += 1;
        if self.findings.len() < MOST_TOLD {
            self.findings.push(Finding { place: place.into(), what: what.into() });
        }
    }

    /// Notes what a part of the work stopped at: the rest of it is not known.
    pub(super) fn stopped(&mut self, place: &str, error: &StoreError) {
        let why = match error {
            StoreError::Sql(sql) => sql.to_string(),
            other => other.to_string(),
        };
        self.add(place, format!("cannot be read to its end: {why}"));
    }
}

/// Looks over a database, or a backup of one.
///
/// # Errors
/// When it cannot be opened at all.
pub fn verify(file: &Path) -> Result<Report, UpkeepError> {
    let file_of = look(file)?;
    let mut report = Report::default();
    for found in check_pages(&file_of).map_err(|error| Trouble::of(file, &error))? {
        report.add("file", found);
    }
    let conn = Connection::lite(file_of);
    // One state, whatever is written meanwhile. It ends with the connection.
    conn.batch("begin").map_err(|error: Error| Trouble::of(file, &error))?;
    records(&conn, &mut report);
    Ok(report)
}

/// Looks over the log, the records and the stock, whichever engine keeps them.
pub(crate) fn records(conn: &Connection, report: &mut Report) {
    if let Err(error) = check_log(conn, report) {
        report.stopped("changes", &error);
    }
    each_record(&mut Replay { conn, report });
    if let Err(error) = check_stock(conn, report) {
        report.stopped("inventory", &error);
    }
}

/// Works the stock of every site out from its records alone, and compares.
fn check_stock(conn: &Connection, report: &mut Report) -> Result<(), StoreError> {
    if !ledger::is_built(conn)? {
        // Records of before the ledger: the next start works it out.
        return Ok(());
    }
    for site in catalogue::load(conn)?.sites {
        let rows = settings::all::<Inventory>(conn, &site.id)?;
        let rows: BTreeMap<_, _> = rows
            .into_iter()
            .map(|row| ((row.body.material_id.0.clone(), row.date), row.body.line()))
            .collect();
        let mut worked_out = ledger::from_scratch(conn, &site.id)?;
        report.stock += rows.len() as u64;
        for ((material, day), line) in rows {
            let place = format!("inventory of {material} at {} on {day}", site.code);
            match worked_out.remove(&(material, day)) {
                None => report.add(place, "no record moved it, and nobody said anything of it"),
                Some(_) if !line.adds_up() => {
                    report.add(place, "closing is not opening and what moved")
                }
                Some(other) if other != line => report.add(
                    place,
                    format!(
                        "closes with {} kg; its records make {} kg",
                        line.closing, other.closing
                    ),
                ),
                Some(_) => {}
            }
        }
        for ((material, day), line) in worked_out {
            let place = format!("inventory of {material} at {} on {day}", site.code);
            report.add(place, format!("is missing; its records make {} kg", line.closing));
        }
    }
    Ok(())
}
