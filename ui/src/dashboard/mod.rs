//! The first screen: the day against the working day before, and the last thirty days.

mod card;

pub use card::{FlowCard, comparison};

use deskops_domain::api::days::{Board, Dashboard};
use deskops_domain::choice::Module;
use deskops_domain::day::Day;
use dioxus::prelude::*;

use crate::charts::DailyChart;
use crate::desk::{Dot, use_desk};
use crate::parts::states::{Failed, Loading};

/// The dashboard of a site's day.
///
/// # Styling
/// `.page`, `.cards`, `.panel`.
#[component]
pub fn DashboardScreen(
    /// The site.
    site: String,
    /// The day.
    day: Day,
) -> Element {
    let desk = use_desk();
    let mut board = use_resource(move || {
        let ask = Dashboard { site_id: site.clone(), date: day };
        async move {
            let board = desk.client().call(ask).await?;
            mark_days(desk, &board);
            Ok(board)
        }
    });
    let answer = board.read();
    rsx! {
        div { class: "page", "data-screen": "dashboard",
            div { class: "title-line",
                h1 { "Dashboard" }
                span { class: "title-day", "{day.long()}" }
            }
            match &*answer {
                None => rsx! {
                    Loading { what: "the dashboard" }
                },
                Some(Err(refusal)) => {
                    let refusal: &deskops_domain::api::Refusal = refusal;
                    rsx! {
                        Failed { what: "The dashboard", refusal: refusal.clone(), on_retry: move |()| board.restart() }
                    }
                }
                Some(Ok(board)) => rsx! {
                    BoardView { board: board.clone(), day }
                },
            }
        }
    }
}

/// The dashboard of an answer.
#[component]
pub fn BoardView(
    /// The answer.
    board: Board,
    /// The day in question.
    day: Day,
) -> Element {
    let desk = use_desk();
    let today = (day == desk.today()).then_some(day);
    // Days off and days without an entry would draw pits that nobody dug.
    let entered = board.days.iter().filter(|figure| figure.rows > 0).map(|figure| figure.kg);
    let entered: Vec<i64> = entered.collect();
    let made = entered[entered.len().saturating_sub(14)..].to_vec();
    rsx! {
        div { class: "cards", "data-region": "cards",
            for (i , card) in board.cards.iter().enumerate() {
                FlowCard {
                    key: "{card.module:?}",
                    card: card.clone(),
                    made: if card.module == Module::Production { made.clone() } else { Vec::new() },
                    is_first: i == 0,
                }
            }
        }
        section { class: "panel", "data-region": "chart", "aria-label": "Production of the last {board.days.len()} days",
            DailyChart { title: "Production, last {board.days.len()} days (t)", days: board.days.clone(), today }
        }
    }
}

fn mark_days(desk: crate::desk::Desk, board: &Board) {
    for card in &board.cards {
        let dot = match (card.is_nil, usize::try_from(card.rows).unwrap_or(0)) {
            (true, 0) => Dot::Nil,
            (_, 0) => Dot::Nothing,
            (_, rows) => Dot::Entered(rows),
        };
        desk.mark(card.module, dot);
    }
}
