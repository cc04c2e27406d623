//! The open cell: an input, and its list where it is a choice.

use dioxus::prelude::*;

use super::dom;
use super::face::{ListFace, OpenFace};
use super::view::Hands;
use super::{Event, Spot};

/// The input of an open cell. The sheet holds the text; the input shows it.
#[component]
pub(super) fn CellEditor(
    hands: Hands,
    face: OpenFace,
    spot: Spot,
    id: String,
    words: String,
) -> Element {
    let OpenFace { name, text, is_number, list } = face;
    let has_list = list.is_some();
    let shown = list.flatten();
    let marked = shown.as_ref().and_then(|list| list.at).map(|at| format!("{id}-{at}"));
    let list_id = format!("{id}-list");
    let mounted_id = id.clone();
    // A late event of an input that is gone belongs to nobody.
    let is_open_here =
        move || hands.sheet.peek().edit().is_some() && hands.sheet.peek().cursor == spot;
    rsx! {
        input {
            class: "grid-input",
            id: "{id}",
            r#type: "text",
            value: "{text}",
            role: if has_list { "combobox" },
            "aria-label": name,
            "aria-describedby": words,
            "aria-autocomplete": if has_list { "list" },
            "aria-expanded": if has_list { if shown.is_some() { "true" } else { "false" } },
            "aria-controls": if shown.is_some() { list_id.clone() },
            "aria-activedescendant": marked,
            "data-kind": if is_number { "number" } else { "text" },
            inputmode: if is_number { "decimal" },
            autocomplete: "off",
            spellcheck: "false",
            onmounted: move |_| dom::focus_at_end(&mounted_id),
            oninput: move |event| {
                if is_open_here() {
                    hands.happen(Event::Input(event.value()));
                }
            },
            onblur: move |_| {
                if is_open_here() && dom::is_window_active() {
                    hands.happen(Event::Blur);
                }
            },
            onmousedown: move |event| event.stop_propagation(),
            ondoubleclick: move |event| event.stop_propagation(),
        }
        if let Some(list) = shown.clone() {
            Choices { hands, list, id: list_id.clone(), line: id.clone() }
        }
    }
}

/// The list of a choice, above everything else, because the grid cuts off what stands over its edge.
#[component]
fn Choices(hands: Hands, list: ListFace, id: String, line: String) -> Element {
    let mounted_id = id.clone();
    let ListFace { lines, at } = list;
    rsx! {
        div { class: "grid-list", id: "{id}", role: "listbox", "aria-label": "Choices", popover: "manual",
            onmounted: move |_| dom::show_on_top(&mounted_id),
            // The focus stays in the input.
            onmousedown: move |event| {
                event.prevent_default();
                event.stop_propagation();
            },
            for (i, (label, code)) in lines.into_iter().enumerate() {
                div { key: "{i}{code}{label}", class: "grid-choice", id: "{line}-{i}", role: "option", "aria-selected": if at == Some(i) { "true" } else { "false" },
                    onclick: move |_| {
                        hands.happen(Event::Pick(i));
                    },
                    span { "{label}" }
                    if !code.is_empty() {
                        span { class: "grid-code", "{code}" }
                    }
                }
            }
        }
    }
}
