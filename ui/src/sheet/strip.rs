//! What stands above the sheet: title and state of the day, the summary, and what can be done.

use deskops_domain::api::records::Totals;
use deskops_domain::choice::{Choices as _, Format, Shift};
use deskops_domain::day::Day;
use dioxus::prelude::*;

use crate::desk::use_desk;
use crate::key::{Action, keys_of};
use crate::parts::{Button, Icon, IconShape};
use crate::place::{Place, View};
use crate::take_away::ExportButtons;
use crate::words::{amount, rows};

/// The figures of the day, as far as they are saved and typed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct DayFigures {
    /// What the day came to, over all shifts, saved: what is said of it, and the figure.
    pub sums: Vec<(String, String)>,
    /// Rows of the sheet with something in them.
    pub n_entered: usize,
    /// Rows of the sheet; none where it grows with what is entered.
    pub n_rows: Option<usize>,
    /// Rows that are not right yet.
    pub n_drafts: usize,
    /// Records whose weight is still to come.
    pub n_pending: usize,
    /// When something of the day was last saved, by the site's clocks.
    pub saved_at: Option<String>,
    /// Records of shifts that are not shown.
    pub n_others: usize,
}

/// Title, state of the day, and one line of figures.
///
/// # Styling
/// `.title-line`, `.chip[data-tone]`, `.summary`.
#[component]
pub fn DayHead(
    /// What is typed.
    title: &'static str,
    /// The day.
    day: Day,
    /// Its figures.
    figures: DayFigures,
    /// The working day before.
    previous: Option<(Day, Totals)>,
    /// Whether somebody said that nothing happened.
    is_nil: bool,
    /// Who closed or locked the day, and when.
    closed: Option<String>,
    /// Whether most of it is computed, so that an empty day is no question.
    is_computed: bool,
) -> Element {
    let previous = previous.as_ref().map(|(day, totals)| {
        let sum = totals.sums.first().filter(|_| totals.rows > 0);
        let words = sum.map_or_else(
            || "nothing entered".to_owned(),
            |sum| amount(sum.raw, sum.decimals, &sum.unit),
        );
        (format!("{} {}", &day.long()[..3], day.short()), words)
    });
    let entered = figures.n_rows.map_or_else(
        || rows(u64::try_from(figures.n_entered).unwrap_or(0)),
        |n_rows| {
            let done = if is_computed { "counted or adjusted" } else { "entered" };
            format!("{} of {n_rows} {done}", figures.n_entered)
        },
    );
    rsx! {
        div { class: "title-line",
            h1 { "{title}" }
            span { class: "title-day", "{day.long()}" }
            span { class: "chip", "data-tone": if figures.n_drafts > 0 { "warn" } else { "neutral" }, "data-entered": "{figures.n_entered}",
                "{entered}"
                if figures.n_drafts > 0 {
                    ", {figures.n_drafts} draft"
                    if figures.n_drafts > 1 { "s" }
                }
            }
            if figures.n_pending > 0 {
                span { class: "chip", "data-tone": "warn",
                    "{figures.n_pending} weight"
                    if figures.n_pending > 1 { "s" }
                    " pending"
                }
            }
            if is_nil {
                span { class: "chip", "data-tone": "ok",
                    Icon { shape: IconShape::Check }
                    "Nothing on this day"
                }
            }
            if let Some(closed) = closed {
                span { class: "chip", "data-tone": "neutral", "data-closed": "true",
                    Icon { shape: IconShape::Lock }
                    "{closed}"
                }
            }
        }
        p { class: "summary",
            for (what , figure) in &figures.sums {
                span { key: "{what}", class: "fact",
                    "{what} "
                    strong { "{figure}" }
                }
            }
            if figures.n_others > 0 {
                span { class: "fact", "{rows(u64::try_from(figures.n_others).unwrap_or(0))} of it in other shifts" }
            }
            if let Some((day, words)) = previous {
                span { class: "fact",
                    "{day} "
                    strong { "{words}" }
                }
            }
            if figures.n_entered == 0 && figures.n_others == 0 && !is_nil && !is_computed {
                span { class: "fact", "Nothing entered on {day.short()} yet. Start typing, or paste from Excel (Ctrl+V)." }
            }
            if let Some(at) = &figures.saved_at {
                span { class: "fact",
                    Icon { shape: IconShape::Disk }
                    "Saved here {at}"
                }
            }
        }
    }
}

/// Title of a list, how many rows it has, and when it was last saved.
#[component]
pub fn ListHead(
    /// What is listed.
    title: &'static str,
    /// Its figures.
    figures: DayFigures,
    /// Whether others name its rows, so that they are taken out of use and not deleted.
    is_kept: bool,
    /// Whether each row is about one day.
    is_one_a_day: bool,
    /// What in it is not in force, and why.
    wrong: Vec<String>,
) -> Element {
    let about = match (is_kept, is_one_a_day) {
        (true, _) => "Nothing here is deleted, because records name it: it is taken out of use.",
        (_, true) => "Each row is one day that is off, or worked although it would be off.",
        _ => "Each row holds from its day on, until a later row of the same.",
    };
    let n_rows = rows(u64::try_from(figures.n_entered).unwrap_or(0));
    rsx! {
        div { class: "title-line",
            h1 { "{title}" }
            span { class: "chip", "data-tone": if figures.n_drafts > 0 { "warn" } else { "neutral" }, "data-entered": "{figures.n_entered}",
                "{n_rows}"
                if figures.n_drafts > 0 {
                    ", {figures.n_drafts} not right yet"
                }
            }
        }
        p { class: "summary",
            span { class: "fact", "{about}" }
            if let Some(at) = &figures.saved_at {
                span { class: "fact",
                    Icon { shape: IconShape::Disk }
                    "Saved here {at}"
                }
            }
        }
        div { class: "wrong-sums", role: "status",
            for words in wrong {
                p { key: "{words}",
                    Icon { shape: IconShape::Warning }
                    "{words}"
                }
            }
        }
    }
}

/// A thing that a button of the toolbar does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tool {
    /// Deletes the row, or brings it back.
    Delete,
    /// Shows the history of the row.
    History,
    /// Says that nothing happened on this day.
    Nothing,
    /// Takes that back.
    Something,
    /// Works out what can be worked out.
    WorkOut,
}

/// The toolbar of a sheet.
///
/// # Styling
/// `.toolbar`, `.switch`.
#[component]
pub fn Toolbar(
    /// What is typed.
    title: &'static str,
    /// The shift that is shown, and how many records each has, in the order of shifts; none where
    /// shifts are not kept apart.
    shifts: Option<(Shift, Vec<usize>)>,
    /// Whether somebody said that nothing happened.
    is_nil: bool,
    /// Whether something is entered.
    is_entered: bool,
    /// Whether it is a list, of which nothing is said day by day.
    is_list: bool,
    /// What DeskOps works out when it is asked, where it does.
    worked_out: Option<&'static str>,
    /// Whether rows can be deleted, which is not so of what is computed or named by others.
    can_delete: bool,
    /// Shows another shift.
    on_shift: EventHandler<Shift>,
    /// Does what a button says.
    on_tool: EventHandler<Tool>,
    /// Takes the day away as a file.
    on_export: EventHandler<Format>,
) -> Element {
    rsx! {
        div { class: "toolbar", role: "toolbar", "aria-label": title, "data-region": "toolbar",
            if !is_list {
                ViewSwitch {}
            }
            if let Some((shift, counts)) = shifts {
                ShiftPick { shift, counts, on_shift }
            }
            span { class: "toolbar-gap" }
            if is_nil {
                Button { label: "Something after all", icon: IconShape::Undo, onclick: move |()| on_tool.call(Tool::Something) }
            } else if can_delete && !is_list {
                Button { label: "Nothing today", icon: IconShape::Nothing, disabled: is_entered, onclick: move |()| on_tool.call(Tool::Nothing) }
            }
            if let Some(label) = worked_out {
                Button { label, icon: IconShape::Refresh, keys: keys_of(Action::WorkOut), onclick: move |()| on_tool.call(Tool::WorkOut) }
            }
            if can_delete {
                Button { label: "Delete", icon: IconShape::Bin, keys: "Ctrl+Delete", onclick: move |()| on_tool.call(Tool::Delete) }
            }
            Button { label: "History", icon: IconShape::History, keys: "Ctrl+H", onclick: move |()| on_tool.call(Tool::History) }
            if !is_list {
                ExportButtons { on_export }
            }
        }
    }
}

/// The choice of the shift that is shown.
#[component]
fn ShiftPick(shift: Shift, counts: Vec<usize>, on_shift: EventHandler<Shift>) -> Element {
    rsx! {
        label { class: "field-inline",
            span { class: "label-words", "Shift" }
            select {
                id: "shift",
                title: "Alt+1, Alt+2, Alt+3 for a shift, Alt+0 for the whole day",
                onchange: move |event| {
                    if let Some(shift) = Shift::from_code(&event.value()) {
                        on_shift.call(shift);
                    }
                },
                for (choice , count) in Shift::CHOICES.iter().zip(counts) {
                    option { key: "{choice.code}", value: choice.code, selected: choice.code == shift.code(),
                        "{choice.label}"
                        if count > 0 { " ({count})" }
                    }
                }
            }
        }
    }
}

/// Day sheet, or all records: two links that look like one switch.
#[component]
pub fn ViewSwitch() -> Element {
    let desk = use_desk();
    let place = desk.place.read().clone();
    let views = [(View::Sheet, "Day sheet"), (View::All, "All records")];
    let views = views.map(|(view, title)| {
        (view == place.view, Place { view, only: None, ..place.clone() }.hash(), title)
    });
    rsx! {
        nav { class: "switch", "aria-label": "View",
            for (is_here , hash , title) in views {
                a {
                    key: "{title}",
                    href: "#{hash}",
                    "aria-current": if is_here { Some("true") } else { None },
                    "{title}"
                }
            }
        }
    }
}
