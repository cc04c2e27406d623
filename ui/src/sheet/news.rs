//! From what became of a row in the saving queue to what its sheet shows, and a sentence about it.

use deskops_domain::api::{Code, Refusal};
use deskops_domain::entry::{Entry, Moment};
use deskops_domain::modules::Production;

use super::book::Book;
use super::layout::{column, material_of, saved_state, stored_texts};
use super::saving::RowNews;
use crate::grid::{Message, News, Problem, RowId, RowState, Sheet, Tone};
use crate::words::tons;

/// Shows what became of a row. A cell that is open keeps what is typed.
pub fn hear(sheet: &mut Sheet, book: &Book, news: RowNews, clock: &dyn Fn(Moment) -> String) {
    match news {
        RowNews::Saving(row) => {
            sheet.told(News::Saving(row));
        }
        RowNews::Done(row) => {
            let stored = book.rows.get(&row).and_then(|(_, stored)| stored.live());
            sheet.told(match stored {
                None => News::Blank(row),
                Some(entry) if entry.stamp.is_sent => News::Sent(row),
                Some(entry) => News::Saved { row, at: clock(entry.stamp.updated_at) },
            });
        }
        RowNews::Kept(row) => {
            sheet.told(News::Draft(row));
        }
        RowNews::Other(row, entry, why) => {
            let name = material_of(sheet, row);
            let typed = sheet.text(row, column::QUANTITY).to_owned();
            sheet.told(stored(row, &entry, clock));
            let now = if entry.stamp.voided.is_some() {
                "it is deleted".to_owned()
            } else {
                format!("it has {}", tons(entry.body.qty_kg.raw()))
            };
            let yours = if typed.is_empty() {
                String::new()
            } else {
                format!(" You had {typed}: type it again if that is right.")
            };
            say(sheet, Tone::Warn, format!("{name}: {why} Now {now}.{yours}"));
        }
        RowNews::NotSaved(row, refusal) => {
            let name = material_of(sheet, row);
            let why = reason(&refusal);
            sheet.told(News::Refused { row, problems: problems(&refusal, &why) });
            say(sheet, Tone::Bad, format!("{name} is not saved. {why}"));
        }
    }
}

/// A sentence for the status line, until the next key.
fn say(sheet: &mut Sheet, tone: Tone, text: String) {
    sheet.said = Some(Message { tone, text, code: None });
}

/// What is stored, as the row then shows it.
fn stored(row: RowId, entry: &Entry<Production>, clock: &dyn Fn(Moment) -> String) -> News {
    let (quantity, operation, notes) = stored_texts(entry);
    let is_live = entry.stamp.voided.is_none();
    let only_live = |text: String| if is_live { text } else { String::new() };
    let texts = [
        (column::QUANTITY, only_live(quantity)),
        (column::OPERATION, operation),
        (column::NOTES, only_live(notes)),
    ];
    let state = if is_live { saved_state(entry, clock) } else { RowState::Blank };
    News::Stored {
        row,
        texts: texts.map(|(name, text)| (name.to_owned(), text)).into(),
        gone: false,
        state,
    }
}

fn problems(refusal: &Refusal, why: &str) -> Vec<(String, Problem)> {
    if refusal.code == Code::ValidationError && !refusal.details.is_empty() {
        return refusal
            .details
            .iter()
            .map(|problem| {
                (problem.path.clone(), Problem::new(problem.code.clone(), problem.message.clone()))
            })
            .collect();
    }
    // No column: it concerns the whole row.
    vec![(String::new(), Problem::new(String::new(), format!("Not saved. {why}")))]
}

fn reason(refusal: &Refusal) -> String {
    let hint = refusal.hint.as_ref().map(|hint| format!(" {hint}")).unwrap_or_default();
    match (refusal.code, refusal.details.first()) {
        (Code::ValidationError, Some(problem)) => problem.message.clone(),
        (Code::Offline, _) => {
            "DeskOps does not answer; it is tried again every few seconds.".into()
        }
        _ => format!("{}{hint}", refusal.message),
    }
}
