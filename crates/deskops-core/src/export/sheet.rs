//! A sheet of any module without its rows: head, sums, and what it says about itself.
//!
//! Apart from both the records and the file forms, so that neither knows the other. Rows pass
//! through one by one; nothing here grows with their number.

use std::io;

use deskops_domain::api::records::{Sum, Totals};
use deskops_domain::day::Day;
use deskops_domain::entry::Moment;

/// What a sheet shows, but for its rows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sheet {
    /// Name of the module.
    pub title: String,
    /// Columns from left to right.
    pub head: Vec<Column>,
    /// Said in place of rows when there are none.
    pub nothing: String,
    /// What the file says about itself, before its counts and sums.
    pub about: Vec<(String, Cell)>,
    /// Version of DeskOps.
    pub version: String,
}

/// One column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// Heading.
    pub heading: String,
    /// What its cells hold.
    pub kind: ColumnKind,
    /// Width in characters.
    pub width: u8,
    /// Its sum, still at nothing, where it is summed.
    pub sum: Option<Sum>,
}

/// What the cells of a column hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ColumnKind {
    /// Words and codes.
    Text,
    /// Numbers with so many decimals.
    Number(u32),
    /// Business days.
    Day,
    /// Instants, in UTC.
    Moment,
}

/// One cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cell {
    /// Nothing.
    Empty,
    /// Words, which no reader may take for a formula.
    Text(String),
    /// A number in units of `10^-decimals`.
    Number(i64, u32),
    /// A business day.
    Day(Day),
    /// An instant, in UTC.
    Moment(Moment),
}

impl Cell {
    /// Words, or nothing where there are none.
    #[must_use]
    pub fn text(text: &str) -> Self {
        if text.is_empty() { Self::Empty } else { Self::Text(text.to_owned()) }
    }
}

/// One row: a record, or several gathered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// A cell for each column.
    pub cells: Vec<Cell>,
    /// How many records are in it.
    pub records: u64,
    /// When any of them was last touched.
    pub touched: Moment,
}

/// What is known of a sheet once all rows have passed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ending {
    /// Rows that have passed.
    pub rows: u64,
    /// Count of the records in them, and sums.
    pub totals: Totals,
    /// When any of the records was last touched.
    pub touched: Option<Moment>,
}

impl Ending {
    /// The ending of a sheet that has no rows yet.
    #[must_use]
    pub fn of(sheet: &Sheet) -> Self {
        let sums = sheet.head.iter().filter_map(|column| column.sum.clone()).collect();
        Self { rows: 0, totals: Totals { rows: 0, sums }, touched: None }
    }

    /// Counts one row in.
    pub fn add(&mut self, sheet: &Sheet, row: &Row) {
        let summed = sheet.head.iter().zip(&row.cells).filter(|(column, _)| column.sum.is_some());
        for ((_, cell), sum) in summed.zip(&mut self.totals.sums) {
            if let Cell::Number(raw, _) = cell {
                sum.raw += raw;
            }
        }
        self.rows += 1;
        self.totals.rows += row.records;
        self.touched = self.touched.max(Some(row.touched));
    }

    /// One cell per column: `Total` in the first, sums where there are any.
    #[must_use]
    pub fn cells(&self, sheet: &Sheet) -> Vec<Cell> {
        let mut sums = self.totals.sums.iter();
        let mut cells: Vec<_> = sheet
            .head
            .iter()
            .map(|column| column.sum.as_ref().and_then(|_| sums.next()))
            .map(|sum| sum.map_or(Cell::Empty, |sum| Cell::Number(sum.raw, sum.decimals)))
            .collect();
        if let Some(first) = cells.first_mut() {
            *first = Cell::text("Total");
        }
        cells
    }
}

/// A form of file that takes a sheet row by row.
pub(super) trait SheetFile {
    /// Writes the next row.
    fn row(&mut self, cells: &[Cell]) -> io::Result<()>;
    /// Writes what comes after the rows.
    fn finish(self, ending: &Ending) -> io::Result<()>;
}
