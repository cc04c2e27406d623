//! The contract's records and limits, by its identifiers: what each module lists and takes, and how the
//! guide's contradictions are settled. The shapes of its REST bodies come with the server.

use deskops_domain::api::Code;
use deskops_domain::modules::{Dispatch, Equipment, Manpower};
use deskops_tests::TestDesk;
use deskops_tests::builders::{draft, enter, production, stock};
use deskops_tests::desk::{SITE, TODAY};
use serde_json::{Value as Json, json};

use crate::facts;

facts! {
    s_prd_01_production_is_listed_by_site_and_days,
    s_prd_02_production_is_entered_within_its_limits,
    s_dsp_01_dispatch_is_listed_by_site_and_days,
    s_dsp_02_dispatch_is_entered_within_its_limits,
    s_rcv_01_received_material_is_listed_by_site_and_days,
    s_rcv_02_received_material_is_entered_within_its_limits,
    s_eqp_01_equipment_is_listed_by_site_and_days,
    s_eqp_02_equipment_is_entered_within_its_limits,
    s_man_01_manpower_is_listed_by_site_and_days,
    s_man_02_manpower_is_entered_within_its_limits,
    s_inv_01_stock_is_listed_by_site_and_days,
    s_inv_02_what_people_say_of_stock_is_entered_within_its_limits,
    f_03_a_row_is_the_level_at_the_end_of_its_day,
    d_35_a_closing_that_is_sent_is_refused,
    d_41_hours_are_of_one_machine_or_head_and_totals_are_derived,
    d_42_hours_belong_to_at_least_one,
    d_43_a_second_shift_and_a_second_line_are_possible,
    d_44_no_shift_is_the_whole_day_and_is_unique,
    d_45_the_shifts_are_three_and_the_whole_day,
    d_47_each_module_has_its_operation_and_takes_another,
    d_48_a_date_is_the_sites_day_and_never_to_come,
    d_50_a_range_ends_after_it_begins,
}

type Fields = &'static [(&'static str, &'static str)];

const PRODUCTION: Fields =
    &[("materialId", "MAT002"), ("qtyTon", "999999.999"), ("shift", "NIGHT")];
const DISPATCH: Fields = &[
    ("materialId", "MAT002"),
    ("qtyTon", "30"),
    ("trips", "1"),
    ("owner", "Petra Build"),
    ("reference", "D-1"),
];
const RECEIVED: Fields = &[
    ("materialId", "MAT015"),
    ("qtyTon", "24.6"),
    ("source", "Quarry road"),
    ("vehicleRef", "ABC"),
];
const EQUIPMENT: Fields =
    &[("equipmentId", "EQ001"), ("count", "100"), ("hours", "24"), ("status", "OPERATIONAL")];
const MANPOWER: Fields = &[("roleId", "ROLE_LABORER"), ("headcount", "500"), ("hours", "24")];
const INVENTORY: Fields = &[("materialId", "MAT002"), ("countedTon", "999999.999")];

/// Entered on two days, it is found by either end of a range by itself, newest first.
fn listed(desk: &TestDesk, module: &str, fields: Fields) {
    for date in ["2026-11-20", TODAY] {
        desk.raw(&format!("{module}/create"), json!({"draft": draft(date, fields)})).unwrap();
    }
    let days = |filter: Json| {
        let page = desk.raw(&format!("{module}/list"), json!({"filter": filter})).unwrap();
        let days = page["entries"].as_array().unwrap().iter().map(|entry| entry["date"].clone());
        days.collect::<Vec<_>>()
    };
    assert_eq!(days(json!({"siteId": SITE})), [TODAY, "2026-11-20"]);
    assert_eq!(days(json!({"siteId": SITE, "dateFrom": "2026-11-21"})), [TODAY]);
    assert_eq!(days(json!({"siteId": SITE, "dateTo": "2026-11-21"})), ["2026-11-20"]);
    let told = desk.raw(&format!("{module}/list"), json!({"filter": {"siteId": "nowhere"}}));
    assert_eq!(told.unwrap_err().code, Code::SiteNotFound);
    let told = desk.raw(&format!("{module}/list"), json!({"filter": {}})).unwrap_err();
    assert_eq!(told.code, Code::ValidationError, "a site is needed");
}

/// What is on the edge is taken, and each of these is refused with its code, naming the field.
fn limits(desk: &TestDesk, module: &str, fields: Fields, bad: &[(&str, &str, &str)]) {
    let name = format!("{module}/create");
    for (field, value, code) in bad {
        let mut draft = draft(TODAY, fields);
        draft.insert((*field).to_owned(), json!(value));
        let told = desk.raw(&name, json!({"draft": draft})).unwrap_err();
        let found = told.details.iter().find(|problem| problem.path == *field);
        assert_eq!(
            found.map(|problem| problem.code.as_str()),
            Some(*code),
            "{field} {value}: {told:?}"
        );
    }
    desk.raw(&name, json!({"draft": draft(TODAY, fields)})).unwrap();
}

const LONG: &str = "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx";

fn s_prd_01_production_is_listed_by_site_and_days(desk: &TestDesk) {
    listed(desk, "production", PRODUCTION);
}

fn s_prd_02_production_is_entered_within_its_limits(desk: &TestDesk) {
    let bad = [
        ("qtyTon", "0", "E-NUM"),
        ("qtyTon", "1000000", "E-NUM"),
        ("qtyTon", "1.2345", "E-NUM"),
        ("materialId", "MAT999", "E-MAT-ID"),
        ("operation", "CRU-X", "E-OP"),
        ("shift", "EVENING", "E-SHIFT"),
    ];
    limits(desk, "production", PRODUCTION, &bad);
}

fn s_dsp_01_dispatch_is_listed_by_site_and_days(desk: &TestDesk) {
    listed(desk, "dispatch", DISPATCH);
}

fn s_dsp_02_dispatch_is_entered_within_its_limits(desk: &TestDesk) {
    let bad = [
        ("qtyTon", "-1", "E-NUM"),
        ("trips", "0", "E-NUM"),
        ("trips", "1.5", "E-NUM"),
        ("reference", LONG, "E-TEXT"),
        ("operation", "x", "E-OP"),
    ];
    limits(desk, "dispatch", DISPATCH, &bad);
}

fn s_rcv_01_received_material_is_listed_by_site_and_days(desk: &TestDesk) {
    listed(desk, "received", RECEIVED);
}

fn s_rcv_02_received_material_is_entered_within_its_limits(desk: &TestDesk) {
    let bad =
        [("qtyTon", "0", "E-NUM"), ("vehicleRef", LONG, "E-TEXT"), ("materialId", "x", "E-MAT-ID")];
    limits(desk, "received", RECEIVED, &bad);
    let entry = desk
        .raw(
            "received/create",
            json!({"draft": draft(TODAY, &[("materialId", "MAT015"), ("qtyTon", "1")])}),
        )
        .unwrap();
    assert_eq!(entry["entry"]["source"], Json::Null, "what is left out is nothing");
}

fn s_eqp_01_equipment_is_listed_by_site_and_days(desk: &TestDesk) {
    listed(desk, "equipment", EQUIPMENT);
}

fn s_eqp_02_equipment_is_entered_within_its_limits(desk: &TestDesk) {
    let bad = [
        ("hours", "24.01", "E-NUM"),
        ("hours", "-1", "E-NUM"),
        ("count", "101", "E-NUM"),
        ("equipmentId", "EQ999", "E-EQ-ID"),
        ("status", "BROKEN", "E-STATUS"),
    ];
    limits(desk, "equipment", EQUIPMENT, &bad);
}

fn s_man_01_manpower_is_listed_by_site_and_days(desk: &TestDesk) {
    listed(desk, "manpower", MANPOWER);
}

fn s_man_02_manpower_is_entered_within_its_limits(desk: &TestDesk) {
    let bad = [
        ("headcount", "501", "E-NUM"),
        ("hours", "24.5", "E-NUM"),
        ("roleId", "ROLE_PILOT", "E-ROLE-CODE"),
    ];
    limits(desk, "manpower", MANPOWER, &bad);
}

fn s_inv_01_stock_is_listed_by_site_and_days(desk: &TestDesk) {
    listed(desk, "inventory", INVENTORY);
    let told = desk
        .raw(
            "inventory/list",
            json!({"filter": {"siteId": SITE, "dateFrom": TODAY, "dateTo": "2026-11-20"}}),
        )
        .unwrap_err();
    assert!(told.details[0].message.contains("must be less than or equal to dateTo"));
}

fn s_inv_02_what_people_say_of_stock_is_entered_within_its_limits(desk: &TestDesk) {
    let bad = [
        ("countedTon", "-0.001", "E-NUM"),
        ("typedTon", "1000000", "E-NUM"),
        ("openingOverrideTon", "-1000000", "E-NUM"),
        ("closingTon", "5", "E-COMPUTED"),
    ];
    limits(desk, "inventory", INVENTORY, &bad);
    let told = desk
        .raw(
            "inventory/create",
            json!({"draft": draft(TODAY, &[("materialId", "MAT001"), ("typedTon", "-3")])}),
        )
        .unwrap_err();
    assert_eq!(
        (told.details[0].path.as_str(), told.details[0].code.as_str()),
        ("reason", "E-REQUIRED")
    );
}

fn f_03_a_row_is_the_level_at_the_end_of_its_day(desk: &TestDesk) {
    production().on("2026-11-20").tons("10").save(desk);
    enter::<Dispatch>(desk, "2026-11-20", &[("materialId", "MAT002"), ("qtyTon", "4")]);
    assert_eq!(stock(desk, "2026-11-20", "MAT002").closing_kg.raw(), 6_000);
}

fn d_35_a_closing_that_is_sent_is_refused(desk: &TestDesk) {
    let fields = [("materialId", "MAT002"), ("closingTon", "77")];
    let told = desk.raw("inventory/create", json!({"draft": draft(TODAY, &fields)})).unwrap_err();
    assert_eq!(told.details[0].code, "E-COMPUTED");
    assert!(told.details[0].message.contains("computed by DeskOps"), "{told:?}");
}

fn d_41_hours_are_of_one_machine_or_head_and_totals_are_derived(desk: &TestDesk) {
    enter::<Equipment>(desk, TODAY, &[("equipmentId", "EQ004"), ("count", "2"), ("hours", "10")]);
    let metrics = desk.raw("dashboard/metrics", json!({"siteId": SITE})).unwrap();
    assert_eq!(metrics["equipmentUtilization"]["current"], json!(20), "twice ten hours");
    let fleet = [("equipmentId", "EQ005"), ("count", "2"), ("hours", "40")];
    let told = desk.raw("equipment/create", json!({"draft": draft(TODAY, &fleet)})).unwrap_err();
    assert_eq!(
        told.details[0].max.as_deref(),
        Some("24.00"),
        "a fleet's total is no machine's day"
    );
}

fn d_42_hours_belong_to_at_least_one(desk: &TestDesk) {
    for (module, fields) in [
        ("equipment", [("equipmentId", "EQ001"), ("hours", "8"), ("count", "0")]),
        ("manpower", [("roleId", "ROLE_LABORER"), ("hours", "8"), ("headcount", "0")]),
    ] {
        let told = desk.raw(&format!("{module}/create"), json!({"draft": draft(TODAY, &fields)}));
        assert_eq!(told.unwrap_err().details[0].min.as_deref(), Some("1"), "{module}");
    }
}

fn d_43_a_second_shift_and_a_second_line_are_possible(desk: &TestDesk) {
    let first = production().save(desk);
    production().with("shift", "NIGHT").save(desk);
    let told = production().try_save(desk).unwrap_err();
    assert_eq!((told.code, told.record), (Code::DuplicateRecord, Some(first.id)));
    assert!(told.message.contains("Change that one, or add a line"), "{}", told.message);
    production().with("line", 2).save(desk);
}

fn d_44_no_shift_is_the_whole_day_and_is_unique(desk: &TestDesk) {
    let entry = enter::<Manpower>(
        desk,
        TODAY,
        &[("roleId", "ROLE_LABORER"), ("headcount", "8"), ("hours", "8")],
    );
    let twin = draft(
        TODAY,
        &[("roleId", "ROLE_LABORER"), ("headcount", "9"), ("hours", "8"), ("shift", "ALL")],
    );
    let told = desk.raw("manpower/create", json!({"draft": twin})).unwrap_err();
    assert_eq!((told.code, told.record), (Code::DuplicateRecord, Some(entry.id)));
}

fn d_45_the_shifts_are_three_and_the_whole_day(desk: &TestDesk) {
    for shift in ["ALL", "MORNING", "AFTERNOON", "NIGHT"] {
        production().with("shift", shift).save(desk);
    }
    let told = production().with("shift", "D&N").try_save(desk).unwrap_err();
    assert!(told.details[0].message.contains("ALL, MORNING, AFTERNOON, NIGHT"), "{told:?}");
}

fn d_47_each_module_has_its_operation_and_takes_another(desk: &TestDesk) {
    let made = production().save(desk);
    let left = enter::<Dispatch>(desk, TODAY, &[("materialId", "MAT002"), ("qtyTon", "1")]);
    let codes = json!([made, left]);
    assert_eq!(
        (&codes[0]["operation"], &codes[1]["operation"]),
        (&json!("CRU-PRO"), &json!("CRU-DIS"))
    );
    let other = production().with("operation", "SEG-OP").save(desk);
    assert_eq!(json!(other)["operation"], "SEG-OP");
}

fn d_48_a_date_is_the_sites_day_and_never_to_come(desk: &TestDesk) {
    let told = production().on("2026-11-23").try_save(desk).unwrap_err();
    assert_eq!(told.details[0].max.as_deref(), Some(TODAY));
    // Half past nine in the evening in UTC is the next day in Jeddah.
    desk.at("2026-11-22T21:30:00Z");
    let entry = production().on("2026-11-22T21:10:00Z").save(desk);
    assert_eq!(entry.date.to_string(), "2026-11-23");
}

fn d_50_a_range_ends_after_it_begins(desk: &TestDesk) {
    let filter = json!({"siteId": SITE, "dateFrom": TODAY, "dateTo": "2026-11-01"});
    for verb in ["list", "sums", "export"] {
        let mut input = json!({"filter": filter});
        if verb == "export" {
            input["format"] = json!("csv");
        }
        let told = desk.raw(&format!("production/{verb}"), input).unwrap_err();
        assert_eq!(
            (told.code, told.details[0].code.as_str()),
            (Code::ValidationError, "E-DATE"),
            "{verb}"
        );
    }
}
