//! The first screen: the day against a day before, what happened from day to day, and the records
//! behind it; of several sites, each of them beside the others.

mod card;
mod detail;
pub mod plots;
mod range;
mod sites;

pub use card::{Cards, FlowCard, comparison, missing, missing_somewhere};
pub use range::Range;
pub use sites::{SideBySide, change, total};

use deskops_domain::api::dashboard::{Board, Comparator, Dashboard};
use deskops_domain::api::events::Touched;
use deskops_domain::choice::Module;
use deskops_domain::day::Day;
use dioxus::prelude::*;

use crate::browser;
use crate::charts::plot::Plot;
use crate::charts::{Chart, ChartCard};
use crate::desk::{Desk, Dot, use_desk};
use crate::fresh::use_fresh;
use crate::parts::states::{Failed, Loading};
use crate::place::{EVERYWHERE, Screen};
use detail::Details;
use plots::Plots;
use range::RangeControl;

/// The figures of many days take the server a while: they are not asked for more often than so.
const GAP_MS: i32 = 4_000;
const KEPT_RANGE: &str = "deskops.dashboard.days";
const KEPT_COMPARATOR: &str = "deskops.dashboard.against";

const COMPARATORS: [(Comparator, &str); 3] = [
    (Comparator::PreviousWorkingDay, "working day before"),
    (Comparator::SameWeekday, "same day last week"),
    (Comparator::FourWeekMean, "mean of four weeks"),
];

/// The dashboard of a site's day.
///
/// # Styling
/// `.page`, `.cards`, `.charts`, `.details`.
#[component]
pub fn DashboardScreen(
    /// The site.
    site: String,
    /// The day.
    day: Day,
) -> Element {
    let desk = use_desk();
    let range = use_signal(|| Range::read(&browser::kept(KEPT_RANGE).unwrap_or_default()));
    let against = use_signal(|| {
        let kept = browser::kept(KEPT_COMPARATOR).unwrap_or_default();
        COMPARATORS
            .iter()
            .find(|(_, title)| *title == kept)
            .map_or_else(Comparator::default, |found| found.0)
    });
    let asked_site = site.clone();
    let mut board = use_resource(move || {
        let (from, to) = range().days(day);
        let ask = Dashboard {
            date_from: Some(from),
            date_to: Some(to),
            compare_with: against(),
            site_id: Some(asked_site.clone()).filter(|site| site != EVERYWHERE),
            ..Dashboard::everywhere(day)
        };
        async move {
            let is_of_site = ask.site_id.is_some();
            let board = desk.client().call(ask).await?;
            if is_of_site {
                mark_days(desk, &board);
            }
            Ok(board)
        }
    });
    let fresh = use_callback(move |()| board.restart());
    let seen_site = site.clone();
    let is_seen = move |touched: &Touched| seen_site == EVERYWHERE || touched.is_at(&seen_site);
    use_fresh(is_seen, GAP_MS, fresh);
    let answer = board.read();
    let is_everywhere = site == EVERYWHERE;
    rsx! {
        div { class: "page", "data-screen": "dashboard",
            div { class: "title-line",
                h1 { "Dashboard" }
                span { class: "title-day", {if is_everywhere { format!("{} · all sites", day.long()) } else { day.long() }} }
                span { class: "toolbar-gap" }
                Controls { day, range, against }
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
                    BoardView { board: board.clone(), site, day, range: range(), against: against() }
                },
            }
        }
    }
}

/// Which days, and against what.
#[component]
fn Controls(day: Day, range: Signal<Range>, against: Signal<Comparator>) -> Element {
    let (mut range, mut against) = (range, against);
    rsx! {
        div { class: "toolbar", role: "group", "aria-label": "What is shown", "data-region": "toolbar",
            RangeControl {
                day,
                range: range(),
                on_range: move |chosen: Range| {
                    browser::keep(KEPT_RANGE, &chosen.write());
                    range.set(chosen);
                },
            }
            label { class: "field-inline",
                span { class: "label-words", "Against" }
                select {
                    id: "against",
                    onchange: move |event| {
                        let found = COMPARATORS.iter().find(|(_, title)| *title == event.value());
                        if let Some((chosen, title)) = found {
                            browser::keep(KEPT_COMPARATOR, title);
                            against.set(*chosen);
                        }
                    },
                    for (one , title) in COMPARATORS {
                        option { key: "{title}", value: title, selected: one == against(), "{title}" }
                    }
                }
            }
        }
    }
}

/// The dashboard of an answer.
#[component]
pub fn BoardView(
    /// The answer.
    board: Board,
    /// The site.
    site: String,
    /// The day in question.
    day: Day,
    /// The days of the charts.
    range: Range,
    /// What the day is compared with.
    against: Comparator,
) -> Element {
    let desk = use_desk();
    let (from, to) = range.days(day);
    let charts = charts(desk, &board, to);
    rsx! {
        Cards { board: board.clone(), day, against, has_levels: to == day }
        if !board.sites.is_empty() {
            SideBySide { lines: board.sites.clone(), day, from, to }
        }
        div { class: "charts", "data-region": "charts",
            for chart in charts {
                ChartCard { key: "{chart.id}{from}{to}", chart }
            }
        }
        if site != EVERYWHERE {
            Details { site, from, to }
        }
    }
}

/// The six charts of a board.
fn charts(desk: Desk, board: &Board, to: Day) -> Vec<Chart> {
    let session = desk.session.read();
    let plots = Plots { board, catalogue: &session.catalogue, today: desk.today() };
    let week_start = desk.site().map_or(7, |site| site.week_start);
    let place = desk.place.read().clone();
    let end = to.long();
    let chart = |id, title, plot: Plot, module: Module, nothing| Chart {
        id,
        title,
        period: end.clone(),
        plot,
        nothing,
        entry: format!("#{}", place.on(Screen::Module(module)).hash()),
        week_start,
    };
    vec![
        chart(
            "flows",
            "Received and dispatched",
            plots.flows(),
            Module::Received,
            "Nothing came in or left in these days.",
        ),
        chart(
            "made",
            "Production and target",
            plots.production(),
            Module::Production,
            "Nothing was produced in these days.",
        ),
        chart(
            "stock",
            "Stock by category",
            plots.stock(),
            Module::Inventory,
            "No stock is recorded in these days.",
        ),
        chart(
            "levels",
            "Material levels",
            plots.levels(),
            Module::Inventory,
            "No stock is recorded for any material.",
        ),
        chart(
            "machines",
            "Equipment utilisation",
            plots.machines(),
            Module::Equipment,
            "No hours of machines are entered in these days.",
        ),
        chart(
            "crew",
            "Manpower",
            plots.crew(),
            Module::Manpower,
            "No crew is entered in these days.",
        ),
    ]
}

fn mark_days(desk: Desk, board: &Board) {
    for day in &board.modules {
        let dot = match (day.is_nil, usize::try_from(day.rows).unwrap_or(0)) {
            (true, 0) => Dot::Nil,
            (_, 0) => Dot::Nothing,
            (_, rows) => Dot::Entered(rows),
        };
        desk.mark(day.module, dot);
    }
}
