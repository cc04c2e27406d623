//! The only command of the window: the page says which one it means, and the router does it.
//!
//! Holds the desk, or why there is none; a page that starts anew tries again to open it.

use std::sync::{Arc, OnceLock, PoisonError, RwLock};

use deskops_core::{Desk, Place, Router};
use deskops_domain::access::Caller;
use deskops_domain::api::session::Hello;
use deskops_domain::api::{Code, Command as _, Refusal};
use serde_json::Value;
use tauri::State;

/// Does a command of the page.
#[tauri::command]
pub(crate) async fn call(
    bridge: State<'_, Arc<Bridge>>,
    name: String,
    input: Value,
) -> Result<Value, Refusal> {
    let bridge = bridge.inner().clone();
    let done = tauri::async_runtime::spawn_blocking(move || bridge.run(&name, input)).await;
    done.unwrap_or_else(|error| {
        tracing::error!(%error, "a command was not finished");
        Err(Refusal::new(Code::InternalError, "Something failed inside DeskOps.")
            .hint("Try again in a moment."))
    })
}

/// The desk of this window, or why there is none.
#[derive(Default)]
pub(crate) struct Bridge {
    place: OnceLock<Result<Place, Refusal>>,
    desk: RwLock<Option<Result<Arc<Desk>, Refusal>>>,
    router: OnceLock<Router>,
}

impl Bridge {
    /// Says where the desk is. The page may already be asking: it waits until then.
    pub(crate) fn begin(&self, place: Result<Place, Refusal>) {
        // Said once, when the window is made.
        let _ = self.place.set(place);
    }

    /// Opens the desk, unless it is open.
    pub(crate) fn open(&self) -> Result<Arc<Desk>, Refusal> {
        let place = self.place.wait().clone()?;
        let mut desk = self.desk.write().unwrap_or_else(PoisonError::into_inner);
        if let Some(Ok(desk)) = &*desk {
            return Ok(desk.clone());
        }
        let opened = Desk::open(place).map(Arc::new).map_err(|trouble| {
            tracing::error!(%trouble, "the database cannot be opened: the window says so");
            trouble.refusal()
        });
        desk.insert(opened).clone()
    }

    /// Closes the desk, so that its file is whole and alone.
    pub(crate) fn close(&self) {
        let over = Refusal::new(Code::DatabaseUnavailable, "DeskOps is closing.");
        *self.desk.write().unwrap_or_else(PoisonError::into_inner) = Some(Err(over));
    }

    fn run(&self, name: &str, input: Value) -> Result<Value, Refusal> {
        let found = self.desk.read().unwrap_or_else(PoisonError::into_inner).clone();
        let desk = match found {
            None => self.open()?,
            Some(Err(_)) if name == Hello::name() => self.open()?,
            Some(found) => found?,
        };
        self.router.get_or_init(Router::all).run(&desk, &Caller::at_this_computer(), name, input)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn bridge(folder: &std::path::Path) -> Bridge {
        let bridge = Bridge::default();
        bridge.begin(Ok(Place::in_folder(folder)));
        bridge
    }

    #[test]
    fn a_second_window_is_told_why_and_opens_once_the_first_is_closed() {
        let folder = tempfile::tempdir().unwrap();
        let first = bridge(folder.path());
        assert!(first.run("session/hello", json!({})).is_ok());
        let second = bridge(folder.path());
        let refusal = second.run("session/hello", json!({})).unwrap_err();
        assert_eq!(refusal.code, Code::DatabaseUnavailable);
        assert!(refusal.hint.is_some());
        first.close();
        assert_eq!(
            second.run("production/list", json!({})).unwrap_err().code,
            Code::DatabaseUnavailable
        );
        assert!(second.run("session/hello", json!({})).is_ok(), "trying again helps");
    }

    #[test]
    fn without_a_place_every_command_says_why() {
        let bridge = Bridge::default();
        bridge.begin(Err(Refusal::new(Code::DatabaseUnavailable, "nowhere")));
        assert_eq!(bridge.run("session/hello", json!({})).unwrap_err().message, "nowhere");
    }
}
