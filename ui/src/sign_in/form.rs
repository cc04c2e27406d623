//! Who, and the password: the form of the sign-in screen and of signing in again. Where strangers may
//! ask, nobody is told who may sign in, and the name is typed.

use deskops_domain::api::session::{Person, SignIn};
use deskops_domain::api::{Code, Refusal};
use deskops_domain::choice::Choices as _;
use dioxus::prelude::*;

use super::{go_on, last_user, words_of};
use crate::browser;
use crate::client::Client;
use crate::parts::{Icon, IconShape, TextField};

/// The form. Whoever signed in last is chosen, and the password has the focus.
///
/// # Styling
/// `.sign-in-form`, `.form-problem`.
#[component]
pub fn SignInForm(
    /// Who can be chosen; when nobody is named, a name is typed.
    people: Vec<Person>,
    /// Somebody has signed in.
    on_done: EventHandler<()>,
) -> Element {
    let client = use_context::<Client>();
    let mut name = use_signal(|| first_choice(&people));
    let mut password = use_signal(String::new);
    let mut is_shown = use_signal(|| false);
    let mut is_asking = use_signal(|| false);
    let mut refusal = use_signal(|| None::<Refusal>);
    use_effect(move || {
        let first = if name.peek().is_empty() { "#sign-in-name" } else { "#sign-in-password" };
        browser::focus(first);
    });
    let is_typed = people.is_empty();
    let submit = move |event: FormEvent| {
        event.prevent_default();
        if is_asking() {
            return;
        }
        if name.peek().trim().is_empty() {
            let told =
                if is_typed { "Type your sign-in name first." } else { "Choose your name first." };
            refusal.set(Some(Refusal::new(Code::BadRequest, told)));
            browser::focus("#sign-in-name");
            return;
        }
        let ask = SignIn::new(&name.peek(), &password.peek());
        let client = client.clone();
        is_asking.set(true);
        refusal.set(None);
        spawn(async move {
            let done = client.call(ask).await;
            is_asking.set(false);
            password.set(String::new());
            match done {
                Ok(signed_in) => {
                    go_on(&signed_in);
                    on_done.call(());
                }
                Err(told) => {
                    refusal.set(Some(told));
                    browser::focus("#sign-in-password");
                }
            }
        });
    };
    let told = refusal.read().as_ref().map(words_of);
    rsx! {
        form { class: "sign-in-form", onsubmit: submit,
            if is_typed {
                TextField { id: "sign-in-name", label: "Sign-in name", value: name, autocomplete: "username" }
            } else {
                div { class: "field",
                    label { r#for: "sign-in-name", "Name" }
                    select {
                        id: "sign-in-name",
                        autocomplete: "username",
                        onchange: move |event| name.set(event.value()),
                        // A name is typed letter by letter; Enter says that it is the right one.
                        onkeydown: move |event| {
                            if event.key() == Key::Enter {
                                event.prevent_default();
                                browser::focus("#sign-in-password");
                            }
                        },
                        if name().is_empty() {
                            option { value: "", selected: true, "Choose your name" }
                        }
                        for person in &people {
                            option { key: "{person.name}", value: "{person.name}", selected: *name.read() == person.name,
                                "{person.full_name} ({person.name}), {person.role.label()}"
                            }
                        }
                    }
                }
            }
            div { class: "field",
                label { r#for: "sign-in-password", "Password or PIN" }
                div { class: "password",
                    input {
                        id: "sign-in-password",
                        r#type: if is_shown() { "text" } else { "password" },
                        value: "{password}",
                        autocomplete: "current-password",
                        spellcheck: "false",
                        "aria-invalid": if told.is_some() { Some("true") } else { None },
                        "aria-describedby": "sign-in-problem",
                        oninput: move |event| password.set(event.value()),
                    }
                    button {
                        r#type: "button",
                        class: "button",
                        "data-look": "quiet",
                        "aria-pressed": "{is_shown}",
                        onclick: move |_| is_shown.toggle(),
                        if is_shown() { "Hide" } else { "Show" }
                        span { class: "for-readers", " password" }
                    }
                }
            }
            div { id: "sign-in-problem", class: "form-problem", role: "alert",
                if let Some(told) = &told {
                    Icon { shape: IconShape::Warning }
                    span { "{told}" }
                }
            }
            button { r#type: "submit", class: "button", "data-look": "accent", disabled: is_asking(),
                span { if is_asking() { "Signing in …" } else { "Sign in" } }
            }
        }
    }
}

/// Whoever was here last; or the only one; or nobody yet. Where nobody is named, whoever was here last.
fn first_choice(people: &[Person]) -> String {
    let last = last_user().filter(|last| people.iter().any(|person| person.name == *last));
    match (last, people) {
        (_, []) => last_user().unwrap_or_default(),
        (Some(last), _) => last,
        (None, [only]) => only.name.clone(),
        _ => String::new(),
    }
}
