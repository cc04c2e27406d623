//! What is logged and counted of each request: one line, and never what it sent.
//!
//! The request id is taken where it is sane, else made, and comes back. tower-http has layers for
//! that; they take whatever is sent, which would let strangers write our log.

use std::sync::Arc;
use std::time::Instant;

use axum::body::HttpBody as _;
use axum::extract::{MatchedPath, Request, State};
use axum::http::header::CONTENT_LENGTH;
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method};
use axum::middleware::Next;
use axum::response::Response;
use deskops_core::clock::{Dice as _, SystemDice};
use deskops_domain::api::Code;
use deskops_domain::change::hex;
use deskops_domain::problem::clip;
use tracing::Instrument as _;
use tracing::field::Empty;

use crate::figures::Answer;
use crate::shared::Shared;

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");
const LONGEST_ID: usize = 64;

/// Logs and counts a request.
pub(crate) async fn observe(
    State(shared): State<Arc<Shared>>,
    request: Request,
    next: Next,
) -> Response {
    let (id, method) = (request_id(request.headers()), request.method().clone());
    let route = match request.extensions().get::<MatchedPath>() {
        Some(path) => path.as_str().to_owned(),
        None if request.uri().path().starts_with("/api") => "/api/…".to_owned(),
        None => "the page".to_owned(),
    };
    let span = tracing::info_span!("request", id, %method, path = %clip(request.uri().path()), user = Empty);
    let _under_way = shared.figures.under_way();
    let begun = Instant::now();
    let mut response = next.run(request).instrument(span.clone()).await;
    let took = begun.elapsed();
    let status = response.status();
    let code = response.extensions().get::<Code>().copied();
    let ms = u64::try_from(took.as_millis()).unwrap_or(u64::MAX);
    span.in_scope(|| {
        let code = code.map(tracing::field::debug);
        tracing::info!(status = status.as_u16(), code, ms, bytes = bytes(&response), "answered");
    });
    shared.figures.count(&Answer {
        route,
        method: known(&method),
        status: status.as_u16(),
        code,
        took,
    });
    if let Ok(id) = HeaderValue::from_str(&id) {
        response.headers_mut().insert(REQUEST_ID, id);
    }
    response
}

/// The id that came along, when it is one, else a new one.
fn request_id(headers: &HeaderMap) -> String {
    let is_sane = |id: &&str| {
        (1..=LONGEST_ID).contains(&id.len())
            && id.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_.".contains(&b))
    };
    let sent = headers.get(REQUEST_ID).and_then(|id| id.to_str().ok()).filter(is_sane);
    sent.map_or_else(|| hex(&SystemDice.roll()), str::to_owned)
}

/// How much is sent back, where it is known before it is sent.
fn bytes(response: &Response) -> Option<u64> {
    let said = response.headers().get(CONTENT_LENGTH).and_then(|it| it.to_str().ok()?.parse().ok());
    said.or_else(|| response.body().size_hint().exact())
}

/// The name of a method; strangers make up others.
fn known(method: &Method) -> &'static str {
    const KNOWN: [&str; 7] = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"];
    KNOWN.into_iter().find(|known| method.as_str() == *known).unwrap_or("OTHER")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_that_is_not_sane_is_replaced() {
        let id = |sent: &str| {
            let mut headers = HeaderMap::new();
            headers.insert(REQUEST_ID, HeaderValue::from_bytes(sent.as_bytes()).unwrap());
            request_id(&headers)
        };
        assert_eq!(id("a-1_b.C"), "a-1_b.C");
        let long = "x".repeat(LONGEST_ID + 1);
        for sent in ["", "a b", "a\tuser=admin", "é", "\"", long.as_str()] {
            let made = id(sent);
            assert!(made.len() == 20 && made != sent, "{made}");
        }
        assert_ne!(request_id(&HeaderMap::new()), request_id(&HeaderMap::new()));
    }
}
