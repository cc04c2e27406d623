//! Whether the server can do its work now: the database takes a write, it is of this version, and the
//! disk has room. Whoever balances load asks every few seconds, so it is looked once a second at most.

use std::sync::{Arc, PoisonError};
use std::time::{Duration, Instant};

use axum::Json;
use axum::extract::State;
use axum::http::header::CACHE_CONTROL;
use axum::response::{IntoResponse as _, Response};
use deskops_core::Trouble;
use deskops_domain::api::{Code, Refusal};
use serde_json::json;

use crate::shared::{Shared, away, refuse};

const HOLDS: Duration = Duration::from_secs(1);

/// When it was looked, and what was found.
pub(crate) type Looked = (Instant, Result<u64, Refusal>);

/// 200 when everything is ready, 503 with the reason when not.
pub(crate) async fn ready(State(shared): State<Arc<Shared>>) -> Response {
    match away(move || look(&shared)).await {
        Ok(free) => {
            let body = json!({ "status": "ready", "database": "ok", "migrations": "ok", "disk": "ok", "freeMib": free >> 20 });
            ([(CACHE_CONTROL, "no-store")], Json(body)).into_response()
        }
        Err(refusal) => refuse(refusal),
    }
}

fn look(shared: &Shared) -> Result<u64, Refusal> {
    let mut looked = shared.looked.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some((at, found)) = looked.as_ref()
        && at.elapsed() < HOLDS
    {
        return found.clone();
    }
    let found = look_now(shared);
    *looked = Some((Instant::now(), found.clone()));
    found
}

/// Everybody may ask this, so no path is told; the log has it.
fn look_now(shared: &Shared) -> Result<u64, Refusal> {
    let not_ready = |why: String| Refusal::new(Code::DatabaseUnavailable, why);
    // A server that could not open its database tries again: nobody else may come to ask.
    let desk = shared
        .desk
        .found()
        .or_else(|_| shared.desk.open())
        .map_err(|_| not_ready("The database cannot be opened.".to_owned()))?;
    desk.probe().map_err(|trouble| {
        tracing::error!(%trouble, "not ready");
        not_ready(reason(&trouble).to_owned())
    })?;
    let free = desk.free_space().map_err(|error| {
        tracing::error!(%error, "not ready");
        not_ready("The free space of the disk cannot be read.".to_owned())
    })?;
    let least = shared.config.least_free;
    if free < least {
        let (free, least) = (free >> 20, least >> 20);
        tracing::error!(free, least, "not ready: little space");
        return Err(not_ready(format!(
            "Only {free} MiB are free on the disk of the database; {least} MiB should be."
        )));
    }
    Ok(free)
}

fn reason(trouble: &Trouble) -> &'static str {
    match trouble {
        Trouble::InUse(_) => "Another DeskOps has the database open.",
        Trouble::NotWritable { .. } => "The database takes no write.",
        Trouble::Newer { .. } => "A newer DeskOps has migrated the database.",
        Trouble::Gone(_) => "The database is gone.",
        Trouble::Damaged { .. } => "The database is damaged.",
    }
}
