//! The real browser. Nothing here decides anything.

use dioxus::prelude::*;
use wasm_bindgen::{JsCast as _, JsValue};
use web_sys::{Document, Element, HtmlDialogElement, HtmlElement, HtmlInputElement};

use super::Measure;

fn document() -> Option<Document> {
    web_sys::window()?.document()
}

fn element(id: &str) -> Option<HtmlElement> {
    document()?.get_element_by_id(id)?.dyn_into().ok()
}

fn px(height: i32) -> u32 {
    u32::try_from(height).unwrap_or_default()
}

/// How much of the grid is seen.
#[must_use]
pub fn measure(grid: &str) -> Option<Measure> {
    let grid = element(grid)?;
    let find = |name: &str| {
        grid.query_selector(name)
            .ok()
            .flatten()
            .and_then(|part| part.dyn_into::<HtmlElement>().ok())
    };
    let part = |name: &str| find(name).map_or(0, |part| part.offset_height());
    let (head, foot) = (part(".grid-head"), part(".grid-foot"));
    let row_px = find(".grid-body > .grid-row").map_or(head, |row| row.offset_height());
    Some(Measure {
        row_px: px(row_px).max(1),
        view_px: px(grid.client_height() - head - foot),
        top_px: px(grid.scroll_top()),
    })
}

/// Scrolls the grid.
pub fn scroll_to(grid: &str, top_px: u32) {
    if let Some(grid) = element(grid) {
        grid.set_scroll_top(i32::try_from(top_px).unwrap_or(i32::MAX));
    }
}

/// Calls a method of an element with options that web-sys has no short way to give.
fn call(element: &HtmlElement, method: &str, options: &[(&str, JsValue)]) {
    let given = js_sys::Object::new();
    for (name, value) in options {
        let _ = js_sys::Reflect::set(&given, &(*name).into(), value);
    }
    let method = js_sys::Reflect::get(element, &method.into())
        .ok()
        .and_then(|method| method.dyn_into::<js_sys::Function>().ok());
    let _ = method.map(|method| method.call1(element, &given));
}

/// Focuses an element without scrolling: the grid scrolls itself, past its sticky head.
pub fn focus(id: &str) {
    if let Some(element) = element(id) {
        call(&element, "focus", &[("preventScroll", true.into())]);
    }
}

/// Scrolls sideways until a cell is seen, in both directions of reading.
pub fn show_sideways(cell: &str) {
    if let Some(cell) = element(cell) {
        call(&cell, "scrollIntoView", &[("block", "nearest".into()), ("inline", "nearest".into())]);
    }
}

/// Focuses an input, with the caret after its last character.
pub fn focus_at_end(id: &str) {
    focus(id);
    if let Some(input) = element(id).and_then(|element| element.dyn_into::<HtmlInputElement>().ok())
    {
        // The browser counts in UTF-16; beyond the end is the end.
        let _ = input.set_selection_range(u32::MAX, u32::MAX);
    }
}

/// Shows an element above everything else.
pub fn show_on_top(id: &str) {
    if let Some(element) = element(id) {
        let _ = element.show_popover();
    }
}

/// Opens a dialog, with focus kept inside.
pub fn open_dialog(id: &str) {
    let dialog = element(id).and_then(|element| element.dyn_into::<HtmlDialogElement>().ok());
    if let Some(dialog) = dialog.filter(|dialog| !dialog.open()) {
        let _ = dialog.show_modal();
    }
}

fn active() -> Option<Element> {
    document()?.active_element()
}

/// Whether the focus is in an element.
#[must_use]
pub fn holds_focus(id: &str) -> bool {
    let active = active();
    element(id).is_some_and(|element| element.contains(active.as_ref().map(AsRef::as_ref)))
}

/// Whether the focus is nowhere, or on the whole of the work because a screen has just been entered.
#[must_use]
pub fn is_focus_free() -> bool {
    let is_whole = |active: Element| {
        ["body", "main"].contains(&active.tag_name().to_ascii_lowercase().as_str())
    };
    active().is_none_or(is_whole)
}

/// Whether the window is the one that is typed into.
#[must_use]
pub fn is_window_active() -> bool {
    document().is_some_and(|document| document.has_focus().unwrap_or(true))
}

/// The element at which a key was pressed.
#[must_use]
pub fn target_id(event: &KeyboardEvent) -> String {
    let native = event.data().downcast::<web_sys::KeyboardEvent>().and_then(|event| event.target());
    native
        .and_then(|target| target.dyn_into::<Element>().ok())
        .map(|element| element.id())
        .unwrap_or_default()
}

fn clipboard(event: &ClipboardEvent) -> Option<web_sys::DataTransfer> {
    let data = event.data();
    let native = data.downcast::<web_sys::Event>()?;
    native.dyn_ref::<web_sys::ClipboardEvent>()?.clipboard_data()
}

/// What is on the clipboard of a paste.
#[must_use]
pub fn pasted(event: &ClipboardEvent) -> Option<String> {
    clipboard(event)?.get_data("text/plain").ok()
}

/// Puts a block on the clipboard of a copy.
pub fn put_copied(event: &ClipboardEvent, tsv: &str, html: &str) {
    if let Some(clipboard) = clipboard(event) {
        let _ = clipboard.set_data("text/plain", tsv);
        let _ = clipboard.set_data("text/html", html);
    }
}
