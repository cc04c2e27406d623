//! What an edit of an earlier day moves on the days after it, asked before it is made.
//!
//! Once somebody has said that it is meant, further edits of the same day only tell what they move.

use std::cell::RefCell;
use std::rc::Rc;

use deskops_domain::api::ledger::Cascade;
use deskops_domain::catalogue::{Catalogue, List};
use deskops_domain::choice::Module;
use deskops_domain::day::Day;
use deskops_domain::text::show_fixed;
use dioxus::prelude::*;
use futures_channel::oneshot;

use super::plan::{Step, Typed};
use super::saving::{Counts, RowJob, Waits, mark};
use crate::client::Client;
use crate::face::{Ask, Face};

/// The most lines of a question.
const MOST_LINES: usize = 12;

/// A question that waits for an answer; until then nothing is written.
#[derive(Clone)]
pub struct Question {
    /// Which question of the page it is.
    pub number: u32,
    /// What the row is called.
    pub name: String,
    /// What it is a row of.
    pub title: &'static str,
    /// Its day.
    pub day: Day,
    /// What its edit moves.
    pub cascade: Cascade,
    answer: Rc<RefCell<Option<oneshot::Sender<bool>>>>,
}

impl PartialEq for Question {
    fn eq(&self, other: &Self) -> bool {
        self.number == other.number
    }
}

impl Question {
    /// Whether the edit is made.
    pub fn answer(&self, is_meant: bool) {
        if let Some(answer) = self.answer.borrow_mut().take() {
            // The queue waits for it for as long as the page lives.
            let _ = answer.send(is_meant);
        }
    }
}

/// What was asked so far.
#[derive(Default)]
pub struct Asked {
    /// The site and the day on which somebody has said that moving other days is meant.
    agreed: Option<(String, Day)>,
    n_asked: u32,
}

/// What is to be done with a step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// It is made; where it moves other days, it is then told how.
    Make(Option<String>),
    /// It is taken back.
    TakeBack,
}

/// Whether stock is moved by records of this kind; by hours it is where lines follow them.
fn moves_stock(face: &Face) -> bool {
    match face.module() {
        Some(module) => module != Module::Manpower,
        None => face.name == "run",
    }
}

/// Asks what a step moves, and whether that is meant, unless it has been said of this day.
pub async fn ask_first(
    client: &Client,
    counts: Counts,
    job: &RowJob,
    step: &Step,
    asked: &mut Asked,
) -> Verdict {
    let (face, here, is_past) = {
        let book = job.book.borrow();
        let stored = book.rows.get(&job.row).and_then(|(_, stored)| stored.live());
        let day = match (&job.typed, stored) {
            (Typed::Right(day, _), _) => *day,
            (_, Some(stored)) => stored.day,
            (_, None) => book.day,
        };
        (book.face.clone(), (book.site.clone(), day), day < book.today)
    };
    // Another day was opened since.
    asked.agreed.take_if(|agreed| *agreed != here);
    // What is deleted and entered anew in one cannot be tried out; it is not guessed at.
    let (id, draft) = match step {
        Step::Ask(Ask::Create(draft)) => (None, Some(draft)),
        Step::Ask(Ask::Edit(id, _, draft)) => (Some(id), Some(draft)),
        Step::Ask(Ask::Void(id, _)) => (Some(id), None),
        Step::Ask(Ask::Replace(..)) | Step::Keep(_) | Step::Forget => {
            return Verdict::Make(None);
        }
    };
    if !is_past || !moves_stock(&face) {
        return Verdict::Make(None);
    }
    // What keeps it from being tried out keeps it from being saved too, and is told then.
    let Ok(cascade) = face.preview(client, id, draft).await else { return Verdict::Make(None) };
    if cascade.is_empty() {
        return Verdict::Make(None);
    }
    let words = words(&cascade);
    if asked.agreed.is_none() {
        // Until it is answered, it is on this screen only.
        mark(counts, job, Waits::Store);
        asked.n_asked += 1;
        let (answer, answered) = oneshot::channel();
        let answer = Rc::new(RefCell::new(Some(answer)));
        let (name, day) = (job.name.clone(), here.1);
        let mut question = counts.question;
        question.set(Some(Question {
            number: asked.n_asked,
            name,
            title: face.title,
            day,
            cascade,
            answer,
        }));
        let is_meant = answered.await.unwrap_or(false);
        question.set(None);
        if !is_meant {
            return Verdict::TakeBack;
        }
        asked.agreed = Some(here);
    }
    Verdict::Make(Some(words))
}

/// `4 days, 2 materials change`, and of how many locked days the opening is off.
#[must_use]
pub fn words(cascade: &Cascade) -> String {
    let off = match cascade.locked.len() {
        0 => None,
        1 => Some("1 opening of a locked day is off".to_owned()),
        many => Some(format!("{many} openings of locked days are off")),
    };
    let moved = (!cascade.moved.is_empty()).then(|| cascade.words());
    [moved, off].into_iter().flatten().collect::<Vec<_>>().join(", ")
}

/// One line of a question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// The day.
    pub day: Day,
    /// The material, by name.
    pub material: String,
    /// Its closing before and after, in tons.
    pub closing: (String, String),
    /// Counted less computed before and after; none where nothing was counted.
    pub variance: Option<(String, String)>,
}

/// What moves, day after day, and how many lines are left out.
#[must_use]
pub fn lines(cascade: &Cascade, catalogue: &Catalogue) -> (Vec<Line>, usize) {
    let mut moved: Vec<_> = cascade.moved.iter().collect();
    moved.sort_by_key(|moved| (moved.day, material(&moved.material_id, catalogue)));
    let both = |(before, after): (i64, i64)| (show_fixed(before, 3), show_fixed(after, 3));
    let shown = moved.iter().take(MOST_LINES).map(|moved| Line {
        day: moved.day,
        material: material(&moved.material_id, catalogue),
        closing: both(moved.closing),
        variance: (moved.variance != (0, 0)).then(|| both(moved.variance)),
    });
    (shown.collect(), moved.len().saturating_sub(MOST_LINES))
}

/// Locked days that keep their figures, in sentences.
#[must_use]
pub fn locked(cascade: &Cascade, catalogue: &Catalogue) -> Vec<String> {
    let off = |opening: &deskops_domain::api::ledger::Opening| {
        format!(
            "{} is locked and keeps its figures: {} opens {} t off what the day before closes with.",
            opening.day.long(),
            material(&opening.material_id, catalogue),
            show_fixed(opening.off_kg, 3)
        )
    };
    let mut sentences: Vec<_> = cascade.locked.iter().take(MOST_LINES).map(off).collect();
    let left_out = cascade.locked.len().saturating_sub(MOST_LINES);
    if left_out > 0 {
        sentences.push(format!("And {left_out} more."));
    }
    sentences
}

fn material(id: &str, catalogue: &Catalogue) -> String {
    let item = catalogue.find(List::Materials, id);
    item.map_or_else(|| id.to_owned(), |item| item.name.clone())
}
