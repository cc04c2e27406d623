//! What happened to accounts, newest first: who signed in, who could not, who changed whose rights.

use deskops_domain::api::Refusal;
use deskops_domain::api::security::{ListSecurity, SecurityEntry, SecurityEvent};
use deskops_domain::api::users::ListUsers;
use deskops_domain::choice::Choices as _;
use deskops_domain::id::Id;
use dioxus::prelude::*;

use super::when;
use crate::desk::{Desk, use_desk};
use crate::parts::states::{Empty, Failed, Loading};
use crate::parts::{Button, Icon, IconShape};

/// Entries that are loaded at once.
const PART: u32 = 100;

/// What is known of the log.
#[derive(Debug, Clone, Default, PartialEq)]
struct Known {
    entries: Vec<SecurityEntry>,
    next: Option<Id>,
    is_loading: bool,
    failed: Option<Refusal>,
}

/// The log, of one person or of all.
///
/// # Styling
/// `.users`, `.plain-table`.
#[component]
pub fn SecurityScreen() -> Element {
    let desk = use_desk();
    let mut person = use_signal(String::new);
    let known = use_signal(Known::default);
    use_effect(move || {
        let person = person();
        load(desk, person, known, None);
    });
    let people = use_resource(move || async move {
        let users = desk.client().call(ListUsers {}).await.unwrap_or_default();
        users.into_iter().map(|user| (user.name, user.full_name)).collect::<Vec<_>>()
    });
    let people = people.read().clone().unwrap_or_default();
    let log = known.read();
    let next = log.next.clone();
    rsx! {
        section { class: "users", "data-screen": "security",
            div { class: "toolbar",
                h1 { "Security" }
                span { class: "toolbar-gap" }
                label { class: "field-inline",
                    span { class: "label-words", "Person" }
                    select { id: "security-person", onchange: move |event| person.set(event.value()),
                        option { value: "", "Everybody" }
                        for (name , full_name) in people {
                            option { key: "{name}", value: "{name}", "{full_name} ({name})" }
                        }
                    }
                }
                Button { label: "Look again", icon: IconShape::Refresh, onclick: move |()| load(desk, person(), known, None) }
            }
            p { class: "muted", "Who signed in, who could not, and who changed whose rights. It is written once and cannot be changed." }
            if let Some(refusal) = &log.failed {
                Failed { what: "The security log", refusal: refusal.clone(), on_retry: move |()| load(desk, person(), known, None) }
            } else if log.entries.is_empty() && log.is_loading {
                Loading { what: "the security log", rows: 8 }
            } else if log.entries.is_empty() {
                Empty { icon: IconShape::Shield, sentence: "Nothing is written of this person." }
            } else {
                div { class: "table-frame", tabindex: "0", role: "region", "aria-label": "Security log",
                    table { class: "plain-table",
                        thead {
                            tr {
                                th { scope: "col", "When" }
                                th { scope: "col", "What" }
                                th { scope: "col", "Who" }
                                th { scope: "col", "By" }
                                th { scope: "col", "From" }
                                th { scope: "col", "Note" }
                            }
                        }
                        tbody {
                            for entry in log.entries.iter() {
                                Line { key: "{entry.id}", entry: entry.clone() }
                            }
                        }
                    }
                }
                div { class: "form-actions",
                    if log.is_loading {
                        span { class: "muted", "loading …" }
                    } else if next.is_some() {
                        Button { label: "Show older", icon: IconShape::ArrowDown, onclick: move |()| load(desk, person(), known, next.clone()) }
                    } else {
                        span { class: "muted", "This is the beginning of the log." }
                    }
                }
            }
        }
    }
}

/// Loads a part: the newest, or what stands behind an entry.
fn load(desk: Desk, person: String, mut known: Signal<Known>, after: Option<Id>) {
    {
        let mut known = known.write();
        known.is_loading = true;
        known.failed = None;
        if after.is_none() {
            known.entries.clear();
        }
    }
    spawn(async move {
        let is_more = after.is_some();
        let subject = Some(person).filter(|name| !name.is_empty());
        let ask = ListSecurity { after, limit: Some(PART), subject, event: None };
        let answer = desk.client().call(ask).await;
        let mut known = known.write();
        known.is_loading = false;
        match answer {
            Ok(page) => {
                if !is_more {
                    known.entries.clear();
                }
                known.entries.extend(page.entries);
                known.next = page.next;
            }
            Err(refusal) => known.failed = Some(refusal),
        }
    });
}

/// The icon of an event: whether all is well, somebody was kept out, or rights were changed.
fn icon_of(event: SecurityEvent) -> IconShape {
    match event {
        SecurityEvent::SignedIn | SecurityEvent::UserEnabled | SecurityEvent::DeviceResumed => {
            IconShape::Check
        }
        SecurityEvent::SignInFailed
        | SecurityEvent::Waiting
        | SecurityEvent::RefreshReused
        | SecurityEvent::RefreshRefused => IconShape::Warning,
        SecurityEvent::UserDisabled
        | SecurityEvent::DeviceSuspended
        | SecurityEvent::DeviceRevoked => IconShape::CircleCross,
        SecurityEvent::SignedOutEverywhere => IconShape::Dispatch,
        SecurityEvent::UserMade
        | SecurityEvent::UserEdited
        | SecurityEvent::PasswordReset
        | SecurityEvent::PasswordChanged
        | SecurityEvent::DeviceAdded => IconShape::Pencil,
    }
}

#[component]
fn Line(entry: SecurityEntry) -> Element {
    let desk = use_desk();
    let or_nobody = |name: &str| if name.is_empty() { "–".to_owned() } else { name.to_owned() };
    let is_warning = icon_of(entry.event) == IconShape::Warning;
    rsx! {
        tr { "data-event": entry.event.code(),
            th { scope: "row", title: "{entry.at} (UTC)", {when(desk, entry.at)} }
            td {
                span { class: "log-event", "data-tone": if is_warning { "warn" } else { "plain" },
                    Icon { shape: icon_of(entry.event) }
                    {entry.event.label()}
                }
            }
            td { {or_nobody(&entry.subject)} }
            td { {if entry.actor == entry.subject { "themselves".to_owned() } else { or_nobody(&entry.actor) }} }
            td { {entry.address.clone().unwrap_or_else(|| "this computer".to_owned())} }
            td { class: "log-note", {entry.note.clone().unwrap_or_default()} }
        }
    }
}
