//! Asks before an edit of an earlier day moves the days after it.
//!
//! Apart from what is asked, because here it is waited: a question never comes while somebody types,
//! so that keys which are meant for the sheet do not answer it. Once somebody has said that it is
//! meant, further edits of the same day only tell what they move.

use deskops_domain::choice::Module;
use deskops_domain::day::Day;
use dioxus::prelude::*;
use futures_channel::oneshot;

use super::cascade::{Answer, Question, Subject, words};
use super::job::{RowJob, Waits};
use super::plan::{Step, Typed};
use super::saving::{Counts, mark};
use crate::browser;
use crate::client::Client;
use crate::face::{Ask, Face};

/// Who presses no key for so long, and has no cell open, can be asked.
const PAUSE_MS: i32 = 600;

/// What was asked so far.
#[derive(Default)]
pub struct Asked {
    /// The site and the day on which somebody has said that moving other days is meant.
    agreed: Option<(String, Day)>,
    n_asked: u32,
}

/// Something for the queue that is no row: whether it is meant.
pub struct Asking {
    /// What it is about.
    pub subject: Subject,
    /// Told what is to be done.
    pub tell: oneshot::Sender<Verdict>,
}

/// What is to be done with a step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// It is made; where it moves other days, it is then told how.
    Make(Option<String>),
    /// It is taken back.
    TakeBack,
    /// Its row was typed anew meanwhile, and is asked about as it then is.
    Overtaken,
}

impl Asked {
    fn is_agreed(&self, subject: &Subject) -> bool {
        self.agreed.as_ref().is_some_and(|(site, day)| (site, *day) == (&subject.site, subject.day))
    }

    /// Asks whether moving other days is meant, unless it has been said of this day.
    pub async fn is_meant(
        &mut self,
        counts: Counts,
        subject: &Subject,
        is_overtaken: impl Fn() -> bool,
    ) -> Verdict {
        if subject.cascade.is_empty() {
            return Verdict::Make(None);
        }
        let mut shown = counts.question;
        while !self.is_agreed(subject) {
            browser::pause_in_typing(PAUSE_MS).await;
            if is_overtaken() {
                return Verdict::Overtaken;
            }
            self.n_asked += 1;
            let (question, answered) = Question::about(self.n_asked, subject);
            shown.set(Some(question));
            let answer = answered.await.unwrap_or(Answer::TakeBack);
            shown.set(None);
            match answer {
                Answer::Save => self.agreed = Some((subject.site.clone(), subject.day)),
                Answer::TakeBack => return Verdict::TakeBack,
                Answer::TypedOn => {}
            }
        }
        Verdict::Make(Some(words(&subject.cascade)))
    }
}

/// Whether stock is moved by records of this kind; by hours it is where lines follow them.
fn moves_stock(face: &Face) -> bool {
    match face.module() {
        Some(module) => module != Module::Manpower,
        None => face.name == "run",
    }
}

/// Asks what a step of a row moves, and whether that is meant.
pub async fn ask_first(
    client: &Client,
    counts: Counts,
    job: &RowJob,
    step: &Step,
    asked: &mut Asked,
) -> Verdict {
    let (face, site, day, is_past) = {
        let book = job.book.borrow();
        let stored = book.rows.get(&job.row).and_then(|(_, stored)| stored.live());
        let day = match (&job.typed, stored) {
            (Typed::Right(day, _), _) => *day,
            (_, Some(stored)) => stored.day,
            (_, None) => book.day,
        };
        (book.face.clone(), book.site.clone(), day, day < book.today)
    };
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
    let subject = Subject { site, day, name: job.name.clone(), title: face.title, cascade };
    if !subject.cascade.is_empty() && !asked.is_agreed(&subject) {
        // Until it is answered, it is on this screen only.
        mark(counts, job, Waits::Store);
    }
    asked.is_meant(counts, &subject, || job.is_overtaken()).await
}
