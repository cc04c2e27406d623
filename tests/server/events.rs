//! What a started server tells without being asked, at `/api/events`.

use std::io::{BufRead as _, BufReader, Write as _};
use std::net::TcpStream;
use std::time::{Duration, Instant};

use deskops_core::clock::{Clock as _, SystemClock};
use deskops_tests::cluster::Cluster;
use deskops_tests::issuer::{Issuer, Key};
use deskops_tests::people::PASSWORD;
use deskops_tests::window::until;
use rustix::process::Signal;
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::ask::{ask, connect, request};
use crate::door::Page;
use crate::program::{Server, moved_in};
use crate::shared::with_administrator;

const EVENTS: &str = "/api/events";
const SITE: &str = "calasla290000000000000000";
const PATIENCE: Duration = Duration::from_secs(20);

/// An open stream of events.
struct Stream {
    lines: std::io::Lines<BufReader<TcpStream>>,
}

/// One event, or a sign of life.
#[derive(Debug, PartialEq)]
enum Heard {
    Event(String, Value),
    StillHere,
    End,
}

impl Stream {
    fn open(server: &Server, headers: &[(&str, &str)]) -> Self {
        let mut stream = connect(&server.address);
        stream.write_all(request("GET", EVENTS, headers, "").as_bytes()).unwrap();
        let mut opened = Self { lines: BufReader::new(stream).lines() };
        let status = opened.line().unwrap();
        assert!(status.contains("200"), "{status}");
        let head: Vec<String> = std::iter::from_fn(|| opened.line())
            .take_while(|line| !line.is_empty())
            .map(|line| line.to_lowercase())
            .collect();
        for line in ["content-type: text/event-stream", "cache-control: no-store"] {
            assert!(head.iter().any(|said| said == line), "{line}: {head:?}");
        }
        assert_eq!(opened.next(), Heard::Event("listening".into(), json!({})));
        opened
    }

    fn bearer(server: &Server, token: &str) -> Self {
        Self::open(server, &[("Authorization", &format!("Bearer {token}"))])
    }

    fn line(&mut self) -> Option<String> {
        self.lines.next().and_then(Result::ok)
    }

    fn next(&mut self) -> Heard {
        let mut name = String::new();
        while let Some(line) = self.line() {
            if let Some(said) = line.strip_prefix("event: ") {
                name = said.to_owned();
            } else if let Some(data) = line.strip_prefix("data: ") {
                return Heard::Event(name, serde_json::from_str(data).unwrap());
            } else if line.starts_with(": still here") {
                return Heard::StillHere;
            }
        }
        Heard::End
    }

    /// The next change; signs of life are passed over.
    fn changed(&mut self) -> Value {
        match self.next() {
            Heard::Event(name, news) if name == "changed" => news,
            Heard::StillHere => self.changed(),
            other => panic!("{other:?}"),
        }
    }
}

fn dispatched(site: &str, n: u32) -> Value {
    let day = "2026-11-20";
    let touched =
        json!({"entity": "dispatch", "siteId": site, "changes": n, "first": day, "last": day});
    json!({"changes": n, "touched": [touched]})
}

#[test]
fn d_27_a_page_is_told_by_its_cookie_what_was_changed_and_never_by_its_address() {
    let folder = moved_in();
    let server = Server::start(folder.path(), &[]);
    let (page, token) = (Page::sign_in(&server), server.sign_in());
    assert_eq!(server.get(EVENTS).status, 401);
    assert_eq!(server.get(&format!("{EVENTS}?token={token}")).status, 401);
    let mut by_cookie = Stream::open(&server, &[("Cookie", &page.cookie)]);
    let mut by_token = Stream::bearer(&server, &token);
    let begun = Instant::now();
    assert_eq!(server.enter(&token, "a load").status, 200);
    assert_eq!(by_cookie.changed(), dispatched(SITE, 1));
    assert_eq!(by_token.changed(), dispatched(SITE, 1));
    assert!(begun.elapsed() < Duration::from_secs(5), "at once: {:?}", begun.elapsed());
    // What is refused was not changed: the next that is told is the next that is saved.
    server.post("/api/dispatch/create", &token, &json!({"draft": {"siteId": SITE}}));
    server.enter(&token, "another");
    assert_eq!(by_cookie.changed(), dispatched(SITE, 1));
    server.stop();
}

#[test]
fn nobody_is_told_of_a_site_that_is_not_theirs_or_not_any_more() {
    let folder = moved_in();
    let server = Server::start(folder.path(), &[]);
    let token = server.sign_in();
    let made = server.post(
        "/api/sites/create",
        &token,
        &json!({"draft": {"code": "RIYADH-1", "name": "Riyadh"}}),
    );
    assert_eq!(made.status, 200, "{made:?}");
    let other = made.json()["entry"]["id"].as_str().unwrap().to_owned();
    let person = json!({"name": "omar", "fullName": "Omar G", "password": PASSWORD});
    let rights = json!({"role": "OPERATOR", "sites": [SITE]});
    let omar =
        server.post("/api/users/create", &token, &json!({"person": person, "rights": rights}));
    let omar = omar.json()["id"].as_str().unwrap().to_owned();
    let signed_in =
        server.post("/api/session/sign-in", "", &json!({"name": "omar", "password": PASSWORD}));
    let omars = signed_in.json()["token"].as_str().unwrap().to_owned();
    let (mut his, mut all) = (Stream::bearer(&server, &omars), Stream::bearer(&server, &token));
    let enter = |site: &str| {
        let draft =
            json!({"siteId": site, "date": "2026-11-20", "materialId": "MAT002", "qtyTon": "1.5"});
        assert_eq!(
            server.post("/api/dispatch/create", &token, &json!({"draft": draft})).status,
            200
        );
    };
    enter(&other);
    assert_eq!(all.changed(), dispatched(&other, 1));
    enter(SITE);
    assert_eq!(his.changed(), dispatched(SITE, 1), "the other was not told");
    assert_eq!(all.changed(), dispatched(SITE, 1));
    let rights = json!({"role": "OPERATOR", "sites": [other]});
    let edit = json!({"id": omar, "fullName": "Omar G", "rights": rights, "isActive": true});
    assert_eq!(server.post("/api/users/edit", &token, &edit).status, 200);
    enter(SITE);
    all.changed();
    enter(&other);
    assert_eq!(his.changed(), dispatched(&other, 1), "it holds at once");
    let edit = json!({"id": omar, "fullName": "Omar G", "rights": rights, "isActive": false});
    assert_eq!(server.post("/api/users/edit", &token, &edit).status, 200);
    enter(&other);
    assert_eq!(his.next(), Heard::End, "who may not sign in any more hears nothing more");
    server.stop();
}

#[test]
fn without_a_role_nobody_listens() {
    let folder = moved_in();
    let key = Key::new("first", "EdDSA");
    let issuer = Issuer::start(&[&key]);
    let flags = ["--oidc-issuer", &issuer.url, "--oidc-audience", "deskops"];
    let server = Server::start(folder.path(), &flags);
    until("the keys", PATIENCE, || (issuer.n_asked() == 1).then_some(()));
    let now = SystemClock.now().0 / 1_000;
    let mut claims =
        json!({"iss": issuer.url, "aud": "deskops", "sub": "x", "sites": "*", "exp": now + 600});
    let listen = |claims: &Value| {
        let bearer = format!("Bearer {}", key.token(claims));
        let mut stream = connect(&server.address);
        let headers = [("Authorization", bearer.as_str())];
        stream.write_all(request("GET", EVENTS, &headers, "").as_bytes()).unwrap();
        let mut lines = BufReader::new(stream).lines().map_while(Result::ok);
        let status = lines.next().unwrap();
        let body = status.contains("403").then(|| lines.last().unwrap());
        (status, body)
    };
    let (status, body) = listen(&claims);
    assert!(status.contains("403"), "{status}");
    assert!(body.unwrap().contains("You have no role here yet"));
    claims["role"] = json!("OPERATOR");
    assert!(listen(&claims).0.contains("200"));
    server.stop();
}

#[test]
fn days_out_of_sight_are_not_told() {
    let folder = moved_in();
    let server = Server::start(folder.path(), &[]);
    let token = server.sign_in();
    let person = json!({"name": "omar", "fullName": "Omar G", "password": PASSWORD});
    let rights = json!({"role": "OPERATOR", "sites": [SITE]});
    server.post("/api/users/create", &token, &json!({"person": person, "rights": rights}));
    let signed_in =
        server.post("/api/session/sign-in", "", &json!({"name": "omar", "password": PASSWORD}));
    let omars = signed_in.json()["token"].as_str().unwrap().to_owned();
    let (mut his, mut all) = (Stream::bearer(&server, &omars), Stream::bearer(&server, &token));
    let enter = |day: &str| {
        let draft = json!({"siteId": SITE, "date": day, "materialId": "MAT002", "qtyTon": "1.5"});
        let made = server.post("/api/dispatch/create", &token, &json!({"draft": draft}));
        assert_eq!(made.status, 200, "{made:?}");
    };
    enter("2026-01-05");
    assert_eq!(all.changed()["touched"][0]["first"], "2026-01-05", "an administrator sees each");
    let told = his.changed();
    let (first, last) = (&told["touched"][0]["first"], &told["touched"][0]["last"]);
    assert_eq!(
        (&told["changes"], first),
        (&json!(1), last),
        "the stock of later days may be another"
    );
    assert!(first.as_str().unwrap() > "2026-08-01", "not told on which day: {told}");
    enter("2026-11-20");
    assert_eq!(his.changed(), dispatched(SITE, 1));
    server.stop();
}

#[test]
fn a_stream_lives_and_ends_with_its_session() {
    let folder = moved_in();
    let server = Server::start(folder.path(), &[]);
    let token = server.sign_in();
    let mut stream = Stream::bearer(&server, &token);
    assert_eq!(stream.next(), Heard::StillHere, "every 15 s");
    server.post("/api/session/sign-out", &token, &json!({"token": token}));
    assert_eq!(stream.next(), Heard::End, "nothing needs to be saved for that");
    server.stop();
}

#[test]
fn a_user_holds_so_many_streams_and_a_place_that_is_left_is_free() {
    let folder = moved_in();
    let server = Server::start(folder.path(), &["--event-streams-per-user", "2"]);
    let token = server.sign_in();
    let bearer = format!("Bearer {token}");
    let first = Stream::bearer(&server, &token);
    let _second = Stream::bearer(&server, &token);
    let third = || ask(&server.address, &request("GET", EVENTS, &[("Authorization", &bearer)], ""));
    let told = third();
    assert_eq!((told.status, &told.json()["code"]), (429, &"RATE_LIMIT_EXCEEDED".into()));
    assert!(told.json()["message"].as_str().unwrap().contains("maximum 2 streams"), "{told:?}");
    drop(first);
    // The server learns of it when it next writes.
    until("a free place", PATIENCE, || {
        server.enter(&token, "a load");
        let mut stream = connect(&server.address);
        let headers = [("Authorization", bearer.as_str())];
        stream.write_all(request("GET", EVENTS, &headers, "").as_bytes()).unwrap();
        let status = BufReader::new(stream).lines().next().unwrap().unwrap();
        status.contains("200").then_some(())
    });
    server.stop();
}

#[test]
fn streams_do_not_hold_up_the_end_of_the_server() {
    let folder = moved_in();
    let mut server = Server::start(folder.path(), &["--shutdown-grace-seconds", "300"]);
    let token = server.sign_in();
    let mut stream = Stream::bearer(&server, &token);
    let begun = Instant::now();
    server.signal(Signal::TERM);
    assert_eq!(stream.next(), Heard::End);
    assert_eq!(server.ended().code(), Some(0), "{}", server.log());
    assert!(begun.elapsed() < Duration::from_secs(15), "{:?}", begun.elapsed());
    let wal = folder.path().join("deskops.db-wal");
    assert!(!wal.exists(), "the database is closed in order");
}

mod postgres {
    use super::*;

    #[test]
    fn what_is_saved_at_one_server_is_told_at_the_other() {
        let cluster = Cluster::start("");
        let url = cluster.fresh_url().reveal().to_owned();
        let folders = [TempDir::new().unwrap(), TempDir::new().unwrap()];
        with_administrator(&folders[0], &url);
        let arguments = ["--database-url", url.as_str()];
        let [one, other] =
            folders.each_ref().map(|folder| Server::start(folder.path(), &arguments));
        let (token, other_token) = (one.sign_in(), other.sign_in());
        let mut stream = Stream::bearer(&other, &other_token);
        let begun = Instant::now();
        assert_eq!(one.enter(&token, "a load").status, 200);
        assert_eq!(stream.changed(), dispatched(SITE, 1));
        assert!(begun.elapsed() < Duration::from_secs(5), "{:?}", begun.elapsed());
        one.stop();
        other.stop();
    }
}
