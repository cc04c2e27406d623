//! Which commands a change of a row becomes: nothing is lost, nothing is written twice.

mod common;

use common::{SITE, body, catalogue, day, deleted, entry, id, today};
use deskops_domain::choice::Operation;
use deskops_domain::draft::Draft;
use deskops_domain::modules::Production;
use deskops_ui::sheet::plan::{Step, Stored, Typed, plan, read_row, typed_json};
use serde_json::json;

fn nothing() -> Stored<Production> {
    Stored::default()
}

fn live() -> Stored<Production> {
    Stored { entry: Some(entry(7, body(2, 128_450))), has_draft: false }
}

fn gone() -> Stored<Production> {
    Stored { entry: Some(deleted(entry(7, body(2, 128_450)))), has_draft: false }
}

fn with_draft(stored: Stored<Production>) -> Stored<Production> {
    Stored { has_draft: true, ..stored }
}

fn step(typed: &Typed<Production>, stored: &Stored<Production>) -> Option<Step> {
    plan(typed, stored, SITE, today())
}

fn draft(json: serde_json::Value) -> Draft {
    json.as_object().cloned().expect("a draft is an object")
}

#[test]
fn a_new_row_is_created_with_its_place_and_without_empty_fields() {
    let created = draft(json!({
        "siteId": "s1", "date": "2026-11-22", "materialId": "MAT002", "shift": "ALL", "qtyTon": 128.450, "operation": "CRU-PRO", "line": 1
    }));
    assert_eq!(step(&Typed::Right(body(2, 128_450)), &nothing()), Some(Step::Create(created)));
}

#[test]
fn a_changed_row_sends_only_what_changed_with_the_version_that_was_seen() {
    let changed = Production { notes: Some("wet".into()), ..body(2, 130_000) };
    let edit =
        Step::Edit { id: id(7), rev: 3, draft: draft(json!({"qtyTon": 130.000, "notes": "wet"})) };
    assert_eq!(step(&Typed::Right(changed), &live()), Some(edit));
}

#[test]
fn a_note_that_is_emptied_is_sent_as_nothing() {
    let stored = Stored {
        entry: Some(entry(7, Production { notes: Some("wet".into()), ..body(2, 128_450) })),
        has_draft: false,
    };
    let edit = Step::Edit { id: id(7), rev: 3, draft: draft(json!({"notes": null})) };
    assert_eq!(step(&Typed::Right(body(2, 128_450)), &stored), Some(edit));
}

#[test]
fn a_row_that_says_what_is_stored_asks_for_nothing() {
    assert_eq!(step(&Typed::Right(body(2, 128_450)), &live()), None);
    assert_eq!(step(&Typed::Nothing, &nothing()), None);
    assert_eq!(step(&Typed::Nothing, &gone()), None);
}

#[test]
fn a_row_that_is_cleared_or_deleted_voids_its_record() {
    assert_eq!(step(&Typed::Nothing, &live()), Some(Step::Void { id: id(7), rev: 3 }));
}

#[test]
fn a_deleted_row_that_is_typed_again_is_created_again_and_not_edited() {
    let step = step(&Typed::Right(body(2, 128_450)), &gone());
    assert!(matches!(step, Some(Step::Create(_))), "{step:?}");
}

#[test]
fn a_row_that_is_not_right_is_kept_and_what_is_stored_stays() {
    let cells = draft(json!({"qtyTon": "12.3456"}));
    for stored in [nothing(), live(), gone(), with_draft(nothing())] {
        assert_eq!(step(&Typed::Wrong(cells.clone()), &stored), Some(Step::Keep(cells.clone())));
    }
}

#[test]
fn a_kept_row_is_forgotten_by_the_step_that_saves_it_or_by_itself() {
    let right = step(&Typed::Right(body(2, 1_000)), &with_draft(nothing()));
    assert!(matches!(right, Some(Step::Create(_))), "{right:?}");
    assert_eq!(step(&Typed::Nothing, &with_draft(live())), Some(Step::Void { id: id(7), rev: 3 }));
    assert_eq!(step(&Typed::Nothing, &with_draft(nothing())), Some(Step::Forget));
    assert_eq!(step(&Typed::Right(body(2, 128_450)), &with_draft(live())), Some(Step::Forget));
}

#[test]
fn another_operation_is_another_record_in_one_step() {
    let moved = Production { operation: Operation::Segregation, ..body(2, 128_450) };
    let step = step(&Typed::Right(moved), &live());
    let Some(Step::Replace { id: old, rev, draft }) = step else { panic!("{step:?}") };
    assert_eq!((old, rev, &draft["operation"]), (id(7), 3, &json!("SEG-OP")));
}

#[test]
fn a_row_is_read_as_the_door_reads_it() {
    let cells = |quantity: &str| {
        let mut cells = draft(
            json!({"materialId": "MAT002", "shift": "ALL", "line": 1, "operation": "CRU-PRO", "notes": null}),
        );
        cells.insert("qtyTon".into(), typed_json(quantity));
        read_row::<Production>(&cells, today(), &catalogue())
    };
    assert_eq!(cells("128.45"), Ok(body(2, 128_450)));
    assert_eq!(cells("١٢٨٫٤٥"), Ok(body(2, 128_450)));
    let codes = |quantity: &str| {
        cells(quantity).unwrap_err().into_iter().map(|problem| problem.code).collect::<Vec<_>>()
    };
    assert_eq!(codes(""), ["E-REQUIRED"]);
    assert_eq!(codes("0"), ["E-NUM"]);
    assert_eq!(codes("1.2345"), ["E-NUM"]);
    assert_eq!(codes("abc"), ["E-NUM"]);
}

#[test]
fn a_material_that_is_not_in_use_any_more_is_a_problem_of_the_row() {
    let cells = draft(json!({"materialId": "MAT009", "qtyTon": "1"}));
    let problems = read_row::<Production>(&cells, day("2026-11-22"), &catalogue()).unwrap_err();
    assert_eq!(problems[0].code, "E-MAT-ID");
}
