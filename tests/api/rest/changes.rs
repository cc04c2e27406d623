//! Records changed and deleted by their address, S-ACT-01 to S-ACT-08.

use deskops_domain::access::Role;
use deskops_tests::desk::{SITE, TODAY, log};
use serde_json::{Value as Json, json};

use super::{MODULES, Module, New, keys, list, made, on_both, sample, somebody};

on_both! {
    s_act_08_a_record_is_shown_by_its_address,
    s_act_01_to_s_act_06_a_record_is_changed_and_says_so,
    s_act_01_put_is_the_whole_record_and_patch_a_part_of_it,
    d_20_what_is_changed_is_judged_whole_and_stays_where_and_whose_it_is,
    d_22_a_deletion_has_a_reason_and_leaves_a_trail,
    s_act_06_stock_is_emptied_and_not_deleted,
    s_act_07_stock_and_figures_follow_a_change_at_once,
    d_21_an_operator_deletes_their_own_and_nobody_reaches_another_site,
}

fn path(module: &Module, record: &Json) -> String {
    format!("/api/{}/{}", module.name, record["id"].as_str().unwrap())
}

fn s_act_08_a_record_is_shown_by_its_address(new: New) {
    let desk = new();
    for module in &MODULES {
        let made = made(&desk, module, sample(module.name));
        let shown = desk.rest("GET", &path(module, &made), Json::Null).with(200);
        let expected = module.one.map_or_else(|| made.clone(), |key| json!({ key: made }));
        assert_eq!(shown, expected, "{}", module.name);
    }
}

fn s_act_01_to_s_act_06_a_record_is_changed_and_says_so(new: New) {
    let desk = new();
    for module in &MODULES {
        let made = made(&desk, module, sample(module.name));
        let path = path(module, &made);
        let answer = desk.rest("PATCH", &path, json!({"notes": "put right"})).with(200);
        let mut expected = vec![module.changed, "success"];
        expected.sort_unstable();
        assert_eq!(keys(&answer), expected);
        let changed = &answer[module.changed];
        assert_eq!(answer["success"], true);
        assert_eq!((&changed["notes"], &changed["rev"]), (&json!("put right"), &json!(2)));
        let told = desk.rest("PATCH", &path, json!({"notes": "x".repeat(501)})).with(400);
        assert_eq!(
            (&told["success"], &told["details"][0]["path"]),
            (&json!(false), &json!("notes"))
        );
        assert!(told["message"].is_string() && told["error"].is_string(), "{told}");
    }
}

fn s_act_01_put_is_the_whole_record_and_patch_a_part_of_it(new: New) {
    let desk = new();
    for module in &MODULES {
        let made = made(&desk, module, sample(module.name));
        let path = path(module, &made);
        let mut whole = sample(module.name);
        whole.as_object_mut().unwrap().remove("notes");
        whole["date"] = json!("2026-11-22T06:00:00Z");
        let answer = desk.rest("PUT", &path, whole.clone()).with(200);
        assert_eq!(answer[module.changed]["notes"], Json::Null, "{}: left out", module.name);
        assert_eq!(answer[module.changed]["date"], TODAY, "d_01: a moment of the same day");
        whole.as_object_mut().unwrap().remove("siteId");
        let told = desk.rest("PUT", &path, whole).with(400);
        assert_eq!(
            (&told["details"][0]["path"], &told["details"][0]["code"]),
            (&json!("siteId"), &json!("E-REQUIRED"))
        );
        let same = desk.rest("PATCH", &path, json!({})).with(200);
        assert_eq!(same[module.changed], answer[module.changed], "nothing is nothing");
    }
}

fn d_20_what_is_changed_is_judged_whole_and_stays_where_and_whose_it_is(new: New) {
    let desk = new();
    for module in &MODULES {
        let made = made(&desk, module, sample(module.name));
        let path = path(module, &made);
        for (field, value, code) in [
            ("siteId", json!("celsewhere"), "E-KEY"),
            ("id", json!("celsewhere"), "E-KEY"),
            ("date", json!("2026-11-20"), "E-KEY"),
            ("createdBy", json!("another"), "E-FIELD"),
            ("createdAt", json!(TODAY), "E-FIELD"),
        ] {
            let told = desk.rest("PATCH", &path, json!({ field: value })).with(400);
            assert_eq!(
                (&told["details"][0]["path"], &told["details"][0]["code"]),
                (&json!(field), &json!(code))
            );
        }
    }
    let machine = desk.rest("GET", &list("equipment", ""), Json::Null).with(200);
    let path = format!("/api/equipment/{}", machine["equipmentLogs"][0]["id"].as_str().unwrap());
    let told = desk.rest("PATCH", &path, json!({"count": 0})).with(400);
    assert_eq!(told["details"][0]["min"], "1", "hours belong to a machine: {told}");
}

fn d_22_a_deletion_has_a_reason_and_leaves_a_trail(new: New) {
    let desk = new();
    for module in MODULES.iter().filter(|module| module.name != "inventory") {
        let made = made(&desk, module, sample(module.name));
        let path = path(module, &made);
        let before = log(&desk.desk).len();
        let answer =
            desk.rest("DELETE", &format!("{path}?reason=typed+twice"), Json::Null).with(200);
        assert_eq!(
            (&answer["success"], &answer[module.changed]["id"]),
            (&json!(true), &made["id"])
        );
        let found = desk.rest("GET", &list(module.name, ""), Json::Null).with(200);
        assert_eq!(found[module.list], json!([]));
        for (method, body) in [
            ("GET", Json::Null),
            ("PATCH", json!({})),
            ("PUT", sample(module.name)),
            ("DELETE", Json::Null),
        ] {
            desk.rest(method, &path, body).with(404);
        }
        let log = log(&desk.desk);
        assert_eq!(log.len(), before + 1, "{}", module.name);
        assert_eq!(log.last().unwrap().reason.as_deref(), Some("typed twice"));
        let kept = desk.raw(&format!("{}/get", module.name), json!({"id": made["id"]})).unwrap();
        assert_eq!(kept["voided"]["reason"], "typed twice", "it is still there");
    }
}

fn s_act_06_stock_is_emptied_and_not_deleted(new: New) {
    let desk = new();
    let made = made(&desk, &MODULES[5], sample("inventory"));
    let path = path(&MODULES[5], &made);
    let told = desk.rest("DELETE", &path, Json::Null);
    assert_eq!((told.status, told.header("allow")), (405, "GET, PUT, PATCH, HEAD, POST, OPTIONS"));
    let answer = desk.rest("PATCH", &path, json!({"countedTon": null})).with(200);
    assert_eq!(answer["data"]["countedTon"], Json::Null);
}

fn s_act_07_stock_and_figures_follow_a_change_at_once(new: New) {
    let desk = new();
    let made = made(&desk, &MODULES[0], sample("production"));
    let path = path(&MODULES[0], &made);
    desk.rest("PATCH", &path, json!({"qtyTon": 0.001})).with(200);
    let stock = desk.rest("GET", &list("inventory", ""), Json::Null).with(200);
    assert_eq!(stock["inventorySnapshots"][0]["closingTon"], json!(0.001));
    let figures = format!("/api/dashboard/metrics?siteId={SITE}");
    let told = desk.rest("GET", &figures, Json::Null).with(200);
    assert_eq!(told["totalProduction"]["current"], json!(0.001));
}

fn d_21_an_operator_deletes_their_own_and_nobody_reaches_another_site(new: New) {
    let mut desk = new();
    let others = made(&desk, &MODULES[0], sample("production"));
    desk.caller = somebody(Some(Role::Operator), &[SITE]);
    desk.rest("DELETE", &path(&MODULES[0], &others), Json::Null).with(403);
    desk.caller = somebody(Some(Role::Admin), &["celsewhere"]);
    for (method, body) in
        [("GET", Json::Null), ("PATCH", json!({"notes": "x"})), ("DELETE", Json::Null)]
    {
        let told = desk.rest(method, &path(&MODULES[0], &others), body).with(404);
        assert_eq!(told["code"], "NOT_FOUND", "it looks like none");
    }
    desk.rest("GET", &list("production", ""), Json::Null).with(403);
    desk.rest("POST", "/api/production", sample("production")).with(403);
}
