//! The line at the bottom: about the focused cell, the selection, the database and the version.

use dioxus::prelude::*;

use crate::desk::use_desk;
use crate::words;

/// The 24 px at the bottom of every screen.
///
/// # Styling
/// `.status-line`, `.status-message[data-tone]`.
#[component]
pub fn StatusLine() -> Element {
    let desk = use_desk();
    let status = desk.status.read();
    let session = desk.session.read();
    rsx! {
        footer { class: "status-line", "data-region": "status", tabindex: "-1",
            p { class: "status-message", id: "status-message", role: "status", "data-tone": status.tone.name(), "{status.message}" }
            p { class: "status-facts", "{status.facts}" }
            p { class: "status-about", title: "{session.database}", "Database {words::bytes(session.database_bytes)}" }
            p { class: "status-about", "DeskOps {session.version}" }
        }
    }
}
