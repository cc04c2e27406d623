//! Saves rows one after another, so that typing never waits and nothing overtakes.
//!
//! There is one queue for the whole page. It outlives the screens: what was typed on a day is
//! saved although the clerk has gone to another.

use deskops_domain::api::days::KeepDraft;
use deskops_domain::api::records::{Create, Edit, Get, Saved, Void};
use deskops_domain::api::{Code, Refusal};
use deskops_domain::draft::Draft;
use deskops_domain::entry::Entry;
use deskops_domain::id::Id;
use deskops_domain::modules::Production;
use dioxus::prelude::*;
use futures_channel::mpsc::{UnboundedReceiver, UnboundedSender};
use futures_channel::oneshot;
use futures_util::StreamExt as _;

use super::book::{SharedBook, Slot};
use super::plan::{Step, Typed, plan};
use crate::client::{Busy, Client};
use crate::grid::RowId;

/// Something for the queue.
pub enum Job {
    /// A row whose cells changed.
    Row(RowJob),
    /// Tells when everything before it is saved.
    Reached(oneshot::Sender<()>),
}

/// A row as it stood when it was left.
pub struct RowJob {
    /// What is stored of its day.
    pub book: SharedBook,
    /// The row.
    pub row: RowId,
    /// What the row is, for a row that the book does not know yet.
    pub slot: Slot,
    /// What it says.
    pub typed: Typed<Production>,
    /// What was typed, by field.
    pub cells: Draft,
    /// Where the screen listens; it may be gone.
    pub news: UnboundedSender<RowNews>,
    /// The page is not at rest before the row is saved.
    pub busy: Busy,
}

/// What became of a row.
#[derive(Debug, Clone, PartialEq)]
pub enum RowNews {
    /// It is being saved.
    Saving(RowId),
    /// The store says what the row says.
    Done(RowId),
    /// It is kept as a draft.
    Kept(RowId),
    /// The store says something else than this page knew: the row shows that, and why.
    Other(RowId, Box<Entry<Production>>, String),
    /// It is not saved.
    NotSaved(RowId, Refusal),
}

/// Runs the queue for as long as the page lives.
pub async fn save_in_order(client: Client, unsent: Signal<u64>, mut jobs: UnboundedReceiver<Job>) {
    while let Some(job) = jobs.next().await {
        match job {
            Job::Row(job) => save(&client, unsent, job).await,
            Job::Reached(tell) => {
                // Nobody may be waiting any more.
                let _ = tell.send(());
            }
        }
    }
}

async fn save(client: &Client, unsent: Signal<u64>, job: RowJob) {
    let say = |news: RowNews| {
        let _ = job.news.unbounded_send(news);
    };
    let (steps, site, day) = {
        let mut book = job.book.borrow_mut();
        let (site, day) = (book.site.clone(), book.day);
        let (_, stored) = book
            .rows
            .entry(job.row)
            .or_insert_with(|| (job.slot.clone(), super::plan::Stored::default()));
        (plan(&job.typed, stored, &site, day), site, day)
    };
    if steps.iter().any(|step| !matches!(step, Step::Keep(_) | Step::Forget)) {
        say(RowNews::Saving(job.row));
    }
    let name = job.slot.name();
    let keep =
        |cells: Option<Draft>| KeepDraft::<Production>::new(site.clone(), day, name.clone(), cells);
    for step in steps {
        let done = match &step {
            Step::Create(draft) => {
                client.call(Create::<Production>::new(draft.clone())).await.map(Some)
            }
            Step::Edit { id, rev, draft } => client
                .call(Edit::<Production>::new(id.clone(), Some(*rev), draft.clone()))
                .await
                .map(Some),
            Step::Void(id) => {
                client.call(Void::<Production>::new(id.clone(), None)).await.map(Some)
            }
            Step::Keep(cells) => client.call(keep(Some(cells.clone()))).await.map(|()| None),
            Step::Forget => client.call(keep(None)).await.map(|()| None),
        };
        match done {
            Ok(saved) => note(&job, &step, saved, unsent),
            Err(refusal) => {
                let seen = if let Step::Edit { id, .. } | Step::Void(id) = &step {
                    Some(id.clone())
                } else {
                    None
                };
                if refusal.code == Code::ValidationError {
                    // What the door refuses is at least not lost.
                    if client.call(keep(Some(job.cells.clone()))).await.is_ok() {
                        note(&job, &Step::Keep(job.cells.clone()), None, unsent);
                    }
                }
                say(look_again(client, &job, refusal, seen).await);
                return;
            }
        }
    }
    let is_kept = matches!(job.typed, Typed::Wrong(_));
    job.book.borrow_mut().unsaved.retain(|row| *row != job.row);
    say(if is_kept { RowNews::Kept(job.row) } else { RowNews::Done(job.row) });
}

/// Notes in the book what a step has done.
fn note(job: &RowJob, step: &Step, saved: Option<Saved<Production>>, mut unsent: Signal<u64>) {
    let mut book = job.book.borrow_mut();
    let Some((_, stored)) = book.rows.get_mut(&job.row) else { return };
    match step {
        Step::Keep(_) => stored.has_draft = true,
        Step::Forget => stored.has_draft = false,
        Step::Create(_) | Step::Edit { .. } | Step::Void(_) => {}
    }
    let Some(saved) = saved else { return };
    if *unsent.peek() != saved.unsent {
        unsent.set(saved.unsent);
    }
    // After a change of the key the old record is deleted, and the row is already the new one.
    let is_other = stored.entry.as_ref().is_some_and(|entry| entry.id != saved.entry.id);
    if !(matches!(step, Step::Void(_)) && is_other) {
        stored.entry = Some(saved.entry);
    }
}

/// Where a record in the way is not what this page knew, the row is told what is stored.
async fn look_again(client: &Client, job: &RowJob, refusal: Refusal, seen: Option<Id>) -> RowNews {
    let record = match refusal.code {
        Code::DuplicateRecord => refusal.record.clone(),
        Code::RecordChanged | Code::NotFound => seen,
        _ => None,
    };
    let shown = record.as_ref().and_then(|id| job.book.borrow().row_of(id));
    let is_free = shown.is_none() || shown == Some(job.row);
    if let (Some(id), true) = (record, is_free)
        && let Ok(entry) = client.call(Get::<Production>::new(id)).await
    {
        let mut book = job.book.borrow_mut();
        if let Some((_, stored)) = book.rows.get_mut(&job.row) {
            stored.entry = Some(entry.clone());
        }
        return RowNews::Other(job.row, Box::new(entry), refusal.message);
    }
    let mut book = job.book.borrow_mut();
    if !book.unsaved.contains(&job.row) {
        book.unsaved.push(job.row);
    }
    RowNews::NotSaved(job.row, refusal)
}
