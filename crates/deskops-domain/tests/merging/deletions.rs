//! Deleting, bringing back, and what stands in the way of each.

use deskops_domain::change::{Change, ChangeKind};
use deskops_domain::sync::conflict::Clash;
use deskops_domain::sync::outcome::{Outcome, Stop, Why};
use serde_json::Value as Json;

use super::yard::{Yard, kg, note, turn};

fn known() -> Yard {
    let mut yard = Yard::new();
    let first = yard.enter(1, 5, "a");
    yard.take(&first);
    (1..=3).for_each(|laptop| yard.hear(laptop));
    yard
}

/// The record is deleted, and only laptop 1 knows.
fn deleted() -> Yard {
    let mut yard = known();
    let mut gone = yard.change(1, ChangeKind::Void, &[]);
    gone.reason = Some("entered twice".to_owned());
    assert_eq!(yard.take(&gone).outcome, Outcome::Applied);
    yard
}

#[test]
fn a_deletion_is_a_mark_with_a_reason_and_takes_nothing_away() {
    let yard = deleted();
    let voided = yard.row().voided.as_ref().unwrap();
    assert_eq!((voided.by.as_str(), voided.reason.as_deref()), ("clerk-1", Some("entered twice")));
    assert_eq!(yard.group("qty"), kg(5));
}

#[test]
fn a_deletion_gives_way_to_an_edit_that_its_author_had_not_seen() {
    let mut yard = known();
    let edit = yard.change(1, ChangeKind::Put, &[turn("qty", kg(5), kg(7))]);
    yard.take(&edit);
    let blind = yard.change(2, ChangeKind::Void, &[]);
    assert_eq!(yard.take(&blind).outcome, Outcome::Conflict);
    assert!(yard.row().voided.is_none(), "the record stays");
    let open = &yard.open()[0];
    assert_eq!((&open.clash, open.other.is_void), (&Clash::VoidVsEdit, true));
    let kept = open.kept.as_ref().unwrap();
    assert_eq!(kept.actor, "clerk-1");
    assert_eq!(kept.set.keys().collect::<Vec<_>>(), ["qty"], "what stands against it");
}

#[test]
fn a_deletion_that_says_what_it_saw_goes_through_where_that_is_what_stands() {
    for (saw, outcome) in [(5, Outcome::Applied), (6, Outcome::Conflict)] {
        let mut yard = known();
        for (from, to) in [(5, 6), (6, 5)] {
            let edit = yard.change(1, ChangeKind::Put, &[turn("qty", kg(from), kg(to))]);
            yard.take(&edit);
        }
        let gone = yard.change(2, ChangeKind::Void, &[turn("qty", kg(saw), kg(saw))]);
        assert_eq!(yard.take(&gone).outcome, outcome, "saw {saw}");
    }
}

/// F1, for deletions.
#[test]
fn a_deletion_looks_at_every_writer_and_not_only_the_last() {
    let mut yard = known();
    for (laptop, from, to) in [(1, 5, 7), (2, 5, 7), (2, 7, 8)] {
        let edit = yard.change(laptop, ChangeKind::Put, &[turn("qty", kg(from), kg(to))]);
        yard.take(&edit);
    }
    let gone = yard.change(2, ChangeKind::Void, &[]);
    assert_eq!(yard.take(&gone).outcome, Outcome::Conflict);
}

#[test]
fn two_deletions_are_one() {
    let mut yard = deleted();
    let again = yard.change(2, ChangeKind::Void, &[]);
    assert_eq!(yard.take(&again).outcome, Outcome::Converged);
    assert_eq!(yard.row().voided.as_ref().unwrap().by, "clerk-1");
}

#[test]
fn an_edit_of_a_deleted_record_revives_nothing_and_is_kept() {
    for has_heard in [false, true] {
        let mut yard = deleted();
        if has_heard {
            yard.hear(2);
        }
        let edit = yard.change(2, ChangeKind::Put, &[turn("qty", kg(5), kg(7))]);
        assert_eq!(yard.take(&edit).outcome, Outcome::Conflict);
        assert!(yard.row().voided.is_some());
        assert_eq!(yard.group("qty"), kg(5));
        let open = &yard.open()[0];
        assert_eq!(open.clash, Clash::EditVsVoid);
        assert_eq!(Json::Object(open.other.set["qty"].clone()), kg(7));
        assert!(open.kept.as_ref().unwrap().is_void);
    }
}

#[test]
fn the_same_key_entered_over_a_deletion_is_kept_beside_it() {
    let mut yard = deleted();
    let twin = yard.enter(3, 6, "b");
    assert_eq!(yard.take(&twin).outcome, Outcome::Conflict);
    assert_eq!(yard.open()[0].other.set.len(), 2, "all of it");
}

#[test]
fn only_who_saw_the_deletion_brings_the_record_back() {
    let mut yard = deleted();
    let blind = yard.change(2, ChangeKind::Restore, &[]);
    assert_eq!(yard.take(&blind).outcome, Outcome::Conflict);
    assert_eq!(yard.open()[0].clash, Clash::RestoreVsVoid);
    assert!(yard.row().voided.is_some());
    yard.hear(3);
    let set = [turn("qty", kg(5), kg(8)), turn("note", note("a"), note("b"))];
    let seen = yard.change(3, ChangeKind::Restore, &set);
    assert_eq!(yard.take(&seen).outcome, Outcome::Applied);
    assert!(yard.row().voided.is_none());
    assert_eq!((yard.group("qty"), yard.group("note")), (kg(8), note("b")));
}

#[test]
fn an_earlier_deletion_that_was_seen_is_not_the_one_in_force() {
    let mut yard = deleted();
    yard.hear(2);
    let back = yard.change(1, ChangeKind::Restore, &[]);
    yard.take(&back);
    let gone = yard.change(1, ChangeKind::Void, &[]);
    yard.take(&gone);
    let blind = yard.change(2, ChangeKind::Restore, &[]);
    assert_eq!(yard.take(&blind).outcome, Outcome::Conflict);
}

#[test]
fn bringing_back_what_is_there_sets_its_groups_like_any_change() {
    let mut yard = known();
    let nothing = yard.change(1, ChangeKind::Restore, &[]);
    assert_eq!(yard.take(&nothing).outcome, Outcome::Converged);
    let set = yard.change(1, ChangeKind::Restore, &[turn("qty", kg(5), kg(6))]);
    assert_eq!(yard.take(&set).outcome, Outcome::Applied);
}

#[test]
fn what_is_not_there_is_neither_deleted_nor_brought_back_nor_changed() {
    let set = [turn("qty", kg(5), kg(6))];
    for (kind, set) in
        [(ChangeKind::Void, &[][..]), (ChangeKind::Restore, &[]), (ChangeKind::Put, &set)]
    {
        let mut yard = Yard::new();
        let change: Change = yard.change(1, kind, set);
        assert_eq!(
            yard.take(&change).outcome,
            Outcome::from(Stop::held(Why::NoRecord)),
            "{kind:?}"
        );
        assert!(yard.standing().row.is_none());
        assert_eq!(yard.open().len(), 1, "it is seen");
    }
}
