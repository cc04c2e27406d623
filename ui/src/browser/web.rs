//! The real browser, through web-sys. Nothing here decides anything.

use std::cell::Cell;

use deskops_domain::id::Id;
use js_sys::{Array, Function, Object, Promise, Reflect};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    Document, Element, HtmlDialogElement, HtmlDocument, HtmlElement, HtmlTextAreaElement,
    KeyboardEvent, Window,
};

use crate::key::{Held, KeyPress};

/// The window. A page always has one.
fn window() -> Window {
    web_sys::window().expect("a page runs in a window")
}

fn document() -> Document {
    window().document().expect("a window shows a document")
}

/// A value that was kept under this name.
#[must_use]
pub fn kept(name: &str) -> Option<String> {
    window().local_storage().ok()??.get_item(name).ok()?
}

/// Keeps a value under a name, until the browser forgets it.
pub fn keep(name: &str, value: &str) {
    if let Ok(Some(storage)) = window().local_storage() {
        // A full or forbidden storage only means that the choice is asked again.
        let _ = storage.set_item(name, value);
    }
}

/// A value that this page kept for itself.
#[must_use]
pub fn kept_here(name: &str) -> Option<String> {
    window().session_storage().ok()??.get_item(name).ok()?
}

/// Keeps a value for this page alone, until its window is closed; or forgets it.
pub fn keep_here(name: &str, value: Option<&str>) {
    if let Ok(Some(storage)) = window().session_storage() {
        let _ = match value {
            Some(value) => storage.set_item(name, value),
            None => storage.remove_item(name),
        };
    }
}

/// Starts the page anew.
pub fn reload() {
    let _ = window().location().reload();
}

/// Hands bytes to the browser as a file of this name.
pub fn save_file(blob: &JsValue, name: &str) -> Option<()> {
    let blob: &web_sys::Blob = blob.dyn_ref()?;
    let address = web_sys::Url::create_object_url_with_blob(blob).ok()?;
    let link: HtmlElement = document().create_element("a").ok()?.dyn_into().ok()?;
    link.set_attribute("href", &address).ok()?;
    link.set_attribute("download", name).ok()?;
    link.click();
    web_sys::Url::revoke_object_url(&address).ok()
}

/// The part of the address after `#`.
#[must_use]
pub fn hash() -> String {
    let hash = window().location().hash().unwrap_or_default();
    hash.trim_start_matches('#').to_owned()
}

/// Sets the part of the address after `#`.
pub fn set_hash(hash: &str) {
    let _ = window().location().set_hash(hash);
}

/// Says on the body whether the page waits for an answer.
pub fn mark_ready(is_ready: bool) {
    if let Some(body) = document().body() {
        let _ = body.dataset().set("ready", if is_ready { "1" } else { "0" });
    }
}

/// Sets the theme of the whole page.
pub fn set_theme(name: &str) {
    if let Some(root) = document().document_element() {
        let _ = root.set_attribute("data-theme", name);
    }
}

/// Whether the system asks for dark pages.
#[must_use]
pub fn prefers_dark() -> bool {
    window()
        .match_media("(prefers-color-scheme: dark)")
        .ok()
        .flatten()
        .is_some_and(|query| query.matches())
}

/// Width of the window in pixels.
#[must_use]
pub fn window_width() -> u32 {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "pixels of a window"
    )]
    window().inner_width().ok().and_then(|width| width.as_f64()).map_or(1366, |width| width as u32)
}

/// Focuses the first element that fits, and says whether there was one.
pub fn focus(selector: &str) -> bool {
    let found = document().query_selector(selector).ok().flatten();
    found
        .and_then(|element| element.dyn_into::<HtmlElement>().ok())
        .is_some_and(|element| element.focus().is_ok())
}

/// Whether the focus is inside of the first element that fits.
#[must_use]
pub fn is_focus_in(selector: &str) -> bool {
    let active = document().active_element();
    let found = document().query_selector(selector).ok().flatten();
    found.is_some_and(|element| {
        active.is_some() && element.contains(active.as_ref().map(AsRef::as_ref))
    })
}

/// What can be focused inside of a region: what is next in the order of Tab, or the region itself.
const FOCUSABLE: &str = "[tabindex='0'], a[href], button:not([disabled]):not([tabindex='-1']), select:not([disabled]), input:not([disabled])";

/// Focuses the next of the regions, or the one before.
pub fn focus_next_region(is_forward: bool) {
    let document = document();
    let Ok(found) = document.query_selector_all("[data-region]") else { return };
    let regions: Vec<Element> =
        (0..found.length()).filter_map(|i| found.get(i)?.dyn_into().ok()).collect();
    let active = document.active_element();
    let here =
        regions.iter().rposition(|region| region.contains(active.as_ref().map(AsRef::as_ref)));
    let count = regions.len();
    for step in 1..=count {
        let at = match (here, is_forward) {
            (Some(here), true) => (here + step) % count,
            (Some(here), false) => (here + count - step) % count,
            (None, true) => step - 1,
            (None, false) => count - step,
        };
        if candidates(&regions[at]).any(|candidate| takes_focus(&candidate)) {
            return;
        }
    }
}

/// What of a region may take the focus, the best first: the region itself where it can be reached
/// by Tab, then what is in it, then the region all the same.
fn candidates(region: &Element) -> impl Iterator<Item = Element> + use<> {
    let is_stop = region.get_attribute("tabindex").as_deref() == Some("0");
    let found = region.query_selector_all(FOCUSABLE).ok();
    let inner = found
        .into_iter()
        .flat_map(|found| (0..found.length()).filter_map(move |i| found.get(i)?.dyn_into().ok()));
    is_stop.then(|| region.clone()).into_iter().chain(inner).chain([region.clone()])
}

/// Focuses an element; false where it is hidden and has refused.
fn takes_focus(element: &Element) -> bool {
    let is_asked = element.dyn_ref::<HtmlElement>().is_some_and(|element| element.focus().is_ok());
    is_asked && document().active_element().as_ref() == Some(element)
}

fn dialog(id: &str) -> Option<HtmlDialogElement> {
    document().get_element_by_id(id)?.dyn_into().ok()
}

/// Opens the dialog with this id, with focus kept inside.
pub fn open_dialog(id: &str) {
    if let Some(dialog) = dialog(id).filter(|dialog| !dialog.open()) {
        let _ = dialog.show_modal();
    }
}

/// Closes the dialog with this id.
pub fn close_dialog(id: &str) {
    if let Some(dialog) = dialog(id) {
        dialog.close();
    }
}

/// Closes the popover with this id.
pub fn close_popover(id: &str) {
    if let Some(popover) =
        document().get_element_by_id(id).and_then(|it| it.dyn_into::<HtmlElement>().ok())
    {
        // It may be closed already.
        let _ = popover.hide_popover();
    }
}

/// Puts a text on the clipboard.
pub fn copy_text(text: &str) {
    let clipboard = Reflect::get(&window().navigator(), &"clipboard".into());
    if clipboard.is_ok_and(|clipboard| clipboard.is_object()) {
        let _ = window().navigator().clipboard().write_text(text);
    } else {
        copy_selected(text);
    }
}

/// The old way, for windows that keep the clipboard from pages: a text is selected and copied.
fn copy_selected(text: &str) -> Option<()> {
    let document = document();
    let area: HtmlTextAreaElement = document.create_element("textarea").ok()?.dyn_into().ok()?;
    let before = document.active_element().and_then(|active| active.dyn_into::<HtmlElement>().ok());
    area.set_value(text);
    document.body()?.append_child(&area).ok()?;
    area.select();
    let _ = document.dyn_into::<HtmlDocument>().ok()?.exec_command("copy");
    area.remove();
    before?.focus().ok()
}

/// Names the page, in its tab or window and for readers.
pub fn set_title(title: &str) {
    document().set_title(title);
}

/// Waits.
pub async fn sleep(ms: i32) {
    let promise = Promise::new(&mut |resolve, _| {
        let _ = window().set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, ms);
    });
    let _ = JsFuture::from(promise).await;
}

/// Does something once the present state has been drawn, and what it asks for has been asked.
pub fn after_drawing(then: impl FnOnce() + 'static) {
    wasm_bindgen_futures::spawn_local(async move {
        sleep(30).await;
        then();
    });
}

/// Hears every key that nobody inside used; the answer says whether it is used up.
pub fn hear_keys(mut on_key: impl FnMut(KeyPress) -> bool + 'static) {
    let hear = Closure::<dyn FnMut(KeyboardEvent)>::new(move |event: KeyboardEvent| {
        if event.default_prevented() {
            return;
        }
        let held = Held {
            ctrl: event.ctrl_key() || event.meta_key(),
            shift: event.shift_key(),
            alt: event.alt_key(),
            alt_graph: event.get_modifier_state("AltGraph"),
        };
        let pressed = KeyPress::told(&event.key(), &event.code(), held);
        if pressed.is_some_and(&mut on_key) {
            event.prevent_default();
        }
    });
    let _ = window().add_event_listener_with_callback("keydown", hear.as_ref().unchecked_ref());
    // It is heard as long as the page lives.
    hear.forget();
}

thread_local! {
    /// Keys that went down so far.
    static N_KEYS: Cell<u32> = const { Cell::new(0) };
}

/// Counts every key that goes down, whoever uses it: [`pause_in_typing`] goes by it.
pub fn count_keys() {
    let hear = Closure::<dyn FnMut()>::new(|| N_KEYS.set(N_KEYS.get().wrapping_add(1)));
    let hear = hear.into_js_value();
    let _ =
        window().add_event_listener_with_callback_and_bool("keydown", hear.unchecked_ref(), true);
}

/// Waits until no key has gone down for so long, no text is open and no dialog asks.
pub async fn pause_in_typing(ms: i32) {
    let is_open = || {
        let texts =
            "input:not([type='checkbox']):not([type='radio']):focus, textarea:focus, dialog[open]";
        document().query_selector(texts).is_ok_and(|found| found.is_some())
    };
    loop {
        let before = N_KEYS.get();
        sleep(ms).await;
        if N_KEYS.get() == before && !is_open() {
            return;
        }
    }
}

/// Hears that the window has become narrower than this many pixels.
pub fn hear_narrow(px: u32, mut on_narrow: impl FnMut() + 'static) {
    let Ok(Some(query)) = window().match_media(&format!("(width < {px}px)")) else { return };
    let hear = Closure::<dyn FnMut()>::new(move || {
        if window_width() < px {
            on_narrow();
        }
    });
    let _ = query.add_event_listener_with_callback("change", hear.as_ref().unchecked_ref());
    hear.forget();
}

/// Hears changes of the address, and the window being looked at again.
pub fn hear_window(mut on_hash: impl FnMut() + 'static, mut on_return: impl FnMut() + 'static) {
    let hear = Closure::<dyn FnMut()>::new(move || on_hash());
    let _ = window().add_event_listener_with_callback("hashchange", hear.as_ref().unchecked_ref());
    hear.forget();
    let hear = Closure::<dyn FnMut()>::new(move || on_return());
    let _ = window().add_event_listener_with_callback("focus", hear.as_ref().unchecked_ref());
    hear.forget();
}

/// A new id for a record that this page asks for.
#[must_use]
pub fn new_id() -> Id {
    let mut rolled = [0; 10];
    let crypto = window().crypto().expect("a browser has dice");
    crypto.get_random_values_with_u8_array(&mut rolled).expect("ten bytes are few");
    #[expect(clippy::cast_possible_truncation, reason = "milliseconds are whole")]
    Id::random(js_sys::Date::now() as i64, rolled)
}

/// Whether the browser asks before the page is closed.
pub fn ask_before_closing(asks: bool) {
    thread_local! {
        static ASK: Closure<dyn FnMut(web_sys::Event)> = Closure::new(|event: web_sys::Event| event.prevent_default());
    }
    ASK.with(|ask| window().set_onbeforeunload(asks.then(|| ask.as_ref().unchecked_ref())));
}

/// Where the page itself has failed, says so instead of standing still.
pub fn hear_failure() {
    std::panic::set_hook(Box::new(|failure| {
        web_sys::console::error_1(&failure.to_string().into());
        let document = document();
        let (Some(body), Ok(words)) = (document.body(), document.create_element("p")) else {
            return;
        };
        words.set_class_name("failure");
        let _ = words.set_attribute("role", "alert");
        words.set_text_content(Some(
            "DeskOps has stopped because of a fault of its own. What is marked \"Saved here\" is safe. Press F5, or close DeskOps and start it again.",
        ));
        let _ = body.prepend_with_node_1(&words);
        mark_ready(true);
    }));
}

/// The door to the desktop around the page, where there is one.
fn desktop() -> Option<JsValue> {
    Reflect::get(&window(), &"__TAURI_INTERNALS__".into()).ok().filter(JsValue::is_object)
}

/// Whether the page runs inside of the DeskOps window.
#[must_use]
pub fn is_window() -> bool {
    desktop().is_some()
}

/// Asks the desktop around the page for something.
pub fn invoke(command: &str, arguments: &Object) -> Option<Promise> {
    let desktop = desktop()?;
    let invoke: Function = Reflect::get(&desktop, &"invoke".into()).ok()?.dyn_into().ok()?;
    invoke.call2(&desktop, &command.into(), arguments).ok()?.dyn_into().ok()
}

/// Shows a file in the folder where it lies; false where there is no desktop around the page.
pub fn show_in_folder(path: &str) -> bool {
    let arguments = Object::new();
    let _ = Reflect::set(&arguments, &"paths".into(), &Array::of1(&path.into()));
    invoke("plugin:opener|reveal_item_in_dir", &arguments).is_some()
}
