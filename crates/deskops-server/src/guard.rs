//! Keeps strangers out, whoever is signed in: only pages that this server serves may ask.
//!
//! A page of the internet could name this computer as its own address (DNS rebinding) and then ask
//! whatever it likes. It cannot help saying that name in `Host` and its own in `Origin`.

use std::net::IpAddr;
use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, header};
use axum::middleware::Next;
use axum::response::Response;
use deskops_domain::api::{Code, Refusal};

use crate::client::Client;
use crate::settings::{Config, plain};
use crate::shared::{Shared, refuse};

/// Lets a request through when it names this server, and comes from a page of this server.
pub(crate) async fn only_invited(
    State(shared): State<Arc<Shared>>,
    mut request: Request,
    next: Next,
) -> Response {
    let config = &shared.config;
    let client = Client::of(config, &request);
    if !client.is_let_in {
        tracing::warn!(ip = ?client.ip, "a request past the proxy was turned away");
        return refuse(Refusal::new(Code::Forbidden, "Ask by the proxy in front of DeskOps."));
    }
    let host = request
        .uri()
        .authority()
        .map(|authority| authority.as_str())
        .or_else(|| text(request.headers(), header::HOST));
    let Some((scheme, own)) = host.and_then(|host| own_origin(config, client.scheme, host)) else {
        tracing::warn!(host, "a request for another computer was turned away");
        return refuse(not_called_so(config));
    };
    let Some(client) = client.called_by(scheme) else {
        tracing::warn!(host, "a request that came to the proxy in the clear was turned away");
        let refusal = Refusal::new(Code::Forbidden, "DeskOps is not spoken with in the clear.");
        return refuse(refusal.hint(format!("Open it at {own}.")));
    };
    let origin = text(request.headers(), header::ORIGIN);
    if request.headers().contains_key(header::ORIGIN) && origin != Some(&own) {
        tracing::warn!(origin, "a request from another page was turned away");
        return refuse(Refusal::new(Code::Forbidden, "Another page may not ask DeskOps."));
    }
    // What keeps browsers to HTTPS must not catch what else this computer serves.
    let is_secure = own.starts_with("https:") && !host.is_some_and(is_this_computer);
    request.extensions_mut().insert(client);
    let mut response = next.run(request).await;
    if is_secure {
        let year = HeaderValue::from_static("max-age=31536000");
        response.headers_mut().insert(header::STRICT_TRANSPORT_SECURITY, year);
    }
    response
}

/// How browsers speak and what a page of ours says as its origin, when it is reached by this host;
/// nothing when the host is none of our names.
fn own_origin<'a>(config: &'a Config, scheme: &'a str, host: &str) -> Option<(&'a str, String)> {
    if is_this_computer(host) {
        return Some((scheme, format!("{scheme}://{}", plain(scheme, host))));
    }
    let public = config.public.iter().find(|url| plain(&url.scheme, host) == url.host);
    public.map(|url| (url.scheme.as_str(), url.origin()))
}

fn not_called_so(config: &Config) -> Refusal {
    if config.public.is_empty() {
        return Refusal::new(Code::Forbidden, "DeskOps answers on this computer only.")
            .hint("Open it at the address that the server printed when it started.");
    }
    Refusal::new(Code::Forbidden, "DeskOps is not called by this name.")
        .hint("Open it at the address that your administrator gave you.")
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
    fn a_page_is_ours_by_the_name_and_the_line_that_it_came_by() {
        use crate::settings::Given;
        let said = [("public-url", "https://deskops.example,https://10.0.0.7:4600")];
        let config = Config::read(&Given::of(&said)).unwrap();
        let own = |scheme, host| own_origin(&config, scheme, host).map(|(_, own)| own);
        for host in ["deskops.example", "DeskOps.example:443"] {
            assert_eq!(own("http", host).as_deref(), Some("https://deskops.example"));
        }
        assert_eq!(own("https", "10.0.0.7:4600").as_deref(), Some("https://10.0.0.7:4600"));
        assert_eq!(own("http", "localhost:4600").as_deref(), Some("http://localhost:4600"));
        for host in ["evil.example", "deskops.example.evil", "deskops.example:80", "10.0.0.7"] {
            assert_eq!(own("https", host), None, "{host}");
        }
    }

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
