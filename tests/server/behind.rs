//! Behind a proxy, and who may ask under which name.

use deskops_tests::people::{ADMIN, PASSWORD};
use serde_json::json;

use crate::ask::{ask, request};
use crate::program::{Server, moved_in};

#[test]
fn only_the_names_that_were_said_are_answered_to_and_only_their_pages_may_ask() {
    let folder = moved_in();
    let server = Server::start(
        folder.path(),
        &["--public-url", "https://deskops.example", "--behind-proxy"],
    );
    let status = |headers: &[(&str, &str)]| {
        ask(&server.address, &request("POST", "/api/session/hello", headers, "{}")).status
    };
    let ours = ("Origin", "https://deskops.example");
    let https = ("X-Forwarded-Proto", "https");
    assert_eq!(status(&[("Host", "deskops.example"), ours, https]), 200);
    assert_eq!(status(&[("Host", "deskops.example:443"), ours, https]), 200);
    assert_eq!(status(&[("Host", "localhost")]), 200, "a look from this computer");
    for headers in [
        [("Host", "evil.example"), https],
        [("Host", "deskops.example"), ("Origin", "https://evil.example")],
        [("Host", "deskops.example"), ("Origin", "http://deskops.example")],
        [("Host", "deskops.example"), ("Origin", "null")],
    ] {
        assert_eq!(status(&headers), 403, "{headers:?}");
    }
    let hello = request("GET", "/api/hello", &[("Host", "deskops.example"), https], "");
    let hello = ask(&server.address, &hello);
    assert_eq!(hello.header("strict-transport-security"), Some("max-age=31536000"));
    assert_eq!(
        server.get("/api/hello").header("strict-transport-security"),
        None,
        "localhost serves others, too"
    );
    assert_eq!(
        server.get("/metrics").status,
        404,
        "what comes by the proxy looks like this computer"
    );
    server.stop();
}

#[test]
fn a_page_called_by_https_gets_the_cookie_of_https_whatever_the_proxy_says_of_the_line() {
    let folder = moved_in();
    let flags = ["--public-url", "https://deskops.example", "--behind-proxy"];
    let server = Server::start(folder.path(), &flags);
    let sign_in = |headers: &[(&str, &str)]| {
        let body = json!({"name": ADMIN, "password": PASSWORD}).to_string();
        let headers = [&[("DeskOps-Page", "1")], headers].concat();
        ask(&server.address, &request("POST", "/api/session/sign-in", &headers, &body))
    };
    let ours = ("Host", "deskops.example");
    let proto = |scheme| ("X-Forwarded-Proto", scheme);
    for headers in [vec![ours], vec![ours, proto("https")], vec![ours, proto("nonsense")]] {
        let told = sign_in(&headers);
        assert_eq!(told.status, 200, "{headers:?}: {told:?}");
        let cookie = told.header("set-cookie").unwrap();
        let is_safe = cookie.starts_with("__Host-DeskOps-Session=") && cookie.contains("Secure");
        assert!(is_safe, "{headers:?}: {cookie}");
    }
    for headers in [vec![ours, proto("http")], vec![ours, proto("https, http")]] {
        let told = sign_in(&headers);
        assert_eq!((told.status, &told.json()["code"]), (403, &"FORBIDDEN".into()), "{told:?}");
        assert!(told.body.contains("https://deskops.example"), "it says where: {told:?}");
        assert_eq!(told.header("set-cookie"), None);
    }
    // A look from this computer goes past the proxy, and is not encrypted.
    let here = sign_in(&[("Host", "localhost")]);
    assert!(here.header("set-cookie").unwrap().starts_with("DeskOps-Session="), "{here:?}");
    assert_eq!(sign_in(&[("Host", "localhost"), proto("http")]).status, 200);
    server.stop();
}

#[test]
fn past_the_proxy_nobody_else_may_ask() {
    let folder = moved_in();
    // A computer without a network has nobody to turn away.
    let Some(own) = own_address() else { return };
    let arguments = [
        "--public-url",
        "https://deskops.example",
        "--behind-proxy",
        "--trusted-proxy",
        "10.9.8.7",
    ];
    let server = Server::start_at(folder.path(), &format!("{own}:0"), &arguments);
    let hello = request("GET", "/api/hello", &[("Host", "deskops.example")], "");
    let told = ask(&server.address, &hello);
    assert!(told.status == 403 && told.body.contains("by the proxy"), "{told:?}");
    server.stop();
}

/// An address of this computer in its network.
fn own_address() -> Option<String> {
    let socket = std::net::UdpSocket::bind("0.0.0.0:0").ok()?;
    // Nothing is sent: it only says by which address it would be.
    socket.connect("192.0.2.1:9").ok()?;
    let ip = socket.local_addr().ok()?.ip();
    (!ip.is_loopback() && !ip.is_unspecified()).then(|| ip.to_string())
}
