//! Which site is shown: a list to type into, with every site at once for whoever reaches several.

use deskops_domain::day::Day;
use dioxus::prelude::*;

use crate::browser;
use crate::desk::{Desk, use_desk};
use crate::fitting::fitting;
use crate::parts::{Icon, IconShape};
use crate::place::EVERYWHERE;

/// Of the input.
pub(super) const ID: &str = "site";
const LIST: &str = "site-list";
/// What stands for every site.
const EVERY_SITE: &str = "All sites";

/// A line of the list.
#[derive(Debug, Clone, PartialEq)]
struct Line {
    site: String,
    code: String,
    name: String,
    /// The day that it is there, where it is another than at the latest of the sites.
    today: Option<Day>,
}

/// The sites within reach, with all of them first.
fn lines(desk: Desk) -> Vec<Line> {
    let session = desk.session.read();
    let latest = session.today.iter().map(|day| day.today).max();
    let sites = session.catalogue.sites.iter().filter_map(|site| {
        let today = session.today.iter().find(|day| day.site_id == site.id)?.today;
        Some(Line {
            site: site.id.clone(),
            code: site.code.clone(),
            name: site.name.clone(),
            today: Some(today).filter(|today| Some(*today) != latest),
        })
    });
    let every = Line {
        site: EVERYWHERE.into(),
        code: EVERY_SITE.into(),
        name: "side by side".into(),
        today: None,
    };
    std::iter::once(every).chain(sites).collect()
}

/// The site of the header. Who reaches one alone is told which; there is nothing to choose.
///
/// # Styling
/// `.site-switch`, `.site-list`, `.site-line[aria-selected]`.
#[component]
pub fn SiteSwitch() -> Element {
    let desk = use_desk();
    let lines = use_memo(move || lines(desk));
    let here = desk.place.read().site.clone();
    let known = lines.read();
    let Some(shown) = known.iter().find(|line| line.site == here) else { return rsx! {} };
    let (code, name) = (shown.code.clone(), shown.name.clone());
    if known.len() <= 2 {
        return rsx! {
            span { class: "site-switch", "data-only": "true", title: "{name}",
                span { class: "label-words", "Site" }
                strong { "{code}" }
            }
        };
    }
    rsx! {
        div { class: "site-switch",
            label { class: "label-words", r#for: ID, "Site" }
            SiteInput { lines, code }
        }
    }
}

#[component]
fn SiteInput(lines: Memo<Vec<Line>>, code: String) -> Element {
    let desk = use_desk();
    // What is typed; none while nobody chooses.
    let mut typed = use_signal(|| None::<String>);
    let mut is_open = use_signal(|| false);
    let mut at = use_signal(|| 0_usize);
    let fits = use_memo(move || {
        let lines = lines.read();
        let names = lines.iter().map(|line| [line.code.as_str(), line.name.as_str()]);
        fitting(names, typed.read().as_deref().unwrap_or_default())
    });
    let mut close = move || {
        is_open.set(false);
        typed.set(None);
        at.set(0);
    };
    let mut choose = move |line_idx: usize| {
        let line = fits.peek().get(line_idx).and_then(|at| lines.peek().get(*at).cloned());
        if let Some(line) = line {
            close();
            let place = desk.place.peek().at_site(&line.site);
            desk.go(place);
            browser::focus("#work");
        }
    };
    let on_key = move |event: KeyboardEvent| {
        let count = fits.peek().len();
        match event.key() {
            Key::ArrowDown | Key::ArrowUp if !is_open() => is_open.set(true),
            Key::ArrowDown => at.set((at() + 1).min(count.saturating_sub(1))),
            Key::ArrowUp => at.set(at().saturating_sub(1)),
            Key::Enter if is_open() => choose(at()),
            Key::Escape if is_open() => close(),
            Key::Escape => {
                browser::focus("#work");
            }
            _ => return,
        }
        event.prevent_default();
    };
    let shown: Vec<(usize, Line)> =
        fits.read().iter().filter_map(|at| lines.read().get(*at).cloned()).enumerate().collect();
    let marked = (is_open() && !shown.is_empty()).then(|| format!("{LIST}-{}", at()));
    rsx! {
        input {
            id: ID,
            r#type: "text",
            role: "combobox",
            autocomplete: "off",
            spellcheck: "false",
            title: "Choose the site (Alt+S)",
            placeholder: "{code}",
            value: typed().unwrap_or_else(|| code.clone()),
            "aria-autocomplete": "list",
            "aria-expanded": if is_open() { "true" } else { "false" },
            "aria-controls": is_open().then_some(LIST),
            "aria-activedescendant": marked,
            onfocus: move |_| typed.set(Some(String::new())),
            onblur: move |_| close(),
            onclick: move |_| is_open.set(true),
            oninput: move |event| {
                typed.set(Some(event.value()));
                at.set(0);
                is_open.set(true);
            },
            onkeydown: on_key,
        }
        Icon { shape: IconShape::ChevronDown }
        if is_open() {
            div { id: LIST, class: "site-list", role: "listbox", "aria-label": "Sites",
                // The focus stays in the input.
                onmousedown: move |event| event.prevent_default(),
                for (line_idx , line) in shown {
                    div {
                        key: "{line.site}",
                        id: "{LIST}-{line_idx}",
                        class: "site-line",
                        role: "option",
                        "aria-selected": if line_idx == at() { "true" } else { "false" },
                        onclick: move |_| choose(line_idx),
                        strong { "{line.code}" }
                        span { "{line.name}" }
                        if let Some(today) = line.today {
                            span { class: "site-day", "it is {&today.long()[..3]} {today.short()} there" }
                        }
                    }
                }
                if fits.read().is_empty() {
                    p { class: "site-none", "No site is called so." }
                }
            }
        }
    }
}
