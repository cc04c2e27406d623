//! The desk, or why there is none; and the one way from a carrier to a command.
//!
//! A page that starts anew tries again to open the desk. The window and the server both hold this.

use std::sync::{Arc, Mutex, PoisonError, RwLock};

use deskops_domain::api::session::Hello;
use deskops_domain::api::{Code, Command as _, Refusal};
use serde_json::Value as Json;

use crate::asking::Asking;
use crate::desk::Desk;
use crate::router::Router;

type Opened = Result<Arc<Desk>, Refusal>;

/// The desk, or why there is none.
pub struct Opener {
    how: Box<dyn Fn() -> Opened + Send + Sync>,
    /// Held by the one who opens, so that the others are answered meanwhile.
    opening: Mutex<()>,
    /// `None` until somebody has tried.
    desk: RwLock<Option<Opened>>,
    router: Router,
}

impl Opener {
    /// Knows how to open the desk, and does so when it is first needed.
    pub fn new(how: impl Fn() -> Opened + Send + Sync + 'static) -> Self {
        Self {
            how: Box::new(how),
            opening: Mutex::default(),
            desk: RwLock::default(),
            router: Router::all(),
        }
    }

    /// A desk that is open already, or a refusal that stays.
    #[must_use]
    pub fn fixed(desk: Opened) -> Self {
        Self::new(move || desk.clone())
    }

    /// Does a command for whoever asks.
    ///
    /// # Errors
    /// Why there is no desk, or why the command was not done.
    pub fn run(&self, asking: &Asking, name: &str, input: Json) -> Result<Json, Refusal> {
        let desk = self.desk(name)?;
        desk.keep_up().map_err(|error| error.refusal(&desk.new_id()))?;
        let caller = desk.caller(asking)?;
        // The line that a carrier logs of this says who asked.
        tracing::Span::current().record("user", caller.user.as_str());
        self.router.run(&desk, &caller, name, input)
    }

    /// Whether whoever asks may ask for a command at all.
    ///
    /// # Errors
    /// Why there is no desk; that nobody is signed in, or that the role is not enough.
    pub fn may(&self, asking: &Asking, name: &str) -> Result<(), Refusal> {
        let desk = self.desk(name)?;
        let caller = desk.caller(asking)?;
        self.router.may(&caller, name)
    }

    /// Opens the desk, unless it is open.
    ///
    /// # Errors
    /// Why it cannot be opened.
    pub fn open(&self) -> Opened {
        let _opening = self.opening.lock().unwrap_or_else(PoisonError::into_inner);
        // Somebody else may have opened it while we waited.
        if let Some(Ok(desk)) = self.tried() {
            return Ok(desk);
        }
        let opened = (self.how)();
        self.put(opened.clone());
        opened
    }

    /// Closes the desk, so that its file is whole and alone.
    pub fn close(&self) {
        self.put(Err(Refusal::new(Code::DatabaseUnavailable, "DeskOps is closing.")));
    }

    /// The desk as it stands; it is opened only where nobody has tried yet.
    ///
    /// # Errors
    /// Why there is none.
    pub fn found(&self) -> Opened {
        self.tried().unwrap_or_else(|| self.open())
    }

    fn desk(&self, command: &str) -> Opened {
        match self.tried() {
            Some(Err(_)) if command == Hello::name() => self.open(),
            Some(tried) => tried,
            None => self.open(),
        }
    }

    fn tried(&self) -> Option<Opened> {
        self.desk.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn put(&self, opened: Opened) {
        *self.desk.write().unwrap_or_else(PoisonError::into_inner) = Some(opened);
    }
}
