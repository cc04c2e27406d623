//! What stands around every screen: menu, header, the screen itself, status line, and the keys that work everywhere.

mod cascade;
mod day_control;
mod header;
mod keys;
mod not_saved;
mod shortcuts;
mod sidebar;
mod site_switch;
mod status_line;
mod theme;
mod user_menu;

pub use sidebar::icon_of;
pub use theme::ThemeToggle;

use deskops_domain::api::session::{Hello, Session};
use deskops_domain::choice::Choices as _;
use dioxus::prelude::*;

use crate::admin::{DevicesScreen, SecurityScreen, SettingsScreen, UsersScreen};
use crate::balance::BalanceScreen;
use crate::browser;
use crate::client::Client;
use crate::completeness::CompletenessScreen;
use crate::connection::{ConnectionScreen, use_office_provider};
use crate::dashboard::DashboardScreen;
use crate::desk::Desk;
use crate::everywhere::ChooseSite;
use crate::face::{face, notes};
use crate::fresh::use_news;
use crate::parts::alone;
use crate::place::{EVERYWHERE, Place, Screen, View};
use crate::records::RecordsScreen;
use crate::sheet::{Counts, ModuleScreen, save_in_order};
use crate::sign_in::ChangePasswordDialog;
use cascade::CascadeQuestion;
use header::Header;
use not_saved::NotSaved;
use shortcuts::Shortcuts;
use sidebar::Sidebar;
use status_line::StatusLine;

const KEPT_NAV: &str = "deskops.menu";
/// Below this the menu starts narrow.
const WIDE_WINDOW: u32 = 1024;
/// Below this the menu lies over the screen.
const OVERLAID_WINDOW: u32 = 800;

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
    let counts = Counts {
        unsent: use_signal(|| session.unsent),
        unsaved: use_signal(Vec::new),
        lists: use_signal(|| 0),
        question: use_signal(|| None),
    };
    let saver = client.clone();
    let saving = use_coroutine(move |jobs| save_in_order(saver.clone(), counts, jobs));
    let desk = use_context_provider(|| Desk::open(&client, &session, counts, saving));
    use_office_provider(desk);
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
    use_window(desk, is_wide);
    use_catalogue(desk);
    use_news(desk);
    // Where the menu lies over the screen, it goes away with the choice.
    let chosen = use_callback(move |()| {
        let mut is_wide = is_wide;
        if browser::window_width() < OVERLAID_WINDOW {
            is_wide.set(false);
        }
    });
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
            Sidebar { is_wide: is_wide(), on_toggle: toggle, on_choice: chosen }
            Header { is_typing_day, on_menu: toggle, on_keys: move |()| browser::open_dialog(shortcuts::ID) }
            div { class: "alerts",
                NotSaved {}
                Notices {}
            }
            main { class: "work", id: "work", tabindex: "-1", CurrentScreen {} }
            StatusLine {}
            Shortcuts {}
            CascadeQuestion {}
            ChangePasswordDialog {}
        }
    }
}

/// What is wrong with the computer itself. It stays until it is put right.
///
/// # Styling
/// `.notices`.
#[component]
fn Notices() -> Element {
    let session = use_context::<Desk>().session;
    let notices = session.read().notices.clone();
    rsx! {
        div { class: "notices", role: "status",
            for notice in notices {
                p { key: "{notice}", "{notice}" }
            }
        }
    }
}

/// The screen of the place. Each day has a screen of its own, so that nothing of one day shows on another.
#[component]
fn CurrentScreen() -> Element {
    let place = use_context::<Desk>().place;
    use_effect(move || browser::set_title(&place.read().title()));
    let Place { screen, site, day, view, only } = place();
    // The rows of a figure are those of its day; all records are the same on every day.
    let rows = only.as_ref().map(|only| format!("{day}{}", only.what)).unwrap_or_default();
    let shown = match (screen, view) {
        (Screen::Dashboard, _) => rsx! {
            DashboardScreen { key: "dashboard{site}{day}", site: site.clone(), day }
        },
        (Screen::Users, _) => rsx! {
            UsersScreen {}
        },
        (Screen::Devices, _) => rsx! {
            DevicesScreen {}
        },
        (Screen::Security, _) => rsx! {
            SecurityScreen {}
        },
        (Screen::Completeness, _) => rsx! {
            CompletenessScreen { day }
        },
        (Screen::Module(_) | Screen::Note(_) | Screen::Balance, _) if site == EVERYWHERE => rsx! {
            ChooseSite { key: "{screen:?}{day}", screen, day }
        },
        (Screen::Connection, _) => rsx! {
            ConnectionScreen {}
        },
        (Screen::Balance, _) => rsx! {
            BalanceScreen { key: "balance{site}{day}", site: site.clone(), day }
        },
        (Screen::Note(name), _) => {
            let face = notes().into_iter().find(|face| face.name == name);
            rsx! {
                if let Some(face) = face {
                    ModuleScreen { key: "{name}{site}{day}", face, site: site.clone(), day }
                }
            }
        }
        (Screen::List(name), _) => rsx! {
            SettingsScreen { name, site: site.clone() }
        },
        (Screen::Module(module), View::Sheet) => rsx! {
            ModuleScreen { key: "{module.code()}{site}{day}", face: face(module), site: site.clone(), day }
        },
        (Screen::Module(module), _) => rsx! {
            RecordsScreen { key: "{module:?}{site}{rows}", module, site: site.clone(), day, only }
        },
    };
    alone(shown)
}

/// Asks anew who is there, on what, when, and what can be picked.
pub(crate) async fn meet_again(desk: Desk) {
    if let Ok(welcome) = desk.client().call(Hello {}).await
        && let Some(session) = welcome.session
    {
        let mut kept = desk.session;
        if *kept.peek() != session {
            kept.set(session);
        }
    }
}

/// What was changed in a catalogue can be picked as soon as everything typed with it is saved.
fn use_catalogue(desk: Desk) {
    let lists = desk.counts.lists;
    use_effect(move || {
        let turn = lists();
        if turn == 0 {
            return;
        }
        spawn(async move {
            desk.reached().await;
            if *lists.peek() == turn {
                meet_again(desk).await;
            }
        });
    });
}

/// Follows the address and the width of the window, and learns the new day when somebody comes back to the window after midnight.
fn use_window(desk: Desk, is_wide: Signal<bool>) {
    let news = use_coroutine(move |mut news: UnboundedReceiver<News>| async move {
        use futures_util::StreamExt as _;
        while let Some(told) = news.next().await {
            match told {
                News::Address => desk.follow_address(),
                News::Narrow => {
                    let mut is_wide = is_wide;
                    is_wide.set(false);
                }
                News::Return => meet_again(desk).await,
            }
        }
    });
    use_hook(move || {
        let place = desk.place.peek().clone();
        browser::set_hash(&place.hash());
        browser::hear_window(move || news.send(News::Address), move || news.send(News::Return));
        browser::hear_narrow(WIDE_WINDOW, move || news.send(News::Narrow));
    });
}

enum News {
    Address,
    Return,
    Narrow,
}
