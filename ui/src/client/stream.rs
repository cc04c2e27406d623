//! Waits for what the server tells by itself (`/api/events`), for as long as the page is looked at.
//!
//! A page that nobody looks at holds no line open: browsers give a server six of them, for all pages
//! together. When it is looked at again, and when the line was lost, everything is asked for once.

use deskops_domain::api::events::News;
use futures_channel::mpsc::{UnboundedReceiver, UnboundedSender, unbounded};
use futures_util::StreamExt as _;
use wasm_bindgen::prelude::*;
use web_sys::{EventSource, MessageEvent, VisibilityState};

use super::Told;
use crate::browser;

const PATH: &str = "/api/events";
/// The first wait after the line was lost; each one that follows is twice as long.
const FIRST_WAIT_MS: i32 = 1_000;
const LONGEST_WAIT_MS: i32 = 60_000;

/// What happens to the line.
enum Line {
    Open,
    News(String),
    Missed,
    Lost,
    Seen,
}

/// Tells what the server tells. In the window of DeskOps nobody else writes, and nothing is told.
pub async fn follow(mut tell: impl FnMut(Told)) {
    if browser::is_window() {
        return;
    }
    let (on_line, mut line) = unbounded();
    hear_seen(on_line.clone());
    let (mut wait, mut is_first) = (FIRST_WAIT_MS, true);
    loop {
        while !is_seen() {
            if line.next().await.is_none() {
                return;
            }
        }
        let Some(stream) = Stream::open(&on_line) else { return };
        while let Some(heard) = line.next().await {
            match heard {
                Line::Open => {
                    wait = FIRST_WAIT_MS;
                    if !is_first {
                        tell(Told::Anything);
                    }
                    is_first = false;
                }
                Line::News(text) => {
                    let news = serde_json::from_str::<News>(&text);
                    tell(news.map_or(Told::Anything, Told::News));
                }
                Line::Missed => tell(Told::Anything),
                Line::Seen if is_seen() => {}
                Line::Lost | Line::Seen => break,
            }
        }
        drop(stream);
        if is_seen() {
            browser::sleep(wait).await;
            wait = (wait * 2).min(LONGEST_WAIT_MS);
        }
        forget(&mut line);
    }
}

/// What is still told of a line that is closed is not of the next.
fn forget(line: &mut UnboundedReceiver<Line>) {
    while line.try_recv().is_ok() {}
}

fn is_seen() -> bool {
    let document = web_sys::window().and_then(|window| window.document());
    document.is_none_or(|document| document.visibility_state() != VisibilityState::Hidden)
}

/// Hears that the page is looked at, or is not any more.
fn hear_seen(on_line: UnboundedSender<Line>) {
    let Some(document) = web_sys::window().and_then(|window| window.document()) else { return };
    let hear = Closure::<dyn FnMut()>::new(move || drop(on_line.unbounded_send(Line::Seen)));
    let hears = hear.as_ref().unchecked_ref();
    let _ = document.add_event_listener_with_callback("visibilitychange", hears);
    // It is heard as long as the page lives.
    hear.forget();
}

/// An open line. Dropping it closes it.
struct Stream {
    source: EventSource,
    hears: Vec<Closure<dyn FnMut(MessageEvent)>>,
}

impl Stream {
    fn open(on_line: &UnboundedSender<Line>) -> Option<Self> {
        let mut stream = Self { source: EventSource::new(PATH).ok()?, hears: Vec::new() };
        stream.hear("open", on_line, |_| Line::Open);
        stream.hear("changed", on_line, |event| {
            Line::News(event.data().as_string().unwrap_or_default())
        });
        stream.hear("missed", on_line, |_| Line::Missed);
        stream.hear("error", on_line, |_| Line::Lost);
        Some(stream)
    }

    fn hear(
        &mut self,
        name: &str,
        on_line: &UnboundedSender<Line>,
        of: impl Fn(MessageEvent) -> Line + 'static,
    ) {
        let on_line = on_line.clone();
        let hear = Closure::<dyn FnMut(MessageEvent)>::new(move |event| {
            // The page may be going.
            let _ = on_line.unbounded_send(of(event));
        });
        let hears = hear.as_ref().unchecked_ref();
        let _ = self.source.add_event_listener_with_callback(name, hears);
        self.hears.push(hear);
    }
}

impl Drop for Stream {
    fn drop(&mut self) {
        self.source.close();
    }
}
