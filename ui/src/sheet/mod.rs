//! What is typed: every kind of record in one sheet, with the keyboard, saved row by row.
//!
//! `manner` says how each kind is typed; everything else works on plain rows of values.

pub mod adds_up;
mod asking;
mod book;
pub mod cascade;
mod columns;
mod editor;
mod elsewhere;
mod figure;
mod guard;
mod job;
mod layout;
mod list;
mod listed;
pub mod manner;
mod news;
pub mod plan;
mod saving;
mod strip;
mod undo_bar;
mod watch;
mod work;
mod work_out;
mod writing;

pub use asking::{Asking, Verdict};
pub use book::{Book, SharedBook, Slot};
pub use elsewhere::take_in;
pub use figure::module_of as figure_module;
pub use job::{RowJob, RowNews, Waits};
pub use layout::{Setting, column, lay_out};
pub use list::ListScreen;
pub use news::hear;
pub use saving::{Counts, Job, save_in_order};
pub use strip::ViewSwitch;
pub use work_out::{hours_told, loads_told};
pub use writing::{Desk as RowDesk, job as row_job};

use deskops_domain::api::Refusal;
use deskops_domain::api::days::DraftRow;
use deskops_domain::api::periods::{AskReady, Readiness};
use deskops_domain::choice::{Choices as _, PeriodKind, Shift};
use deskops_domain::day::Day;
use dioxus::prelude::*;

use crate::browser;
use crate::desk::{Desk, use_desk};
use crate::face::{DayRows, Face};
use crate::grid::Message;
use crate::parts::alone;
use crate::parts::states::{Failed, Loading};
use book::{has_shifts, shift_of};
use editor::SheetEditor;
use manner::manner;

const KEPT_SHIFT: &str = "deskops.shift";

/// A day that was opened.
#[derive(Clone, PartialEq)]
struct Opened {
    /// Counts openings, so that each has an editor of its own.
    number: u32,
    shift: Shift,
    rows: DayRows,
    ready: Readiness,
}

/// A module of a site's day, to type into.
///
/// # Styling
/// `.page[data-screen]` with the module's name.
#[component]
pub fn ModuleScreen(
    /// What is typed.
    face: Face,
    /// The site.
    site: String,
    /// The day.
    day: Day,
) -> Element {
    let desk = use_desk();
    let mut n_opened = use_signal(|| 0_u32);
    let mut chosen = use_signal(|| None::<Shift>);
    let said = use_signal(|| None::<Message>);
    let (asked, asked_site) = (face.clone(), site.clone());
    let mut opened = use_resource(move || {
        let (face, site) = (asked.clone(), asked_site.clone());
        let chosen = chosen();
        async move {
            // What was typed here a moment ago is saved before it is read.
            desk.reached().await;
            let ask = AskReady { site_id: site.clone(), date: day, kind: PeriodKind::Day };
            let ready = desk.client().call(ask).await?;
            let mut rows = face.open(&desk.client(), &site, day).await?;
            add_known(&mut rows, &face, desk, &site).await;
            add_unsaved(&mut rows, &face, desk, &site, day);
            let mut unsent = desk.counts.unsent;
            unsent.set(rows.unsent);
            *n_opened.write() += 1;
            let shift = chosen.unwrap_or_else(|| usual_shift(&face, &rows));
            Ok::<_, Refusal>(Opened { number: *n_opened.peek(), shift, rows, ready })
        }
    });
    let pick = use_callback(move |shift: Shift| {
        browser::keep(KEPT_SHIFT, shift.code());
        desk.leave();
        chosen.set(Some(shift));
    });
    let reload = use_callback(move |()| opened.restart());
    let answer = opened.read();
    let what = face.title.to_lowercase();
    match &*answer {
        None => rsx! {
            div { class: "page", "data-screen": face.name,
                div { class: "title-line",
                    h1 { "{face.title}" }
                    span { class: "title-day", "{day.long()}" }
                }
                Loading { what: "the day's {what}", rows: 14 }
            }
        },
        Some(Err(refusal)) => rsx! {
            div { class: "page", "data-screen": face.name,
                h1 { "{face.title}" }
                Failed { what: "The day's {what}", refusal: refusal.clone(), on_retry: move |()| opened.restart() }
            }
        },
        Some(Ok(opened)) => alone(rsx! {
            SheetEditor {
                key: "{opened.number}",
                face: face.clone(),
                site: site.clone(),
                day,
                shift: opened.shift,
                opened: opened.rows.clone(),
                ready: opened.ready.clone(),
                on_shift: pick,
                on_reload: reload,
                said,
            }
        }),
    }
}

/// The shift of the last choice, unless the day's records are all of other shifts.
fn usual_shift(face: &Face, opened: &DayRows) -> Shift {
    if !has_shifts(face) {
        return Shift::All;
    }
    let kept =
        browser::kept(KEPT_SHIFT).and_then(|code| Shift::from_code(&code)).unwrap_or(Shift::All);
    let count =
        |shift: Shift| opened.rows.iter().filter(|row| shift_of(face, row) == shift).count();
    let most = Shift::CHOICES
        .iter()
        .filter_map(|choice| Shift::from_code(choice.code))
        .max_by_key(|shift| (count(*shift), *shift == kept));
    if count(kept) > 0 { kept } else { most.filter(|shift| count(*shift) > 0).unwrap_or(kept) }
}

/// Words that were typed before are offered. Without them the sheet is typed all the same.
async fn add_known(rows: &mut DayRows, face: &Face, desk: Desk, site: &str) {
    for col in manner(face).columns.iter().filter(|col| col.is_known) {
        if let Ok(words) = face.suggest(&desk.client(), site, col.field).await {
            rows.known.insert(col.field, words);
        }
    }
}

/// What was typed on this day and did not reach the store is still shown.
fn add_unsaved(rows: &mut DayRows, face: &Face, desk: Desk, site: &str, day: Day) {
    for job in desk.counts.unsaved.peek().iter().filter(|job| job.is_of(face, site, day)) {
        let row = job.slot.name();
        rows.drafts.retain(|draft| draft.row != row);
        if let Some(id) = job.asked_id() {
            rows.asked.insert(row.clone(), id);
        }
        let at = desk.session.peek().now;
        rows.drafts.push(DraftRow { row, cells: job.cells.clone(), at });
    }
}
