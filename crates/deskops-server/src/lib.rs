//! The same commands over HTTP, and the same page in a browser, on this computer only.
//!
//! Everything here is transport: `commands` and `files` carry, `rest` speaks the
//! customer's contract, `guard` keeps strangers out, `page`
//! hands out the page. No rule of the trade is here.

#![deny(missing_docs)]

mod commands;
pub mod config;
mod files;
mod guard;
mod page;
pub mod rest;
mod shared;

#[cfg(test)]
mod tests;

use std::path::PathBuf;
use std::sync::{Arc, Mutex};

use axum::middleware::from_fn;
use axum::routing::{get, post};
use deskops_core::{Desk, Opener};
use deskops_domain::api::Refusal;

use shared::Shared;

/// What a server is made of.
pub struct Serving {
    /// The desk, or why there is none.
    pub desk: Opener,
    /// The folder of the page, where one is handed out.
    pub page: Option<PathBuf>,
    /// The folder of files that are taken away, where they are handed out.
    pub exports: Option<PathBuf>,
}

impl Serving {
    /// Everything that the server answers.
    pub fn app(self) -> axum::Router {
        let shared =
            Arc::new(Shared { desk: self.desk, exports: self.exports, written: Mutex::default() });
        let api = axum::Router::new()
            .route("/hello", get("Hello, from API!"))
            .route("/health", get(commands::health))
            .route("/exports/{file}", get(files::download))
            .route("/{module}/{command}", post(commands::call))
            .fallback(rest::unknown)
            .method_not_allowed_fallback(rest::unknown);
        let api = rest::add(api).with_state(shared);
        let app = axum::Router::new().nest("/api", api);
        page::serve(app, self.page).layer(from_fn(guard::only_this_computer))
    }
}

/// Everything that a server on an open desk answers, or on the refusal that stands in its place.
pub fn app(desk: Result<Arc<Desk>, Refusal>, page: Option<PathBuf>) -> axum::Router {
    Serving { desk: Opener::fixed(desk), page, exports: None }.app()
}
