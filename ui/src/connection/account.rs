//! Who is signed in at head office from this computer: signing in, what holds, and the way out.

use deskops_domain::api::Refusal;
use deskops_domain::api::connection::{
    Account, ClockDifference, Connection, Forget, Greet, Left, SignInThere, SignOutThere, Standing,
};
use dioxus::prelude::*;

use super::office::Office;
use super::verdict::difference;
use crate::browser;
use crate::desk::{Desk, Tone, use_desk};
use crate::parts::{Button, Icon, IconShape, TextField};
use crate::sign_in::{problem_of, words_of};

/// Whether a sign-in holds.
pub fn holds(account: &Account) -> bool {
    account.standing == Standing::SignedIn
}

/// Name and password at head office.
///
/// # Styling
/// `.panel-form`.
#[component]
pub fn SignInCard(
    /// What is known.
    connection: Connection,
    /// Whether the address may be forgotten.
    is_admin: bool,
) -> Element {
    let desk = use_desk();
    let office = use_context::<Office>();
    let before = connection.account.clone();
    let last = before.as_ref().map(|account| account.user.clone()).unwrap_or_default();
    let name = use_signal(move || last);
    let mut password = use_signal(String::new);
    let mut is_asking = use_signal(|| false);
    let mut refusal = use_signal(|| None::<Refusal>);
    let submit = move |event: FormEvent| {
        event.prevent_default();
        if is_asking() {
            return;
        }
        is_asking.set(true);
        refusal.set(None);
        let ask = SignInThere { name: name.peek().clone(), password: password.peek().clone() };
        spawn(async move {
            let done = desk.client().call(ask).await;
            is_asking.set(false);
            password.set(String::new());
            match done {
                Ok(connection) => {
                    office.take(desk, Ok(connection));
                    desk.say("This computer is signed in to head office.", Tone::Plain);
                    browser::focus("#work");
                }
                Err(told) => {
                    refusal.set(Some(told));
                    browser::focus("#office-password");
                }
            }
        });
    };
    let server = connection.server.as_ref().map(|server| server.name.clone()).unwrap_or_default();
    let told = refusal.read();
    let told = told.as_ref();
    let others = told.filter(|told| told.details.is_empty()).map(words_of).unwrap_or_default();
    let why = match before.as_ref().map(|account| account.standing) {
        Some(Standing::NotKept) => Some(
            "This computer has no keyring: the sign-in ended with the last restart, and you will sign in again after the next.",
        ),
        Some(Standing::Ended) => Some("Head office has ended the last sign-in."),
        _ => None,
    };
    rsx! {
        form { class: "panel-form", onsubmit: submit, "aria-label": "Sign in to {server}",
            h2 { "Sign in to {server}" }
            if let Some(why) = why {
                p { class: "verdict", "data-tone": "warn",
                    Icon { shape: IconShape::Warning }
                    span { "{why} Records that wait are safe here." }
                }
            }
            InTheWay { connection: connection.clone() }
            div { class: "field-pair",
                TextField { id: "office-name", label: "Sign-in name at head office", value: name, autocomplete: "username",
                    hint: "It may be another one than on this computer." }
                TextField { id: "office-password", label: "Password at head office", kind: "password", value: password,
                    autocomplete: "current-password", problem: problem_of(told, "password") }
            }
            div { class: "form-problem", role: "alert",
                if !others.is_empty() {
                    Icon { shape: IconShape::Warning }
                    span { "{others}" }
                }
            }
            div { class: "form-actions",
                if is_admin {
                    Button { label: "Forget head office", icon: IconShape::Bin, look: "quiet", onclick: move |()| forget(desk, office) }
                }
                button { r#type: "submit", class: "button", "data-look": "accent", disabled: is_asking(), "aria-busy": is_asking(),
                    span { if is_asking() { "Signing in …" } else { "Sign in" } }
                }
            }
        }
    }
}

/// Who is signed in, since when, and when head office answered last.
///
/// # Styling
/// `.panel-form`, `.office-facts`.
#[component]
pub fn AccountCard(
    /// What is known.
    connection: Connection,
    /// Whether the address may be forgotten.
    is_admin: bool,
) -> Element {
    let desk = use_desk();
    let office = use_context::<Office>();
    let mut is_asking = use_signal(|| false);
    let (Some(server), Some(account)) = (&connection.server, &connection.account) else {
        return rsx! {};
    };
    let at = |moment| format!("{}, {}", desk.local_day(moment), desk.clock(moment));
    let contact = server.last_contact.map_or("Not yet".to_owned(), at);
    let clock = server.clock_ms.map_or("Not known yet".to_owned(), |ahead_ms| {
        difference(ClockDifference { ahead_ms, within_ms: 1_000 })
    });
    let kept = if connection.has_keyring {
        "In the keyring of this computer"
    } else {
        "Until DeskOps is closed: this computer has no keyring"
    };
    let trusted = match &server.pin {
        Some(_) => "By the key that was compared",
        None if server.address.starts_with("http:") => "It is this computer itself",
        None => "By who vouches for its certificate",
    };
    let version = server.version.clone().unwrap_or_else(|| "not known yet".into());
    let facts = [
        ("Server", format!("{} (DeskOps {version})", server.address)),
        ("Signed in as", format!("{} ({})", account.full_name, account.user)),
        ("Since", at(account.since)),
        ("Last contact", contact),
        ("Clock", clock),
        ("Sign-in is kept", kept.to_owned()),
        ("Trusted", trusted.to_owned()),
    ];
    let greet = move |()| {
        if is_asking() {
            return;
        }
        is_asking.set(true);
        spawn(async move {
            let answer = desk.client().call(Greet {}).await;
            is_asking.set(false);
            office.take(desk, answer);
        });
    };
    rsx! {
        section { class: "panel-form", "aria-labelledby": "office-signed-in",
            h2 { id: "office-signed-in", "Signed in to {server.name}" }
            InTheWay { connection: connection.clone() }
            dl { class: "office-facts",
                for (what , found) in facts {
                    div { key: "{what}",
                        dt { "{what}" }
                        dd { "{found}" }
                    }
                }
            }
            div { class: "form-actions",
                if is_admin {
                    Button { label: "Forget head office", icon: IconShape::Bin, look: "quiet", onclick: move |()| forget(desk, office) }
                }
                Button { label: "Sign out of head office", icon: IconShape::Dispatch, onclick: move |()| sign_out(desk, office) }
                Button { label: if is_asking() { "Asking …" } else { "Ask now" }, icon: IconShape::Refresh, disabled: is_asking(), onclick: greet }
            }
        }
    }
}

/// What was in the way when head office was asked last.
#[component]
fn InTheWay(connection: Connection) -> Element {
    rsx! {
        div { role: "status",
            if let Some(trouble) = &connection.trouble {
                p { class: "verdict look-trouble", "data-tone": "bad",
                    Icon { shape: IconShape::CloudOff }
                    span { strong { "{trouble.message}" } " {trouble.hint}" }
                }
            }
        }
    }
}

fn sign_out(desk: Desk, office: Office) {
    spawn(async move { left(desk, office, desk.client().call(SignOutThere {}).await) });
}

fn forget(desk: Desk, office: Office) {
    spawn(async move { left(desk, office, desk.client().call(Forget {}).await) });
}

/// Says what became of it: a session that head office was not told of goes on there.
fn left(desk: Desk, office: Office, done: Result<Left, Refusal>) {
    match done {
        Ok(left) => {
            office.take(desk, Ok(left.connection));
            match left.untold {
                None => desk.say("This computer is signed out of head office.", Tone::Plain),
                Some(why) => desk.say(
                    format!("Signed out here, but not everything could be ended: {why} An administrator at head office can end the device."),
                    Tone::Warn,
                ),
            }
        }
        Err(refusal) => desk.say(words_of(&refusal), Tone::Warn),
    }
}
