//! The only command of the window: the page says which one it means, and the router does it.
//!
//! The page starts before it is known where the desk is, so the first commands wait for that.

use std::sync::{Arc, OnceLock};

use deskops_core::{Asking, Desk, Opener, Place, Trouble};
use deskops_domain::api::{Code, Refusal};
use deskops_link::{Link, Parts};
use serde_json::Value;
use tauri::State;

/// Does a command of the page.
#[tauri::command]
pub(crate) async fn call(
    bridge: State<'_, Arc<Bridge>>,
    token: Option<String>,
    name: String,
    input: Value,
) -> Result<Value, Refusal> {
    let bridge = bridge.inner().clone();
    let done =
        tauri::async_runtime::spawn_blocking(move || bridge.run(token.as_deref(), &name, input))
            .await;
    done.unwrap_or_else(|error| {
        tracing::error!(%error, "a command was not finished");
        Err(Refusal::new(Code::InternalError, "Something failed inside DeskOps.")
            .hint("Try again in a moment."))
    })
}

/// The desk of this window, or why there is none.
pub(crate) struct Bridge {
    place: Arc<OnceLock<Result<Place, Refusal>>>,
    desk: Opener,
}

impl Bridge {
    /// A bridge that does not know yet where its desk is.
    pub(crate) fn new() -> Self {
        let place: Arc<OnceLock<Result<Place, Refusal>>> = Arc::default();
        let told = place.clone();
        let desk = Opener::new(move || {
            let opened = Desk::open(told.wait().clone()?).and_then(on_a_laptop);
            opened.map(Arc::new).map_err(|trouble| {
                tracing::error!(%trouble, "the database cannot be opened: the window says so");
                trouble.refusal()
            })
        });
        Self { place, desk }
    }

    /// Says where the desk is. The page may already be asking: it waits until then.
    pub(crate) fn begin(&self, place: Result<Place, Refusal>) {
        // Said once, when the window is made.
        let _ = self.place.set(place);
    }

    /// Opens the desk, unless it is open.
    pub(crate) fn open(&self) {
        // The page says it when it asks.
        let _ = self.desk.open();
    }

    /// Closes the desk, so that its file is whole and alone.
    pub(crate) fn close(&self) {
        self.desk.close();
    }

    fn run(&self, token: Option<&str>, name: &str, input: Value) -> Result<Value, Refusal> {
        self.desk.run(&Asking::window(token), name, input)
    }
}

/// A laptop's desk, with its line to head office.
fn on_a_laptop(desk: Desk) -> Result<Desk, Trouble> {
    desk.on_a_laptop(|id| Arc::new(Link::new(Parts::of_this_computer(id))))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn bridge(folder: &std::path::Path) -> Bridge {
        let bridge = Bridge::new();
        bridge.begin(Ok(Place::in_folder(folder)));
        bridge
    }

    #[test]
    fn a_second_window_is_told_why_and_opens_once_the_first_is_closed() {
        let folder = tempfile::tempdir().unwrap();
        let first = bridge(folder.path());
        assert!(first.run(None, "session/hello", json!({})).is_ok());
        let second = bridge(folder.path());
        let refusal = second.run(None, "session/hello", json!({})).unwrap_err();
        assert_eq!(refusal.code, Code::DatabaseUnavailable);
        assert!(refusal.hint.is_some());
        first.close();
        let refusal = second.run(None, "production/list", json!({})).unwrap_err();
        assert_eq!(refusal.code, Code::DatabaseUnavailable);
        assert!(second.run(None, "session/hello", json!({})).is_ok(), "trying again helps");
    }

    #[test]
    fn without_a_place_every_command_says_why() {
        let bridge = Bridge::new();
        bridge.begin(Err(Refusal::new(Code::DatabaseUnavailable, "nowhere")));
        assert_eq!(bridge.run(None, "session/hello", json!({})).unwrap_err().message, "nowhere");
    }
}
