//! Answers that many routes share: why something was not done.

use serde_json::{Map, Value as Json, json};

use super::limits;
use super::schemas::reference;

/// Status, name, code and what it means.
pub(super) const REFUSALS: &[(u16, &str, &str, &str)] = &[
    (
        400,
        "Invalid",
        "VALIDATION_ERROR",
        "Something sent is wrong: `details` names each field, or the body is no JSON (`BAD_REQUEST`).",
    ),
    (401, "Unauthorized", "UNAUTHORIZED", "Nobody is signed in."),
    (
        403,
        "Forbidden",
        "FORBIDDEN",
        "The role, the sites or the days of the caller do not reach so far.",
    ),
    (
        404,
        "NotFound",
        "NOT_FOUND",
        "There is no such record (`NOT_FOUND`) or site (`SITE_NOT_FOUND`), or it is out of sight.",
    ),
    (
        409,
        "Conflict",
        "DUPLICATE_RECORD",
        "A record with this key is there (`DUPLICATE_RECORD`, `details` names it); or its day is locked (`PERIOD_LOCKED`), its site takes no records (`SITE_INACTIVE`), it was changed meanwhile (`RECORD_CHANGED`), or something must be done before (`NOT_READY`).",
    ),
    (
        413,
        "TooLarge",
        "PAYLOAD_TOO_LARGE",
        "The body is larger than the server takes: 2 MiB, unless it is told otherwise.",
    ),
    (415, "NotJson", "UNSUPPORTED_MEDIA_TYPE", "The body is not sent as application/json."),
    (
        422,
        "Mismatch",
        "CLOSING_MISMATCH",
        "Figures of stock do not come out of the records: `details` names each.",
    ),
    (
        429,
        "TooOften",
        "RATE_LIMIT_EXCEEDED",
        "The allowance of the caller is used up: `retryAfter` says in how many seconds something of it is back.",
    ),
    (
        500,
        "Failed",
        "INTERNAL_ERROR",
        "Something failed inside (`INTERNAL_ERROR`), or the database did (`DATABASE_ERROR`).",
    ),
];

/// The answers by name.
pub(super) fn refusals() -> Json {
    let each = REFUSALS.iter().map(|(status, name, code, meaning)| {
        let mut example = json!({ "message": text(code), "error": text(code), "code": code });
        let mut answer = json!({ "description": meaning });
        if *status == 429 {
            example["retryAfter"] = json!(3);
            answer["headers"] = limits::references(true);
        }
        answer["content"] =
            json!({ "application/json": { "schema": reference("Error"), "example": example } });
        ((*name).to_owned(), answer)
    });
    Json::Object(each.collect())
}

fn text(code: &str) -> &'static str {
    match code {
        "VALIDATION_ERROR" => "Validation failed",
        "UNAUTHORIZED" => "Unauthorized",
        "FORBIDDEN" => "This site is not assigned to you.",
        "NOT_FOUND" => "Record not found",
        "DUPLICATE_RECORD" => "Unique constraint violation",
        "PAYLOAD_TOO_LARGE" => "A body has at most 2097152 bytes.",
        "UNSUPPORTED_MEDIA_TYPE" => "Send the body as application/json.",
        "RATE_LIMIT_EXCEEDED" => "Rate limit exceeded: maximum 100 requests per minute",
        "CLOSING_MISMATCH" => "The stock does not come out of the records; nothing was saved.",
        _ => "Internal server error",
    }
}

/// The answers of these statuses.
pub(super) fn of(statuses: &[u16]) -> Map<String, Json> {
    let named = REFUSALS.iter().filter(|(status, ..)| statuses.contains(status));
    named
        .map(|(status, name, ..)| {
            let answer = json!({ "$ref": format!("#/components/responses/{name}") });
            (status.to_string(), answer)
        })
        .collect()
}
