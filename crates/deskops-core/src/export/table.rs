//! From the entries of any module to the columns and cells of a sheet, by its field table.
//!
//! The only place of the export that knows records. `weeks` is the same for gathered ones.

use deskops_domain::api::records::Sum;
use deskops_domain::catalogue::Catalogue;
use deskops_domain::choice::Granularity;
use deskops_domain::entry::Entry;
use deskops_domain::field::{Kind, Shape, Value};
use deskops_domain::record::Record;

use super::About;
use super::sheet::{Cell, Column, ColumnKind, Row, Sheet};
use super::weeks;

/// The head of a module, and what its file says about itself.
pub(super) fn sheet<R: Record>(about: &About) -> Sheet {
    let head = match about.granularity {
        Granularity::Daily => head::<R>(about),
        Granularity::Weekly | Granularity::Monthly => weeks::head::<R>(),
    };
    let which = if about.is_voided { "deleted records" } else { "records" };
    Sheet {
        title: R::TITLE.to_owned(),
        head,
        nothing: format!("No {which} from {} to {}.", about.from, about.to),
        about: says::<R>(about),
        version: about.version.to_owned(),
    }
}

/// What the file says about itself.
fn says<R: Record>(about: &About) -> Vec<(String, Cell)> {
    let holds = if about.is_voided { "Deleted records only" } else { "All records that count" };
    let mut says = vec![
        ("Module".into(), Cell::text(R::TITLE)),
        ("Site".into(), Cell::text(&format!("{}, {}", about.site.code, about.site.name))),
        ("From".into(), Cell::Day(about.from)),
        ("To".into(), Cell::Day(about.to)),
        ("Holds".into(), Cell::text(holds)),
    ];
    if let Some(rows) = weeks::say(about) {
        says.push(("A row is".into(), Cell::text(&rows)));
    }
    says
}

/// The head where each record has a row.
fn head<R: Record>(about: &About) -> Vec<Column> {
    let mut head =
        vec![column("Date", ColumnKind::Day, 12), column("Site code", ColumnKind::Text, 14)];
    head.extend(R::shapes().flat_map(columns));
    head.extend([
        column("Entered by", ColumnKind::Text, 18),
        column("Entered at (UTC)", ColumnKind::Moment, 20),
    ]);
    if about.is_voided {
        head.extend([
            column("Deleted by", ColumnKind::Text, 18),
            column("Deleted at (UTC)", ColumnKind::Moment, 20),
            column("Reason for deleting", ColumnKind::Text, 32),
        ]);
    }
    head
}

/// The row of one entry, with as many cells as the head has columns.
pub(super) fn row<R: Record>(entry: &Entry<R>, about: &About, catalogue: &Catalogue) -> Row {
    let mut row = vec![Cell::Day(entry.date), Cell::text(&about.site.code)];
    for field in R::FIELDS {
        push(&mut row, field.shape.kind, &(field.get)(&entry.body), catalogue);
    }
    row.extend([Cell::text(&entry.stamp.created_by), Cell::Moment(entry.stamp.created_at)]);
    if about.is_voided {
        let voided = entry.stamp.voided.as_ref();
        row.push(voided.map_or(Cell::Empty, |voided| Cell::text(&voided.by)));
        row.push(voided.map_or(Cell::Empty, |voided| Cell::Moment(voided.at)));
        row.push(
            voided.and_then(|voided| voided.reason.as_deref()).map_or(Cell::Empty, Cell::text),
        );
    }
    Row { cells: row, records: 1, touched: entry.last_touched() }
}

/// The columns of a field where each record has a row.
fn columns(shape: &'static Shape) -> Vec<Column> {
    columns_of(shape, shape.label, shape.is_total())
}

/// The columns of a field under a label: the id of a catalogue entry is shown as its code and its name.
pub(super) fn columns_of(shape: &Shape, label: &str, is_summed: bool) -> Vec<Column> {
    match shape.kind {
        Kind::Code(_) => vec![
            column(&format!("{label} code"), ColumnKind::Text, 16),
            column(label, ColumnKind::Text, 24),
        ],
        Kind::Day => vec![column(label, ColumnKind::Day, 12)],
        Kind::Flag | Kind::Choice(..) => vec![column(label, ColumnKind::Text, 18)],
        Kind::Text => vec![column(label, ColumnKind::Text, 32)],
        Kind::Tons | Kind::Hours | Kind::Percent | Kind::Count => {
            let decimals = shape.kind.decimals().unwrap_or(0);
            let sum = is_summed.then(|| Sum {
                field: shape.name.to_owned(),
                label: label.to_owned(),
                unit: shape.kind.unit().to_owned(),
                decimals,
                raw: 0,
            });
            vec![Column { sum, ..column(label, ColumnKind::Number(decimals), 16) }]
        }
    }
}

/// A column that is not summed.
pub(super) fn column(heading: &str, kind: ColumnKind, width: u8) -> Column {
    Column { heading: heading.to_owned(), kind, width, sum: None }
}

/// Adds the cells of a value.
pub(super) fn push(row: &mut Vec<Cell>, kind: Kind, value: &Value, catalogue: &Catalogue) {
    match (kind, value) {
        (Kind::Code(list), Value::Text(id)) => {
            let item = catalogue.find(list, id);
            row.push(Cell::text(item.map_or(id.as_str(), |item| item.code.as_str())));
            row.push(item.map_or(Cell::Empty, |item| Cell::text(&item.name)));
        }
        (Kind::Code(_), _) => row.extend([Cell::Empty, Cell::Empty]),
        (Kind::Tons | Kind::Hours | Kind::Count, Value::Int(raw)) => {
            row.push(Cell::Number(*raw, kind.decimals().unwrap_or(0)))
        }
        (kind, value) => row.push(Cell::text(&kind.show(value))),
    }
}
