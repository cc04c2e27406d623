//! How often may be asked of a started server.

use deskops_tests::people::{ADMIN, PASSWORD};
use serde_json::json;

use crate::ask::{Answer, ask, request};
use crate::door::Page;
use crate::program::{Server, moved_in};

const SITES: &str = "/api/sites";

fn as_program(server: &Server, token: &str, path: &str) -> Answer {
    let bearer = format!("Bearer {token}");
    ask(&server.address, &request("GET", path, &[("Authorization", &bearer)], ""))
}

fn number(answer: &Answer, name: &str) -> u64 {
    answer.header(name).unwrap_or_else(|| panic!("{name}: {answer:?}")).parse().unwrap()
}

#[test]
fn a_program_is_told_how_often_it_may_still_ask_and_to_wait() {
    let folder = moved_in();
    let server = Server::start(folder.path(), &["--program-requests-per-second", "0"]);
    let token = server.sign_in();
    let first = as_program(&server, &token, SITES);
    assert_eq!((first.status, number(&first, "x-ratelimit-limit")), (200, 100));
    assert_eq!(number(&first, "x-ratelimit-remaining"), 99);
    assert_eq!(number(&first, "x-ratelimit-reset"), 1, "seconds until it is whole again");
    let told = (0..200).map(|_| as_program(&server, &token, SITES)).find(|told| told.status == 429);
    let told = told.unwrap();
    let wait = number(&told, "retry-after");
    let message = "Rate limit exceeded: maximum 100 requests per minute";
    let hint = format!("Wait {wait} s and try again.");
    let body = json!({"message": message, "error": message, "code": "RATE_LIMIT_EXCEEDED", "hint": hint, "retryAfter": wait});
    assert_eq!(told.json(), body);
    assert_eq!(number(&told, "x-ratelimit-remaining"), 0);
    let again = server.post("/api/session/hello", &token, &json!({}));
    assert_eq!(
        (again.status, &again.json()["code"]),
        (429, &"RATE_LIMIT_EXCEEDED".into()),
        "commands, too"
    );
    assert_eq!(again.json()["retryAfter"], number(&again, "retry-after"));
    // The same person at the page has an allowance of their own; so has everybody else.
    let page = Page::sign_in(&server);
    assert_eq!(page.get(&server, SITES).status, 200);
    assert_eq!(server.get("/api/docs").status, 200);
    server.stop();
}

#[test]
fn a_device_has_an_allowance_beside_that_of_its_user() {
    let folder = moved_in();
    let server = Server::start(folder.path(), &["--device-requests-per-minute", "5"]);
    let on = |key: &str| {
        let device = json!({"key": key.repeat(64), "name": "Weighbridge"});
        let who = json!({"name": ADMIN, "password": PASSWORD, "device": device});
        let signed_in = server.post("/api/session/sign-in", "", &who);
        assert_eq!(signed_in.status, 200, "{signed_in:?}");
        signed_in.json()["token"].as_str().unwrap().to_owned()
    };
    let (one, other) = (on("a"), on("b"));
    let told = (0..20).map(|_| as_program(&server, &one, SITES)).find(|told| told.status == 429);
    assert_eq!(number(&told.unwrap(), "x-ratelimit-limit"), 5);
    assert_eq!(as_program(&server, &other, SITES).status, 200, "another device of the same person");
    server.stop();
}

#[test]
fn no_more_than_twenty_come_within_a_second() {
    let folder = moved_in();
    let server = Server::start(folder.path(), &[]);
    let token = server.sign_in();
    // However slow this computer is: some two hundred at once are more than twenty in each second.
    let statuses: Vec<u16> = std::thread::scope(|scope| {
        let ask = || (0..25).map(|_| as_program(&server, &token, SITES).status).collect::<Vec<_>>();
        let threads: Vec<_> = (0..8).map(|_| scope.spawn(ask)).collect();
        threads.into_iter().flat_map(|thread| thread.join().unwrap()).collect()
    });
    assert!(statuses.iter().filter(|status| **status == 200).count() >= 20);
    assert!(statuses.contains(&429));
    server.stop();
}

#[test]
fn a_door_is_tried_ten_times_at_once_and_no_password_is_looked_at_then() {
    let folder = moved_in();
    let server = Server::start(folder.path(), &[]);
    let attempt = |name: &str| {
        let who = json!({"name": name, "password": "wrong-password"});
        server.post("/api/session/sign-in", "", &who)
    };
    // Names that nobody has, so that their own limit does not speak first. A computer that takes long
    // over each gives some of the allowance back meanwhile.
    let tried: Vec<Answer> = (0..10).map(|n| attempt(&format!("nobody{n}"))).collect();
    assert!(tried.iter().all(|told| told.status == 401), "{tried:?}");
    let more = (10..28).map(|n| attempt(&format!("nobody{n}"))).find(|told| told.status != 401);
    let told = more.unwrap();
    assert_eq!((told.status, &told.json()["code"]), (429, &"RATE_LIMIT_EXCEEDED".into()));
    assert!(told.json()["message"].as_str().unwrap().contains("5 tries to sign in"), "{told:?}");
    assert!((1..=12).contains(&number(&told, "retry-after")), "{told:?}");
    assert_eq!(server.post("/api/session/hello", "", &json!({})).status, 200, "the door stays");
    server.stop();
}

#[test]
fn a_door_that_is_written_otherwise_is_none() {
    let folder = moved_in();
    let server = Server::start(folder.path(), &[]);
    let who = json!({"name": "nobody", "password": "wrong-password"});
    let attempt = |path: &str| server.post(path, "", &who);
    for path in ["/api/session/sign%2Din", "/api/sess%69on/sign-in"] {
        let told = attempt(path);
        assert_eq!((told.status, &told.json()["code"]), (400, &"BAD_REQUEST".into()), "{path}");
        assert!(told.body.contains("without escapes"), "{told:?}");
    }
    assert_eq!(attempt("/api/session%2Fsign-in").status, 404);
    server.stop();
}

#[test]
fn a_password_is_tried_as_often_by_changing_it_as_by_signing_in() {
    let folder = moved_in();
    let server = Server::start(folder.path(), &["--sign-ins-per-minute", "2"]);
    let token = server.sign_in();
    let change = json!({"old": "wrong-password", "new": "another-password-2026"});
    let tried: Vec<Answer> =
        (0..8).map(|_| server.post("/api/session/change-password", &token, &change)).collect();
    let told = tried.iter().find(|told| told.json()["code"] == "RATE_LIMIT_EXCEEDED");
    let told = told.unwrap_or_else(|| panic!("{tried:?}"));
    assert!(told.body.contains("maximum 2 tries"), "{told:?}");
    let hello = server.post("/api/session/hello", &token, &json!({}));
    assert_eq!(hello.status, 200, "the work goes on");
    server.stop();
}

#[test]
fn strangers_share_the_allowance_of_their_address_and_made_up_tokens_are_strangers() {
    let folder = moved_in();
    let arguments = [
        "--stranger-requests-per-minute",
        "20",
        "--public-url",
        "https://deskops.example",
        "--behind-proxy",
    ];
    let server = Server::start(folder.path(), &arguments);
    let from = |address: &str, token: &str| {
        let headers =
            [("X-Forwarded-For", address), ("Host", "deskops.example"), ("Authorization", token)];
        ask(&server.address, &request("POST", "/api/session/hello", &headers, "{}")).status
    };
    for n in 0..20 {
        assert_eq!(from("203.0.113.7", &format!("Bearer made-up-{n}")), 200);
    }
    assert_eq!(from("203.0.113.7", "Bearer another"), 429);
    assert_eq!(from("203.0.113.8", "Bearer another"), 200, "another address");
    let watch = [("X-Forwarded-For", "203.0.113.7"), ("Host", "deskops.example")];
    for path in ["/api/hello", "/api/health", "/api/ready"] {
        assert_eq!(ask(&server.address, &request("GET", path, &watch, "")).status, 200, "{path}");
    }
    server.stop();
}

#[test]
fn a_clerk_who_types_fast_never_meets_the_limit_and_nothing_is_limited_by_nought() {
    let folder = moved_in();
    let none = ["--program-requests-per-minute", "0", "--device-requests-per-minute", "0"];
    let server = Server::start(folder.path(), &none);
    let page = Page::sign_in(&server);
    for n in 0..150 {
        let seen = page.get(&server, SITES);
        assert_eq!(seen.status, 200, "{n}: {seen:?}");
    }
    let token = server.sign_in();
    for _ in 0..150 {
        let seen = as_program(&server, &token, SITES);
        assert_eq!((seen.status, seen.header("x-ratelimit-limit")), (200, None));
    }
    server.stop();
}
