//! From the records of a week or month, gathered, to the columns and cells of a sheet.
//!
//! Apart from `table`, because its rows have two days, counts, and sums in place of notes and stamps.

use deskops_domain::catalogue::Catalogue;
use deskops_domain::choice::Granularity;
use deskops_domain::gather::{Gathered, Told, told};
use deskops_domain::record::Record;

use super::About;
use super::sheet::{Cell, Column, ColumnKind, Row};
use super::table::{column, columns_of, push};

/// The days of the week by their ISO numbers, Monday first.
const WEEKDAYS: [&str; 7] =
    ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

/// The head of a sheet of weeks or months.
pub(super) fn head<R: Record>() -> Vec<Column> {
    let mut head = vec![
        column("First day", ColumnKind::Day, 12),
        column("Last day", ColumnKind::Day, 12),
        column("Site code", ColumnKind::Text, 14),
    ];
    head.extend(
        told::<R>().iter().flat_map(|told| columns_of(told.shape, told.label(), told.is_summed())),
    );
    head.extend([
        column("Records", ColumnKind::Number(0), 10),
        column("Days with records", ColumnKind::Number(0), 18),
    ]);
    head
}

/// The row of what was gathered, with as many cells as the head has columns.
pub(super) fn row(row: &Gathered, told: &[Told], about: &About, catalogue: &Catalogue) -> Row {
    let mut cells =
        vec![Cell::Day(row.span.from), Cell::Day(row.span.to), Cell::text(&about.site.code)];
    for (told, value) in told.iter().zip(&row.values) {
        push(&mut cells, told.shape.kind, value, catalogue);
    }
    cells
        .extend([row.records, row.days].map(|n| Cell::Number(n.try_into().unwrap_or(i64::MAX), 0)));
    Row { cells, records: row.records, touched: row.touched }
}

/// What a row stands for, where it is no single record.
pub(super) fn say(about: &About) -> Option<String> {
    let begins = |start: u32| {
        let at = usize::try_from(start).ok()?.checked_sub(1)?;
        WEEKDAYS.get(at).copied()
    };
    let period = match about.granularity {
        Granularity::Daily => return None,
        Granularity::Weekly => {
            format!("a week from {}", begins(about.site.week_start).unwrap_or("the site's weekday"))
        }
        Granularity::Monthly => "a month".to_owned(),
    };
    Some(format!("{period}, or the part of it from First day to Last day"))
}
