//! Every field of production against every kind of bad input: told by field, value and limit, all
//! at once, and nothing is written.

use deskops_core::Router;
use deskops_domain::access::Caller;
use deskops_domain::api::records::{Filter, List};
use deskops_domain::api::{Code, Refusal};
use deskops_domain::modules::Production;
use deskops_tests::desk::SITE;
use deskops_tests::{TestDesk, production};
use serde_json::{Value as Json, json};

crate::facts! {
    each_bad_value_of_each_field_is_told_and_nothing_is_written,
    all_problems_are_told_at_once,
    an_input_of_another_shape_is_refused,
    d_14_a_date_that_is_none_is_told_wherever_it_stands,
    d_20_a_draft_never_names_another_record_or_an_author,
    a_reason_is_text_like_any_other,
}

const MISSING: Json = Json::Null;

/// Field, bad value, code, and what the message must name.
fn cases() -> Vec<(&'static str, Json, &'static str, &'static str)> {
    let long = "x".repeat(1 << 20);
    let mut cases = vec![
        ("siteId", MISSING, "E-REQUIRED", "Site"),
        ("siteId", json!(" "), "E-REQUIRED", "Site"),
        ("siteId", json!(7), "E-SITE-ID", "text"),
        ("siteId", json!("cnowhere"), "E-SITE-ID", "cnowhere"),
        ("siteId", json!("\u{0}"), "E-SITE-ID", "U+0000"),
        ("date", MISSING, "E-REQUIRED", "Date"),
        ("date", json!(""), "E-REQUIRED", "Date"),
        ("date", json!(20_261_122), "E-DATE", "text"),
        ("date", json!("2026-02-31"), "E-DATE", "2026-02-31"),
        ("date", json!("2026-02-29"), "E-DATE", "2026-02-29"),
        ("date", json!("22/11/2026"), "E-DATE", "22/11/2026"),
        ("date", json!("2026-11-23"), "E-DATE", "future"),
        ("date", json!("1999-12-31"), "E-DATE", "2000-01-01"),
        ("date", json!("2026-11-22\u{7}"), "E-DATE", "U+0007"),
        ("materialId", MISSING, "E-REQUIRED", "Material"),
        ("materialId", json!([]), "E-MAT-ID", "text"),
        ("materialId", json!("MAT999"), "E-MAT-ID", "MAT999"),
        ("materialId", json!("mat001"), "E-MAT-ID", "mat001"),
        ("materialId", json!("MAT0\u{1b}01"), "E-MAT-ID", "U+001B"),
        ("qtyTon", MISSING, "E-REQUIRED", "Quantity"),
        ("qtyTon", json!("  "), "E-REQUIRED", "Quantity"),
        ("qtyTon", json!(true), "E-NUM", "number"),
        ("qtyTon", json!({"t": 1}), "E-NUM", "number"),
        ("qtyTon", json!("abc"), "E-NUM", "abc"),
        ("qtyTon", json!("NaN"), "E-NUM", "NaN"),
        ("qtyTon", json!("#REF!"), "E-NUM", "#REF!"),
        ("qtyTon", json!(0), "E-NUM", "more than 0.000"),
        ("qtyTon", json!("0.000"), "E-NUM", "more than 0.000"),
        ("qtyTon", json!(-0.001), "E-NUM", "-0.001"),
        ("qtyTon", json!("1000000"), "E-NUM", "999999.999"),
        ("qtyTon", json!(1e300), "E-NUM", "1e+300"),
        ("qtyTon", json!("99999999999999999999999"), "E-NUM", "far too large"),
        ("qtyTon", json!("1.2345"), "E-NUM", "3 decimals"),
        ("qtyTon", json!(0.0001), "E-NUM", "3 decimals"),
        ("qtyTon", json!("1\u{0}2"), "E-NUM", "not a number"),
        ("shift", json!("EVENING"), "E-SHIFT", "MORNING, AFTERNOON, NIGHT"),
        ("shift", json!(1), "E-SHIFT", "text"),
        ("operation", json!("CRUSHING"), "E-OP", "CRU-PRO, CRU-DIS, CRU-OP, SEG-OP"),
        ("operation", json!({}), "E-OP", "text"),
        ("line", json!(0), "E-NUM", "at least 1"),
        ("line", json!(100), "E-NUM", "at most 99"),
        ("line", json!(1.5), "E-NUM", "whole numbers"),
        ("line", json!("one"), "E-NUM", "one"),
        ("notes", json!(7), "E-TEXT", "text"),
        ("notes", json!("x".repeat(501)), "E-TEXT", "500"),
        ("notes", json!("belt\u{0}stop"), "E-TEXT", "U+0000"),
        ("qtyTons", json!("1"), "E-FIELD", "qtyTons"),
        ("createdBy", json!("me"), "E-FIELD", "createdBy"),
    ];
    for (field, code) in [
        ("siteId", "E-SITE-ID"),
        ("date", "E-DATE"),
        ("materialId", "E-MAT-ID"),
        ("qtyTon", "E-NUM"),
        ("shift", "E-SHIFT"),
        ("operation", "E-OP"),
        ("line", "E-NUM"),
        ("notes", "E-TEXT"),
    ] {
        cases.push((field, json!(long.clone()), code, ""));
    }
    cases
}

fn refused(desk: &TestDesk, field: &str, value: &Json) -> Refusal {
    let draft = if value.is_null() {
        production().without(field)
    } else {
        production().with(field, value.clone())
    };
    draft.try_save(desk).expect_err("a bad value is refused")
}

fn each_bad_value_of_each_field_is_told_and_nothing_is_written(desk: &TestDesk) {
    for (field, value, code, names) in cases() {
        let shown = deskops_domain::problem::clip(&value.to_string());
        let refusal = refused(desk, field, &value);
        assert!(
            matches!(refusal.code, Code::ValidationError | Code::SiteNotFound),
            "{field} {shown}: {refusal:?}"
        );
        let problem = refusal.details.iter().find(|problem| problem.path == field);
        let problem =
            problem.unwrap_or_else(|| panic!("{field} {shown} is not named in {refusal:?}"));
        assert_eq!(problem.code, code, "{field} {shown}: {problem:?}");
        assert!(problem.message.contains(names), "{field} {shown}: {}", problem.message);
        assert!(problem.message.len() < 400, "a message is for reading: {}", problem.message.len());
        assert_eq!(refusal.details.len(), 1, "{field} {shown}: nothing else is wrong: {refusal:?}");
    }
    let nothing = Filter::all(SITE);
    assert!(desk.call(List::<Production>::new(nothing, None, None)).unwrap().entries.is_empty());
    let logged = desk.desk.write(&desk.caller, |door| Ok(door.unsent())).unwrap();
    assert_eq!(logged, 0, "no change was counted");
}

fn all_problems_are_told_at_once(desk: &TestDesk) {
    let draft = production()
        .on("2026-02-31")
        .of("MAT999")
        .tons("-1")
        .with("shift", "EVENING")
        .with("notes", "x".repeat(501));
    let refusal = draft.try_save(desk).unwrap_err();
    let codes: Vec<_> = refusal.details.iter().map(|problem| problem.code.as_str()).collect();
    assert_eq!(codes, ["E-DATE", "E-MAT-ID", "E-SHIFT", "E-NUM", "E-TEXT"]);
    let quantity = &refusal.details[3];
    assert_eq!(
        (quantity.value.as_deref(), quantity.min.as_deref(), quantity.max.as_deref()),
        (Some("-1.000"), Some("> 0.000"), Some("999999.999"))
    );
}

fn an_input_of_another_shape_is_refused(desk: &TestDesk) {
    for input in [
        json!(null),
        json!([]),
        json!("x"),
        json!({}),
        json!({"draft": 7}),
        json!({"draft": {}, "force": true}),
    ] {
        let told = desk.raw("production/create", input.clone()).unwrap_err();
        assert_eq!((told.code, told.details.len()), (Code::ValidationError, 1), "{input}");
        assert!(!told.details[0].message.is_empty(), "{input}");
    }
}

fn d_14_a_date_that_is_none_is_told_wherever_it_stands(desk: &TestDesk) {
    let filter = json!({"siteId": SITE, "dateFrom": "2026-02-31"});
    for (name, input, path) in [
        ("production/list", json!({"filter": filter}), "filter.dateFrom"),
        ("production/export", json!({"filter": filter, "format": "csv"}), "filter.dateFrom"),
        ("production/day", json!({"siteId": SITE, "date": "2026-02-31"}), "date"),
        ("dashboard/board", json!({"siteId": SITE, "date": "-001-01-01"}), "date"),
    ] {
        let told = desk.raw(name, input).unwrap_err();
        assert_eq!(told.code, Code::ValidationError, "{name}");
        let problem = &told.details[0];
        assert_eq!((problem.path.as_str(), problem.code.as_str()), (path, "E-DATE"), "{name}");
    }
}

fn d_20_a_draft_never_names_another_record_or_an_author(desk: &TestDesk) {
    let told = production().with("id", "cother").try_save(desk).unwrap_err();
    assert_eq!(told.details[0].code, "E-FIELD");
    let entry = production().save(desk);
    let edit = |draft: Json| desk.raw("production/edit", json!({"id": entry.id, "draft": draft}));
    assert_eq!(edit(json!({"id": "cother", "qtyTon": 6})).unwrap_err().details[0].code, "E-KEY");
    assert_eq!(edit(json!({"createdBy": "me"})).unwrap_err().details[0].code, "E-FIELD");
    assert!(edit(json!({"id": entry.id, "qtyTon": 6})).is_ok(), "its own id is no other");
}

fn a_reason_is_text_like_any_other(desk: &TestDesk) {
    let entry = production().save(desk);
    let void =
        |reason: &str| desk.raw("production/void", json!({"id": entry.id, "reason": reason}));
    for reason in ["a\u{0}b", "\u{1b}[2J", &"x".repeat(501)] {
        let problem = &void(reason).unwrap_err().details[0];
        assert_eq!((problem.path.as_str(), problem.code.as_str()), ("reason", "E-TEXT"));
    }
    assert_eq!(void("  typed twice ").unwrap()["entry"]["voided"]["reason"], json!("typed twice"));
}

#[test]
fn a_material_that_is_out_of_use_is_refused_from_its_day_on() {
    let desk = TestDesk::direct();
    let before = production().on("2026-11-21").save(&desk);
    let clock = desk.clock.clone();
    let folder = desk.close();
    let conn = rusqlite::Connection::open(folder.path().join("deskops.db")).unwrap();
    let out = "update materials set inactive_from = '2026-11-20' where id = 'MAT002'";
    conn.execute(out, []).unwrap();
    drop(conn);
    let desk = deskops_tests::desk::open(folder.path(), &clock).unwrap();
    let caller = Caller::at_this_computer();
    let ask = |name: &str, input| Router::all().run(&desk, &caller, name, input);
    let save = |date: &str| ask("production/create", json!({"draft": production().on(date).0}));
    assert!(save("2026-11-19").is_ok(), "d_16: as of the record's date");
    let problem = &save("2026-11-20").unwrap_err().details[0];
    assert_eq!((problem.path.as_str(), problem.code.as_str()), ("materialId", "E-MAT-ID"));
    assert!(problem.message.contains("2026-11-20"), "{}", problem.message);
    let corrected = ask("production/edit", json!({"id": before.id, "draft": {"qtyTon": 7}}));
    assert!(corrected.is_ok(), "what was not touched is not judged again: {corrected:?}");
}

#[test]
fn a_clock_set_back_does_not_keep_a_clerk_from_correcting_today() {
    let desk = TestDesk::direct();
    let entry = production().save(&desk);
    desk.at("2026-11-21T06:00:00Z");
    let draft = json!({"notes": "belt stop"});
    assert!(desk.raw("production/edit", json!({"id": entry.id, "draft": draft})).is_ok());
}

#[test]
fn a_date_time_at_a_site_that_is_not_known_is_not_called_wrong() {
    let desk = TestDesk::direct();
    let told = production().with("siteId", "cnowhere").on("2026-11-20T21:00:00Z").try_save(&desk);
    let told = told.unwrap_err();
    let paths: Vec<_> = told.details.iter().map(|problem| problem.path.as_str()).collect();
    assert_eq!(paths, ["siteId"]);
    let entry = production().on("2026-11-20T21:00:00.000Z").save(&desk);
    assert_eq!(entry.date.to_string(), "2026-11-21", "d_01, d_32: the site's own day");
    let notes = production().of("MAT003").with("notes", "two\r\nlines").save(&desk).body.notes;
    assert_eq!(notes.as_deref(), Some("two\nlines"));
}
