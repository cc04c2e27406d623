//! What every answer needs.

use std::path::PathBuf;

use axum::Json;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use deskops_core::Router;
use deskops_domain::api::{Code, Refusal};

use crate::opener::Opener;

/// What every answer needs.
pub(crate) struct Shared {
    /// The desk, or why there is none.
    pub desk: Opener,
    /// All commands.
    pub router: Router,
    /// Where files lie that may be fetched.
    pub exports: Option<PathBuf>,
}

/// A refusal with the status of its code.
pub(crate) fn refuse(refusal: Refusal) -> Response {
    let status =
        StatusCode::from_u16(refusal.code.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    (status, [(header::CACHE_CONTROL, "no-store")], Json(refusal)).into_response()
}

/// Does something that waits for the disk, away from the threads that wait for the network.
pub(crate) async fn away<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, Refusal> + Send + 'static,
) -> Result<T, Refusal> {
    tokio::task::spawn_blocking(work).await.unwrap_or_else(|error| {
        tracing::error!(%error, "an answer was not finished");
        Err(Refusal::new(Code::InternalError, "Something failed inside DeskOps.")
            .hint("Try again in a moment."))
    })
}
