//! What a request may take: how long its address and its body are, and how long its answer lasts.
//! A handler that panics is an answer, too.

use std::any::Any;
use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::header::CONTENT_LENGTH;
use axum::middleware::Next;
use axum::response::Response;
use deskops_domain::api::{Code, Refusal};

use crate::rest;
use crate::shared::{Shared, refuse};

/// The longest address; those of DeskOps have a few hundred bytes.
const LONGEST_ADDRESS: usize = 8 << 10;

/// Holds a request to its limits.
pub(crate) async fn hold(
    State(shared): State<Arc<Shared>>,
    request: Request,
    next: Next,
) -> Response {
    let address = request.uri().path_and_query().map_or(0, |it| it.as_str().len());
    if address > LONGEST_ADDRESS {
        let message = format!("An address has at most {LONGEST_ADDRESS} bytes.");
        return refuse(Refusal::new(Code::BadRequest, message));
    }
    let most = shared.config.body_limit;
    // The contract says first who may ask at all, and has a status of its own for this.
    let is_contract = rest::route_at(request.method(), request.uri().path()).is_some();
    let length =
        request.headers().get(CONTENT_LENGTH).and_then(|it| it.to_str().ok()?.parse().ok());
    if !is_contract && length.is_some_and(|length: usize| length > most) {
        return refuse(too_long(most));
    }
    let patience = shared.config.request_timeout;
    match tokio::time::timeout(patience, next.run(request)).await {
        Ok(response) => response,
        Err(_) => {
            tracing::error!(seconds = patience.as_secs(), "an answer took too long");
            let message = format!("DeskOps did not answer within {} s.", patience.as_secs());
            let hint = "It may have been done all the same: look before you do it again.";
            refuse(Refusal::new(Code::InternalError, message).hint(hint))
        }
    }
}

/// A command that sends more than it may.
pub(crate) fn too_long(most: usize) -> Refusal {
    Refusal::new(Code::BadRequest, format!("A command has at most {most} bytes."))
}

/// The answer of a handler that panicked. What it said is logged and not told.
pub(crate) fn panicked(what: Box<dyn Any + Send>) -> Response {
    let said = what
        .downcast_ref::<&str>()
        .map(|said| (*said).to_owned())
        .or_else(|| what.downcast_ref::<String>().cloned());
    tracing::error!(said, "an answer panicked");
    let refusal = Refusal::new(Code::InternalError, "Something failed inside DeskOps.");
    refuse(refusal.hint("Try again in a moment."))
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use axum::Router;
    use axum::body::Body;
    use axum::http::StatusCode;
    use axum::middleware::from_fn_with_state;
    use axum::routing::get;
    use tower::ServiceExt as _;
    use tower_http::catch_panic::CatchPanicLayer;

    use super::*;

    #[tokio::test]
    async fn a_panic_and_an_answer_that_never_comes_are_told() {
        let mut shared = Shared::of_tests();
        Arc::get_mut(&mut Arc::get_mut(&mut shared).unwrap().config).unwrap().request_timeout =
            Duration::from_millis(20);
        let app = Router::new()
            .route("/panic", get(async || -> &'static str { panic!("on purpose") }))
            .route("/never", get(std::future::pending::<&'static str>))
            .layer(from_fn_with_state(shared, hold))
            .layer(CatchPanicLayer::custom(panicked));
        for (path, words) in [("/panic", "Something failed"), ("/never", "did not answer within")] {
            let request = Request::get(path).body(Body::empty()).unwrap();
            let response = app.clone().oneshot(request).await.unwrap();
            assert_eq!(response.status(), StatusCode::INTERNAL_SERVER_ERROR);
            assert_eq!(response.extensions().get(), Some(&Code::InternalError));
            let told = axum::body::to_bytes(response.into_body(), 4_096).await.unwrap();
            let told = String::from_utf8(told.to_vec()).unwrap();
            assert!(told.contains(words) && !told.contains("on purpose"), "{told}");
        }
    }
}
