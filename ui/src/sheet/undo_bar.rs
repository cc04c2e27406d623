//! The bar of the row that was just deleted.

use dioxus::prelude::*;

use super::work::{CURSOR, Work};
use crate::browser;
use crate::grid::Event;
use crate::key::Action;
use crate::parts::{Button, IconShape};

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
