//! The menu: only screens that exist, and what is known about the day of each.

use deskops_domain::access::Role;
use deskops_domain::choice::Module;
use dioxus::prelude::*;

use crate::browser;
use crate::desk::{Dot, use_desk};
use crate::face::{faces, lists, notes};
use crate::parts::{Icon, IconButton, IconShape};
use crate::place::Screen;

/// The menu. Each screen is a link, so that it can be copied and opened by its address.
///
/// # Styling
/// `.sidebar`, `.nav-item[aria-current]`, `.dot[data-dot]`.
#[component]
pub fn Sidebar(
    /// Whether words stand beside the icons.
    is_wide: bool,
    /// Makes it wide or narrow.
    on_toggle: EventHandler<()>,
    /// A screen was chosen.
    on_choice: EventHandler<()>,
) -> Element {
    let is_admin = use_desk().session.read().role == Role::Admin;
    let modules = use_hook(|| {
        faces().iter().filter_map(|face| Some((face.module()?, face.title))).collect::<Vec<_>>()
    });
    let first_list =
        use_hook(|| lists().first().map_or(Screen::Dashboard, |face| Screen::List(face.name)));
    let daily =
        modules.iter().map(|(module, title)| (Screen::Module(*module), *title, icon_of(*module)));
    rsx! {
        nav { class: "sidebar", "aria-label": "Screens", "data-region": "sidebar",
            div { class: "brand",
                span { class: "brand-mark", "aria-hidden": "true", "D" }
                span { class: "nav-words", "DeskOps" }
            }
            Group { title: "Overview", is_wide,
                Item { screen: Screen::Dashboard, title: "Dashboard", icon: IconShape::Home, keys: "Ctrl+1", on_choice }
                Item { screen: Screen::Completeness, title: "Completeness", icon: IconShape::Board, keys: "", on_choice }
            }
            Group { title: "Daily work", is_wide,
                for (i , (screen , title , icon)) in daily.enumerate() {
                    Item { key: "{title}", screen, title, icon, keys: "Ctrl+{i + 2}", on_choice }
                }
            }
            Group { title: "Recycling", is_wide,
                for face in notes() {
                    Item { key: "{face.name}", screen: Screen::Note(face.name), title: face.title, icon: IconShape::Refresh, keys: "", on_choice }
                }
                Item { screen: Screen::Balance, title: "Mass balance", icon: IconShape::Check, keys: "", on_choice }
            }
            // In a browser the page comes from head office itself.
            if browser::is_window() {
                Group { title: "Office", is_wide,
                    Item { screen: Screen::Connection, title: "Head office", icon: IconShape::Link, keys: "", on_choice }
                }
            }
            if is_admin {
                Group { title: "Administration", is_wide,
                    Item { screen: first_list, title: "Settings", icon: IconShape::Rows, keys: "", on_choice }
                    Item { screen: Screen::Users, title: "Users", icon: IconShape::User, keys: "", on_choice }
                    Item { screen: Screen::Devices, title: "Devices", icon: IconShape::Monitor, keys: "", on_choice }
                    Item { screen: Screen::Security, title: "Security", icon: IconShape::Shield, keys: "", on_choice }
                }
            }
            div { class: "nav-foot",
                IconButton {
                    label: if is_wide { "Make the menu narrow" } else { "Make the menu wide" },
                    icon: if is_wide { IconShape::ChevronBack } else { IconShape::ChevronOn },
                    keys: "Ctrl+B",
                    onclick: on_toggle,
                }
            }
        }
    }
}

#[component]
fn Group(title: &'static str, is_wide: bool, children: Element) -> Element {
    rsx! {
        div { class: "nav-group", role: "group", "aria-label": title,
            if is_wide {
                p { class: "nav-title", "aria-hidden": "true", "{title}" }
            }
            {children}
        }
    }
}

#[component]
fn Item(
    screen: Screen,
    title: &'static str,
    icon: IconShape,
    keys: String,
    on_choice: EventHandler<()>,
) -> Element {
    let desk = use_desk();
    let place = desk.place.read();
    let target = place.on(screen);
    // All lists are one entry here; the second menu parts them.
    let is_here = place.screen == screen
        || matches!((place.screen, screen), (Screen::List(_), Screen::List(_)));
    let dot = if let Screen::Module(module) = screen {
        desk.dots.read().get(&module).copied()
    } else {
        None
    };
    let words = dot.map(|dot| format!(", {}", dot.words())).unwrap_or_default();
    let keys = if keys.is_empty() { keys } else { format!(" ({keys})") };
    let tip = format!("{title}{words}{keys}");
    rsx! {
        a {
            class: "nav-item",
            href: "#{target.hash()}",
            title: tip,
            onclick: move |_| on_choice.call(()),
            "aria-label": "{title}{words}",
            "aria-current": if is_here { Some("page") } else { None },
            Icon { shape: icon }
            span { class: "nav-words", "{title}" }
            if let Some(dot) = dot {
                DayDot { dot }
            }
        }
    }
}

#[component]
fn DayDot(dot: Dot) -> Element {
    rsx! {
        span { class: "dot", "data-dot": dot.name(), "aria-hidden": "true", title: dot.words() }
    }
}

/// The icon of a module.
#[must_use]
pub fn icon_of(module: Module) -> IconShape {
    match module {
        Module::Production => IconShape::Production,
        Module::Dispatch => IconShape::Dispatch,
        Module::Received => IconShape::Received,
        Module::Equipment => IconShape::Equipment,
        Module::Manpower => IconShape::Manpower,
        Module::Inventory => IconShape::Inventory,
    }
}
