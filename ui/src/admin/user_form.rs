//! One user as an administrator makes or changes them, and their new password.

use deskops_domain::access::Role;
use deskops_domain::api::session::NewPerson;
use deskops_domain::api::users::{CreateUser, EditUser, ResetPassword, Rights};
use deskops_domain::api::{Code, Refusal};
use deskops_domain::choice::Choices as _;
use dioxus::prelude::*;

use super::users::Deed;
use crate::browser;
use crate::desk::{Tone, use_desk};
use crate::parts::{Button, CheckField, Icon, IconShape, TextField};
use crate::sign_in::{FIRST_WRONG, problem_of, words_of};

/// The form.
///
/// # Styling
/// `.panel-form`.
#[component]
pub fn UserForm(
    /// What is being done to whom.
    deed: Deed,
    /// It is over; and whether something was changed.
    on_done: EventHandler<bool>,
) -> Element {
    let desk = use_desk();
    let there = if let Deed::Edit(user) = &deed { Some(user.clone()) } else { None };
    let full_name =
        use_signal(|| there.as_ref().map(|user| user.full_name.clone()).unwrap_or_default());
    let name = use_signal(String::new);
    let password = use_signal(String::new);
    let mut role = use_signal(|| there.as_ref().map_or(Role::Operator, |user| user.rights.role));
    let mut sites = use_signal(|| match &there {
        Some(user) => user.rights.sites.clone(),
        // The site that is shown; whoever sees all of them chooses.
        None => Some(desk.site().map(|site| site.id).into_iter().collect()),
    });
    let mut is_active = use_signal(|| there.as_ref().is_none_or(|user| user.is_active));
    let mut refusal = use_signal(|| None::<Refusal>);
    use_effect(|| {
        browser::focus("#user-full-name");
    });
    use_effect(move || {
        if refusal.read().is_some() {
            browser::focus(FIRST_WRONG);
        }
    });
    let id = there.as_ref().map(|user| user.id.clone());
    let submit = move |event: FormEvent| {
        event.prevent_default();
        let sites = if role() == Role::Admin { None } else { sites.peek().clone() };
        let rights = Rights { role: role(), sites };
        let (full_name, new) = (full_name.peek().clone(), password.peek().clone());
        let person = NewPerson { name: name.peek().clone(), full_name, password: new };
        let (id, is_active) = (id.clone(), is_active());
        spawn(async move {
            let done = match id {
                None => desk.client().call(CreateUser { person, rights }).await.map(|_| ()),
                Some(id) => {
                    let NewPerson { full_name, password, .. } = person;
                    let edit = EditUser { id: id.clone(), full_name, rights, is_active };
                    match desk.client().call(edit).await {
                        Ok(_) if !password.is_empty() => {
                            desk.client().call(ResetPassword { id, password }).await
                        }
                        done => done.map(|_| ()),
                    }
                }
            };
            match done {
                Ok(()) => {
                    on_done.call(true);
                    desk.say("The user is saved. It holds at once.", Tone::Plain);
                }
                Err(told) => refusal.set(Some(told)),
            }
        });
    };
    let known = desk.session.read().catalogue.sites.clone();
    let told = refusal.read();
    let told = told.as_ref();
    let title =
        there.as_ref().map_or("A new user".to_owned(), |user| format!("Change {}", user.name));
    let others = told.map(beside_fields).unwrap_or_default();
    rsx! {
        form { class: "panel-form", onsubmit: submit, "aria-label": "{title}",
            h2 { "{title}" }
            div { class: "field-pair",
                TextField { id: "user-full-name", label: "Full name", value: full_name, problem: problem_of(told, "fullName") }
                if there.is_none() {
                    TextField { id: "user-name", label: "Sign-in name", value: name,
                        hint: "One word. It stands in records and never changes.", problem: problem_of(told, "name") }
                }
                TextField { id: "user-password", label: if there.is_none() { "Password or PIN" } else { "New password or PIN" },
                    kind: "password", value: password, autocomplete: "new-password",
                    hint: if there.is_none() { "At least 8 characters, or 6 digits." } else { "Empty: it stays as it is." },
                    problem: problem_of(told, "password") }
            }
            div { class: "field-pair",
                div { class: "field",
                    label { r#for: "user-role", "Role" }
                    select { id: "user-role", onchange: move |event| role.set(Role::from_code(&event.value()).unwrap_or(Role::Operator)),
                        for choice in Role::CHOICES {
                            option { key: "{choice.code}", value: choice.code, selected: role().code() == choice.code, {choice.label} }
                        }
                    }
                    p { class: "field-about", {may(role())} }
                }
                if role() != Role::Admin {
                    fieldset { class: "field-set",
                        legend { "Sites" }
                        CheckField { label: "Every site", checked: sites.read().is_none(),
                            onchange: move |is_every: bool| sites.set(if is_every { None } else { Some(Vec::new()) }) }
                        for site in known {
                            CheckField {
                                key: "{site.id}",
                                label: "{site.code}",
                                checked: sites.read().as_ref().is_none_or(|sites| sites.contains(&site.id)),
                                onchange: move |is_in: bool| {
                                    let mut chosen = sites.peek().clone().unwrap_or_default();
                                    chosen.retain(|other| *other != site.id);
                                    if is_in {
                                        chosen.push(site.id.clone());
                                    }
                                    sites.set(Some(chosen));
                                },
                            }
                        }
                    }
                }
                if there.is_some() {
                    CheckField { label: "May sign in", checked: is_active(), onchange: move |is_so| is_active.set(is_so) }
                }
            }
            div { class: "form-problem", role: "alert",
                if !others.is_empty() {
                    Icon { shape: IconShape::Warning }
                    span { "{others}" }
                }
            }
            div { class: "form-actions",
                Button { label: "Cancel", onclick: move |()| on_done.call(false) }
                button { r#type: "submit", class: "button", "data-look": "accent", span { "Save" } }
            }
        }
    }
}

/// What a refusal says of things that have no line of text of their own.
fn beside_fields(refusal: &Refusal) -> String {
    if refusal.code != Code::ValidationError {
        return words_of(refusal);
    }
    let is_beside = |path: &str| path.starts_with("rights") || path == "isActive";
    let found = refusal.details.iter().filter(|problem| is_beside(&problem.path));
    found.map(|problem| problem.message.as_str()).collect::<Vec<_>>().join(" ")
}

/// What a role may do, in a sentence.
fn may(role: Role) -> &'static str {
    match role {
        Role::Operator => "Enters and corrects, deletes what is their own; sees 90 days back.",
        Role::Moderator => "Also deletes, approves and locks; sees 12 months back.",
        Role::Admin => "Also keeps users and catalogues; sees every site and every day.",
    }
}
