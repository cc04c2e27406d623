//! Three callers: nobody, an operator, a supervisor. Checked in one place for every command.

use deskops_domain::access::{Caller, Role};
use deskops_domain::api::Code;
use deskops_domain::id::Id;
use deskops_tests::desk::{SITE, log};
use deskops_tests::{TestDesk, production};
use serde_json::json;

/// What may be asked before anybody has signed in.
const PUBLIC: [&str; 5] =
    ["session/hello", "session/refresh", "session/set-up", "session/sign-in", "session/sign-out"];

fn callers() -> (Caller, Caller, Caller) {
    let sites = Some(vec![SITE.to_owned()]);
    let with = |role| Caller::named("u", role, sites.clone());
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
    desk.caller =
        Caller { sites: Some(vec!["celsewhere".into()]), role: Some(Role::Admin), ..callers().2 };
    let before = log(&desk.desk).len();
    let lists = ["materials", "equipment_types", "crew_roles", "sites"];
    for name in deskops_core::Router::all().names() {
        let (module, verb) = name.split_once('/').unwrap();
        // Who may sign in, and on what, is not a matter of a site, and neither are the lists.
        let people = ["connection", "devices", "security", "session", "users"];
        if lists.contains(&module) || people.contains(&module) {
            continue;
        }
        let id = if module == "nil_return" { nil["entry"]["id"].clone() } else { json!(entry.id) };
        let filter = json!({"siteId": SITE, "dateFrom": "2026-11-01", "dateTo": "2026-11-22"});
        let day = json!({"siteId": SITE, "date": "2026-11-22"});
        let (input, expected) = match verb {
            "list" | "sums" => (json!({"filter": filter}), Code::Forbidden),
            "export" => (json!({"filter": filter, "format": "csv"}), Code::Forbidden),
            "suggest" => (json!({"siteId": SITE, "field": "notes"}), Code::Forbidden),
            "day" | "board" => (day, Code::Forbidden),
            "metrics" => (json!({"siteId": SITE}), Code::Forbidden),
            "create" | "snapshot" => (json!({"draft": day}), Code::Forbidden),
            "keep-draft" => (
                json!({"siteId": SITE, "date": "2026-11-22", "row": "x", "cells": null}),
                Code::Forbidden,
            ),
            "replace" => (json!({"id": id, "rev": 1, "draft": day}), Code::Forbidden),
            "get" | "void" | "restore" | "history" => (json!({"id": id}), Code::NotFound),
            "edit" => (json!({"id": id, "draft": {"notes": "x"}}), Code::NotFound),
            "preview" => (json!({"id": id}), Code::NotFound),
            "judge" => (json!({"draft": day}), Code::Forbidden),
            "estimate" | "preview-estimate" | "report" => (
                json!({"siteId": SITE, "dateFrom": "2026-11-01", "dateTo": "2026-11-22"}),
                Code::Forbidden,
            ),
            "propose" | "apply" | "preview-apply" | "ready" | "close" | "lock" => {
                (day, Code::Forbidden)
            }
            "unlock" => {
                (json!({"siteId": SITE, "date": "2026-11-22", "reason": "x"}), Code::Forbidden)
            }
            other => panic!("say what `{other}` does with another site"),
        };
        assert_eq!(desk.raw(name, input).unwrap_err().code, expected, "{name}");
    }
    assert_eq!(log(&desk.desk).len(), before, "nothing was changed");
    let hello = desk.raw("session/hello", json!({})).unwrap();
    assert_eq!(hello["session"]["catalogue"]["sites"], json!([]), "not even its name");
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
