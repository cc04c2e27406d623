//! Who is there: name and role, one's own password, and the way out.

use deskops_domain::choice::Choices as _;
use dioxus::prelude::*;
use futures_channel::oneshot;

use crate::browser;
use crate::desk::{Desk, Tone, use_desk};
use crate::parts::{Button, Icon, IconShape};
use crate::sheet::Job;
use crate::sign_in::CHANGE_PASSWORD;

const ID: &str = "user-menu";

/// The button with the user's name, and its menu. The browser opens and closes it, with Esc too.
///
/// # Styling
/// `.who`, `.user-menu`.
#[component]
pub fn UserMenu() -> Element {
    let desk = use_desk();
    let session = desk.session.read();
    let (name, full_name, role) =
        (session.user.clone(), session.full_name.clone(), session.role.label());
    rsx! {
        button { r#type: "button", class: "button who", "data-look": "quiet", "popovertarget": ID, title: "Signed in as {name}",
            Icon { shape: IconShape::User }
            span { class: "who-name", "{full_name}" }
            span { class: "for-readers", ", {role}. User menu" }
        }
        div { id: ID, class: "user-menu", "popover": "auto",
            p { class: "user-name", "{full_name}" }
            p { class: "muted", "{name} · {role}" }
            Button {
                label: "Change password",
                icon: IconShape::Lock,
                look: "quiet",
                onclick: |()| {
                    browser::close_popover(ID);
                    browser::open_dialog(CHANGE_PASSWORD);
                },
            }
            Button { label: "Sign out", icon: IconShape::Dispatch, look: "quiet", onclick: move |()| sign_out(desk) }
        }
    }
}

/// Ends the session once everything that was typed is saved, and starts the page anew.
fn sign_out(desk: Desk) {
    browser::close_popover(ID);
    desk.leave();
    spawn(async move {
        let (tell, saved) = oneshot::channel();
        desk.saving.send(Job::Reached(tell));
        // The queue lives as long as the page.
        let _ = saved.await;
        let n_unsaved = desk.counts.unsaved.peek().len();
        if n_unsaved > 0 {
            let told = "Rows are not saved yet. Wait until they are, or mend or delete them, then sign out.";
            desk.say(told, Tone::Warn);
            return;
        }
        desk.client().sign_out().await;
        // Whoever signs in next begins where they were, and not where this user was.
        browser::set_hash("/");
        browser::reload();
    });
}
