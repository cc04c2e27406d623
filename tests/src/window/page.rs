//! The page as a person meets it: keys go in, words come out. Each question has a deadline, because a driver may hang.

use std::future::Future;
use std::time::Duration;

use fantoccini::actions::{InputSource as _, KeyAction, KeyActions};
use fantoccini::error::CmdError;
use fantoccini::wd::WindowHandle;
use fantoccini::{Client, Locator};
use serde_json::Value;
use tokio::runtime::Runtime;

use super::keys::{Stroke, Strokes};
use super::wait::until;

/// How long an answer of the driver, or a change of the page, may take.
const PATIENCE: Duration = Duration::from_secs(30);
/// More actions in one request were seen to get lost.
const ACTIONS_AT_ONCE: usize = 40;

/// A page in a driven program.
pub struct Page {
    client: Client,
    runtime: Runtime,
    presses: usize,
}

impl Page {
    pub(super) fn new(client: Client, runtime: Runtime) -> Self {
        Self { client, runtime, presses: 0 }
    }

    /// Waits until the page says that nothing is under way.
    pub fn ready(&self) {
        self.wait_for("body[data-ready=\"1\"]");
    }

    /// Types text; a line end is Enter, a tab is Tab.
    pub fn keys(&mut self, text: &str) {
        self.strike(Strokes::text(text));
    }

    /// Presses keys together: `Ctrl+Shift+D`, `F2`.
    pub fn chord(&mut self, chord: &str) {
        self.strike(Strokes::chord(chord));
    }

    /// How many keys were pressed so far; a chord counts each of its keys.
    #[must_use]
    pub fn presses(&self) -> usize {
        self.presses
    }

    fn strike(&mut self, strokes: Strokes) {
        self.presses += strokes.presses;
        for strokes in strokes.strokes.chunks(ACTIONS_AT_ONCE) {
            let keyboard =
                strokes.iter().fold(KeyActions::new("keyboard".to_owned()), |keyboard, stroke| {
                    keyboard.then(match *stroke {
                        Stroke::Down(value) => KeyAction::Down { value },
                        Stroke::Up(value) => KeyAction::Up { value },
                    })
                });
            self.ask("keys", self.client.perform_actions(keyboard));
        }
    }

    /// Presses the mouse on the first element of this kind, once it is there.
    pub fn click(&self, css: &str) {
        self.wait_for(css);
        self.ask(css, async { self.client.find(Locator::Css(css)).await?.click().await });
    }

    /// The title of the document.
    #[must_use]
    pub fn title(&self) -> String {
        self.ask("the title", self.client.title())
    }

    /// The shown words of the first element of this kind, or nothing if there is none.
    #[must_use]
    pub fn text(&self, css: &str) -> Option<String> {
        let found = self
            .js("return document.querySelector(arguments[0])?.innerText ?? null", vec![css.into()]);
        found.as_str().map(|text| text.trim().to_owned())
    }

    /// The shown words of every element of this kind.
    #[must_use]
    pub fn texts(&self, css: &str) -> Vec<String> {
        let script = "return [...document.querySelectorAll(arguments[0])].map(each => each.innerText.trim())";
        let found = self.js(script, vec![css.into()]);
        found
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(Value::as_str)
            .map(str::to_owned)
            .collect()
    }

    /// What stands in the first input of this kind.
    #[must_use]
    pub fn value(&self, css: &str) -> Option<String> {
        let found =
            self.js("return document.querySelector(arguments[0])?.value ?? null", vec![css.into()]);
        found.as_str().map(str::to_owned)
    }

    /// Waits until an element of this kind is there.
    pub fn wait_for(&self, css: &str) {
        let there = "return document.querySelector(arguments[0]) !== null";
        self.wait_until(css, || self.js(there, vec![css.into()]).as_bool().unwrap_or(false));
    }

    /// Waits until the element of this kind holds these words.
    pub fn wait_text(&self, css: &str, words: &str) {
        let what = format!("{css} to say {words:?}");
        self.wait_until(&what, || self.text(css).is_some_and(|text| text.contains(words)));
    }

    /// Waits until something is so.
    pub fn wait_until(&self, what: &str, is_so: impl Fn() -> bool) {
        until(what, PATIENCE, || is_so().then_some(()));
    }

    /// Waits for two frames: what was changed is then on the screen.
    pub fn painted(&self) {
        let script = "const done = arguments[arguments.length - 1];
            requestAnimationFrame(() => requestAnimationFrame(() => done(true)))";
        self.js_later(script, Vec::new());
    }

    /// Runs a script in the page; for questions only, never in place of a key.
    #[must_use]
    pub fn js(&self, script: &str, arguments: Vec<Value>) -> Value {
        self.ask("a script", self.client.execute(script, arguments))
    }

    /// Runs a script that answers later, by calling its last argument.
    pub fn js_later(&self, script: &str, arguments: Vec<Value>) -> Value {
        self.ask("a script that answers later", self.client.execute_async(script, arguments))
    }

    /// Gives the page this much room, whatever the browser draws around it.
    pub fn resize(&self, width: u32, height: u32) {
        let around = "return [outerWidth - innerWidth, outerHeight - innerHeight]";
        let around = self.js(around, Vec::new());
        let more = |side: usize| {
            around[side].as_u64().and_then(|more| u32::try_from(more).ok()).unwrap_or_default()
        };
        let (width, height) = (width + more(0), height + more(1));
        self.ask("another size", self.client.set_window_size(width, height));
    }

    /// Goes to another address.
    pub fn goto(&self, address: &str) {
        self.ask(address, self.client.goto(address));
    }

    /// Forgets the cookies, as a browser does that was closed.
    pub fn forget_cookies(&self) {
        self.ask("no cookies", self.client.delete_all_cookies());
    }

    /// Opens another page of the same browser and goes there; the number of the one before.
    pub fn open_tab(&self, address: &str) -> WindowHandle {
        let before = self.ask("this page", self.client.window());
        let opened = self.ask("another page", self.client.new_window(true));
        self.switch_to(opened.handle);
        self.goto(address);
        before
    }

    /// Goes to another page of the same browser.
    pub fn switch_to(&self, page: WindowHandle) {
        self.ask("the other page", self.client.switch_to_window(page));
    }

    /// A picture by the driver, as PNG. The desktop's own is truer: see `Desktop::shot`.
    #[must_use]
    pub fn picture(&self) -> Vec<u8> {
        self.ask("a picture", self.client.screenshot())
    }

    fn ask<T>(&self, what: &str, question: impl Future<Output = Result<T, CmdError>>) -> T {
        match self.runtime.block_on(async { tokio::time::timeout(PATIENCE, question).await }) {
            Ok(Ok(answer)) => answer,
            Ok(Err(error)) => panic!("the driver refuses {what}: {error}"),
            Err(_) => panic!("the driver gave no answer to {what} in {} s", PATIENCE.as_secs()),
        }
    }
}
