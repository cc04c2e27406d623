//! A server that runs: what it says of itself, what it logs, and how it stops.

use std::io::Write as _;
use std::net::TcpStream;
use std::time::Duration;

use deskops_tests::people::PASSWORD;
use deskops_tests::window::until;
use rustix::process::Signal;
use serde_json::Value;

use crate::ask::{answer, ask, connect, request};
use crate::program::{Server, moved_in};

const PATIENCE: Duration = Duration::from_secs(20);

#[test]
fn it_is_ready_until_the_database_goes() {
    let folder = moved_in();
    let server = Server::start(folder.path(), &["--disk-warning-mib", "0"]);
    let ready = server.get("/api/ready");
    assert_eq!((ready.status, &ready.json()["status"]), (200, &"ready".into()));
    let database = folder.path().join("deskops.db");
    std::fs::rename(&database, folder.path().join("away.db")).unwrap();
    let told =
        until("503", PATIENCE, || Some(server.get("/api/ready")).filter(|it| it.status == 503));
    assert_eq!(told.json()["message"], "The database is gone.");
    assert!(!told.body.contains("deskops.db"), "no path is told");
    std::fs::rename(folder.path().join("away.db"), &database).unwrap();
    until("200", PATIENCE, || Some(()).filter(|()| server.get("/api/ready").status == 200));
    server.stop();
}

#[test]
fn it_is_not_ready_when_the_disk_has_little_room_or_another_has_the_database() {
    let folder = moved_in();
    let server = Server::start(folder.path(), &["--disk-warning-mib", "1000000000"]);
    let told = server.get("/api/ready");
    assert_eq!(told.status, 503);
    assert!(told.body.contains("1000000000 MiB should be"), "{told:?}");
    assert_eq!(server.get("/api/health").status, 200, "alive all the same");
    let second = Server::start(folder.path(), &["--disk-warning-mib", "0"]);
    assert_eq!(second.get("/api/ready").status, 503);
    server.stop();
    until("the second to open it", PATIENCE, || {
        Some(()).filter(|()| second.get("/api/ready").status == 200)
    });
    second.stop();
}

#[test]
fn figures_count_requests_and_outcomes_and_name_nobody() {
    let folder = moved_in();
    let server = Server::start(folder.path(), &[]);
    let token = server.sign_in();
    for n in 0..3 {
        server.enter(&token, &format!("load {n}"));
    }
    server.post("/api/dispatch/explode", &token, &Value::Null);
    ask(&server.address, &request("GET", "/api/strange/path/%22x", &[], ""));
    let told = server.get("/metrics");
    assert!(told.header("content-type").unwrap().starts_with("application/openmetrics-text"));
    let has = |line: &str| {
        assert!(told.body.lines().any(|it| it.starts_with(line)), "{line}: {}", told.body)
    };
    let of = |route: &str| format!("{{route=\"{route}\",method=\"POST\"");
    let (signed_in, entered) = (of("/api/{module}/{command}"), of("/api/dispatch/{id}"));
    has(&format!("deskops_http_requests_total{signed_in},status=\"200\"}} 1"));
    has(&format!("deskops_http_requests_total{entered},status=\"200\"}} 3"));
    has(&format!("deskops_http_requests_total{entered},status=\"404\"}} 1"));
    has(&format!("deskops_http_request_duration_seconds_count{entered}}} 4"));
    has("deskops_command_outcomes_total{code=\"OK\"} 4");
    has("deskops_command_outcomes_total{code=\"NOT_FOUND\"} 2");
    has("deskops_http_requests_in_flight 1");
    has("deskops_unsent_records 3");
    let figure = |name: &str| {
        let line = told.body.lines().find(|line| line.starts_with(name)).unwrap();
        line.rsplit(' ').next().unwrap().parse::<u64>().unwrap()
    };
    assert!(figure("deskops_database_bytes ") > 100_000);
    assert!(figure("deskops_process_resident_memory_bytes ") > 1_000_000);
    for secret in ["noura", "strange", "load 1", token.as_str()] {
        assert!(!told.body.contains(secret), "{secret}");
    }
    server.stop();
}

#[test]
fn figures_have_an_address_of_their_own_or_none() {
    let folder = moved_in();
    let server = Server::start(folder.path(), &["--metrics", "127.0.0.1:0"]);
    let line = until("the address", PATIENCE, || {
        server.log().lines().find(|line| line.contains("figures at /metrics")).map(str::to_owned)
    });
    let address = line.split("address=").nth(1).unwrap().trim().to_owned();
    assert_eq!(ask(&address, &request("GET", "/metrics", &[], "")).status, 200);
    assert_eq!(ask(&address, &request("GET", "/api/hello", &[], "")).status, 404);
    assert_eq!(server.get("/metrics").status, 404);
    server.stop();
    let server = Server::start(folder.path(), &["--metrics", "off"]);
    assert_eq!(server.get("/metrics").status, 404);
    server.stop();
}

#[test]
fn each_request_is_one_line_with_its_id_and_user_and_without_secrets() {
    let folder = moved_in();
    let server = Server::start(folder.path(), &["--log-format", "json"]);
    let token = server.sign_in();
    let bearer = format!("Bearer {token}");
    let headers = [("Authorization", bearer.as_str()), ("X-Request-Id", "from-the-proxy.7")];
    let refused = ask(
        &server.address,
        &request("POST", "/api/dispatch/get?token=s3cret", &headers, "{\"id\": \"private-word\"}"),
    );
    assert_eq!(refused.header("x-request-id"), Some("from-the-proxy.7"));
    let made = ask(
        &server.address,
        &request("GET", "/api/hello", &[("X-Request-Id", "a b\" user=admin")], ""),
    );
    let made = made.header("x-request-id").unwrap().to_owned();
    assert!(made.len() == 20 && made.bytes().all(|b| b.is_ascii_hexdigit()), "{made}");
    server.signal(Signal::TERM);
    let lines = until("two lines", PATIENCE, || {
        let log = server.log();
        let lines: Vec<Value> =
            log.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        Some(lines).filter(|lines| {
            lines.iter().filter(|line| line["fields"]["message"] == "answered").count() == 3
        })
    });
    let line = |id: &str| lines.iter().find(|line| line["span"]["id"] == id).unwrap();
    let one = line("from-the-proxy.7");
    assert_eq!(one["span"]["user"], "noura");
    assert_eq!(
        (&one["span"]["method"], &one["span"]["path"]),
        (&"POST".into(), &"/api/dispatch/get".into())
    );
    assert_eq!(one["fields"]["status"], refused.status);
    assert_eq!(one["fields"]["bytes"], refused.body.len());
    assert!(one["fields"]["ms"].is_u64() && one["fields"]["code"].is_string());
    assert_eq!(line(&made)["fields"]["status"], 200);
    let log = server.log();
    for secret in [token.as_str(), PASSWORD, "s3cret", "private-word"] {
        assert!(!log.contains(secret), "{secret}: {log}");
    }
}

#[test]
fn every_answer_says_how_it_may_be_used() {
    let folder = moved_in();
    let server = Server::start(folder.path(), &[]);
    let strange = ask(&server.address, &request("GET", "/", &[("Host", "evil.example")], ""));
    assert_eq!(strange.status, 403);
    for answer in [server.get("/api/hello"), server.get("/"), server.get("/api/nothing"), strange] {
        let header = |name| answer.header(name).unwrap_or_default();
        assert!(header("content-security-policy").contains("frame-ancestors 'none'"), "{answer:?}");
        assert_eq!(header("x-content-type-options"), "nosniff");
        assert_eq!(header("referrer-policy"), "no-referrer");
        assert_eq!(header("x-request-id").len(), 20);
    }
    server.stop();
}

#[test]
fn what_is_too_long_is_refused_and_the_server_lives_on() {
    let folder = moved_in();
    let server = Server::start(folder.path(), &["--body-limit-kib", "64"]);
    let long = "x".repeat(9_000);
    let told = server.get(&format!("/api/hello?{long}"));
    assert!(
        told.status == 400 && told.body.contains("An address has at most 8192 bytes"),
        "{told:?}"
    );
    let mut stream = connect(&server.address);
    let head = "POST /api/session/hello HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 70000\r\n\r\n";
    stream.write_all(head.as_bytes()).unwrap();
    stream.shutdown(std::net::Shutdown::Write).unwrap();
    let told = answer(&mut stream).unwrap();
    assert!(told.status == 400 && told.body.contains("at most 65536 bytes"), "{told:?}");
    let mut stream = connect(&server.address);
    let headers =
        format!("GET /api/hello HTTP/1.1\r\nHost: localhost\r\nX: {}", "y".repeat(80_000));
    // It may hang up before everything is sent.
    let _ = stream.write_all(headers.as_bytes());
    let told = answer(&mut stream);
    assert!(told.is_err() || told.is_ok_and(|it| it.status == 431));
    assert_eq!(server.get("/api/hello").status, 200);
    server.stop();
}

#[test]
fn a_request_under_way_is_finished_when_the_server_is_told_to_stop_and_no_other_is_taken() {
    let folder = moved_in();
    let mut server = Server::start(folder.path(), &[]);
    let token = server.sign_in();
    let bearer = format!("Bearer {token}");
    let body = "{\"draft\": {\"siteId\": \"calasla290000000000000000\", \"date\": \"2026-11-20\", \"materialId\": \"MAT002\", \"qtyTon\": \"7\"}}";
    let whole = request("POST", "/api/dispatch/create", &[("Authorization", &bearer)], body);
    let (first, second) = whole.split_at(whole.len() - 20);
    let mut slow = connect(&server.address);
    slow.write_all(first.as_bytes()).unwrap();
    // The server has it in its hands once it counts it.
    until("the request", PATIENCE, || {
        server.get("/metrics").body.contains("in_flight 2").then_some(())
    });
    server.signal(Signal::TERM);
    let is_refused = || TcpStream::connect(&server.address).is_err().then_some(());
    until("no more requests", PATIENCE, is_refused);
    slow.write_all(second.as_bytes()).unwrap();
    let saved = answer(&mut slow).unwrap();
    assert_eq!(saved.status, 200, "{saved:?}");
    assert_eq!(server.ended().code(), Some(0), "{}", server.log());
    let wal = folder.path().join("deskops.db-wal");
    assert!(!wal.exists(), "the database is closed in order");
}

#[test]
fn a_request_that_never_ends_does_not_hold_up_the_end() {
    let folder = moved_in();
    let mut server = Server::start(folder.path(), &["--shutdown-grace-seconds", "1"]);
    let whole = request("POST", "/api/session/hello", &[], "{}  ");
    let mut slow = connect(&server.address);
    slow.write_all(&whole.as_bytes()[..whole.len() - 2]).unwrap();
    until("the request", PATIENCE, || {
        server.get("/metrics").body.contains("in_flight 2").then_some(())
    });
    server.signal(Signal::INT);
    assert_eq!(server.ended().code(), Some(0), "{}", server.log());
}
