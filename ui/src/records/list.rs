//! The list itself: only the rows that can be seen are drawn, and the totals are right from the start.

use std::ops::Range;

use deskops_domain::choice::Module;
use deskops_domain::field::{Kind, Shape};
use deskops_domain::id::Id;
use dioxus::prelude::*;

use super::load::Records;
use crate::desk::use_desk;
use crate::face::{Row, face, show};
use crate::parts::states::{Empty, Failed, Loading};
use crate::parts::{Icon, IconButton, IconShape};
use crate::words::{amount, rows};

/// Height of a row in the standard density.
const ROW_PX: i64 = 32;
/// Rows that are drawn beyond both edges of the screen.
const SPARE: usize = 12;

/// Which rows are drawn, and whether the next page is needed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Window {
    /// The drawn rows.
    pub drawn: Range<usize>,
    /// Whether less than two screens are left below.
    pub wants_more: bool,
}

/// The window of a list that is scrolled so far.
#[must_use]
pub fn window(n_rows: usize, scrolled_px: i64, height_px: i64) -> Window {
    let first = usize::try_from(scrolled_px / ROW_PX).unwrap_or(0);
    let on_screen = usize::try_from(height_px / ROW_PX).unwrap_or(0) + 1;
    let end = (first + on_screen + SPARE).min(n_rows);
    Window {
        drawn: first.saturating_sub(SPARE).min(end)..end,
        wants_more: first + 3 * on_screen > n_rows,
    }
}

/// A list of records.
///
/// # Styling
/// `.record-list`, `.record-head`, `.record-row`, `.record-totals`; cells with `data-num` are numbers.
#[component]
pub fn RecordList(
    /// The module.
    module: Module,
    /// The records.
    records: Records,
    /// The history of a record is asked for.
    on_history: EventHandler<(Id, String)>,
    /// A deleted record is asked back.
    on_restore: EventHandler<Id>,
    /// Whether deleted records are shown.
    is_deleted: bool,
) -> Element {
    let desk = use_desk();
    let shapes = use_hook(|| face(module).shapes);
    let mut seen = use_signal(|| (0_i64, 600_i64));
    let loaded = records.loaded.read();
    if let (Some(refusal), true) = (&loaded.failed, loaded.rows.is_empty()) {
        return rsx! {
            Failed { what: "The list", refusal: refusal.clone(), on_retry: move |()| records.reload() }
        };
    }
    if loaded.rows.is_empty() && loaded.is_loading {
        return rsx! {
            Loading { what: "the records", rows: 14 }
        };
    }
    if loaded.rows.is_empty() {
        let sentence = if is_deleted {
            "Nothing was deleted in this period."
        } else {
            "Nothing is recorded in this period."
        };
        return rsx! {
            Empty { icon: IconShape::Rows, sentence }
        };
    }
    let (scrolled, height) = seen();
    let shown = window(loaded.rows.len(), scrolled, height);
    let total_rows = loaded
        .totals
        .as_ref()
        .map_or(loaded.rows.len(), |totals| usize::try_from(totals.rows).unwrap_or(0));
    let (template, least_px) = template(&shapes);
    let line = format!("grid-template-columns: {template}; min-inline-size: {least_px}px");
    let all_px = i64::try_from(loaded.rows.len()).unwrap_or(0) * ROW_PX;
    let session = desk.session.read();
    rsx! {
        div {
            class: "record-list",
            role: "table",
            tabindex: "0",
            "data-autofocus": "true",
            "data-region": "grid",
            "aria-label": "Records",
            "aria-rowcount": "{total_rows + 2}",
            "aria-colcount": "{shapes.len() + 3}",
            onscroll: move |event| {
                let at = (whole(event.scroll_top()), i64::from(event.client_height()));
                seen.set(at);
                if window(records.loaded.peek().rows.len(), at.0, at.1).wants_more {
                    records.more();
                }
            },
            div { class: "record-head", role: "rowgroup",
                div { class: "record-line", role: "row", "aria-rowindex": "1", style: "{line}",
                    span { role: "columnheader", "Date" }
                    for shape in shapes.iter() {
                        span { key: "{shape.name}", role: "columnheader", "data-num": is_number(shape).then_some("1"), title: shape.help.trim(), "{shape.label}" }
                    }
                    span { role: "columnheader", "State" }
                    span { role: "columnheader", "History" }
                }
            }
            div { class: "record-body", role: "rowgroup", style: "height: {all_px}px; min-inline-size: {least_px}px",
                for i in shown.drawn.clone() {
                    RecordRow {
                        key: "{loaded.rows[i].id}",
                        row: loaded.rows[i].clone(),
                        cells: shapes.iter().zip(&loaded.rows[i].values).map(|(shape, value)| (show(shape, value, &session.catalogue), is_number(shape))).collect::<Vec<_>>(),
                        number: i,
                        line: line.clone(),
                        is_deleted,
                        on_history,
                        on_restore,
                    }
                }
            }
            div { class: "record-totals", role: "rowgroup",
                div { class: "record-line", role: "row", "aria-rowindex": "{total_rows + 2}", style: "{line}",
                    span { role: "cell", "data-total-rows": "{total_rows}", "Σ {rows(u64::try_from(total_rows).unwrap_or(0))}" }
                    for shape in shapes.iter() {
                        span { key: "{shape.name}", role: "cell", "data-num": is_number(shape).then_some("1"), "data-sum": shape.name,
                            if let Some(sum) = loaded.totals.as_ref().and_then(|totals| totals.sums.iter().find(|sum| sum.field == shape.name)) {
                                "{amount(sum.raw, sum.decimals, &sum.unit)}"
                            }
                        }
                    }
                    span { role: "cell" }
                    span { role: "cell",
                        if loaded.is_loading { "loading …" } else if loaded.failed.is_some() { "more could not be loaded" } else { "" }
                    }
                }
            }
        }
    }
}

/// A scroll position in whole pixels.
fn whole(px: f64) -> i64 {
    #[expect(
        clippy::cast_possible_truncation,
        reason = "a scroll position is far smaller than 2^53"
    )]
    let px = px as i64;
    px
}

#[component]
fn RecordRow(
    row: Row,
    cells: Vec<(String, bool)>,
    number: usize,
    line: String,
    is_deleted: bool,
    on_history: EventHandler<(Id, String)>,
    on_restore: EventHandler<Id>,
) -> Element {
    let desk = use_desk();
    let (state, icon) = match (&row.stamp.voided, row.stamp.is_sent) {
        (Some(_), _) => ("Deleted", IconShape::Bin),
        (None, true) => ("Sent", IconShape::Check),
        (None, false) => ("Saved here", IconShape::Disk),
    };
    let saved = format!(
        "{} {}, {} (UTC)",
        desk.local_day(row.stamp.updated_at),
        desk.clock(row.stamp.updated_at),
        row.stamp.updated_at
    );
    let why = row.stamp.voided.as_ref().and_then(|voided| voided.reason.clone()).unwrap_or(saved);
    let name = format!(
        "{} {}",
        row.day.short(),
        cells.first().map(|(text, _)| text.clone()).unwrap_or_default()
    );
    let (history, restore) = (row.id.clone(), row.id.clone());
    let top = i64::try_from(number).unwrap_or(0) * ROW_PX;
    rsx! {
        div {
            class: "record-line record-row",
            role: "row",
            "aria-rowindex": "{number + 2}",
            "data-deleted": is_deleted,
            style: "{line}; top: {top}px",
            span { role: "cell", "{row.day.long()}" }
            for (i , (text , is_number)) in cells.iter().enumerate() {
                span { key: "{i}", role: "cell", "data-num": is_number.then_some("1"), title: "{text}", "{text}" }
            }
            span { role: "cell", class: "record-state", title: why,
                Icon { shape: icon }
                "{state}"
            }
            span { role: "cell", class: "record-tools",
                IconButton { label: "History of {name}", icon: IconShape::History, onclick: move |()| on_history.call((history.clone(), name.clone())) }
                if is_deleted {
                    IconButton { label: "Restore", icon: IconShape::Undo, onclick: move |()| on_restore.call(restore.clone()) }
                }
            }
        }
    }
}

fn is_number(shape: &Shape) -> bool {
    shape.kind.decimals().is_some()
}

/// Room for a word of seven pixels a letter.
fn width_of(word: &str) -> u32 {
    u32::try_from(word.chars().count()).unwrap_or(0) * 7 + 18
}

/// The widths of all columns, by what they hold, and the least width of a row.
fn template(shapes: &[&'static Shape]) -> (String, u32) {
    let by_kind = |shape: &Shape| match shape.kind {
        Kind::Tons => (116, false),
        Kind::Hours | Kind::Percent | Kind::Flag => (84, false),
        Kind::Count => (64, false),
        Kind::Choice(choices, _) => {
            (choices.iter().map(|choice| width_of(choice.label)).max().unwrap_or(96), false)
        }
        Kind::Code(_) => (144, false),
        Kind::Day => (96, false),
        Kind::Text => (88, true),
    };
    let of = |shape: &&Shape| {
        let (px, grows) = by_kind(shape);
        (px.max(width_of(shape.label)), grows)
    };
    let widths: Vec<(u32, bool)> = [(148, false)]
        .into_iter()
        .chain(shapes.iter().map(of))
        .chain([(112, false), (80, false)])
        .collect();
    let words = widths
        .iter()
        .map(|(px, grows)| if *grows { format!("minmax({px}px, 1fr)") } else { format!("{px}px") });
    (words.collect::<Vec<_>>().join(" "), widths.iter().map(|(px, _)| px).sum())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_rows_that_can_be_seen_are_drawn() {
        assert_eq!(window(10_000, 0, 640).drawn, 0..33);
        assert_eq!(window(10_000, 3_200, 640).drawn, 88..133);
        assert_eq!(window(5, 0, 640).drawn, 0..5);
        assert_eq!(window(0, 0, 640).drawn, 0..0);
        assert_eq!(window(10, 99_999, 640).drawn, 10..10);
    }

    #[test]
    fn the_next_page_is_asked_for_when_less_than_two_screens_are_left() {
        assert!(!window(200, 0, 640).wants_more);
        assert!(!window(200, 137 * ROW_PX, 640).wants_more);
        assert!(window(200, 140 * ROW_PX, 640).wants_more);
    }
}
