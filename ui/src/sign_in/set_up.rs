//! The first start: which site this is, then who looks after DeskOps.

use deskops_domain::account::person_problems;
use deskops_domain::api::session::{NewPerson, SetUp, Starting};
use deskops_domain::api::{Code, Refusal};
use deskops_domain::problem::Problems;
use dioxus::prelude::*;

use super::screen::{Brand, DoorFoot};
use super::site_form::{SiteForm, Typed};
use super::{FIRST_WRONG, go_on, problem_of, words_of};
use crate::browser;
use crate::client::Client;
use crate::parts::{Button, Icon, IconShape, TextField};

/// The two steps of the set-up.
///
/// # Styling
/// `.door`, `.door-card`, `.set-up-form`.
#[component]
pub fn SetUpScreen(
    /// What it starts from.
    starting: Starting,
    /// It is done, and the administrator is signed in.
    on_done: EventHandler<()>,
) -> Element {
    let client = use_context::<Client>();
    let typed = Typed::of(&starting.site);
    let full_name = use_signal(String::new);
    let name = use_signal(String::new);
    let password = use_signal(String::new);
    let again = use_signal(String::new);
    let mut is_second = use_signal(|| false);
    let mut is_asking = use_signal(|| false);
    let mut refusal = use_signal(|| None::<Refusal>);
    use_effect(|| browser::set_title("Set up · DeskOps"));
    use_effect(move || {
        browser::focus(if is_second() { "#full-name" } else { "#site-code" });
    });
    use_effect(move || {
        if refusal.read().is_some() {
            browser::focus(FIRST_WRONG);
        }
    });
    let zones = starting.zones.clone();
    let submit = move |event: FormEvent| {
        event.prevent_default();
        if is_asking() {
            return;
        }
        let site = match typed.read(&zones) {
            Ok(site) => site,
            Err(problems) => {
                refusal.set(Some(named("site", problems)));
                is_second.set(false);
                return;
            }
        };
        if !is_second() {
            refusal.set(None);
            is_second.set(true);
            return;
        }
        let administrator = NewPerson {
            name: name.peek().clone(),
            full_name: full_name.peek().clone(),
            password: password.peek().clone(),
        };
        let found = person_problems(&administrator);
        if !found.is_empty() {
            refusal.set(Some(named("administrator", found)));
            return;
        }
        if *again.peek() != *password.peek() {
            let told = "This is not the same password.";
            refusal.set(Some(Refusal::one("again", "E-PASSWORD", told)));
            return;
        }
        let client = client.clone();
        is_asking.set(true);
        refusal.set(None);
        spawn(async move {
            let done = client.call(SetUp { site, administrator }).await;
            is_asking.set(false);
            match done {
                Ok(signed_in) => {
                    go_on(&signed_in);
                    on_done.call(());
                }
                Err(told) => {
                    let is_of_site = told.details.iter().any(|each| each.path.starts_with("site."));
                    is_second.set(!is_of_site);
                    refusal.set(Some(told));
                }
            }
        });
    };
    let told = refusal.read();
    let told = told.as_ref();
    let others = told.filter(|told| told.code != Code::ValidationError).map(words_of);
    let step =
        if is_second() { "Step 2 of 2: the administrator" } else { "Step 1 of 2: your site" };
    rsx! {
        main { class: "door", "data-screen": "set-up",
            div { class: "door-card",
                Brand {}
                h1 { "Set up DeskOps" }
                p { class: "muted", "{step}" }
                form { class: "set-up-form", onsubmit: submit, novalidate: true,
                    if is_second() {
                        TextField { id: "full-name", label: "Full name", value: full_name, autocomplete: "name",
                            hint: "As it stands in lists.", problem: problem_of(told, "administrator.fullName") }
                        TextField { id: "name", label: "Sign-in name", value: name, autocomplete: "username",
                            hint: "One word. It stands in every record that you enter, and never changes.",
                            problem: problem_of(told, "administrator.name") }
                        TextField { id: "password", label: "Password or PIN", kind: "password", value: password, autocomplete: "new-password",
                            hint: "At least 8 characters, or 6 digits.", problem: problem_of(told, "administrator.password") }
                        TextField { id: "again", label: "The same once more", kind: "password", value: again, autocomplete: "new-password",
                            problem: problem_of(told, "again") }
                    } else {
                        SiteForm { typed, zones: starting.zones.clone(), refusal: told.cloned() }
                    }
                    div { class: "form-problem", role: "alert",
                        if let Some(told) = others {
                            Icon { shape: IconShape::Warning }
                            span { "{told}" }
                        }
                    }
                    div { class: "form-actions",
                        if is_second() {
                            Button { label: "Back", onclick: move |()| is_second.set(false) }
                        }
                        button { r#type: "submit", class: "button", "data-look": "accent", disabled: is_asking(),
                            span { if is_second() { "Start DeskOps" } else { "Next" } }
                        }
                    }
                }
            }
            DoorFoot { version: env!("CARGO_PKG_VERSION") }
        }
    }
}

/// Problems as the core would tell them.
fn named(part: &str, problems: Problems) -> Refusal {
    let problems = problems.0.into_iter().map(|mut problem| {
        problem.path = format!("{part}.{}", problem.path);
        problem
    });
    Refusal::invalid(Problems(problems.collect()))
}
