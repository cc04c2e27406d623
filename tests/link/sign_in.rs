//! Signing in at head office from a laptop, and out.

use deskops_core::Router;
use deskops_core::head_office::{HeadOffice as _, Place};
use deskops_domain::access::{Caller, Role};
use deskops_domain::api::Code;
use deskops_domain::api::connection::{
    AskConnection, Choose, Forget, Greet, Look, SignInThere, SignOutThere, Standing,
};
use deskops_tests::TestDesk;
use serde_json::json;

use crate::head::{Head, Shown};
use crate::laptop::{Laptop, Started};

fn met(head: &Head, laptop: &Laptop) -> Started {
    let started = laptop.start();
    started.choose(&head.address(), None);
    started
}

fn secure() -> (Head, Laptop) {
    let shown = Shown::of("localhost");
    (Head::showing(&shown), Laptop::trusting(&[&shown.certificate]))
}

#[test]
fn whoever_signs_in_is_still_signed_in_after_a_restart_and_no_file_holds_a_secret() {
    let (head, laptop) = secure();
    let started = met(&head, &laptop);
    assert_eq!(started.state().account, None);
    let state = started.sign_in("Huda").unwrap();
    let account = state.account.unwrap();
    assert_eq!((account.user.as_str(), account.full_name.as_str()), ("huda", "Huda Q"));
    assert_eq!((account.standing, state.has_keyring), (Standing::SignedIn, true));
    let server = state.server.unwrap();
    assert!(server.last_contact.is_some() && server.version.is_some(), "{server:?}");
    drop(started);

    let secrets = laptop.secrets();
    assert_eq!(secrets.len(), 2, "the key of the computer, and what keeps it signed in");
    for secret in &secrets {
        let secret = secret.rsplit([' ', '.']).next().unwrap();
        assert!(secret.len() >= 64 && !laptop.holds(secret));
    }
    let started = laptop.start();
    assert_eq!(started.state().account.unwrap().standing, Standing::SignedIn, "nobody was asked");
    assert_eq!(started.state().server, Some(server), "what it said is kept");
    let state = started.greet();
    assert_eq!((state.account.unwrap().standing, state.trouble), (Standing::SignedIn, None));
    let users = started.link.call(deskops_domain::api::session::Hello {}).unwrap();
    assert_eq!(users.session.unwrap().user, "huda", "commands are done as who is signed in");
    let devices = head.devices();
    assert_eq!(devices.len(), 1, "one computer is one device: {devices:?}");
    assert_eq!(devices[0]["app"], json!(deskops_core::VERSION));
}

#[test]
fn without_a_keyring_a_restart_asks_to_sign_in_again_and_says_so_before() {
    let (head, laptop) = secure();
    let laptop = laptop.without_keyring();
    let started = met(&head, &laptop);
    let state = started.sign_in("huda").unwrap();
    assert!(!state.has_keyring);
    assert_eq!(started.greet().account.unwrap().standing, Standing::SignedIn);
    drop(started);
    let account = laptop.start().greet().account.unwrap();
    assert_eq!((account.user.as_str(), account.standing), ("huda", Standing::NotKept));
}

#[test]
fn a_wrong_password_is_told_where_it_was_typed_and_too_many_make_wait() {
    let (head, laptop) = secure();
    let started = met(&head, &laptop);
    let wrong = || {
        let sign_in = SignInThere { name: "huda".into(), password: "not this one".into() };
        started.call(sign_in).unwrap_err()
    };
    let refusal = wrong();
    assert_eq!(
        (refusal.code, refusal.details[0].path.as_str()),
        (Code::ValidationError, "password")
    );
    assert_eq!(started.state().account, None);
    for _ in 0..5 {
        wrong();
    }
    let last = wrong();
    assert_eq!(last.code, Code::TooManyTries);
    assert!(last.retry_after.is_some(), "{last:?}");
}

#[test]
fn another_account_takes_the_place_of_the_first_and_its_session_ends_there() {
    let (head, laptop) = secure();
    let started = met(&head, &laptop);
    started.sign_in("huda").unwrap();
    assert_eq!(started.sign_in("omar").unwrap().account.unwrap().user, "omar");
    let signed_in: Vec<_> =
        head.devices().iter().filter(|each| each["isSignedIn"] == json!(true)).cloned().collect();
    assert_eq!(signed_in.len(), 1, "{signed_in:?}");
    assert_eq!(signed_in[0]["user"], json!("omar"));
    assert_eq!(started.greet().account.unwrap().standing, Standing::SignedIn);
}

#[test]
fn signing_out_tells_head_office_and_says_where_it_could_not() {
    let (head, laptop) = secure();
    let started = met(&head, &laptop);
    started.sign_in("huda").unwrap();
    let left = started.sign_out();
    assert_eq!((left.untold, left.connection.account), (None, None));
    assert!(head.devices().iter().all(|device| device["isSignedIn"] == json!(false)));
    started.sign_in("huda").unwrap();
    head.pass(16);
    assert_eq!(started.sign_out().untold, None);
    assert!(head.devices().iter().all(|device| device["isSignedIn"] == json!(false)), "late, too");
    started.sign_in("huda").unwrap();
    drop(head);
    let left = started.sign_out();
    assert!(left.untold.is_some_and(|why| why.contains("localhost")), "it is said");
    assert_eq!(left.connection.account, None, "signed out here all the same");
    drop(started);
    assert_eq!(laptop.secrets().len(), 1, "the key stays: it is this computer's");
    let state = laptop.start().state();
    assert_eq!((state.account, state.server.is_some()), (None, true));
}

#[test]
fn a_forgotten_or_another_head_office_is_told_no_secret_of_the_first() {
    let (head, laptop) = secure();
    let started = met(&head, &laptop);
    started.sign_in("huda").unwrap();
    let other = Head::plain();
    let state = started.choose(&other.address(), None);
    assert_eq!((state.account, state.server.unwrap().last_contact), (None, None));
    assert!(head.devices().iter().all(|device| device["isSignedIn"] == json!(false)));
    started.greet();
    assert_eq!(other.n_asked("/api/session/refresh"), 0);
    let left = started.call(Forget {}).unwrap();
    assert_eq!((left.connection.server, left.untold), (None, None));
    let refusal = started.sign_in("huda").unwrap_err();
    assert_eq!(refusal.code, Code::NotReady);
}

#[test]
fn what_opens_one_head_office_is_never_sent_to_another() {
    let (head, laptop) = secure();
    let started = met(&head, &laptop);
    started.sign_in("huda").unwrap();
    // Another line is chosen while the session of the first is still in memory.
    let other = Head::plain();
    let place = Place { address: other.address(), pin: None };
    started.link.turn_to(Some(&place));
    assert_eq!(started.link.standing(), Standing::Ended, "nobody is signed in there");
    let refusal = started.link.call(deskops_domain::api::session::Hello {}).unwrap_err();
    assert_eq!(refusal.code, Code::Unauthorized);
    assert_eq!(other.n_asked("/api/session/hello"), 0, "no question went there with the token");
    started.link.sign_out().unwrap();
    assert_eq!(other.n_asked("/api/session/sign-out"), 0);
}

#[test]
fn it_is_said_when_the_keyring_does_not_let_go_of_what_keeps_signed_in() {
    let (head, laptop) = secure();
    let started = met(&head, &laptop);
    started.sign_in("huda").unwrap();
    let device = started.desk.read(deskops_core::store::changes::device).unwrap();
    laptop.refuse_next(device.as_str(), "refresh-token");
    let left = started.sign_out();
    assert!(left.untold.is_some_and(|why| why.contains("keyring")), "it is said");
    assert_eq!(left.connection.account, None, "signed out here all the same");
    assert!(head.devices().iter().all(|device| device["isSignedIn"] == json!(false)));
}

#[test]
fn the_address_is_an_administrators_and_signing_in_is_everybodys() {
    let (head, laptop) = secure();
    let started = met(&head, &laptop);
    let clerk = Some(Role::Operator);
    let choose = Choose { address: "deskops.example".into(), pin: None };
    let look = Look { address: "deskops.example".into(), pin: None };
    assert_eq!(started.call_as(clerk, choose).unwrap_err().code, Code::Forbidden);
    assert_eq!(started.call_as(clerk, look).unwrap_err().code, Code::Forbidden);
    assert_eq!(started.call_as(clerk, Forget {}).unwrap_err().code, Code::Forbidden);
    let sign_in =
        SignInThere { name: "omar".into(), password: deskops_tests::people::PASSWORD.into() };
    assert!(started.call_as(clerk, sign_in).is_ok());
    assert!(started.call_as(clerk, AskConnection {}).is_ok());
    assert!(started.call_as(clerk, Greet {}).is_ok());
    assert!(started.call_as(clerk, SignOutThere {}).is_ok());
}

#[test]
fn a_server_is_head_office_itself() {
    for desk in [TestDesk::direct(), TestDesk::http()] {
        for name in Router::all().names().filter(|name| name.starts_with("connection/")) {
            let input = match name.split_once('/').unwrap().1 {
                "look" | "choose" => json!({"address": "deskops.example"}),
                "sign-in" => json!({"name": "huda", "password": "x"}),
                _ => json!({}),
            };
            let caller = Caller::named("noura", Some(Role::Admin), None);
            let refusal = desk.raw_as(&caller, name, input).unwrap_err();
            assert_eq!(refusal.code, Code::Forbidden, "{name}");
            assert!(refusal.message.contains("head office itself"), "{}", refusal.message);
        }
    }
}
