//! A production record's life: entered, changed, deleted, brought back; and its past.

use deskops_domain::api::records::{Create, Edit, Get, History, Replace, Restore, Saved, Void};
use deskops_domain::api::{Code, Refusal};
use deskops_domain::change::ChangeKind;
use deskops_domain::choice::{Operation, Shift};
use deskops_domain::draft::Draft;
use deskops_domain::id::Id;
use deskops_domain::modules::Production;
use deskops_domain::quantity::Tons;
use deskops_tests::{TestDesk, production};
use serde_json::json;

crate::facts! {
    a_record_is_kept_with_its_defaults_and_its_stamp,
    an_amount_is_exact_to_the_kilogram,
    an_edit_changes_only_what_was_typed,
    an_edit_that_changes_nothing_makes_no_version,
    an_edit_on_an_old_version_is_refused_and_changes_nothing,
    place_and_key_of_a_record_never_change,
    a_second_record_with_the_same_key_is_refused_and_named,
    another_line_of_the_same_material_is_another_record,
    a_deleted_record_stays_readable_and_comes_back,
    the_same_key_entered_again_is_the_same_record_with_one_past,
    a_deleted_record_is_not_changed,
    the_past_tells_who_changed_what_and_when,
    a_record_that_is_not_there_is_not_found,
    a_record_with_the_wrong_key_is_replaced_in_one_step,
    a_replacement_that_is_refused_leaves_the_old_record,
    a_deletion_of_what_somebody_else_changed_is_refused,
}

fn draft(json: serde_json::Value) -> Draft {
    json.as_object().unwrap().clone()
}

fn a_record_is_kept_with_its_defaults_and_its_stamp(desk: &TestDesk) {
    let entry = production().tons("128.45").save(desk);
    assert_eq!(
        (entry.body.shift, entry.body.operation, entry.body.line),
        (Shift::All, Operation::CrusherProduction, 1)
    );
    assert_eq!(entry.body.qty_kg, Tons::kg(128_450));
    assert_eq!((entry.stamp.rev, entry.stamp.created_by.as_str()), (1, "this-computer"));
    assert_eq!(entry.stamp.created_at.to_string(), "2026-11-22T06:00:00.000Z");
    assert!(!entry.stamp.is_sent);
    assert_eq!(desk.call(Get::<Production>::new(entry.id.clone())), Ok(entry));
}

fn an_amount_is_exact_to_the_kilogram(desk: &TestDesk) {
    for (line, (typed, kg)) in
        [("0.001", 1), ("999999.999", 999_999_999), ("0.1", 100), ("1,204.1", 1_204_100)]
            .into_iter()
            .enumerate()
    {
        let entry = production().tons(typed).with("line", line + 1).save(desk);
        assert_eq!(entry.body.qty_kg, Tons::kg(kg), "{typed}");
    }
    let sent_as_a_number = production().with("qtyTon", 74.835).with("line", 9).save(desk);
    assert_eq!(sent_as_a_number.body.qty_kg, Tons::kg(74_835));
}

fn an_edit_changes_only_what_was_typed(desk: &TestDesk) {
    let entry = production().with("notes", "wet feed").save(desk);
    desk.at("2026-11-22T06:10:00Z");
    let edited = desk
        .call(Edit::<Production>::new(entry.id.clone(), Some(1), draft(json!({"qtyTon": "12.5"}))))
        .unwrap()
        .entry;
    assert_eq!(edited.body.qty_kg, Tons::kg(12_500));
    assert_eq!(edited.body.notes.as_deref(), Some("wet feed"));
    assert_eq!(edited.stamp.rev, 2);
    assert_eq!(edited.stamp.created_at, entry.stamp.created_at);
    assert!(edited.stamp.updated_at > entry.stamp.updated_at);
    let emptied = desk
        .call(Edit::<Production>::new(entry.id, None, draft(json!({"notes": ""}))))
        .unwrap()
        .entry;
    assert_eq!(emptied.body.notes, None, "an empty field is emptied");
}

fn an_edit_that_changes_nothing_makes_no_version(desk: &TestDesk) {
    let entry = production().save(desk);
    let again = desk
        .call(Edit::<Production>::new(
            entry.id.clone(),
            Some(1),
            draft(json!({"qtyTon": "10.000"})),
        ))
        .unwrap();
    assert_eq!(again.entry.stamp.rev, 1);
    assert_eq!(desk.call(History::<Production>::new(entry.id)).unwrap().len(), 1);
}

fn an_edit_on_an_old_version_is_refused_and_changes_nothing(desk: &TestDesk) {
    let entry = production().save(desk);
    let edit = |rev, tons: &str| {
        desk.call(Edit::<Production>::new(
            entry.id.clone(),
            Some(rev),
            draft(json!({"qtyTon": tons})),
        ))
    };
    edit(1, "11").unwrap();
    let refused = edit(1, "12").unwrap_err();
    assert_eq!((refused.code, refused.record), (Code::RecordChanged, Some(entry.id.clone())));
    assert_eq!(
        desk.call(Get::<Production>::new(entry.id.clone())).unwrap().body.qty_kg,
        Tons::kg(11_000)
    );
}

fn place_and_key_of_a_record_never_change(desk: &TestDesk) {
    let entry = production().save(desk);
    let moved = draft(json!({"materialId": "MAT003", "date": "2026-11-21", "shift": "NIGHT"}));
    let refused = desk.call(Edit::<Production>::new(entry.id.clone(), None, moved)).unwrap_err();
    let paths: Vec<_> = refused
        .details
        .iter()
        .map(|problem| (problem.path.as_str(), problem.code.as_str()))
        .collect();
    assert_eq!(paths, [("date", "E-KEY"), ("materialId", "E-KEY"), ("shift", "E-KEY")]);
    assert_eq!(desk.call(Get::<Production>::new(entry.id.clone())), Ok(entry));
}

fn a_second_record_with_the_same_key_is_refused_and_named(desk: &TestDesk) {
    let first = production().tons("96.2").save(desk);
    let refused = production().tons("5").try_save(desk).unwrap_err();
    assert_eq!((refused.code, refused.record), (Code::DuplicateRecord, Some(first.id.clone())));
    assert!(refused.message.contains("96.200 t"), "{}", refused.message);
    assert_eq!(
        desk.call(Get::<Production>::new(first.id.clone())),
        Ok(first),
        "nothing was changed"
    );
}

fn another_line_of_the_same_material_is_another_record(desk: &TestDesk) {
    let first = production().save(desk);
    let second = production().with("line", 2).save(desk);
    let night = production().with("shift", "NIGHT").save(desk);
    assert!(
        first.id != second.id && second.id != night.id && night.id != first.id,
        "d_43: shift and line are in the key"
    );
}

fn a_deleted_record_stays_readable_and_comes_back(desk: &TestDesk) {
    let entry = production().save(desk);
    let voided = desk
        .call(Void::<Production>::new(entry.id.clone(), Some("typed twice".into())))
        .unwrap()
        .entry;
    let mark = voided.stamp.voided.clone().unwrap();
    assert_eq!((mark.by.as_str(), mark.reason.as_deref()), ("this-computer", Some("typed twice")));
    assert_eq!(desk.call(Get::<Production>::new(entry.id.clone())), Ok(voided.clone()));
    let twice = desk.call(Void::<Production>::new(entry.id.clone(), None)).unwrap().entry;
    assert_eq!(twice, voided, "deleting a deleted record changes nothing");
    let back = desk.call(Restore::<Production>::new(entry.id.clone())).unwrap().entry;
    assert_eq!((back.stamp.voided, back.body, back.stamp.rev), (None, entry.body, 3));
}

fn the_same_key_entered_again_is_the_same_record_with_one_past(desk: &TestDesk) {
    let first = production().tons("10").save(desk);
    desk.call(Void::<Production>::new(first.id.clone(), None)).unwrap();
    let again = desk.call(Create::<Production>::new(production().tons("20").0)).unwrap().entry;
    assert_eq!(
        (again.id.clone(), again.body.qty_kg, again.stamp.rev),
        (first.id.clone(), Tons::kg(20_000), 3)
    );
    let kinds: Vec<_> = desk
        .call(History::<Production>::new(first.id))
        .unwrap()
        .iter()
        .map(|past| past.change.kind)
        .collect();
    assert_eq!(kinds, [ChangeKind::Restore, ChangeKind::Void, ChangeKind::Put]);
}

fn a_deleted_record_is_not_changed(desk: &TestDesk) {
    let entry = production().save(desk);
    desk.call(Void::<Production>::new(entry.id.clone(), None)).unwrap();
    let refused = desk
        .call(Edit::<Production>::new(entry.id, None, draft(json!({"qtyTon": 5}))))
        .unwrap_err();
    assert_eq!(refused.code, Code::RecordChanged);
}

fn the_past_tells_who_changed_what_and_when(desk: &TestDesk) {
    let entry = production().save(desk);
    desk.at("2026-11-22T07:30:00Z");
    desk.call(Edit::<Production>::new(
        entry.id.clone(),
        None,
        draft(json!({"qtyTon": "12.5", "notes": "belt stop"})),
    ))
    .unwrap();
    let past = desk.call(History::<Production>::new(entry.id)).unwrap();
    let latest = &past[0];
    assert_eq!((latest.rev, latest.is_sent), (2, false));
    assert_eq!(
        (latest.change.actor.as_str(), latest.change.at.to_string().as_str()),
        ("this-computer", "2026-11-22T07:30:00.000Z")
    );
    let qty = &latest.change.set["qty"];
    assert_eq!(
        json!(qty),
        json!({"from": {"qty_kg": 10_000, "origin": "TYPED"}, "to": {"qty_kg": 12_500, "origin": "TYPED"}})
    );
    assert_eq!(
        json!(latest.change.set["note"]),
        json!({"from": {"notes": null}, "to": {"notes": "belt stop"}})
    );
    assert_eq!(past[1].change.set["qty"].from, None, "the first version comes from nothing");
}

fn a_record_that_is_not_there_is_not_found(desk: &TestDesk) {
    let nobody = Id::random(1, [7; 10]);
    assert_eq!(desk.call(Get::<Production>::new(nobody.clone())).unwrap_err().code, Code::NotFound);
    assert_eq!(
        desk.call(Void::<Production>::new(nobody.clone(), None)).unwrap_err().code,
        Code::NotFound
    );
    assert_eq!(desk.raw("production/melt", json!({})).unwrap_err().code, Code::NotFound);
}

fn replaced(
    desk: &TestDesk,
    id: &Id,
    rev: u32,
    draft: Draft,
) -> Result<Saved<Production>, Refusal> {
    desk.call(Replace::<Production>::new(id.clone(), rev, draft))
}

fn a_record_with_the_wrong_key_is_replaced_in_one_step(desk: &TestDesk) {
    let wrong = production().tons("96.2").save(desk);
    let right = replaced(desk, &wrong.id, 1, production().tons("96.2").with("shift", "NIGHT").0);
    let right = right.unwrap().entry;
    assert_ne!(right.id, wrong.id);
    assert!(desk.call(Get::<Production>::new(wrong.id.clone())).unwrap().stamp.voided.is_some());
    let group = |id: Id| desk.call(History::<Production>::new(id)).unwrap()[0].change.group.clone();
    assert!(group(right.id.clone()).is_some() && group(right.id) == group(wrong.id));
}

fn a_replacement_that_is_refused_leaves_the_old_record(desk: &TestDesk) {
    let wrong = production().save(desk);
    production().with("shift", "NIGHT").save(desk);
    let night = production().with("shift", "NIGHT").0;
    assert_eq!(replaced(desk, &wrong.id, 1, night).unwrap_err().code, Code::DuplicateRecord);
    let morning = production().with("shift", "MORNING").0;
    assert_eq!(replaced(desk, &wrong.id, 2, morning).unwrap_err().code, Code::RecordChanged);
    assert_eq!(desk.call(Get::<Production>::new(wrong.id.clone())), Ok(wrong));
}

fn a_deletion_of_what_somebody_else_changed_is_refused(desk: &TestDesk) {
    let entry = production().save(desk);
    let edit = draft(json!({"qtyTon": 120}));
    desk.call(Edit::<Production>::new(entry.id.clone(), Some(1), edit)).unwrap();
    let void = |rev| desk.call(Void::<Production>::new(entry.id.clone(), None).rev(rev));
    assert_eq!(void(1).unwrap_err().code, Code::RecordChanged);
    assert!(void(2).is_ok());
}
