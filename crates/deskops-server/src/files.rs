//! Hands out the files that an export has written, and no others.

use std::path::{Component, Path as FilePath, PathBuf};
use std::sync::Arc;

use axum::body::Body;
use axum::extract::rejection::PathRejection;
use axum::extract::{Path, Request, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse as _, Response};
use deskops_core::Asking;
use deskops_core::export::is_file_name;
use deskops_domain::api::{Code, Refusal};
use deskops_domain::choice::{Choices as _, Format};
use tower_http::services::ServeFile;

use crate::asks::Asks;
use crate::commands::unreadable_path;
use crate::shared::{Shared, away, refuse};

/// Sends the file of this name, as a stream.
pub(crate) async fn download(
    State(shared): State<Arc<Shared>>,
    path: Result<Path<String>, PathRejection>,
    Asks(asking): Asks,
    request: Request,
) -> Response {
    let Ok(Path(name)) = path else { return refuse(unreadable_path()) };
    if let Err(refusal) = check(shared.clone(), name.clone(), asking).await {
        return refuse(refusal);
    }
    let Some(path) = shared.exports.as_deref().and_then(|folder| path_of(folder, &name)) else {
        return refuse(missing());
    };
    let kind = HeaderValue::from_static(content_type(&name));
    let Ok(disposition) = HeaderValue::from_str(&format!("attachment; filename=\"{name}\"")) else {
        return refuse(missing());
    };
    match ServeFile::new(path).try_call(request).await {
        Ok(found) if found.status() != StatusCode::NOT_FOUND => {
            let mut response = found.map(Body::new).into_response();
            let headers = response.headers_mut();
            headers.insert(CONTENT_TYPE, kind);
            headers.insert(CONTENT_DISPOSITION, disposition);
            headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
            response
        }
        Ok(_) => refuse(missing()),
        Err(error) => {
            tracing::warn!(%error, file = name, "an exported file could not be read");
            refuse(
                Refusal::new(Code::InternalError, "The file could not be read.")
                    .hint("Export again."),
            )
        }
    }
}

/// Refuses whoever is not signed in, and whoever has not written this file: it may hold what they
/// do not see.
async fn check(shared: Arc<Shared>, name: String, asking: Asking) -> Result<(), Refusal> {
    let asked = shared.clone();
    let user = away(move || asked.user(&asking)).await?;
    if user.is_empty() {
        return Err(Refusal::new(Code::Unauthorized, "Sign in first."));
    }
    if shared.has_written(&name, &user) { Ok(()) } else { Err(missing()) }
}

fn missing() -> Refusal {
    Refusal::new(Code::NotFound, "There is no such file.").hint("Export again.")
}

/// The path of a name that can only mean a file of this very folder.
fn path_of(folder: &FilePath, name: &str) -> Option<PathBuf> {
    let mut parts = FilePath::new(name).components();
    let is_one_part = matches!((parts.next(), parts.next()), (Some(Component::Normal(_)), None));
    let path = folder.join(name);
    let is_plain_file = path.symlink_metadata().is_ok_and(|meta| meta.is_file());
    (is_one_part && is_file_name(name) && is_plain_file).then_some(path)
}

fn content_type(name: &str) -> &'static str {
    let format = name.rsplit_once('.').and_then(|(_, extension)| Format::from_code(extension));
    match format {
        Some(Format::Xlsx) => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        Some(Format::Csv) => "text/csv; charset=utf-8",
        None => "application/octet-stream",
    }
}
