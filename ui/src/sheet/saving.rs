//! Saves rows one after another, so that typing never waits and nothing overtakes.
//!
//! There is one queue for the whole page. It outlives the screens: what was typed on a day is
//! saved although the clerk has gone to another.

use deskops_domain::api::{Code, Refusal};
use deskops_domain::id::Id;
use dioxus::prelude::*;
use futures_channel::mpsc::UnboundedReceiver;
use futures_channel::oneshot;
use futures_util::StreamExt as _;

use super::asking::{Asked, Asking, Verdict, ask_first};
use super::book::Slot;
use super::cascade::Question;
use super::guard;
use super::job::{RowJob, RowNews, Waits};
use super::plan::{Step, Stored, Typed, is_done, plan};
use crate::client::{Busy, Client};
use crate::face::{Ask, Face, Row, Saved};

/// Something for the queue.
pub enum Job {
    /// A row whose cells changed; the page is not at rest before it is saved.
    Row(Box<RowJob>, Busy),
    /// What is worked out for a day, and moves others: whether it is meant.
    Ask(Box<Asking>),
    /// Everything that is not saved is tried again.
    Retry,
    /// Tells when everything before it is saved.
    Reached(oneshot::Sender<()>),
}

/// What the queue reports to: counts that the whole page shows.
#[derive(Clone, Copy, PartialEq)]
pub struct Counts {
    /// Records on this computer that head office does not have yet.
    pub unsent: Signal<u64>,
    /// Rows that are on this screen only. They outlive the sheet that they were typed in.
    pub unsaved: Signal<Vec<RowJob>>,
    /// Counts up when something that can be picked was changed.
    pub lists: Signal<u32>,
    /// Whether what an edit moves on other days is meant.
    pub question: Signal<Option<Question>>,
}

/// Runs the queue for as long as the page lives.
pub async fn save_in_order(client: Client, counts: Counts, mut jobs: UnboundedReceiver<Job>) {
    let mut asked = Asked::default();
    while let Some(job) = jobs.next().await {
        match job {
            Job::Row(job, _busy) => save(&client, counts, &mut asked, *job).await,
            Job::Ask(asking) => {
                let verdict = asked.is_meant(counts, &asking.subject, || false).await;
                // Nobody may be waiting any more.
                let _ = asking.tell.send(verdict);
            }
            Job::Retry => {
                // Whatever was typed since then has been tried already, and has taken its place.
                let unsaved = counts.unsaved.peek().clone();
                for job in unsaved.into_iter().filter(|job| job.waits == Waits::Store) {
                    save(&client, counts, &mut asked, job).await;
                }
            }
            Job::Reached(tell) => {
                // Nobody may be waiting any more.
                let _ = tell.send(());
            }
        }
    }
}

async fn save(client: &Client, counts: Counts, asked: &mut Asked, job: RowJob) {
    let (step, has_draft) = {
        let mut book = job.book.borrow_mut();
        let (face, site) = (book.face.clone(), book.site.clone());
        let (_, stored) =
            book.rows.entry(job.row).or_insert_with(|| (job.slot.clone(), Stored::default()));
        if let Some(news) = kept_in_use(&face, &job, stored) {
            job.say(news);
            return;
        }
        (plan(&face, &job.typed, stored, &site), stored.has_draft)
    };
    if matches!(step, Some(Step::Keep(_))) && job.book.borrow().manner.is_list() {
        // Lists keep no drafts: the row stays on the screen until it is right.
        let waits = if job.waits == Waits::Typing { Waits::Typing } else { Waits::Mending };
        mark(counts, &job, waits);
        job.say(RowNews::Kept(job.row));
        return;
    }
    let mut moved = None;
    if let Some(step) = step {
        if !matches!(step, Step::Keep(_) | Step::Forget) {
            job.say(RowNews::Saving(job.row));
        }
        match ask_first(client, counts, &job, &step, asked).await {
            Verdict::Make(words) => moved = words,
            // The job that follows says what becomes of it.
            Verdict::Overtaken => return,
            Verdict::TakeBack => {
                let stored = forget_typed(client, &job).await;
                settle(counts, &job);
                job.say(RowNews::TakenBack(job.row, stored));
                return;
            }
        }
        match ask(client, &job, &step, has_draft).await {
            Ok(saved) => note(&job, &step, saved, counts),
            // What was sent first is there already; it was changed before the answer came.
            Err(refusal) if refusal.code == Code::IdReused && find_made(client, &job).await => {
                return Box::pin(save(client, counts, asked, job)).await;
            }
            Err(refusal) => {
                let (news, waits) = refused(client, &job, &step, refusal).await;
                match waits {
                    None => settle(counts, &job),
                    Some(waits) => mark(counts, &job, waits),
                }
                job.say(news);
                return;
            }
        }
    }
    settle(counts, &job);
    let is_kept = matches!(job.typed, Typed::Wrong(_));
    job.say(if is_kept { RowNews::Kept(job.row) } else { RowNews::Done(job.row) });
    if let Some(words) = moved {
        job.say(RowNews::Moved(job.row, words));
    }
    if let Some(found) = guard::odd(client, &job).await {
        job.say(RowNews::Odd(job.row, found));
    }
}

/// Asks for a step. What saves a row also forgets what was kept of it, where something was.
async fn ask(
    client: &Client,
    job: &RowJob,
    step: &Step,
    has_draft: bool,
) -> Result<Option<Saved>, Refusal> {
    let row = has_draft.then(|| job.draft_name());
    match step.clone() {
        Step::Ask(ask) => {
            let is_new = matches!(ask, Ask::Create(_));
            let id = is_new.then(|| job.book.borrow_mut().id_of(job.row));
            job.face().save(client, ask, row, id).await.map(Some)
        }
        Step::Keep(cells) => job.keep(client, Some(cells)).await.map(|()| None),
        Step::Forget => job.keep(client, None).await.map(|()| None),
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
pub(super) fn mark(counts: Counts, job: &RowJob, waits: Waits) {
    let mut unsaved = counts.unsaved;
    let job = RowJob { waits, ..job.clone() };
    let known = unsaved.peek().iter().position(|other| other.is_same_row(&job));
    match known {
        Some(at) if unsaved.peek()[at] == job => {}
        Some(at) => unsaved.write()[at] = job,
        None => unsaved.write().push(job),
    }
}

/// Notes in the book what a step has done.
fn note(job: &RowJob, step: &Step, saved: Option<Saved>, counts: Counts) {
    let mut book = job.book.borrow_mut();
    if saved.is_some() {
        // The next new record of this row is another one.
        book.ids.remove(&job.row);
    }
    let (grows, is_picked) = (book.manner.grows(), book.face.habit.is_global);
    let Some((slot, stored)) = book.rows.get_mut(&job.row) else { return };
    stored.has_draft = matches!(step, Step::Keep(_));
    let Some(saved) = saved else { return };
    let (mut unsent, mut lists) = (counts.unsent, counts.lists);
    if *unsent.peek() != saved.unsent {
        unsent.set(saved.unsent);
    }
    if is_picked {
        *lists.write() += 1;
    }
    if grows {
        // What is kept of the row from now on belongs to its record.
        *slot = Slot::of_record(&saved.row.id);
    }
    stored.entry = Some(saved.row);
}

/// What others name is not deleted: the row shows it again, and says what to do instead.
fn kept_in_use(face: &Face, job: &RowJob, stored: &Stored) -> Option<RowNews> {
    let entry = stored.live().filter(|_| face.habit.is_kept && job.typed == Typed::Nothing)?;
    let instead = if face.shape("inactiveFrom").is_some() {
        "type the day from which it is out of use"
    } else {
        "type no under In use"
    };
    let why = format!("Records name it, so it is not deleted: {instead}.");
    Some(RowNews::Stays(job.row, Box::new(entry.clone()), why))
}

/// What becomes of a row that was refused, and what it waits for; nothing where what was typed is safe.
async fn refused(
    client: &Client,
    job: &RowJob,
    step: &Step,
    refusal: Refusal,
) -> (RowNews, Option<Waits>) {
    // Nothing is wrong with the row: it waits for the store, or for somebody to sign in.
    if refusal.code.is_of_the_store() {
        return (RowNews::NotSaved(job.row, refusal), Some(Waits::Store));
    }
    if refusal.code == Code::PeriodLocked {
        return (locked(client, job, refusal).await, None);
    }
    let record = match (refusal.code, step) {
        (Code::DuplicateRecord, _) => refusal.record.clone(),
        (
            Code::RecordChanged | Code::NotFound,
            Step::Ask(Ask::Edit(id, ..) | Ask::Replace(id, ..) | Ask::Void(id, _)),
        ) => Some(id.clone()),
        _ => None,
    };
    if let Some(news) = look_again(client, job, record, &refusal).await {
        return (news, None);
    }
    if job.book.borrow().manner.is_list() {
        return (RowNews::NotSaved(job.row, refusal), Some(Waits::Mending));
    }
    // What cannot become a record is at least not lost.
    let step = Step::Keep(job.cells.clone());
    let is_kept = ask(client, job, &step, false).await.is_ok();
    if is_kept && let Some((_, stored)) = job.book.borrow_mut().rows.get_mut(&job.row) {
        stored.has_draft = true;
    }
    (RowNews::NotSaved(job.row, refusal), (!is_kept).then_some(Waits::Store))
}

/// A locked day takes nothing: what was kept of the row is forgotten, and it shows what is stored.
async fn locked(client: &Client, job: &RowJob, refusal: Refusal) -> RowNews {
    let entry = forget_typed(client, job).await;
    let hint = refusal.hint.map(|hint| format!(" {hint}")).unwrap_or_default();
    RowNews::Locked(job.row, entry, format!("{}{hint}", refusal.message))
}

/// Forgets what was kept of a row, and finds what is stored of it.
async fn forget_typed(client: &Client, job: &RowJob) -> Option<Box<Row>> {
    let has_draft =
        job.book.borrow().rows.get(&job.row).is_some_and(|(_, stored)| stored.has_draft);
    let is_forgotten = has_draft && ask(client, job, &Step::Forget, false).await.is_ok();
    let mut book = job.book.borrow_mut();
    let stored = book.rows.get_mut(&job.row).map(|(_, stored)| stored);
    let stored = stored?;
    stored.has_draft &= !is_forgotten;
    stored.live().cloned().map(Box::new)
}

/// Finds the record that this row has asked for, although the answer was lost. Where it is not to be
/// seen, the row asks by another id the next time.
async fn find_made(client: &Client, job: &RowJob) -> bool {
    let Some(id) = job.asked_id() else { return false };
    let found = job.face().get(client, &id).await;
    let mut book = job.book.borrow_mut();
    book.ids.remove(&job.row);
    let Some((_, stored)) = book.rows.get_mut(&job.row) else { return false };
    let is_found = found.is_ok();
    if let Ok(entry) = found {
        stored.entry = Some(entry);
    }
    is_found
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
    let face = job.face();
    let entry = face.get(client, &id).await.ok()?;
    let mut book = job.book.borrow_mut();
    let (_, stored) = book.rows.get_mut(&job.row)?;
    stored.entry = Some(entry.clone());
    // An answer that was lost on its way: the record is what was typed.
    Some(if is_done(&face, &job.typed, stored) {
        RowNews::Done(job.row)
    } else {
        RowNews::Other(job.row, Box::new(entry), refusal.message.clone())
    })
}
