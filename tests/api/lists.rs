//! Lists: newest first, a page at a time, nothing twice and nothing left out; and their sums.

use deskops_domain::api::Code;
use deskops_domain::api::records::{Filter, List, Sums, Void};
use deskops_domain::modules::Production;
use deskops_tests::desk::SITE;
use deskops_tests::{TestDesk, day, production};
use serde_json::json;

crate::facts! {
    a_list_is_newest_first_by_date_then_entry,
    pages_hold_every_record_once_whatever_is_entered_between,
    a_range_takes_both_its_ends_and_each_end_by_itself,
    deleted_records_are_listed_apart,
    sums_are_of_the_whole_filter_and_not_of_the_page,
    a_range_that_ends_before_it_begins_is_refused,
    a_page_of_no_size_or_from_nowhere_is_refused,
    d_15_a_site_that_is_not_there_is_told,
    a_list_is_cut_to_what_its_fields_say,
}

fn everything() -> Filter {
    Filter::all(SITE)
}

fn a_list_is_newest_first_by_date_then_entry(desk: &TestDesk) {
    production().of("MAT001").on("2026-11-20").save(desk);
    desk.at("2026-11-22T06:01:00Z");
    production().of("MAT002").on("2026-11-22").save(desk);
    desk.at("2026-11-22T06:02:00Z");
    production().of("MAT003").on("2026-11-22").save(desk);
    desk.at("2026-11-22T06:03:00Z");
    production().of("MAT004").on("2026-11-21").save(desk);
    let page = desk.call(List::<Production>::new(everything(), None, None)).unwrap();
    let order: Vec<_> =
        page.entries.iter().map(|entry| entry.body.material_id.0.as_str()).collect();
    assert_eq!(order, ["MAT003", "MAT002", "MAT004", "MAT001"]);
    assert_eq!(page.next, None);
}

fn pages_hold_every_record_once_whatever_is_entered_between(desk: &TestDesk) {
    for number in 0..25 {
        // Times of entry in another order than the ids, and two of each.
        desk.at(&format!("2026-11-22T06:{:02}:00Z", number * 7 % 25 / 2));
        production()
            .on(&day("2026-11-22").plus(-(number / 5)).to_string())
            .with("line", number % 5 + 1)
            .save(desk);
    }
    let mut seen = Vec::new();
    let mut after = None;
    for round in 0.. {
        let page = desk.call(List::<Production>::new(everything(), after, Some(7))).unwrap();
        seen.extend(page.entries.into_iter().map(|entry| entry.id));
        // Newer records than the page's place never push others out of it.
        production().of("MAT009").with("line", round + 1).save(desk);
        let Some(next) = page.next else { break };
        after = Some(next);
    }
    let n_seen = seen.len();
    seen.sort_unstable();
    seen.dedup();
    assert_eq!((n_seen, seen.len()), (25, 25));
}

fn a_range_takes_both_its_ends_and_each_end_by_itself(desk: &TestDesk) {
    for date in ["2026-11-19", "2026-11-20", "2026-11-21", "2026-11-22"] {
        production().on(date).save(desk);
    }
    let dates = |from: Option<&str>, to: Option<&str>| {
        let filter = Filter { date_from: from.map(day), date_to: to.map(day), ..everything() };
        let page = desk.call(List::<Production>::new(filter, None, None)).unwrap();
        page.entries
            .iter()
            .map(|entry| entry.date.to_string()[8..].to_owned())
            .collect::<Vec<_>>()
            .join(" ")
    };
    assert_eq!(dates(Some("2026-11-20"), Some("2026-11-21")), "21 20");
    assert_eq!(dates(Some("2026-11-21"), None), "22 21", "d_12: from by itself");
    assert_eq!(dates(None, Some("2026-11-19")), "19", "d_12: to by itself");
}

fn deleted_records_are_listed_apart(desk: &TestDesk) {
    let gone = production().of("MAT001").save(desk);
    production().of("MAT002").save(desk);
    desk.call(Void::<Production>::new(gone.id.clone(), None)).unwrap();
    let live = desk.call(List::<Production>::new(everything(), None, None)).unwrap();
    let voided = desk
        .call(List::<Production>::new(Filter { voided: true, ..everything() }, None, None))
        .unwrap();
    assert_eq!(live.entries.len(), 1);
    assert_eq!(voided.entries.iter().map(|entry| &entry.id).collect::<Vec<_>>(), [&gone.id]);
}

fn sums_are_of_the_whole_filter_and_not_of_the_page(desk: &TestDesk) {
    for line in 1..=9 {
        production().tons("0.1").with("line", line).save(desk);
    }
    production().tons("5").on("2026-11-21").save(desk);
    let totals = desk.call(Sums::<Production>::new(Filter::day(SITE, day("2026-11-22")))).unwrap();
    assert_eq!(totals.rows, 9);
    assert_eq!(
        (totals.sums[0].field.as_str(), totals.sums[0].raw, totals.sums[0].unit.as_str()),
        ("qtyTon", 900, "t")
    );
}

fn a_range_that_ends_before_it_begins_is_refused(desk: &TestDesk) {
    let filter = Filter {
        date_from: Some(day("2026-11-22")),
        date_to: Some(day("2026-11-21")),
        ..everything()
    };
    let refused = desk.call(List::<Production>::new(filter, None, None)).unwrap_err();
    assert_eq!((refused.code, refused.code.status()), (Code::ValidationError, 400));
    assert_eq!(
        (refused.details[0].path.as_str(), refused.details[0].code.as_str()),
        ("dateFrom", "E-DATE")
    );
    assert!(
        refused.to_string().contains("2026-11-22") && refused.to_string().contains("2026-11-21")
    );
}

fn a_page_of_no_size_or_from_nowhere_is_refused(desk: &TestDesk) {
    for (after, limit) in [
        (None, Some(0)),
        (None, Some(501)),
        (Some("nowhere"), None),
        (Some("2026-02-31~1~x"), None),
    ] {
        let list = List::<Production>::new(everything(), after.map(str::to_owned), limit);
        assert_eq!(desk.call(list).unwrap_err().code, Code::ValidationError, "{after:?} {limit:?}");
    }
}

fn d_15_a_site_that_is_not_there_is_told(desk: &TestDesk) {
    let list = json!({"filter": {"siteId": "cnowhere"}});
    let refused = desk.raw("production/list", list).unwrap_err();
    assert_eq!((refused.code, refused.code.status()), (Code::SiteNotFound, 404));
}

fn a_list_is_cut_to_what_its_fields_say(desk: &TestDesk) {
    production().of("MAT001").tons("10").with("notes", "50% wet_feed").save(desk);
    production().of("MAT002").tons("20").save(desk);
    production().of("MAT003").tons("30").with("notes", "wet feed").save(desk);
    let found = |field: &str, what: &str| {
        let filter = everything().matching(field, what);
        let page = desk.call(List::<Production>::new(filter.clone(), None, None)).unwrap();
        let sums = desk.call(Sums::<Production>::new(filter)).unwrap();
        assert_eq!(sums.rows, page.entries.len() as u64, "{field} {what}: sums are of the list");
        let mut tons: Vec<_> =
            page.entries.iter().map(|entry| entry.body.qty_kg.raw() / 1_000).collect();
        tons.sort_unstable();
        tons
    };
    assert_eq!(found("materialId", "MAT001,MAT003"), [10, 30]);
    assert_eq!(found("qtyTon", ">10"), [20, 30]);
    assert_eq!(found("qtyTon", "10..20"), [10, 20]);
    assert_eq!(found("qtyTon", "30"), [30]);
    assert_eq!(found("notes", "WET"), [10, 30]);
    assert_eq!(found("notes", "t_f"), [10], "a sign that SQL knows is a sign");
    assert_eq!(found("notes", "none"), [20]);
    for (field, what) in [("colour", "red"), ("qtyTon", ">abc"), ("qtyTon", "1..")] {
        let told =
            desk.call(Sums::<Production>::new(everything().matching(field, what))).unwrap_err();
        assert_eq!((told.code, told.details[0].code.as_str()), (Code::ValidationError, "E-FILTER"));
        assert!(told.details[0].path.ends_with(field), "{told:?}");
    }
}
