//! The keys that work on every screen; what only a screen can do is handed to it.

use dioxus::prelude::*;
use futures_util::StreamExt as _;

use super::shortcuts;
use crate::browser;
use crate::desk::{Desk, Tone};
use crate::face::faces;
use crate::key::{self, Action, Scope};
use crate::place::Screen;

/// Hears the keys of the window for as long as the page lives.
pub fn use_keys(desk: Desk, toggle_menu: Callback<()>, is_typing_day: Signal<bool>) {
    let actions = use_coroutine(move |mut actions: UnboundedReceiver<Action>| async move {
        while let Some(action) = actions.next().await {
            act(desk, action, toggle_menu, is_typing_day);
        }
    });
    use_hook(move || {
        browser::count_keys();
        browser::hear_keys(move |press| {
            let found = key::find(Scope::Everywhere, &press);
            if let Some(action) = found {
                actions.send(action);
            }
            found.is_some()
        });
    });
}

fn act(desk: Desk, action: Action, toggle_menu: Callback<()>, mut is_typing_day: Signal<bool>) {
    let place = desk.place.peek().clone();
    match action {
        Action::ToggleSidebar => toggle_menu.call(()),
        Action::PreviousDay => desk.go(place.at(place.day.plus(-1))),
        Action::NextDay => desk.go(place.at(place.day.plus(1))),
        Action::GoToDate => {
            desk.leave();
            is_typing_day.set(true);
        }
        Action::ChooseSite => {
            desk.leave();
            browser::focus(&format!("#{}", super::site_switch::ID));
        }
        Action::GoToPage(number) => {
            if let Some(screen) = page(number) {
                desk.go(place.on(screen));
            }
        }
        Action::NextRegion => browser::focus_next_region(true),
        Action::PreviousRegion => browser::focus_next_region(false),
        Action::Shortcuts => browser::open_dialog(shortcuts::ID),
        other => {
            let ear = *desk.ear.peek();
            match (ear, other) {
                (Some(ear), _) => ear.act.call(other),
                (None, Action::SaveNow) => {
                    desk.say("Everything on this screen is saved here.", Tone::Plain)
                }
                (None, _) => {}
            }
        }
    }
}

/// The screen at this place of the menu, from 1.
fn page(number: u8) -> Option<Screen> {
    match number {
        0 => None,
        1 => Some(Screen::Dashboard),
        other => faces().get(usize::from(other) - 2)?.module().map(Screen::Module),
    }
}
