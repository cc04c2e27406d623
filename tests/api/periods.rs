//! Closing a day and a month: what must be there, who may, and what a closed day takes.

use deskops_domain::access::{Caller, Role};
use deskops_domain::api::Code;
use deskops_domain::api::records::{Create, Edit, Void};
use deskops_domain::modules::{Dispatch, NilReturn, Production, Received};
use deskops_domain::quantity::Tons;
use deskops_tests::TestDesk;
use deskops_tests::builders::{draft, enter, production, stock};
use deskops_tests::desk::{SITE, TODAY};
use serde_json::{Value as Json, json};

use crate::facts;
use crate::ledger::assert_true;

facts! {
    f_04_a_day_is_closed_when_its_four_inputs_are_there,
    a_statement_of_nothing_is_an_input_and_says_by_whom,
    a_change_to_a_locked_day_is_refused_for_every_kind_of_record,
    a_locked_day_is_opened_again_with_a_reason_and_the_past_tells_it,
    a_change_opens_a_closed_day_again,
    a_locked_day_keeps_its_figures_and_says_that_its_opening_is_off,
    a_month_is_not_closed_over_drafts_pending_weights_and_open_days,
    a_locked_month_takes_no_change_on_any_of_its_days,
    a_future_day_is_not_closed,
}

fn ask(desk: &TestDesk, verb: &str, date: &str) -> Result<Json, deskops_domain::api::Refusal> {
    desk.raw(&format!("periods/{verb}"), json!({"siteId": SITE, "date": date}))
}

fn nothing(desk: &TestDesk, date: &str, modules: &[&str]) {
    for module in modules {
        enter::<NilReturn>(desk, date, &[("module", module)]);
    }
}

/// A day on which everything is entered.
fn whole_day(desk: &TestDesk, date: &str) {
    production().on(date).save(desk);
    nothing(desk, date, &["received", "dispatch"]);
}

fn f_04_a_day_is_closed_when_its_four_inputs_are_there(desk: &TestDesk) {
    let told = ask(desk, "close", TODAY).unwrap_err();
    assert_eq!(told.code, Code::NotReady);
    let paths: Vec<_> = told.details.iter().map(|problem| problem.path.as_str()).collect();
    assert_eq!(paths, ["production", "received", "dispatch", "opening"]);
    whole_day(desk, TODAY);
    let told = ask(desk, "lock", TODAY).unwrap_err();
    assert!(told.message.contains("no stock to start from"), "{}", told.message);
    nothing(desk, TODAY, &["inventory"]);
    let closed = ask(desk, "close", TODAY).unwrap();
    assert_eq!(
        (closed["state"].as_str(), closed["updatedBy"].as_str()),
        (Some("CLOSED"), Some("this-computer"))
    );
    let ready = ask(desk, "ready", TODAY).unwrap();
    assert_eq!(ready["period"]["state"], "CLOSED");
}

fn a_statement_of_nothing_is_an_input_and_says_by_whom(desk: &TestDesk) {
    whole_day(desk, TODAY);
    let ready = ask(desk, "ready", TODAY).unwrap();
    let dispatch = &ready["inputs"][2];
    assert_eq!(dispatch["module"], "dispatch");
    assert_eq!(dispatch["nil"], json!(["this-computer", "2026-11-22T06:00:00.000Z"]));
    assert_eq!(ready["inputs"][0]["rows"], 1);
}

fn locked_day(desk: &TestDesk, date: &str) {
    whole_day(desk, date);
    if ask(desk, "ready", date).unwrap()["hasOpening"] == false {
        nothing(desk, date, &["inventory"]);
    }
    ask(desk, "lock", date).unwrap();
}

fn a_change_to_a_locked_day_is_refused_for_every_kind_of_record(desk: &TestDesk) {
    let kept = production().of("MAT003").on("2026-11-20").save(desk);
    locked_day(desk, "2026-11-20");
    let before = deskops_tests::desk::log(&desk.desk).len();
    let at = "2026-11-20";
    let tries = [
        desk.call(Create::<Production>::new(draft(at, &[("materialId", "MAT001"), ("qtyTon", "1")]))).map(|_| ()),
        desk.call(Create::<Received>::new(draft(at, &[("materialId", "MAT001"), ("qtyTon", "1")]))).map(|_| ()),
        desk.call(Void::<Production>::new(kept.id.clone(), None)).map(|_| ()),
        desk.call(Edit::<Production>::new(kept.id, None, draft_of("qtyTon", "5"))).map(|_| ()),
        desk.raw("inventory/create", json!({"draft": draft(at, &[("materialId", "MAT001"), ("countedTon", "1")])})).map(|_| ()),
        desk.raw("run/create", json!({"draft": draft(at, &[("equipmentId", "EQ001"), ("feedId", "MAT015"), ("feedTon", "1")])})).map(|_| ()),
        desk.raw("nil_return/create", json!({"draft": draft(at, &[("module", "equipment")])})).map(|_| ()),
        desk.raw("equipment/create", json!({"draft": draft(at, &[("equipmentId", "EQ001"), ("count", "1"), ("hours", "8")])})).map(|_| ()),
    ];
    for (n, done) in tries.into_iter().enumerate() {
        let told = done.unwrap_err();
        assert_eq!((told.code, told.code.status()), (Code::PeriodLocked, 409), "try {n}");
        assert!(told.message.contains("Fri 20 Nov 2026 is locked"), "{}", told.message);
        assert!(told.hint.unwrap().contains("supervisor"));
    }
    assert_eq!(deskops_tests::desk::log(&desk.desk).len(), before, "nothing was changed");
}

fn draft_of(field: &str, value: &str) -> deskops_domain::draft::Draft {
    [(field.to_owned(), json!(value))].into_iter().collect()
}

fn a_locked_day_is_opened_again_with_a_reason_and_the_past_tells_it(desk: &TestDesk) {
    locked_day(desk, "2026-11-20");
    let unlock = |reason: &str| {
        desk.raw("periods/unlock", json!({"siteId": SITE, "date": "2026-11-20", "reason": reason}))
    };
    assert_eq!(unlock(" ").unwrap_err().details[0].code, "E-REQUIRED");
    assert_eq!(unlock(&"x".repeat(501)).unwrap_err().details[0].max.as_deref(), Some("500"));
    let opened = unlock("Ticket 10236 was forgotten").unwrap();
    assert_eq!(unlock("again").unwrap_err().code, Code::RecordChanged);
    enter::<Dispatch>(desk, "2026-11-20", &[("materialId", "MAT001"), ("qtyTon", "3")]);
    let past = desk.raw("period/history", json!({"id": opened["id"]})).unwrap();
    let states: Vec<_> = past
        .as_array()
        .unwrap()
        .iter()
        .map(|past| past["change"]["set"]["state"]["to"]["state"].clone())
        .collect();
    assert_eq!(states, [json!("OPEN"), json!("LOCKED")]);
    assert_eq!(past[0]["change"]["set"]["state"]["to"]["reason"], "Ticket 10236 was forgotten");
    assert_true(desk);
}

fn a_change_opens_a_closed_day_again(desk: &TestDesk) {
    whole_day(desk, TODAY);
    nothing(desk, TODAY, &["inventory"]);
    ask(desk, "close", TODAY).unwrap();
    production().of("MAT003").save(desk);
    let period = &ask(desk, "ready", TODAY).unwrap()["period"];
    assert_eq!(
        (&period["state"], &period["reason"]),
        (&json!("OPEN"), &json!("Production was changed after closing"))
    );
}

fn a_locked_day_keeps_its_figures_and_says_that_its_opening_is_off(desk: &TestDesk) {
    let first = production().on("2026-11-18").tons("100").save(desk);
    locked_day(desk, "2026-11-20");
    production().on("2026-11-21").tons("1").save(desk);
    desk.call(Edit::<Production>::new(first.id, None, draft_of("qtyTon", "104.2"))).unwrap();
    let row = stock(desk, "2026-11-20", "MAT002");
    assert_eq!((row.opening_kg, row.closing_kg), (Tons::kg(100_000), Tons::kg(110_000)));
    assert_eq!(
        stock(desk, "2026-11-21", "MAT002").opening_kg,
        Tons::kg(110_000),
        "nothing reaches through"
    );
    let off = ask(desk, "ready", "2026-11-20").unwrap()["off"].clone();
    assert_eq!(off, json!([{"day": "2026-11-20", "materialId": "MAT002", "offKg": -4_200}]));
    assert_true(desk);
    desk.raw(
        "periods/unlock",
        json!({"siteId": SITE, "date": "2026-11-20", "reason": "take it over"}),
    )
    .unwrap();
    assert_eq!(stock(desk, "2026-11-21", "MAT002").opening_kg, Tons::kg(114_200));
    assert_true(desk);
}

fn a_month_is_not_closed_over_drafts_pending_weights_and_open_days(desk: &TestDesk) {
    let month = |verb: &str| {
        desk.raw(
            &format!("periods/{verb}"),
            json!({"siteId": SITE, "date": "2026-10-31", "kind": "MONTH"}),
        )
    };
    enter::<Dispatch>(desk, "2026-10-05", &[("materialId", "MAT001"), ("trips", "3")]);
    let cells = json!({"qtyTon": "abc"});
    desk.raw(
        "production/keep-draft",
        json!({"siteId": SITE, "date": "2026-10-06", "row": "x", "cells": cells}),
    )
    .unwrap();
    let told = month("lock").unwrap_err();
    assert_eq!(told.code, Code::NotReady);
    for part in [
        "Production: 1 row is not right",
        "weight of 3 loads is pending",
        "1 days of the month are not closed",
    ] {
        assert!(told.message.contains(part), "{part}: {}", told.message);
    }
}

fn a_locked_month_takes_no_change_on_any_of_its_days(desk: &TestDesk) {
    production().on("2026-10-05").save(desk);
    nothing(desk, "2026-10-05", &["received", "dispatch", "inventory"]);
    ask(desk, "lock", "2026-10-05").unwrap();
    desk.raw("periods/lock", json!({"siteId": SITE, "date": "2026-10-20", "kind": "MONTH"}))
        .unwrap();
    let told = production().on("2026-10-30").try_save(desk).unwrap_err();
    assert_eq!(told.code, Code::PeriodLocked);
    production().on("2026-11-01").save(desk);
    assert_true(desk);
}

fn a_future_day_is_not_closed(desk: &TestDesk) {
    assert_eq!(ask(desk, "close", "2026-11-23").unwrap_err().details[0].code, "E-DATE");
}

#[test]
fn an_operator_closes_and_only_a_supervisor_locks() {
    let mut desk = TestDesk::direct();
    whole_day(&desk, TODAY);
    nothing(&desk, TODAY, &["inventory"]);
    let caller = |role| Caller::named("u", Some(role), Some(vec![SITE.into()]));
    desk.caller = caller(Role::Operator);
    assert!(ask(&desk, "close", TODAY).is_ok());
    assert_eq!(ask(&desk, "lock", TODAY).unwrap_err().code, Code::Forbidden);
    desk.caller = caller(Role::Moderator);
    assert!(ask(&desk, "lock", TODAY).is_ok());
    desk.caller = caller(Role::Operator);
    let unlock = json!({"siteId": SITE, "date": TODAY, "reason": "x"});
    assert_eq!(desk.raw("periods/unlock", unlock).unwrap_err().code, Code::Forbidden);
}

#[test]
fn only_a_supervisor_sets_the_stock_that_a_day_opens_with() {
    let mut desk = TestDesk::direct();
    let caller = |role| Caller::named("u", Some(role), Some(vec![SITE.into()]));
    let set = [("materialId", "MAT002"), ("openingOverrideTon", "100")];
    desk.caller = caller(Role::Operator);
    let told = desk.raw("inventory/create", json!({"draft": draft(TODAY, &set)})).unwrap_err();
    assert_eq!(told.code, Code::Forbidden);
    let counted = [("materialId", "MAT002"), ("countedTon", "90")];
    let entry = enter::<deskops_domain::modules::Inventory>(&desk, TODAY, &counted);
    desk.caller = caller(Role::Moderator);
    let edit = json!({"id": entry.id, "draft": {"openingOverrideTon": "100"}});
    assert!(desk.raw("inventory/edit", edit).is_ok());
    assert_eq!(stock(&desk, TODAY, "MAT002").variance_kg, Tons::kg(-10_000));
}
