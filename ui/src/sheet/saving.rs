//! Saves rows one after another, so that typing never waits and nothing overtakes.
//!
//! There is one queue for the whole page. It outlives the screens: what was typed on a day is
//! saved although the clerk has gone to another.

use deskops_domain::api::days::KeepDraft;
use deskops_domain::api::records::{Create, Edit, Get, Replace, Saved, Void};
use deskops_domain::api::{Code, Refusal};
use deskops_domain::day::Day;
use deskops_domain::draft::Draft;
use deskops_domain::entry::Entry;
use deskops_domain::id::Id;
use deskops_domain::modules::Production;
use dioxus::prelude::*;
use futures_channel::mpsc::{UnboundedReceiver, UnboundedSender};
use futures_channel::oneshot;
use futures_util::StreamExt as _;

use super::book::{SharedBook, Slot};
use super::plan::{Step, Stored, Typed, plan};
use crate::client::{Busy, Client};
use crate::grid::RowId;

/// Something for the queue.
pub enum Job {
    /// A row whose cells changed; the page is not at rest before it is saved.
    Row(Box<RowJob>, Busy),
    /// Everything that is not saved is tried again.
    Retry,
    /// Tells when everything before it is saved.
    Reached(oneshot::Sender<()>),
}

/// A row as it stood when it was left.
#[derive(Clone)]
pub struct RowJob {
    /// What is stored of its day.
    pub book: SharedBook,
    /// The row.
    pub row: RowId,
    /// What the row is, for a row that the book does not know yet.
    pub slot: Slot,
    /// What it is called: its material.
    pub name: String,
    /// What it says.
    pub typed: Typed<Production>,
    /// What was typed, by field.
    pub cells: Draft,
    /// Where the screen listens; it may be gone.
    pub news: UnboundedSender<RowNews>,
}

impl RowJob {
    /// Its day.
    #[must_use]
    pub fn day(&self) -> Day {
        self.book.borrow().day
    }

    /// Whether it is about this row of this day.
    #[must_use]
    pub fn is_of(&self, site: &str, day: Day, slot: &Slot) -> bool {
        let book = self.book.borrow();
        book.site == site && book.day == day && self.slot == *slot
    }

    fn is_same_row(&self, other: &Self) -> bool {
        let book = other.book.borrow();
        self.is_of(&book.site, book.day, &other.slot)
    }

    fn say(&self, news: RowNews) {
        // The screen may be gone; the row is saved all the same.
        let _ = self.news.unbounded_send(news);
    }

    fn keep(&self, cells: Option<Draft>) -> KeepDraft<Production> {
        let book = self.book.borrow();
        KeepDraft::new(book.site.clone(), book.day, self.slot.name(), cells)
    }
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
    /// It is not saved as a record.
    NotSaved(RowId, Refusal),
}

/// What the queue reports to: counts that the whole page shows.
#[derive(Clone, Copy, PartialEq)]
pub struct Counts {
    /// Records on this computer that head office does not have yet.
    pub unsent: Signal<u64>,
    /// Rows that are on this screen only. They outlive the sheet that they were typed in.
    pub unsaved: Signal<Vec<RowJob>>,
}

impl PartialEq for RowJob {
    fn eq(&self, other: &Self) -> bool {
        self.is_same_row(other) && self.cells == other.cells && self.typed == other.typed
    }
}

/// Runs the queue for as long as the page lives.
pub async fn save_in_order(client: Client, counts: Counts, mut jobs: UnboundedReceiver<Job>) {
    while let Some(job) = jobs.next().await {
        match job {
            Job::Row(job, _busy) => save(&client, counts, *job).await,
            Job::Retry => {
                // Whatever was typed since then has been tried already, and has taken its place.
                let unsaved = counts.unsaved.peek().clone();
                for job in unsaved {
                    save(&client, counts, job).await;
                }
            }
            Job::Reached(tell) => {
                // Nobody may be waiting any more.
                let _ = tell.send(());
            }
        }
    }
}

async fn save(client: &Client, counts: Counts, job: RowJob) {
    let (step, has_draft) = {
        let mut book = job.book.borrow_mut();
        let (site, day) = (book.site.clone(), book.day);
        let (_, stored) =
            book.rows.entry(job.row).or_insert_with(|| (job.slot.clone(), Stored::default()));
        (plan(&job.typed, stored, &site, day), stored.has_draft)
    };
    if let Some(step) = step {
        if !matches!(step, Step::Keep(_) | Step::Forget) {
            job.say(RowNews::Saving(job.row));
        }
        match ask(client, &job, &step, has_draft).await {
            Ok(saved) => note(&job, &step, saved, counts.unsent),
            Err(refusal) => {
                let (news, is_safe) = refused(client, &job, &step, refusal).await;
                if is_safe {
                    settle(counts, &job)
                } else {
                    mark(counts, &job)
                }
                job.say(news);
                return;
            }
        }
    }
    settle(counts, &job);
    let is_kept = matches!(job.typed, Typed::Wrong(_));
    job.say(if is_kept { RowNews::Kept(job.row) } else { RowNews::Done(job.row) });
}

/// Asks for a step. What saves a row also forgets what was kept of it, where something was.
async fn ask(
    client: &Client,
    job: &RowJob,
    step: &Step,
    has_draft: bool,
) -> Result<Option<Saved<Production>>, Refusal> {
    let row = has_draft.then(|| job.slot.name());
    match step.clone() {
        Step::Create(draft) => {
            client.call(Create::<Production>::new(draft).row(row)).await.map(Some)
        }
        Step::Edit { id, rev, draft } => {
            client.call(Edit::<Production>::new(id, Some(rev), draft).row(row)).await.map(Some)
        }
        Step::Replace { id, rev, draft } => {
            client.call(Replace::<Production>::new(id, rev, draft).row(row)).await.map(Some)
        }
        Step::Void { id, rev } => {
            client.call(Void::<Production>::new(id, None).rev(rev).row(row)).await.map(Some)
        }
        Step::Keep(cells) => client.call(job.keep(Some(cells))).await.map(|()| None),
        Step::Forget => client.call(job.keep(None)).await.map(|()| None),
    }
}

/// The row is in the store, in one way or another.
fn settle(counts: Counts, job: &RowJob) {
    let mut unsaved = counts.unsaved;
    let is_marked = unsaved.peek().iter().any(|other| other.is_same_row(job));
    if is_marked {
        unsaved.write().retain(|other| !other.is_same_row(job));
    }
}

/// The row is on this screen only.
fn mark(counts: Counts, job: &RowJob) {
    let mut unsaved = counts.unsaved;
    let known = unsaved.peek().iter().position(|other| other.is_same_row(job));
    match known {
        Some(at) if unsaved.peek()[at] == *job => {}
        Some(at) => unsaved.write()[at] = job.clone(),
        None => unsaved.write().push(job.clone()),
    }
}

/// Notes in the book what a step has done.
fn note(job: &RowJob, step: &Step, saved: Option<Saved<Production>>, mut unsent: Signal<u64>) {
    let mut book = job.book.borrow_mut();
    let Some((_, stored)) = book.rows.get_mut(&job.row) else { return };
    stored.has_draft = matches!(step, Step::Keep(_));
    let Some(saved) = saved else { return };
    if *unsent.peek() != saved.unsent {
        unsent.set(saved.unsent);
    }
    stored.entry = Some(saved.entry);
}

/// What becomes of a row that was refused, and whether what was typed is safe.
async fn refused(client: &Client, job: &RowJob, step: &Step, refusal: Refusal) -> (RowNews, bool) {
    // Nothing is wrong with the row: it waits for the store, or for somebody to sign in.
    if matches!(
        refusal.code,
        Code::Offline | Code::InternalError | Code::DatabaseUnavailable | Code::Unauthorized
    ) {
        return (RowNews::NotSaved(job.row, refusal), false);
    }
    let record = match (refusal.code, step) {
        (Code::DuplicateRecord, _) => refusal.record.clone(),
        (
            Code::RecordChanged | Code::NotFound,
            Step::Edit { id, .. } | Step::Replace { id, .. } | Step::Void { id, .. },
        ) => Some(id.clone()),
        _ => None,
    };
    if let Some(news) = look_again(client, job, record, &refusal).await {
        return (news, true);
    }
    // What cannot become a record is at least not lost.
    let step = Step::Keep(job.cells.clone());
    let is_kept = ask(client, job, &step, false).await.is_ok();
    if is_kept && let Some((_, stored)) = job.book.borrow_mut().rows.get_mut(&job.row) {
        stored.has_draft = true;
    }
    (RowNews::NotSaved(job.row, refusal), is_kept)
}

/// Where the store has something else than this page knew, the row is told what.
async fn look_again(
    client: &Client,
    job: &RowJob,
    record: Option<Id>,
    refusal: &Refusal,
) -> Option<RowNews> {
    let id = record?;
    let shown = job.book.borrow().row_of(&id);
    if shown.is_some_and(|row| row != job.row) {
        return None;
    }
    let entry = client.call(Get::<Production>::new(id)).await.ok()?;
    let mut book = job.book.borrow_mut();
    let (_, stored) = book.rows.get_mut(&job.row)?;
    stored.entry = Some(entry.clone());
    // An answer that was lost on its way: the record is what was typed.
    let is_done = stored.live().is_some_and(|entry| job.typed == Typed::Right(entry.body.clone()));
    Some(if is_done {
        RowNews::Done(job.row)
    } else {
        RowNews::Other(job.row, Box::new(entry), refusal.message.clone())
    })
}
