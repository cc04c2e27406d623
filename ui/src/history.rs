//! The history of a record: every version, newest first, in the words of the site.

use std::collections::BTreeMap;

use deskops_domain::api::records::Past;
use deskops_domain::catalogue::Catalogue;
use deskops_domain::change::{ChangeKind, FromTo};
use deskops_domain::entry::Moment;
use deskops_domain::field::{Shape, Value};
use deskops_domain::id::Id;
use dioxus::prelude::*;
use serde_json::{Map, Value as Json};

use crate::desk::use_desk;
use crate::face::{Face, show};
use crate::parts::states::{Empty, Failed, Loading};
use crate::parts::{Icon, IconButton, IconShape, alone};

/// One field, before and after.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Turn {
    /// The field.
    pub label: &'static str,
    /// What it was; none in the first version.
    pub from: Option<String>,
    /// What it became.
    pub to: String,
}

/// What a version changed, in field order.
#[must_use]
pub fn turns(
    set: &BTreeMap<String, FromTo>,
    shapes: &[&'static Shape],
    catalogue: &Catalogue,
) -> Vec<Turn> {
    let read = |shape: &Shape, map: &Map<String, Json>| {
        map.get(shape.column).map(|json| show(shape, &value(json), catalogue))
    };
    let told = shapes.iter().filter_map(|shape| {
        let change = set.values().find(|change| change.to.contains_key(shape.column))?;
        let to = read(shape, &change.to)?;
        let from = change.from.as_ref().and_then(|from| read(shape, from));
        let is_told = from.as_ref() != Some(&to) && !(from.is_none() && to.is_empty());
        is_told.then_some(Turn { label: shape.label, from, to })
    });
    told.collect()
}

/// A value as changes hold it.
fn value(json: &Json) -> Value {
    match json {
        Json::Number(number) => number.as_i64().map_or(Value::Empty, Value::Int),
        Json::Bool(flag) => Value::Int(i64::from(*flag)),
        Json::String(text) => Value::Text(text.clone()),
        Json::Null | Json::Array(_) | Json::Object(_) => Value::Empty,
    }
}

/// What kind of version it is, in words.
#[must_use]
pub fn deed(kind: ChangeKind, rev: u32) -> &'static str {
    match (kind, rev) {
        (ChangeKind::Put, 1) => "entered",
        (ChangeKind::Put, _) => "changed",
        (ChangeKind::Void, _) => "deleted",
        (ChangeKind::Restore, _) => "brought back",
        (ChangeKind::Resolve, _) => "settled",
    }
}

/// The drawer at the end side of the screen.
///
/// # Styling
/// `.drawer`, `.version`, `.turn`.
#[component]
pub fn HistoryDrawer(
    /// What kind of record it is.
    face: Face,
    /// The record; none for a row that was never saved.
    record: Option<Id>,
    /// What the record is called: `AGG-3/4`.
    name: String,
    /// Counts up when the record has changed.
    version: u32,
    /// Closes the drawer.
    on_close: EventHandler<()>,
) -> Element {
    rsx! {
        aside {
            class: "drawer",
            "aria-label": "History of {name}",
            "data-region": "drawer",
            onkeydown: move |event| {
                if event.key() == Key::Escape {
                    event.prevent_default();
                    event.stop_propagation();
                    on_close.call(());
                }
            },
            div { class: "drawer-head",
                h2 { "History · {name}" }
                IconButton { label: "Close history", icon: IconShape::Close, keys: "Esc", onclick: on_close }
            }
            if let Some(id) = record {
                {alone(rsx! {
                    Versions { key: "{id}{version}", face: face.clone(), id }
                })}
            } else {
                Empty { icon: IconShape::History, sentence: "This row was never saved, so it has no history yet." }
            }
        }
    }
}

#[component]
fn Versions(face: Face, id: Id) -> Element {
    let desk = use_desk();
    let asked = face.clone();
    let mut past = use_resource(move || {
        let (face, client, id) = (asked.clone(), desk.client(), id.clone());
        async move { face.history(&client, &id).await }
    });
    let answer = past.read();
    match &*answer {
        None => rsx! {
            Loading { what: "the history", rows: 4 }
        },
        Some(Err(refusal)) => rsx! {
            Failed { what: "The history", refusal: refusal.clone(), on_retry: move |()| past.restart() }
        },
        Some(Ok(past)) => rsx! {
            ol { class: "versions", reversed: true,
                for version in past.iter() {
                    Version { key: "{version.rev}", face: face.clone(), version: version.clone() }
                }
            }
        },
    }
}

#[component]
fn Version(face: Face, version: Past) -> Element {
    let desk = use_desk();
    let turns = turns(&version.change.set, &face.shapes, &desk.session.read().catalogue);
    let deed = deed(version.change.kind, version.rev);
    let at: Moment = version.change.at;
    let (icon, state) =
        if version.is_sent { (IconShape::Check, "Sent") } else { (IconShape::Disk, "Saved here") };
    let who = if version.change.actor == "this-computer" {
        "this computer".to_owned()
    } else {
        version.change.actor.clone()
    };
    let day = desk.local_day(at);
    rsx! {
        li { class: "version",
            p { class: "version-head",
                strong { "v{version.rev} {deed}" }
                " by {who}, "
                time { title: "{at} (UTC)", datetime: "{at}", "{day} {desk.clock(at)}" }
            }
            for turn in turns {
                p { key: "{turn.label}", class: "turn",
                    span { class: "turn-label", "{turn.label}" }
                    if let Some(from) = &turn.from {
                        del { if from.is_empty() { "–" } else { "{from}" } }
                        span { "aria-label": "became", " → " }
                    }
                    ins { if turn.to.is_empty() { "–" } else { "{turn.to}" } }
                }
            }
            if let Some(reason) = &version.change.reason {
                p { class: "turn", span { class: "turn-label", "Reason" } "{reason}" }
            }
            p { class: "version-state muted",
                Icon { shape: icon }
                "{state}"
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::face::face;
    use deskops_domain::choice::Module;
    use serde_json::json;

    fn map(json: Json) -> Map<String, Json> {
        json.as_object().cloned().unwrap()
    }

    #[test]
    fn a_version_tells_only_the_fields_that_became_something_else() {
        let shapes = face(Module::Production).shapes;
        let mut set = BTreeMap::new();
        set.insert(
            "qty".to_owned(),
            FromTo {
                from: Some(map(json!({"qty_kg": 96_200}))),
                to: map(json!({"qty_kg": 96_450})),
            },
        );
        set.insert(
            "note".to_owned(),
            FromTo { from: Some(map(json!({"notes": null}))), to: map(json!({"notes": null})) },
        );
        let told = turns(&set, &shapes, &Catalogue::default());
        assert_eq!(
            told,
            [Turn { label: "Quantity (t)", from: Some("96.200".into()), to: "96.450".into() }]
        );
    }

    #[test]
    fn the_first_version_tells_what_was_entered_and_no_empty_field() {
        let shapes = face(Module::Production).shapes;
        let mut set = BTreeMap::new();
        set.insert("qty".to_owned(), FromTo { from: None, to: map(json!({"qty_kg": 96_200})) });
        set.insert("note".to_owned(), FromTo { from: None, to: map(json!({"notes": null})) });
        assert_eq!(
            turns(&set, &shapes, &Catalogue::default()),
            [Turn { label: "Quantity (t)", from: None, to: "96.200".into() }]
        );
    }

    #[test]
    fn every_kind_of_version_has_its_word() {
        let words = [
            (ChangeKind::Put, 1),
            (ChangeKind::Put, 2),
            (ChangeKind::Void, 3),
            (ChangeKind::Restore, 4),
            (ChangeKind::Resolve, 5),
        ]
        .map(|(kind, rev)| deed(kind, rev));
        assert_eq!(words, ["entered", "changed", "deleted", "brought back", "settled"]);
    }
}
