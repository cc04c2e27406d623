//! Three callers: nobody, an operator, a supervisor. Checked in one place for every command.

use deskops_domain::access::{Caller, Role};
use deskops_domain::api::Code;
use deskops_tests::desk::{SITE, log};
use deskops_tests::{TestDesk, production};
use serde_json::json;

fn callers() -> (Caller, Caller, Caller) {
    let sites = Some(vec![SITE.to_owned()]);
    let with = |role| Caller { user: "u".into(), role, sites: sites.clone() };
    (with(None), with(Some(Role::Operator)), with(Some(Role::Moderator)))
}

#[test]
fn d_59_nobody_may_do_anything() {
    let mut desk = TestDesk::direct();
    desk.caller = callers().0;
    for name in deskops_core::Router::all().names() {
        assert_eq!(desk.raw(name, json!({})).unwrap_err().code, Code::Forbidden, "{name}");
    }
}

#[test]
fn an_operator_enters_and_a_supervisor_deletes() {
    let mut desk = TestDesk::direct();
    desk.caller = callers().1;
    let entry = production().save(&desk);
    assert_eq!(entry.stamp.created_by, "u");
    let void = || desk.raw("production/void", json!({"id": entry.id}));
    assert_eq!(void().unwrap_err().code, Code::Forbidden);
    desk.caller = callers().2;
    let void = || desk.raw("production/void", json!({"id": entry.id}));
    assert!(void().is_ok());
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
            "hello" => continue,
            other => panic!("say what `{other}` does with another site"),
        };
        assert_eq!(desk.raw(name, input).unwrap_err().code, expected, "{name}");
    }
    assert_eq!(log(&desk.desk).len(), before, "nothing was changed");
    let hello = desk.raw("session/hello", json!({})).unwrap();
    assert_eq!(hello["catalogue"]["sites"], json!([]), "not even its name");
}

#[test]
fn what_deskops_computes_is_not_entered_like_a_log() {
    let names: Vec<_> = deskops_core::Router::all().names().map(str::to_owned).collect();
    assert!(names.contains(&"inventory/list".to_owned()));
    assert!(!names.contains(&"inventory/create".to_owned()));
}
