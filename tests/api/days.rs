//! A day: its sheet, its drafts, and "nothing today".

use deskops_domain::api::dashboard::Dashboard;
use deskops_domain::api::days::{DaySheet, KeepDraft, OpenDay};
use deskops_domain::api::records::{Create, Saved, Void};
use deskops_domain::api::session::Hello;
use deskops_domain::api::{Code, Refusal};
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
    let board = desk.call(Dashboard::of(SITE, day(TODAY))).unwrap();
    assert!(board.modules[2].is_nil, "dispatch still has nothing");
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
