//! The records behind the charts: movements of stock, machines, crew. Read only, paged, to take away.

use deskops_domain::api::records::Filter;
use deskops_domain::choice::{Choices as _, Format, Module};
use deskops_domain::day::Day;
use deskops_domain::id::Id;
use dioxus::prelude::*;

use crate::desk::use_desk;
use crate::face::face;
use crate::history::HistoryDrawer;
use crate::parts::alone;
use crate::records::{RecordList, use_records};
use crate::rows_pick::{ExportTools, use_granularity};
use crate::take_away::{FilePanel, Taking, take_away};

const TABS: [(Module, &str); 3] = [
    (Module::Inventory, "Movements"),
    (Module::Equipment, "Equipment"),
    (Module::Manpower, "Manpower"),
];

/// The tabs, and the records of the chosen one.
///
/// # Styling
/// `.details`, `.tabs`, `.tab[aria-selected]`.
#[component]
pub fn Details(
    /// The site.
    site: String,
    /// First day.
    from: Day,
    /// Last day.
    to: Day,
) -> Element {
    let mut chosen = use_signal(|| 0_usize);
    let on_key = move |event: KeyboardEvent| {
        let at = *chosen.peek();
        let next = match event.key() {
            Key::ArrowLeft => (at + TABS.len() - 1) % TABS.len(),
            Key::ArrowRight => (at + 1) % TABS.len(),
            _ => return,
        };
        event.prevent_default();
        chosen.set(next);
        crate::browser::focus(&format!("#tab-{next}"));
    };
    let (module, title) = TABS[chosen()];
    let panel = rsx! {
        Tab { key: "{module:?}{from}{to}", module, site: site.clone(), from, to }
    };
    rsx! {
        section { class: "details panel", "aria-label": "Records of these days", "data-region": "details",
            div { class: "tabs", role: "tablist", "aria-label": "Records", onkeydown: on_key,
                for (at , (_ , title)) in TABS.iter().enumerate() {
                    button {
                        key: "{title}",
                        r#type: "button",
                        class: "tab",
                        role: "tab",
                        id: "tab-{at}",
                        tabindex: if at == chosen() { "0" } else { "-1" },
                        "aria-selected": at == chosen(),
                        "aria-controls": "tab-panel",
                        onclick: move |_| chosen.set(at),
                        "{title}"
                    }
                }
            }
            div { class: "tab-panel", id: "tab-panel", role: "tabpanel", "aria-label": title, {alone(panel)} }
        }
    }
}

#[component]
fn Tab(module: Module, site: String, from: Day, to: Day) -> Element {
    let desk = use_desk();
    let filter = use_signal(|| Filter { date_from: Some(from), ..Filter::day(&site, to) });
    let records = use_records(module, filter);
    let taking = use_signal(|| Taking::Nothing);
    let granularity = use_granularity();
    let mut history = use_signal(|| None::<(Id, String)>);
    rsx! {
        div { class: "tab-tools",
            span { class: "muted", "{from.long()} – {to.long()}" }
            span { class: "toolbar-gap" }
            ExportTools {
                granularity,
                on_export: move |format: Format| {
                    let form = (format, *granularity.peek());
                    take_away(desk, face(module), filter.peek().clone(), form, taking)
                },
            }
        }
        FilePanel { taking }
        div { class: "sheet-area", "data-module": module.code(),
            RecordList {
                module,
                records,
                on_history: move |shown| history.set(Some(shown)),
                on_restore: move |_| {},
                is_deleted: false,
            }
            if let Some((id, name)) = history() {
                HistoryDrawer { face: face(module), record: id, name, version: 0, on_close: move |()| history.set(None) }
            }
        }
    }
}
