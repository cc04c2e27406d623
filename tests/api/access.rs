//! Three callers: nobody, an operator, a supervisor. Checked in one place for every command.

use deskops_domain::access::{Caller, Role};
use deskops_domain::api::Code;
use deskops_domain::id::Id;
use deskops_tests::desk::{SITE, log};
use deskops_tests::{TestDesk, production};
use serde_json::json;

/// What may be asked before anybody has signed in.
const PUBLIC: [&str; 4] =
    ["session/hello", "session/set-up", "session/sign-in", "session/sign-out"];

fn callers() -> (Caller, Caller, Caller) {
    let sites = Some(vec![SITE.to_owned()]);
    let with = |role| Caller { user: "u".into(), role, sites: sites.clone() };
    (with(None), with(Some(Role::Operator)), with(Some(Role::Moderator)))
}

#[test]
fn d_59_nobody_may_do_anything() {
    let mut desk = TestDesk::direct();
    desk.caller = callers().0;
    for name in deskops_core::Router::all().names().filter(|name| !PUBLIC.contains(name)) {
        assert_eq!(desk.raw(name, json!({})).unwrap_err().code, Code::Forbidden, "{name}");
    }
}

#[test]
fn g_05_whoever_is_not_signed_in_is_asked_to_sign_in() {
    for mut desk in [TestDesk::direct(), TestDesk::http()] {
        desk.caller = Caller::nobody();
        for name in deskops_core::Router::all().names() {
            let code = desk.raw(name, json!({})).map_err(|refusal| refusal.code);
            match name {
                "session/hello" => assert!(code.is_ok()),
                _ if PUBLIC.contains(&name) => {
                    assert_eq!(code, Err(Code::ValidationError), "{name}")
                }
                _ => assert_eq!(code, Err(Code::Unauthorized), "{name}"),
            }
        }
    }
}

#[test]
fn an_operator_deletes_what_is_their_own_and_a_supervisor_deletes_anything() {
    let mut desk = TestDesk::direct();
    desk.caller = callers().1;
    let own = production().save(&desk);
    assert_eq!(own.stamp.created_by, "u");
    desk.caller.user = "another".into();
    let others = production().of("MAT003").save(&desk);
    desk.caller.user = "u".into();
    let ask = |desk: &TestDesk, verb: &str, id: &Id| {
        desk.raw(&format!("production/{verb}"), json!({"id": id})).map_err(|refusal| refusal.code)
    };
    for verb in ["void", "restore"] {
        assert!(ask(&desk, verb, &own.id).is_ok(), "{verb}");
        assert_eq!(ask(&desk, verb, &others.id), Err(Code::Forbidden), "{verb}");
    }
    let refusal = desk.raw("production/void", json!({"id": others.id})).unwrap_err();
    assert_eq!(refusal.hint.as_deref(), Some("Ask a supervisor."));
    assert!(refusal.message.contains("another"), "{}", refusal.message);
    desk.caller = callers().2;
    for verb in ["void", "restore"] {
        assert!(ask(&desk, verb, &others.id).is_ok(), "{verb}");
    }
}

#[test]
fn d_21_another_site_is_out_of_reach_for_every_command() {
    let mut desk = TestDesk::direct();
    let entry = production().save(&desk);
    let nil = json!({"siteId": SITE, "date": "2026-11-20", "module": "production"});
    let nil = desk.raw("nil_return/create", json!({"draft": nil})).unwrap();
    desk.caller = Caller { sites: Some(vec!["celsewhere".into()]), ..callers().2 };
    let before = log(&desk.desk).len();
    for name in deskops_core::Router::all().names() {
        let (module, verb) = name.split_once('/').unwrap();
        // Who may sign in is not a matter of a site.
        if ["session", "users"].contains(&module) {
            continue;
        }
        let id = if module == "nil_return" { nil["entry"]["id"].clone() } else { json!(entry.id) };
        let filter = json!({"siteId": SITE, "dateFrom": "2026-11-01", "dateTo": "2026-11-22"});
        let day = json!({"siteId": SITE, "date": "2026-11-22"});
        let (input, expected) = match verb {
            "list" | "sums" => (json!({"filter": filter}), Code::Forbidden),
            "export" => (json!({"filter": filter, "format": "csv"}), Code::Forbidden),
            "day" => (day, Code::Forbidden),
            "create" => (json!({"draft": day}), Code::Forbidden),
            "keep-draft" => (
                json!({"siteId": SITE, "date": "2026-11-22", "row": "x", "cells": null}),
                Code::Forbidden,
            ),
            "replace" => (json!({"id": id, "rev": 1, "draft": day}), Code::Forbidden),
            "get" | "void" | "restore" | "history" => (json!({"id": id}), Code::NotFound),
            "edit" => (json!({"id": id, "draft": {"notes": "x"}}), Code::NotFound),
            other => panic!("say what `{other}` does with another site"),
        };
        assert_eq!(desk.raw(name, input).unwrap_err().code, expected, "{name}");
    }
    assert_eq!(log(&desk.desk).len(), before, "nothing was changed");
    let hello = desk.raw("session/hello", json!({})).unwrap();
    assert_eq!(hello["session"]["catalogue"]["sites"], json!([]), "not even its name");
}

#[test]
fn what_deskops_computes_is_not_entered_like_a_log() {
    let names: Vec<_> = deskops_core::Router::all().names().map(str::to_owned).collect();
    assert!(names.contains(&"inventory/list".to_owned()));
    assert!(!names.contains(&"inventory/create".to_owned()));
}
