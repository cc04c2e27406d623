//! The host has no browser: nothing happens, but an address can be set. For tests that render pages.

use std::cell::{Cell, RefCell};
use std::sync::atomic::{AtomicU32, Ordering};

use deskops_domain::id::Id;

use crate::key::KeyPress;

thread_local! {
    /// A test runs on a thread of its own, so this is the address of its page.
    static HASH: RefCell<String> = const { RefCell::new(String::new()) };
    static TOKEN: RefCell<Option<String>> = const { RefCell::new(None) };
    static IS_WINDOW: Cell<bool> = const { Cell::new(false) };
}

/// A value that was kept under this name.
#[must_use]
pub fn kept(_name: &str) -> Option<String> {
    None
}

/// Keeps a value under a name, until the browser forgets it.
pub fn keep(_name: &str, _value: &str) {}

/// A value that this page kept for itself.
#[must_use]
pub fn kept_here(_name: &str) -> Option<String> {
    TOKEN.with_borrow(Clone::clone)
}

/// Keeps a value for this page alone, until its window is closed; or forgets it.
pub fn keep_here(_name: &str, value: Option<&str>) {
    TOKEN.set(value.map(str::to_owned));
}

/// Starts the page anew.
pub fn reload() {}

/// The part of the address after `#`.
#[must_use]
pub fn hash() -> String {
    HASH.with_borrow(Clone::clone)
}

/// Sets the part of the address after `#`.
pub fn set_hash(hash: &str) {
    HASH.set(hash.to_owned());
}

/// Says on the body whether the page waits for an answer.
pub fn mark_ready(_is_ready: bool) {}

/// Sets the theme of the whole page.
pub fn set_theme(_name: &str) {}

/// Whether the system asks for dark pages.
#[must_use]
pub fn prefers_dark() -> bool {
    false
}

/// Width of the window in pixels.
#[must_use]
pub fn window_width() -> u32 {
    1366
}

/// Focuses the first element that fits, and says whether there was one.
pub fn focus(_selector: &str) -> bool {
    false
}

/// Whether the focus is inside of the first element that fits.
#[must_use]
pub fn is_focus_in(_selector: &str) -> bool {
    false
}

/// Focuses the next of the regions, or the one before.
pub fn focus_next_region(_is_forward: bool) {}

/// Opens the dialog with this id, with focus kept inside.
pub fn open_dialog(_id: &str) {}

/// Closes the dialog with this id.
pub fn close_dialog(_id: &str) {}

/// Puts a text on the clipboard.
pub fn copy_text(_text: &str) {}

/// Names the page, in its tab or window and for readers.
pub fn set_title(_title: &str) {}

/// Waits. On the host nothing ever comes after it.
pub async fn sleep(_ms: i32) {
    std::future::pending::<()>().await;
}

/// Does something once the present state has been drawn, and what it asks for has been asked.
pub fn after_drawing(_then: impl FnOnce() + 'static) {}

/// Hears every key that nobody inside used; the answer says whether it is used up.
pub fn hear_keys(_on_key: impl FnMut(KeyPress) -> bool + 'static) {}

/// Counts every key that goes down, whoever uses it: [`pause_in_typing`] goes by it.
pub fn count_keys() {}

/// Waits for a pause in typing. On the host nobody types.
pub async fn pause_in_typing(_ms: i32) {}

/// Hears that the window has become narrower than this many pixels.
pub fn hear_narrow(_px: u32, _on_narrow: impl FnMut() + 'static) {}

/// Hears changes of the address, and the window being looked at again.
pub fn hear_window(_on_hash: impl FnMut() + 'static, _on_return: impl FnMut() + 'static) {}

/// A new id for a record that this page asks for; on the host they are counted.
#[must_use]
pub fn new_id() -> Id {
    static N_IDS: AtomicU32 = AtomicU32::new(0);
    let mut rolled = [0; 10];
    rolled[..4].copy_from_slice(&N_IDS.fetch_add(1, Ordering::Relaxed).to_be_bytes());
    Id::random(0, rolled)
}

/// Whether the browser asks before the page is closed.
pub fn ask_before_closing(_asks: bool) {}

/// Where the page itself has failed, says so instead of standing still.
pub fn hear_failure() {}

/// Shows a file in the folder where it lies; false where there is no desktop around the page.
pub fn show_in_folder(_path: &str) -> bool {
    false
}

/// Whether the page runs inside of the DeskOps window.
#[must_use]
pub fn is_window() -> bool {
    IS_WINDOW.get()
}

/// From now on the page of this test stands in the window.
pub fn stand_in_window() {
    IS_WINDOW.set(true);
}

/// Closes the popover with this id.
pub fn close_popover(_id: &str) {}
