//! Lists and creations of each module: keys, embedded names, limits, texts.

use deskops_tests::desk::{SITE, TODAY};
use serde_json::{Value as Json, json};

use super::{MODULES, Module, New, keys, list, made, on_both, sample};

on_both! {
    s_prd_01_production_is_listed,
    s_prd_02_production_is_made,
    s_dsp_01_dispatch_is_listed,
    s_dsp_02_dispatch_is_made,
    s_eqp_01_equipment_is_listed,
    s_eqp_02_equipment_is_made,
    s_rcv_01_received_material_is_listed,
    s_rcv_02_received_material_is_made_bare_and_what_is_empty_is_null,
    s_man_01_manpower_is_listed,
    s_man_02_manpower_is_made_bare_and_its_role_is_of_the_list,
    s_inv_01_stock_is_listed_by_days_or_moments,
    s_inv_02_a_snapshot_is_made_of_today_and_closes_by_the_formula,
}

fn module(name: &str) -> &'static Module {
    MODULES.iter().find(|module| module.name == name).unwrap()
}

/// What every record has, whatever it is of.
const HEAD: [&str; 9] =
    ["createdAt", "createdBy", "date", "id", "rev", "site", "siteId", "updatedAt", "updatedBy"];

fn has_keys(record: &Json, own: &[&str], module: &Module) {
    let mut expected: Vec<&str> = HEAD.iter().chain(own).copied().collect();
    expected.extend(module.embeds.iter().map(|(key, _)| *key));
    expected.sort_unstable();
    assert_eq!(keys(record), expected, "{}", module.name);
    assert_eq!(keys(&record["site"]), ["code", "name"]);
    assert_eq!(record["site"]["code"], "ALASLA-29");
    for (key, names) in module.embeds {
        assert_eq!(keys(&record[*key]), *names, "{}", module.name);
        assert!(record[*key]["name"].is_string(), "{record}");
    }
}

/// Made, found by either end of a range by itself, newest first, with what it names.
fn is_listed(new: New, name: &str, own: &[&str]) {
    let (desk, module) = (new(), module(name));
    let mut earlier = sample(name);
    earlier["date"] = json!("2026-11-20");
    for body in [earlier, sample(name)] {
        has_keys(&made(&desk, module, body), own, module);
    }
    let days = |more: &str| -> Vec<String> {
        let found = desk.rest("GET", &list(name, more), Json::Null).with(200);
        assert_eq!(keys(&found), [module.list]);
        let records = found[module.list].as_array().unwrap().iter();
        records
            .map(|record| {
                has_keys(record, own, module);
                record["date"].as_str().unwrap().to_owned()
            })
            .collect()
    };
    assert_eq!(days(""), [TODAY, "2026-11-20"], "g_14: newest first");
    assert_eq!(days("&dateFrom=2026-11-21"), [TODAY]);
    assert_eq!(days("&dateTo=2026-11-21"), ["2026-11-20"]);
    assert_eq!(days("&dateFrom=2026-11-19&dateTo=2026-11-21"), ["2026-11-20"]);
    assert_eq!(days("&dateFrom=2026-11-01&dateTo=2026-11-02"), Vec::<String>::new());
    let told = desk.rest("GET", &format!("/api/{name}"), Json::Null).with(400);
    let text = if name == "inventory" { "Validation failed" } else { "siteId parameter required" };
    assert_eq!((&told["message"], &told["code"]), (&json!(text), &json!("VALIDATION_ERROR")));
    assert_eq!(told["details"][0]["path"], "siteId");
}

/// Each of these is refused with its text and the field's own code; the sample itself is taken.
fn is_limited(new: New, name: &str, bad: &[(&str, Json, &str)]) {
    let (desk, module) = (new(), module(name));
    let path = format!("/api/{name}");
    for (field, value, text) in bad {
        let mut body = sample(name);
        body[*field] = value.clone();
        let told = desk.rest("POST", &path, body).with(400);
        assert_eq!(told["message"], *text, "{field} {value}: {told}");
        assert_eq!((&told["error"], &told["code"]), (&told["message"], &json!("VALIDATION_ERROR")));
        assert_eq!(told["details"][0]["path"], *field, "{told}");
    }
    let answer = desk.rest("POST", &path, sample(name));
    let id = match module.one {
        Some(key) => {
            assert_eq!(keys(&answer.json), [key]);
            answer.json[key]["id"].clone()
        }
        None => answer.json["id"].clone(),
    };
    assert_eq!(answer.header("location"), format!("{path}/{}", id.as_str().unwrap()));
    answer.with(201);
}

const FAILED: &str = "Validation failed";

fn long(n: usize) -> Json {
    json!("x".repeat(n))
}

fn s_prd_01_production_is_listed(new: New) {
    let own = ["line", "materialId", "notes", "operation", "origin", "qtyTon", "shift"];
    is_listed(new, "production", &own);
}

fn s_prd_02_production_is_made(new: New) {
    let bad = [
        ("materialId", json!("MAT999"), "Invalid material ID"),
        ("operation", json!("CRU-X"), "Invalid operation type"),
        ("qtyTon", json!(0), FAILED),
        ("qtyTon", json!(1_000_000), FAILED),
        ("shift", json!("EVENING"), FAILED),
        ("notes", long(501), FAILED),
    ];
    is_limited(new, "production", &bad);
}

fn s_dsp_01_dispatch_is_listed(new: New) {
    let own = [
        "isEstimated",
        "materialId",
        "notes",
        "operation",
        "owner",
        "qtyTon",
        "reference",
        "trips",
    ];
    is_listed(new, "dispatch", &own);
}

fn s_dsp_02_dispatch_is_made(new: New) {
    let bad = [
        ("materialId", json!("MAT999"), "Invalid material ID"),
        ("operation", json!("CRU-X"), "Invalid operation type"),
        ("trips", json!(0), FAILED),
        ("trips", json!(1.5), FAILED),
        ("owner", long(201), FAILED),
        ("reference", long(101), FAILED),
    ];
    is_limited(new, "dispatch", &bad);
}

fn s_eqp_01_equipment_is_listed(new: New) {
    let own =
        ["count", "downHours", "equipmentId", "hours", "notes", "shift", "standbyHours", "status"];
    is_listed(new, "equipment", &own);
}

fn s_eqp_02_equipment_is_made(new: New) {
    let bad = [
        ("equipmentId", json!("EQ999"), "Invalid equipment ID"),
        ("hours", json!(24.01), FAILED),
        ("hours", json!(-1), FAILED),
        ("count", json!(101), FAILED),
        ("status", json!("BROKEN"), FAILED),
    ];
    is_limited(new, "equipment", &bad);
}

fn s_rcv_01_received_material_is_listed(new: New) {
    let own = ["isEstimated", "loads", "materialId", "notes", "qtyTon", "source", "vehicleRef"];
    is_listed(new, "received", &own);
}

fn s_rcv_02_received_material_is_made_bare_and_what_is_empty_is_null(new: New) {
    let bad = [
        ("materialId", json!("x"), "Invalid material ID"),
        ("qtyTon", json!(-0.001), FAILED),
        ("source", long(201), FAILED),
        ("vehicleRef", long(101), FAILED),
    ];
    is_limited(new, "received", &bad);
    let made = made(&new(), module("received"), sample("received"));
    for name in ["source", "vehicleRef", "notes"] {
        assert_eq!(made[name], Json::Null, "{name}");
    }
    assert_eq!(made["qtyTon"], json!(24.601));
}

fn s_man_01_manpower_is_listed(new: New) {
    is_listed(new, "manpower", &["headcount", "hours", "notes", "roleId", "shift"]);
}

fn s_man_02_manpower_is_made_bare_and_its_role_is_of_the_list(new: New) {
    let bad = [
        ("roleId", json!("ROLE_PILOT"), "Invalid role ID"),
        ("headcount", json!(501), FAILED),
        ("hours", json!(24.5), FAILED),
    ];
    is_limited(new, "manpower", &bad);
}

const STOCK: [&str; 16] = [
    "adjustmentTon",
    "closingTon",
    "countedTon",
    "countedWhen",
    "dispatchedTon",
    "drawnTon",
    "isCalculated",
    "materialId",
    "notes",
    "openingOverrideTon",
    "openingTon",
    "producedTon",
    "reason",
    "receivedTon",
    "typedTon",
    "varianceTon",
];

fn s_inv_01_stock_is_listed_by_days_or_moments(new: New) {
    is_listed(new, "inventory", &STOCK);
    let desk = new();
    made(&desk, module("inventory"), sample("inventory"));
    let days = |more: &str| {
        let found = desk.rest("GET", &list("inventory", more), Json::Null).with(200);
        found["inventorySnapshots"].as_array().unwrap().len()
    };
    // Half past nine in the evening in UTC is the next day in Jeddah.
    assert_eq!(days("&dateFrom=2026-11-21T21:30:00.000Z"), 1);
    assert_eq!(days("&dateFrom=2026-11-22T21:30:00.000Z"), 0);
    let path = list("inventory", "&dateFrom=2026-11-22T06:00:00Z&dateTo=2026-11-20T06:00:00Z");
    let told = desk.rest("GET", &path, Json::Null).with(400);
    assert_eq!(told["message"], "dateFrom must be less than or equal to dateTo");
    let told = desk.rest("GET", "/api/inventory?siteId=", Json::Null).with(400);
    assert_eq!(told["details"][0]["code"], "E-REQUIRED", "d_19");
}

fn s_inv_02_a_snapshot_is_made_of_today_and_closes_by_the_formula(new: New) {
    let bad = [
        ("materialId", json!("MAT999"), "Invalid material ID"),
        ("countedTon", json!(-0.001), FAILED),
        ("openingTon", json!(1_000_000), FAILED),
        ("adjustmentTon", json!(-1_000_000), FAILED),
        ("isCalculated", json!("maybe"), FAILED),
    ];
    is_limited(new, "inventory", &bad);
    let desk = new();
    let body = json!({"siteId": SITE, "materialId": "MAT003", "openingTon": 40, "adjustmentTon": -1.5, "reason": "MOISTURE"});
    let made = made(&desk, module("inventory"), body);
    assert_eq!(made["date"], TODAY, "d_48: today when no date is sent");
    assert_eq!((&made["openingTon"], &made["closingTon"]), (&json!(40.0), &json!(38.5)));
    assert_eq!(made["isCalculated"], true);
    for name in ["producedTon", "receivedTon", "dispatchedTon"] {
        assert_eq!(made[name], json!(0.0), "{name}");
    }
}
