//! Head office: where it is, whether it answers, and who is signed in there. Only in the window; in a
//! browser the page comes from head office itself.

mod account;
mod look;
mod office;
mod place_form;
mod verdict;

pub use office::{Office, OfficePill, said, use_office_provider};
pub use verdict::{Tone, findings};

use deskops_domain::access::Role;
use deskops_domain::api::connection::Standing;
use dioxus::prelude::*;

use crate::browser;
use crate::desk::{Desk, use_desk};
use crate::parts::states::{Failed, Loading, ReadOnly};
use account::{AccountCard, SignInCard};
use place_form::PlaceForm;

/// The banner about the clock is part of what the desk says first.
pub(crate) async fn meet_again(desk: Desk) {
    crate::shell::meet_again(desk).await;
}

/// The screen.
///
/// # Styling
/// `.connection`.
#[component]
pub fn ConnectionScreen() -> Element {
    let desk = use_desk();
    let office = use_context::<Office>();
    if !browser::is_window() {
        let why = "This page comes from head office itself: there is nothing to connect to. Open DeskOps in its window on the computer of a site.";
        return rsx! {
            section { class: "connection", "data-screen": "connection",
                h1 { "Head office" }
                ReadOnly { why }
            }
        };
    }
    let known = office.known.read();
    let connection = match &*known {
        None => {
            return rsx! {
                section { class: "connection", Loading { what: "the connection", rows: 4 } }
            };
        }
        Some(Err(refusal)) => {
            return rsx! {
                section { class: "connection", "data-screen": "connection",
                    Failed { what: "The connection", refusal: refusal.clone(),
                        on_retry: move |()| { spawn(office::ask(desk, office)); } }
                }
            };
        }
        Some(Ok(connection)) => connection.clone(),
    };
    let is_admin = desk.session.read().role == Role::Admin;
    let is_lost =
        connection.account.as_ref().is_some_and(|account| account.standing == Standing::NotKept);
    let is_there = connection.server.is_some();
    let is_signed_in = connection.account.as_ref().is_some_and(account::holds);
    rsx! {
        section { class: "connection", "data-screen": "connection",
            div { class: "toolbar", h1 { "Head office" } }
            p { class: "muted", "Records are kept on this computer. Here it signs in to head office; sending them there comes with a later version." }
            if !connection.has_keyring && !is_lost {
                p { class: "note", "data-tone": "warn", role: "note",
                    crate::parts::Icon { shape: crate::parts::IconShape::Lock }
                    "This computer has no keyring: you will sign in again after a restart."
                }
            }
            if is_there && is_signed_in {
                AccountCard { connection: connection.clone(), is_admin }
            } else if is_there {
                SignInCard { connection: connection.clone(), is_admin }
            }
            if is_admin {
                PlaceForm { connection }
            } else if !is_there {
                ReadOnly { why: "Nobody has said yet where head office is. An administrator of this computer does that here." }
            }
        }
    }
}
