//! What the parts of an opened day share, and everything that is done with it.

use deskops_domain::api::records::{Create, Filter, Void};
use deskops_domain::choice::{Format, Granularity, Shift};
use deskops_domain::entry::Entry;
use deskops_domain::id::Id;
use deskops_domain::modules::NilReturn;
use dioxus::prelude::*;
use serde_json::json;

use super::book::SharedBook;
use super::layout::{column, name_of, number_rows};
use super::strip::Tool;
use super::{RowNews, writing};
use crate::browser;
use crate::desk::{Desk, Tone};
use crate::face::Face;
use crate::grid::{Effect, Event, Leave, Message, RowId, Sheet};
use crate::key::Action;
use crate::take_away::{Taking, take_away};

/// Why nothing can be typed while a day is known to be empty.
pub const NIL_CLOSED: &str =
    "Nothing on this day was confirmed. Press \"Something after all\" to type.";
/// The cell under the cursor.
pub const CURSOR: &str = "[role='grid'] [tabindex='0']";
/// How long a deleted row can be brought back by one press.
const UNDO_MS: i32 = 10_000;

/// Everything that the parts of the day share.
#[derive(Clone, Copy, PartialEq)]
pub struct Work {
    pub desk: Desk,
    pub shift: Shift,
    pub sheet: Signal<Sheet>,
    pub book: CopyValue<SharedBook>,
    /// Counts up when the book has changed.
    pub turns: Signal<u32>,
    pub news: Coroutine<RowNews>,
    pub nil: Signal<Option<Entry<NilReturn>>>,
    pub taking: Signal<Taking>,
    pub history: Signal<Option<RowId>>,
    /// The name of the row that was just deleted, and when to stop offering it.
    pub deleted: Signal<Option<(String, u32)>>,
    /// Counts up when the day is to be closed.
    pub n_closes: Signal<u32>,
    pub after: After,
}

/// How the screen is shown anew, and what it says then.
#[derive(Clone, Copy, PartialEq)]
pub struct After {
    pub on_reload: Callback<()>,
    pub said: Option<Signal<Option<Message>>>,
}

impl After {
    /// What the screen before this one left to be said.
    pub fn take_said(self) -> Option<Message> {
        self.said.and_then(|mut said| said.write().take())
    }
}

impl Work {
    pub fn step(self, event: Event) {
        let mut sheet = self.sheet;
        let effects = sheet.write().step(event);
        self.number_rows();
        effects.into_iter().for_each(|effect| self.on_effect(effect));
    }

    /// Does what the sheet asks for.
    pub fn on_effect(self, effect: Effect) {
        match effect {
            Effect::Write(row) => self.write(row, true),
            Effect::Keep(row) => self.write(row, false),
            Effect::History(row) => {
                let mut history = self.history;
                history.set(Some(row));
            }
            Effect::Open { row, column } => self.open_figure(row, column),
            Effect::Leave(Leave::Forward) => {
                browser::focus("[data-region='drawer'] button, [data-region='sidebar'] a");
            }
            Effect::Leave(Leave::Backward | Leave::Toolbar) => {
                browser::focus("[data-region='toolbar'] select");
            }
            // The view has copied already, and the status line reads the sheet.
            Effect::Copy { .. } | Effect::Say(_) => {}
        }
    }

    /// Has a row saved; one that is still being typed is only kept.
    pub fn write(self, row: RowId, is_left: bool) {
        self.number_rows();
        let is_kept = self.face().habit.is_kept && self.record_of(row).0.is_some();
        let is_gone = {
            let session = self.desk.session.peek();
            let sheet = self.sheet.peek();
            let book = self.book.read();
            let desk =
                writing::Desk { book: &book, shift: self.shift, catalogue: &session.catalogue };
            if let Some(job) = writing::job(&sheet, row, &desk, is_left, self.news.tx()) {
                self.desk.save(job);
            }
            sheet.row(row).is_some_and(|row| row.gone)
        };
        match (is_gone, is_kept) {
            // What is named by others comes back at once, with a sentence about it.
            (true, true) => {}
            (true, false) => self.offer_undo(name_of(&self.sheet.peek(), row)),
            (false, _) => self.is_back(&name_of(&self.sheet.peek(), row)),
        }
        if !is_gone && is_left {
            self.say_what_is_missing(row);
        }
    }

    /// What was brought back by its own key needs no offer any more.
    fn is_back(self, name: &str) {
        let mut deleted = self.deleted;
        if deleted.peek().as_ref().is_some_and(|(gone, _)| gone == name) {
            deleted.set(None);
        }
    }

    /// Who leaves a row that is not whole is told, because the row is out of sight soon.
    fn say_what_is_missing(self, row: RowId) {
        let is_silent = {
            let sheet = self.sheet.peek();
            !sheet.grows() || sheet.said.is_some()
        };
        if let Some(problem) = self.problem_of(row).filter(|_| !is_silent) {
            let name = name_of(&self.sheet.peek(), row);
            self.say(format!("{name} {} {problem}", self.not_yet()), Tone::Warn);
        }
    }

    /// What is said of a row that is no record yet.
    pub fn not_yet(self) -> &'static str {
        if self.is_list() { "is not saved yet." } else { "is kept as a draft." }
    }

    /// The first thing that keeps a row from being a record, beside what its cells say.
    pub fn problem_of(self, row: RowId) -> Option<String> {
        let session = self.desk.session.peek();
        let sheet = self.sheet.peek();
        let book = self.book.read();
        let desk = writing::Desk { book: &book, shift: self.shift, catalogue: &session.catalogue };
        writing::problems(&sheet, row, &desk).into_iter().next().map(|problem| problem.message)
    }

    /// Whether it is a list and no day.
    #[must_use]
    pub fn is_list(self) -> bool {
        self.book.read().borrow().manner.is_list()
    }

    /// What is typed.
    #[must_use]
    pub fn face(self) -> Face {
        self.book.read().borrow().face.clone()
    }

    /// Rows that were added or taken away move the others.
    fn number_rows(self) {
        let mut sheet = self.sheet;
        let is_right = {
            let sheet = sheet.peek();
            let column = sheet.column_idx(column::NUMBER);
            let number = |(i, row): (usize, &crate::grid::Row)| {
                column.is_none_or(|column| row.cells[column].text == (i + 1).to_string())
            };
            sheet.rows.iter().enumerate().all(number)
        };
        if !is_right {
            number_rows(&mut sheet.write());
        }
    }

    fn offer_undo(self, name: String) {
        let mut deleted = self.deleted;
        let turn = deleted.peek().as_ref().map_or(1, |(_, turn)| turn + 1);
        deleted.set(Some((name, turn)));
        spawn(async move {
            browser::sleep(UNDO_MS).await;
            if deleted.peek().as_ref().is_some_and(|(_, last)| *last == turn) {
                deleted.set(None);
            }
        });
    }

    pub fn record_of(self, row: RowId) -> (Option<Id>, String) {
        let book = self.book.read();
        let book = book.borrow();
        let id = book
            .rows
            .get(&row)
            .and_then(|(_, stored)| stored.entry.as_ref())
            .map(|entry| entry.id.clone());
        (id, name_of(&self.sheet.peek(), row))
    }

    pub fn close_history(self) {
        let mut history = self.history;
        history.set(None);
        browser::focus(CURSOR);
    }

    pub fn use_tool(self, tool: Tool) {
        match tool {
            Tool::Delete => self.step(Event::Do(Action::DeleteRow)),
            Tool::History => self.step(Event::Do(Action::History)),
            Tool::Nothing => self.say_nothing(),
            Tool::WorkOut => self.work_out(),
            Tool::Something => self.say_something(),
        }
    }

    /// Everything typed is saved, and the clerk is told when it was.
    pub fn save_now(self) {
        self.step(Event::Blur);
        spawn(async move {
            self.desk.reached().await;
            let n_unsaved = self.desk.counts.unsaved.peek().len();
            let at = self.book.read().borrow().last_saved();
            match (n_unsaved, at) {
                (0, Some(at)) => {
                    self.say(format!("Saved here {}", self.desk.clock(at)), Tone::Plain)
                }
                (0, None) => self.say("There is nothing to save here yet.", Tone::Plain),
                (rows, _) => self.say(format!("{rows} rows are not saved."), Tone::Bad),
            }
        });
    }

    /// Takes the day away as a file; lists stay where they are.
    pub fn export(self, format: Format) {
        self.step(Event::Blur);
        if self.is_list() {
            let how = "Lists are not written as files: select all (Ctrl+A), copy, and paste into a spreadsheet.";
            return self.say(how, Tone::Plain);
        }
        let (site, day) = {
            let book = self.book.read();
            let book = book.borrow();
            (book.site.clone(), book.day)
        };
        spawn(async move {
            // What is typed is in the file.
            self.desk.reached().await;
            // A day is in one week, so its file has a row for each record.
            let form = (format, Granularity::Daily);
            take_away(self.desk, self.face(), Filter::day(&site, day), form, self.taking);
        });
    }

    /// Says that nothing happened on this day.
    fn say_nothing(self) {
        let (site, day) = {
            let book = self.book.read();
            let book = book.borrow();
            (book.site.clone(), book.day)
        };
        spawn(async move {
            let draft = [
                ("siteId", json!(site)),
                ("date", json!(day)),
                ("module", json!(self.face().name)),
            ];
            let draft = draft.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
            let (mut nil, mut sheet) = (self.nil, self.sheet);
            match self.desk.client().call(Create::<NilReturn>::new(draft)).await {
                Ok(saved) => {
                    self.count_unsent(saved.unsent);
                    nil.set(Some(saved.entry));
                    sheet.write().closed = Some(NIL_CLOSED.into());
                    self.say("Nothing on this day: confirmed and saved here.", Tone::Plain);
                }
                Err(refusal) => self.say(refusal.to_string(), Tone::Bad),
            }
        });
    }

    /// Takes back that nothing happened.
    fn say_something(self) {
        let Some(entry) = self.nil.peek().clone() else { return };
        spawn(async move {
            let (mut nil, mut sheet) = (self.nil, self.sheet);
            match self.desk.client().call(Void::<NilReturn>::new(entry.id, None)).await {
                Ok(saved) => {
                    self.count_unsent(saved.unsent);
                    nil.set(None);
                    sheet.write().closed = None;
                    self.say("The day can be typed again.", Tone::Plain);
                    browser::focus(CURSOR);
                }
                Err(refusal) => self.say(refusal.to_string(), Tone::Bad),
            }
        });
    }

    /// Says something in the status line, until the next key.
    pub fn say(self, words: impl Into<String>, tone: Tone) {
        let mut sheet = self.sheet;
        sheet.write().said = Some(message(words.into(), tone));
    }

    /// Reads everything anew, and says something then.
    pub fn read_anew(self, words: impl Into<String>, tone: Tone) {
        if let Some(mut said) = self.after.said {
            said.set(Some(message(words.into(), tone)));
        }
        self.after.on_reload.call(());
    }

    pub fn count_unsent(self, unsent: u64) {
        let mut count = self.desk.counts.unsent;
        count.set(unsent);
    }
}

fn message(text: String, tone: Tone) -> Message {
    let tone = match tone {
        Tone::Plain => crate::grid::Tone::Neutral,
        Tone::Warn => crate::grid::Tone::Warn,
        Tone::Bad => crate::grid::Tone::Bad,
    };
    Message { tone, text, code: None }
}
