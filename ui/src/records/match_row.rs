//! One more thing that a field must say, picked from its list or typed.

use deskops_domain::api::records::Filter;
use deskops_domain::catalogue::Catalogue;
use deskops_domain::choice::Module;
use deskops_domain::field::{Kind, Shape};
use dioxus::prelude::*;

use crate::desk::use_desk;
use crate::face::face;

/// What can be picked for a field, by code and name; nothing where it is typed.
#[must_use]
pub fn picks(shape: &Shape, catalogue: &Catalogue) -> Vec<(String, String)> {
    match shape.kind {
        Kind::Code(list) => {
            catalogue.items(list).iter().map(|item| (item.id.clone(), item.name.clone())).collect()
        }
        Kind::Choice(choices, _) => {
            choices.iter().map(|choice| (choice.code.to_owned(), choice.label.to_owned())).collect()
        }
        Kind::Flag => [("true", "yes"), ("false", "no")]
            .map(|(code, word)| (code.to_owned(), word.to_owned()))
            .into(),
        _ => Vec::new(),
    }
}

/// How what a field must say is typed.
fn hint(shape: &Shape) -> &'static str {
    match shape.kind {
        Kind::Text => "any part of it",
        _ => "12.5, >100, 10..20",
    }
}

/// The field, and what it must say.
///
/// # Styling
/// `.field-inline`.
#[component]
pub(super) fn MatchRow(
    /// The module.
    module: Module,
    /// What is meant.
    filter: Signal<Filter>,
) -> Element {
    let desk = use_desk();
    let mut chosen = use_signal(|| None::<&'static Shape>);
    let shapes = use_hook(|| face(module).shapes);
    let known = shapes.clone();
    let session = desk.session.read();
    let picks = chosen().map(|shape| picks(shape, &session.catalogue)).unwrap_or_default();
    let add = use_callback(move |what: String| {
        let mut filter = filter;
        let what = what.trim().to_owned();
        if let Some(shape) = chosen().filter(|_| !what.is_empty()) {
            filter.write().matches.insert(shape.name.to_owned(), what);
            chosen.set(None);
        }
    });
    rsx! {
        label { class: "field-inline",
            span { class: "label-words", "Only" }
            select {
                id: "match-field",
                onchange: move |event| {
                    let name = event.value();
                    chosen.set(known.iter().copied().find(|shape| shape.name == name));
                },
                option { value: "", selected: chosen().is_none(), "any" }
                for shape in shapes.iter() {
                    option { key: "{shape.name}", value: shape.name, selected: chosen().is_some_and(|chosen| chosen.name == shape.name), "{shape.label}" }
                }
            }
        }
        if let Some(shape) = chosen() {
            label { class: "field-inline",
                span { class: "label-words", "is" }
                if picks.is_empty() {
                    input {
                        r#type: "text",
                        id: "match-what",
                        autocomplete: "off",
                        placeholder: hint(shape),
                        onchange: move |event| add.call(event.value()),
                    }
                } else {
                    select { id: "match-what", onchange: move |event| add.call(event.value()),
                        option { value: "", "…" }
                        for (code , name) in picks {
                            option { key: "{code}", value: "{code}", "{name}" }
                        }
                    }
                }
            }
        }
    }
}
