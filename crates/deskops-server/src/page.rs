//! Hands out the page, under the same rules of content as in the window.

use std::path::PathBuf;

use axum::Router;
use axum::http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, HeaderName, REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS,
};
use axum::http::{HeaderValue, StatusCode};
use tower_http::services::ServeDir;
use tower_http::set_header::SetResponseHeaderLayer;

/// The window's own settings, so that there is one list of what the page may load.
const WINDOW: &str = include_str!("../../../tauri.conf.json");
/// What a browser is told besides: in the window nothing can frame the page.
const BROWSER: &str = "; object-src 'none'; base-uri 'self'; frame-ancestors 'none'";
const NO_PAGE: &str = "The page of DeskOps is not here. Build it with `cargo xtask ui`, or name its folder with --page.\n";

/// Adds the page to the routes.
pub(crate) fn serve(app: Router, page: Option<PathBuf>) -> Router {
    match page.filter(|folder| folder.join("index.html").is_file()) {
        Some(folder) => app.fallback_service(ServeDir::new(folder)),
        None => app.fallback(|| async { (StatusCode::NOT_FOUND, NO_PAGE) }),
    }
}

/// Adds the headers to every answer, whoever gives it.
pub(crate) fn with_headers(app: Router) -> Router {
    app.layer(always(CONTENT_SECURITY_POLICY, content_policy()))
        .layer(always(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")))
        .layer(always(REFERRER_POLICY, HeaderValue::from_static("no-referrer")))
        // A newer page is used at once; an unchanged one is not sent again.
        .layer(SetResponseHeaderLayer::if_not_present(
            CACHE_CONTROL,
            HeaderValue::from_static("no-cache"),
        ))
}

fn always(name: HeaderName, value: HeaderValue) -> SetResponseHeaderLayer<HeaderValue> {
    SetResponseHeaderLayer::overriding(name, value)
}

fn content_policy() -> HeaderValue {
    let window: serde_json::Value = serde_json::from_str(WINDOW).expect("tauri.conf.json is JSON");
    let policy = window["app"]["security"]["csp"]
        .as_str()
        .expect("tauri.conf.json says what the page may load");
    HeaderValue::from_str(&format!("{policy}{BROWSER}")).expect("the policy is plain text")
}
