//! Where head office is: an address is typed, tested, compared where nobody vouches for it, and taken.

use deskops_domain::api::Refusal;
use deskops_domain::api::connection::{Choose, Connection, Look, Looked};
use dioxus::prelude::*;

use super::look::LookTable;
use super::office::Office;
use super::verdict::{grouped, key_to_compare, may_be_taken};
use crate::browser;
use crate::desk::{Tone, use_desk};
use crate::parts::{Button, CheckField, Icon, IconShape, TextField};
use crate::sign_in::{problem_of, words_of};

/// The form. An administrator's.
///
/// # Styling
/// `.panel-form`, `.compare`.
#[component]
pub fn PlaceForm(
    /// What is known.
    connection: Connection,
) -> Element {
    let desk = use_desk();
    let office = use_context::<Office>();
    let server = connection.server.clone();
    let first = server.as_ref().map(|server| server.address.clone()).unwrap_or_default();
    let kept_pin = server.as_ref().and_then(|server| server.pin.clone());
    let (kept, pin_of) = (first.clone(), kept_pin.clone());
    let kept_here = kept.clone();
    let address = use_signal(move || first);
    let mut looked = use_signal(|| None::<(Looked, Option<String>)>);
    let mut is_asking = use_signal(|| false);
    let mut refusal = use_signal(|| None::<Refusal>);
    let test = use_callback(move |pin: Option<String>| {
        if is_asking() {
            return;
        }
        is_asking.set(true);
        refusal.set(None);
        looked.set(None);
        let look = Look { address: address.peek().clone(), pin: pin.clone() };
        spawn(async move {
            match desk.client().call(look).await {
                Ok(found) => looked.set(Some((found, pin))),
                Err(told) => {
                    refusal.set(Some(told));
                    browser::focus("#office-address");
                }
            }
            is_asking.set(false);
        });
    });
    let take = use_callback(move |choose: Choose| {
        spawn(async move {
            match desk.client().call(choose).await {
                Ok(connection) => {
                    looked.set(None);
                    office.take(desk, Ok(connection));
                    desk.say("The address of head office is kept.", Tone::Plain);
                    browser::after_drawing(|| {
                        browser::focus("#office-name");
                    });
                }
                Err(told) => refusal.set(Some(told)),
            }
        });
    });
    let told = refusal.read();
    let told = told.as_ref();
    let problem = problem_of(told, "address");
    let others = told.filter(|told| told.details.is_empty()).map(words_of).unwrap_or_default();
    let result = looked.read().clone();
    let is_good = result.as_ref().is_some_and(|(found, _)| found.trouble.is_none());
    let take_look = if is_good { "accent" } else { "plain" };
    let is_same = {
        let typed = address.read();
        typed.trim() == kept && !kept.is_empty()
    };
    rsx! {
        form { class: "panel-form office-place", "aria-label": "Where head office is",
            onsubmit: move |event: FormEvent| {
                event.prevent_default();
                // The key that is kept is that of the address that is kept.
                let is_kept = address.peek().trim() == kept_here;
                test(pin_of.clone().filter(|_| is_kept));
            },
            h2 { if server.is_some() { "Address" } else { "Where is head office?" } }
            div { class: "office-address",
                TextField { id: "office-address", label: "Address of head office", value: address, problem: "{problem}",
                    hint: "As head office gave it to you, such as deskops.example. Only encrypted lines are used." }
                button { r#type: "submit", class: "button", "data-look": if is_same { "plain" } else { "accent" },
                    disabled: is_asking(), "aria-busy": is_asking(),
                    Icon { shape: IconShape::Refresh }
                    span { if is_asking() { "Testing …" } else { "Test" } }
                }
            }
            div { class: "form-problem", role: "alert",
                if !others.is_empty() {
                    Icon { shape: IconShape::Warning }
                    span { "{others}" }
                }
            }
            if let Some((found, pin)) = result {
                LookTable { looked: found.clone() }
                if key_to_compare(&found).is_some() {
                    Compare { looked: found.clone(), on_compared: move |pin: String| test(Some(pin)) }
                }
                if may_be_taken(&found) && !(is_same && pin == kept_pin) {
                    div { class: "form-actions",
                        Button {
                            label: if is_good { "Use this address" } else { "Use it all the same" },
                            icon: IconShape::Check,
                            look: take_look,
                            onclick: move |()| take(Choose { address: found.address.clone(), pin: pin.clone() }),
                        }
                    }
                }
            }
        }
    }
}

/// The key that nobody vouches for: somebody compares it, and says so.
#[component]
fn Compare(looked: Looked, on_compared: EventHandler<String>) -> Element {
    let mut is_compared = use_signal(|| false);
    let Some(certificate) = key_to_compare(&looked) else { return rsx! {} };
    let pin = certificate.pin.clone();
    rsx! {
        fieldset { class: "compare",
            legend { "Do you know this key?" }
            p { "Ask head office by telephone for the key of its certificate, which its log tells at the start, and compare every group. A stranger in between shows another one." }
            p { class: "hash", id: "office-key", {grouped(&pin)} }
            CheckField { label: "I have compared this key with head office", checked: is_compared(),
                onchange: move |is_so| is_compared.set(is_so) }
            div { class: "form-actions",
                Button { label: "Trust this key and test again", icon: IconShape::Lock, disabled: !is_compared(),
                    onclick: move |()| on_compared.call(pin.clone()) }
            }
        }
    }
}
