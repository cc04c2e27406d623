//! Carries a command from HTTP to the router and its answer back.

use std::sync::Arc;

use axum::Json;
use axum::body::{Body, to_bytes};
use axum::extract::rejection::PathRejection;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, Uri, header};
use axum::response::{IntoResponse as _, Response};
use deskops_core::Asking;
use deskops_domain::api::metrics::Metrics;
use deskops_domain::api::{Code, Command as _, Refusal};
use serde_json::{Value, json};

use crate::asks::Asks;
use crate::limits::too_long;
use crate::session::Page;
use crate::shared::{Shared, away, refuse};

/// Does the command that the path names.
pub(crate) async fn call(
    State(shared): State<Arc<Shared>>,
    uri: Uri,
    path: Result<Path<(String, String)>, PathRejection>,
    Asks(asking): Asks,
    page: Page,
    headers: HeaderMap,
    body: Body,
) -> Response {
    let Ok(Path((module, command))) = path else { return refuse(unreadable_path()) };
    // What stands before this goes by the path as it is written: a command has one way to be written.
    if uri.path().contains('%') {
        return refuse(escaped_path());
    }
    match read(&shared, &headers, body).await {
        Ok(input) => answer(shared, asking, page, format!("{module}/{command}"), input).await,
        Err(refusal) => refuse(refusal),
    }
}

/// The figures of the contract, asked for like any other command.
pub(crate) async fn posted_metrics(
    State(shared): State<Arc<Shared>>,
    Asks(asking): Asks,
    page: Page,
    headers: HeaderMap,
    body: Body,
) -> Response {
    match read(&shared, &headers, body).await {
        Ok(input) => answer(shared, asking, page, Metrics::name(), input).await,
        Err(refusal) => refuse(refusal),
    }
}

async fn answer(
    shared: Arc<Shared>,
    asking: Asking,
    page: Page,
    name: String,
    input: Value,
) -> Response {
    let done = away(move || {
        let mut output = shared.desk.run(&asking, &name, page.input(&name, input))?;
        let headers = page.keep(&name, &mut output);
        if !name.ends_with("/export") {
            return Ok((headers, output));
        }
        if let Some(file) = output["fileName"].as_str() {
            shared.note_written(file, shared.user(&asking)?);
        }
        Ok((headers, without_path(output)))
    });
    match done.await {
        Ok((headers, output)) => {
            ([(header::CACHE_CONTROL, "no-store")], headers, Json(output)).into_response()
        }
        Err(refusal) => refuse(refusal),
    }
}

/// A path whose escapes are no text.
pub(crate) fn unreadable_path() -> Refusal {
    Refusal::new(Code::BadRequest, "The path is not readable text.")
}

/// A command whose name is written with escapes, which none needs.
fn escaped_path() -> Refusal {
    Refusal::new(Code::BadRequest, "The path of a command is written without escapes (%).")
}

/// Whether the desk is open, for whoever watches the server.
pub(crate) async fn health(State(shared): State<Arc<Shared>>) -> Response {
    match shared.desk.found() {
        Ok(_) => Json(json!({ "status": "ok" })).into_response(),
        Err(refusal) => refuse(refusal),
    }
}

/// Reads the input. Only JSON that says so: no page of a stranger can send that without asking.
async fn read(shared: &Shared, headers: &HeaderMap, body: Body) -> Result<Value, Refusal> {
    let bad = |message: String| Refusal::new(Code::BadRequest, message);
    let kind =
        headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    if kind.split(';').next().unwrap_or_default().trim() != "application/json" {
        return Err(bad("A command is sent as application/json.".to_owned()));
    }
    let bytes = to_bytes(body, shared.config.body_limit)
        .await
        .map_err(|_| too_long(shared.config.body_limit))?;
    serde_json::from_slice(&bytes)
        .map_err(|error| bad(format!("The command is not JSON: {error}.")))
}

/// A file is fetched by its name; where it lies is nobody's business over HTTP.
fn without_path(mut exported: Value) -> Value {
    if let Some(fields) = exported.as_object_mut() {
        fields.insert("path".to_owned(), Value::Null);
    }
    exported
}
