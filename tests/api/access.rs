//! Three callers: nobody, an operator, a supervisor. Checked in one place for every command.

use deskops_domain::access::{Caller, Role};
use deskops_domain::api::Code;
use deskops_domain::id::Id;
use deskops_tests::desk::SITE;
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
fn whoever_reaches_no_site_is_not_told_the_name_of_one() {
    let mut desk = TestDesk::direct();
    let elsewhere = Some(vec!["celsewhere".to_owned()]);
    desk.caller = Caller::named("u", Some(Role::Admin), elsewhere);
    // What is asked of every site is asked of those within reach.
    let everywhere = desk.raw("completeness/list", json!({})).unwrap();
    assert_eq!(everywhere, json!({"days": [], "sites": []}));
    let everywhere = desk.raw("dashboard/board", json!({"date": "2026-11-22"})).unwrap();
    assert_eq!((&everywhere["sites"], &everywhere["days"]), (&json!([]), &json!([])));
    let hello = desk.raw("session/hello", json!({})).unwrap();
    assert_eq!(hello["session"]["catalogue"]["sites"], json!([]));
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
