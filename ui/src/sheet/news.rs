//! From what became of a row in the saving queue to what its sheet shows, and a sentence about it.

use deskops_domain::api::{Code, Refusal};
use deskops_domain::catalogue::Catalogue;
use deskops_domain::entry::Moment;
use deskops_domain::field::Shape;

use super::book::Book;
use super::job::RowNews;
use super::layout::{column, name_of, saved_state, stored_texts};
use crate::face::{Face, Row, show};
use crate::grid::{Message, News, Problem, RowId, RowState, Sheet, Tone};

/// Shows what became of a row. A cell that is open keeps what is typed.
pub fn hear(
    sheet: &mut Sheet,
    book: &Book,
    news: RowNews,
    catalogue: &Catalogue,
    clock: &dyn Fn(Moment) -> String,
) {
    let face = &book.face;
    match news {
        RowNews::Saving(row) => {
            sheet.told(News::Saving(row));
        }
        RowNews::Done(row) => {
            let stored = book.rows.get(&row).and_then(|(_, stored)| stored.live());
            if let Some(entry) = stored {
                let texts = stored_texts(sheet, face, entry, catalogue);
                sheet.told(News::Computed { row, texts });
            }
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
            let name = name_of(sheet, row);
            let typed = main_field(face).map_or("", |shape| sheet.text(row, shape.name)).to_owned();
            let told = stored(sheet, face, row, Some(&entry), catalogue);
            sheet.told(told(saved_state(&entry, clock)));
            let now = if entry.is_live() {
                main_field(face).map_or_else(
                    || "it has other values".to_owned(),
                    |shape| {
                        let value = face.value(&entry.values, shape.name);
                        let unit = shape.kind.unit();
                        format!("it has {} {unit}", show(shape, value, catalogue))
                            .trim_end()
                            .to_owned()
                    },
                )
            } else {
                "it is deleted".to_owned()
            };
            let yours = if typed.is_empty() {
                String::new()
            } else {
                format!(" You had {typed}: type it again if that is right.")
            };
            say(sheet, Tone::Warn, format!("{name}: {why} Now {now}.{yours}"));
        }
        RowNews::Locked(row, entry, why) => {
            let name = name_of(sheet, row);
            let told = stored(sheet, face, row, entry.as_deref(), catalogue);
            sheet.told(told(RowState::Locked));
            say(sheet, Tone::Bad, format!("{name} is not changed. {why}"));
        }
        RowNews::Stays(row, entry, why) => {
            let told = stored(sheet, face, row, Some(&entry), catalogue);
            sheet.told(told(saved_state(&entry, clock)));
            let name = name_of(sheet, row);
            say(sheet, Tone::Warn, format!("{name}: {why}"));
        }
        RowNews::TakenBack(row, entry) => {
            let name = name_of(sheet, row);
            let told = stored(sheet, face, row, entry.as_deref(), catalogue);
            let state = entry.as_ref().map_or(RowState::Blank, |entry| saved_state(entry, clock));
            if let News::Stored { row, texts, state, .. } = told(state) {
                sheet.told(News::TakenBack { row, texts, state });
            }
            let again = "Nothing was written. Ctrl+Z brings back what was typed.";
            say(sheet, Tone::Neutral, format!("{name} is as it was. {again}"));
        }
        RowNews::Moved(row, words) => {
            let name = name_of(sheet, row);
            say(sheet, Tone::Neutral, format!("{name} is saved: {words}."));
        }
        RowNews::Odd(row, found) => {
            let hint = if sheet.text(row, "notes").is_empty() {
                " It is saved; write the reason in Notes."
            } else {
                ""
            };
            if let Some(first) = found.first() {
                let name = name_of(sheet, row);
                say(sheet, Tone::Warn, format!("{name}: {}{hint}", first.message));
            }
            let warnings = found.into_iter().map(|problem| (problem.path, problem.message));
            sheet.told(News::Odd { row, warnings: warnings.collect() });
        }
        RowNews::NotSaved(row, refusal) => {
            let name = name_of(sheet, row);
            let why = reason(&refusal);
            sheet.told(News::Refused { row, problems: problems(&refusal, &why) });
            say(sheet, Tone::Bad, format!("{name} is not saved. {why}"));
        }
    }
}

/// The figure that a row is about.
fn main_field(face: &Face) -> Option<&'static Shape> {
    face.totals().find(|shape| !shape.is_computed())
}

/// A sentence for the status line, until the next key.
fn say(sheet: &mut Sheet, tone: Tone, text: String) {
    sheet.said = Some(Message { tone, text, code: None });
}

/// What is stored, as the row then shows it: of a deleted record, or of none, only what it is about.
fn stored(
    sheet: &Sheet,
    face: &Face,
    row: RowId,
    entry: Option<&Row>,
    catalogue: &Catalogue,
) -> impl FnOnce(RowState) -> News {
    let live = entry.filter(|entry| entry.is_live());
    let texts = match live {
        Some(entry) => stored_texts(sheet, face, entry, catalogue),
        None => empty_texts(sheet, face),
    };
    let texts = texts.into_iter().filter(|(key, _)| key != column::STATE).collect();
    let is_blank = live.is_none();
    move |state| {
        let state = if is_blank && state != RowState::Locked { RowState::Blank } else { state };
        News::Stored { row, texts, gone: false, state }
    }
}

/// The cells of a row of which nothing is stored.
pub(super) fn empty_texts(sheet: &Sheet, face: &Face) -> Vec<(String, String)> {
    let typed = sheet.columns.iter().filter(|column| column.is_typed());
    typed
        .map(|column| {
            let default = face.shape(column.key).and_then(Shape::default).unwrap_or_default();
            let text = if column.prefilled { default } else { "" };
            (column.key.to_owned(), text.to_owned())
        })
        .collect()
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
