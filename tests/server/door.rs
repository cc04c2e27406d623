//! The page's session in a browser: its cookie, and the value that only the page knows.

use deskops_tests::people::{ADMIN, PASSWORD};
use serde_json::{Value, json};

use crate::ask::{Answer, ask, request};
use crate::program::{Server, moved_in};

const PAGE: (&str, &str) = ("DeskOps-Page", "1");
const NOT_TYPED: &str = "calasla290000000000000000";

/// A page that is signed in: its cookie and its value.
pub struct Page {
    pub cookie: String,
    pub value: String,
}

impl Page {
    /// Signs the administrator in, as the page does.
    pub fn sign_in(server: &Server) -> Self {
        let who = json!({"name": ADMIN, "password": PASSWORD});
        Self::of(&send(server, "/api/session/sign-in", &[PAGE], &who))
    }

    fn of(signed_in: &Answer) -> Self {
        assert_eq!(signed_in.status, 200, "{signed_in:?}");
        let cookie = signed_in.header("set-cookie").unwrap().split(';').next().unwrap().to_owned();
        Self { cookie, value: signed_in.header("deskops-csrf").unwrap().to_owned() }
    }

    fn post(&self, server: &Server, path: &str, body: &Value) -> Answer {
        let headers = [PAGE, ("Cookie", &self.cookie), ("DeskOps-CSRF", &self.value)];
        send(server, path, &headers, body)
    }

    pub fn get(&self, server: &Server, path: &str) -> Answer {
        let headers = [("Cookie", self.cookie.as_str())];
        ask(&server.address, &request("GET", path, &headers, ""))
    }

    fn enter(&self, server: &Server) -> Answer {
        let draft = json!({"siteId": NOT_TYPED, "date": "2026-11-20", "materialId": "MAT002", "qtyTon": "1.5"});
        self.post(server, "/api/dispatch/create", &json!({ "draft": draft }))
    }
}

fn send(server: &Server, path: &str, headers: &[(&str, &str)], body: &Value) -> Answer {
    ask(&server.address, &request("POST", path, headers, &body.to_string()))
}

#[test]
fn a_page_is_told_no_token_and_goes_on_by_its_cookie() {
    let folder = moved_in();
    let server = Server::start(folder.path(), &[]);
    let who = json!({"name": ADMIN, "password": PASSWORD});
    let signed_in = send(&server, "/api/session/sign-in", &[PAGE], &who);
    assert_eq!(signed_in.json()["token"], "", "no script is told it");
    assert_eq!(signed_in.json()["user"]["name"], ADMIN);
    let cookie = signed_in.header("set-cookie").unwrap().to_owned();
    assert!(cookie.starts_with("DeskOps-Session="), "{cookie}");
    for word in ["HttpOnly", "SameSite=Strict", "Path=/"] {
        assert!(cookie.split("; ").any(|part| part == word), "{word}: {cookie}");
    }
    assert!(!cookie.contains("Secure") && !cookie.contains("Max-Age"), "{cookie}");
    let page = Page::of(&signed_in);
    assert!(!page.cookie.contains(&page.value), "the value says nothing of the token");
    assert_eq!(page.enter(&server).status, 200);
    let seen = page.get(&server, &format!("/api/dispatch?siteId={NOT_TYPED}"));
    assert_eq!(seen.json()["dispatches"].as_array().unwrap().len(), 1);
    // A page that is loaded anew knows nothing, and asks.
    let hello = send(&server, "/api/session/hello", &[PAGE, ("Cookie", &page.cookie)], &json!({}));
    assert_eq!(hello.json()["session"]["user"], ADMIN);
    assert_eq!(hello.header("deskops-csrf"), Some(page.value.as_str()));
    let log = server.log();
    assert!(!log.contains(&page.value) && !log.contains(&page.cookie[16..]), "{log}");
    server.stop();
}

#[test]
fn what_a_browser_sends_by_itself_changes_nothing() {
    let folder = moved_in();
    let server = Server::start(folder.path(), &[]);
    let page = Page::sign_in(&server);
    let wrong = Page { cookie: page.cookie.clone(), value: "0".repeat(64) };
    let command = wrong.enter(&server);
    assert_eq!((command.status, &command.json()["code"]), (403, &"CSRF_MISMATCH".into()));
    assert!(command.json()["hint"].is_string());
    let body = json!({"siteId": NOT_TYPED, "date": "2026-11-20", "materialId": "MAT002", "qtyTon": 1.5, "operation": "CRU-DIS"});
    for (method, path) in [
        ("POST", "/api/dispatch"),
        ("PUT", "/api/dispatch/x"),
        ("PATCH", "/api/dispatch/x"),
        ("DELETE", "/api/dispatch/x"),
        ("POST", "/api/session/sign-out"),
        ("POST", "/api/session/change-password"),
    ] {
        let headers = [("Cookie", page.cookie.as_str()), PAGE];
        let told = ask(&server.address, &request(method, path, &headers, &body.to_string()));
        assert_eq!(
            (told.status, &told.json()["code"]),
            (403, &"CSRF_MISMATCH".into()),
            "{method} {path}"
        );
    }
    // Neither is the value told to whoever makes a browser ask.
    let hello = send(&server, "/api/session/hello", &[("Cookie", &page.cookie)], &json!({}));
    assert_eq!((hello.status, hello.header("deskops-csrf")), (403, None));
    let seen = page.get(&server, &format!("/api/dispatch?siteId={NOT_TYPED}"));
    assert_eq!(
        (seen.status, &seen.json()["dispatches"]),
        (200, &json!([])),
        "reading is no change"
    );
    // Another page of the internet is turned away before.
    let foreign = [
        PAGE,
        ("Cookie", &page.cookie),
        ("DeskOps-CSRF", &page.value),
        ("Origin", "https://evil.example"),
    ];
    assert_eq!(send(&server, "/api/session/hello", &foreign, &json!({})).status, 403);
    server.stop();
}

#[test]
fn a_token_of_ones_own_goes_before_the_cookie() {
    let folder = moved_in();
    let server = Server::start(folder.path(), &[]);
    let (page, token) = (Page::sign_in(&server), server.sign_in());
    let hello = |bearer: &str| {
        let bearer = format!("Bearer {bearer}");
        let headers = [("Cookie", page.cookie.as_str()), ("Authorization", &bearer)];
        send(&server, "/api/session/hello", &headers, &json!({}))
    };
    let told = hello(&token);
    assert_eq!(
        (&told.json()["session"]["user"], told.header("deskops-csrf")),
        (&ADMIN.into(), None)
    );
    assert_eq!(hello("made-up").json()["session"], Value::Null, "the cookie does not stand in");
    server.stop();
}

#[test]
fn the_cookie_goes_with_the_session_and_with_the_password() {
    let folder = moved_in();
    let server = Server::start(folder.path(), &[]);
    let page = Page::sign_in(&server);
    let new = json!({"old": PASSWORD, "new": "another-password"});
    let changed = Page::of(&page.post(&server, "/api/session/change-password", &new));
    assert_ne!((&changed.cookie, &changed.value), (&page.cookie, &page.value));
    assert_eq!(page.get(&server, "/api/auth/session").status, 401);
    assert_eq!(changed.get(&server, "/api/auth/session").status, 200);
    let gone = changed.post(&server, "/api/session/sign-out", &json!({"token": ""}));
    assert_eq!(gone.status, 200);
    let cookie = gone.header("set-cookie").unwrap();
    assert!(cookie.starts_with("DeskOps-Session=;") && cookie.contains("Max-Age=0"), "{cookie}");
    assert_eq!(changed.get(&server, "/api/auth/session").status, 401, "it is ended, not forgotten");
    server.stop();
}

#[test]
fn over_https_the_cookie_is_of_this_very_host_and_never_sent_in_the_clear() {
    let folder = moved_in();
    let arguments = ["--public-url", "https://deskops.example", "--behind-proxy"];
    let server = Server::start(folder.path(), &arguments);
    let proxy = [PAGE, ("Host", "deskops.example"), ("X-Forwarded-Proto", "https")];
    let who = json!({"name": ADMIN, "password": PASSWORD});
    let signed_in = send(&server, "/api/session/sign-in", &proxy, &who);
    let cookie = signed_in.header("set-cookie").unwrap().to_owned();
    assert!(
        cookie.starts_with("__Host-DeskOps-Session=") && cookie.contains("; Secure"),
        "{cookie}"
    );
    let page = Page::of(&signed_in);
    let session = |headers: &[(&str, &str)]| {
        let headers = [&[("Cookie", page.cookie.as_str())], headers].concat();
        ask(&server.address, &request("GET", "/api/auth/session", &headers, "")).status
    };
    assert_eq!(session(&proxy[1..]), 200);
    assert_eq!(session(&[]), 401);
    server.stop();
}

#[test]
fn a_file_is_fetched_by_a_link() {
    let folder = moved_in();
    let server = Server::start(folder.path(), &[]);
    let page = Page::sign_in(&server);
    page.enter(&server);
    let filter = json!({"siteId": NOT_TYPED, "dateFrom": "2026-11-20", "dateTo": "2026-11-20"});
    let ask = json!({"filter": filter, "format": "csv"});
    let written = page.post(&server, "/api/dispatch/export", &ask).json();
    let name = written["fileName"].as_str().unwrap();
    let file = page.get(&server, &format!("/api/exports/{name}"));
    assert_eq!(file.status, 200);
    assert!(file.header("content-disposition").unwrap().contains(name));
    server.stop();
}
