//! The day: back, on, or typed.

use dioxus::prelude::*;

use crate::browser;
use crate::desk::use_desk;
use crate::parts::{IconButton, IconShape};
use crate::typed_day;

/// `‹ Sun 22 Nov 2026 ›`, which turns into an input for a typed date.
///
/// # Styling
/// `.day-control`, `.day-words`, `.day-input`, `.day-problem`.
#[component]
pub fn DayControl(
    /// Whether a date is being typed.
    is_typing: Signal<bool>,
) -> Element {
    let desk = use_desk();
    let mut is_typing = is_typing;
    let day = desk.place.read().day;
    let is_today = day >= desk.today();
    let go = move |days: i64| {
        let place = desk.place.peek().clone();
        desk.go(place.at(place.day.plus(days)));
    };
    rsx! {
        div { class: "day-control", role: "group", "aria-label": "Day",
            IconButton { label: "Day before", icon: IconShape::ChevronBack, keys: "Alt+Left", onclick: move |()| go(-1) }
            if is_typing() {
                TypedDay { is_typing }
            } else {
                button {
                    r#type: "button",
                    class: "day-words",
                    title: "Go to a date (Ctrl+G)",
                    onclick: move |_| is_typing.set(true),
                    span { class: "day-long", "{day.long()}" }
                    if is_today {
                        span { class: "day-today", "today" }
                    }
                }
            }
            IconButton { label: "Day after", icon: IconShape::ChevronOn, keys: "Alt+Right", disabled: is_today, onclick: move |()| go(1) }
        }
    }
}

#[component]
fn TypedDay(is_typing: Signal<bool>) -> Element {
    let desk = use_desk();
    let mut is_typing = is_typing;
    let mut text = use_signal(String::new);
    let mut problem = use_signal(|| None::<String>);
    // The sheet or list of the screen has the focus again; a day that is opened takes it by itself.
    let mut close = move || {
        browser::focus("#work [role='grid'] [tabindex='0'], #work [data-autofocus], #work");
        is_typing.set(false);
    };
    let on_key = move |event: KeyboardEvent| match event.key() {
        Key::Enter => {
            event.prevent_default();
            match typed_day::read(&text.peek(), desk.today()) {
                Ok(day) => {
                    let place = desk.place.peek().clone();
                    if place.day == day {
                        close()
                    } else {
                        is_typing.set(false)
                    }
                    desk.go(place.at(day));
                }
                Err(why) => problem.set(Some(why)),
            }
        }
        Key::Escape => {
            event.prevent_default();
            close();
        }
        _ => {}
    };
    rsx! {
        span { class: "day-input",
            input {
                r#type: "text",
                id: "typed-day",
                "aria-label": "Go to date: {typed_day::HINT}",
                "aria-invalid": problem.read().is_some(),
                "aria-describedby": "typed-day-words",
                autocomplete: "off",
                placeholder: "22, 22/11, y, t",
                value: "{text}",
                onmounted: move |event| async move {
                    let _ = event.set_focus(true).await;
                },
                oninput: move |event| {
                    text.set(event.value());
                    problem.set(None);
                },
                onkeydown: on_key,
                onblur: move |_| is_typing.set(false),
            }
            span { class: "day-problem", id: "typed-day-words", role: "status",
                if let Some(why) = problem.read().as_ref() { "{why}" } else { "Type {typed_day::HINT}, then Enter." }
            }
        }
    }
}
