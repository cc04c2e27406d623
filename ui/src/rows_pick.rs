//! What a row of an exported file stands for: a record, a week or a month; remembered on this computer.
//!
//! Apart from [`crate::take_away`], because a single day is taken away without asking.

use deskops_domain::choice::{Choices as _, Format, Granularity};
use dioxus::prelude::*;

use crate::browser;
use crate::take_away::ExportButtons;

const KEPT: &str = "deskops.export-rows";

/// What was chosen before; each record a row where nothing was.
pub fn use_granularity() -> Signal<Granularity> {
    use_signal(|| {
        let kept = browser::kept(KEPT);
        kept.and_then(|code| Granularity::from_code(&code)).unwrap_or(Granularity::Daily)
    })
}

/// The choice of rows, weeks or months, with the buttons of export.
///
/// # Styling
/// `.export-tools`, `.field-inline`.
#[component]
pub fn ExportTools(
    /// What a row stands for.
    granularity: Signal<Granularity>,
    /// Starts to write a file of this form.
    on_export: EventHandler<Format>,
) -> Element {
    rsx! {
        span { class: "export-tools",
            RowsPick { granularity }
            ExportButtons { on_export }
        }
    }
}

#[component]
fn RowsPick(granularity: Signal<Granularity>) -> Element {
    let mut granularity = granularity;
    rsx! {
        label { class: "field-inline",
            span { class: "label-words", "Export by" }
            select {
                id: "export-rows",
                title: "Rows: each record. Weeks and months: their sums; a week begins on the site's own day.",
                onchange: move |event| {
                    if let Some(chosen) = Granularity::from_code(&event.value()) {
                        browser::keep(KEPT, chosen.code());
                        granularity.set(chosen);
                    }
                },
                for choice in Granularity::CHOICES {
                    option { key: "{choice.code}", value: choice.code, selected: choice.code == granularity().code(), "{choice.label}" }
                }
            }
        }
    }
}
