//! Which site has closed which day: sites down, days across, walked with the keys of a sheet.

mod cell;
pub mod cursor;
mod grid;

pub use cell::CellWords;

use deskops_domain::api::completeness::{Completeness, ListCompleteness, Stage};
use deskops_domain::choice::Choices as _;
use deskops_domain::day::Day;
use dioxus::prelude::*;

use crate::browser;
use crate::desk::use_desk;
use crate::fresh::use_fresh;
use crate::parts::states::{Empty, Failed, Loading};
use crate::parts::{Button, Icon, IconShape, alone};
use cell::icon_of;
use grid::BoardGrid;

/// What others enter is shown soon, but the board is not asked for more often than so.
const GAP_MS: i32 = 4_000;
const KEPT_DAYS: &str = "deskops.completeness.days";
/// How many days can be shown.
const SPANS: [u32; 2] = [14, 31];
/// What is explained under the board, in the order in which a day goes.
const LEGEND: [Stage; 6] =
    [Stage::Empty, Stage::Partial, Stage::Entered, Stage::Closed, Stage::Locked, Stage::DayOff];

/// The board of the days up to one. It shows every site within reach, whichever is chosen above.
///
/// # Styling
/// `.page[data-screen="completeness"]`.
#[component]
pub fn CompletenessScreen(
    /// The last day.
    day: Day,
) -> Element {
    let desk = use_desk();
    let mut n_days = use_signal(|| {
        let kept = browser::kept(KEPT_DAYS).and_then(|days| days.parse().ok());
        kept.filter(|days| SPANS.contains(days)).unwrap_or(SPANS[0])
    });
    let mut board = use_resource(use_reactive!(|day| async move {
        let ask =
            ListCompleteness { date_to: Some(day), days: Some(n_days()), ..Default::default() };
        desk.client().call(ask).await
    }));
    let fresh = use_callback(move |()| board.restart());
    use_fresh(move |touched| touched.site_id.is_some(), GAP_MS, fresh);
    let answer = board.read();
    rsx! {
        div { class: "page sheet-page", "data-screen": "completeness",
            div { class: "title-line",
                h1 { "Completeness" }
                span { class: "title-day", "the {n_days} days up to {day.long()}" }
                span { class: "toolbar-gap" }
                div { class: "toolbar", role: "group", "aria-label": "What is shown", "data-region": "toolbar",
                    Button {
                        label: "Earlier", icon: IconShape::ChevronBack, keys: "PageUp",
                        onclick: move |()| desk.go(earlier(desk, -i64::from(n_days()))),
                    }
                    Button {
                        label: "Later", icon: IconShape::ChevronOn, keys: "PageDown",
                        disabled: day >= desk.today(),
                        onclick: move |()| desk.go(earlier(desk, i64::from(n_days()))),
                    }
                    label { class: "field-inline",
                        span { class: "label-words", "Days" }
                        select {
                            id: "board-days",
                            onchange: move |event| {
                                if let Ok(chosen) = event.value().parse() {
                                    browser::keep(KEPT_DAYS, &event.value());
                                    n_days.set(chosen);
                                }
                            },
                            for span in SPANS {
                                option { key: "{span}", value: "{span}", selected: span == n_days(), "{span}" }
                            }
                        }
                    }
                    Button { label: "Look again", icon: IconShape::Refresh, onclick: move |()| board.restart() }
                }
            }
            match &*answer {
                None => rsx! {
                    Loading { what: "the board", rows: 6 }
                },
                Some(Err(refusal)) => {
                    let refusal: &deskops_domain::api::Refusal = refusal;
                    rsx! {
                        Failed { what: "The board", refusal: refusal.clone(), on_retry: move |()| board.restart() }
                    }
                }
                Some(Ok(board)) => rsx! {
                    BoardView { board: board.clone(), n_days: n_days() }
                },
            }
        }
    }
}

/// The board so many days on, or back.
fn earlier(desk: crate::desk::Desk, days: i64) -> crate::place::Place {
    let place = desk.place.peek();
    place.at(place.day.plus(days))
}

/// The board of an answer, with what its signs mean.
#[component]
pub fn BoardView(
    /// The answer.
    board: Completeness,
    /// How many days it shows.
    n_days: u32,
) -> Element {
    if board.sites.is_empty() {
        let sentence = "No site is assigned to you yet. An administrator can do that under Users.";
        return rsx! {
            Empty { icon: IconShape::Board, sentence }
        };
    }
    // Of more or fewer days the newest is looked at first.
    let grid = rsx! {
        BoardGrid { key: "{board.days.len()}", board: board.clone(), n_days }
    };
    rsx! {
        {alone(grid)}
        p { class: "board-legend",
            for stage in LEGEND {
                span { key: "{stage:?}", class: "board-sign", "data-stage": stage.code(),
                    Icon { shape: icon_of(stage) }
                    {stage.label()}
                }
            }
            span { class: "board-sign", "data-overdue": "true",
                Icon { shape: IconShape::Warning }
                "Overdue: not closed by the second working day after"
            }
        }
    }
}
