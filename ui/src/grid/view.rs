//! The grid as it is drawn: hears keys, mouse and clipboard, hands them to the sheet, and keeps
//! focus and scrolling where the cursor is. What happens is decided in the sheet.

use dioxus::prelude::*;

use crate::key::{self, Held, KeyPress, Scope};

use super::body::{Body, Foot, Head};
use super::dom::{self, Measure};
use super::review::PasteDialog;
use super::{Effect, Event, Leave, Sheet};

/// How keys work here, said once to readers when the focus enters.
const MANUAL: &str = "Type to replace a cell. Enter goes to the next row, Tab to the next cell, F6 leaves the sheet, F1 shows all keys.";

/// The hands of a grid: what its parts do to the sheet. One of each grid, handed down.
#[derive(Clone, Copy, PartialEq)]
pub(super) struct Hands {
    pub(super) sheet: Signal<Sheet>,
    pub(super) on_effect: Callback<Effect>,
    /// Counts what came from the grid itself: after each the focus follows the cursor.
    turn: Signal<u32>,
}

impl Hands {
    /// Something happened in the grid.
    pub(super) fn happen(self, event: Event) -> Vec<Effect> {
        let Self { mut sheet, on_effect, mut turn } = self;
        // Who leaves the grid has taken the focus along.
        let stays = event != Event::Blur;
        let effects = sheet.write().step(event);
        if stays {
            turn += 1;
        }
        for effect in &effects {
            on_effect.call(effect.clone());
        }
        effects
    }
}

/// A sheet that is typed into with the keyboard. Only the rows that are seen are in the page.
///
/// # Styling
/// `.grid`, `.grid-row`, `.grid-cell[data-kind][data-mark]`, `.grid-input`, `.grid-list`; row
/// height is `--row-h`.
#[component]
pub fn Grid(
    /// The sheet. The page may change it too; the focus then stays where it is.
    sheet: Signal<Sheet>,
    /// Does what the sheet asks for.
    on_effect: Callback<Effect>,
    /// What the sheet is, for readers.
    label: String,
    /// Texts of the last row for columns that are not summed, by key.
    #[props(default)]
    totals: Vec<(&'static str, String)>,
    /// Tells several grids of a page apart.
    #[props(default = "grid".to_owned())]
    id: String,
) -> Element {
    let turn = use_signal(|| 0_u32);
    let measure = use_signal(Measure::default);
    let hands = Hands { sheet, on_effect, turn };
    let message =
        use_memo(move || sheet.read().message().map(|message| message.text).unwrap_or_default());
    let size = use_memo(move || (sheet.read().rows.len(), sheet.read().columns.len()));
    // Where nothing is summed there is no foot.
    let has_sums = use_memo(move || {
        sheet.read().columns.iter().any(|column| column.summed && column.number().is_some())
    })();
    let shape = use_memo(move || columns_css(&sheet.read()));
    follow_cursor(hands, measure, id.clone());
    let ((n_rows, n_columns), grid_id) = (size(), id.clone());
    let key_id = id.clone();
    let resize_id = id.clone();
    let scroll_id = id.clone();
    let see = move |id: &str, mut measure: Signal<Measure>| {
        let seen = dom::measure(id).unwrap_or(*measure.peek());
        if seen != *measure.peek() {
            measure.set(seen);
        }
    };
    rsx! {
        p { class: "grid-words", id: "{id}-message", "{message}" }
        p { class: "grid-words", id: "{id}-manual", {MANUAL} }
        div {
            class: "grid",
            id: "{id}",
            role: "grid",
            style: "--grid-columns: {shape}",
            "aria-label": label,
            "aria-describedby": "{id}-manual",
            "aria-multiselectable": "true",
            "aria-rowcount": "{n_rows + 1 + usize::from(has_sums)}",
            "aria-colcount": "{n_columns}",
            onkeydown: move |event| press(hands, &key_id, &event),
            oncopy: move |event| put(hands, &event, Event::Copy),
            oncut: move |event| put(hands, &event, Event::Cut),
            onpaste: move |event| paste(hands, &event),
            onscroll: move |_| see(&scroll_id, measure),
            onresize: move |_| {
                let mut sheet = hands.sheet;
                see(&resize_id, measure);
                let n_rows = measure.peek().n_rows().saturating_sub(1).max(1);
                if sheet.peek().page_rows != n_rows {
                    sheet.write().page_rows = n_rows;
                }
            },
            Head { sheet }
            Body { hands, measure, id: grid_id }
            if has_sums {
                Foot { sheet, totals }
            }
        }
        PasteDialog { hands, id: id.clone() }
    }
}

/// After everything that came from the grid: the cursor is seen, and has the focus.
fn follow_cursor(hands: Hands, measure: Signal<Measure>, id: String) {
    let first_id = id.clone();
    use_effect(move || {
        if dom::is_focus_free() {
            let cell = cell_id(&first_id, &hands.sheet.peek());
            dom::focus(&cell);
        }
    });
    use_effect(move || {
        if (hands.turn)() == 0 {
            return;
        }
        // The sheet is let go before the focus moves: whoever loses it may write to the sheet.
        let (row, cell, is_open) = {
            let sheet = hands.sheet.peek();
            (sheet.row_in_view(), cell_id(&id, &sheet), sheet.edit().is_some())
        };
        if let Some(top_px) = dom::measure(&id).unwrap_or(*measure.peek()).scroll_for(row) {
            dom::scroll_to(&id, top_px);
        }
        dom::show_sideways(&cell);
        if !is_open && (dom::holds_focus(&id) || dom::is_focus_free()) {
            dom::focus(&cell);
        }
    });
}

/// The id of the cell under the cursor.
fn cell_id(grid: &str, sheet: &Sheet) -> String {
    let row = sheet.rows.get(sheet.cursor.row).map_or(0, |row| row.id.0);
    format!("{grid}-{row}-{}", sheet.cursor.column)
}

fn press(hands: Hands, id: &str, event: &KeyboardEvent) {
    let Some(press) = pressed(event) else { return };
    let (action, is_open, input) = {
        let sheet = hands.sheet.peek();
        (sheet.action(&press), sheet.edit().is_some(), format!("{}-input", cell_id(id, &sheet)))
    };
    // What is typed into the open input is the browser's; what comes before it has the focus is ours.
    let is_typed = press.typed().is_some() && !(is_open && dom::target_id(event) == input);
    if action.is_none() && !is_typed {
        if is_open && key::find(Scope::Everywhere, &press).is_some() {
            hands.happen(Event::Key(press));
        }
        return;
    }
    let effects = hands.happen(Event::Key(press));
    // Where the page has not moved the focus itself, Tab goes on as the browser does it.
    let leaves = effects
        .iter()
        .any(|effect| matches!(effect, Effect::Leave(Leave::Forward | Leave::Backward)));
    if !leaves || !dom::holds_focus(id) {
        event.prevent_default();
        event.stop_propagation();
    }
}

/// The key of an event; none while a letter is still being composed.
pub fn pressed(event: &KeyboardEvent) -> Option<KeyPress> {
    if event.is_composing() {
        return None;
    }
    let held = event.modifiers();
    let held = Held {
        ctrl: held.ctrl() || held.meta(),
        shift: held.shift(),
        alt: held.alt(),
        alt_graph: held.contains(Modifiers::ALT_GRAPH),
    };
    KeyPress::told(&event.key().to_string(), &event.code().to_string(), held)
}

fn put(hands: Hands, event: &ClipboardEvent, what: Event) {
    if hands.sheet.peek().edit().is_some() {
        return;
    }
    event.prevent_default();
    for effect in hands.happen(what) {
        if let Effect::Copy { tsv, html } = effect {
            dom::put_copied(event, &tsv, &html);
        }
    }
}

fn paste(hands: Hands, event: &ClipboardEvent) {
    if hands.sheet.peek().edit().is_some() {
        return;
    }
    if let Some(text) = dom::pasted(event) {
        event.prevent_default();
        hands.happen(Event::Paste(text));
    }
}

/// The widths of the columns: the last one of words takes the room that is left.
fn columns_css(sheet: &Sheet) -> String {
    let is_words = |column: &super::Column| matches!(column.editor, super::Editor::Text { .. });
    let last = sheet.columns.iter().rposition(is_words);
    let width = |(place, column): (usize, &super::Column)| {
        if Some(place) == last {
            format!("minmax({}px, 1fr)", column.width_px)
        } else {
            format!("{}px", column.width_px)
        }
    };
    sheet.columns.iter().enumerate().map(width).collect::<Vec<_>>().join(" ")
}
