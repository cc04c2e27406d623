//! One's own password: the dialog of the user menu.

use deskops_domain::api::session::ChangePassword;
use deskops_domain::api::{Code, Refusal};
use dioxus::prelude::*;

use super::{go_on, problem_of, words_of};
use crate::browser;
use crate::desk::{Tone, use_desk};
use crate::parts::{Button, TextField};

/// The dialog's id.
pub const ID: &str = "change-password";

/// Asks for the present password and the new one, twice.
///
/// # Styling
/// `dialog.dialog`.
#[component]
pub fn ChangePasswordDialog() -> Element {
    let desk = use_desk();
    let mut old = use_signal(String::new);
    let mut new = use_signal(String::new);
    let mut again = use_signal(String::new);
    let mut refusal = use_signal(|| None::<Refusal>);
    let mut close = move || {
        old.set(String::new());
        new.set(String::new());
        again.set(String::new());
        refusal.set(None);
        browser::close_dialog(ID);
    };
    let submit = move |event: FormEvent| {
        event.prevent_default();
        if *new.peek() != *again.peek() {
            let told = "This is not the same password.";
            refusal.set(Some(Refusal::one("again", "E-PASSWORD", told)));
            return;
        }
        let ask = ChangePassword { old: old.peek().clone(), new: new.peek().clone() };
        spawn(async move {
            match desk.client().call(ask).await {
                Ok(signed_in) => {
                    go_on(&signed_in);
                    close();
                    desk.say("Your password is changed.", Tone::Plain);
                }
                Err(told) => refusal.set(Some(told)),
            }
        });
    };
    let told = refusal.read();
    let told = told.as_ref();
    let others = told.filter(|told| told.code != Code::ValidationError).map(words_of);
    rsx! {
        dialog { class: "dialog", id: ID, "aria-labelledby": "change-password-title",
            div { class: "dialog-head", h2 { id: "change-password-title", "Change password" } }
            form { class: "dialog-body set-up-form", onsubmit: submit,
                TextField { id: "password-old", label: "Present password or PIN", kind: "password", value: old,
                    autocomplete: "current-password", problem: problem_of(told, "old") }
                TextField { id: "password-new", label: "New password or PIN", kind: "password", value: new,
                    autocomplete: "new-password", hint: "At least 8 characters, or 6 digits.", problem: problem_of(told, "new") }
                TextField { id: "password-again", label: "The same once more", kind: "password", value: again,
                    autocomplete: "new-password", problem: problem_of(told, "again") }
                div { class: "form-problem", role: "alert", {others} }
                div { class: "form-actions",
                    Button { label: "Cancel", keys: "Esc", onclick: move |()| close() }
                    button { r#type: "submit", class: "button", "data-look": "accent", span { "Change password" } }
                }
            }
        }
    }
}
