//! What else a chart can do: the table, its data on the clipboard, the whole width, typed days.

use deskops_domain::day::Day;
use dioxus::prelude::*;

use super::brush::ends;
use super::plot::Plot;
use super::tell::tsv;
use crate::browser;
use crate::desk::{Tone, use_desk};
use crate::parts::{Icon, IconShape};
use crate::typed_day;

/// The button `⋯` and what it opens.
///
/// # Styling
/// `.chart-menu`, `.menu-item`.
#[component]
pub fn ChartMenu(
    /// Id of the chart.
    id: &'static str,
    /// Title of the chart.
    title: &'static str,
    /// What it shows now.
    plot: Plot,
    /// Whether it is shown as a table.
    is_table: Signal<bool>,
    /// Whether it has the whole width.
    is_full: Signal<bool>,
    /// All its days, where it has days.
    days: Option<Vec<Day>>,
    /// The first and the last that are shown.
    brushed: Signal<Option<(usize, usize)>>,
) -> Element {
    let desk = use_desk();
    let (mut is_table, mut is_full) = (is_table, is_full);
    let menu = format!("{id}-menu");
    rsx! {
        button {
            r#type: "button",
            class: "icon-button chart-more",
            "aria-label": "More about {title}",
            title: "More",
            popovertarget: "{menu}",
            style: "anchor-name: --{menu}",
            Icon { shape: IconShape::More }
        }
        div { class: "chart-menu", id: "{menu}", popover: "auto", "aria-label": "{title}", role: "group", style: "position-anchor: --{menu}",
            Choice { menu: menu.clone(), label: if is_table() { "Show as chart" } else { "Show as table" }, keys: "T", on_choice: move |()| is_table.toggle() }
            Choice {
                menu: menu.clone(),
                label: "Copy data",
                keys: "",
                on_choice: move |()| {
                    browser::copy_text(&tsv(&plot));
                    desk.say(format!("{title}: {} lines are on the clipboard.", plot.slots.len()), Tone::Plain);
                },
            }
            Choice { menu: menu.clone(), label: if is_full() { "Half width" } else { "Full width" }, keys: "", on_choice: move |()| is_full.toggle() }
            if let Some(days) = days {
                TypedDays { id, days, brushed }
            }
        }
    }
}

#[component]
fn Choice(menu: String, label: String, keys: &'static str, on_choice: EventHandler<()>) -> Element {
    rsx! {
        button {
            r#type: "button",
            class: "menu-item",
            popovertarget: "{menu}",
            popovertargetaction: "hide",
            onclick: move |_| on_choice.call(()),
            span { "{label}" }
            if !keys.is_empty() {
                kbd { "{keys}" }
            }
        }
    }
}

/// The days as they can be typed, for who does not drag.
#[component]
fn TypedDays(id: &'static str, days: Vec<Day>, brushed: Signal<Option<(usize, usize)>>) -> Element {
    let mut brushed = brushed;
    let end = days.len().saturating_sub(1);
    let (first, last) = brushed().unwrap_or((0, end));
    let day = |at: usize| days.get(at).copied();
    let index = move |day: Day, start: Day| usize::try_from(day.since(start).max(0)).unwrap_or(0);
    let start = days.first().copied();
    rsx! {
        TypedEnd {
            label: "From",
            id: "{id}-from",
            value: day(first),
            on_day: move |day| {
                if let Some(start) = start {
                    brushed.set(ends(index(day, start), last, end));
                }
            },
        }
        TypedEnd {
            label: "To",
            id: "{id}-to",
            value: day(last),
            on_day: move |day| {
                if let Some(start) = start {
                    let at = index(day, start);
                    brushed.set(ends(first.min(at), at, end));
                }
            },
        }
    }
}

#[component]
fn TypedEnd(
    label: &'static str,
    id: String,
    value: Option<Day>,
    on_day: EventHandler<Day>,
) -> Element {
    let desk = use_desk();
    let mut problem = use_signal(|| None::<String>);
    let shown = value.map(|day| day.to_string()).unwrap_or_default();
    rsx! {
        label { class: "menu-day",
            span { class: "label-words", "{label}" }
            input {
                r#type: "text",
                class: "typed-day",
                id: "{id}",
                autocomplete: "off",
                title: typed_day::HINT,
                value: shown,
                "aria-invalid": problem.read().is_some(),
                "aria-describedby": problem.read().as_ref().map(|_| format!("{id}-problem")),
                onchange: move |event| {
                    match typed_day::read(&event.value(), desk.today()) {
                        Ok(day) => {
                            problem.set(None);
                            on_day.call(day);
                        }
                        Err(why) => problem.set(Some(why)),
                    }
                },
            }
        }
        if let Some(why) = problem.read().as_ref() {
            p { class: "menu-problem", id: "{id}-problem", role: "alert", "{why}" }
        }
    }
}
