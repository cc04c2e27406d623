//! Starts the server and stops it in order.

use std::io::{IsTerminal as _, Write as _};
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use clap::Parser as _;
use deskops_core::{Desk, Opener, Place};
use deskops_server::Serving;
use deskops_server::config::{Config, Task};
use tokio::net::TcpListener;
use tokio::sync::Notify;

/// How long answers that are on their way may take after the server was told to stop.
const PATIENCE: Duration = Duration::from_secs(5);

#[tokio::main]
async fn main() -> ExitCode {
    let config = Config::parse();
    if config.task == Some(Task::Openapi) {
        return print(&deskops_server::rest::openapi::text());
    }
    // Standard output says the address and nothing else, so that a program can read it.
    let is_coloured = std::io::stderr().is_terminal();
    tracing_subscriber::fmt()
        .with_writer(std::io::stderr)
        .with_ansi(is_coloured)
        .with_max_level(tracing::Level::INFO)
        .init();
    match serve(config).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

/// Prints what was asked for, to a reader who may have gone.
fn print(text: &str) -> ExitCode {
    match std::io::stdout().write_all(text.as_bytes()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(_) => ExitCode::FAILURE,
    }
}

async fn serve(config: Config) -> Result<(), String> {
    let mut place = Place::in_folder(&config.data);
    if let Some(exports) = config.exports {
        place.exports = exports;
    }
    let exports = place.exports.clone();
    let desk = Opener::new(move || {
        Desk::open(place.clone()).map(Arc::new).map_err(|trouble| {
            tracing::error!(%trouble, "the database cannot be opened: the page says so");
            trouble.refusal()
        })
    });
    // Whether it can be opened is logged now; the page says it when it asks.
    let _ = desk.open();
    let app = Serving { desk, page: Some(config.page), exports: Some(exports) }.app();
    let refused = |error: std::io::Error| {
        format!(
            "DeskOps cannot listen on {}: {error}. Name another port with --listen.",
            config.listen
        )
    };
    let listener = TcpListener::bind(config.listen).await.map_err(refused)?;
    let address = listener.local_addr().map_err(refused)?;
    // Nobody need be listening: the server works without.
    let _ = writeln!(std::io::stdout(), "listening on http://{address}");
    let told = Arc::new(Notify::new());
    let stop = {
        let told = told.clone();
        async move {
            told_to_stop().await;
            told.notify_one();
        }
    };
    let serving = axum::serve(listener, app).with_graceful_shutdown(stop);
    tokio::select! {
        served = serving => served.map_err(|error| format!("The server stopped: {error}.")),
        () = async { told.notified().await; tokio::time::sleep(PATIENCE).await } => Ok(()),
    }
}

/// Waits for ctrl-c, or for the system to say that it is over.
async fn told_to_stop() {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let Ok(mut ended) = signal(SignalKind::terminate()) {
            tokio::select! {
                _ = ended.recv() => {}
                _ = tokio::signal::ctrl_c() => {}
            }
            return;
        }
    }
    // Without signals the server runs until its process is ended.
    if tokio::signal::ctrl_c().await.is_err() {
        std::future::pending::<()>().await;
    }
}
