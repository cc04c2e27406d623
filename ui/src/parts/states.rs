//! The five standard states of whatever shows data: loading, empty, error, offline, read-only.
//!
//! One set, so that nothing fails in a way of its own, and nothing is ever an empty page.

use deskops_domain::api::{Code, Refusal};
use dioxus::prelude::*;

use super::icon::{Icon, Shape};
use super::{Button, IconShape};
use crate::browser;

/// Rows in the place of data that is still to come; invisible for its first 150 ms.
///
/// # Styling
/// `.skeleton`, one `.skeleton-row` of true height for each row; `.skeleton-words` appears after 2 s.
#[component]
pub fn Loading(
    /// What is loaded: `the day's production`.
    what: String,
    /// How many rows to draw.
    #[props(default = 8)]
    rows: usize,
) -> Element {
    rsx! {
        div { class: "skeleton", role: "status", "aria-busy": "true", "aria-label": "Loading {what}",
            for row in 0..rows {
                div { key: "{row}", class: "skeleton-row" }
            }
            p { class: "skeleton-words", "Still loading {what} …" }
        }
    }
}

/// Nothing is there, and what to do about it.
///
/// # Styling
/// `.state[data-state="empty"]`.
#[component]
pub fn Empty(
    /// What is drawn.
    icon: Shape,
    /// One sentence.
    sentence: String,
    /// The one thing to do.
    children: Element,
) -> Element {
    rsx! {
        div { class: "state", "data-state": "empty",
            Icon { shape: icon }
            p { "{sentence}" }
            {children}
        }
    }
}

/// Something failed: what, what is safe, and how to go on.
///
/// # Styling
/// `.state[data-state="error"]`, or `offline` when the other side does not answer.
#[component]
pub fn Failed(
    /// What could not be shown or done: `The day's production`.
    what: String,
    /// Why.
    refusal: Refusal,
    /// Tries again.
    on_retry: EventHandler<()>,
) -> Element {
    let is_offline = refusal.code == Code::Offline;
    let details = details(&refusal);
    rsx! {
        div { class: "state", role: "alert", "data-state": if is_offline { "offline" } else { "error" },
            Icon { shape: if is_offline { IconShape::CloudOff } else { IconShape::Warning } }
            p { class: "state-title", "{what} cannot be shown." }
            p { "{refusal.message}" }
            if let Some(hint) = &refusal.hint {
                p { "{hint}" }
            }
            p { class: "muted", "What was saved here is safe." }
            div { class: "state-actions",
                Button { label: "Try again", icon: IconShape::Refresh, look: "accent", onclick: on_retry }
                Button { label: "Copy details", icon: IconShape::Copy, onclick: move |()| browser::copy_text(&details) }
            }
        }
    }
}

/// Beside a control that needs the central server, which is not there now.
///
/// # Styling
/// `.note[data-tone="offline"]`.
#[component]
pub fn NeedsServer() -> Element {
    rsx! {
        span { class: "note", "data-tone": "offline",
            Icon { shape: IconShape::CloudOff }
            "needs the server"
        }
    }
}

/// What is shown cannot be changed here, and why.
///
/// # Styling
/// `.note[data-tone="locked"]`.
#[component]
pub fn ReadOnly(
    /// Why, and what to do instead.
    why: String,
) -> Element {
    rsx! {
        p { class: "note", "data-tone": "locked",
            Icon { shape: IconShape::Lock }
            "{why}"
        }
    }
}

/// A refusal as it is copied for those who look after DeskOps.
#[must_use]
pub fn details(refusal: &Refusal) -> String {
    serde_json::to_string_pretty(refusal).unwrap_or_else(|_| refusal.message.clone())
}
