//! How a person settles what is open: A, B, A + B, something else; offline, and two at once.

use deskops_domain::change::{Change, ChangeKind};
use deskops_domain::sync::conflict::{Choice, Clash, Conflict};
use deskops_domain::sync::outcome::{Outcome, Stop, Why};
use serde_json::{Value as Json, json};

use super::yard::{Yard, id, kg, map, note, turn};

/// Twins: 5 is in effect, 6 stands beside it, and everybody has heard.
fn twins() -> (Yard, Conflict) {
    let mut yard = Yard::new();
    let (one, two) = (yard.enter(1, 5, "a"), yard.enter(2, 6, "a"));
    yard.take(&one);
    yard.take(&two);
    (1..=4).for_each(|laptop| yard.hear(laptop));
    let open = yard.open()[0].clone();
    (yard, open)
}

fn settle(yard: &mut Yard, laptop: u8, open: &Conflict, choice: &Choice) -> Change {
    let done = open.settle(choice, Some(&yard.row().clone())).expect("there is this choice");
    yard.settlement(laptop, done)
}

#[test]
fn a_conflict_is_settled_by_a_change() {
    let cases = [
        (Choice::First, 5, Outcome::Converged),
        (Choice::Second, 6, Outcome::Applied),
        (Choice::Sum, 11, Outcome::Applied),
        (Choice::Other(map(kg(8))), 8, Outcome::Applied),
    ];
    for (choice, amount, outcome) in cases {
        let (mut yard, open) = twins();
        let change = settle(&mut yard, 3, &open, &choice);
        assert_eq!(change.kind, ChangeKind::Resolve);
        let merged = yard.take(&change);
        assert_eq!(merged.outcome, outcome, "{choice:?}");
        assert_eq!(merged.settled, [(open.op.clone(), "qty".to_owned())]);
        assert_eq!(yard.group("qty"), kg(amount));
        assert!(yard.open().is_empty());
    }
}

#[test]
fn two_supervisors_who_settle_alike_agree_and_who_settle_otherwise_meet() {
    for (second, outcome) in [(11, Outcome::Converged), (8, Outcome::Conflict)] {
        let (mut yard, open) = twins();
        let one = settle(&mut yard, 3, &open, &Choice::Sum);
        let two = settle(&mut yard, 4, &open, &Choice::Other(map(kg(second))));
        assert_eq!(yard.take(&one).outcome, Outcome::Applied);
        assert_eq!(yard.take(&two).outcome, outcome, "{second}");
        assert_eq!(yard.group("qty"), kg(11));
        assert_eq!(yard.open().len(), usize::from(outcome == Outcome::Conflict));
    }
}

#[test]
fn settling_what_somebody_changed_meanwhile_is_a_new_conflict_and_closes_nothing() {
    let (mut yard, open) = twins();
    let edit = yard.change(1, ChangeKind::Put, &[turn("qty", kg(5), kg(7))]);
    let late = settle(&mut yard, 3, &open, &Choice::First);
    yard.take(&edit);
    let merged = yard.take(&late);
    assert_eq!((merged.outcome, merged.settled), (Outcome::Conflict, Vec::new()));
    let mut ops: Vec<_> = yard.open().iter().map(|open| open.op.clone()).collect();
    ops.sort();
    assert_eq!(ops, [open.op, late.op], "both are open");
}

#[test]
fn a_change_that_settles_nothing_of_a_group_leaves_its_conflict_open() {
    let (mut yard, open) = twins();
    let set = [turn("note", note("a"), note("b"))];
    let other = Change { resolves: vec![open.op], ..yard.change(3, ChangeKind::Resolve, &set) };
    assert_eq!(yard.take(&other).outcome, Outcome::Applied);
    assert_eq!(yard.open().len(), 1);
}

#[test]
fn an_edit_of_a_deleted_record_is_let_go_or_brings_it_back() {
    for (choice, kind, is_back) in
        [(Choice::First, ChangeKind::Resolve, false), (Choice::Second, ChangeKind::Restore, true)]
    {
        let mut yard = Yard::new();
        let first = yard.enter(1, 5, "a");
        yard.take(&first);
        (1..=3).for_each(|laptop| yard.hear(laptop));
        let gone = yard.change(1, ChangeKind::Void, &[]);
        let edit = yard.change(2, ChangeKind::Put, &[turn("qty", kg(5), kg(7))]);
        yard.take(&gone);
        yard.take(&edit);
        yard.hear(3);
        let open = yard.open()[0].clone();
        let change = settle(&mut yard, 3, &open, &choice);
        assert_eq!(change.kind, kind);
        assert!(yard.take(&change).outcome.is_taken());
        assert_eq!(yard.row().voided.is_none(), is_back);
        assert_eq!(yard.group("qty"), kg(if is_back { 7 } else { 5 }));
        assert!(yard.open().is_empty());
    }
}

#[test]
fn a_deletion_that_gave_way_is_let_go_or_done_after_all() {
    for (choice, is_gone) in [(Choice::First, false), (Choice::Second, true)] {
        let mut yard = Yard::new();
        let first = yard.enter(1, 5, "a");
        yard.take(&first);
        (1..=3).for_each(|laptop| yard.hear(laptop));
        let edit = yard.change(1, ChangeKind::Put, &[turn("qty", kg(5), kg(7))]);
        let gone = yard.change(2, ChangeKind::Void, &[]);
        yard.take(&edit);
        yard.take(&gone);
        yard.hear(3);
        let open = yard.open()[0].clone();
        let change = settle(&mut yard, 3, &open, &choice);
        assert!(yard.take(&change).outcome.is_taken());
        assert_eq!(yard.row().voided.is_some(), is_gone);
        assert!(yard.open().is_empty());
    }
}

#[test]
fn who_does_not_know_of_a_new_deletion_does_not_settle_an_old_one() {
    let mut yard = Yard::new();
    let first = yard.enter(1, 5, "a");
    yard.take(&first);
    (1..=3).for_each(|laptop| yard.hear(laptop));
    let gone = yard.change(1, ChangeKind::Void, &[]);
    let edit = yard.change(2, ChangeKind::Put, &[turn("qty", kg(5), kg(7))]);
    yard.take(&gone);
    yard.take(&edit);
    (1..=3).for_each(|laptop| yard.hear(laptop));
    let open = yard.open()[0].clone();
    let late = settle(&mut yard, 3, &open, &Choice::First);
    for kind in [ChangeKind::Restore, ChangeKind::Void] {
        let change = yard.change(1, kind, &[]);
        yard.take(&change);
    }
    assert_eq!(yard.take(&late).outcome, Outcome::Conflict);
}

#[test]
fn what_was_held_is_let_go_or_taken_by_somebody_who_may() {
    for (choice, amount) in [(Choice::First, 5), (Choice::Second, 7)] {
        let mut yard = Yard::new();
        let first = yard.enter(1, 5, "a");
        yard.take(&first);
        yard.hear(2);
        let late = yard.change(2, ChangeKind::Put, &[turn("qty", kg(5), kg(7))]);
        let locked = |change: &Change, _: &_| {
            (change.actor == "clerk-2").then(|| Stop::held(Why::PeriodLocked))
        };
        assert_eq!(
            yard.take_with(&late, &locked).outcome,
            Outcome::from(Stop::held(Why::PeriodLocked))
        );
        assert_eq!(yard.group("qty"), kg(5));
        yard.hear(3);
        let open = yard.open()[0].clone();
        assert!(matches!(open.clash, Clash::Held { .. }));
        let change = settle(&mut yard, 3, &open, &choice);
        assert!(yard.take_with(&change, &locked).outcome.is_taken());
        assert_eq!(yard.group("qty"), kg(amount));
        assert!(yard.open().is_empty());
    }
}

#[test]
fn a_first_change_that_was_held_makes_its_record_when_it_is_taken() {
    let mut yard = Yard::new();
    let first = yard.enter(1, 5, "a");
    yard.take_with(&first, &|_, _| Some(Stop::held(Why::PeriodLocked)));
    yard.hear(3);
    let open = yard.open()[0].clone();
    assert_eq!((&open.kept, &open.key), (&None, &first.key));
    let done = open.settle(&Choice::Second, None).unwrap();
    let key = done.key.clone();
    let change = Change { key, ..yard.settlement(3, done) };
    assert_eq!(yard.take(&change).outcome, Outcome::Applied);
    assert_eq!((yard.group("qty"), yard.row().key.clone()), (kg(5), first.key));
    assert!(yard.open().is_empty());
}

#[test]
fn what_is_wrong_in_itself_is_let_go_and_never_taken() {
    let mut yard = Yard::new();
    let first = yard.enter(1, 5, "a");
    yard.take(&first);
    let wrong = yard.change(2, ChangeKind::Put, &[turn("qty", kg(5), kg(0))]);
    yard.take(&wrong);
    yard.hear(3);
    let open = yard.open()[0].clone();
    assert_eq!(open.settle(&Choice::Second, Some(yard.row())), None);
    let change = settle(&mut yard, 3, &open, &Choice::First);
    assert!(yard.take(&change).outcome.is_taken());
    assert!(yard.open().is_empty());
}

/// A conflict of twins of another kind, over one group.
fn twin_of(entity: &str, group: &str, a: &Json, b: &Json) -> Option<Json> {
    let (mut yard, mut open) = twins();
    (open.entity, open.spot) = (entity.to_owned(), group.to_owned());
    open.saw = [(group.to_owned(), None)].into();
    open.other.set = [(group.to_owned(), map(b.clone()))].into();
    let mut row = yard.row().clone();
    row.groups = [(group.to_owned(), map(a.clone()))].into();
    yard.hear(1);
    open.sum(&row).map(Json::Object)
}

#[test]
fn only_what_can_be_added_is_added() {
    let use_of = |count: i64, hours: i64| json!({"headcount": count, "hours": hours});
    let qty = |kg: i64, origin: &str| json!({"qty_kg": kg, "origin": origin});
    let fed = |kg: i64, residue: Option<i64>| json!({"feed_kg": kg, "residue_kg": residue, "loss_kg": null, "is_estimated": 0});
    let cases = [
        (
            "heads of the same hours",
            "manpower",
            "use",
            use_of(5, 800),
            use_of(3, 800),
            Some(use_of(8, 800)),
        ),
        ("heads of other hours", "manpower", "use", use_of(5, 800), use_of(3, 700), None),
        (
            "figures of one origin",
            "production",
            "qty",
            qty(1, "TYPED"),
            qty(2, "TYPED"),
            Some(qty(3, "TYPED")),
        ),
        ("figures of two origins", "production", "qty", qty(1, "TYPED"), qty(2, "RATE"), None),
        (
            "an amount and nothing",
            "run",
            "qty",
            fed(9, Some(1)),
            fed(8, None),
            Some(fed(17, Some(1))),
        ),
        (
            "more than a record holds",
            "production",
            "qty",
            qty(999_999_999, "TYPED"),
            qty(1, "TYPED"),
            None,
        ),
        ("words", "production", "note", note("a"), note("b"), None),
        (
            "counts of a heap",
            "inventory",
            "counted",
            json!({"counted_kg": 5}),
            json!({"counted_kg": 6}),
            None,
        ),
        (
            "records without a key",
            "dispatch",
            "qty",
            json!({"qty_kg": 5}),
            json!({"qty_kg": 6}),
            None,
        ),
    ];
    for (what, entity, group, a, b, sum) in cases {
        assert_eq!(twin_of(entity, group, &a, &b), sum, "{what}");
    }
}

#[test]
fn two_edits_of_one_record_are_not_twins() {
    let mut yard = Yard::new();
    let first = yard.enter(1, 5, "a");
    yard.take(&first);
    (1..=2).for_each(|laptop| yard.hear(laptop));
    for (laptop, to) in [(1, 7), (2, 9)] {
        let edit = yard.change(laptop, ChangeKind::Put, &[turn("qty", kg(5), kg(to))]);
        yard.take(&edit);
    }
    assert_eq!(yard.open()[0].sum(yard.row()), None);
    assert_eq!(yard.open()[0].settle(&Choice::Sum, Some(yard.row())), None);
    assert_ne!(yard.open()[0].op, id(1));
}
