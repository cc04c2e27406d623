//! The cells of the board, and the keys on them.

use deskops_domain::api::completeness::{Completeness, SiteDays, closed_of};
use deskops_domain::choice::{Choices as _, Module};
use deskops_domain::day::Day;
use dioxus::prelude::*;

use super::cell::{CellWords, icon_of};
use super::cursor::{Cursor, Move};
use crate::browser;
use crate::desk::{Desk, use_desk};
use crate::grid::pressed;
use crate::key::{self, Action, Scope, Way};
use crate::parts::{Button, Icon, IconShape};
use crate::place::{Place, Screen};

/// Above so many days a cell has room for its icon alone.
const MOST_WORDED: usize = 14;

/// The board. What stands under the cursor is said below it.
///
/// # Styling
/// `.board`, `.board-cell[data-stage][data-overdue]`, `.board-detail`.
#[component]
pub fn BoardGrid(
    /// The board.
    board: Completeness,
    /// How many days it shows.
    n_days: u32,
) -> Element {
    let desk = use_desk();
    let (n_rows, n_columns) = (board.sites.len(), board.days.len());
    // Begins at the newest day; after a step to earlier days it stays in its column.
    let mut kept = use_signal(|| Cursor { row: 0, column: n_columns.saturating_sub(1) });
    let cursor = kept().within(n_rows, n_columns);
    let step = i64::from(n_days);
    let go = move |days: i64| {
        let place = desk.place.peek().clone();
        desk.go(place.at(place.day.plus(days)));
    };
    let targets = use_memo(use_reactive!(|board| targets(&board)));
    let open = move |at: Cursor| {
        let target = targets.peek().get(at.row).and_then(|row| row.get(at.column).cloned());
        if let Some((site, day)) = target {
            let place = desk.place.peek().at_site(&site);
            desk.go(Place { day, ..place.on(Screen::Module(Module::Inventory)) });
        }
    };
    let on_key = move |event: KeyboardEvent| {
        let action = pressed(&event).and_then(|press| key::find(Scope::Cells, &press));
        let moved = action.and_then(|action| {
            kept.peek().within(n_rows, n_columns).act(action, n_rows, n_columns)
        });
        match moved {
            None => return,
            Some(Move::To(to)) => {
                kept.set(to);
                browser::focus(&format!("#{}", id_of(to)));
            }
            Some(Move::Open) => open(*kept.peek()),
            Some(Move::Earlier) => {
                if action == Some(Action::Step(Way::Left)) {
                    // On from the newest of the days before.
                    let row = kept.peek().row;
                    kept.set(Cursor { row, column: n_columns.saturating_sub(1) });
                }
                go(-step);
            }
            Some(Move::Later) => go(step),
        }
        event.prevent_default();
        event.stop_propagation();
    };
    let is_worded = n_columns <= MOST_WORDED;
    let detail = detail(desk, &board, cursor);
    rsx! {
        div { class: "board-frame",
            div {
                class: "board",
                role: "grid",
                "aria-label": "Days of the sites",
                "aria-rowcount": "{n_rows + 2}",
                "aria-colcount": "{n_columns + 2}",
                "aria-describedby": "board-keys",
                "data-region": "grid",
                "data-worded": "{is_worded}",
                style: "--board-days: {n_columns}",
                onkeydown: on_key,
                Head { days: board.days.clone() }
                div { class: "board-body", role: "rowgroup",
                    for (row , line) in board.sites.iter().enumerate() {
                        SiteRow {
                            key: "{line.site_id}",
                            line: line.clone(),
                            days: board.days.clone(),
                            row,
                            cursor: (cursor.row == row).then_some(cursor.column),
                            on_point: move |column| kept.set(Cursor { row, column }),
                            on_open: move |column| open(Cursor { row, column }),
                        }
                    }
                }
                Foot { board: board.clone() }
            }
        }
        p { class: "for-readers", id: "board-keys", "Arrows move, Enter opens the day of the site, Page up shows earlier days." }
        div { class: "board-detail",
            p { role: "status", "{detail}" }
            Button { label: "Open this day", icon: IconShape::ChevronOn, keys: "Enter", onclick: move |()| open(cursor) }
        }
    }
}

/// Where each cell leads.
fn targets(board: &Completeness) -> Vec<Vec<(String, Day)>> {
    let row = |line: &SiteDays| {
        let days = board.days.iter().map(|day| (line.site_id.clone(), (*day).min(line.today)));
        days.collect()
    };
    board.sites.iter().map(row).collect()
}

fn id_of(at: Cursor) -> String {
    format!("board-{}-{}", at.row, at.column)
}

fn code_of(desk: Desk, site: &str) -> String {
    let session = desk.session.read();
    session.catalogue.site(site).map_or_else(|| site.to_owned(), |site| site.code.clone())
}

/// What is said of the cell under the cursor.
fn detail(desk: Desk, board: &Completeness, at: Cursor) -> String {
    let Some((line, day)) = board.sites.get(at.row).zip(board.days.get(at.column)) else {
        return String::new();
    };
    let words = words_of(desk, line, at.column);
    format!("{}, {}: {}.", code_of(desk, &line.site_id), day.long(), words.long)
}

fn words_of(desk: Desk, line: &SiteDays, column: usize) -> CellWords {
    let day = &line.days[column];
    let site = &line.site_id;
    let at = day
        .by
        .as_ref()
        .map(|(_, at)| format!("{}, {}", desk.local_day_of(site, *at), desk.clock_of(site, *at)));
    CellWords::of(day, at)
}

#[component]
fn Head(days: Vec<Day>) -> Element {
    rsx! {
        div { class: "board-head", role: "rowgroup",
            div { class: "board-row", role: "row", "aria-rowindex": "1",
                div { role: "columnheader", class: "board-site", "aria-colindex": "1", "Site" }
                for (at , day) in days.iter().enumerate() {
                    div { key: "{day}", role: "columnheader", class: "board-day", "aria-colindex": "{at + 2}", "aria-label": day.long(),
                        span { "{&day.long()[..3]}" }
                        strong { "{day.0.format(\"%d\")}" }
                        if at == 0 || day.first_of_month() == *day {
                            span { class: "board-month", "{day.0.format(\"%b\")}" }
                        }
                    }
                }
                div { role: "columnheader", class: "board-count", "aria-colindex": "{days.len() + 2}", "Closed" }
            }
        }
    }
}

#[component]
fn SiteRow(
    line: SiteDays,
    days: Vec<Day>,
    row: usize,
    cursor: Option<usize>,
    on_point: EventHandler<usize>,
    on_open: EventHandler<usize>,
) -> Element {
    let desk = use_desk();
    let code = code_of(desk, &line.site_id);
    let (closed, all) = closed_of(&line.days);
    let cells = line.days.iter().enumerate().map(|(column, day)| {
        let told = words_of(desk, &line, column);
        let label = format!("{code}, {}: {}", days[column].long(), told.long);
        (column, day.clone(), told.short, label)
    });
    rsx! {
        div { class: "board-row", role: "row", "aria-rowindex": "{row + 2}", "data-site": "{line.site_id}",
            div { role: "rowheader", class: "board-site", "aria-colindex": "1", title: "{code}", "{code}" }
            for (column , day , short , label) in cells {
                div {
                    key: "{column}",
                    id: id_of(Cursor { row, column }),
                    role: "gridcell",
                    class: "board-cell",
                    "aria-colindex": "{column + 2}",
                    "aria-label": "{label}",
                    title: "{label}",
                    tabindex: if cursor == Some(column) { "0" } else { "-1" },
                    "data-autofocus": (cursor == Some(column)).then_some("true"),
                    "data-stage": day.stage.code(),
                    "data-overdue": day.is_overdue.then_some("true"),
                    "data-day": "{days[column]}",
                    onfocus: move |_| on_point.call(column),
                    onclick: move |_| on_point.call(column),
                    ondoubleclick: move |_| on_open.call(column),
                    Icon { shape: if day.is_overdue { IconShape::Warning } else { icon_of(day.stage) } }
                    span { class: "board-word", "{short}" }
                }
            }
            div { role: "gridcell", class: "board-count", "aria-colindex": "{days.len() + 2}", "aria-label": "{code}: {closed} of {all} days closed", "{closed} of {all}" }
        }
    }
}

#[component]
fn Foot(board: Completeness) -> Element {
    let counts = (0..board.days.len()).map(|at| {
        let (closed, all) = closed_of(board.sites.iter().map(|line| &line.days[at]));
        (board.days[at], closed, all)
    });
    let n_columns = board.days.len();
    let (closed, all) = closed_of(board.sites.iter().flat_map(|line| &line.days));
    rsx! {
        div { class: "board-foot", role: "rowgroup",
            div { class: "board-row", role: "row", "aria-rowindex": "{board.sites.len() + 2}",
                div { role: "rowheader", class: "board-site", "aria-colindex": "1", "Sites closed" }
                for (at , (day , closed , all)) in counts.enumerate() {
                    div { key: "{day}", role: "gridcell", class: "board-count", "aria-colindex": "{at + 2}", "data-count": "{day}",
                        title: "{closed} of {all} sites closed {day.short()}",
                        span { "aria-hidden": "true", "{closed}/{all}" }
                        span { class: "for-readers", "{closed} of {all} sites closed {day.short()}" }
                    }
                }
                div { role: "gridcell", class: "board-count", "aria-colindex": "{n_columns + 2}", "aria-label": "{closed} of {all} days of all sites closed", "{closed} of {all}" }
            }
        }
    }
}
