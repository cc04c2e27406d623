//! The session, sites and the figures of the dashboard.

use deskops_domain::access::Role;
use deskops_tests::TestDesk;
use deskops_tests::desk::{SITE, TODAY};
use serde_json::{Value as Json, json};

use super::{MODULES, New, keys, made, on_both, sample, second_site, somebody};

on_both! {
    s_aut_01_a_session_says_who_and_when,
    s_sit_01_sites_in_use_are_listed_by_name,
    d_21_sites_out_of_reach_are_not_listed_nor_shown,
    s_sit_02_a_site_is_made,
    s_sit_03_a_site_says_how_much_it_holds,
    s_dsh_01_s_dsh_02_s_dsh_03_today_is_set_against_yesterday,
    s_dsh_04_s_dsh_05_hours_are_summed_and_stock_is_the_latest,
    s_dsh_06_a_range_is_set_against_as_many_days_before,
}

fn s_aut_01_a_session_says_who_and_when(new: New) {
    let mut desk = new();
    desk.caller = somebody(Some(Role::Operator), &[SITE]);
    let told = desk.rest("GET", "/api/auth/session", Json::Null).with(200);
    let expected = json!({"userId": "somebody", "isAuthenticated": true, "timestamp": "2026-11-22T06:00:00.000Z"});
    assert_eq!(told, expected);
}

fn s_sit_01_sites_in_use_are_listed_by_name(new: New) {
    let desk = new();
    for (code, name, is_active) in
        [("ZETA", "Aardvark pit", true), ("ALPHA", "Zoo road", true), ("SHUT", "Closed pit", false)]
    {
        let body = json!({"code": code, "name": name, "isActive": is_active});
        desk.rest("POST", "/api/sites", body).with(201);
    }
    let found = desk.rest("GET", "/api/sites", Json::Null).with(200);
    assert_eq!(keys(&found), ["sites"]);
    let sites = found["sites"].as_array().unwrap();
    let codes: Vec<&Json> = sites.iter().map(|site| &site["code"]).collect();
    assert_eq!(codes.first().copied(), Some(&json!("ZETA")));
    assert_eq!(codes.last().copied(), Some(&json!("ALPHA")));
    assert!(!codes.contains(&&json!("SHUT")) && codes.len() == 3, "{codes:?}");
    for site in sites {
        assert_eq!(keys(site), ["code", "createdAt", "id", "location", "name", "timezone"]);
    }
}

fn d_21_sites_out_of_reach_are_not_listed_nor_shown(new: New) {
    let mut desk = new();
    let other = second_site(&desk);
    desk.caller = somebody(Some(Role::Operator), &[SITE]);
    let found = desk.rest("GET", "/api/sites", Json::Null).with(200);
    assert_eq!(found["sites"].as_array().unwrap().len(), 1);
    let told = desk.rest("GET", &format!("/api/sites/{other}"), Json::Null).with(404);
    assert_eq!(told["code"], "SITE_NOT_FOUND");
    let page = desk.raw("sites/list", json!({"filter": {"siteId": "global"}})).unwrap();
    assert_eq!(page["entries"].as_array().unwrap().len(), 1, "nor to the page");
}

fn s_sit_02_a_site_is_made(new: New) {
    let desk = new();
    let answer = desk.rest("POST", "/api/sites", json!({"code": "ABC", "name": "A site"}));
    let id = answer.json["site"]["id"].as_str().unwrap().to_owned();
    assert_eq!(answer.header("location"), format!("/api/sites/{id}"));
    let made = answer.with(201);
    assert_eq!(keys(&made), ["site"]);
    assert_eq!(
        (&made["site"]["timezone"], &made["site"]["isActive"]),
        (&json!("UTC"), &json!(true))
    );
    assert!(id.starts_with('c') && id.len() == 25, "an id of the cuid's form: {id}");
    for (body, path) in [
        (json!({"code": "AB", "name": "x"}), "code"),
        (json!({"code": "A".repeat(21), "name": "x"}), "code"),
        (json!({"code": "ABCD"}), "name"),
        (json!({"code": "ABCD", "name": ""}), "name"),
        (json!({"code": "ABCD", "name": "x".repeat(101)}), "name"),
        (json!({"code": "ABCD", "name": "x", "timezone": "Mars/Olympus"}), "timezone"),
    ] {
        let told = desk.rest("POST", "/api/sites", body).with(400);
        assert_eq!(
            (&told["code"], &told["details"][0]["path"]),
            (&json!("VALIDATION_ERROR"), &json!(path))
        );
    }
    let told = desk.rest("POST", "/api/sites", json!({"code": "abc", "name": "x"})).with(409);
    assert_eq!(told["code"], "DUPLICATE_RECORD", "d_13");
    assert_eq!(told["details"], json!({"id": id, "target": ["code"]}));
}

fn s_sit_03_a_site_says_how_much_it_holds(new: New) {
    let desk = new();
    for module in &MODULES {
        made(&desk, module, sample(module.name));
    }
    let found = desk.rest("GET", &format!("/api/sites/{SITE}"), Json::Null).with(200);
    let site = &found["site"];
    let counts = ["dispatches", "inventorySnapshots", "productions", "receivedMaterials"];
    assert_eq!(keys(&site["_count"]), counts);
    assert_eq!((&site["_count"]["productions"], &site["code"]), (&json!(1), &json!("ALASLA-29")));
    let told = desk.rest("GET", "/api/sites/nowhere", Json::Null).with(404);
    assert_eq!(
        (&told["message"], &told["code"]),
        (&json!("Site not found"), &json!("SITE_NOT_FOUND"))
    );
    let closed = json!({"code": "SHUT", "name": "x", "isActive": false});
    let made = desk.rest("POST", "/api/sites", closed).with(201);
    let path = format!("/api/sites/{}", made["site"]["id"].as_str().unwrap());
    let found = desk.rest("GET", &path, Json::Null).with(200);
    assert_eq!(found["site"]["isActive"], false, "one that is closed is still shown");
}

fn figures(desk: &TestDesk, more: &str) -> Json {
    let path = format!("/api/dashboard/metrics?siteId={SITE}{more}");
    desk.rest("GET", &path, Json::Null).with(200)
}

fn produced(desk: &TestDesk, date: &str, tons: f64) {
    let body = json!({"siteId": SITE, "date": date, "materialId": "MAT002", "qtyTon": tons});
    made(desk, &MODULES[0], body);
}

fn s_dsh_01_s_dsh_02_s_dsh_03_today_is_set_against_yesterday(new: New) {
    let desk = new();
    produced(&desk, TODAY, 150.0);
    produced(&desk, "2026-11-21", 100.0);
    let told = figures(&desk, "");
    let names = [
        "currentInventoryStatus",
        "equipmentUtilization",
        "totalDispatched",
        "totalProduction",
        "totalReceived",
    ];
    assert_eq!(keys(&told), names);
    let change = json!({"current": 150, "previous": 100, "percentageChange": 50});
    assert_eq!(told["totalProduction"], change);
    let nothing = json!({"current": 0, "previous": 0, "percentageChange": 0});
    assert_eq!(told["totalDispatched"], nothing);
    let told = figures(&desk, "&dateFrom=2026-11-21");
    assert_eq!(told["totalProduction"]["percentageChange"], 100, "s_dsh_02: from nothing");
    for path in ["/api/dashboard/metrics", "/api/dashboard/metrics?siteId="] {
        let told = desk.rest("GET", path, Json::Null).with(400);
        assert_eq!(told["message"], "siteId parameter required");
    }
    desk.rest("GET", "/api/dashboard/metrics?siteId=nowhere", Json::Null).with(404);
}

fn s_dsh_04_s_dsh_05_hours_are_summed_and_stock_is_the_latest(new: New) {
    let desk = new();
    produced(&desk, "2026-11-20", 10.0);
    produced(&desk, TODAY, 5.0);
    made(&desk, &MODULES[2], sample("equipment"));
    let told = figures(&desk, "");
    assert_eq!(told["equipmentUtilization"]["current"], json!(15), "two machines, 7.5 h each");
    let stock = json!({"current": 15, "previous": 10, "percentageChange": 50});
    assert_eq!(told["currentInventoryStatus"], stock, "d_31: the latest closing, not their sum");
}

fn s_dsh_06_a_range_is_set_against_as_many_days_before(new: New) {
    let desk = new();
    for (date, tons) in
        [("2026-11-17", 1.0), ("2026-11-18", 2.0), ("2026-11-19", 4.0), ("2026-11-20", 8.0)]
    {
        produced(&desk, date, tons);
    }
    let range = figures(&desk, "&dateFrom=2026-11-19&dateTo=2026-11-20");
    assert_eq!(range["totalProduction"]["current"], 12);
    assert_eq!(range["totalProduction"]["previous"], 3);
    let moment = figures(&desk, "&dateTo=2026-11-19T21:30:00Z");
    assert_eq!(moment["totalProduction"]["current"], 8, "the day at the site");
    let path =
        format!("/api/dashboard/metrics?siteId={SITE}&dateFrom=2026-11-20&dateTo=2026-11-19");
    let told = desk.rest("GET", &path, Json::Null).with(400);
    assert_eq!(told["message"], "dateFrom must be less than or equal to dateTo");
}
