//! The host has no browser: nothing is measured, focused or copied. For tests that render a grid.

use dioxus::prelude::*;

use super::Measure;

/// How much of the grid is seen.
#[must_use]
pub fn measure(_grid: &str) -> Option<Measure> {
    None
}

/// Scrolls the grid.
pub fn scroll_to(_grid: &str, _top_px: u32) {}

/// Focuses an element without scrolling.
pub fn focus(_id: &str) {}

/// Scrolls sideways until a cell is seen.
pub fn show_sideways(_cell: &str) {}

/// Focuses an input, with the caret after its last character.
pub fn focus_at_end(_id: &str) {}

/// Shows an element above everything else.
pub fn show_on_top(_id: &str) {}

/// Opens a dialog, with focus kept inside.
pub fn open_dialog(_id: &str) {}

/// Whether the focus is in an element.
#[must_use]
pub fn holds_focus(_id: &str) -> bool {
    false
}

/// Whether the focus is nowhere.
#[must_use]
pub fn is_focus_free() -> bool {
    false
}

/// Whether the window is the one that is typed into.
#[must_use]
pub fn is_window_active() -> bool {
    true
}

/// The element at which a key was pressed.
#[must_use]
pub fn target_id(_event: &KeyboardEvent) -> String {
    String::new()
}

/// What is on the clipboard of a paste.
#[must_use]
pub fn pasted(_event: &ClipboardEvent) -> Option<String> {
    None
}

/// Puts a block on the clipboard of a copy.
pub fn put_copied(_event: &ClipboardEvent, _tsv: &str, _html: &str) {}
