//! Which commands a change of a row becomes: nothing is lost, nothing is written twice.

mod common;

use common::{SITE, body, catalogue, day, deleted, entry, id, today};
use deskops_domain::choice::Operation;
use deskops_domain::draft::Draft;
use deskops_domain::entry::Entry;
use deskops_domain::modules::{Inventory, Production};
use deskops_domain::record::Record as _;
use deskops_ui::face::{Ask, Face, Row};
use deskops_ui::sheet::plan::{Step, Stored, Typed, plan, read_row, typed_json};
use serde_json::json;

fn nothing() -> Stored {
    Stored::default()
}

fn stored(entry: Entry<Production>) -> Stored {
    Stored { entry: Some(Row::from(entry)), has_draft: false }
}

fn live() -> Stored {
    stored(entry(7, body(2, 128_450)))
}

fn gone() -> Stored {
    stored(deleted(entry(7, body(2, 128_450))))
}

fn right(body: Production) -> Typed {
    Typed::Right(today(), body.values())
}

fn with_draft(stored: Stored) -> Stored {
    Stored { has_draft: true, ..stored }
}

fn step(typed: &Typed, stored: &Stored) -> Option<Step> {
    plan(&Face::of::<Production>(), typed, stored, SITE)
}

fn draft(json: serde_json::Value) -> Draft {
    json.as_object().cloned().expect("a draft is an object")
}

#[test]
fn a_new_row_is_created_with_its_place_and_without_empty_fields() {
    let created = draft(json!({
        "siteId": "s1", "date": "2026-11-22", "materialId": "MAT002", "shift": "ALL", "qtyTon": 128.450, "operation": "CRU-PRO", "line": 1, "origin": "TYPED"
    }));
    assert_eq!(step(&right(body(2, 128_450)), &nothing()), Some(Step::Ask(Ask::Create(created))));
}

#[test]
fn a_changed_row_sends_only_what_changed_with_the_version_that_was_seen() {
    let changed = Production { notes: Some("wet".into()), ..body(2, 130_000) };
    let draft = draft(json!({"qtyTon": 130.000, "notes": "wet"}));
    let edit = Step::Ask(Ask::Edit(id(7), 3, draft));
    assert_eq!(step(&right(changed), &live()), Some(edit));
}

#[test]
fn a_note_that_is_emptied_is_sent_as_nothing() {
    let stored = stored(entry(7, Production { notes: Some("wet".into()), ..body(2, 128_450) }));
    let edit = Step::Ask(Ask::Edit(id(7), 3, draft(json!({"notes": null}))));
    assert_eq!(step(&right(body(2, 128_450)), &stored), Some(edit));
}

#[test]
fn a_row_that_says_what_is_stored_asks_for_nothing() {
    assert_eq!(step(&right(body(2, 128_450)), &live()), None);
    assert_eq!(step(&Typed::Nothing, &nothing()), None);
    assert_eq!(step(&Typed::Nothing, &gone()), None);
}

#[test]
fn a_row_that_is_cleared_or_deleted_voids_its_record() {
    assert_eq!(step(&Typed::Nothing, &live()), Some(Step::Ask(Ask::Void(id(7), 3))));
}

#[test]
fn a_deleted_row_that_is_typed_again_is_created_again_and_not_edited() {
    let step = step(&right(body(2, 128_450)), &gone());
    assert!(matches!(step, Some(Step::Ask(Ask::Create(_)))), "{step:?}");
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
    let made = step(&right(body(2, 1_000)), &with_draft(nothing()));
    assert!(matches!(made, Some(Step::Ask(Ask::Create(_)))), "{made:?}");
    assert_eq!(step(&Typed::Nothing, &with_draft(live())), Some(Step::Ask(Ask::Void(id(7), 3))));
    assert_eq!(step(&Typed::Nothing, &with_draft(nothing())), Some(Step::Forget));
    assert_eq!(step(&right(body(2, 128_450)), &with_draft(live())), Some(Step::Forget));
}

#[test]
fn another_operation_is_another_record_in_one_step() {
    let moved = Production { operation: Operation::Segregation, ..body(2, 128_450) };
    let step = step(&right(moved), &live());
    let Some(Step::Ask(Ask::Replace(old, rev, draft))) = step else { panic!("{step:?}") };
    assert_eq!((old, rev, &draft["operation"]), (id(7), 3, &json!("SEG-OP")));
}

#[test]
fn a_row_is_read_as_the_door_reads_it() {
    let cells = |quantity: &str| {
        let mut cells = draft(
            json!({"materialId": "MAT002", "shift": "ALL", "line": 1, "operation": "CRU-PRO", "notes": null}),
        );
        cells.insert("qtyTon".into(), typed_json(quantity));
        read_row(&Face::of::<Production>(), &cells, None, today(), &catalogue())
    };
    assert_eq!(cells("128.45"), Ok(body(2, 128_450).values()));
    assert_eq!(cells("١٢٨٫٤٥"), Ok(body(2, 128_450).values()));
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
    let read = |stored| {
        let face = Face::of::<Production>();
        read_row(&face, &cells, stored, day("2026-11-22"), &catalogue())
    };
    assert_eq!(read(None).unwrap_err()[0].code, "E-MAT-ID");
    let stored = Row::from(entry(7, body(9, 128_450)));
    assert!(read(Some(&stored)).is_ok(), "what was saved before is not judged again");
}

#[test]
fn another_day_of_what_holds_from_a_day_on_is_another_record() {
    let moved = Typed::Right(day("2026-11-21"), body(2, 128_450).values());
    let step = step(&moved, &live());
    let Some(Step::Ask(Ask::Replace(_, _, draft))) = step else { panic!("{step:?}") };
    assert_eq!(draft["date"], json!("2026-11-21"));
}

#[test]
fn what_deskops_computes_is_emptied_and_never_deleted() {
    let face = Face::of::<Inventory>();
    let values = |counted: Option<i64>| {
        use deskops_domain::field::{Kind, Value};
        let value = |shape: &&deskops_domain::field::Shape| match (shape.name, shape.kind) {
            ("materialId", _) => Value::Text("MAT002".into()),
            ("countedTon", _) => counted.map_or(Value::Empty, Value::Int),
            (_, Kind::Tons | Kind::Flag) if shape.is_computed() => Value::Int(0),
            _ => Value::Empty,
        };
        face.shapes.iter().map(value).collect::<Vec<_>>()
    };
    let stored = |counted, rev| {
        let mut row = Row::from(entry(7, body(2, 1)));
        row.values = values(counted);
        row.stamp.rev = rev;
        Stored { entry: Some(row), has_draft: false }
    };
    let step = |typed: &Typed, stored: &Stored| plan(&face, typed, stored, SITE);
    let emptied = Step::Ask(Ask::Edit(id(7), 3, draft(json!({"countedTon": null}))));
    assert_eq!(step(&Typed::Nothing, &stored(Some(5_000), 3)), Some(emptied));
    assert_eq!(step(&Typed::Nothing, &stored(None, 3)), None, "there is nothing of people in it");
    let counted = Typed::Right(today(), values(Some(7_000)));
    let whole =
        json!({"siteId": SITE, "date": today(), "materialId": "MAT002", "countedTon": 7.000});
    let first = Step::Ask(Ask::Create(draft(whole)));
    assert_eq!(step(&counted, &stored(None, 0)), Some(first), "DeskOps alone had written in it");
}
