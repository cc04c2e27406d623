//! What the contract says when something is not done: the one place where refusals get its words.

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use axum::{Extension, Json};
use deskops_domain::api::{Code, Refusal};
use deskops_domain::problem::Problem;
use deskops_domain::rest::TEXTS;
use serde_json::{Value, json};

use super::routes::Route;

/// Why a route did not do what it was asked.
#[derive(Debug)]
pub(crate) struct Told {
    /// The status of HTTP.
    pub status: StatusCode,
    /// The kind, for whoever counts and logs.
    pub kind: Code,
    /// The stable code.
    pub code: String,
    /// The contract's text.
    pub message: String,
    /// What happened in particular, and what to do about it.
    pub hint: Option<String>,
    /// What is wrong with which field, or which record is in the way.
    pub details: Value,
    /// Seconds after which it may be tried again.
    pub retry_after: Option<u64>,
}

impl Told {
    /// Something that no command says, because none was asked.
    pub fn new(status: StatusCode, code: &str, message: impl Into<String>) -> Self {
        let message = message.into();
        let (hint, details, retry_after) = (None, Value::Null, None);
        // For whoever counts; the contract has codes that no command has.
        let kind = serde_json::from_value(json!(code)).unwrap_or(Code::BadRequest);
        Self { status, kind, code: code.to_owned(), message, hint, details, retry_after }
    }

    /// What a refused command means on a route.
    pub fn of(refusal: Refusal, route: &Route) -> Self {
        let (status, code) = placed(refusal.code);
        let failed = |other: &str| route.failed().unwrap_or(other).to_owned();
        let message = match refusal.code {
            Code::Unauthorized => "Unauthorized".to_owned(),
            Code::NotFound => "Record not found".to_owned(),
            Code::SiteNotFound => "Site not found".to_owned(),
            Code::DuplicateRecord => "Unique constraint violation".to_owned(),
            Code::ValidationError => invalid(&refusal),
            Code::DatabaseError | Code::DatabaseUnavailable => failed("Database error"),
            Code::InternalError => failed("Internal server error"),
            _ => refusal.message.clone(),
        };
        let details = match (&refusal.record, refusal.details.is_empty()) {
            (Some(record), is_empty) => {
                let target: Vec<&str> = if is_empty {
                    keys(route)
                } else {
                    refusal.details.iter().map(|problem| problem.path.as_str()).collect()
                };
                json!({ "id": record, "target": target })
            }
            (None, true) => Value::Null,
            (None, false) => json!(refusal.details.iter().map(unfiltered).collect::<Vec<_>>()),
        };
        let said = (refusal.message != message).then_some(refusal.message);
        let is_plain = matches!(refusal.code, Code::ValidationError | Code::Unauthorized);
        let said = said.filter(|_| !is_plain);
        let hint: Vec<String> = said.into_iter().chain(refusal.hint).collect();
        let hint = (!hint.is_empty()).then(|| hint.join(" "));
        let retry_after = refusal.retry_after;
        Self { status, kind: refusal.code, code, message, hint, details, retry_after }
    }

    /// The answer, with its kind for the log.
    pub fn answer(self, says_success: bool) -> Response {
        let Self { status, kind, code, message, hint, details, retry_after } = self;
        let mut body = json!({ "message": message, "error": message, "code": code });
        if says_success {
            body["success"] = json!(false);
        }
        if let Some(hint) = hint {
            body["hint"] = json!(hint);
        }
        if !details.is_null() {
            body["details"] = details;
        }
        if let Some(seconds) = retry_after {
            body["retryAfter"] = json!(seconds);
        }
        let mut answer =
            (Extension(kind), (status, [(header::CACHE_CONTROL, "no-store")], Json(body)))
                .into_response();
        if let Some(seconds) = retry_after {
            answer.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        answer
    }
}

/// The contract's status and code of a kind: it knows one kind of trouble with the database.
fn placed(code: Code) -> (StatusCode, String) {
    let code = if code == Code::DatabaseUnavailable { Code::DatabaseError } else { code };
    let status = StatusCode::from_u16(code.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    (status, json!(code).as_str().unwrap_or("INTERNAL_ERROR").to_owned())
}

/// The text of an input that is wrong: one for all, and some of the contract's own.
fn invalid(refusal: &Refusal) -> String {
    let is_range = |problem: &Problem| problem.path == "dateFrom" && problem.max.is_some();
    if refusal.details.iter().any(is_range) {
        return "dateFrom must be less than or equal to dateTo".to_owned();
    }
    let text = TEXTS.iter().find(|(code, _)| refusal.details.iter().all(|it| it.code == *code));
    match text {
        Some((_, text)) if !refusal.details.is_empty() => (*text).to_owned(),
        _ => refusal.message.clone(),
    }
}

/// A problem by the name that the caller used: commands have their filter and draft in a part.
fn unfiltered(problem: &Problem) -> Problem {
    let mut problem = problem.clone();
    for part in ["filter.", "draft."] {
        if let Some(rest) = problem.path.strip_prefix(part) {
            problem.path = rest.to_owned();
        }
    }
    problem
}

/// What makes a record of a route unique.
fn keys(route: &Route) -> Vec<&'static str> {
    let fields = route.resource.iter().flat_map(|resource| resource.shapes.iter());
    let keys = fields.filter(|shape| shape.is_key()).map(|shape| shape.name);
    ["siteId", "date"].into_iter().chain(keys).collect()
}

#[cfg(test)]
mod tests {
    use super::super::routes;
    use super::*;

    #[test]
    fn g_12_what_is_told_is_logged_by_its_kind() {
        let route = routes::all().remove(0);
        let answer = Told::of(Refusal::not_found(), &route).answer(false);
        assert_eq!(answer.extensions().get(), Some(&Code::NotFound));
        assert_eq!(answer.status(), StatusCode::NOT_FOUND);
    }
}
