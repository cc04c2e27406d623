//! Three callers: nobody, an operator, a supervisor. Checked in one place for every command.

use deskops_domain::access::{Caller, Role};
use deskops_domain::api::Code;
use deskops_tests::desk::SITE;
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
fn d_21_another_site_is_out_of_reach_and_its_records_look_like_none() {
    let mut desk = TestDesk::direct();
    let entry = production().save(&desk);
    desk.caller = Caller { sites: Some(vec!["celsewhere".into()]), ..callers().2 };
    let list = json!({"filter": {"siteId": SITE}});
    assert_eq!(desk.raw("production/list", list).unwrap_err().code, Code::Forbidden);
    for name in ["get", "void", "restore", "history"] {
        let told = desk.raw(&format!("production/{name}"), json!({"id": entry.id})).unwrap_err();
        assert_eq!(told.code, Code::NotFound, "{name}");
    }
    assert_eq!(production().with("line", 2).try_save(&desk).unwrap_err().code, Code::Forbidden);
    let hello = desk.raw("session/hello", json!({})).unwrap();
    assert_eq!(hello["catalogue"]["sites"], json!([]), "not even its name");
}

#[test]
fn what_deskops_computes_is_not_entered_like_a_log() {
    let names: Vec<_> = deskops_core::Router::all().names().map(str::to_owned).collect();
    assert!(names.contains(&"inventory/list".to_owned()));
    assert!(!names.contains(&"inventory/create".to_owned()));
}
