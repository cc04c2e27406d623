//! Keeps strangers out, whoever is signed in: only pages that this computer serves may ask.
//!
//! A page of the internet could name this computer as its own address (DNS rebinding) and then ask
//! whatever it likes. It cannot help saying that name in `Host` and its own in `Origin`.

use std::net::IpAddr;

use axum::extract::Request;
use axum::http::{HeaderMap, header};
use axum::middleware::Next;
use axum::response::Response;
use deskops_domain::api::{Code, Refusal};

use crate::shared::refuse;

/// Lets a request through when it names this computer, and comes from a page of this server.
pub(crate) async fn only_this_computer(request: Request, next: Next) -> Response {
    let host = request
        .uri()
        .authority()
        .map(|authority| authority.as_str())
        .or_else(|| text(request.headers(), header::HOST));
    let Some(host) = host.filter(|host| is_this_computer(host)) else {
        tracing::warn!(host, "a request for another computer was turned away");
        let refusal = Refusal::new(Code::Forbidden, "DeskOps answers on this computer only.");
        return refuse(
            refusal.hint("Open it at the address that the server printed when it started."),
        );
    };
    let origin = text(request.headers(), header::ORIGIN);
    if request.headers().contains_key(header::ORIGIN) && origin != Some(&format!("http://{host}")) {
        tracing::warn!(origin, "a request from another page was turned away");
        return refuse(Refusal::new(Code::Forbidden, "Another page may not ask DeskOps."));
    }
    next.run(request).await
}

fn text(headers: &HeaderMap, name: header::HeaderName) -> Option<&str> {
    headers.get(name).and_then(|value| value.to_str().ok())
}

/// Whether a host, with or without its port, is a name of this computer itself.
fn is_this_computer(host: &str) -> bool {
    let name = match host.strip_prefix('[') {
        Some(rest) => rest.split(']').next().unwrap_or_default(),
        None => host.split(':').next().unwrap_or_default(),
    };
    name.eq_ignore_ascii_case("localhost")
        || name.parse::<IpAddr>().is_ok_and(|ip| ip.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_loopback_is_this_computer() {
        for host in [
            "localhost",
            "LOCALHOST:4600",
            "127.0.0.1",
            "127.0.0.1:80",
            "127.8.8.8:1",
            "[::1]",
            "[::1]:4600",
        ] {
            assert!(is_this_computer(host), "{host}");
        }
        for host in [
            "",
            "evil.example",
            "127.0.0.1.evil.example",
            "localhost.evil.example:4600",
            "10.0.0.1",
            "[::2]:80",
            "0.0.0.0",
            "::1",
        ] {
            assert!(!is_this_computer(host), "{host}");
        }
    }
}
