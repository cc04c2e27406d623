//! A sheet as an Excel workbook: numbers and dates as such, words never as formulas.
//!
//! Rows go straight to a temporary file (the library's "constant memory"), so a million of them
//! need no more memory than ten.

use std::io::{self, Write};
use std::path::Path;

use chrono::NaiveDate;
use deskops_domain::text::format_fixed;
use rust_decimal::Decimal;
use rust_xlsxwriter::{
    DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook, Worksheet, XlsxError,
};

use super::sheet::{Cell, Column, ColumnKind, Ending, Sheet, SheetFile};

/// Excel's own level: two thirds of the time of the usual one for a fifth more bytes.
const COMPRESSION: u8 = 3;
/// A workbook says when it was made; the same day for all, so that the same figures give the same bytes.
const MADE_ON: (u16, u8, u8) = (2000, 1, 1);
const A4: u8 = 9;

/// A workbook that is being written.
pub(super) struct XlsxFile<'a, W: Write + Send> {
    sheet: &'a Sheet,
    workbook: Workbook,
    formats: Vec<Format>,
    next_row: u32,
    out: W,
}

impl<'a, W: Write + Send> XlsxFile<'a, W> {
    /// Writes the head; rows wait in a temporary file in the folder.
    pub(super) fn new(sheet: &'a Sheet, folder: &Path, out: W) -> io::Result<Self> {
        let formats = sheet.head.iter().map(|column| cell_format(column.kind)).collect();
        let workbook = begin(sheet, folder).map_err(io_error)?;
        Ok(Self { sheet, workbook, formats, next_row: 1, out })
    }

    fn write_row(&mut self, cells: &[Cell]) -> Result<(), XlsxError> {
        let worksheet = self.workbook.worksheet_from_index(0)?;
        for (col, (cell, format)) in (0..).zip(cells.iter().zip(&self.formats)) {
            write_cell(worksheet, (self.next_row, col), cell, format)?;
        }
        self.next_row += 1;
        Ok(())
    }

    fn end(&mut self, ending: &Ending) -> Result<(), XlsxError> {
        let (next_row, last_col) = (self.next_row, last_col(self.sheet));
        let worksheet = self.workbook.worksheet_from_index(0)?;
        worksheet.autofilter(0, 0, (next_row - 1).max(1), last_col)?;
        if ending.rows == 0 {
            worksheet.write_string(1, 0, &self.sheet.nothing)?;
        } else if !ending.totals.sums.is_empty() {
            // A row is left free: Excel takes what touches the filtered rows for one more of them.
            for (col, (cell, format)) in
                (0..).zip(ending.cells(self.sheet).iter().zip(&self.formats))
            {
                write_cell(worksheet, (next_row + 1, col), cell, &total_format(format, cell))?;
            }
        }
        about(&mut self.workbook, self.sheet, ending)?;
        self.workbook.save_to_writer(&mut self.out)
    }
}

impl<W: Write + Send> SheetFile for XlsxFile<'_, W> {
    fn row(&mut self, cells: &[Cell]) -> io::Result<()> {
        self.write_row(cells).map_err(io_error)
    }

    fn finish(mut self, ending: &Ending) -> io::Result<()> {
        self.end(ending).map_err(io_error)?;
        self.out.flush()
    }
}

fn begin(sheet: &Sheet, folder: &Path) -> Result<Workbook, XlsxError> {
    let mut workbook = Workbook::new();
    let (year, month, day) = MADE_ON;
    let properties =
        DocProperties::new().set_title(format!("DeskOps: {}", sheet.title)).set_author("DeskOps");
    workbook.set_properties(
        &properties.set_creation_datetime(&ExcelDateTime::from_ymd(year, month, day)?),
    );
    workbook.set_zip_compression_level(COMPRESSION);
    workbook.set_tempdir(folder)?;
    let worksheet = workbook.add_worksheet_with_constant_memory()?;
    worksheet.set_name(&sheet.title)?.set_freeze_panes(1, 0)?.set_repeat_rows(0, 0)?;
    worksheet.set_landscape().set_paper_size(A4).set_print_fit_to_pages(1, 0);
    worksheet.set_footer("&LDeskOps&RPage &P of &N");
    for (col, column) in (0..).zip(&sheet.head) {
        worksheet.set_column_width(col, column.width)?;
        worksheet.write_string_with_format(0, col, &column.heading, &head_format(column))?;
    }
    Ok(workbook)
}

/// What the file says about itself, on a sheet of its own.
fn about(workbook: &mut Workbook, sheet: &Sheet, ending: &Ending) -> Result<(), XlsxError> {
    let mut lines = sheet.about.clone();
    lines.push((
        "Records".into(),
        Cell::Number(i64::try_from(ending.totals.rows).unwrap_or(i64::MAX), 0),
    ));
    lines.extend(
        ending
            .totals
            .sums
            .iter()
            .map(|sum| (format!("Sum of {}", sum.label), Cell::Number(sum.raw, sum.decimals))),
    );
    lines.push((
        "Last change of any of them (UTC)".into(),
        ending.touched.map_or(Cell::Empty, Cell::Moment),
    ));
    lines.push(("Written by".into(), Cell::text(&format!("DeskOps {}", sheet.version))));
    let worksheet = workbook.add_worksheet().set_name("About")?;
    worksheet.set_column_width(0, 34)?.set_column_width(1, 44)?;
    let bold = Format::new().set_bold();
    for (row, (label, cell)) in (0..).zip(&lines) {
        worksheet.write_string_with_format(row, 0, label, &bold)?;
        let format = cell_format(kind_of(cell)).set_align(FormatAlign::Left);
        write_cell(worksheet, (row, 1), cell, &format)?;
    }
    Ok(())
}

fn write_cell(
    worksheet: &mut Worksheet,
    (row, col): (u32, u16),
    cell: &Cell,
    format: &Format,
) -> Result<(), XlsxError> {
    match cell {
        Cell::Empty => {}
        Cell::Text(text) => {
            worksheet.write_string_with_format(row, col, text, format)?;
        }
        Cell::Number(raw, decimals) => {
            worksheet.write_with_format(row, col, Decimal::new(*raw, *decimals), format)?;
        }
        Cell::Day(day) => {
            worksheet.write_with_format(row, col, &day.0, format)?;
        }
        Cell::Moment(at) => match at.utc().map(|at| at.naive_utc()) {
            Some(at) if at.date() >= excel_begins() => {
                worksheet.write_with_format(row, col, &at, format)?;
            }
            _ => {
                worksheet.write_string(row, col, at.to_string())?;
            }
        },
    }
    Ok(())
}

/// Excel has no dates before this one.
fn excel_begins() -> NaiveDate {
    NaiveDate::from_ymd_opt(1900, 1, 1).expect("1 January 1900 is a date")
}

fn kind_of(cell: &Cell) -> ColumnKind {
    match cell {
        Cell::Empty | Cell::Text(_) => ColumnKind::Text,
        Cell::Number(_, decimals) => ColumnKind::Number(*decimals),
        Cell::Day(_) => ColumnKind::Day,
        Cell::Moment(_) => ColumnKind::Moment,
    }
}

fn cell_format(kind: ColumnKind) -> Format {
    match kind {
        ColumnKind::Text => Format::new(),
        ColumnKind::Number(decimals) => {
            Format::new().set_num_format(format!("#,##{}", format_fixed(0, decimals)))
        }
        ColumnKind::Day => Format::new().set_num_format("yyyy-mm-dd"),
        ColumnKind::Moment => Format::new().set_num_format("yyyy-mm-dd hh:mm:ss"),
    }
}

fn head_format(column: &Column) -> Format {
    let align = if matches!(column.kind, ColumnKind::Number(_)) {
        FormatAlign::Right
    } else {
        FormatAlign::Left
    };
    Format::new().set_bold().set_align(align).set_border_bottom(FormatBorder::Thin)
}

fn total_format(format: &Format, cell: &Cell) -> Format {
    let format = if matches!(cell, Cell::Text(_)) { Format::new() } else { format.clone() };
    format.set_bold().set_border_top(FormatBorder::Thin)
}

fn last_col(sheet: &Sheet) -> u16 {
    u16::try_from(sheet.head.len().saturating_sub(1)).unwrap_or(u16::MAX)
}

fn io_error(error: XlsxError) -> io::Error {
    match error {
        XlsxError::IoError(error) | XlsxError::TempFileError(_, error) => error,
        other => io::Error::other(other),
    }
}
