//! The question about a pasted block with bad cells: what is wrong, and what shall be written.

use dioxus::prelude::*;

use super::dom;
use super::view::Hands;
use super::{Event, PasteReview};

/// The most bad cells that are listed.
const MOST_LISTED: usize = 50;

/// Asks what to do with a pasted block; nothing while there is none.
#[component]
pub(super) fn PasteDialog(hands: Hands, id: String) -> Element {
    let review = use_memo(move || hands.sheet.read().paste.clone());
    let Some(review) = review() else { return rsx! {} };
    rsx! {
        Question { hands, review, id: "{id}-paste" }
    }
}

#[component]
fn Question(hands: Hands, review: PasteReview, id: String) -> Element {
    let (n_good, n_bad) = (review.n_good(), review.n_bad());
    let bad: Vec<_> = review
        .cells
        .into_iter()
        .filter_map(|cell| Some((cell.name, cell.text, cell.problem?)))
        .collect();
    let n_more = bad.len().saturating_sub(MOST_LISTED);
    let mounted_id = id.clone();
    let answer = move |event: Event| {
        hands.happen(event);
    };
    rsx! {
        dialog { class: "grid-review", id: "{id}", "aria-labelledby": "{id}-title",
            onmounted: move |_| dom::open_dialog(&mounted_id),
            // Esc.
            oncancel: move |event| {
                event.prevent_default();
                answer(Event::PasteCancel);
            },
            h2 { id: "{id}-title", if n_bad == 1 { "1 pasted cell cannot be kept" } else { "{n_bad} pasted cells cannot be kept" } }
            p { "Nothing is written yet." }
            div { class: "grid-review-list", tabindex: "0", role: "group", "aria-label": "Cells that cannot be kept",
                table {
                    thead { tr { th { scope: "col", "Cell" } th { scope: "col", "Pasted" } th { scope: "col", "What is wrong" } } }
                    tbody {
                        for (i, (name, text, problem)) in bad.into_iter().take(MOST_LISTED).enumerate() {
                            tr { key: "{i}",
                                td { "{name}" }
                                td { dir: "auto", "{text}" }
                                td { "{problem.message} " span { class: "grid-code", "{problem.code}" } }
                            }
                        }
                    }
                }
                if n_more > 0 {
                    p { "and {n_more} more." }
                }
            }
            div { class: "grid-review-answers",
                if n_good > 0 {
                    button { r#type: "button", class: "button", "data-look": "accent", autofocus: true, onclick: move |_| answer(Event::PasteGood),
                        if n_good == 1 { "Paste the 1 good cell" } else { "Paste the {n_good} good cells" }
                    }
                }
                button { r#type: "button", class: "button", "data-look": "plain", autofocus: n_good == 0, onclick: move |_| answer(Event::PasteAll), "Paste all and fix here" }
                button { r#type: "button", class: "button", "data-look": "plain", title: "Cancel (Esc)", onclick: move |_| answer(Event::PasteCancel), "Cancel" }
            }
        }
    }
}
