//! Head, rows and totals of a grid. Of the rows, those that are seen and a few around them.

use dioxus::prelude::*;

use super::cell::GridCell;
use super::dom::Measure;
use super::face::RowFace;
use super::view::Hands;
use super::{Editor, Sheet};

/// Rows kept ready above and below what is seen.
const SPARE_ROWS: usize = 10;
/// The window moves by whole steps, so that most scrolling draws nothing.
const STEP_ROWS: usize = 4;

/// The headings.
#[component]
pub(super) fn Head(sheet: Signal<Sheet>) -> Element {
    let heads = use_memo(move || {
        let sheet = sheet.read();
        let head = |column: &super::Column| (column.label.clone(), column.number().is_some());
        sheet.columns.iter().map(head).collect::<Vec<_>>()
    });
    rsx! {
        div { class: "grid-head", role: "rowgroup",
            div { class: "grid-row", role: "row", "aria-rowindex": "1",
                for (i, (label, is_number)) in heads().into_iter().enumerate() {
                    div { key: "{i}", class: "grid-heading", role: "columnheader", "aria-colindex": "{i + 1}", "data-kind": if is_number { "number" },
                        "{label}"
                    }
                }
            }
        }
    }
}

/// The rows.
#[component]
pub(super) fn Body(hands: Hands, measure: Signal<Measure>, id: String) -> Element {
    let range = use_memo(move || {
        let measure = measure.read();
        let first = measure.first_row().saturating_sub(SPARE_ROWS) / STEP_ROWS * STEP_ROWS;
        (first, first + measure.n_rows() + 2 * SPARE_ROWS + STEP_ROWS)
    });
    let sheet = hands.sheet.read();
    let (first, end) = range();
    let n_rows = sheet.rows.len();
    let seen = first.min(n_rows)..end.min(n_rows);
    let cursor = sheet.cursor.row;
    // The row with the cursor stays in the page also when it is scrolled away: it has the focus.
    let above = (cursor < seen.start).then_some(cursor);
    let below = (cursor >= seen.end).then_some(cursor);
    let faces: Vec<RowFace> = above
        .into_iter()
        .chain(seen)
        .chain(below)
        .filter_map(|row_idx| sheet.face(row_idx))
        .collect();
    rsx! {
        div { class: "grid-body", role: "rowgroup", style: "--grid-rows: {n_rows}",
            for face in faces {
                Line { key: "{face.id.0}", hands, face, id: id.clone() }
            }
        }
    }
}

/// One row.
#[component]
fn Line(hands: Hands, face: RowFace, id: String) -> Element {
    let RowFace { row_idx, id: row, is_gone, cells } = face;
    rsx! {
        div { class: "grid-row", role: "row", "aria-rowindex": "{row_idx + 2}", "data-gone": if is_gone { "true" }, style: "--grid-row: {row_idx}",
            for (column_idx, face) in cells.into_iter().enumerate() {
                GridCell { key: "{column_idx}", hands, face, row_idx, column_idx, id: "{id}-{row.0}-{column_idx}", words: "{id}-message" }
            }
        }
    }
}

/// The sums.
#[component]
pub(super) fn Foot(sheet: Signal<Sheet>, totals: Vec<(&'static str, String)>) -> Element {
    let sums = use_memo(move || {
        let sheet = sheet.read();
        let sums = sheet.columns.iter().map(|column| {
            (
                column.key,
                column.number().is_some(),
                sheet.sum(column.key).filter(|_| column.summed).map(|sum| sum.shown()),
            )
        });
        (sheet.rows.len(), sums.collect::<Vec<_>>())
    });
    let named = use_memo(move || {
        sheet
            .read()
            .columns
            .iter()
            .position(|column| matches!(column.editor, Editor::Fixed) && column.width_px >= 80)
    });
    let (n_rows, sums) = sums();
    let text = |place: usize, key: &str, sum: Option<String>| {
        let given = totals.iter().find(|(other, _)| *other == key).map(|(_, text)| text.clone());
        given.or(sum).unwrap_or_else(|| {
            if totals.is_empty() && named() == Some(place) {
                "Total".to_owned()
            } else {
                String::new()
            }
        })
    };
    rsx! {
        div { class: "grid-foot", role: "rowgroup",
            div { class: "grid-row", role: "row", "aria-rowindex": "{n_rows + 2}",
                for (i, (key, is_number, sum)) in sums.into_iter().enumerate() {
                    div { key: "{i}", class: "grid-total", role: "gridcell", "aria-colindex": "{i + 1}", "data-kind": if is_number { "number" },
                        {text(i, key, sum)}
                    }
                }
            }
        }
    }
}
