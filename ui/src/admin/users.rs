//! The people of this computer: who may sign in, as what, and where.

use deskops_domain::api::users::{ListUsers, User};
use deskops_domain::choice::Choices as _;
use dioxus::prelude::*;

use super::user_form::UserForm;
use super::when;
use crate::browser;
use crate::desk::{Desk, use_desk};
use crate::parts::states::{Failed, Loading};
use crate::parts::{Button, IconShape, alone};

/// What is being done to whom.
#[derive(Debug, Clone, PartialEq)]
pub enum Deed {
    /// Somebody new.
    New,
    /// Somebody who is there.
    Edit(User),
}

/// The list, and the form beside it while somebody is made or changed.
///
/// # Styling
/// `.users`, `.plain-table`.
#[component]
pub fn UsersScreen() -> Element {
    let desk = use_desk();
    let mut users = use_resource(move || async move { desk.client().call(ListUsers {}).await });
    let mut deed = use_signal(|| None::<Deed>);
    let answer = users.read();
    let list = match &*answer {
        None => return rsx! { section { class: "users", Loading { what: "the users", rows: 4 } } },
        Some(Err(refusal)) => {
            return rsx! {
                section { class: "users", "data-screen": "users",
                    Failed { what: "The list of users", refusal: refusal.clone(), on_retry: move |()| users.restart() }
                }
            };
        }
        Some(Ok(list)) => list,
    };
    let form = deed().map(|deed_now| {
        let key = if let Deed::Edit(user) = &deed_now { user.id.to_string() } else { "new".into() };
        alone(rsx! {
            UserForm {
                key: "{key}",
                deed: deed_now,
                on_done: move |is_changed: bool| {
                    deed.set(None);
                    if is_changed {
                        users.restart();
                    }
                },
            }
        })
    });
    rsx! {
        section { class: "users", "data-screen": "users",
            div { class: "toolbar",
                h1 { "Users" }
                span { class: "toolbar-gap" }
                Button { label: "Add a user", icon: IconShape::User, look: "accent", onclick: move |()| deed.set(Some(Deed::New)) }
            }
            p { class: "muted", {if browser::is_window() { "Who may sign in on this computer. Users are kept here and are not sent to head office." } else { "Who may sign in here, as what, and which sites each reaches." }} }
            {form}
            div { class: "table-frame", tabindex: "0", role: "region", "aria-label": "Users",
                table { class: "plain-table",
                    thead {
                        tr {
                            th { scope: "col", "Name" }
                            th { scope: "col", "Sign-in name" }
                            th { scope: "col", "Role" }
                            th { scope: "col", "Sites" }
                            th { scope: "col", "May sign in" }
                            th { scope: "col", "Changed" }
                            th { scope: "col", span { class: "for-readers", "Change" } }
                        }
                    }
                    tbody {
                        for user in list {
                            tr { key: "{user.id}", "data-active": "{user.is_active}",
                                th { scope: "row", "{user.full_name}" }
                                td { "{user.name}" }
                                td { {user.rights.role.label()} }
                                td { {sites(desk, user)} }
                                td { {if user.is_active { "Yes" } else { "No" }} }
                                td { "{when(desk, user.updated_at)} by {user.updated_by}" }
                                td {
                                    Button { label: "Change {user.name}", icon: IconShape::Pencil, look: "quiet",
                                        onclick: { let user = user.clone(); move |()| deed.set(Some(Deed::Edit(user.clone()))) } }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// The codes of the sites within reach.
fn sites(desk: Desk, user: &User) -> String {
    let session = desk.session.read();
    let code =
        |id: &String| session.catalogue.site(id).map_or(id.clone(), |site| site.code.clone());
    match &user.rights.sites {
        None => "Every site".into(),
        Some(sites) => sites.iter().map(code).collect::<Vec<_>>().join(", "),
    }
}
