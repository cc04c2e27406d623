//! What holds of any changes, in any order.

use deskops_domain::change::{Change, ChangeKind};
use deskops_domain::sync::digest::Digest;
use deskops_domain::sync::op::Op;
use deskops_domain::sync::outcome::Outcome;
use proptest::prelude::*;

use super::yard::{Yard, kg, note, turn};

/// Who, what of four deeds, from and to, and whether all is heard before.
type Deed = (u8, u8, i64, i64, bool);

fn deeds() -> impl Strategy<Value = Vec<Deed>> {
    prop::collection::vec((1..4_u8, 0..8_u8, 1..4_i64, 1..4_i64, any::<bool>()), 1..25)
}

fn made(yard: &mut Yard, (who, what, from, to, hears): Deed) -> Change {
    if hears {
        yard.hear(who);
    }
    let words = |n: i64| note(&"x".repeat(usize::try_from(n).unwrap()));
    match what {
        0 => yard.change(who, ChangeKind::Void, &[]),
        1 => yard.change(who, ChangeKind::Restore, &[]),
        2 | 3 => yard.change(who, ChangeKind::Put, &[turn("note", words(from), words(to))]),
        4 => yard.enter(who, to, "x"),
        _ => yard.change(who, ChangeKind::Put, &[turn("qty", kg(from), kg(to))]),
    }
}

proptest! {
    /// Whatever is said is in force or stands open, and what is in force was said.
    #[test]
    fn nothing_that_is_said_is_lost(deeds in deeds()) {
        let mut yard = Yard::new();
        for deed in deeds {
            let change = made(&mut yard, deed);
            let before = yard.standings.get(&change.rec).cloned().unwrap_or_default();
            let merged = yard.take(&change);
            let row = merged.standing.row.as_ref();
            for (group, set) in &change.set {
                let is_in_force = row.is_some_and(|row| row.holds(group, &set.to));
                let is_open = merged.opened.iter().any(|it| it.other.set.get(group) == Some(&set.to));
                prop_assert!(is_in_force || is_open, "{group} of {change:?}");
            }
            prop_assert_eq!(merged.outcome.is_taken(), merged.opened.is_empty());
            if merged.outcome != Outcome::Applied && merged.outcome != Outcome::Conflict {
                prop_assert_eq!(&merged.standing.row, &before.row, "nothing was altered");
            }
            let op = Op::of(change);
            prop_assert_eq!(Op::read(op.raw()), Ok(op));
        }
    }

    /// Changes of different groups by people who do not hear each other come to the same, whoever is first.
    #[test]
    fn different_groups_come_to_the_same_in_any_order(qty in 1..9_i64, words in "[a-z]{1,8}") {
        let ends = [false, true].map(|is_turned| {
            let mut yard = Yard::new();
            let first = yard.enter(1, 5, "a");
            yard.take(&first);
            (1..=2).for_each(|laptop| yard.hear(laptop));
            let one = yard.change(1, ChangeKind::Put, &[turn("qty", kg(5), kg(qty))]);
            let two = yard.change(2, ChangeKind::Put, &[turn("note", note("a"), note(&words))]);
            let both = if is_turned { [two, one] } else { [one, two] };
            for change in both {
                yard.take(&change);
            }
            (yard.row().groups.clone(), yard.open().len())
        });
        prop_assert_eq!(&ends[0], &ends[1]);
        prop_assert_eq!(ends[0].1, 0);
    }

    /// A digest does not depend on the order in which it was added up.
    #[test]
    fn a_digest_is_the_same_in_any_order(deeds in deeds()) {
        let mut yard = Yard::new();
        let (mut kept_up, mut rows) = (Digest::default(), Vec::new());
        for (at, deed) in (1..).zip(deeds) {
            let mut change = made(&mut yard, deed);
            if let Some(key) = &mut change.key {
                key.insert("line".into(), (at % 3 + 1).into());
                change.rec = deskops_domain::id::Id::natural(&serde_json::Value::Object(key.clone()));
            }
            let was = yard.standings.get(&change.rec).and_then(|it| it.row.clone());
            let merged = yard.take(&change);
            kept_up.turn(was.as_ref(), merged.standing.row.as_ref());
        }
        rows.extend(yard.standings.values().filter_map(|it| it.row.clone()));
        let mut added_up = Digest::default();
        rows.iter().rev().for_each(|row| added_up.turn(None, Some(row)));
        prop_assert_eq!(kept_up, added_up);
    }
}
