//! What an edit of an earlier day moves on the days after it, as it is asked and told.

use std::cell::RefCell;
use std::rc::Rc;

use deskops_domain::api::ledger::Cascade;
use deskops_domain::catalogue::{Catalogue, List};
use deskops_domain::day::Day;
use deskops_domain::text::show_fixed;
use futures_channel::oneshot;

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
    answer: Rc<RefCell<Option<oneshot::Sender<Answer>>>>,
}

/// What came of a question.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answer {
    /// It is meant.
    Save,
    /// It is not.
    TakeBack,
    /// Somebody typed on: the question gives way, and comes again when the typing pauses.
    TypedOn,
}

/// What a question is about.
#[derive(Debug, Clone)]
pub struct Subject {
    /// The site.
    pub site: String,
    /// The day.
    pub day: Day,
    /// What the row, or what is worked out, is called.
    pub name: String,
    /// What it is a row of.
    pub title: &'static str,
    /// What it moves.
    pub cascade: Cascade,
}

impl PartialEq for Question {
    fn eq(&self, other: &Self) -> bool {
        self.number == other.number
    }
}

impl Question {
    /// A question, and where its answer comes.
    pub fn about(number: u32, subject: &Subject) -> (Self, oneshot::Receiver<Answer>) {
        let (answer, answered) = oneshot::channel();
        let Subject { name, title, day, cascade, .. } = subject.clone();
        let answer = Rc::new(RefCell::new(Some(answer)));
        (Self { number, name, title, day, cascade, answer }, answered)
    }

    /// Says what came of it; the first word counts.
    pub fn answer(&self, answer: Answer) {
        if let Some(tell) = self.answer.borrow_mut().take() {
            // The queue waits for it for as long as the page lives.
            let _ = tell.send(answer);
        }
    }
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
