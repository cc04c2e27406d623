//! What every answer needs.

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use axum::{Extension, Json};
use deskops_core::{Asking, Opener};
use deskops_domain::api::{Code, Refusal};

use crate::events::Newsroom;
use crate::figures::Figures;
use crate::rates::Rates;
use crate::ready::Looked;
use crate::settings::Config;

/// What every answer needs.
pub(crate) struct Shared {
    /// The desk, or why there is none.
    pub desk: Opener,
    /// Where files lie that may be fetched.
    pub exports: Option<PathBuf>,
    /// Who has written which file since the server was started.
    pub written: Mutex<HashMap<String, String>>,
    /// How the server is run.
    pub config: Arc<Config>,
    /// How often may be asked.
    pub rates: Rates,
    /// Who waits for news.
    pub newsroom: Newsroom,
    /// What is counted.
    pub figures: Figures,
    /// When it was last looked whether everything is ready, and what was found.
    pub looked: Mutex<Option<Looked>>,
}

impl Shared {
    /// Who asks, by name.
    pub fn user(&self, asking: &Asking) -> Result<String, Refusal> {
        Ok(self.desk.found()?.caller(asking)?.user)
    }

    /// Notes who has written a file: only they may fetch it.
    pub fn note_written(&self, name: &str, user: String) {
        self.files().insert(name.to_owned(), user);
    }

    /// Whether this user has written that file.
    pub fn has_written(&self, name: &str, user: &str) -> bool {
        self.files().get(name).is_some_and(|by| by == user)
    }

    /// What a test of one layer needs.
    #[cfg(test)]
    pub fn of_tests() -> Arc<Self> {
        let closed = Refusal::new(Code::DatabaseUnavailable, "There is none.");
        Arc::new(Self {
            desk: Opener::fixed(Err(closed)),
            exports: None,
            written: Mutex::default(),
            config: Arc::new(Config::default()),
            rates: Rates::of(&crate::settings::Rates::OFF),
            newsroom: Newsroom::default(),
            figures: Figures::default(),
            looked: Mutex::default(),
        })
    }

    fn files(&self) -> MutexGuard<'_, HashMap<String, String>> {
        self.written.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A refusal with the status of its code.
pub(crate) fn refuse(refusal: Refusal) -> Response {
    let status =
        StatusCode::from_u16(refusal.code.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let (code, retry_after) = (refusal.code, refusal.retry_after);
    let answer = (status, [(header::CACHE_CONTROL, "no-store")], Json(refusal));
    // The code is for whoever counts.
    let mut answer = (Extension(code), answer).into_response();
    if let Some(seconds) = retry_after {
        answer.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
    }
    answer
}

/// Does something that waits for the disk, away from the threads that wait for the network.
pub(crate) async fn away<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, Refusal> + Send + 'static,
) -> Result<T, Refusal> {
    // What is logged there belongs to the request.
    let span = tracing::Span::current();
    tokio::task::spawn_blocking(move || span.in_scope(work)).await.unwrap_or_else(|error| {
        tracing::error!(%error, "an answer was not finished");
        Err(Refusal::new(Code::InternalError, "Something failed inside DeskOps.")
            .hint("Try again in a moment."))
    })
}
