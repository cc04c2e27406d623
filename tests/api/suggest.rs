//! What was typed before is offered again: per site and field, the most recent first.

use deskops_domain::api::Code;
use deskops_domain::api::records::{Create, Suggest, Void};
use deskops_domain::entry::Entry;
use deskops_domain::modules::{Dispatch, Production};
use deskops_tests::TestDesk;
use deskops_tests::desk::SITE;
use serde_json::{Value as Json, json};

crate::facts! {
    owners_are_offered_the_most_recent_first_and_once,
    a_part_of_a_text_finds_it_in_any_case,
    what_is_deleted_is_not_offered,
    no_more_than_fifty_texts_are_offered,
    only_text_fields_are_offered,
}

fn load(desk: &TestDesk, date: &str, owner: &str) -> Entry<Dispatch> {
    let draft =
        json!({"siteId": SITE, "date": date, "materialId": "MAT002", "trips": 1, "owner": owner});
    let Json::Object(draft) = draft else { unreachable!("an object was written") };
    desk.call(Create::<Dispatch>::new(draft)).unwrap().entry
}

fn owners(desk: &TestDesk, text: &str) -> Vec<String> {
    let suggest = Suggest::<Dispatch>::new(SITE.into(), "owner".into());
    desk.call(if text.is_empty() { suggest } else { suggest.text(text.to_owned()) }).unwrap()
}

fn owners_are_offered_the_most_recent_first_and_once(desk: &TestDesk) {
    for (date, owner) in [
        ("2026-11-21", "Petra Build"),
        ("2026-11-22", "Al Noor"),
        ("2026-11-19", "Municipality"),
        ("2026-11-20", "Al Noor"),
    ] {
        load(desk, date, owner);
    }
    assert_eq!(owners(desk, ""), ["Al Noor", "Petra Build", "Municipality"]);
}

fn a_part_of_a_text_finds_it_in_any_case(desk: &TestDesk) {
    load(desk, "2026-11-22", "Petra Build");
    load(desk, "2026-11-21", "100 % Build");
    load(desk, "2026-11-20", "Al Noor");
    assert_eq!(owners(desk, "BUILD"), ["Petra Build", "100 % Build"]);
    assert_eq!(owners(desk, "%"), ["100 % Build"], "a sign of SQL is a sign like any other");
}

fn what_is_deleted_is_not_offered(desk: &TestDesk) {
    let entry = load(desk, "2026-11-22", "Mistyped");
    desk.call(Void::<Dispatch>::new(entry.id, None)).unwrap();
    assert_eq!(owners(desk, ""), [""; 0]);
}

fn no_more_than_fifty_texts_are_offered(desk: &TestDesk) {
    for number in 0..60 {
        load(desk, "2026-11-22", &format!("Owner {number}"));
    }
    assert_eq!(owners(desk, "").len(), 50);
}

fn only_text_fields_are_offered(desk: &TestDesk) {
    for field in ["qtyTon", "materialId", "nothing", "id"] {
        let asked = desk.call(Suggest::<Production>::new(SITE.into(), field.into()));
        let refusal = asked.unwrap_err();
        assert_eq!(refusal.code, Code::ValidationError);
        assert_eq!(refusal.details[0].code, "E-FIELD", "{field}");
    }
}
