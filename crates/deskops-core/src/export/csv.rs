//! A sheet as comma-separated text: RFC 4180, UTF-8 with its mark, ISO dates, plain numbers.
//!
//! It has no row of totals, because whoever reads it would add them to the figures.

use std::borrow::Cow;
use std::io::{self, Write};

use csv::{ErrorKind, Terminator, Writer, WriterBuilder};
use deskops_domain::text::format_fixed;

use super::sheet::{Cell, Ending, Sheet, SheetFile};

/// Tells Excel that the text is UTF-8.
const MARK: &[u8] = "\u{feff}".as_bytes();

/// A CSV file that is being written.
pub(super) struct CsvFile<'a, W: Write> {
    sheet: &'a Sheet,
    writer: Writer<W>,
}

impl<'a, W: Write> CsvFile<'a, W> {
    /// Writes the head.
    pub(super) fn new(sheet: &'a Sheet, mut out: W) -> io::Result<Self> {
        out.write_all(MARK)?;
        let mut writer = WriterBuilder::new().terminator(Terminator::CRLF).from_writer(out);
        writer
            .write_record(sheet.head.iter().map(|column| guarded(&column.heading).into_owned()))
            .map_err(io_error)?;
        Ok(Self { sheet, writer })
    }
}

impl<W: Write> SheetFile for CsvFile<'_, W> {
    fn row(&mut self, cells: &[Cell]) -> io::Result<()> {
        for cell in cells {
            self.writer.write_field(field(cell).as_bytes()).map_err(io_error)?;
        }
        self.writer.write_record(None::<&[u8]>).map_err(io_error)
    }

    fn finish(mut self, ending: &Ending) -> io::Result<()> {
        if ending.rows == 0 {
            let blanks = self.sheet.head.iter().skip(1).map(|_| "");
            self.writer
                .write_record(std::iter::once(self.sheet.nothing.as_str()).chain(blanks))
                .map_err(io_error)?;
        }
        self.writer.flush()
    }
}

/// A cell as text. Only words are guarded, so that a negative number stays a number.
fn field(cell: &Cell) -> Cow<'_, str> {
    match cell {
        Cell::Empty => Cow::Borrowed(""),
        Cell::Text(text) => guarded(text),
        Cell::Number(raw, decimals) => Cow::Owned(format_fixed(*raw, *decimals)),
        Cell::Day(day) => Cow::Owned(day.to_string()),
        Cell::Moment(at) => Cow::Owned(at.to_string()),
    }
}

/// Words with an apostrophe before them where a spreadsheet would take them for a formula.
pub(super) fn guarded(text: &str) -> Cow<'_, str> {
    let is_formula =
        text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '\0', '＝', '＋', '－', '＠']);
    if is_formula { Cow::Owned(format!("'{text}")) } else { Cow::Borrowed(text) }
}

/// The system's own error, which says whether the disk is full.
fn io_error(error: csv::Error) -> io::Error {
    match error.into_kind() {
        ErrorKind::Io(error) => error,
        other => io::Error::other(format!("{other:?}")),
    }
}
