//! What holds for every address of the contract.

use deskops_domain::access::{Caller, Role};
use deskops_tests::TestDesk;
use deskops_tests::desk::{SITE, TODAY, log};
use serde_json::{Value as Json, json};

use super::{MODULES, New, keys, list, made, on_both, sample, somebody};

on_both! {
    g_01_g_02_addresses_have_no_version_and_a_method_each,
    g_05_g_07_d_05_d_11_every_address_asks_who_is_there_before_anything_else,
    g_05_roles_come_before_what_is_sent,
    g_06_g_08_d_07_what_is_wrong_is_told_at_once_with_its_limits,
    g_09_d_13_a_second_record_of_a_key_is_a_conflict_that_names_the_first,
    g_10_what_is_not_there_is_not_found,
    g_13_who_and_when_is_written_down_and_cannot_be_sent,
    g_14_the_later_entry_of_a_day_comes_first,
    g_15_d_18_what_is_named_stands_beside_it,
}

fn g_01_g_02_addresses_have_no_version_and_a_method_each(new: New) {
    let desk = new();
    let told = desk.rest("GET", "/api/v1/production", Json::Null);
    assert_eq!((told.status, &told.json["code"]), (404, &json!("NOT_FOUND")));
    for (path, allow) in [
        ("/api/production", "GET, POST, HEAD, OPTIONS"),
        ("/api/production/x", "GET, PUT, PATCH, DELETE, HEAD, POST, OPTIONS"),
        ("/api/inventory/x", "GET, PUT, PATCH, HEAD, POST, OPTIONS"),
        ("/api/sites", "GET, POST, HEAD, OPTIONS"),
        ("/api/sites/x", "GET, HEAD, POST, OPTIONS"),
        ("/api/auth/session", "GET, HEAD, OPTIONS"),
        ("/api/dashboard/metrics", "GET, HEAD, POST, OPTIONS"),
    ] {
        let told = desk.rest("TRACE", path, Json::Null);
        assert_eq!((told.status, told.header("allow")), (405, allow), "{path}");
        assert_eq!(told.json["code"], "METHOD_NOT_ALLOWED");
        let told = desk.rest("OPTIONS", path, Json::Null);
        assert_eq!((told.status, told.header("allow")), (204, allow), "{path}");
    }
    let head = desk.rest("HEAD", &list("production", ""), Json::Null);
    assert_eq!((head.status, head.json), (200, Json::Null));
}

fn g_05_g_07_d_05_d_11_every_address_asks_who_is_there_before_anything_else(new: New) {
    let mut desk = new();
    desk.caller = Caller::nobody();
    let unauthorized =
        json!({"message": "Unauthorized", "error": "Unauthorized", "code": "UNAUTHORIZED"});
    for module in &MODULES {
        for (method, path) in [
            ("GET", format!("/api/{}", module.name)),
            ("POST", format!("/api/{}", module.name)),
            ("GET", format!("/api/{}/x", module.name)),
            ("PATCH", format!("/api/{}/x?nonsense=1", module.name)),
        ] {
            let mut told = desk.rest(method, &path, Json::Null).with(401);
            told.as_object_mut().unwrap().remove("success");
            assert_eq!(told, unauthorized, "{method} {path}");
        }
    }
    for path in ["/api/sites", "/api/sites/x", "/api/auth/session", "/api/dashboard/metrics"] {
        assert_eq!(desk.rest("GET", path, Json::Null).with(401), unauthorized, "d_05 {path}");
    }
    let told = desk.send("GET", "/api/sites", Some("made-up"), None, Vec::new());
    assert_eq!(told.status, 401);
}

fn g_05_roles_come_before_what_is_sent(new: New) {
    let mut desk = new();
    desk.caller = somebody(Some(Role::Operator), &[SITE]);
    let token = desk.desk.admit(desk.caller.clone());
    let told = desk.send("POST", "/api/sites", Some(&token), None, b"{not json".to_vec());
    assert_eq!((told.status, &told.json["code"]), (403, &json!("FORBIDDEN")));
    desk.caller = somebody(None, &[SITE]);
    for module in &MODULES {
        desk.rest("GET", &list(module.name, ""), Json::Null).with(403);
    }
}

fn g_06_g_08_d_07_what_is_wrong_is_told_at_once_with_its_limits(new: New) {
    let desk = new();
    let mut body = sample("production");
    body["qtyTon"] = json!(0);
    body["shift"] = json!("DUSK");
    body["colour"] = json!("red");
    let told = desk.rest("POST", "/api/production", body).with(400);
    assert_eq!(keys(&told), ["code", "details", "error", "message"]);
    assert_eq!(told["message"], "Validation failed");
    let details = told["details"].as_array().unwrap();
    let path = |path: &str| details.iter().find(|it| it["path"] == path).unwrap();
    assert_eq!(details.len(), 3, "d_07: {told}");
    assert_eq!(path("qtyTon")["code"], "E-NUM");
    assert_eq!(path("qtyTon")["max"], "999999.999");
    assert_eq!(path("shift")["code"], "E-SHIFT");
    assert_eq!(path("colour")["code"], "E-FIELD");
    let told = desk.rest("GET", &list("production", "&colour=red&siteId=x"), Json::Null).with(400);
    let codes: Vec<&Json> =
        told["details"].as_array().unwrap().iter().map(|it| &it["code"]).collect();
    assert_eq!(codes, ["E-PARAM", "E-PARAM"], "a stranger, and one that is said twice");
    assert_eq!(log(&desk.desk).len(), 0, "nothing was written");
}

fn g_09_d_13_a_second_record_of_a_key_is_a_conflict_that_names_the_first(new: New) {
    let desk = new();
    for module in MODULES.iter().filter(|module| !["dispatch", "received"].contains(&module.name)) {
        let first = made(&desk, module, sample(module.name));
        let path = format!("/api/{}", module.name);
        let told = desk.rest("POST", &path, sample(module.name)).with(409);
        assert_eq!(told["message"], "Unique constraint violation");
        assert_eq!(told["code"], "DUPLICATE_RECORD");
        assert_eq!(told["details"]["id"], first["id"], "d_13");
        let target = told["details"]["target"].as_array().unwrap();
        assert!(target.contains(&json!("siteId")) && target.len() >= 3, "{told}");
    }
}

fn g_10_what_is_not_there_is_not_found(new: New) {
    let desk = new();
    for module in &MODULES {
        let path = format!("/api/{}/cnotthere0000000000000000", module.name);
        for (method, body) in [
            ("GET", Json::Null),
            ("PUT", sample(module.name)),
            ("PATCH", json!({})),
            ("DELETE", Json::Null),
        ] {
            if (method, module.name) == ("DELETE", "inventory") {
                continue;
            }
            let told = desk.rest(method, &path, body).with(404);
            let expected = (&json!("Record not found"), &json!("NOT_FOUND"));
            assert_eq!((&told["message"], &told["code"]), expected, "{method} {path}");
        }
    }
}

#[test]
fn g_11_g_12_d_23_trouble_of_the_database_is_told_in_the_modules_words() {
    for module in &MODULES {
        let desk = TestDesk::http();
        let conn = rusqlite::Connection::open(desk.database()).unwrap();
        conn.execute(&format!("alter table {0} rename to gone_{0}", module.name), []).unwrap();
        drop(conn);
        let told = desk.rest("GET", &list(module.name, ""), Json::Null).with(500);
        assert_eq!(
            (&told["message"], &told["code"]),
            (&json!(module.failed[0]), &json!("DATABASE_ERROR"))
        );
        let told = desk.rest("POST", &format!("/api/{}", module.name), sample(module.name));
        let told = told.with(500);
        assert_eq!(
            (&told["message"], &told["code"]),
            (&json!(module.failed[1]), &json!("DATABASE_ERROR"))
        );
        let words = told.to_string();
        assert!(words.contains("reference") && !words.contains("no such table"), "d_23: {words}");
    }
}

fn g_13_who_and_when_is_written_down_and_cannot_be_sent(new: New) {
    let mut desk = new();
    desk.caller = somebody(Some(Role::Operator), &[SITE]);
    for module in &MODULES {
        let made = made(&desk, module, sample(module.name));
        assert_eq!(
            (&made["createdBy"], &made["updatedBy"]),
            (&json!("somebody"), &json!("somebody"))
        );
        assert_eq!(made["createdAt"], "2026-11-22T06:00:00.000Z");
        let mut body = sample(module.name);
        body["createdBy"] = json!("another");
        let told = desk.rest("POST", &format!("/api/{}", module.name), body).with(400);
        assert_eq!(told["details"][0]["path"], "createdBy");
    }
    desk.at("2026-11-22T07:00:00Z");
    let made = made(&desk, &MODULES[1], sample("dispatch"));
    assert_eq!(made["updatedAt"], "2026-11-22T07:00:00.000Z");
}

fn g_14_the_later_entry_of_a_day_comes_first(new: New) {
    let desk = new();
    for (minute, reference) in ["first", "second", "third"].iter().enumerate() {
        desk.at(&format!("2026-11-22T06:0{minute}:00Z"));
        let mut body = sample("dispatch");
        body["reference"] = json!(reference);
        made(&desk, &MODULES[1], body);
    }
    let found = desk.rest("GET", &list("dispatch", ""), Json::Null).with(200);
    let order: Vec<&Json> =
        found["dispatches"].as_array().unwrap().iter().map(|it| &it["reference"]).collect();
    assert_eq!(order, ["third", "second", "first"]);
}

fn g_15_d_18_what_is_named_stands_beside_it(new: New) {
    let desk = new();
    let made = made(&desk, &MODULES[0], sample("production"));
    let material = json!({"code": "AGG-3/4", "name": made["material"]["name"], "category": "AGGREGATES", "uom": "TON"});
    assert_eq!(made["material"], material, "d_18: the same in a creation");
    let found = desk.rest("GET", &list("production", ""), Json::Null).with(200);
    assert_eq!(found["productions"], json!([made]));
    assert_eq!(found["productions"][0]["date"], TODAY);
}
