//! The screen on which one signs in, and the dialog over a page whose session has ended.

use deskops_domain::api::session::{Person, Welcome};
use dioxus::prelude::*;

use super::form::SignInForm;
use crate::browser;
use crate::client::Client;
use crate::parts::Button;
use crate::shell::ThemeToggle;

const AGAIN: &str = "sign-in-again";

/// The screen on which one signs in.
///
/// # Styling
/// `.door`, `.door-card`, `.door-foot`.
#[component]
pub fn SignInScreen(
    /// Who may sign in, and what is wrong with the computer.
    welcome: Welcome,
    /// Somebody has signed in.
    on_done: EventHandler<()>,
) -> Element {
    use_effect(|| browser::set_title("Sign in · DeskOps"));
    rsx! {
        main { class: "door", "data-screen": "sign-in",
            div { class: "door-card",
                Brand {}
                h1 { "Sign in" }
                for notice in &welcome.notices {
                    p { key: "{notice}", class: "note", "data-tone": "warn", "{notice}" }
                }
                SignInForm { people: welcome.people.clone(), on_done }
                p { class: "muted",
                    if !welcome.people.is_empty() {
                        "Works without a network. "
                    }
                    "Forgotten your password? An administrator gives you another."
                }
            }
            DoorFoot { version: welcome.version.clone() }
        }
    }
}

/// The mark and the name of the product.
#[component]
pub(super) fn Brand() -> Element {
    rsx! {
        div { class: "door-brand",
            span { class: "brand-mark", "aria-hidden": "true", "D" }
            span { "DeskOps" }
        }
    }
}

/// Version and theme, below the card.
#[component]
pub(super) fn DoorFoot(version: String) -> Element {
    rsx! {
        div { class: "door-foot",
            span { class: "muted", "Version {version}" }
            ThemeToggle {}
        }
    }
}

/// Over a page whose session has ended: what is typed and not saved stays, and is saved afterwards.
///
/// # Styling
/// `dialog.dialog`.
#[component]
pub fn SignInAgain(
    /// Whose page it is.
    user: Person,
    /// They have signed in again.
    on_done: EventHandler<()>,
) -> Element {
    let client = use_context::<Client>();
    use_effect(|| browser::open_dialog(AGAIN));
    rsx! {
        dialog {
            class: "dialog",
            id: AGAIN,
            "aria-labelledby": "sign-in-again-title",
            oncancel: move |event| event.prevent_default(),
            div { class: "dialog-head", h2 { id: "sign-in-again-title", "Sign in again" } }
            div { class: "dialog-body",
                p { "Your session has ended. Everything on this page stays as it is; rows that are not saved yet are saved as soon as you have signed in." }
                SignInForm { people: vec![user.clone()], on_done }
                Button {
                    label: "I am somebody else",
                    look: "quiet",
                    onclick: move |()| {
                        let client = client.clone();
                        spawn(async move {
                            client.sign_out().await;
                            browser::reload();
                        });
                    },
                }
            }
        }
    }
}
