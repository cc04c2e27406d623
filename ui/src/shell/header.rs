//! The header: which site, which day, what is still to be sent, the theme, who is there.

use dioxus::prelude::*;

use super::day_control::DayControl;
use super::site_switch::SiteSwitch;
use super::theme::ThemeToggle;
use super::user_menu::UserMenu;
use crate::browser;
use crate::connection::OfficePill;
use crate::desk::use_desk;
use crate::parts::{Icon, IconButton, IconShape};
use crate::words;

/// The 56 px on top of every screen.
///
/// # Styling
/// `.header`, `.pill[data-tone]`.
#[component]
pub fn Header(
    /// Whether a date is being typed.
    is_typing_day: Signal<bool>,
    /// Shows or hides the menu.
    on_menu: EventHandler<()>,
    /// Shows the keys of this screen.
    on_keys: EventHandler<()>,
) -> Element {
    rsx! {
        header { class: "header", "data-region": "header",
            span { class: "menu-button",
                IconButton { label: "Menu", icon: IconShape::Rows, keys: "Ctrl+B", onclick: on_menu }
            }
            SiteSwitch {}
            DayControl { is_typing: is_typing_day }
            span { class: "header-gap" }
            // In a browser the page comes from head office itself: nothing has to be sent.
            if browser::is_window() {
                SendPill {}
            }
            OfficePill {}
            IconButton { label: "Keys of this screen", icon: IconShape::Keyboard, keys: "F1", onclick: on_keys }
            ThemeToggle {}
            UserMenu {}
        }
    }
}

/// How many records are only on this computer. It never goes away while there are any.
#[component]
fn SendPill() -> Element {
    let desk = use_desk();
    let unsent = (desk.counts.unsent)();
    let (tone, said, tip) = if unsent == 0 {
        (
            "plain",
            "Nothing to send".to_owned(),
            "Every record on this computer is at head office, or there is none yet.",
        )
    } else {
        (
            "warn",
            format!("{} waiting", words::count(unsent)),
            "On this computer only. This version does not send them yet.",
        )
    };
    rsx! {
        span { class: "pill", role: "status", "data-tone": tone, title: tip,
            Icon { shape: if unsent == 0 { IconShape::Check } else { IconShape::Disk } }
            "{said}"
            span { class: "for-readers", ". {tip}" }
        }
    }
}
