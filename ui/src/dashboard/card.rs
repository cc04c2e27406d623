//! One flow of material on the day: the figure, and how it compares.

use deskops_domain::api::days::Card;
use deskops_domain::choice::Choices as _;
use dioxus::prelude::*;

use crate::charts::Sparkline;
use crate::desk::use_desk;
use crate::parts::{Icon, IconShape};
use crate::place::Screen;
use crate::shell::icon_of;
use crate::words::{percent, rows, tons};

/// How a day compares with the working day before, in words, and the way it went.
#[must_use]
pub fn comparison(card: &Card) -> (Option<IconShape>, String) {
    let before = format!("{} {}", &card.previous_day.long()[..3], card.previous_day.short());
    if card.is_nil && card.rows == 0 {
        return (None, "nothing today, confirmed".into());
    }
    if card.rows == 0 {
        let had = if card.previous_rows > 0 {
            format!("; {} on {before}", tons(card.previous_kg))
        } else {
            String::new()
        };
        return (None, format!("not entered yet{had}"));
    }
    // Loads that were counted and not weighed yet: nothing is known of their tons.
    if card.kg == 0 {
        return (None, format!("weights pending; {} on {before}", tons(card.previous_kg)));
    }
    if card.previous_rows == 0 {
        return (None, format!("nothing entered on {before} to compare with"));
    }
    match card.change {
        None => (None, format!("{} on {before}", tons(card.previous_kg))),
        Some(0) => (None, format!("the same as {before}")),
        Some(change) if change > 0 => {
            (Some(IconShape::ArrowUp), format!("up {} from {before}", percent(change)))
        }
        Some(change) => {
            (Some(IconShape::ArrowDown), format!("down {} from {before}", percent(change)))
        }
    }
}

/// A card; it is a link to its module on that day.
///
/// # Styling
/// `.card`, `.card-figure`, `.card-words[data-way]` = `up`, `down`, `none`.
#[component]
pub fn FlowCard(
    /// The flow.
    card: Card,
    /// What was made on the last days, where it is known.
    made: Vec<i64>,
    /// Whether it takes the focus when the screen opens.
    is_first: bool,
) -> Element {
    let desk = use_desk();
    let target = desk.place.read().on(Screen::Module(card.module));
    let (arrow, words) = comparison(&card);
    let way = match arrow {
        Some(IconShape::ArrowUp) => "up",
        Some(_) => "down",
        None => "none",
    };
    rsx! {
        a { class: "card", href: "#{target.hash()}", "data-autofocus": is_first, "data-module": card.module.code(),
            span { class: "card-title",
                Icon { shape: icon_of(card.module) }
                "{card.module.label()}"
            }
            span { class: "card-figure", "data-num": "1",
                if card.kg > 0 { "{tons(card.kg)}" } else if card.is_nil { "{tons(0)}" } else { "–" }
            }
            span { class: "card-words", "data-way": way,
                if let Some(shape) = arrow {
                    Icon { shape }
                }
                "{words}"
            }
            span { class: "card-foot",
                span { class: "muted", "{rows(card.rows)}" }
                if made.len() > 1 {
                    Sparkline { figures: made }
                }
            }
        }
    }
}
