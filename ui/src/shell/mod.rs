//! What stands around every screen: menu, header, the screen itself, status line, and the keys that work everywhere.

mod day_control;
mod header;
mod keys;
mod shortcuts;
mod sidebar;
mod status_line;
mod theme;

pub use sidebar::icon_of;

use deskops_domain::api::session::{Hello, Session};
use deskops_domain::choice::Module;
use dioxus::prelude::*;

use crate::browser;
use crate::client::Client;
use crate::dashboard::DashboardScreen;
use crate::desk::Desk;
use crate::place::{Place, Screen, View};
use crate::records::RecordsScreen;
use crate::sheet::{ProductionScreen, save_in_order};
use header::Header;
use shortcuts::Shortcuts;
use sidebar::Sidebar;
use status_line::StatusLine;

const KEPT_NAV: &str = "deskops.menu";
/// Below this the menu starts narrow.
const WIDE_WINDOW: u32 = 1024;

/// The frame around the screens of one session.
///
/// # Styling
/// `.shell[data-nav]` = `wide`, `narrow`.
#[component]
pub fn Shell(
    /// Who is there, on what, and when.
    session: Session,
) -> Element {
    let client = use_context::<Client>();
    let saving = use_coroutine(save_in_order);
    let desk = use_context_provider(|| Desk::open(&client, &session, saving));
    let is_wide = use_signal(|| match browser::kept(KEPT_NAV).as_deref() {
        Some("wide") => browser::window_width() >= WIDE_WINDOW,
        Some(_) => false,
        None => browser::window_width() >= WIDE_WINDOW,
    });
    let is_typing_day = use_signal(|| false);
    let toggle = use_callback(move |()| {
        let mut is_wide = is_wide;
        let wide = !*is_wide.peek();
        is_wide.set(wide);
        browser::keep(KEPT_NAV, if wide { "wide" } else { "narrow" });
    });
    keys::use_keys(desk, toggle, is_typing_day);
    use_address(desk);
    rsx! {
        div { class: "shell", "data-nav": if is_wide() { "wide" } else { "narrow" },
            a {
                class: "skip",
                href: "#work",
                onclick: move |event| {
                    event.prevent_default();
                    browser::focus("#work");
                },
                "Skip to the work"
            }
            Sidebar { is_wide: is_wide(), on_toggle: toggle }
            Header { is_typing_day, on_menu: toggle, on_keys: move |()| browser::open_dialog(shortcuts::ID) }
            main { class: "work", id: "work", tabindex: "-1", CurrentScreen {} }
            StatusLine {}
            Shortcuts {}
        }
    }
}

/// The screen of the place. Each day has a screen of its own, so that nothing of one day shows on another.
#[component]
fn CurrentScreen() -> Element {
    let place = use_context::<Desk>().place;
    let Place { screen, site, day, view } = place();
    match (screen, view) {
        (Screen::Dashboard, _) => rsx! {
            DashboardScreen { key: "{site}{day}", site: site.clone(), day }
        },
        (Screen::Module(Module::Production), View::Sheet) => rsx! {
            ProductionScreen { key: "{site}{day}", site: site.clone(), day }
        },
        (Screen::Module(module), _) => rsx! {
            RecordsScreen { key: "{module:?}{site}", module, site: site.clone(), day }
        },
    }
}

/// Follows the address, and learns the new day when somebody comes back to the window after midnight.
fn use_address(desk: Desk) {
    let news = use_coroutine(move |mut news: UnboundedReceiver<News>| async move {
        use futures_util::StreamExt as _;
        while let Some(told) = news.next().await {
            match told {
                News::Address => desk.follow_address(),
                News::Return => {
                    if let Ok(session) = desk.client().call(Hello {}).await {
                        let mut kept = desk.session;
                        if *kept.peek() != session {
                            kept.set(session);
                        }
                    }
                }
            }
        }
    });
    use_hook(move || {
        let place = desk.place.peek().clone();
        browser::set_hash(&place.hash());
        browser::hear_window(move || news.send(News::Address), move || news.send(News::Return));
    });
}

enum News {
    Address,
    Return,
}
