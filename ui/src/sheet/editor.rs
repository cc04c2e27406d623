//! The sheet of an opened day with everything around it: it wires keys, saving, history and files together.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use deskops_domain::api::days::DaySheet;
use deskops_domain::choice::{Choices as _, Format, Module, Shift};
use deskops_domain::day::Day;
use deskops_domain::modules::Production;
use deskops_domain::summary::Usual;
use deskops_domain::text::show_fixed;
use dioxus::prelude::*;
use futures_util::StreamExt as _;

use super::hear;
use super::layout::{Setting, column, lay_out};
use super::saving::RowNews;
use super::strip::{DayFigures, DayHead, Toolbar};
use super::undo_bar::UndoBar;
use super::work::{CURSOR, NIL_CLOSED, Work};
use crate::browser;
use crate::desk::{Dot, Status, Tone, use_desk, use_ear};
use crate::grid::{Effect, Event, Grid, RowState, Sheet};
use crate::history::HistoryDrawer;
use crate::key::Action;
use crate::take_away::{FilePanel, Taking};
use crate::words::tons;

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
    use_keys(work, on_shift);
    use_status(work, opened.usual.clone());
    // Whoever opens a day comes to type, but for who walks through days with the buttons above.
    use_effect(|| {
        if !browser::is_focus_in("[data-region='header']") {
            browser::focus(CURSOR);
        }
    });
    let figures = use_memo(move || figures(work));
    let on_effect = use_callback(move |effect: Effect| work.on_effect(effect));
    let counts = Shift::CHOICES
        .iter()
        .map(|choice| {
            opened.entries.iter().filter(|entry| entry.body.shift.code() == choice.code).count()
        })
        .collect::<Vec<_>>();
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
            FilePanel { taking: work.taking }
            div { class: "sheet-area",
                div { class: "grid-region", "data-region": "grid",
                    Grid {
                        sheet: work.sheet,
                        on_effect,
                        label: "Production of {day.long()}",
                        totals: vec![(column::MATERIAL, format!("Total of {} rows", figures.read().n_rows))],
                    }
                }
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
            hear(&mut sheet.write(), &book.read().borrow(), told, &|at| desk.clock(at));
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
    }
}

/// The shell's keys reach the sheet, and leaving it commits the open cell.
fn use_keys(work: Work, on_shift: Callback<Shift>) {
    let commit = use_callback(move |()| work.step(Event::Blur));
    let act = use_callback(move |action: Action| match action {
        Action::SaveNow => work.save_now(),
        Action::Export => work.export(Format::Xlsx),
        Action::PickShift(number) => {
            let codes = [Shift::All, Shift::Morning, Shift::Afternoon, Shift::Night];
            if let Some(shift) =
                codes.get(usize::from(number)).filter(|shift| **shift != work.shift)
            {
                on_shift.call(*shift);
            }
        }
        _ => {}
    });
    use_ear(work.desk, commit, act);
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
        work.desk.mark(Module::Production, dot);
    });
}

/// What is usual for the cell under the cursor, or what its row still lacks.
fn hint(work: Work, sheet: &Sheet, usual: &BTreeMap<String, Usual>) -> Option<String> {
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
    Some(format!("{name} Quantity: usual {} to {}", show_fixed(usual.low, 3), tons(usual.high)))
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
