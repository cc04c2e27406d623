//! Who asks, over which line: the other end of the connection, or whom a proxy that we trust names.

use std::net::{IpAddr, SocketAddr};

use axum::extract::{ConnectInfo, Request};
use axum::http::HeaderMap;

use crate::settings::Config;

/// Who asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Client {
    /// The address; none where no network is between, as in tests.
    pub ip: Option<IpAddr>,
    /// How their browser speaks: `https` or `http`.
    pub scheme: &'static str,
    /// Whether a proxy has said so of the line.
    pub is_scheme_said: bool,
    /// Whether they may ask at all: past the proxy, only this computer may.
    pub is_let_in: bool,
}

impl Client {
    /// Who sends this request.
    pub fn of(config: &Config, request: &Request) -> Self {
        let peer = request.extensions().get::<ConnectInfo<SocketAddr>>();
        let ip = peer.map(|ConnectInfo(peer)| peer.ip().to_canonical());
        let direct = Self { ip, scheme: config.scheme(), is_scheme_said: false, is_let_in: true };
        let is_proxy = ip.is_some_and(|ip| config.proxies.contains(&ip));
        match (config.is_behind_proxy(), is_proxy) {
            (true, true) => named(config, request.headers(), direct),
            (true, false) => Self { is_let_in: ip.is_none_or(|ip| ip.is_loopback()), ..direct },
            (false, _) => direct,
        }
    }

    /// Whether it is this computer itself.
    pub fn is_this_computer(&self) -> bool {
        self.ip.is_some_and(|ip| ip.is_loopback())
    }

    /// The same, called by an address that says how browsers speak. Nothing when the proxy says that
    /// this one speaks in the clear although it should not.
    pub fn called_by(self, scheme: &str) -> Option<Self> {
        let is_https = scheme == "https";
        let is_in_the_clear = self.is_scheme_said && self.scheme == "http";
        let scheme = if is_https { "https" } else { "http" };
        (!is_https || !is_in_the_clear).then_some(Self { scheme, ..self })
    }
}

/// Whom the proxy names. Each proxy adds whom it heard from at the end: the last that is no proxy of
/// ours is true, and anything before it may be made up.
fn named(config: &Config, headers: &HeaderMap, direct: Client) -> Client {
    let texts = |name: &str| {
        let values = headers.get_all(name).iter();
        values.filter_map(|value| value.to_str().ok()).collect::<Vec<_>>().join(",")
    };
    let forwarded = texts("x-forwarded-for");
    let heard = forwarded.rsplit(',').map(str::trim).filter(|part| !part.is_empty());
    let ips = heard.map(|part| part.parse::<IpAddr>().ok().map(|ip| ip.to_canonical()));
    let mut ip = direct.ip;
    for each in ips {
        ip = each;
        if !each.is_some_and(|ip| config.proxies.contains(&ip)) {
            break;
        }
    }
    let said = match texts("x-forwarded-proto").rsplit(',').next().map(str::trim) {
        Some("https") => Some("https"),
        Some("http") => Some("http"),
        _ => None,
    };
    let scheme = said.unwrap_or(direct.scheme);
    Client { ip, scheme, is_scheme_said: said.is_some(), ..direct }
}

#[cfg(test)]
mod tests {
    use axum::body::Body;

    use super::*;
    use crate::settings::Given;

    fn client(peer: &str, forwarded: &[(&str, &str)], is_behind: &str) -> Client {
        let config = Config::read(&Given::of(&[
            ("behind-proxy", is_behind),
            ("trusted-proxy", "10.0.0.1,10.0.0.2"),
        ]))
        .unwrap();
        let mut request = Request::builder().uri("/");
        for (name, value) in forwarded {
            request = request.header(*name, *value);
        }
        let mut request = request.body(Body::empty()).unwrap();
        let peer: SocketAddr = format!("{peer}:9").parse().unwrap();
        request.extensions_mut().insert(ConnectInfo(peer));
        Client::of(&config, &request)
    }

    #[test]
    fn only_a_trusted_proxy_says_who_asks() {
        let said =
            [("x-forwarded-for", "6.6.6.6, 7.7.7.7, 10.0.0.2"), ("x-forwarded-proto", "https")];
        let ip = |client: Client| client.ip.unwrap().to_string();
        let by_proxy = client("10.0.0.1", &said, "true");
        assert_eq!((ip(by_proxy), by_proxy.scheme), ("7.7.7.7".to_owned(), "https"));
        let by_another = client("9.9.9.9", &said, "true");
        assert_eq!((ip(by_another), by_another.is_let_in), ("9.9.9.9".to_owned(), false));
        let without = client("10.0.0.1", &said, "false");
        assert_eq!((ip(without), without.scheme), ("10.0.0.1".to_owned(), "http"));
        let nonsense = client("10.0.0.1", &[("x-forwarded-for", "6.6.6.6, unknown")], "true");
        assert_eq!(nonsense.ip, None, "nobody rather than somebody made up");
        assert!(
            client("127.0.0.1", &[], "true").is_let_in,
            "this computer looks whether it is alive"
        );
    }
}
