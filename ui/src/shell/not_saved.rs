//! The bar of rows that are on this screen only: it stays on every screen until they are saved.

use dioxus::prelude::*;

use crate::browser;
use crate::desk::use_desk;
use crate::parts::{Button, IconShape};
use crate::place::Screen;
use crate::sheet::{Job, RowJob, Waits};

/// How often what is not saved is tried again by itself.
const AGAIN_MS: i32 = 5_000;
/// How many rows are named.
const MOST_NAMES: usize = 3;

/// The bar. Nothing is drawn while everything is saved.
///
/// # Styling
/// `.not-saved`.
#[component]
pub fn NotSaved() -> Element {
    let desk = use_desk();
    use_hook(|| {
        spawn(async move {
            loop {
                browser::sleep(AGAIN_MS).await;
                if !desk.counts.unsaved.peek().is_empty() {
                    desk.saving.send(Job::Retry);
                }
            }
        })
    });
    use_effect(move || browser::ask_before_closing(!desk.counts.unsaved.read().is_empty()));
    let unsaved = desk.counts.unsaved.read();
    let of = |waits| unsaved.iter().filter(|job| job.waits == waits).cloned().collect::<Vec<_>>();
    let (tried, wrong) = (of(Waits::Store), of(Waits::Mending));
    let list = wrong.first().map(|job| job.face()).map(|face| {
        let hash = desk.place.read().on(Screen::List(face.name)).hash();
        (face.title, hash)
    });
    let (about, what) = if wrong.len() == 1 { ("It is", "it") } else { ("They are", "them") };
    rsx! {
        div { class: "not-saved", role: "alert", "data-rows": "{tried.len() + wrong.len()}",
            if !tried.is_empty() {
                p {
                    strong { "Not saved: " }
                    "{words(&tried)}. It is on this screen only and is tried again every few seconds. Do not close DeskOps yet."
                }
                Button {
                    label: "Try again now",
                    icon: IconShape::Refresh,
                    look: "accent",
                    onclick: move |()| desk.saving.send(Job::Retry),
                }
            }
            if let Some((title, hash)) = list {
                p {
                    strong { "Not saved: " }
                    "{words(&wrong)}. {about} not right yet and on this screen only. Mend or delete {what} in "
                    a { href: "#{hash}", "{title}" }
                    "."
                }
            }
        }
    }
}

/// `3/4 and G1 of 22 Nov`, or the first of many.
fn words(rows: &[RowJob]) -> String {
    let named: Vec<String> = rows
        .iter()
        .take(MOST_NAMES)
        .map(|job| format!("{} of {}", job.name, job.whole()))
        .collect();
    match rows.len().saturating_sub(MOST_NAMES) {
        0 => named.join(", "),
        more => format!("{} and {more} more", named.join(", ")),
    }
}
