//! One cell: what it shows, its marks, and how the mouse reaches it.

use dioxus::html::input_data::MouseButton;
use dioxus::prelude::*;

use crate::parts::icon::{Icon, Shape};

use super::editor::CellEditor;
use super::face::{CellFace, StateFace};
use super::view::Hands;
use super::{Event, Spot, Tone};

/// One cell.
#[component]
pub(super) fn GridCell(
    hands: Hands,
    face: CellFace,
    row_idx: usize,
    column_idx: usize,
    id: String,
    words: String,
) -> Element {
    let spot = Spot { row: row_idx, column: column_idx };
    let CellFace {
        text,
        is_filled,
        pending,
        kind,
        is_cursor,
        is_selected,
        is_closed,
        mark,
        state,
        open,
    } = face;
    let (mark, told) = mark.map_or((None, None), |(tone, told)| (Some(tone), Some(told)));
    let is_open = open.is_some();
    rsx! {
        div {
            class: "grid-cell",
            id: "{id}",
            role: "gridcell",
            "aria-colindex": "{column_idx + 1}",
            "aria-selected": if is_selected { "true" } else { "false" },
            "aria-readonly": if is_closed { "true" },
            "aria-invalid": if mark == Some(Tone::Bad) { "true" },
            "aria-describedby": if is_cursor && mark.is_some() { words.clone() },
            "data-kind": kind,
            "data-cursor": if is_cursor { "true" },
            "data-open": if is_open { "true" },
            "data-mark": mark.map(Tone::name),
            "data-filled": if is_filled { "true" },
            title: told,
            tabindex: if is_cursor && !is_open { "0" } else { "-1" },
            onmousedown: move |event| {
                if event.trigger_button() == Some(MouseButton::Primary) {
                    hands.happen(Event::Click { spot, extends: event.modifiers().shift() });
                }
            },
            onmouseover: move |event| {
                let is_pulled = event.held_buttons().contains(MouseButton::Primary);
                if is_pulled && hands.sheet.peek().edit().is_none() && hands.sheet.peek().selected().to != spot {
                    hands.happen(Event::Click { spot, extends: true });
                }
            },
            ondoubleclick: move |_| {
                hands.happen(Event::DoubleClick(spot));
            },
            match (open, state) {
                (Some(open), _) => rsx! {
                    CellEditor { hands, face: open, spot, id: "{id}-input", words: words.clone() }
                },
                (None, Some(state)) => rsx! {
                    State { face: state }
                },
                (None, None) if pending.is_some() => rsx! {
                    span { class: "grid-pending", {pending} }
                },
                (None, None) => rsx! {
                    span { class: "grid-text", dir: if kind == "number" { "ltr" } else { "auto" }, "{text}" }
                    if mark.is_some() {
                        Icon { shape: if mark == Some(Tone::Bad) { Shape::CircleCross } else { Shape::Warning } }
                    }
                },
            }
        }
    }
}

/// The state of a row: icon and word, never colour alone.
#[component]
fn State(face: StateFace) -> Element {
    let StateFace { word, detail, tone } = face;
    let shape = match word {
        "Draft" => Some(Shape::Pencil),
        "Saving" => Some(Shape::ArrowUp),
        "Saved here" => Some(Shape::Disk),
        "Sent" => Some(Shape::Check),
        "Refused" => Some(Shape::CircleCross),
        "Locked" => Some(Shape::Lock),
        "Deleted" => Some(Shape::Bin),
        _ => None,
    };
    let time = detail.clone().filter(|detail| detail.len() <= 5);
    rsx! {
        span { class: "grid-state", "data-tone": tone.name(), title: detail,
            if let Some(shape) = shape {
                Icon { shape }
            }
            span { "{word}" }
            if let Some(time) = time {
                span { class: "grid-time", "{time}" }
            }
        }
    }
}
