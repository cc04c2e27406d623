//! A day: its sheet, its drafts, "nothing today", and the dashboard.

use deskops_domain::api::days::{Card, Dashboard, DaySheet, KeepDraft, OpenDay};
use deskops_domain::api::records::{Create, Saved, Void};
use deskops_domain::api::session::Hello;
use deskops_domain::api::{Code, Refusal};
use deskops_domain::choice::Module;
use deskops_domain::modules::{NilReturn, Production};
use deskops_tests::desk::{SITE, TODAY};
use deskops_tests::{TestDesk, day, production};
use serde_json::json;

crate::facts! {
    a_sheet_shows_the_day_in_the_order_of_entry,
    a_sheet_knows_what_is_usual_and_what_the_working_day_before_came_to,
    a_draft_is_kept_until_it_is_forgotten_and_never_counts,
    nothing_today_is_said_and_taken_back,
    what_is_entered_takes_back_that_there_was_nothing,
    nothing_today_is_refused_while_something_is_entered,
    a_row_that_is_saved_is_no_draft_any_more,
    the_dashboard_compares_with_the_working_day_before,
    without_a_day_to_compare_with_there_is_no_per_cent,
    the_chart_has_thirty_days_with_the_days_off_marked,
    hello_says_which_day_it_is_at_the_site,
    a_clock_that_is_behind_the_last_entry_is_told,
}

fn sheet(desk: &TestDesk, date: &str) -> DaySheet<Production> {
    desk.call(OpenDay::<Production>::new(SITE.into(), day(date))).unwrap()
}

fn a_sheet_shows_the_day_in_the_order_of_entry(desk: &TestDesk) {
    production().of("MAT003").save(desk);
    desk.at("2026-11-22T06:01:00Z");
    production().of("MAT001").save(desk);
    production().of("MAT002").on("2026-11-21").save(desk);
    let gone = production().of("MAT009").save(desk);
    desk.call(Void::<Production>::new(gone.id, None)).unwrap();
    let materials: Vec<_> =
        sheet(desk, TODAY).entries.into_iter().map(|entry| entry.body.material_id.0).collect();
    assert_eq!(materials, ["MAT003", "MAT001"]);
}

fn a_sheet_knows_what_is_usual_and_what_the_working_day_before_came_to(desk: &TestDesk) {
    for (back, tons) in [(3, "60"), (4, "70"), (5, "80"), (6, "90"), (7, "110"), (8, "100")] {
        production().on(&day(TODAY).plus(-back).to_string()).tons(tons).save(desk);
    }
    production().on("2026-11-20").of("MAT005").tons("999").save(desk);
    production().on("2026-11-21").of("MAT001").tons("40").save(desk);
    let sheet = sheet(desk, TODAY);
    let usual = sheet.usual["MAT002"];
    assert_eq!((usual.low, usual.median, usual.high), (60_000, 80_000, 100_000));
    assert!(!sheet.usual.contains_key("MAT005"), "one amount says nothing");
    let (previous, totals) = sheet.previous.unwrap();
    assert_eq!(
        (previous.to_string().as_str(), totals.sums[0].raw),
        ("2026-11-21", 40_000),
        "Friday the 20th is off, Saturday is not"
    );
}

fn a_draft_is_kept_until_it_is_forgotten_and_never_counts(desk: &TestDesk) {
    let keep = |cells| {
        desk.call(KeepDraft::<Production>::new(SITE.into(), day(TODAY), "MAT002/1".into(), cells))
            .unwrap()
    };
    keep(Some(json!({"qtyTon": "12,34,5"}).as_object().unwrap().clone()));
    keep(Some(json!({"qtyTon": "abc"}).as_object().unwrap().clone()));
    let kept = sheet(desk, TODAY);
    assert_eq!(
        kept.drafts
            .iter()
            .map(|draft| (draft.row.as_str(), &draft.cells["qtyTon"]))
            .collect::<Vec<_>>(),
        [("MAT002/1", &json!("abc"))]
    );
    assert_eq!((kept.unsent, kept.entries.len()), (0, 0), "a draft is on this computer only");
    assert!(sheet(desk, "2026-11-21").drafts.is_empty());
    keep(None);
    assert!(sheet(desk, TODAY).drafts.is_empty());
}

fn nothing_today_is_said_and_taken_back(desk: &TestDesk) {
    let draft =
        json!({"siteId": SITE, "date": TODAY, "module": "production"}).as_object().unwrap().clone();
    let nil = desk.call(Create::<NilReturn>::new(draft)).unwrap().entry;
    assert_eq!(
        sheet(desk, TODAY).nil.map(|nil| nil.stamp.created_by),
        Some("this-computer".into())
    );
    assert_eq!(sheet(desk, "2026-11-21").nil, None);
    desk.call(Void::<NilReturn>::new(nil.id, None)).unwrap();
    assert_eq!(sheet(desk, TODAY).nil, None);
}

fn cards(desk: &TestDesk, date: &str) -> Vec<Card> {
    desk.call(Dashboard { site_id: SITE.into(), date: day(date) }).unwrap().cards
}

fn the_dashboard_compares_with_the_working_day_before(desk: &TestDesk) {
    production().on("2026-11-19").tons("100").save(desk);
    production().on("2026-11-20").tons("7").save(desk);
    production().on("2026-11-21").tons("104.2").save(desk);
    let card = cards(desk, "2026-11-21").remove(0);
    assert_eq!((card.module, card.kg, card.rows), (Module::Production, 104_200, 1));
    assert_eq!(
        (card.previous_day.to_string().as_str(), card.previous_kg),
        ("2026-11-19", 100_000),
        "Friday is not a working day"
    );
    assert_eq!(card.change, Some(420), "up 4.20 %");
}

fn without_a_day_to_compare_with_there_is_no_per_cent(desk: &TestDesk) {
    production().tons("10").save(desk);
    let all = cards(desk, TODAY);
    assert_eq!((all[0].change, all[0].previous_rows), (None, 0), "d_33: not 100 %");
    assert_eq!(
        all.iter().map(|card| card.module).collect::<Vec<_>>(),
        [Module::Production, Module::Dispatch, Module::Received]
    );
}

fn the_chart_has_thirty_days_with_the_days_off_marked(desk: &TestDesk) {
    production().tons("10").save(desk);
    production().on("2026-10-24").tons("5").save(desk);
    production().on("2026-10-23").tons("99").save(desk);
    let board = desk.call(Dashboard { site_id: SITE.into(), date: day(TODAY) }).unwrap();
    assert_eq!(board.days.len(), 30);
    let (first, last) = (board.days[0], board.days[29]);
    assert_eq!((first.day.to_string().as_str(), first.kg), ("2026-10-24", 5_000));
    assert_eq!((last.day.to_string().as_str(), last.kg, last.rows), (TODAY, 10_000, 1));
    let off: Vec<_> =
        board.days.iter().filter(|day| !day.is_working).map(|day| day.day.weekday()).collect();
    assert_eq!(off, [5, 5, 5, 5], "Fridays");
}

fn hello_says_which_day_it_is_at_the_site(desk: &TestDesk) {
    desk.at("2026-11-22T21:30:00Z");
    let session = desk.call(Hello {}).unwrap().session.unwrap();
    assert_eq!(
        (session.today[0].today.to_string().as_str(), session.today[0].offset_minutes),
        ("2026-11-23", 180),
        "d_32"
    );
    assert_eq!(session.catalogue.materials.len(), 17);
    assert!(session.database_bytes > 0);
    assert_eq!(
        production().on("2026-11-24").try_save(desk).unwrap_err().code,
        Code::ValidationError,
        "d_48: tomorrow is refused"
    );
    production().on("2026-11-23").save(desk);
}

fn say_nothing(desk: &TestDesk, module: &str) -> Result<Saved<NilReturn>, Refusal> {
    let draft = json!({"siteId": SITE, "date": TODAY, "module": module});
    desk.call(Create::<NilReturn>::new(draft.as_object().unwrap().clone()))
}

fn what_is_entered_takes_back_that_there_was_nothing(desk: &TestDesk) {
    let nil = say_nothing(desk, "production").unwrap().entry;
    say_nothing(desk, "dispatch").unwrap();
    production().save(desk);
    assert_eq!(sheet(desk, TODAY).nil, None);
    let past = desk.raw("nil_return/void", json!({"id": nil.id})).unwrap();
    assert_eq!(past["entry"]["voided"]["reason"], json!("something was entered after all"));
    let other = desk.call(Dashboard { site_id: SITE.into(), date: day(TODAY) }).unwrap().cards;
    assert!(other[1].is_nil, "dispatch still has nothing");
}

fn nothing_today_is_refused_while_something_is_entered(desk: &TestDesk) {
    let entry = production().save(desk);
    let told = say_nothing(desk, "production").unwrap_err();
    assert_eq!(told.code, Code::DuplicateRecord);
    assert!(told.message.contains("has 1 record on 2026-11-22"), "{}", told.message);
    desk.call(Void::<Production>::new(entry.id, None)).unwrap();
    say_nothing(desk, "production").unwrap();
}

fn a_row_that_is_saved_is_no_draft_any_more(desk: &TestDesk) {
    let wrong = json!({"qtyTon": "abc"}).as_object().unwrap().clone();
    let row = "MAT002/1".to_owned();
    desk.call(KeepDraft::<Production>::new(SITE.into(), day(TODAY), row.clone(), Some(wrong)))
        .unwrap();
    desk.call(Create::<Production>::new(production().tons("-1").0).row(row.clone())).unwrap_err();
    assert_eq!(sheet(desk, TODAY).drafts.len(), 1, "what is refused is not forgotten");
    desk.call(Create::<Production>::new(production().0).row(row)).unwrap();
    assert!(sheet(desk, TODAY).drafts.is_empty(), "saved and forgotten in one step");
}

fn a_clock_that_is_behind_the_last_entry_is_told(desk: &TestDesk) {
    production().save(desk);
    assert_eq!(desk.call(Hello {}).unwrap().notices, Vec::<String>::new());
    desk.at("2026-11-22T05:56:00Z");
    assert!(desk.call(Hello {}).unwrap().notices.is_empty(), "four minutes are nothing");
    desk.at("2026-11-21T06:00:00Z");
    let notices = desk.call(Hello {}).unwrap().notices;
    assert!(notices.len() == 1 && notices[0].contains("clock"), "{notices:?}");
    production().on("2026-11-21").save(desk);
}
