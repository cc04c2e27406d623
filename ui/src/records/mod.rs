//! All records of a module: looked up, summed, taken away, brought back. Nothing is typed here.

mod filters;
mod list;
mod load;
mod match_row;
mod matches;

pub use filters::{Period, TypedDay, period};
pub use list::{RecordList, Window, window};
pub use load::{Records, use_records};
pub use match_row::picks;
pub use matches::words;

use deskops_domain::api::records::Filter;
use deskops_domain::choice::{Choices as _, Format, Module};
use deskops_domain::day::Day;
use deskops_domain::id::Id;
use dioxus::prelude::*;

use crate::desk::{Tone, use_desk, use_ear};
use crate::face::face;
use crate::history::HistoryDrawer;
use crate::key::Action;
use crate::parts::states::ReadOnly;
use crate::place::Only;
use crate::rows_pick::{ExportTools, use_granularity};
use crate::sheet::ViewSwitch;
use crate::take_away::{FilePanel, Taking, take_away};
use filters::Filters;
use match_row::MatchRow;
use matches::Matches;

/// The records of a module.
///
/// # Styling
/// `.page[data-screen="records"]`, `.toolbar`, `.record-list`.
#[component]
pub fn RecordsScreen(
    /// The module.
    module: Module,
    /// The site.
    site: String,
    /// The day that is shown elsewhere, to which the periods are counted.
    day: Day,
    /// Where the rows of one figure are meant.
    only: Option<Only>,
) -> Element {
    let desk = use_desk();
    let title = use_hook(|| face(module).title);
    let mut filter = use_signal(|| match &only {
        Some(Only { field, what }) => Filter::day(&site, day).matching(field, what),
        None => Filter::all(&site),
    });
    let taking = use_signal(|| Taking::Nothing);
    let granularity = use_granularity();
    let mut history = use_signal(|| None::<(Id, String)>);
    let records = use_records(module, filter);
    let export = use_callback(move |format: Format| {
        let form = (format, *granularity.peek());
        take_away(desk, face(module), filter.peek().clone(), form, taking)
    });
    use_export_key(export);
    let restore = use_callback(move |id: Id| {
        spawn(async move {
            match face(module).restore(&desk.client(), &id).await {
                Ok(saved) => {
                    let mut count = desk.counts.unsent;
                    count.set(saved.unsent);
                    desk.say("Brought back. It counts again.", Tone::Plain);
                    records.reload();
                }
                Err(refusal) => desk.say(refusal.to_string(), Tone::Bad),
            }
        });
    });
    rsx! {
        div { class: "page sheet-page", "data-screen": "records", "data-module": module.code(),
            div { class: "title-line",
                h1 { "{title}" }
                span { class: "title-day", if filter.read().voided { "deleted records" } else { "all records" } }
            }
            ReadOnly { why: "Records are looked up here. To change one, open its day and type in the day sheet." }
            div { class: "toolbar", role: "toolbar", "aria-label": title, "data-region": "toolbar",
                ViewSwitch {}
                Matches { module, filter }
                Filters { day, filter: filter(), on_change: move |changed| filter.set(changed) }
                MatchRow { module, filter }
                span { class: "toolbar-gap" }
                ExportTools { granularity, on_export: move |format| export.call(format) }
            }
            FilePanel { taking }
            div { class: "sheet-area",
                RecordList {
                    module,
                    records,
                    on_history: move |shown| history.set(Some(shown)),
                    on_restore: move |id| restore.call(id),
                    is_deleted: filter.read().voided,
                }
                if let Some((id, name)) = history() {
                    HistoryDrawer { face: face(module), record: id, name, version: 0, on_close: move |()| history.set(None) }
                }
            }
        }
    }
}

/// The key of export works on this screen too.
fn use_export_key(export: Callback<Format>) {
    let desk = use_desk();
    let commit = use_callback(|()| {});
    let act = use_callback(move |action| {
        if action == Action::Export {
            export.call(Format::Xlsx);
        }
    });
    use_ear(desk, commit, act, None);
}
