//! The question why a closed day is opened again. The answer stands in its history.

use deskops_domain::api::periods::Unlock;
use deskops_domain::choice::PeriodKind;
use deskops_domain::day::Day;
use dioxus::prelude::*;

use crate::browser;
use crate::desk::{Tone, use_desk};
use crate::parts::{Button, IconShape, TextField};

const ID: &str = "unlock";

/// Asks for the reason and opens the day.
///
/// # Styling
/// `dialog.dialog`.
#[component]
pub(super) fn Unlocking(
    /// The site.
    site: String,
    /// The day.
    day: Day,
    /// The day alone, or its whole month.
    kind: PeriodKind,
    /// The dialog is over: whether the day is open now.
    on_done: Callback<bool>,
) -> Element {
    let desk = use_desk();
    let reason = use_signal(String::new);
    let mut problem = use_signal(String::new);
    use_effect(|| {
        browser::open_dialog(ID);
        browser::focus("#unlock-reason");
    });
    let open = use_callback(move |()| {
        let site_id = site.clone();
        spawn(async move {
            let reason = reason.peek().clone();
            let unlock = Unlock { site_id, date: day, kind, reason };
            match desk.client().call(unlock).await {
                Ok(_) => {
                    browser::close_dialog(ID);
                    desk.say(format!("{} is open again.", day.long()), Tone::Plain);
                    on_done.call(true);
                }
                Err(refusal) => problem.set(refusal.to_string()),
            }
        });
    });
    let leave = use_callback(move |()| {
        browser::close_dialog(ID);
        on_done.call(false);
    });
    rsx! {
        dialog { class: "dialog", id: ID, "aria-labelledby": "unlock-title",
            // Esc.
            oncancel: move |event| {
                event.prevent_default();
                leave.call(());
            },
            form {
                onsubmit: move |event| {
                    event.prevent_default();
                    open.call(());
                },
                h2 { id: "unlock-title",
                    if kind == PeriodKind::Month { "Open the month of {day.long()} again?" } else { "Open {day.long()} again?" }
                }
                p { "Its stock follows the days before it from now on, and so do the days after it. The reason stands in the history." }
                TextField { id: "unlock-reason", label: "Reason", value: reason, problem: problem() }
                div { class: "state-actions",
                    Button { label: "Unlock", icon: IconShape::Undo, look: "accent", onclick: move |()| open.call(()) }
                    Button { label: "Leave it closed", icon: IconShape::Close, onclick: move |()| leave.call(()) }
                }
            }
        }
    }
}
