//! What others have saved on the day that is open, taken into its sheet: rows that changed, rows that
//! are gone and rows that are new. What is being typed, or is on its way into the store, stays as it
//! is; when it is saved, the store says what it found.

use deskops_domain::catalogue::Catalogue;
use deskops_domain::entry::Moment;

use super::book::{Book, Slot, has_shifts, shift_of};
use super::layout::{Setting, key_of, number_rows, saved_state, stored_texts};
use super::manner::Layout;
use crate::face::{DayRows, Row};
use crate::grid::{News, RowId, RowState, Sheet};

/// Takes in what is stored of the day now, and says whether anything of it is new.
pub fn take_in(sheet: &mut Sheet, book: &mut Book, opened: &DayRows, setting: &Setting) -> bool {
    // A pasted block that waits for a decision counts rows.
    if sheet.paste.is_some() {
        return false;
    }
    let Setting { face, catalogue, clock, .. } = *setting;
    let layout = setting.manner.layout;
    let is_shown = |row: &&Row| !has_shifts(face) || shift_of(face, row) == setting.shift;
    let others: Vec<Row> = opened.rows.iter().filter(|row| !is_shown(row)).cloned().collect();
    let mut is_new = others != book.others;
    book.others = others;
    let mut shown: Vec<&Row> = opened.rows.iter().filter(is_shown).collect();
    let known: Vec<RowId> = book.rows.keys().copied().collect();
    for row in known {
        let Some((slot, stored)) = book.rows.get(&row) else { continue };
        let is_it = |now: &&&Row| match &stored.entry {
            Some(entry) if entry.is_live() => entry.id == now.id,
            _ => Slot::of(face, layout, now) == *slot,
        };
        let now = shown.iter().position(|now| is_it(&now)).map(|at| shown.swap_remove(at));
        let is_same = match (now, stored.live()) {
            (Some(now), Some(there)) => now == there,
            (None, None) => true,
            _ => false,
        };
        if is_same || !is_at_rest(sheet, book, row, catalogue) {
            continue;
        }
        if show(sheet, book, row, now, layout, clock, catalogue) {
            if let Some((_, stored)) = book.rows.get_mut(&row) {
                stored.entry = now.cloned();
            }
            is_new = true;
        }
    }
    // A record that this page has just asked for is known by its id before it is known as saved.
    shown.retain(|now| !book.ids.values().any(|asked| *asked == now.id));
    shown.sort_by_key(|now| now.stamp.created_at);
    for now in shown {
        let slot = Slot::of(face, layout, now);
        let texts = stored_texts(sheet, face, now, catalogue);
        let row = sheet.arrive(key_of(&slot, setting), &texts, state_of(now, clock));
        let stored = super::plan::Stored { entry: Some(now.clone()), has_draft: false };
        book.rows.insert(row, (slot, stored));
        is_new = true;
    }
    number_rows(sheet);
    is_new
}

/// Whether a row says what the book says, and nobody is at it.
fn is_at_rest(sheet: &Sheet, book: &Book, row: RowId, catalogue: &Catalogue) -> bool {
    let Some(there) = sheet.row(row) else { return false };
    let is_calm = matches!(
        there.state,
        RowState::Blank | RowState::SavedHere(_) | RowState::Sent | RowState::Locked
    );
    if !is_calm || there.gone || sheet.open_row() == Some(row) {
        return false;
    }
    let entry = book.rows.get(&row).and_then(|(_, stored)| stored.live());
    let Some(entry) = entry else { return there.is_blank(&sheet.columns) };
    let texts = stored_texts(sheet, &book.face, entry, catalogue);
    let is_typed = |key: &str| sheet.column_idx(key).is_some_and(|at| sheet.columns[at].is_typed());
    texts.iter().filter(|(key, _)| is_typed(key)).all(|(key, text)| sheet.text(row, key) == text)
}

fn show(
    sheet: &mut Sheet,
    book: &Book,
    row: RowId,
    now: Option<&Row>,
    layout: Layout,
    clock: &dyn Fn(Moment) -> String,
    catalogue: &Catalogue,
) -> bool {
    let Some(now) = now else {
        // The row of a material stays; a load that is gone is shown as such.
        let is_listed = matches!(layout, Layout::Day(_));
        let texts =
            if is_listed { super::news::empty_texts(sheet, &book.face) } else { Vec::new() };
        return sheet.told(News::Stored { row, texts, gone: !is_listed, state: RowState::Blank });
    };
    let texts = stored_texts(sheet, &book.face, now, catalogue);
    sheet.told(News::Stored { row, texts, gone: false, state: state_of(now, clock) })
}

/// What DeskOps has worked out is a record already, but nobody has typed anything.
fn state_of(now: &Row, clock: &dyn Fn(Moment) -> String) -> RowState {
    if now.stamp.rev == 0 { RowState::Blank } else { saved_state(now, clock) }
}
