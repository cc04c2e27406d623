//! What strangers over a network, and people whom an issuer vouches for, do not get.

use std::sync::Arc;

use deskops_core::accounts::{Identity, Verifier};
use deskops_core::{Asking, Router};
use deskops_domain::access::{Caller, Carrier, Role};
use deskops_domain::api::session::Welcome;
use deskops_domain::api::{Code, Refusal};
use deskops_domain::entry::Moment;
use deskops_tests::TestDesk;
use deskops_tests::desk::SITE;
use deskops_tests::people::{PASSWORD, as_who, device, set_up, sign_in_on, stranger};
use serde_json::{Value as Json, json};

use super::facts;

facts!(
    strangers_over_a_network_set_nothing_up_and_are_told_nobodys_name,
    an_administrator_of_some_sites_is_a_supervisor_of_them,
    a_password_that_was_reset_meanwhile_is_not_changed_by_its_old_one,
    without_a_key_only_a_lost_answer_of_a_moment_ago_is_given_again,
);

fn welcome(desk: &TestDesk, asking: &Asking) -> Welcome {
    let told = desk.ask(asking, "session/hello", json!({})).unwrap();
    serde_json::from_value(told).unwrap()
}

fn strangers_over_a_network_set_nothing_up_and_are_told_nobodys_name(desk: &TestDesk) {
    let far = stranger(Carrier::Page, "203.0.113.9");
    assert!(welcome(desk, &far).set_up.is_none(), "nothing is offered");
    let set_up_there = serde_json::to_value(set_up()).unwrap();
    let told = desk.ask(&far, "session/set-up", set_up_there).unwrap_err();
    assert_eq!(told.code, Code::Forbidden);
    assert!(told.hint.unwrap().contains("user add"));
    let here = stranger(Carrier::Page, "127.0.0.1");
    assert!(welcome(desk, &here).set_up.is_some());
    desk.call(set_up()).unwrap();
    assert_eq!(welcome(desk, &far).people, []);
}

/// An issuer whose tokens say who it is by themselves.
struct Issuer;

impl Verifier for Issuer {
    fn verify(&self, token: &str, _: Moment) -> Option<Result<Identity, Refusal>> {
        let (role, sites) = token.strip_prefix("outside ")?.split_once(' ')?;
        let role = (role == "ADMIN").then_some(Role::Admin);
        let sites = (sites != "*").then(|| vec![sites.to_owned()]);
        let (name, called) = ("oidc:1".to_owned(), "1".to_owned());
        Some(Ok(Identity { name, called, role, sites, issuer: "https://issuer".into() }))
    }
}

fn an_administrator_of_some_sites_is_a_supervisor_of_them(desk: &TestDesk) {
    desk.desk.trust(Arc::new(Issuer));
    let of = |sites: &str| {
        let asking = Asking {
            token: Some(format!("outside ADMIN {sites}")),
            ..stranger(Carrier::Bearer, "203.0.113.9")
        };
        desk.desk.caller(&asking).unwrap()
    };
    assert_eq!(of("*").role, Some(Role::Admin));
    for sites in [SITE, "cnowhere"] {
        let caller = of(sites);
        assert_eq!(caller.role, Some(Role::Moderator), "{sites}");
        let told = desk.raw_as(&caller, "users/list", json!({})).unwrap_err();
        assert_eq!(told.code, Code::Forbidden, "they make nobody who reaches more");
    }
}

fn a_password_that_was_reset_meanwhile_is_not_changed_by_its_old_one(desk: &TestDesk) {
    desk.call(set_up()).unwrap();
    let person = json!({"name": "omar", "fullName": "Omar G", "password": PASSWORD});
    let rights = json!({"role": "OPERATOR", "sites": [SITE]});
    let id = desk.done("users/create", json!({"person": person, "rights": rights}))["id"].clone();
    let page = stranger(Carrier::Page, "10.0.0.7");
    let signed_in = sign_in_on(desk, &page, ("omar", PASSWORD), None).unwrap();
    let caller = desk.desk.caller(&as_who(&page, &signed_in)).unwrap();
    desk.done("users/reset-password", json!({"id": id, "password": "another-one"}));
    let change = |old: &str| json!({"old": old, "new": "a-thiefs-own"});
    let told = desk.raw_as(&caller, "session/change-password", change(PASSWORD)).unwrap_err();
    assert_eq!(told.details[0].code, "E-PASSWORD-OLD");
    let edit = json!({"id": id, "fullName": "Omar G", "rights": rights, "isActive": false});
    desk.done("users/edit", edit);
    let told = desk.raw_as(&caller, "session/change-password", change("another-one"));
    assert!(told.is_err(), "who is disabled opens no session by it");
}

fn without_a_key_only_a_lost_answer_of_a_moment_ago_is_given_again(desk: &TestDesk) {
    desk.call(set_up()).unwrap();
    let program = stranger(Carrier::Bearer, "10.0.0.7");
    let refresh = |signed_in: &Json, key: Option<&str>| {
        let input = json!({"token": signed_in["refresh"], "key": key});
        desk.ask(&program, "session/refresh", input)
    };
    for key in [None, Some(device(1))] {
        desk.at("2026-11-22T06:00:00Z");
        let shown = key.as_ref().map(|device| device.key.clone());
        let signed_in = sign_in_on(desk, &program, ("noura", PASSWORD), key.clone()).unwrap();
        let signed_in = serde_json::to_value(signed_in).unwrap();
        let first = refresh(&signed_in, shown.as_deref()).unwrap();
        desk.at("2026-11-22T06:01:00Z");
        assert_eq!(refresh(&signed_in, shown.as_deref()).unwrap()["token"], first["token"]);
        desk.at("2026-11-22T06:01:01Z");
        let later = refresh(&signed_in, shown.as_deref()).map_err(|told| told.code);
        match key {
            // Somebody else may hold the other one: the session ends for both.
            None => assert_eq!(later, Err(Code::Unauthorized)),
            Some(_) => assert_eq!(later.unwrap()["token"], first["token"]),
        }
    }
}

#[test]
fn an_administrators_reset_stands_however_a_change_of_the_password_meets_it() {
    let desk = TestDesk::direct();
    desk.call(set_up()).unwrap();
    let person = json!({"name": "omar", "fullName": "Omar G", "password": PASSWORD});
    let rights = json!({"role": "OPERATOR", "sites": [SITE]});
    let id = desk.done("users/create", json!({"person": person, "rights": rights}))["id"].clone();
    let page = stranger(Carrier::Page, "10.0.0.7");
    for round in 0..3 {
        let old =
            if round == 0 { PASSWORD.to_owned() } else { format!("reset-number-{}", round - 1) };
        let signed_in = sign_in_on(&desk, &page, ("omar", &old), None).unwrap();
        let omar = desk.desk.caller(&as_who(&page, &signed_in)).unwrap();
        let new = format!("reset-number-{round}");
        let (router, desk_of_all) = (Router::all(), &desk.desk);
        std::thread::scope(|scope| {
            scope.spawn(|| {
                let change = json!({"old": old, "new": "a-thiefs-own"});
                // Refused, or undone by the reset.
                let _ = router.run(desk_of_all, &omar, "session/change-password", change);
            });
            scope.spawn(|| {
                let reset = json!({"id": id, "password": new});
                let by = Caller::at_this_computer();
                router.run(desk_of_all, &by, "users/reset-password", reset).unwrap();
            });
        });
        let theirs = sign_in_on(&desk, &page, ("omar", "a-thiefs-own"), None);
        assert_eq!(theirs.unwrap_err().code, Code::Unauthorized, "round {round}");
    }
}
