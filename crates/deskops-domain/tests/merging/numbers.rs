//! Ids and numbers: what was had, what is missing, which database went another way.

use std::rc::Rc;

use deskops_domain::change::{Change, ChangeKind};
use deskops_domain::id::Id;
use deskops_domain::sync::op::Op;
use deskops_domain::sync::receive::{Known, Receipt, receive, runs};

use super::yard::{Yard, id, kg, turn};

fn numbered(seq: i64, prev: Option<u8>) -> Op {
    let mut change = Yard::new().enter(1, 5, "a");
    change.origin.seq = seq;
    change.origin.prev = prev.map(id);
    Op::of(change)
}

#[test]
fn every_case_of_id_and_number() {
    let op = numbered(3, Some(2));
    let (own, hash) = (op.change().op.clone(), op.payload_hash().to_owned());
    let (other, two) = (id(9), id(2));
    let known = |is_known: Option<bool>, last: i64, holder: Option<&'static str>| {
        let holder = match holder {
            Some("itself") => Some(&own),
            Some(_) => Some(&other),
            None => None,
        };
        let hash = is_known.map(|is_same| if is_same { hash.as_str() } else { "another" });
        Known { hash, last, holder, before: Some(&two) }
    };
    let cases = [
        ("new and next", known(None, 2, None), Receipt::New),
        (
            "had, and its number is due",
            known(Some(true), 2, None),
            Receipt::Again { is_counted: true },
        ),
        (
            "had under this number",
            known(Some(true), 7, Some("itself")),
            Receipt::Again { is_counted: false },
        ),
        (
            "had, under a number of another",
            known(Some(true), 7, Some("other")),
            Receipt::NumberReused,
        ),
        ("new, under a number of another", known(None, 7, Some("other")), Receipt::NumberReused),
        (
            "another of this id, next",
            known(Some(false), 2, None),
            Receipt::IdReused { is_counted: true },
        ),
        (
            "another of this id, again",
            known(Some(false), 7, Some("itself")),
            Receipt::IdReused { is_counted: false },
        ),
        ("one is missing", known(None, 1, None), Receipt::Gap { expected: 2 }),
        ("had, and one is missing", known(Some(true), 0, None), Receipt::Gap { expected: 1 }),
    ];
    for (what, known, receipt) in cases {
        assert_eq!(receive(known, &op), receipt, "{what}");
    }
}

/// F8: two clones, of which one never sends the number that would give it away, because the other
/// has sent that change under a new one.
#[test]
fn a_clone_that_goes_on_under_numbers_of_the_other_is_found_out() {
    let op = numbered(4, Some(3));
    let (mine, theirs) = (id(3), id(30));
    let known = |before| Known { hash: None, last: 3, holder: None, before: Some(before) };
    assert_eq!(receive(known(&mine), &op), Receipt::New);
    assert_eq!(receive(known(&theirs), &op), Receipt::NumberReused);
}

#[test]
fn the_hash_is_the_same_under_another_number_and_signature_and_for_nothing_else() {
    let op = numbered(3, Some(2));
    let again = |alter: &dyn Fn(&mut Change)| {
        let mut change = op.change().clone();
        alter(&mut change);
        Op::of(change).payload_hash() == op.payload_hash()
    };
    assert!(again(&|it| (it.origin.inc, it.origin.seq, it.origin.prev) = (id(8), 1, None)));
    assert!(again(&|it| it.sig = Some("00".into())));
    assert!(!again(&|it| it.base.seq = 1));
    assert!(!again(&|it| it.actor = "somebody".into()));
    assert!(!again(&|it| it.at.0 += 1));
    assert!(!again(&|it| it.set.get_mut("qty").unwrap().to["qty_kg"] = 6.into()));
}

#[test]
fn a_run_is_what_has_one_group_and_stands_side_by_side() {
    let mut yard = Yard::new();
    let groups: [Option<Id>; 6] = [None, None, Some(id(1)), Some(id(1)), Some(id(2)), None];
    let ops: Vec<Rc<Op>> = groups
        .into_iter()
        .map(|group| {
            let change = yard.change(1, ChangeKind::Put, &[turn("qty", kg(1), kg(2))]);
            Rc::new(Op::of(Change { group, ..change }))
        })
        .collect();
    let ops: Vec<&Op> = ops.iter().map(|op| &**op).collect();
    assert_eq!(runs(&ops).map(<[_]>::len).collect::<Vec<_>>(), [1, 1, 2, 1, 1]);
}
