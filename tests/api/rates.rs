//! Production lines from machine hours: proposed, written, following, and staying where somebody typed.

use deskops_domain::api::Code;
use deskops_tests::TestDesk;
use deskops_tests::desk::SITE;
use serde_json::{Value as Json, json};

crate::facts! {
    hours_become_lines_and_typed_ones_stay,
    a_line_that_is_typed_over_is_typed_and_stays_so,
    lines_follow_hours_and_go_when_no_hours_speak_for_them,
    a_new_split_from_a_date_changes_only_later_untouched_open_days,
    a_split_that_does_not_add_up_is_not_used,
    a_day_whose_machine_has_no_split_that_holds_keeps_its_lines,
    a_line_that_somebody_deleted_comes_back_only_when_asked,
    a_locked_day_takes_no_lines,
    more_than_a_line_holds_is_refused,
    hours_and_their_lines_are_one_step,
    hours_of_a_closed_day_open_it_and_its_lines_follow,
    what_hours_would_move_is_shown_before,
    what_lines_from_hours_would_move_is_shown_before,
    weighed_and_imported_lines_stay_like_typed_ones,
    a_count_against_hours_suggests_a_corrected_rate,
}

/// Jaw crusher: 250 t an hour, of which 3/4 150 and 3/8 100.
fn card(desk: &TestDesk) {
    desk.enter("rate", "2026-01-01", json!({"equipmentId": "EQ001", "tonsPerHour": 250}));
    split(desk, "2026-01-01", &[("MAT002", 150), ("MAT003", 100)]);
}

fn split(desk: &TestDesk, from: &str, products: &[(&str, i64)]) -> Vec<Json> {
    let each = products.iter().map(|(material, tons)| {
        let line = json!({"equipmentId": "EQ001", "materialId": material, "tonsPerHour": tons});
        desk.enter("rate_split", from, line)
    });
    each.collect()
}

fn hours(desk: &TestDesk, date: &str, hours: &str) -> Json {
    desk.enter("equipment", date, json!({"equipmentId": "EQ001", "count": 1, "hours": hours}))
}

fn apply(desk: &TestDesk, date: &str) -> usize {
    let done = desk.done("rates/apply", json!({"siteId": SITE, "date": date}));
    done["written"].as_array().unwrap().len()
}

fn propose(desk: &TestDesk, date: &str) -> Json {
    desk.done("rates/propose", json!({"siteId": SITE, "date": date}))
}

/// Material, tons and origin of each live line of a day.
fn lines(desk: &TestDesk, date: &str) -> Vec<String> {
    let filter = json!({"siteId": SITE, "dateFrom": date, "dateTo": date});
    let page = desk.done("production/list", json!({"filter": filter}));
    let mut lines: Vec<_> = page["entries"]
        .as_array()
        .unwrap()
        .iter()
        .map(|line| {
            let text = |name: &str| line[name].as_str().unwrap().to_owned();
            format!("{} {} {}", text("materialId"), line["qtyTon"], text("origin"))
        })
        .collect();
    lines.sort();
    lines
}

/// Eight hours come to 1,200 t of 3/4 and 800 t of 3/8; 60 t of the 3/4 are not there.
fn a_count_against_hours_suggests_a_corrected_rate(desk: &TestDesk) {
    card(desk);
    hours(desk, "2026-11-19", "8");
    assert_eq!(apply(desk, "2026-11-19"), 2);
    let counted = json!({"materialId": "MAT002", "countedTon": "1140"});
    desk.enter("inventory", "2026-11-20", counted);
    let report = |from: &str| {
        let days = json!({"siteId": SITE, "dateFrom": from, "dateTo": "2026-11-20"});
        desk.done("balance/report", days)["rates"].take()
    };
    let card = json!({"equipmentId": "EQ001", "perHourKg": 150_000, "suggestedKg": 142_500});
    let checked = json!([{"materialId": "MAT002", "fromHoursKg": 1_200_000, "varianceKg": -60_000, "cards": [card]}]);
    assert_eq!(report("2026-11-01"), checked);
    assert_eq!(report("2026-11-20"), json!([]), "nothing of these days came from hours");
}

fn hours_become_lines_and_typed_ones_stay(desk: &TestDesk) {
    card(desk);
    hours(desk, "2026-11-20", "8");
    let typed = json!({"materialId": "MAT003", "qtyTon": "777"});
    desk.enter("production", "2026-11-20", typed);
    let proposal = propose(desk, "2026-11-20");
    let line = &proposal["lines"][0];
    assert_eq!(
        (&line["line"]["materialId"], &line["line"]["kg"]),
        (&json!("MAT002"), &json!(1_200_000))
    );
    assert_eq!(
        line["line"]["parts"],
        json!([{"equipmentId": "EQ001", "hours": 800, "kg": 1_200_000}])
    );
    assert_eq!((&line["there"], &line["stays"]), (&Json::Null, &json!(false)));
    assert_eq!(proposal["lines"][1]["there"]["qtyTon"], json!(777.0));
    assert_eq!(proposal["lines"][1]["stays"], json!(true));
    assert_eq!(apply(desk, "2026-11-20"), 1);
    assert_eq!(lines(desk, "2026-11-20"), ["MAT002 1200.0 RATE", "MAT003 777.0 TYPED"]);
    assert_eq!(apply(desk, "2026-11-20"), 0, "nothing is left to write");
    assert_eq!(desk.closing("MAT002", "2026-11-20"), 1_200_000);
}

fn a_line_that_is_typed_over_is_typed_and_stays_so(desk: &TestDesk) {
    card(desk);
    let machine = hours(desk, "2026-11-20", "8");
    apply(desk, "2026-11-20");
    let filter = json!({"siteId": SITE});
    let page = desk.done("production/list", json!({"filter": filter}));
    let line =
        page["entries"].as_array().unwrap().iter().find(|line| line["materialId"] == "MAT002");
    let noted = desk.change("production", line.unwrap(), json!({"notes": "belt was wet"}));
    assert_eq!(noted["origin"], "RATE", "a note does not make it typed");
    let typed = desk.change("production", line.unwrap(), json!({"qtyTon": "1100"}));
    assert_eq!(typed["origin"], "TYPED");
    desk.change("equipment", &machine, json!({"hours": "6"}));
    assert_eq!(lines(desk, "2026-11-20"), ["MAT002 1100.0 TYPED", "MAT003 600.0 RATE"]);
    assert_eq!(apply(desk, "2026-11-20"), 0);
}

fn lines_follow_hours_and_go_when_no_hours_speak_for_them(desk: &TestDesk) {
    card(desk);
    let machine = hours(desk, "2026-11-20", "8");
    hours(desk, "2026-11-21", "8");
    apply(desk, "2026-11-20");
    desk.change("equipment", &machine, json!({"hours": "7.25"}));
    assert_eq!(lines(desk, "2026-11-20"), ["MAT002 1087.5 RATE", "MAT003 725.0 RATE"]);
    assert!(lines(desk, "2026-11-21").is_empty(), "nobody asked for lines of that day");
    desk.done("equipment/void", json!({"id": machine["id"]}));
    assert!(lines(desk, "2026-11-20").is_empty());
    assert_eq!(desk.closing("MAT002", "2026-11-21"), 0);
    desk.done("equipment/restore", json!({"id": machine["id"]}));
    assert_eq!(lines(desk, "2026-11-20"), ["MAT002 1087.5 RATE", "MAT003 725.0 RATE"]);
    desk.check_ledger();
}

fn close(desk: &TestDesk, date: &str, verb: &str) {
    for module in ["received", "dispatch", "inventory"] {
        desk.enter("nil_return", date, json!({"module": module}));
    }
    desk.done(&format!("periods/{verb}"), json!({"siteId": SITE, "date": date}));
}

fn a_new_split_from_a_date_changes_only_later_untouched_open_days(desk: &TestDesk) {
    card(desk);
    let dates =
        ["2026-11-16", "2026-11-17", "2026-11-18", "2026-11-19", "2026-11-20", "2026-11-21"];
    for date in dates {
        hours(desk, date, "8");
        apply(desk, date);
    }
    close(desk, "2026-11-18", "close");
    close(desk, "2026-11-19", "lock");
    let page = desk.done(
        "production/list",
        json!({"filter": {"siteId": SITE, "dateFrom": "2026-11-20", "dateTo": "2026-11-20"}}),
    );
    for line in page["entries"].as_array().unwrap() {
        desk.change("production", line, json!({"qtyTon": "1"}));
    }
    let (before, after) =
        (["MAT002 1200.0 RATE", "MAT003 800.0 RATE"], ["MAT002 1120.0 RATE", "MAT003 880.0 RATE"]);
    let new = split(desk, "2026-11-17", &[("MAT002", 140)]);
    assert_eq!(lines(desk, "2026-11-17"), before, "half a split does not hold yet");
    split(desk, "2026-11-17", &[("MAT003", 110)]);
    assert_eq!(lines(desk, "2026-11-16"), before, "earlier");
    assert_eq!(lines(desk, "2026-11-17"), after, "from that day on");
    assert_eq!(lines(desk, "2026-11-18"), before, "closed");
    assert_eq!(lines(desk, "2026-11-19"), before, "locked");
    assert_eq!(lines(desk, "2026-11-20"), ["MAT002 1.0 TYPED", "MAT003 1.0 TYPED"], "typed");
    assert_eq!(lines(desk, "2026-11-21"), after);
    let closed = desk.done("periods/ready", json!({"siteId": SITE, "date": "2026-11-18"}));
    assert_eq!(closed["period"]["state"], "CLOSED", "it was not opened again");
    desk.done("rate_split/void", json!({"id": new[0]["id"]}));
    assert_eq!(lines(desk, "2026-11-17"), before, "without it the split before holds again");
    desk.check_ledger();
}

fn a_split_that_does_not_add_up_is_not_used(desk: &TestDesk) {
    card(desk);
    split(desk, "2026-11-17", &[("MAT002", 140), ("MAT001", 90)]);
    hours(desk, "2026-11-20", "8");
    let proposal = propose(desk, "2026-11-20");
    assert_eq!(
        proposal["off"],
        json!([{"equipmentId": "EQ001", "from": "2026-11-17", "sumKg": 230_000, "rateKg": 250_000}])
    );
    apply(desk, "2026-11-20");
    assert_eq!(lines(desk, "2026-11-20"), ["MAT002 1200.0 RATE", "MAT003 800.0 RATE"]);
}

fn a_day_whose_machine_has_no_split_that_holds_keeps_its_lines(desk: &TestDesk) {
    desk.enter("rate", "2026-01-01", json!({"equipmentId": "EQ001", "tonsPerHour": 250}));
    let parts = split(desk, "2026-01-01", &[("MAT002", 150), ("MAT003", 100)]);
    hours(desk, "2026-11-20", "8");
    apply(desk, "2026-11-20");
    desk.change("rate_split", &parts[0], json!({"tonsPerHour": 160}));
    assert_eq!(propose(desk, "2026-11-20")["unknown"], json!(["EQ001"]));
    assert_eq!(lines(desk, "2026-11-20"), ["MAT002 1200.0 RATE", "MAT003 800.0 RATE"]);
    desk.change("rate_split", &parts[1], json!({"tonsPerHour": 90}));
    assert_eq!(lines(desk, "2026-11-20"), ["MAT002 1280.0 RATE", "MAT003 720.0 RATE"]);
}

fn a_line_that_somebody_deleted_comes_back_only_when_asked(desk: &TestDesk) {
    card(desk);
    let machine = hours(desk, "2026-11-20", "8");
    apply(desk, "2026-11-20");
    let page = desk.done("production/list", json!({"filter": {"siteId": SITE}}));
    desk.done("production/void", json!({"id": page["entries"][0]["id"], "reason": "not made"}));
    desk.change("equipment", &machine, json!({"hours": "4"}));
    assert_eq!(lines(desk, "2026-11-20").len(), 1);
    assert_eq!(apply(desk, "2026-11-20"), 1);
    assert_eq!(lines(desk, "2026-11-20"), ["MAT002 600.0 RATE", "MAT003 400.0 RATE"]);
}

fn a_locked_day_takes_no_lines(desk: &TestDesk) {
    card(desk);
    hours(desk, "2026-11-20", "8");
    desk.enter("nil_return", "2026-11-20", json!({"module": "production"}));
    close(desk, "2026-11-20", "lock");
    let told = desk.raw("rates/apply", json!({"siteId": SITE, "date": "2026-11-20"})).unwrap_err();
    assert_eq!((told.code, told.code.status()), (Code::PeriodLocked, 409));
    assert!(lines(desk, "2026-11-20").is_empty());
}

fn more_than_a_line_holds_is_refused(desk: &TestDesk) {
    desk.enter("rate", "2026-01-01", json!({"equipmentId": "EQ001", "tonsPerHour": 9999}));
    split(desk, "2026-01-01", &[("MAT002", 9_999)]);
    let fleet = json!({"equipmentId": "EQ001", "count": 100, "hours": 24});
    desk.enter("equipment", "2026-11-20", fleet);
    let told = desk.raw("rates/apply", json!({"siteId": SITE, "date": "2026-11-20"})).unwrap_err();
    assert_eq!(told.code, Code::ValidationError);
    assert!(told.to_string().contains("23,997,600"), "{told}");
}

fn hours_and_their_lines_are_one_step(desk: &TestDesk) {
    card(desk);
    let machine = hours(desk, "2026-11-20", "8");
    apply(desk, "2026-11-20");
    let before = deskops_tests::desk::log(&desk.desk).len();
    desk.change("equipment", &machine, json!({"hours": "6"}));
    let log = deskops_tests::desk::log(&desk.desk);
    let (hours, lines) = (&log[before], &log[before + 1..]);
    assert_eq!((hours.entity.as_str(), lines.len()), ("equipment", 2));
    assert!(hours.group.is_some() && lines.iter().all(|line| line.group == hours.group));
}

fn hours_of_a_closed_day_open_it_and_its_lines_follow(desk: &TestDesk) {
    card(desk);
    let machine = hours(desk, "2026-11-20", "8");
    apply(desk, "2026-11-20");
    close(desk, "2026-11-20", "close");
    desk.change("equipment", &machine, json!({"hours": "4"}));
    assert_eq!(lines(desk, "2026-11-20"), ["MAT002 600.0 RATE", "MAT003 400.0 RATE"]);
    let ready = desk.done("periods/ready", json!({"siteId": SITE, "date": "2026-11-20"}));
    assert_eq!(ready["period"]["state"], "OPEN");
}

fn what_hours_would_move_is_shown_before(desk: &TestDesk) {
    card(desk);
    let machine = hours(desk, "2026-11-20", "8");
    apply(desk, "2026-11-20");
    desk.enter("dispatch", "2026-11-21", json!({"materialId": "MAT002", "qtyTon": "30"}));
    let edit = json!({"id": machine["id"], "draft": {"hours": "4"}});
    let cascade = desk.done("equipment/preview", edit);
    assert_eq!(
        cascade["moved"],
        json!([{"day": "2026-11-21", "materialId": "MAT002", "closing": [1_170_000, 570_000], "variance": [0, 0]}])
    );
    assert_eq!(lines(desk, "2026-11-20"), ["MAT002 1200.0 RATE", "MAT003 800.0 RATE"]);
}

fn what_lines_from_hours_would_move_is_shown_before(desk: &TestDesk) {
    card(desk);
    hours(desk, "2026-11-20", "8");
    desk.enter("dispatch", "2026-11-21", json!({"materialId": "MAT002", "qtyTon": "30"}));
    let day = json!({"siteId": SITE, "date": "2026-11-20"});
    let n_changes = deskops_tests::desk::log(&desk.desk).len();
    assert_eq!(
        desk.done("rates/preview-apply", day.clone())["moved"],
        json!([{"day": "2026-11-21", "materialId": "MAT002", "closing": [-30_000, 1_170_000], "variance": [0, 0]}])
    );
    assert_eq!(lines(desk, "2026-11-20"), [""; 0], "nothing is written");
    assert_eq!(deskops_tests::desk::log(&desk.desk).len(), n_changes);
    desk.done("rates/apply", day.clone());
    assert_eq!(desk.closing("MAT002", "2026-11-21"), 1_170_000, "as it was said");
    assert_eq!(desk.done("rates/preview-apply", day)["moved"], json!([]));
}

fn weighed_and_imported_lines_stay_like_typed_ones(desk: &TestDesk) {
    card(desk);
    for (material, origin) in [("MAT002", "SCALE"), ("MAT003", "IMPORT")] {
        let line = json!({"materialId": material, "qtyTon": "5", "origin": origin});
        desk.enter("production", "2026-11-20", line);
    }
    hours(desk, "2026-11-20", "8");
    assert_eq!(apply(desk, "2026-11-20"), 0);
    assert_eq!(lines(desk, "2026-11-20"), ["MAT002 5.0 SCALE", "MAT003 5.0 IMPORT"]);
}
