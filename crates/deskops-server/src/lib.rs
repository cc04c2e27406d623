//! The same commands over HTTP, and the same page in a browser.
//!
//! Everything here is transport: `commands` and `files` carry, `rest` speaks the customer's contract,
//! `guard` keeps strangers out, `page` hands out the page. No rule of the trade is here. `settings` is
//! how the server is run, `task` what an administrator does with it, `observe` what is logged and
//! counted of each request.

#![deny(missing_docs)]

mod asks;
mod client;
mod commands;
mod events;
mod figures;
mod files;
mod guard;
mod limits;
mod listen;
mod logs;
mod observe;
mod open;
mod page;
mod rates;
mod ready;
pub mod rest;
mod session;
pub mod settings;
mod shared;
pub mod task;
mod tls;

#[cfg(test)]
mod tests;

use std::path::PathBuf;
use std::sync::{Arc, Mutex};

use axum::middleware::{from_fn, from_fn_with_state};
use axum::routing::{get, post};
use deskops_core::{Desk, Opener};
use deskops_domain::api::Refusal;

use events::Newsroom;
use figures::Figures;
use rates::Rates;
use settings::Config;
use shared::Shared;
use tower_http::catch_panic::CatchPanicLayer;

/// What a server is made of.
pub struct Serving {
    /// The desk, or why there is none.
    pub desk: Opener,
    /// The folder of the page, where one is handed out.
    pub page: Option<PathBuf>,
    /// The folder of files that are taken away, where they are handed out.
    pub exports: Option<PathBuf>,
}

/// What is answered where.
pub struct Routes {
    /// Everything that the server answers.
    pub app: axum::Router,
    /// The figures, for an address of their own.
    pub figures: axum::Router,
    /// What all of them share.
    shared: Arc<Shared>,
}

impl Serving {
    /// Everything that the server answers, as it is run when nothing is said.
    pub fn app(self) -> axum::Router {
        self.run_as(Config::default()).app
    }

    /// Everything that the server answers, run as the settings say.
    pub fn run_as(self, config: Config) -> Routes {
        let shared = Arc::new(Shared {
            desk: self.desk,
            exports: self.exports,
            written: Mutex::default(),
            rates: Rates::of(&config.rates),
            newsroom: Newsroom::default(),
            config: Arc::new(config),
            figures: Figures::default(),
            looked: Mutex::default(),
        });
        let api = axum::Router::new()
            .route("/hello", get("Hello, from API!"))
            .route("/health", get(commands::health))
            .route("/ready", get(ready::ready))
            .route("/events", get(events::listen))
            .route("/exports/{file}", get(files::download))
            .route("/{module}/{command}", post(commands::call))
            .fallback(rest::unknown)
            .method_not_allowed_fallback(rest::unknown);
        let api = rest::add(api).with_state(shared.clone());
        let app = axum::Router::new().nest("/api", api);
        let app = app.merge(figures::here(&shared));
        let app = page::serve(app, self.page)
            .layer(from_fn(session::only_the_page))
            .layer(from_fn_with_state(shared.clone(), rates::hold))
            .layer(from_fn_with_state(shared.clone(), guard::only_invited))
            .layer(from_fn_with_state(shared.clone(), limits::hold))
            .layer(CatchPanicLayer::custom(limits::panicked))
            .layer(from_fn_with_state(shared.clone(), observe::observe));
        Routes { app: page::with_headers(app), figures: figures::routes(&shared), shared }
    }
}

/// Everything that a server on an open desk answers, or on the refusal that stands in its place.
pub fn app(desk: Result<Arc<Desk>, Refusal>, page: Option<PathBuf>) -> axum::Router {
    Serving { desk: Opener::fixed(desk), page, exports: None }.app()
}
