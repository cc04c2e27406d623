//! The page as a whole: who is there first, then the shell, or what keeps DeskOps from opening.

use deskops_domain::api::session::{Hello, Person};
use deskops_domain::api::{Code, Refusal};
use dioxus::prelude::*;

use crate::browser;
use crate::client::Client;
use crate::parts::states::{Loading, details};
use crate::parts::{Button, Icon, IconShape};
use crate::shell::Shell;
use crate::sign_in::{SetUpScreen, SignInAgain, SignInScreen};

/// Everything that is seen. The context holds the [`Client`].
#[component]
pub fn App() -> Element {
    let client = use_context::<Client>();
    let mut is_signed_out = use_signal(|| false);
    let asker = client.clone();
    use_hook(move || {
        client.when_signed_out(move || {
            let mut is_signed_out = is_signed_out;
            is_signed_out.set(true);
        });
    });
    let mut hello = use_resource(move || {
        let client = asker.clone();
        async move { client.call(Hello {}).await }
    });
    let answer = hello.read();
    let welcome = match &*answer {
        None => {
            return rsx! {
                main { class: "opening", Loading { what: "DeskOps", rows: 3 } }
            };
        }
        Some(Err(refusal)) => {
            return rsx! {
                Trouble { refusal: refusal.clone(), on_retry: move |()| hello.restart() }
            };
        }
        Some(Ok(welcome)) => welcome,
    };
    let on_done = move |()| hello.restart();
    match (&welcome.set_up, &welcome.session) {
        (Some(starting), _) => rsx! {
            SetUpScreen { starting: starting.clone(), on_done }
        },
        (None, None) => rsx! {
            SignInScreen { welcome: welcome.clone(), on_done }
        },
        (None, Some(session)) => rsx! {
            Shell { session: session.clone() }
            if is_signed_out() {
                SignInAgain {
                    user: Person {
                        name: session.user.clone(),
                        full_name: session.full_name.clone(),
                        role: session.role,
                    },
                    on_done: move |()| is_signed_out.set(false),
                }
            }
        },
    }
}

/// The whole window, when DeskOps cannot open: never an empty desk in its place.
///
/// # Styling
/// `.trouble`.
#[component]
pub fn Trouble(
    /// What keeps it.
    refusal: Refusal,
    /// Tries again.
    on_retry: EventHandler<()>,
) -> Element {
    let details = details(&refusal);
    let title = match refusal.code {
        Code::DatabaseUnavailable => "The records cannot be opened",
        Code::Offline => "DeskOps does not answer",
        _ => "DeskOps cannot start",
    };
    let is_copied = use_signal(|| false);
    rsx! {
        main { class: "trouble",
            div { class: "trouble-card", role: "alert",
                Icon { shape: IconShape::Warning }
                h1 { "{title}" }
                p { "{refusal.message}" }
                if let Some(hint) = &refusal.hint {
                    p { class: "trouble-hint", "{hint}" }
                }
                p { class: "muted", "Nothing was changed, and no new database was started in its place." }
                div { class: "state-actions",
                    Button { label: "Try again", icon: IconShape::Refresh, look: "accent", onclick: on_retry }
                    Button {
                        label: if is_copied() { "Copied" } else { "Copy details" },
                        icon: IconShape::Copy,
                        onclick: move |()| {
                            browser::copy_text(&details);
                            let mut is_copied = is_copied;
                            is_copied.set(true);
                        },
                    }
                }
            }
        }
    }
}
