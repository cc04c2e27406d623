//! The sheet of an opened day with everything around it: it wires keys, saving, history and files together.

use std::cell::RefCell;
use std::rc::Rc;

use deskops_domain::api::days::DaySheet;
use deskops_domain::api::records::{Create, Filter, Void};
use deskops_domain::choice::{Choices as _, Format, Module, Shift};
use deskops_domain::day::Day;
use deskops_domain::entry::Entry;
use deskops_domain::id::Id;
use deskops_domain::modules::{NilReturn, Production};
use deskops_domain::summary::Usual;
use dioxus::prelude::*;
use futures_channel::oneshot;
use futures_util::StreamExt as _;
use serde_json::json;

use super::book::SharedBook;
use super::layout::{Setting, column, lay_out};
use super::strip::{DayFigures, DayHead, Tool, Toolbar};
use super::{Job, RowNews, hear, writing};
use crate::browser;
use crate::desk::{Desk, Dot, Ear, Status, Tone, use_desk};
use crate::grid::{Effect, Event, Grid, Leave, RowId, RowState, Sheet};
use crate::history::HistoryDrawer;
use crate::key::Action;
use crate::parts::{Button, IconShape};
use crate::take_away::{FilePanel, Taking, take_away};
use crate::words::tons;

/// Why nothing can be typed while a day is known to be empty.
const NIL_CLOSED: &str = "Nothing on this day was confirmed. Press \"Something after all\" to type.";
/// How long a deleted row can be brought back by one press.
const UNDO_MS: i32 = 10_000;

/// Everything that the parts of the day share.
#[derive(Clone, Copy, PartialEq)]
struct Work {
    desk: Desk,
    shift: Shift,
    sheet: Signal<Sheet>,
    book: CopyValue<SharedBook>,
    /// Counts up when the book has changed.
    turns: Signal<u32>,
    news: Coroutine<RowNews>,
    nil: Signal<Option<Entry<NilReturn>>>,
    taking: Signal<Taking>,
    history: Signal<Option<RowId>>,
    /// The name of the row that was just deleted, and when to stop offering it.
    deleted: Signal<Option<(String, u32)>>,
}

/// The sheet of a day.
///
/// # Styling
/// `.page`, `.sheet-area`, `.undo-bar`, `.banner[data-tone]`.
#[component]
pub fn DayEditor(
    /// The site.
    site: String,
    /// The day.
    day: Day,
    /// The shift that is shown.
    shift: Shift,
    /// What is stored of the day.
    opened: DaySheet<Production>,
    /// Shows another shift.
    on_shift: Callback<Shift>,
) -> Element {
    let work = use_work(&site, day, shift, &opened);
    use_ear(work, on_shift);
    use_status(work, opened.usual.clone());
    let figures = use_memo(move || figures(work));
    let on_effect = use_callback(move |effect: Effect| work.on_effect(effect));
    let counts = Shift::CHOICES.iter().map(|choice| opened.entries.iter().filter(|entry| entry.body.shift.code() == choice.code).count()).collect::<Vec<_>>();
    let is_nil = work.nil.read().is_some();
    let is_entered = figures.read().n_entered > 0 || figures.read().n_others > 0;
    let history = (work.history)().map(|row| work.record_of(row));
    rsx! {
        div { class: "page sheet-page", "data-screen": "production",
            DayHead { day, figures: figures(), previous: opened.previous.clone(), is_nil }
            Toolbar {
                shift,
                counts,
                is_nil,
                is_entered,
                on_shift: move |shift| on_shift.call(shift),
                on_tool: move |tool| work.use_tool(tool),
                on_export: move |format| work.export(format),
            }
            NotSaved { work }
            FilePanel { taking: work.taking }
            div { class: "sheet-area",
                Grid { sheet: work.sheet, on_effect, label: "Production of {day.long()}" }
                if let Some((record, name)) = history {
                    HistoryDrawer {
                        module: Module::Production,
                        record,
                        name,
                        version: (work.turns)(),
                        on_close: move |()| work.close_history(),
                    }
                }
            }
            UndoBar { work }
        }
    }
}

fn use_work(site: &str, day: Day, shift: Shift, opened: &DaySheet<Production>) -> Work {
    let desk = use_desk();
    let (sheet, book) = use_hook(|| {
        let session = desk.session.peek();
        let clock = |at| desk.clock(at);
        let setting = Setting { catalogue: &session.catalogue, shift, day, site, clock: &clock };
        let (mut sheet, book) = lay_out(opened, &setting);
        if opened.nil.is_some() {
            sheet.closed = Some(NIL_CLOSED.into());
        }
        (Signal::new(sheet), CopyValue::new(Rc::new(RefCell::new(book))))
    });
    let turns = use_signal(|| 0_u32);
    let news = use_coroutine(move |mut news: UnboundedReceiver<RowNews>| async move {
        while let Some(told) = news.next().await {
            let (mut sheet, mut turns) = (sheet, turns);
            let said = hear(&mut sheet.write(), &book.read().borrow(), told, &|at| desk.clock(at));
            *turns.write() += 1;
            if let Some((words, tone)) = said {
                desk.say(words, tone);
            }
        }
    });
    Work {
        desk,
        shift,
        sheet,
        book,
        turns,
        news,
        nil: use_signal(|| opened.nil.clone()),
        taking: use_signal(|| Taking::Nothing),
        history: use_signal(|| None),
        deleted: use_signal(|| None),
    }
}

/// The shell's keys reach the sheet, and leaving it commits the open cell.
fn use_ear(work: Work, on_shift: Callback<Shift>) {
    let commit = use_callback(move |()| work.step(Event::Blur));
    let act = use_callback(move |action: Action| match action {
        Action::SaveNow => work.save_now(),
        Action::Export => work.export(Format::Xlsx),
        Action::PickShift(number) => {
            let codes = [Shift::All, Shift::Morning, Shift::Afternoon, Shift::Night];
            if let Some(shift) = codes.get(usize::from(number)).filter(|shift| **shift != work.shift) {
                on_shift.call(*shift);
            }
        }
        _ => {}
    });
    let mut desk_ear = work.desk.ear;
    let owner = use_hook(|| {
        let owner = desk_ear.peek().as_ref().map_or(1, |ear| ear.owner + 1);
        desk_ear.set(Some(Ear { owner, commit, act }));
        owner
    });
    use_drop(move || {
        let mut desk_ear = work.desk.ear;
        if desk_ear.peek().as_ref().is_some_and(|ear| ear.owner == owner) {
            desk_ear.set(None);
        }
    });
}

/// The status line tells about the focused cell, and the menu about the day.
fn use_status(work: Work, usual: std::collections::BTreeMap<String, Usual>) {
    use_effect(move || {
        let sheet = work.sheet.read();
        let mut status = work.desk.status;
        let facts = sheet.facts().map(|facts| facts.to_string()).unwrap_or_default();
        let told = match sheet.message() {
            Some(message) => {
                let tone = match message.tone {
                    crate::grid::Tone::Bad => Tone::Bad,
                    crate::grid::Tone::Warn => Tone::Warn,
                    crate::grid::Tone::Neutral | crate::grid::Tone::Info | crate::grid::Tone::Ok => Tone::Plain,
                };
                let code = message.code.filter(|code| !code.is_empty()).map(|code| format!(" ({code})")).unwrap_or_default();
                Status { message: format!("{}{code}", message.text), tone, facts }
            }
            None => Status { message: hint(work, &sheet, &usual).unwrap_or_default(), tone: Tone::Plain, facts },
        };
        if *status.peek() != told {
            status.set(told);
        }
    });
    use_effect(move || {
        let figures = figures(work);
        let dot = match (figures.n_drafts, figures.n_entered + figures.n_others, work.nil.read().is_some()) {
            (0, 0, true) => Dot::Nil,
            (0, 0, false) => Dot::Nothing,
            (0, entered, _) => Dot::Entered(entered),
            (drafts, _, _) => Dot::Drafts(drafts),
        };
        work.desk.mark(Module::Production, dot);
    });
}

/// What is usual for the cell under the cursor, or what its row still lacks.
fn hint(work: Work, sheet: &Sheet, usual: &std::collections::BTreeMap<String, Usual>) -> Option<String> {
    let row = sheet.rows.get(sheet.cursor.row)?;
    let column = sheet.columns.get(sheet.cursor.column)?;
    let name = format!("Row {}", sheet.cursor.row + 1);
    if row.state == RowState::Draft && sheet.text(row.id, column::QUANTITY).is_empty() {
        return Some(format!("{name}: the quantity is missing, so the row is kept as a draft."));
    }
    if column.key != column::QUANTITY {
        return None;
    }
    let book = work.book.read();
    let book = book.borrow();
    let (slot, _) = book.rows.get(&row.id)?;
    let usual = usual.get(&slot.material)?;
    Some(format!("{name} Quantity: usual {} to {}", deskops_domain::text::show_fixed(usual.low, 3), tons(usual.high)))
}

fn figures(work: Work) -> DayFigures {
    let sheet = work.sheet.read();
    let _ = (work.turns)();
    let book = work.book.read();
    let book = book.borrow();
    DayFigures {
        produced_kg: book.total().raw(),
        n_entered: sheet.n_entered(),
        n_rows: sheet.rows.iter().filter(|row| !row.gone).count(),
        n_drafts: sheet.rows.iter().filter(|row| *row.shown_state() == RowState::Draft).count(),
        saved_at: book.last_saved().map(|at| work.desk.clock(at)),
        n_others: book.others.len(),
    }
}

impl Work {
    fn step(self, event: Event) {
        let mut sheet = self.sheet;
        let effects = sheet.write().step(event);
        effects.into_iter().for_each(|effect| self.on_effect(effect));
    }

    fn on_effect(self, effect: Effect) {
        match effect {
            Effect::Write(row) => self.write(row),
            Effect::History(row) => {
                let mut history = self.history;
                history.set(Some(row));
            }
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

    fn write(self, row: RowId) {
        self.number_rows();
        let session = self.desk.session.peek();
        let sheet = self.sheet.peek();
        let job = writing::job(&sheet, &self.book.read(), row, self.shift, &session.catalogue, self.news.tx());
        if let Some(job) = job {
            self.desk.saving.send(Job::Row(job));
        }
        if let Some(gone) = sheet.row(row).filter(|row| row.gone) {
            self.offer_undo(gone.key.subject.clone());
        }
    }

    /// Rows that were added or taken away move the others.
    fn number_rows(self) {
        let mut sheet = self.sheet;
        let Some(column) = sheet.peek().column_idx(column::NUMBER) else { return };
        let is_right = sheet.peek().rows.iter().enumerate().all(|(i, row)| row.cells[column].text == (i + 1).to_string());
        if !is_right {
            for (i, row) in sheet.write().rows.iter_mut().enumerate() {
                row.cells[column].text = (i + 1).to_string();
            }
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

    fn record_of(self, row: RowId) -> (Option<Id>, String) {
        let book = self.book.read();
        let book = book.borrow();
        let id = book.rows.get(&row).and_then(|(_, stored)| stored.entry.as_ref()).map(|entry| entry.id.clone());
        let name = self.sheet.peek().row(row).map_or_else(|| "row".to_owned(), |row| row.key.subject.clone());
        (id, name)
    }

    fn close_history(self) {
        let mut history = self.history;
        history.set(None);
        browser::focus("[role='grid'] [tabindex='0']");
    }

    fn use_tool(self, tool: Tool) {
        match tool {
            Tool::Delete => self.step(Event::Do(Action::DeleteRow)),
            Tool::History => self.step(Event::Do(Action::History)),
            Tool::Nothing => self.say_nothing(),
            Tool::Something => self.say_something(),
        }
    }

    /// Everything typed is saved, and the clerk is told when it was.
    fn save_now(self) {
        self.step(Event::Blur);
        spawn(async move {
            let (tell, reached) = oneshot::channel();
            self.desk.saving.send(Job::Reached(tell));
            let _ = reached.await;
            let book = self.book.read().clone();
            let (n_unsaved, at) = { let book = book.borrow(); (book.unsaved.len(), book.last_saved()) };
            match (n_unsaved, at) {
                (0, Some(at)) => self.desk.say(format!("Saved here {}", self.desk.clock(at)), Tone::Plain),
                (0, None) => self.desk.say("There is nothing to save on this day yet.", Tone::Plain),
                (rows, _) => self.desk.say(format!("{rows} rows are not saved."), Tone::Bad),
            }
        });
    }

    fn export(self, format: Format) {
        self.step(Event::Blur);
        let (site, day) = { let book = self.book.read(); let book = book.borrow(); (book.site.clone(), book.day) };
        spawn(async move {
            // What is typed is in the file.
            let (tell, reached) = oneshot::channel();
            self.desk.saving.send(Job::Reached(tell));
            let _ = reached.await;
            take_away(self.desk, Module::Production, Filter::day(&site, day), format, self.taking);
        });
    }

    /// Says that nothing happened on this day.
    fn say_nothing(self) {
        let (site, day) = { let book = self.book.read(); let book = book.borrow(); (book.site.clone(), book.day) };
        spawn(async move {
            let draft = [("siteId", json!(site)), ("date", json!(day)), ("module", json!(Module::Production.code()))];
            let draft = draft.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
            let (mut nil, mut sheet) = (self.nil, self.sheet);
            match self.desk.client().call(Create::<NilReturn>::new(draft)).await {
                Ok(saved) => {
                    self.count_unsent(saved.unsent);
                    nil.set(Some(saved.entry));
                    sheet.write().closed = Some(NIL_CLOSED.into());
                    self.desk.say("Nothing on this day: confirmed and saved here.", Tone::Plain);
                }
                Err(refusal) => self.desk.say(refusal.to_string(), Tone::Bad),
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
                    self.desk.say("The day can be typed again.", Tone::Plain);
                    browser::focus("[role='grid'] [tabindex='0']");
                }
                Err(refusal) => self.desk.say(refusal.to_string(), Tone::Bad),
            }
        });
    }

    fn count_unsent(self, unsent: u64) {
        let mut count = self.desk.unsent;
        count.set(unsent);
    }
}

/// Rows that did not reach the store stay marked, and can be tried again.
#[component]
fn NotSaved(work: Work) -> Element {
    let _ = (work.turns)();
    let rows = work.book.read().borrow().unsaved.clone();
    if rows.is_empty() {
        return rsx! {};
    }
    let count = if rows.len() == 1 { "1 row is".to_owned() } else { format!("{} rows are", rows.len()) };
    rsx! {
        div { class: "banner", role: "alert", "data-tone": "bad",
            p {
                strong { "Not saved: " }
                "{count} only on this screen. Nothing else is lost. Do not close DeskOps before it is saved."
            }
            Button {
                label: "Try again",
                icon: IconShape::Refresh,
                look: "accent",
                onclick: move |()| rows.iter().for_each(|row| work.write(*row)),
            }
        }
    }
}

/// What was just deleted, and one press to bring it back.
#[component]
fn UndoBar(work: Work) -> Element {
    let mut deleted = work.deleted;
    let shown = deleted.read().clone();
    rsx! {
        div { class: "undo-bar", role: "status", "data-shown": shown.is_some(),
            if let Some((name, _)) = shown {
                span { "{name} deleted." }
                Button {
                    label: "Undo",
                    icon: IconShape::Undo,
                    keys: "Ctrl+Z",
                    look: "quiet",
                    onclick: move |()| {
                        deleted.set(None);
                        work.step(Event::Do(Action::Undo));
                        browser::focus("[role='grid'] [tabindex='0']");
                    },
                }
            }
        }
    }
}
