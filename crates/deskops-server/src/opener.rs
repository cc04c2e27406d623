//! The desk, or why there is none. A page that starts anew tries again to open it.

use std::sync::{Arc, Mutex, PoisonError, RwLock};

use deskops_core::Desk;
use deskops_domain::api::session::Hello;
use deskops_domain::api::{Command as _, Refusal};

type Open = Box<dyn Fn() -> Result<Arc<Desk>, Refusal> + Send + Sync>;

/// The desk, or why there is none.
pub struct Opener {
    open: Option<Open>,
    /// Held by the one who opens, so that the others are answered meanwhile.
    opening: Mutex<()>,
    desk: RwLock<Result<Arc<Desk>, Refusal>>,
}

impl Opener {
    /// Opens the desk now, and again later while there is trouble.
    pub fn new(open: impl Fn() -> Result<Arc<Desk>, Refusal> + Send + Sync + 'static) -> Self {
        Self { desk: RwLock::new(open()), open: Some(Box::new(open)), opening: Mutex::default() }
    }

    /// A desk, or a refusal that stays.
    #[must_use]
    pub fn fixed(desk: Result<Arc<Desk>, Refusal>) -> Self {
        Self { desk: RwLock::new(desk), open: None, opening: Mutex::default() }
    }

    /// The desk for a command of this name.
    ///
    /// # Errors
    /// Why there is none.
    pub fn desk(&self, command: &str) -> Result<Arc<Desk>, Refusal> {
        let found = self.found();
        match &self.open {
            Some(open) if found.is_err() && command == Hello::name() => self.again(open),
            _ => found,
        }
    }

    /// The desk as it stands, without trying again.
    ///
    /// # Errors
    /// Why there is none.
    pub fn found(&self) -> Result<Arc<Desk>, Refusal> {
        self.desk.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn again(&self, open: &Open) -> Result<Arc<Desk>, Refusal> {
        let _opening = self.opening.lock().unwrap_or_else(PoisonError::into_inner);
        // Somebody else may have opened it while we waited.
        if self.found().is_err() {
            let desk = open();
            *self.desk.write().unwrap_or_else(PoisonError::into_inner) = desk;
        }
        self.found()
    }
}
