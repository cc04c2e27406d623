//! The stock ledger: it cannot drift, whatever is entered, changed, deleted, counted or locked, in any order.

use deskops_core::store::ledger;
use deskops_domain::api::ledger::Preview;
use deskops_domain::api::records::{Create, Edit, Void};
use deskops_domain::modules::{Dispatch, Inventory, Production, Received, Run, Split};
use deskops_domain::quantity::Tons;
use deskops_domain::settings::Recipe;
use deskops_tests::TestDesk;
use deskops_tests::builders::{count, day, draft, enter, production, stock};
use deskops_tests::desk::{SITE, TODAY, read};
use serde_json::json;

use crate::facts;

facts! {
    f_02_closing_is_opening_and_what_moved_on_every_row,
    f_01_stock_is_produced_and_received_less_dispatched,
    d_34_kilograms_are_never_rounded,
    d_36_figures_of_a_row_are_computed_and_cannot_be_sent,
    d_37_stock_below_nothing_is_shown_with_its_first_day,
    d_38_a_run_takes_its_feed_out_of_stock,
    a_count_pins_and_the_difference_follows_earlier_days,
    a_count_of_nothing_and_an_unchanged_one_pin_too,
    a_backdated_receipt_under_a_count_moves_the_difference_and_not_the_count,
    a_backdated_edit_sets_and_does_not_add,
    a_count_that_is_taken_back_lets_the_stock_through_again,
    a_deleted_record_gives_its_stock_back,
    a_morning_survey_is_booked_to_the_evening_before,
    the_cascade_is_told_before_the_edit_is_made_and_nothing_is_written,
    an_opening_is_set_where_there_is_no_day_before,
    a_blend_draws_its_components_and_a_sold_as_name_its_heap,
    a_blend_as_mixed_goes_before_the_recipe,
    a_recipe_that_makes_no_whole_is_not_in_force,
    a_dispatch_that_changes_its_material_moves_both_heaps,
}

/// The ledger's table is what comes out of the records alone, and every row adds up.
pub fn assert_true(desk: &TestDesk) {
    let (table, scratch) = read(&desk.desk, |conn| {
        let rows = deskops_core::store::settings::all::<Inventory>(conn, SITE)?;
        let rows = rows
            .into_iter()
            .map(|row| ((row.body.material_id.0.clone(), row.date), row.body.line()));
        Ok((rows.collect::<std::collections::BTreeMap<_, _>>(), ledger::from_scratch(conn, SITE)?))
    });
    assert_eq!(table, scratch, "table and records");
    for (place, line) in &table {
        assert!(line.adds_up(), "{place:?}: {line:?}");
    }
}

fn kg(tons: i64) -> Tons {
    Tons::kg(tons * 1_000)
}

fn f_02_closing_is_opening_and_what_moved_on_every_row(desk: &TestDesk) {
    production().on("2026-11-20").tons("100").save(desk);
    production().on("2026-11-21").tons("40.5").save(desk);
    enter::<Dispatch>(desk, "2026-11-21", &[("materialId", "MAT002"), ("qtyTon", "30.25")]);
    enter::<Received>(desk, "2026-11-21", &[("materialId", "MAT002"), ("qtyTon", "1")]);
    let row = stock(desk, "2026-11-21", "MAT002");
    assert_eq!(row.opening_kg, kg(100));
    assert_eq!(row.produced_kg, Tons::kg(40_500));
    assert_eq!(row.received_kg, kg(1));
    assert_eq!(row.dispatched_kg, Tons::kg(30_250));
    assert_eq!(row.closing_kg, Tons::kg(111_250));
    assert_eq!(
        stock(desk, TODAY, "MAT002").opening_kg,
        Tons::kg(111_250),
        "a quiet day carries on"
    );
    assert_true(desk);
}

fn f_01_stock_is_produced_and_received_less_dispatched(desk: &TestDesk) {
    production().tons("10").save(desk);
    enter::<Dispatch>(desk, TODAY, &[("materialId", "MAT002"), ("qtyTon", "4")]);
    enter::<Dispatch>(desk, TODAY, &[("materialId", "MAT002"), ("trips", "2")]);
    assert_eq!(stock(desk, TODAY, "MAT002").closing_kg, kg(6), "a pending weight moves nothing");
    assert_true(desk);
}

fn d_34_kilograms_are_never_rounded(desk: &TestDesk) {
    for line in 1..=9 {
        production().with("line", line).tons("0.111").save(desk);
    }
    assert_eq!(stock(desk, TODAY, "MAT002").closing_kg, Tons::kg(999));
}

fn d_36_figures_of_a_row_are_computed_and_cannot_be_sent(desk: &TestDesk) {
    for field in
        ["openingTon", "producedTon", "closingTon", "adjustmentTon", "drawnTon", "varianceTon"]
    {
        let told = desk
            .call(Create::<Inventory>::new(draft(TODAY, &[("materialId", "MAT002"), (field, "5")])))
            .unwrap_err();
        assert_eq!(told.details[0].code, "E-COMPUTED", "{field}");
    }
}

fn d_37_stock_below_nothing_is_shown_with_its_first_day(desk: &TestDesk) {
    production().on("2026-11-18").tons("5").save(desk);
    enter::<Dispatch>(desk, "2026-11-19", &[("materialId", "MAT002"), ("qtyTon", "17.3")]);
    enter::<Dispatch>(desk, "2026-11-21", &[("materialId", "MAT002"), ("qtyTon", "24.4")]);
    assert_eq!(stock(desk, "2026-11-21", "MAT002").closing_kg, Tons::kg(-36_700), "not clamped");
    let ready = desk.raw("periods/ready", json!({"siteId": SITE, "date": TODAY})).unwrap();
    assert_eq!(
        ready["negative"],
        json!([{"materialId": "MAT002", "closingKg": -36_700, "since": "2026-11-19", "reason": null}])
    );
}

fn d_38_a_run_takes_its_feed_out_of_stock(desk: &TestDesk) {
    enter::<Received>(desk, TODAY, &[("materialId", "MAT015"), ("qtyTon", "300"), ("loads", "12")]);
    let run =
        [("equipmentId", "EQ001"), ("feedId", "MAT015"), ("feedTon", "250"), ("residueTon", "20")];
    enter::<Run>(desk, TODAY, &run);
    let row = stock(desk, TODAY, "MAT015");
    assert_eq!((row.drawn_kg, row.adjustment_kg, row.closing_kg), (kg(-250), kg(-250), kg(50)));
    assert_true(desk);
}

fn a_count_pins_and_the_difference_follows_earlier_days(desk: &TestDesk) {
    let first = production().on("2026-11-18").tons("100").save(desk);
    count(desk, "2026-11-20", "MAT002", "90");
    production().on("2026-11-21").tons("7").save(desk);
    let differences = |expected: i64, last: i64| {
        let row = stock(desk, "2026-11-20", "MAT002");
        assert_eq!(
            (row.counted_kg, row.closing_kg),
            (Some(kg(90)), kg(90)),
            "the count never moves"
        );
        assert_eq!(row.variance_kg, kg(expected));
        assert_eq!(stock(desk, "2026-11-21", "MAT002").closing_kg, kg(last));
        assert_true(desk);
    };
    differences(-10, 97);
    desk.call(Edit::<Production>::new(first.id, None, json_draft(json!({"qtyTon": 88})))).unwrap();
    differences(2, 97);
    production().of("MAT002").on("2026-11-19").tons("1").save(desk);
    differences(1, 97);
}

fn json_draft(json: serde_json::Value) -> deskops_domain::draft::Draft {
    json.as_object().unwrap().clone()
}

/// frappe #32635, Open mSupply mobile #638: zero lines and unchanged lines were not pinned.
fn a_count_of_nothing_and_an_unchanged_one_pin_too(desk: &TestDesk) {
    let first = production().on("2026-11-18").tons("100").save(desk);
    count(desk, "2026-11-19", "MAT002", "100");
    production().of("MAT003").on("2026-11-18").tons("3").save(desk);
    count(desk, "2026-11-19", "MAT003", "0");
    desk.call(Edit::<Production>::new(first.id, None, json_draft(json!({"qtyTon": 150})))).unwrap();
    assert_eq!(stock(desk, TODAY, "MAT002").closing_kg, kg(100));
    assert_eq!(stock(desk, TODAY, "MAT003").closing_kg, kg(0));
    assert_eq!(stock(desk, "2026-11-19", "MAT002").variance_kg, kg(-50));
    assert_true(desk);
}

/// ERPNext #54295: a receipt entered later for a day before a count changed the stock after it.
fn a_backdated_receipt_under_a_count_moves_the_difference_and_not_the_count(desk: &TestDesk) {
    count(desk, "2026-11-20", "MAT002", "500");
    enter::<Received>(desk, "2026-11-17", &[("materialId", "MAT002"), ("qtyTon", "120")]);
    assert_eq!(stock(desk, TODAY, "MAT002").closing_kg, kg(500));
    assert_eq!(stock(desk, "2026-11-20", "MAT002").variance_kg, kg(380));
    assert_eq!(stock(desk, "2026-11-18", "MAT002").closing_kg, kg(120));
    assert_true(desk);
}

/// ERPNext #54640, #37192: an edit of an earlier day added to the stock instead of setting it, and a
/// count kept the stock that it saw when it was made.
fn a_backdated_edit_sets_and_does_not_add(desk: &TestDesk) {
    let entry = production().on("2026-11-17").tons("10").save(desk);
    production().on("2026-11-19").tons("5").save(desk);
    for tons in [20, 30, 30, 12] {
        desk.call(Edit::<Production>::new(
            entry.id.clone(),
            None,
            json_draft(json!({"qtyTon": tons})),
        ))
        .unwrap();
        assert_eq!(stock(desk, TODAY, "MAT002").closing_kg, kg(tons + 5));
    }
    assert_true(desk);
}

/// OpenBoxes #6: a stale count went on to be the stock.
fn a_count_that_is_taken_back_lets_the_stock_through_again(desk: &TestDesk) {
    production().on("2026-11-18").tons("10").save(desk);
    let counted = count(desk, "2026-11-19", "MAT002", "4");
    assert_eq!(stock(desk, TODAY, "MAT002").closing_kg, kg(4));
    let empty = json_draft(json!({"countedTon": null}));
    desk.call(Edit::<Inventory>::new(counted.id, None, empty)).unwrap();
    assert_eq!(stock(desk, TODAY, "MAT002").closing_kg, kg(10));
    assert_true(desk);
}

fn a_deleted_record_gives_its_stock_back(desk: &TestDesk) {
    let entry = production().on("2026-11-18").tons("10").save(desk);
    production().of("MAT002").on("2026-11-20").tons("1").save(desk);
    desk.call(Void::<Production>::new(entry.id, None)).unwrap();
    assert_eq!(stock(desk, TODAY, "MAT002").closing_kg, kg(1));
    assert_true(desk);
}

fn a_morning_survey_is_booked_to_the_evening_before(desk: &TestDesk) {
    production().on("2026-11-21").tons("10").save(desk);
    production().on(TODAY).tons("3").save(desk);
    let survey = [("materialId", "MAT002"), ("countedTon", "9"), ("countedWhen", "NEXT_MORNING")];
    enter::<Inventory>(desk, "2026-11-21", &survey);
    assert_eq!(stock(desk, TODAY, "MAT002").closing_kg, kg(12), "today's work comes on top");
}

fn the_cascade_is_told_before_the_edit_is_made_and_nothing_is_written(desk: &TestDesk) {
    let entry = production().on("2026-11-16").tons("10").save(desk);
    production().of("MAT003").on("2026-11-16").tons("10").save(desk);
    for date in ["2026-11-17", "2026-11-18", "2026-11-19", "2026-11-21"] {
        production().on(date).tons("1").save(desk);
    }
    count(desk, "2026-11-21", "MAT002", "20");
    let before = deskops_tests::desk::log(&desk.desk).len();
    let preview = Preview::<Production>::new(
        Some(entry.id.clone()),
        Some(json_draft(json!({"qtyTon": "12"}))),
    );
    let told = desk.call(preview).unwrap();
    assert_eq!(told.words(), "4 days, 1 material changes");
    let counted = told.moved.last().unwrap();
    assert_eq!((counted.day, counted.closing), (day("2026-11-21"), (20_000, 20_000)));
    assert_eq!(counted.variance, (6_000, 4_000), "the count stays, its difference moves");
    assert_eq!(deskops_tests::desk::log(&desk.desk).len(), before, "nothing was written");
    assert_eq!(stock(desk, "2026-11-17", "MAT002").opening_kg, kg(10));
    let gone = desk.call(Preview::<Production>::new(Some(entry.id), None)).unwrap();
    assert_eq!(gone.moved.len(), 4);
}

fn an_opening_is_set_where_there_is_no_day_before(desk: &TestDesk) {
    enter::<Inventory>(
        desk,
        "2026-11-20",
        &[("materialId", "MAT001"), ("openingOverrideTon", "93116.6")],
    );
    assert_eq!(stock(desk, TODAY, "MAT001").closing_kg, Tons::kg(93_116_600));
    assert_true(desk);
}

fn recipe(desk: &TestDesk, from: &str, name: &str, component: &str, share: &str) {
    let fields = [("materialId", name), ("componentId", component), ("sharePct", share)];
    enter::<Recipe>(desk, from, &fields);
}

fn a_blend_draws_its_components_and_a_sold_as_name_its_heap(desk: &TestDesk) {
    for material in ["MAT001", "MAT002"] {
        production().of(material).on("2026-11-20").tons("1000").save(desk);
    }
    recipe(desk, "2026-11-01", "MAT005", "MAT001", "66.67");
    recipe(desk, "2026-11-01", "MAT005", "MAT002", "33.33");
    recipe(desk, "2026-11-01", "MAT012", "MAT001", "100");
    let blend =
        enter::<Dispatch>(desk, "2026-11-21", &[("materialId", "MAT005"), ("qtyTon", "100.001")]);
    enter::<Dispatch>(desk, "2026-11-21", &[("materialId", "MAT012"), ("qtyTon", "50")]);
    let row = stock(desk, "2026-11-21", "MAT005");
    assert_eq!(
        (row.dispatched_kg, row.drawn_kg, row.closing_kg),
        (Tons::kg(100_001), Tons::kg(100_001), kg(0))
    );
    assert_eq!(stock(desk, "2026-11-21", "MAT012").closing_kg, kg(0));
    assert_eq!(stock(desk, "2026-11-21", "MAT001").drawn_kg, Tons::kg(-66_671 - 50_000));
    assert_eq!(stock(desk, "2026-11-21", "MAT002").drawn_kg, Tons::kg(-33_330));
    assert_true(desk);
    desk.call(Void::<Dispatch>::new(blend.id, None)).unwrap();
    assert_eq!(
        stock(desk, "2026-11-21", "MAT002").closing_kg,
        kg(1000),
        "a deleted blend gives back"
    );
    assert_true(desk);
}

fn a_blend_as_mixed_goes_before_the_recipe(desk: &TestDesk) {
    recipe(desk, "2026-11-01", "MAT005", "MAT001", "100");
    enter::<Dispatch>(desk, "2026-11-21", &[("materialId", "MAT005"), ("qtyTon", "100")]);
    let mixed = |component, tons| {
        let fields = [("materialId", "MAT005"), ("componentId", component), ("qtyTon", tons)];
        enter::<Split>(desk, "2026-11-21", &fields)
    };
    mixed("MAT002", "60");
    let last = mixed("MAT003", "38");
    assert_eq!(stock(desk, "2026-11-21", "MAT001").drawn_kg, kg(0));
    assert_eq!(stock(desk, "2026-11-21", "MAT003").drawn_kg, kg(-38));
    assert_eq!(
        stock(desk, "2026-11-21", "MAT005").closing_kg,
        kg(-2),
        "what is not explained is shown"
    );
    assert_true(desk);
    desk.call(Void::<Split>::new(last.id, None)).unwrap();
    assert_eq!(stock(desk, "2026-11-21", "MAT003").drawn_kg, kg(0));
    assert_true(desk);
}

fn a_recipe_that_makes_no_whole_is_not_in_force(desk: &TestDesk) {
    enter::<Dispatch>(desk, "2026-11-21", &[("materialId", "MAT005"), ("qtyTon", "100")]);
    recipe(desk, "2026-11-01", "MAT005", "MAT001", "60");
    assert_eq!(stock(desk, "2026-11-21", "MAT005").closing_kg, kg(-100));
    recipe(desk, "2026-11-01", "MAT005", "MAT002", "40");
    assert_eq!(stock(desk, "2026-11-21", "MAT005").closing_kg, kg(0), "now it makes a whole");
    assert_eq!(stock(desk, "2026-11-21", "MAT001").closing_kg, kg(-60));
    let told = desk.call(Create::<Recipe>::new(draft(
        "2026-11-01",
        &[("materialId", "MAT012"), ("componentId", "MAT005"), ("sharePct", "100")],
    )));
    assert_eq!(told.unwrap_err().details[0].code, "E-COMPONENT", "no blends of blends");
    assert_true(desk);
}

fn a_dispatch_that_changes_its_material_moves_both_heaps(desk: &TestDesk) {
    let entry = enter::<Dispatch>(desk, TODAY, &[("materialId", "MAT001"), ("qtyTon", "10")]);
    desk.call(Edit::<Dispatch>::new(entry.id, None, json_draft(json!({"materialId": "MAT002"}))))
        .unwrap();
    assert_eq!(stock(desk, TODAY, "MAT001").closing_kg, kg(0));
    assert_eq!(stock(desk, TODAY, "MAT002").closing_kg, kg(-10));
    assert_true(desk);
}

#[test]
fn a_database_from_before_the_ledger_gets_one_when_it_is_opened() {
    let desk = TestDesk::direct();
    production().on("2026-11-20").tons("10").save(&desk);
    let file = desk.database();
    let clock = desk.clock.clone();
    let folder = desk.close();
    let conn = rusqlite::Connection::open(&file).unwrap();
    conn.execute_batch("delete from inventory; update desk set has_ledger = 0;").unwrap();
    drop(conn);
    let opened = deskops_tests::desk::open(folder.path(), &clock).unwrap();
    let lines = read(&opened, |conn| deskops_core::store::settings::all::<Inventory>(conn, SITE));
    assert_eq!(lines.iter().map(|row| row.body.closing_kg).collect::<Vec<_>>(), [kg(10)]);
}
