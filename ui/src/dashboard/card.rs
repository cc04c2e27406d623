//! One figure of the day: how much, how it compares, and what is missing to believe it.

use deskops_domain::api::dashboard::{Board, Card, Comparator, Level, ModuleDay};
use deskops_domain::choice::{Choices as _, Module};
use deskops_domain::day::Day;
use dioxus::prelude::*;

use crate::charts::Sparkline;
use crate::desk::use_desk;
use crate::parts::{Icon, IconShape};
use crate::place::Screen;
use crate::shell::icon_of;
use crate::words::{percent, rows, tons};

/// How a figure compares, in words, and the way it went.
#[must_use]
pub fn comparison(card: &Card, against: Comparator) -> (Option<IconShape>, String) {
    let (before, on) = match card.compared_day {
        Some(day) => {
            let words = format!("{} {}", &day.long()[..3], day.short());
            (words.clone(), format!("on {words}"))
        }
        None if against == Comparator::FourWeekMean => {
            ("the mean of four weeks".to_owned(), "in four weeks".to_owned())
        }
        // Days off differ from site to site.
        None => {
            let words = "each site's working day before";
            (words.to_owned(), format!("on {words}"))
        }
    };
    let Some(baseline) = card.baseline_kg else {
        return (None, format!("no entry {on}"));
    };
    if card.kg.is_none() {
        return (None, format!("{} {on}", tons(baseline)));
    }
    match card.change {
        None => (None, format!("{} {on}", tons(baseline))),
        Some(0) => (None, format!("the same as {before}")),
        Some(change) if change > 0 => {
            (Some(IconShape::ArrowUp), format!("up {} from {before}", percent(change)))
        }
        Some(change) => {
            (Some(IconShape::ArrowDown), format!("down {} from {before}", percent(change)))
        }
    }
}

/// What stands under a card, and whether it is a warning: what is missing, or that all is there.
#[must_use]
pub fn missing(card: &Card, modules: &[ModuleDay], levels: &[(String, Level)]) -> (bool, String) {
    if card.module == Module::Inventory {
        let parts = [Module::Production, Module::Received, Module::Dispatch];
        let gone = modules.iter().filter(|day| day.is_missing() && parts.contains(&day.module));
        let gone: Vec<_> = gone.map(|day| day.module.label()).collect();
        if !gone.is_empty() {
            return (true, format!("{} not entered yet", gone.join(", ")));
        }
        let low = levels.iter().filter(|(_, level)| level.min_kg.is_some_and(|min| level.kg < min));
        let low: Vec<_> = low.map(|(name, _)| name.as_str()).collect();
        return match low.len() {
            0 => (false, "all movements entered".into()),
            1..=3 => (true, format!("below minimum: {}", low.join(", "))),
            many => (true, format!("{many} materials below minimum")),
        };
    }
    let found = modules.iter().find(|day| day.module == card.module);
    match found {
        Some(day) if day.rows == 0 && day.is_nil => (false, "nothing today, confirmed".into()),
        Some(day) if day.is_missing() => (true, "not entered yet".into()),
        Some(day) if card.kg.is_none() => (true, format!("{}, weights pending", rows(day.rows))),
        Some(day) => (false, rows(day.rows)),
        None => (false, String::new()),
    }
}

/// The same of several sites, and how many of them have not entered something.
#[must_use]
pub fn missing_somewhere(card: &Card, modules: &[ModuleDay], n_sites: usize) -> (bool, String) {
    let parts: &[Module] = match card.module {
        Module::Inventory => &[Module::Production, Module::Received, Module::Dispatch],
        _ => std::slice::from_ref(&card.module),
    };
    let own = modules.iter().filter(|day| parts.contains(&day.module));
    let most = own.map(|day| day.n_missing).max().unwrap_or(0);
    if most > 0 {
        return (true, format!("not entered at {most} of {n_sites} sites"));
    }
    let rows_of = modules.iter().find(|day| day.module == card.module).map(|day| day.rows);
    (false, rows_of.map_or_else(|| "entered at every site".to_owned(), rows))
}

/// A card; it is a link to its module on that day.
///
/// # Styling
/// `.card`, `.card-figure`, `.card-words[data-way]` = `up`, `down`, `none`; `data-good` where up is good.
#[component]
pub fn FlowCard(
    /// The figure.
    card: Card,
    /// What it is compared with.
    against: Comparator,
    /// What stands under it.
    missing: (bool, String),
    /// Whether it takes the focus when the screen opens.
    is_first: bool,
) -> Element {
    let desk = use_desk();
    let target = desk.place.read().on(Screen::Module(card.module));
    let (arrow, words) = comparison(&card, against);
    let way = match arrow {
        Some(IconShape::ArrowUp) => "up",
        Some(_) => "down",
        None => "none",
    };
    let title = match card.module {
        Module::Inventory => "Closing stock",
        Module::Dispatch => "Dispatched",
        module => module.label(),
    };
    let figure = card.kg.map(tons);
    let is_judged = matches!(card.module, Module::Production | Module::Received);
    let (is_warning, note) = missing;
    rsx! {
        a { class: "card", href: "#{target.hash()}", "data-autofocus": is_first, "data-module": card.module.code(), "data-kg": card.kg,
            span { class: "card-title",
                Icon { shape: icon_of(card.module) }
                "{title}"
            }
            span { class: "card-figure",
                if let Some(figure) = figure {
                    bdi { "{figure}" }
                } else {
                    "–"
                }
            }
            span { class: "card-trend", "data-ink": ink(card.module),
                if card.trend.len() > 1 {
                    Sparkline { figures: card.trend.clone() }
                }
            }
            span { class: "card-words", "data-way": way, "data-judged": is_judged,
                if let Some(shape) = arrow {
                    Icon { shape }
                }
                "{words}"
            }
            span { class: "card-note", "data-tone": if is_warning { "warn" } else { "plain" },
                if is_warning {
                    Icon { shape: IconShape::Warning }
                }
                "{note}"
            }
        }
    }
}

fn ink(module: Module) -> &'static str {
    match module {
        Module::Received => "c2",
        Module::Dispatch => "c3",
        Module::Inventory => "c4",
        _ => "c1",
    }
}

/// A day that is not over may still bring more.
fn so_far((is_warning, note): (bool, String), is_so_far: bool) -> (bool, String) {
    let has_rows = note.ends_with("rows") || note.ends_with("row");
    (is_warning, if is_so_far && has_rows { format!("{note} so far") } else { note })
}

/// The cards of a board.
#[component]
pub fn Cards(
    /// The board.
    board: Board,
    /// The day of the cards.
    day: Day,
    /// What it is compared with.
    against: Comparator,
    /// Whether the levels of the board are those of the cards' day.
    has_levels: bool,
) -> Element {
    let desk = use_desk();
    let session = desk.session.read();
    let name = |id: &str| {
        let item = session.catalogue.find(deskops_domain::catalogue::List::Materials, id);
        item.map_or_else(|| id.to_owned(), |item| item.name.clone())
    };
    let levels = board.levels.iter().filter(|_| has_levels);
    let levels: Vec<_> = levels.map(|level| (name(&level.material_id), level.clone())).collect();
    let is_today = day == desk.today();
    let missing = |card: &Card| match board.sites.len() {
        0 => missing(card, &board.modules, &levels),
        n_sites => missing_somewhere(card, &board.modules, n_sites),
    };
    rsx! {
        div { class: "cards", "data-region": "cards",
            for (i , card) in board.cards.iter().enumerate() {
                FlowCard {
                    key: "{card.module:?}",
                    card: card.clone(),
                    against,
                    missing: so_far(missing(card), is_today && card.kg.is_some()),
                    is_first: i == 0,
                }
            }
        }
    }
}
