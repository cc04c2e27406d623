//! Figures of the day that are unlike others, of all modules, with what was noted about them.

use deskops_domain::api::Refusal;
use deskops_domain::api::guard::{Exception, JudgeDay};
use deskops_domain::catalogue::Catalogue;
use deskops_domain::choice::{Choices as _, Module};
use deskops_domain::day::Day;
use deskops_domain::field::Kind;
use dioxus::prelude::*;

use crate::desk::use_desk;
use crate::face::face;
use crate::parts::{Icon, IconShape};
use crate::place::Screen;
use crate::words::plural;

/// What a record is called: its module, and its material, machine or role.
#[must_use]
pub fn name_of(exception: &Exception, catalogue: &Catalogue) -> String {
    let list = face(exception.module).shapes.first().and_then(|shape| match shape.kind {
        Kind::Code(list) => Some(list),
        _ => None,
    });
    let item = list.and_then(|list| catalogue.find(list, &exception.of));
    let of = item.map_or(exception.of.as_str(), |item| item.name.as_str());
    format!("{}, {of}", exception.module.label())
}

/// What is odd about a record, and what was noted about it.
#[must_use]
pub fn told(exception: &Exception) -> String {
    let warnings: Vec<_> =
        exception.warnings.iter().map(|warning| warning.message.as_str()).collect();
    let note = exception
        .reason
        .as_ref()
        .map_or_else(|| "No reason is noted.".to_owned(), |reason| format!("Noted: {reason}"));
    format!("{} {note}", warnings.join(" "))
}

/// How many figures of the day are odd, and which, once it is opened.
///
/// # Styling
/// `.odd-figures`.
#[component]
pub(super) fn OddFigures(
    /// The site.
    site: String,
    /// The day.
    day: Day,
) -> Element {
    let desk = use_desk();
    let found = use_resource(move || {
        let site_id = site.clone();
        async move {
            // What was typed a moment ago is judged too.
            desk.reached().await;
            let mut odd = desk.client().call(JudgeDay { site_id, date: day }).await?;
            // Stock below nothing stands above already.
            odd.retain(|exception| exception.module != Module::Inventory);
            Ok::<_, Refusal>(odd)
        }
    });
    let found = found.read();
    let session = desk.session.read();
    match &*found {
        None => rsx! {},
        Some(Ok(odd)) if odd.is_empty() => rsx! {},
        Some(Ok(odd)) => rsx! {
            details { class: "odd-figures",
                summary {
                    Icon { shape: IconShape::Warning }
                    "{plural(odd.len(), \"odd figure\")}"
                }
                ul {
                    for exception in odd {
                        li { key: "{exception.record}",
                            a { href: "#{desk.place.read().on(Screen::Module(exception.module)).hash()}",
                                "{name_of(exception, &session.catalogue)}"
                            }
                            " {told(exception)}"
                        }
                    }
                }
            }
        },
        Some(Err(refusal)) => rsx! {
            p { class: "odd-figures", role: "status", "Odd figures were not looked for: {refusal.message}" }
        },
    }
}
