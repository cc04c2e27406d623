//! What the page knows of head office, in one place for the header and the screen.

use deskops_domain::api::Refusal;
use deskops_domain::api::connection::{AskConnection, Connection, Greet, MOST_CLOCK_MS, Standing};
use dioxus::prelude::*;

use crate::browser;
use crate::desk::{Desk, use_desk};
use crate::parts::{Icon, IconShape};
use crate::place::Screen;

/// What is known; nothing in a browser, and before the first answer.
#[derive(Clone, Copy, PartialEq)]
pub struct Office {
    /// The answer to the last question.
    pub known: Signal<Option<Result<Connection, Refusal>>>,
}

impl Office {
    /// Takes an answer.
    pub fn take(mut self, desk: Desk, answer: Result<Connection, Refusal>) {
        let is_wrong = answer.as_ref().is_ok_and(is_clock_wrong);
        let was_wrong = self
            .known
            .peek()
            .as_ref()
            .is_some_and(|known| known.as_ref().is_ok_and(is_clock_wrong));
        self.known.set(Some(answer));
        if is_wrong || was_wrong {
            // The banner on every screen is told by the desk.
            spawn(async move { super::meet_again(desk).await });
        }
    }

    /// What is known, where something is.
    #[must_use]
    pub fn connection(&self) -> Option<Connection> {
        self.known.read().as_ref().and_then(|known| known.as_ref().ok().cloned())
    }
}

fn is_clock_wrong(connection: &Connection) -> bool {
    let ahead = connection.server.as_ref().and_then(|server| server.clock_ms);
    ahead.is_some_and(|ahead| ahead.abs() > MOST_CLOCK_MS)
}

/// Asks what is known, and then head office itself. Nothing waits for it.
pub fn use_office_provider(desk: Desk) {
    let office = use_context_provider(|| Office { known: Signal::new(None) });
    use_hook(move || {
        if browser::is_window() {
            spawn(ask(desk, office));
        }
    });
}

/// Asks what is known, and then head office itself.
pub async fn ask(desk: Desk, office: Office) {
    let known = desk.client().call(AskConnection {}).await;
    let is_to_be_asked = known.as_ref().is_ok_and(|known| known.server.is_some());
    office.take(desk, known);
    if is_to_be_asked {
        office.take(desk, desk.client().call(Greet {}).await);
    }
}

/// The words of the header: tone, what is said, what a mouse and a reader are told besides.
#[must_use]
pub fn said(connection: &Connection) -> (&'static str, IconShape, String, String) {
    let Some(server) = &connection.server else {
        let tip = "Records stay on this computer until an administrator says where head office is.";
        return ("plain", IconShape::CloudOff, "Not connected to head office".into(), tip.into());
    };
    let name = &server.name;
    match &connection.account {
        None => {
            let tip = format!("Nobody is signed in to {name} from this computer.");
            ("warn", IconShape::CloudOff, "Not signed in to head office".into(), tip)
        }
        Some(account) if account.standing != Standing::SignedIn => {
            let tip = format!("{} has to sign in to {name} again.", account.full_name);
            ("bad", IconShape::Warning, "Sign in to head office again".into(), tip)
        }
        Some(account) => match &connection.trouble {
            Some(trouble) => {
                let tip = format!("Signed in as {}. {}", account.user, trouble.message);
                ("warn", IconShape::CloudOff, "Head office does not answer".into(), tip)
            }
            None => {
                let said = format!("Signed in to {name} as {}", account.user);
                ("ok", IconShape::Check, said.clone(), said)
            }
        },
    }
}

/// The state of the connection in the header, and the way to its screen. Nothing in a browser.
///
/// # Styling
/// `.pill[data-tone]`, `.office-pill`.
#[component]
pub fn OfficePill() -> Element {
    let desk = use_desk();
    let office = use_context::<Office>();
    let Some(connection) = office.connection() else { return rsx! {} };
    let (tone, icon, words, tip) = said(&connection);
    let hash = desk.place.read().on(Screen::Connection).hash();
    rsx! {
        a { class: "pill office-pill", href: "#{hash}", "data-tone": tone, title: "{tip}",
            Icon { shape: icon }
            span { class: "office-words", "{words}" }
            if tip != words {
                span { class: "for-readers", ". {tip}" }
            }
        }
    }
}
