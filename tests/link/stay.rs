//! Staying signed in: short tokens, one refresh for all who wait, answers that are lost, and an end
//! that head office decides.

use deskops_domain::api::Code;
use deskops_domain::api::connection::Standing;
use deskops_domain::api::session::Hello;
use serde_json::json;

use crate::head::{Head, Shown};
use crate::laptop::{Laptop, Started};

const REFRESH: &str = "/api/session/refresh";

fn signed_in() -> (Head, Laptop, Started) {
    let shown = Shown::of("localhost");
    let (head, laptop) = (Head::showing(&shown), Laptop::trusting(&[&shown.certificate]));
    let started = laptop.start();
    started.choose(&head.address(), None);
    started.sign_in("huda").unwrap();
    (head, laptop, started)
}

/// Asks for something that needs a sign-in there.
fn ask(started: &Started) -> Result<(), deskops_domain::api::Refusal> {
    started.link.call(deskops_domain::api::devices::ListDevices {}).map(|_| ())
}

#[test]
fn a_token_is_exchanged_before_it_ends_and_on_a_refusal_once() {
    let (head, laptop, started) = signed_in();
    ask(&started).unwrap();
    assert_eq!(head.n_asked(REFRESH), 0, "a token that is good is used");
    // Both clocks go on: the laptop sees that its token ends.
    head.pass(16);
    laptop.pass(16);
    ask(&started).unwrap();
    assert_eq!(head.n_asked(REFRESH), 1);
    // Only head office's goes on: the laptop is told.
    head.pass(16);
    ask(&started).unwrap();
    assert_eq!(head.n_asked(REFRESH), 2);
    assert_eq!(started.greet().account.unwrap().standing, Standing::SignedIn);
}

#[test]
fn many_who_ask_at_once_cause_one_refresh() {
    let (head, _laptop, started) = signed_in();
    head.pass(16);
    let link = &started.link;
    std::thread::scope(|scope| {
        let asked: Vec<_> = (0..12)
            .map(|_| scope.spawn(|| link.call(deskops_domain::api::devices::ListDevices {})))
            .collect();
        for one in asked {
            assert!(one.join().unwrap().is_ok());
        }
    });
    assert_eq!(head.n_asked(REFRESH), 1);
}

#[test]
fn an_answer_that_is_lost_signs_nobody_out() {
    let (head, laptop, started) = signed_in();
    head.pass(16);
    head.lose(REFRESH, 2);
    ask(&started).unwrap();
    assert_eq!(head.n_asked(REFRESH), 3, "asked again with the same token");
    // The line is gone for longer than that is tried.
    head.pass(16);
    head.lose(REFRESH, 3);
    assert_eq!(ask(&started).unwrap_err().code, Code::Offline);
    assert_eq!(started.state().account.unwrap().standing, Standing::SignedIn);
    drop(started);
    // The laptop was closed for days.
    head.pass(3_000);
    laptop.pass(3_000);
    let started = laptop.start();
    ask(&started).unwrap();
    assert_eq!(started.greet().trouble, None);
}

#[test]
fn a_restart_while_head_office_is_away_stays_signed_in_and_says_what_is_in_the_way() {
    let (head, laptop, started) = signed_in();
    drop((head, started));
    let state = laptop.start().greet();
    assert_eq!(state.account.unwrap().standing, Standing::SignedIn);
    assert!(state.trouble.unwrap().message.contains("nothing answers"));
}

#[test]
fn what_head_office_ends_has_ended_and_can_begin_anew() {
    let (head, laptop, started) = signed_in();
    let device = head.devices()[0]["id"].clone();
    head.run("devices/suspend", json!({"id": device}));
    assert!(ask(&started).is_err());
    assert_eq!(started.state().account.unwrap().standing, Standing::SignedIn, "for the time being");
    head.run("devices/resume", json!({"id": device}));
    ask(&started).unwrap();
    let users = head.run("users/list", json!({}));
    let huda = users.as_array().unwrap().iter().find(|user| user["name"] == "huda").unwrap();
    head.run("users/reset-password", json!({"id": huda["id"], "password": "another one"}));
    let account = started.greet().account.unwrap();
    assert_eq!((account.user.as_str(), account.standing), ("huda", Standing::Ended));
    assert_eq!(ask(&started).unwrap_err().code, Code::Unauthorized);
    drop(started);
    let started = laptop.start();
    assert_eq!(started.state().account.unwrap().standing, Standing::Ended);
    started.sign_in("omar").unwrap();
    let welcome = started.link.call(Hello {}).unwrap();
    assert_eq!(welcome.session.unwrap().user, "omar");
}
