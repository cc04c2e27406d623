//! Records as a file that can be taken away: any module, as an Excel workbook or as CSV.
//!
//! Reading order: [`sheet`] is the neutral form and holds no rows, `table` turns entries into it
//! (`weeks` those of a week or month at once), `xlsx` and `csv` write it, `file` sees to it that only whole files get their final name. Apart
//! from the store, so that it takes rows from anywhere, one at a time.

mod csv;
mod error;
mod file;
pub mod sheet;
mod table;
mod weeks;
mod xlsx;

#[cfg(test)]
mod tests;

pub use error::ExportError;
pub use file::{file_name, is_file_name};

use std::error::Error;
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};

use deskops_domain::api::records::Totals;
use deskops_domain::catalogue::{Catalogue, Site};
use deskops_domain::choice::{Format, Granularity};
use deskops_domain::day::Day;
use deskops_domain::entry::Entry;
use deskops_domain::gather::{Span, gather};
use deskops_domain::record::Record;

use self::csv::CsvFile;
use self::file::Part;
use self::sheet::{Ending, Sheet, SheetFile};
use self::xlsx::XlsxFile;

/// The most records that one file holds: Excel has room for little more.
pub const MOST_ROWS: u64 = 1_000_000;

/// Which records a file holds, as it is told on its own pages and in its name.
#[derive(Debug, Clone, Copy)]
pub struct About<'a> {
    /// The site.
    pub site: &'a Site,
    /// First day.
    pub from: Day,
    /// Last day.
    pub to: Day,
    /// What a row stands for.
    pub granularity: Granularity,
    /// Whether they are the deleted ones.
    pub is_voided: bool,
    /// Version of DeskOps.
    pub version: &'a str,
}

/// A file that was written whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// Where it lies.
    pub path: PathBuf,
    /// Its name.
    pub file_name: String,
    /// Rows in it: records, or what they are gathered into.
    pub rows: u64,
    /// Its size.
    pub bytes: u64,
    /// SHA-256 of its bytes, in hex.
    pub sha256: String,
    /// Count and sums of the records in it.
    pub totals: Totals,
}

/// Rows on their way into a file.
type Rows<'a> = Box<dyn Iterator<Item = Result<sheet::Row, ExportError>> + 'a>;

/// Writes entries of one module to a new file in a folder, in the order in which they come, which is
/// oldest first.
///
/// The same entries give the same bytes, whenever and wherever they are written: that is why the
/// file does not say when it was made. Sums are taken from the very rows that are written.
///
/// # Errors
/// Says what happened and, with [`ExportError::hint`], what to do. There is then no file.
pub fn write<R: Record, E: Into<Box<dyn Error + Send + Sync>>>(
    folder: &Path,
    about: &About,
    catalogue: &Catalogue,
    format: Format,
    entries: impl Iterator<Item = Result<Entry<R>, E>>,
) -> Result<Written, ExportError> {
    let sheet = table::sheet::<R>(about);
    let failed = |error: io::Error| ExportError::from_io(folder, error);
    let mut part = Part::new(folder).map_err(failed)?;
    let entries = entries.map(|entry| entry.map_err(|error| ExportError::Rows(error.into())));
    let rows: Rows<'_> = match about.granularity {
        Granularity::Daily => {
            Box::new(entries.map(|entry| Ok(table::row(&entry?, about, catalogue))))
        }
        longer @ (Granularity::Weekly | Granularity::Monthly) => {
            let range = Span { from: about.from, to: about.to };
            let told = deskops_domain::gather::told::<R>();
            let rows = gather::<R, _, _>(entries, longer, about.site.week_start, range);
            Box::new(rows.map(move |row| Ok(weeks::row(&row?, &told, about, catalogue))))
        }
    };
    // The spreadsheet library panics where a disk is full, and a full disk is no reason to end.
    let ending = catch_unwind(AssertUnwindSafe(|| match format {
        Format::Xlsx => {
            fill(&sheet, XlsxFile::new(&sheet, folder, &mut part).map_err(failed)?, rows, folder)
        }
        Format::Csv => fill(&sheet, CsvFile::new(&sheet, &mut part).map_err(failed)?, rows, folder),
    }))
    .unwrap_or_else(|_| {
        Err(failed(io::Error::other("the file could not be written to its end")))
    })?;
    let name = file_name(R::NAME, about.granularity, about.from, about.to, format);
    let (path, bytes, sha256) = part.finish(&name).map_err(failed)?;
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    Ok(Written { path, file_name: name, rows: ending.rows, bytes, sha256, totals: ending.totals })
}

/// Passes every row on, counts and sums, and closes the sheet.
fn fill(
    sheet: &Sheet,
    mut file: impl SheetFile,
    rows: Rows<'_>,
    folder: &Path,
) -> Result<Ending, ExportError> {
    let mut ending = Ending::of(sheet);
    for row in rows {
        let row = row?;
        if ending.rows == MOST_ROWS {
            return Err(ExportError::TooManyRows);
        }
        ending.add(sheet, &row);
        file.row(&row.cells).map_err(|error| ExportError::from_io(folder, error))?;
    }
    file.finish(&ending).map_err(|error| ExportError::from_io(folder, error))?;
    Ok(ending)
}
