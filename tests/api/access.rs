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
    desk.caller =
        Caller { sites: Some(vec!["celsewhere".into()]), role: Some(Role::Admin), ..callers().2 };
    let before = log(&desk.desk).len();
    let lists = ["materials", "equipment_types", "crew_roles", "sites"];
    for name in deskops_core::Router::all().names() {
        let (module, verb) = name.split_once('/').unwrap();
        if lists.contains(&module) {
            continue;
        }
        let id = if module == "nil_return" { nil["entry"]["id"].clone() } else { json!(entry.id) };
        let filter = json!({"siteId": SITE, "dateFrom": "2026-11-01", "dateTo": "2026-11-22"});
        let day = json!({"siteId": SITE, "date": "2026-11-22"});
        let (input, expected) = match verb {
            "list" | "sums" => (json!({"filter": filter}), Code::Forbidden),
            "export" => (json!({"filter": filter, "format": "csv"}), Code::Forbidden),
            "suggest" => (json!({"siteId": SITE, "field": "notes"}), Code::Forbidden),
            "day" => (day, Code::Forbidden),
            "create" => (json!({"draft": day}), Code::Forbidden),
            "keep-draft" => (
                json!({"siteId": SITE, "date": "2026-11-22", "row": "x", "cells": null}),
                Code::Forbidden,
            ),
            "replace" => (json!({"id": id, "rev": 1, "draft": day}), Code::Forbidden),
            "get" | "void" | "restore" | "history" => (json!({"id": id}), Code::NotFound),
            "edit" => (json!({"id": id, "draft": {"notes": "x"}}), Code::NotFound),
            "preview" => (json!({"id": id}), Code::NotFound),
            "ready" | "close" | "lock" => (day, Code::Forbidden),
            "unlock" => {
                (json!({"siteId": SITE, "date": "2026-11-22", "reason": "x"}), Code::Forbidden)
            }
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
fn what_deskops_computes_is_not_deleted_and_what_others_name_is_not_either() {
    let names: Vec<_> = deskops_core::Router::all().names().map(str::to_owned).collect();
    for name in ["inventory/edit", "materials/edit", "recipe/void", "run/void"] {
        assert!(names.contains(&name.to_owned()), "{name}");
    }
    for name in
        ["inventory/void", "materials/void", "sites/replace", "period/create", "period/edit"]
    {
        assert!(!names.contains(&name.to_owned()), "{name}");
    }
}

#[test]
fn settings_and_catalogues_are_an_administrators_and_locks_a_supervisors() {
    let mut desk = TestDesk::direct();
    let day = json!({"siteId": SITE, "date": "2026-11-22"});
    desk.caller = callers().1;
    assert_eq!(desk.raw("periods/lock", day.clone()).unwrap_err().code, Code::Forbidden);
    assert_eq!(desk.raw("periods/ready", day.clone()).map(|_| ()), Ok(()));
    desk.caller = callers().2;
    for name in ["target", "recipe", "rate", "materials", "sites", "calendar_day"] {
        let told = desk.raw(&format!("{name}/create"), json!({"draft": day})).unwrap_err();
        assert_eq!(told.code, Code::Forbidden, "{name}");
    }
    assert_eq!(desk.raw("periods/lock", day).unwrap_err().code, Code::NotReady, "it may ask");
}
