//! The sheet of an opened day with everything around it: it wires keys, saving, history and files together.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use deskops_domain::api::periods::Readiness;
use deskops_domain::choice::{Choices as _, Format, Module, Shift};
use deskops_domain::day::Day;
use deskops_domain::field::Kind;
use deskops_domain::summary::Usual;
use deskops_domain::text::show_fixed;
use dioxus::prelude::*;
use futures_util::StreamExt as _;

use super::adds_up::not_in_force;
use super::book::{has_shifts, shift_of};
use super::hear;
use super::job::RowNews;
use super::layout::{Setting, lay_out};
use super::manner::manner;
use super::strip::{DayFigures, DayHead, ListHead, Toolbar};
use super::undo_bar::UndoBar;
use super::watch::use_elsewhere;
use super::work::{After, CURSOR, NIL_CLOSED, Work};
use super::work_out::worked_out;
use crate::browser;
use crate::close::{self, DayBar};
use crate::desk::{Dot, Status, Tone, use_desk, use_ear};
use crate::face::{DayRows, Face, Row};
use crate::grid::{Effect, Event, Grid, Message, RowState, Sheet};
use crate::history::HistoryDrawer;
use crate::key::{Action, KeyPress};
use crate::take_away::{FilePanel, Taking};
use crate::words::amount;

/// The sheet of what was opened: a day of a module, or a list.
///
/// # Styling
/// `.page`, `.sheet-area`, `.undo-bar`, `.banner[data-tone]`.
#[component]
pub fn SheetEditor(
    /// What is typed.
    face: Face,
    /// The site.
    site: String,
    /// The day.
    day: Day,
    /// The shift that is shown.
    shift: Shift,
    /// What is stored of the day.
    opened: DayRows,
    /// How far the day is closed, and what is missing; none of a list.
    ready: Option<Readiness>,
    /// Shows another shift.
    on_shift: Callback<Shift>,
    /// Reads everything anew.
    on_reload: Callback<()>,
    /// What is to be said once everything was read anew.
    said: Option<Signal<Option<Message>>>,
) -> Element {
    let after = After { on_reload, said };
    let work = use_work(&face, &site, day, shift, &opened, ready.as_ref(), after);
    let ready = use_signal(|| ready);
    use_keys(work, on_shift);
    use_status(work, opened.usual.clone());
    use_elsewhere(work, ready);
    // Whoever opens a day comes to type, but for who walks through days with the buttons above.
    use_effect(|| {
        if !browser::is_focus_in("[data-region='header']") {
            browser::focus(CURSOR);
        }
    });
    let figures = use_memo(move || figures(work));
    let beside = use_hook(|| Rc::new(opened.beside.clone()));
    let wrong = use_memo(move || wrong(work, &beside));
    let on_effect = use_callback(move |effect: Effect| work.on_effect(effect));
    let count =
        |shift: Shift| opened.rows.iter().filter(|row| shift_of(&face, row) == shift).count();
    let all = Shift::CHOICES.iter().filter_map(|choice| Shift::from_code(choice.code));
    let shifts = has_shifts(&face).then(|| (shift, all.map(count).collect::<Vec<_>>()));
    let ready = ready();
    let is_nil = work.nil.read().is_some();
    let is_entered = figures.read().n_entered > 0 || figures.read().n_others > 0;
    let history = (work.history)().map(|row| work.record_of(row));
    let n_rows = figures.read().n_rows.unwrap_or(figures.read().n_entered);
    let named = work.total_column();
    let is_list = work.is_list();
    let is_stock = face.module() == Some(Module::Inventory);
    let label =
        if is_list { face.title.to_owned() } else { format!("{} of {}", face.title, day.long()) };
    rsx! {
        div { class: "page sheet-page", "data-screen": face.name,
            if is_list {
                ListHead { title: face.title, figures: figures(), is_kept: face.habit.is_kept, is_one_a_day: face.habit.is_one_a_day, wrong: wrong() }
            } else {
                DayHead {
                    title: face.title,
                    day,
                    figures: figures(),
                    previous: opened.previous.clone(),
                    is_nil,
                    closed: ready.as_ref().and_then(|ready| close::told(work.desk, ready)),
                    is_computed: is_stock,
                }
            }
            if let Some(ready) = ready.clone().filter(|_| is_stock) {
                DayBar { site: site.clone(), day, ready, n_closes: work.n_closes, on_change: on_reload }
            }
            Toolbar {
                title: face.title,
                shifts,
                is_nil,
                is_entered,
                is_list: is_list || face.module().is_none(),
                worked_out: worked_out(&face),
                can_delete: !face.is_computed() && !face.habit.is_kept,
                on_shift: move |shift| on_shift.call(shift),
                on_tool: move |tool| work.use_tool(tool),
                on_export: move |format| work.export(format),
            }
            FilePanel { taking: work.taking }
            div { class: "sheet-area",
                div { class: "grid-region", "data-region": "grid",
                    Grid {
                        sheet: work.sheet,
                        on_effect,
                        label,
                        totals: vec![(named, format!("Total of {n_rows} row{}", if n_rows == 1 { "" } else { "s" }))],
                    }
                }
                if let Some((record, name)) = history {
                    HistoryDrawer {
                        face: face.clone(),
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

fn use_work(
    face: &Face,
    site: &str,
    day: Day,
    shift: Shift,
    opened: &DayRows,
    ready: Option<&Readiness>,
    after: After,
) -> Work {
    let desk = use_desk();
    let (sheet, book) = use_hook(|| {
        let session = desk.session.peek();
        let clock = |at| desk.clock(at);
        let manner = Rc::new(manner(face));
        let setting = Setting {
            face,
            manner: &manner,
            catalogue: &session.catalogue,
            shift,
            day,
            site,
            clock: &clock,
        };
        let (mut sheet, mut book) = lay_out(opened, &setting);
        book.today = desk.today();
        let locked = ready.and_then(|ready| close::why_closed(desk, ready, day));
        if let Some(why) = locked {
            lock_rows(&mut sheet);
            sheet.closed = Some(why);
        } else if opened.nil.is_some() {
            sheet.closed = Some(NIL_CLOSED.into());
        }
        sheet.said = after.take_said();
        (Signal::new(sheet), CopyValue::new(Rc::new(RefCell::new(book))))
    });
    let turns = use_signal(|| 0_u32);
    let news = use_coroutine(move |mut news: UnboundedReceiver<RowNews>| async move {
        while let Some(told) = news.next().await {
            let (mut sheet, mut turns) = (sheet, turns);
            let session = desk.session.peek();
            let clock = |at| desk.clock(at);
            hear(&mut sheet.write(), &book.read().borrow(), told, &session.catalogue, &clock);
            *turns.write() += 1;
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
        n_closes: use_signal(|| 0),
        after,
    }
}

/// What stands on a locked day is locked.
fn lock_rows(sheet: &mut Sheet) {
    for row in sheet.rows.iter_mut().filter(|row| row.state != RowState::Blank) {
        row.state = RowState::Locked;
    }
}

/// The shell's keys reach the sheet, and leaving it commits the open cell.
fn use_keys(work: Work, on_shift: Callback<Shift>) {
    let commit = use_callback(move |()| work.step(Event::Blur));
    let act = use_callback(move |action: Action| match action {
        Action::SaveNow => work.save_now(),
        Action::WorkOut => work.work_out(),
        Action::Export => work.export(Format::Xlsx),
        Action::CloseDay if work.face().module() == Some(Module::Inventory) => {
            let mut n_closes = work.n_closes;
            *n_closes.write() += 1;
        }
        Action::CloseDay => {
            work.say("A day is closed in Inventory: press Ctrl+7, then Ctrl+L.", Tone::Plain)
        }
        Action::PickShift(number) => {
            let codes = [Shift::All, Shift::Morning, Shift::Afternoon, Shift::Night];
            if let Some(shift) =
                codes.get(usize::from(number)).filter(|shift| **shift != work.shift)
                && has_shifts(&work.face())
            {
                on_shift.call(*shift);
            }
        }
        _ => {}
    });
    let typed = use_callback(move |press: KeyPress| work.step(Event::Key(press)));
    use_ear(work.desk, commit, act, Some(typed));
}

/// The status line tells about the focused cell, and the menu about the day.
fn use_status(work: Work, usual: BTreeMap<String, Usual>) {
    use_effect(move || {
        let sheet = work.sheet.read();
        let mut status = work.desk.status;
        let facts = sheet.facts().map(|facts| facts.to_string()).unwrap_or_default();
        let told = match sheet.message() {
            Some(message) => {
                let tone = match message.tone {
                    crate::grid::Tone::Bad => Tone::Bad,
                    crate::grid::Tone::Warn => Tone::Warn,
                    crate::grid::Tone::Neutral
                    | crate::grid::Tone::Info
                    | crate::grid::Tone::Ok => Tone::Plain,
                };
                let code = message
                    .code
                    .filter(|code| !code.is_empty())
                    .map(|code| format!(" ({code})"))
                    .unwrap_or_default();
                Status { message: format!("{}{code}", message.text), tone, facts }
            }
            None => Status {
                message: hint(work, &sheet, &usual).unwrap_or_default(),
                tone: Tone::Plain,
                facts,
            },
        };
        if *status.peek() != told {
            status.set(told);
        }
    });
    use_effect(move || {
        let figures = figures(work);
        let dot = match (
            figures.n_drafts,
            figures.n_entered + figures.n_others,
            work.nil.read().is_some(),
        ) {
            (0, 0, true) => Dot::Nil,
            (0, 0, false) => Dot::Nothing,
            (0, entered, _) => Dot::Entered(entered),
            (drafts, _, _) => Dot::Drafts(drafts),
        };
        if let Some(module) = work.face().module() {
            work.desk.mark(module, dot);
        }
    });
}

/// What is usual for the cell under the cursor, or what its row still lacks.
fn hint(work: Work, sheet: &Sheet, usual: &BTreeMap<String, Usual>) -> Option<String> {
    let row = sheet.rows.get(sheet.cursor.row)?;
    let column = sheet.columns.get(sheet.cursor.column)?;
    let name = format!("Row {}", sheet.cursor.row + 1);
    if column.opens {
        return Some(format!("{name}: Enter shows the records that this comes from."));
    }
    if row.state == RowState::Draft {
        return work
            .problem_of(row.id)
            .map(|problem| format!("{name} {} {problem}", work.not_yet()));
    }
    let book = work.book.read();
    let book = book.borrow();
    let total = book.face.totals().next().filter(|shape| shape.name == column.key)?;
    let (slot, _) = book.rows.get(&row.id)?;
    let usual = usual.get(slot.part(0)?)?;
    let (decimals, unit) = (total.kind.decimals()?, total.kind.unit());
    let label = total.label.split(" (").next().unwrap_or_default();
    let (low, high) = (show_fixed(usual.low, decimals), amount(usual.high, decimals, unit));
    Some(format!("{name} {label}: usual {low} to {high}"))
}

/// What of a list is saved and not in force.
fn wrong(work: Work, beside: &[Row]) -> Vec<String> {
    let _ = (work.turns)();
    let book = work.book.read();
    let book = book.borrow();
    let rows: Vec<&Row> = book.entries().collect();
    not_in_force(&book.face, &rows, beside, &work.desk.session.read().catalogue)
}

fn figures(work: Work) -> DayFigures {
    let sheet = work.sheet.read();
    let _ = (work.turns)();
    let book = work.book.read();
    let book = book.borrow();
    let mut sums = Vec::new();
    for shape in book.face.totals() {
        let raw = book.total(shape.name);
        if sums.is_empty() || raw != 0 {
            let what = match (sums.is_empty(), shape.label.split(" (").next()) {
                (true, _) => book.manner.done,
                (false, label) => label.unwrap_or_default(),
            };
            sums.push((
                what.to_owned(),
                amount(raw, shape.kind.decimals().unwrap_or(0), shape.kind.unit()),
            ));
        }
    }
    let pending = book.manner.columns.iter().find(|col| col.pending.is_some());
    DayFigures {
        sums,
        n_entered: sheet.n_entered(),
        n_rows: (!sheet.grows()).then(|| sheet.rows.iter().filter(|row| !row.gone).count()),
        n_drafts: sheet.rows.iter().filter(|row| *row.shown_state() == RowState::Draft).count(),
        n_pending: pending.map_or(0, |col| book.n_without(col.field)),
        saved_at: book.last_saved().map(|at| work.desk.clock(at)),
        n_others: book.others.len(),
    }
}

impl Work {
    /// The column under which the foot says how many rows it sums.
    fn total_column(self) -> &'static str {
        let book = self.book.read();
        let book = book.borrow();
        let is_words = |field: &str| {
            book.face.shape(field).is_some_and(|shape| matches!(shape.kind, Kind::Code(_)))
        };
        let words = book.manner.columns.iter().find(|col| is_words(col.field));
        words.map_or(super::layout::column::NUMBER, |col| col.field)
    }
}
