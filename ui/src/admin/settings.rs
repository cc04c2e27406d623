//! Settings and catalogues: a second menu of the lists, and the sheet of the one that is open.

use deskops_domain::access::Role;
use dioxus::prelude::*;

use crate::desk::use_desk;
use crate::everywhere::ChooseSite;
use crate::face::{Face, lists};
use crate::parts::alone;
use crate::parts::states::ReadOnly;
use crate::place::{EVERYWHERE, Screen};
use crate::sheet::ListScreen;

/// The lists, and one of them. Whoever may not change them is told so, whatever address they type.
///
/// # Styling
/// `.settings`, `.settings-kinds`.
#[component]
pub fn SettingsScreen(
    /// The name of what is listed.
    name: &'static str,
    /// The site.
    site: String,
) -> Element {
    let desk = use_desk();
    let is_admin = desk.session.read().role == Role::Admin;
    let all = use_hook(lists);
    let Some(face) = all.iter().find(|face| face.name == name).cloned() else { return rsx! {} };
    if !is_admin {
        let why =
            "Settings and lists are kept by an administrator. Ask one if something is missing.";
        return rsx! {
            div { class: "page", "data-screen": "settings",
                h1 { "{face.title}" }
                ReadOnly { why }
            }
        };
    }
    let code = desk.site().map_or("each site".to_owned(), |site| site.code);
    let (everywhere, here): (Vec<Face>, Vec<Face>) =
        all.into_iter().partition(|face| face.habit.is_global);
    // Each list has a screen of its own, so that nothing of one shows in another.
    let (is_of_site, day) = (!face.habit.is_global, desk.place.read().day);
    let sheet = alone(if is_of_site && site == EVERYWHERE {
        rsx! {
            ChooseSite { key: "{name}everywhere", screen: Screen::List(name), day }
        }
    } else {
        rsx! {
            ListScreen { key: "{name}{site}", face, site: site.clone() }
        }
    });
    rsx! {
        div { class: "settings",
            nav { class: "settings-kinds", "aria-label": "Settings", "data-region": "kinds",
                Kinds { title: "At {code}", faces: here, name }
                Kinds { title: "At every site", faces: everywhere, name }
            }
            {sheet}
        }
    }
}

#[component]
fn Kinds(title: String, faces: Vec<Face>, name: &'static str) -> Element {
    let desk = use_desk();
    let place = desk.place.read();
    let lines = faces.iter().map(|face| {
        let hash = place.on(Screen::List(face.name)).hash();
        (face.title, hash, face.name == name)
    });
    rsx! {
        div { class: "settings-group", role: "group", "aria-label": "{title}",
            p { class: "settings-title", "aria-hidden": "true", "{title}" }
            for (title , hash , is_here) in lines {
                a {
                    key: "{title}",
                    href: "#{hash}",
                    "aria-current": if is_here { Some("page") } else { None },
                    "{title}"
                }
            }
        }
    }
}
