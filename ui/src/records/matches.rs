//! What fields must say for a record to be listed: each as a chip that can be taken away.

use deskops_domain::api::records::Filter;
use deskops_domain::catalogue::Catalogue;
use deskops_domain::choice::Module;
use deskops_domain::field::{Kind, Value};
use dioxus::prelude::*;

use crate::desk::use_desk;
use crate::face::{Face, face, show};
use crate::parts::{IconButton, IconShape};

/// `Material: G1`: the field as it is called, and the name of what it must say.
#[must_use]
pub fn words(face: &Face, field: &str, what: &str, catalogue: &Catalogue) -> String {
    let Some(shape) = face.shape(field) else { return format!("{field}: {what}") };
    let is_named = matches!(shape.kind, Kind::Code(_) | Kind::Choice(..));
    let said = if is_named {
        let names =
            what.split(',').map(|id| show(shape, &Value::Text(id.trim().to_owned()), catalogue));
        names.collect::<Vec<_>>().join(", ")
    } else {
        what.to_owned()
    };
    format!("{}: {said}", shape.label)
}

/// The chips. Nothing is drawn where nothing must be said.
///
/// # Styling
/// `.chip[data-match]` with the name of the field.
#[component]
pub(super) fn Matches(
    /// The module.
    module: Module,
    /// What is meant.
    filter: Signal<Filter>,
) -> Element {
    let desk = use_desk();
    let session = desk.session.read();
    let face = face(module);
    let said = filter.read().matches.clone();
    let chips: Vec<_> = said
        .into_iter()
        .map(|(field, what)| (words(&face, &field, &what, &session.catalogue), field))
        .collect();
    rsx! {
        for (said , field) in chips {
            Chip { key: "{field}", said, field, filter }
        }
    }
}

#[component]
fn Chip(said: String, field: String, filter: Signal<Filter>) -> Element {
    let name = field.clone();
    rsx! {
        span { class: "chip", "data-tone": "neutral", "data-match": name,
            "{said}"
            IconButton {
                label: "Take away: {said}",
                icon: IconShape::Close,
                onclick: move |()| {
                    let mut filter = filter;
                    filter.write().matches.remove(&field);
                },
            }
        }
    }
}
