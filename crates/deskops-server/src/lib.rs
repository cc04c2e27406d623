//! The same commands over HTTP.
//!
//! (Lead's first cut so that the API tests can run over HTTP. Keep the signature of [`app`]: the
//! tests call it. Everything else may change.)

use std::path::PathBuf;
use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use axum::routing::post;
use deskops_core::{Desk, Router};
use deskops_domain::access::Caller;
use deskops_domain::api::{Code, Refusal};
use serde_json::Value;

struct Shared {
    desk: Result<Arc<Desk>, Refusal>,
    router: Router,
}

/// Everything that the server answers: the commands of a desk, or the refusal that stands in its
/// place while the database cannot be opened; and the page, where a folder with it is given.
pub fn app(desk: Result<Arc<Desk>, Refusal>, _page: Option<PathBuf>) -> axum::Router {
    let shared = Arc::new(Shared { desk, router: Router::all() });
    axum::Router::new().route("/api/{module}/{command}", post(call)).with_state(shared)
}

async fn call(State(shared): State<Arc<Shared>>, Path((module, command)): Path<(String, String)>, Json(input): Json<Value>) -> Response {
    let name = format!("{module}/{command}");
    let done = tokio::task::spawn_blocking(move || {
        let desk = shared.desk.as_ref().map_err(Clone::clone)?;
        shared.router.run(desk, &Caller::at_this_computer(), &name, input)
    });
    match done.await.unwrap_or_else(|_| Err(Refusal::new(Code::InternalError, "Something failed inside DeskOps."))) {
        Ok(output) => Json(output).into_response(),
        Err(refusal) => {
            let status = StatusCode::from_u16(refusal.code.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
            (status, Json(refusal)).into_response()
        }
    }
}
