//! How far back each role sees: one rule for every command that knows a day.

use deskops_domain::access::{Caller, Role};
use deskops_domain::api::{Code, Refusal};
use deskops_domain::modules::{ModuleVisitor, each_setting};
use deskops_domain::record::Record;
use deskops_tests::desk::{SITE, TODAY, log};
use deskops_tests::{TestDesk, production};
use serde_json::{Value as Json, json};

use super::facts;

/// A role, its first day at 2026-11-22 and the day before.
const LIMITED: [(Role, &str, &str); 2] =
    [(Role::Operator, "2026-08-24", "2026-08-23"), (Role::Moderator, "2025-11-22", "2025-11-21")];

facts!(
    a_day_out_of_sight_is_refused_by_every_command_and_the_first_one_in_sight_is_not,
    an_open_list_is_cut_to_what_is_seen,
    a_record_out_of_sight_looks_like_none,
    an_export_is_as_long_as_the_role_allows,
    the_days_are_counted_from_the_business_day_of_the_site,
);

fn asked(desk: &TestDesk, role: Role, name: &str, input: Json) -> Result<Json, Refusal> {
    let caller = Caller::named("u", Some(role), Some(vec![SITE.into()]));
    desk.raw_as(&caller, name, input)
}

/// Every command that names days, asked for one day, by its name.
fn on(name: &str, date: &str) -> Option<Json> {
    let filter = json!({"siteId": SITE, "dateFrom": date, "dateTo": date});
    let (module, verb) = name.split_once('/').unwrap();
    Some(match verb {
        "list" if module == "completeness" => json!({"dateTo": date, "days": 1}),
        "board" => json!({"date": date, "dateFrom": date}),
        "list" | "sums" => json!({"filter": filter}),
        "export" => json!({"filter": filter, "format": "csv"}),
        "judge" => json!({"draft": {"siteId": SITE, "date": date}}),
        "estimate" | "report" => json!({"siteId": SITE, "dateFrom": date, "dateTo": TODAY}),
        "day" | "ready" | "propose" | "apply" => json!({"siteId": SITE, "date": date}),
        "keep-draft" => json!({"siteId": SITE, "date": date, "row": "x", "cells": null}),
        _ => return None,
    })
}

fn a_day_out_of_sight_is_refused_by_every_command_and_the_first_one_in_sight_is_not(
    desk: &TestDesk,
) {
    struct Dated(Vec<String>);
    impl ModuleVisitor for Dated {
        fn visit<R: Record>(&mut self) {
            self.0.push(format!("{}/", R::NAME));
        }
    }
    // What holds from a day on is seen however old it is.
    let mut dated =
        Dated(["connection/", "devices/", "security/", "users/"].map(str::to_owned).into());
    each_setting(&mut dated);
    let names: Vec<String> = deskops_core::Router::all().names().map(str::to_owned).collect();
    let mut n_asked = 0;
    for name in names.iter().filter(|name| !dated.0.iter().any(|dated| name.starts_with(dated))) {
        for (role, first, before) in LIMITED {
            let Some(input) = on(name, TODAY) else { continue };
            assert!(asked(desk, role, name, input).is_ok(), "{name} as {role:?}");
            let seen = asked(desk, role, name, on(name, first).unwrap());
            assert!(seen.is_ok(), "{name} as {role:?}: {seen:?}");
            let refusal = asked(desk, role, name, on(name, before).unwrap()).unwrap_err();
            assert_eq!(refusal.code, Code::Forbidden, "{name} as {role:?}");
            assert!(refusal.message.contains(first), "it names the limit: {}", refusal.message);
            assert!(refusal.message.contains(before), "and the value: {}", refusal.message);
            n_asked += 1;
        }
        if let Some(input) = on(name, "2010-01-01") {
            assert!(asked(desk, Role::Admin, name, input).is_ok(), "{name}: everything");
        }
    }
    assert!(n_asked > 40, "{n_asked}");
}

fn an_open_list_is_cut_to_what_is_seen(desk: &TestDesk) {
    for date in [TODAY, "2026-08-24", "2026-08-23", "2025-11-22", "2025-11-21", "2019-01-01"] {
        production().on(date).save(desk);
    }
    let filter = json!({"filter": {"siteId": SITE}});
    for (role, n_rows) in [(Role::Operator, 2), (Role::Moderator, 4), (Role::Admin, 6)] {
        let sums = asked(desk, role, "production/sums", filter.clone()).unwrap();
        assert_eq!(sums["rows"], json!(n_rows), "{role:?}");
        let list = asked(desk, role, "production/list", filter.clone()).unwrap();
        assert_eq!(list["entries"].as_array().unwrap().len(), n_rows, "{role:?}");
    }
}

fn a_record_out_of_sight_looks_like_none(desk: &TestDesk) {
    let old = production().on("2026-08-23").save(desk);
    let before = log(&desk.desk).len();
    let draft = json!({"siteId": SITE, "date": TODAY, "materialId": "MAT003", "qtyTon": "1"});
    for (verb, input) in [
        ("get", json!({"id": old.id})),
        ("history", json!({"id": old.id})),
        ("void", json!({"id": old.id})),
        ("restore", json!({"id": old.id})),
        ("edit", json!({"id": old.id, "draft": {"notes": "x"}})),
        ("replace", json!({"id": old.id, "rev": 1, "draft": draft})),
    ] {
        let name = format!("production/{verb}");
        let refusal = asked(desk, Role::Operator, &name, input).unwrap_err();
        assert_eq!(refusal.code, Code::NotFound, "{verb}");
    }
    let new = production().of("MAT004").on("2026-08-23").0;
    let refusal =
        asked(desk, Role::Operator, "production/create", json!({"draft": new})).unwrap_err();
    assert_eq!(refusal.code, Code::Forbidden);
    assert_eq!(log(&desk.desk).len(), before, "nothing was changed");
    assert!(asked(desk, Role::Moderator, "production/get", json!({"id": old.id})).is_ok());
}

fn an_export_is_as_long_as_the_role_allows(desk: &TestDesk) {
    let today = deskops_tests::builders::day(TODAY);
    for (role, longest) in [(Role::Operator, 30), (Role::Moderator, 90), (Role::Admin, 365)] {
        let file = |n_days: i64| {
            let filter =
                json!({"siteId": SITE, "dateFrom": today.plus(1 - n_days), "dateTo": today});
            asked(desk, role, "production/export", json!({"filter": filter, "format": "csv"}))
        };
        assert!(file(longest).is_ok(), "{role:?}");
        let refusal = file(longest + 1).unwrap_err();
        assert_eq!(refusal.code, Code::Forbidden, "{role:?}");
        assert!(refusal.message.contains(&format!("at most {longest} days")), "{refusal}");
        assert!(refusal.message.contains(&(longest + 1).to_string()), "{refusal}");
    }
}

fn the_days_are_counted_from_the_business_day_of_the_site(desk: &TestDesk) {
    // Half past eight in the evening UTC is still the same day in Jeddah; half past nine is the next.
    let ask = || {
        asked(desk, Role::Operator, "production/day", on("production/day", "2026-08-24").unwrap())
    };
    desk.at("2026-11-22T20:30:00Z");
    assert!(ask().is_ok());
    desk.at("2026-11-22T21:30:00Z");
    assert_eq!(ask().unwrap_err().code, Code::Forbidden);
}
