//! The board of sites and days: how far each is, who may look, and where one is from afar.

use deskops_domain::access::{Caller, Role};
use deskops_domain::api::Code;
use deskops_domain::api::completeness::{Completeness, ListCompleteness, Stage, closed_of};
use deskops_domain::api::periods::Readiness;
use deskops_domain::choice::PeriodKind;
use deskops_domain::modules::NilReturn;
use deskops_tests::TestDesk;
use deskops_tests::builders::{day, enter};
use deskops_tests::desk::{SITE, TODAY};
use serde_json::{Value as Json, json};

use crate::facts;

facts! {
    each_stage_of_a_day_is_told_with_who_closed_it,
    what_keeps_a_day_open_on_the_board_is_what_closing_it_says,
    a_day_that_is_not_closed_on_the_second_working_day_after_it_is_overdue,
    each_site_has_its_own_day_and_the_days_on_which_it_was_in_use,
    a_locked_month_locks_its_days_and_a_reopened_day_is_open,
    rows_that_are_not_right_yet_keep_a_day_partial,
    only_sites_within_reach_are_on_the_board,
    the_board_is_a_month_long_at_most_and_within_sight,
    a_site_that_is_out_of_use_has_nothing_to_close,
}

/// Honolulu, where it is still Saturday the 21st: Saturday and Sunday are off.
pub(crate) fn other_site(desk: &TestDesk) -> String {
    let draft = json!({"code": "OTHER-1", "name": "Other", "timezone": "Pacific/Honolulu",
        "daysOff": "6,7", "date": "2026-11-16"});
    let entry = desk.done("sites/create", json!({"draft": draft}))["entry"].take();
    entry["id"].as_str().unwrap().to_owned()
}

fn nothing(desk: &TestDesk, site: &str, date: &str, modules: &[&str]) {
    for module in modules {
        let draft = json!({"siteId": site, "date": date, "module": module});
        desk.done("nil_return/create", json!({"draft": draft}));
    }
}

/// A day on which everything is entered.
fn whole_day(desk: &TestDesk, date: &str) {
    nothing(desk, SITE, date, &["production", "received", "dispatch", "inventory"]);
}

fn period(desk: &TestDesk, verb: &str, date: &str) {
    desk.done(&format!("periods/{verb}"), json!({"siteId": SITE, "date": date}));
}

fn board(desk: &TestDesk) -> Completeness {
    desk.call(ListCompleteness { days: Some(7), ..ListCompleteness::default() }).unwrap()
}

fn stages(board: &Completeness, site: &str) -> Vec<Stage> {
    let found = board.sites.iter().find(|line| line.site_id == site).unwrap();
    found.days.iter().map(|day| day.stage).collect()
}

fn each_stage_of_a_day_is_told_with_who_closed_it(desk: &TestDesk) {
    for date in ["2026-11-16", "2026-11-17", "2026-11-19"] {
        whole_day(desk, date);
    }
    period(desk, "close", "2026-11-16");
    period(desk, "lock", "2026-11-17");
    nothing(desk, SITE, "2026-11-18", &["production"]);
    let board = board(desk);
    let days: Vec<_> = board.days.iter().map(ToString::to_string).collect();
    assert_eq!((days[0].as_str(), days[6].as_str(), days.len()), ("2026-11-16", TODAY, 7));
    let expected = [
        Stage::Closed,
        Stage::Locked,
        Stage::Partial,
        Stage::Entered,
        Stage::DayOff,
        Stage::Empty,
        Stage::Empty,
    ];
    assert_eq!(stages(&board, SITE), expected);
    let line = &board.sites[0];
    assert_eq!(line.today, day(TODAY));
    let by = line.days[1].by.as_ref().map(|(by, at)| (by.as_str(), at.to_string()));
    assert_eq!(by, Some(("this-computer", "2026-11-22T06:00:00.000Z".to_owned())));
    let partial = &line.days[2];
    assert_eq!(
        (partial.n_there, partial.by.clone()),
        (2, None),
        "the stock of a locked day is known"
    );
    assert_eq!(partial.missing, ["received", "dispatch"]);
    assert_eq!(line.days[3].n_there, 4);
    assert_eq!(closed_of(&line.days), (2, 6), "a day off is not expected to be closed");
}

fn what_keeps_a_day_open_on_the_board_is_what_closing_it_says(desk: &TestDesk) {
    whole_day(desk, "2026-11-16");
    nothing(desk, SITE, "2026-11-17", &["production", "dispatch"]);
    desk.enter("received", "2026-11-18", json!({"materialId": "MAT016", "loads": 3}));
    nothing(desk, SITE, "2026-11-18", &["production", "dispatch"]);
    let draft = json!({"siteId": SITE, "date": "2026-11-19", "row": "x", "cells": {"notes": "?"}});
    desk.done("production/keep-draft", draft);
    desk.enter(
        "inventory",
        "2026-11-19",
        json!({"materialId": "MAT001", "openingOverrideTon": "5"}),
    );
    nothing(desk, SITE, "2026-11-21", &["production", "received", "dispatch"]);
    let board = board(desk);
    for (date, cell) in board.days.iter().zip(&board.sites[0].days) {
        let ready = desk.raw("periods/ready", json!({"siteId": SITE, "date": date})).unwrap();
        let ready: Readiness = serde_json::from_value(ready).unwrap();
        let keeping = ready.missing(PeriodKind::Day);
        let is_touched = ready.inputs.iter().any(|input| input.is_there() || input.drafts > 0);
        assert_eq!(cell.stage == Stage::Entered, is_touched && keeping.is_empty(), "{date}");
        let needed = keeping.iter().filter(|(_, told)| !told.contains("not right yet"));
        let needed: Vec<_> = needed.map(|(path, _)| (*path).to_owned()).collect();
        assert_eq!(cell.missing, needed, "{date}");
        assert_eq!(cell.n_there + needed.len(), 4, "{date}");
        assert_eq!(
            cell.drafts,
            ready.inputs.iter().map(|input| input.drafts).sum::<u64>(),
            "{date}"
        );
    }
    assert_eq!(stages(&board, SITE)[5], Stage::Entered, "the stock is known since the 18th");
}

fn a_day_that_is_not_closed_on_the_second_working_day_after_it_is_overdue(desk: &TestDesk) {
    for date in ["2026-11-17", "2026-11-19"] {
        whole_day(desk, date);
    }
    period(desk, "close", "2026-11-17");
    // Sunday the 22nd; Friday the 20th was off.
    let late: Vec<_> = board(desk).sites[0].days.iter().map(|day| day.is_overdue).collect();
    assert_eq!(late, [true, false, true, true, false, false, false]);
    // A day off on which something was entered is to be closed, too.
    nothing(desk, SITE, "2026-11-20", &["dispatch"]);
    let friday = board(desk).sites[0].days[4].clone();
    assert_eq!((friday.stage, friday.is_overdue), (Stage::Partial, true));
    desk.at("2026-11-23T06:00:00Z");
    let late = board(desk).sites[0].days.iter().map(|day| day.is_overdue).collect::<Vec<_>>();
    assert_eq!(late[4..], [true, false, false], "Saturday is overdue on Monday");
}

fn each_site_has_its_own_day_and_the_days_on_which_it_was_in_use(desk: &TestDesk) {
    let other = other_site(desk);
    let ask = ListCompleteness { days: Some(9), ..ListCompleteness::default() };
    let board = desk.call(ask).unwrap();
    assert_eq!(board.days.last().unwrap().to_string(), TODAY, "the latest day of all sites");
    let line = board.sites.iter().find(|line| line.site_id == other).unwrap();
    assert_eq!(line.today.to_string(), "2026-11-21", "it is still Saturday there");
    let expected = [
        Stage::NotInUse,
        Stage::NotInUse,
        Stage::Empty,
        Stage::Empty,
        Stage::Empty,
        Stage::Empty,
        Stage::Empty,
        Stage::DayOff,
        Stage::NotYet,
    ];
    assert_eq!(stages(&board, &other), expected);
    assert!(!line.days[5].is_overdue && line.days[4].is_overdue, "by its own calendar");
    nothing(desk, &other, "2026-11-15", &["dispatch"]);
    let one = ListCompleteness { site_id: Some(other.clone()), ..ListCompleteness::default() };
    let one = desk.call(one).unwrap();
    assert_eq!((one.sites.len(), one.days.len()), (1, 14));
    assert_eq!(one.days.last().unwrap().to_string(), "2026-11-21");
    assert_eq!(stages(&one, &other)[7], Stage::Partial, "what is entered is seen, in use or not");
}

fn a_locked_month_locks_its_days_and_a_reopened_day_is_open(desk: &TestDesk) {
    whole_day(desk, "2026-10-29");
    period(desk, "lock", "2026-10-29");
    let month = json!({"siteId": SITE, "date": "2026-10-29", "kind": "MONTH"});
    desk.done("periods/lock", month.clone());
    let october = || {
        let to = Some(day("2026-10-31"));
        desk.call(ListCompleteness { date_to: to, days: Some(3), ..Default::default() }).unwrap()
    };
    assert_eq!(stages(&october(), SITE), [Stage::Locked; 3]);
    let mut open = month;
    open["reason"] = json!("a late ticket");
    desk.done("periods/unlock", open.clone());
    assert_eq!(stages(&october(), SITE), [Stage::Locked, Stage::DayOff, Stage::Empty]);
    open["kind"] = json!("DAY");
    desk.done("periods/unlock", open);
    assert_eq!(stages(&october(), SITE)[0], Stage::Entered);
}

fn rows_that_are_not_right_yet_keep_a_day_partial(desk: &TestDesk) {
    whole_day(desk, TODAY);
    let cells = json!({"siteId": SITE, "date": TODAY, "row": "x", "cells": {"notes": "?"}});
    desk.done("dispatch/keep-draft", cells);
    let today = board(desk).sites[0].days[6].clone();
    assert_eq!((today.stage, today.n_there, today.drafts), (Stage::Partial, 4, 1));
    assert!(enter::<NilReturn>(desk, "2026-11-21", &[("module", "dispatch")]).stamp.rev > 0);
}

fn caller(role: Role, sites: &[&str]) -> Caller {
    let sites = Some(sites.iter().map(|site| (*site).to_owned()).collect());
    Caller::named("u", Some(role), sites)
}

fn only_sites_within_reach_are_on_the_board(desk: &TestDesk) {
    let other = other_site(desk);
    let asked = |caller: &Caller, input: Json| {
        let found = desk.raw_as(caller, "completeness/list", input)?;
        let found: Completeness = serde_json::from_value(found).unwrap();
        Ok(found.sites.into_iter().map(|line| line.site_id).collect::<Vec<_>>())
    };
    let refused = |caller: &Caller, input: Json| -> Code {
        let told: deskops_domain::api::Refusal = asked(caller, input).unwrap_err();
        told.code
    };
    for role in [Role::Operator, Role::Moderator, Role::Admin] {
        let here = caller(role, &[SITE]);
        assert_eq!(asked(&here, json!({})), Ok(vec![SITE.to_owned()]), "{role:?}");
        assert_eq!(refused(&here, json!({"siteId": other})), Code::Forbidden, "{role:?}");
        let both = caller(role, &[SITE, &other]);
        assert_eq!(asked(&both, json!({})), Ok(vec![SITE.to_owned(), other.clone()]), "{role:?}");
        assert_eq!(asked(&both, json!({"siteId": other})), Ok(vec![other.clone()]), "{role:?}");
        assert_eq!(asked(&caller(role, &[]), json!({})), Ok(Vec::new()), "{role:?}");
    }
    let every = Caller { sites: None, ..caller(Role::Admin, &[]) };
    assert_eq!(asked(&every, json!({})).unwrap().len(), 2);
    assert_eq!(refused(&every, json!({"siteId": "cnowhere"})), Code::SiteNotFound);
    let without_role = Caller { role: None, ..caller(Role::Operator, &[SITE]) };
    assert_eq!(refused(&without_role, json!({})), Code::Forbidden);
    assert_eq!(refused(&Caller::nobody(), json!({})), Code::Unauthorized);
}

fn the_board_is_a_month_long_at_most_and_within_sight(desk: &TestDesk) {
    other_site(desk);
    for days in [0, 32, u32::MAX] {
        let told = desk.raw("completeness/list", json!({"days": days})).unwrap_err();
        assert_eq!((told.code, told.details[0].code.as_str()), (Code::ValidationError, "E-RANGE"));
        assert_eq!(told.details[0].path, "days", "{told:?}");
    }
    let operator = Caller { sites: None, ..caller(Role::Operator, &[]) };
    let ask = |to: &str, days: u32| {
        desk.raw_as(&operator, "completeness/list", json!({"dateTo": to, "days": days}))
    };
    // The first day in sight is 2026-08-24 here, and the day before in Honolulu.
    assert!(ask("2026-09-23", 31).is_ok());
    let told = ask("2026-09-22", 31).unwrap_err();
    assert_eq!(told.code, Code::Forbidden);
    assert!(told.message.contains("2026-08-24"), "{}", told.message);
    assert!(ask(TODAY, 31).is_ok());
    let future = desk.raw("completeness/list", json!({"dateTo": "2026-12-24", "days": 3})).unwrap();
    assert_eq!(future["sites"][0]["days"][0]["stage"], "NOT_YET");
}

fn a_site_that_is_out_of_use_has_nothing_to_close(desk: &TestDesk) {
    let other = other_site(desk);
    desk.done("sites/edit", json!({"id": other, "draft": {"isActive": false}}));
    assert_eq!(board(desk).sites.len(), 1);
    let own = desk.raw("completeness/list", json!({"siteId": other})).unwrap();
    assert_eq!(own["sites"].as_array().unwrap().len(), 1, "it is there for whoever asks for it");
}
