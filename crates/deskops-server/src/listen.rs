//! Listens, and stops in order: no new requests, those under way are finished within the grace.
//!
//! axum-server carries it: it hands out hyper's own limits, takes rustls, renews certificates while
//! it runs and waits for what is under way. axum's own `serve` gives none of the first three.

use std::io::Write as _;
use std::net::{SocketAddr, TcpListener};
use std::sync::Arc;
use std::time::Duration;

use axum_server::tls_rustls::{RustlsAcceptor, RustlsConfig};
use axum_server::{Control, Handle};
use hyper_util::rt::{TokioExecutor, TokioTimer};
use hyper_util::server::conn::auto::Builder;

use crate::Routes;
use crate::figures;
use crate::settings::Config;
use crate::shared::Shared;
use crate::tls;

/// How long a client may take to say what it wants; browsers take milliseconds.
const HEADERS_WITHIN: Duration = Duration::from_secs(15);
const MOST_HEADER_BYTES: usize = 64 << 10;
/// The same for HTTP/2, which counts them unpacked.
const MOST_HEADER_LIST: u32 = 64 << 10;

/// Serves until the system says that it is over.
pub(crate) async fn serve(config: &Config, routes: Routes) -> Result<(), String> {
    // A certificate that cannot be used is told before anybody is let in.
    let tls = config.tls.as_ref().map(tls::read).transpose()?;
    let (listener, address) = bind(config.listen, "listen")?;
    let control = Control::new();
    tokio::spawn(stop_in_time(control.clone(), config.grace, routes.shared.clone()));
    let figures = match figures::address(config.metrics) {
        Some(at) => {
            let (listener, address) = bind(at, "metrics")?;
            tracing::info!(%address, "figures at /metrics");
            Some(listener)
        }
        None => None,
    };
    // Nobody need be listening: the server works without.
    let _ = writeln!(std::io::stdout(), "listening on {}://{address}", config.scheme());
    let app = routes.app.into_make_service_with_connect_info::<SocketAddr>();
    let server = |listener| {
        let mut server = axum_server::from_tcp(listener).map_err(stopped)?;
        limit(server.http_builder());
        Ok::<_, String>(
            server
                .first_request_timeout(HEADERS_WITHIN)
                .handle(Handle::with_control(control.clone())),
        )
    };
    if let Some(listener) = figures {
        tokio::spawn(server(listener)?.serve(routes.figures.into_make_service()));
    }
    let server = server(listener)?;
    let served = match (tls, config.tls.clone()) {
        (Some(tls), Some(files)) => {
            let tls = RustlsConfig::from_config(tls);
            tokio::spawn(tls::renew(files, tls.clone()));
            server.acceptor(RustlsAcceptor::new(tls)).serve(app).await
        }
        _ => server.serve(app).await,
    };
    served.map_err(stopped)
}

/// Holds those who send slowly, or too much, before any handler sees them.
fn limit(builder: &mut Builder<TokioExecutor>) {
    builder
        .http1()
        .timer(TokioTimer::new())
        .header_read_timeout(HEADERS_WITHIN)
        .max_buf_size(MOST_HEADER_BYTES);
    builder
        .http2()
        .timer(TokioTimer::new())
        .keep_alive_interval(HEADERS_WITHIN)
        .max_header_list_size(MOST_HEADER_LIST);
}

/// Stops taking requests when the system says so, and ends what is not finished within the grace.
async fn stop_in_time(control: Control, grace: Duration, shared: Arc<Shared>) {
    told_to_stop().await;
    tracing::info!(seconds = grace.as_secs(), "stopping; requests under way are finished");
    // Who waits for news would wait for ever.
    shared.newsroom.close();
    control.graceful_shutdown(Some(grace));
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

fn bind(address: SocketAddr, setting: &str) -> Result<(TcpListener, SocketAddr), String> {
    let refused = |error: std::io::Error| {
        format!("DeskOps cannot listen on {address}: {error}. Name another port with --{setting}.")
    };
    let listener = TcpListener::bind(address).map_err(refused)?;
    listener.set_nonblocking(true).map_err(refused)?;
    let bound = listener.local_addr().map_err(refused)?;
    Ok((listener, bound))
}

fn stopped(error: std::io::Error) -> String {
    format!("The server stopped: {error}.")
}
