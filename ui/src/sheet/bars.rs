//! The two bars of a day: rows that are not saved, and the row that was just deleted.

use dioxus::prelude::*;

use super::work::{CURSOR, Work};
use crate::browser;
use crate::grid::Event;
use crate::key::Action;
use crate::parts::{Button, IconShape};

/// Rows that did not reach the store stay marked, and can be tried again.
#[component]
pub fn NotSaved(
    /// The day.
    work: Work,
) -> Element {
    let _ = (work.turns)();
    let rows = work.book.read().borrow().unsaved.clone();
    if rows.is_empty() {
        return rsx! {};
    }
    let count =
        if rows.len() == 1 { "1 row is".to_owned() } else { format!("{} rows are", rows.len()) };
    rsx! {
        div { class: "banner", role: "alert", "data-tone": "bad",
            p {
                strong { "Not saved: " }
                "{count} only on this screen. Nothing else is lost. Do not close DeskOps before it is saved."
            }
            Button {
                label: "Try again",
                icon: IconShape::Refresh,
                look: "accent",
                onclick: move |()| rows.iter().for_each(|row| work.write(*row)),
            }
        }
    }
}

/// What was just deleted, and one press to bring it back.
#[component]
pub fn UndoBar(
    /// The day.
    work: Work,
) -> Element {
    let mut deleted = work.deleted;
    let shown = deleted.read().clone();
    rsx! {
        div { class: "undo-bar", role: "status", "data-shown": shown.is_some(),
            if let Some((name, _)) = &shown {
                span { "{name} deleted." }
                Button {
                    label: "Undo",
                    icon: IconShape::Undo,
                    keys: "Ctrl+Z",
                    look: "quiet",
                    onclick: move |()| {
                        deleted.set(None);
                        work.step(Event::Do(Action::Undo));
                        browser::focus(CURSOR);
                    },
                }
            }
        }
    }
}
