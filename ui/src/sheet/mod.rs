//! The production day: every product of the day in one sheet, typed with the keyboard, saved row by row.

mod book;
mod editor;
mod layout;
mod news;
pub mod plan;
mod saving;
mod strip;
mod undo_bar;
mod work;
mod writing;

pub use book::{Book, SharedBook, Slot};
pub use layout::{Setting, column, lay_out};
pub use news::hear;
pub use saving::{Counts, Job, RowJob, RowNews, save_in_order};
pub use strip::ViewSwitch;

use deskops_domain::api::Refusal;
use deskops_domain::api::days::{DaySheet, DraftRow, OpenDay};
use deskops_domain::choice::{Choices as _, Shift};
use deskops_domain::day::Day;
use deskops_domain::modules::Production;
use dioxus::prelude::*;
use futures_channel::oneshot;

use crate::browser;
use crate::desk::{Desk, use_desk};
use crate::parts::alone;
use crate::parts::states::{Failed, Loading};
use editor::DayEditor;

const KEPT_SHIFT: &str = "deskops.shift";

/// A day that was opened.
#[derive(Clone, PartialEq)]
struct Opened {
    /// Counts openings, so that each has an editor of its own.
    number: u32,
    shift: Shift,
    sheet: DaySheet<Production>,
}

/// The production of a site's day.
///
/// # Styling
/// `.page[data-screen="production"]`.
#[component]
pub fn ProductionScreen(
    /// The site.
    site: String,
    /// The day.
    day: Day,
) -> Element {
    let desk = use_desk();
    let mut n_opened = use_signal(|| 0_u32);
    let mut chosen = use_signal(|| None::<Shift>);
    let asked = site.clone();
    let mut opened = use_resource(move || {
        let site = asked.clone();
        let ask = OpenDay::<Production>::new(site.clone(), day);
        let chosen = chosen();
        async move {
            // What was typed here a moment ago is saved before it is read.
            let (tell, reached) = oneshot::channel();
            desk.saving.send(Job::Reached(tell));
            let _ = reached.await;
            let mut sheet = desk.client().call(ask).await?;
            add_unsaved(&mut sheet, desk, &site, day);
            let mut unsent = desk.counts.unsent;
            unsent.set(sheet.unsent);
            *n_opened.write() += 1;
            Ok::<_, Refusal>(Opened {
                number: *n_opened.peek(),
                shift: chosen.unwrap_or_else(|| usual_shift(&sheet)),
                sheet,
            })
        }
    });
    let pick = use_callback(move |shift: Shift| {
        browser::keep(KEPT_SHIFT, shift.code());
        desk.leave();
        chosen.set(Some(shift));
    });
    let answer = opened.read();
    match &*answer {
        None => rsx! {
            div { class: "page", "data-screen": "production",
                div { class: "title-line",
                    h1 { "Production" }
                    span { class: "title-day", "{day.long()}" }
                }
                Loading { what: "the day's production", rows: 14 }
            }
        },
        Some(Err(refusal)) => rsx! {
            div { class: "page", "data-screen": "production",
                h1 { "Production" }
                Failed { what: "The day's production", refusal: refusal.clone(), on_retry: move |()| opened.restart() }
            }
        },
        Some(Ok(opened)) => alone(rsx! {
            DayEditor {
                key: "{opened.number}",
                site: site.clone(),
                day,
                shift: opened.shift,
                opened: opened.sheet.clone(),
                on_shift: pick,
            }
        }),
    }
}

/// The shift of the last choice, unless the day's records are all of other shifts.
fn usual_shift(sheet: &DaySheet<Production>) -> Shift {
    let kept =
        browser::kept(KEPT_SHIFT).and_then(|code| Shift::from_code(&code)).unwrap_or(Shift::All);
    let count =
        |shift: Shift| sheet.entries.iter().filter(|entry| entry.body.shift == shift).count();
    let most = Shift::CHOICES
        .iter()
        .filter_map(|choice| Shift::from_code(choice.code))
        .max_by_key(|shift| (count(*shift), *shift == kept));
    if count(kept) > 0 { kept } else { most.filter(|shift| count(*shift) > 0).unwrap_or(kept) }
}

/// What was typed on this day and did not reach the store is still shown.
fn add_unsaved(sheet: &mut DaySheet<Production>, desk: Desk, site: &str, day: Day) {
    for job in desk.counts.unsaved.peek().iter().filter(|job| job.is_of(site, day, &job.slot)) {
        let row = job.slot.name();
        sheet.drafts.retain(|draft| draft.row != row);
        let at = desk.session.peek().now;
        sheet.drafts.push(DraftRow { row, cells: job.cells.clone(), at });
    }
}
