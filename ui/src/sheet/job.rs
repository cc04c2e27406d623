//! A row on its way into the store, and what became of it.
//!
//! Apart from the queue, because screens make the one and hear the other.

use std::rc::Rc;

use deskops_domain::api::Refusal;
use deskops_domain::day::Day;
use deskops_domain::draft::Draft;
use deskops_domain::id::Id;
use deskops_domain::problem::Problem;
use futures_channel::mpsc::UnboundedSender;

use super::book::{SharedBook, Slot};
use super::plan::Typed;
use crate::client::Client;
use crate::face::{Face, Row};
use crate::grid::RowId;

/// What a row waits for that is on this screen only.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Waits {
    /// The store: it is tried again every few seconds.
    Store,
    /// Somebody who mends or deletes it.
    Mending,
    /// The end of its typing.
    Typing,
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
    pub typed: Typed,
    /// What was typed, by field.
    pub cells: Draft,
    /// How often the row had been left when it stood so.
    pub turn: u32,
    /// What it waits for, where it does not get into the store.
    pub waits: Waits,
    /// Where the screen listens; it may be gone.
    pub news: UnboundedSender<RowNews>,
}

impl RowJob {
    /// Its day.
    #[must_use]
    pub fn day(&self) -> Day {
        self.book.borrow().day
    }

    /// The id that its new record has been asked for by, where it has no record yet.
    #[must_use]
    pub fn asked_id(&self) -> Option<Id> {
        self.book.borrow().ids.get(&self.row).cloned()
    }

    /// Whether the row was left again since, so that another job follows.
    #[must_use]
    pub fn is_overtaken(&self) -> bool {
        self.book.borrow().turn(self.row) > self.turn
    }

    /// Whether it is about this day of this kind of record, or about this list.
    #[must_use]
    pub fn is_of(&self, face: &Face, site: &str, day: Day) -> bool {
        let book = self.book.borrow();
        let is_there = book.day == day || book.manner.is_list();
        book.face == *face && book.site == site && is_there
    }

    pub(super) fn is_same_row(&self, other: &Self) -> bool {
        if Rc::ptr_eq(&self.book, &other.book) && self.row == other.row {
            return true;
        }
        let book = other.book.borrow();
        self.is_of(&book.face, &book.site, book.day) && self.slot == other.slot
    }

    /// What it is a row of: `22 Nov`, or `Materials`.
    #[must_use]
    pub fn whole(&self) -> String {
        let book = self.book.borrow();
        if book.manner.is_list() { book.face.title.to_owned() } else { book.day.short() }
    }

    /// What is typed.
    #[must_use]
    pub fn face(&self) -> Face {
        self.book.borrow().face.clone()
    }

    /// The name of its draft: that of the record, once it has one.
    pub(super) fn draft_name(&self) -> String {
        let book = self.book.borrow();
        book.rows.get(&self.row).map_or_else(|| self.slot.name(), |(slot, _)| slot.name())
    }

    pub(super) fn say(&self, news: RowNews) {
        // The screen may be gone; the row is saved all the same.
        let _ = self.news.unbounded_send(news);
    }

    pub(super) async fn keep(&self, client: &Client, cells: Option<Draft>) -> Result<(), Refusal> {
        let (site, day) = {
            let book = self.book.borrow();
            (book.site.clone(), book.day)
        };
        self.face().keep(client, &site, day, &self.draft_name(), cells).await
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
    Other(RowId, Box<Row>, String),
    /// Its day is locked: what was typed is not taken, and the row shows what is stored, if anything.
    Locked(RowId, Option<Box<Row>>, String),
    /// It is named by others and not deleted: the row shows it again, and why.
    Stays(RowId, Box<Row>, String),
    /// It is not meant after all: the row shows what is stored, if anything.
    TakenBack(RowId, Option<Box<Row>>),
    /// It is saved, and this is what it moved on other days.
    Moved(RowId, String),
    /// It is saved, and this is worth a question; nothing where it is like others.
    Odd(RowId, Vec<Problem>),
    /// It is not saved as a record.
    NotSaved(RowId, Refusal),
}

impl PartialEq for RowJob {
    fn eq(&self, other: &Self) -> bool {
        self.is_same_row(other)
            && self.cells == other.cells
            && self.typed == other.typed
            && self.waits == other.waits
    }
}
