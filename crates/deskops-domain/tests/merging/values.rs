//! Two people change one record.

use deskops_domain::change::{Change, ChangeKind};
use deskops_domain::id::Id;
use deskops_domain::sync::conflict::Clash;
use deskops_domain::sync::outcome::Outcome;
use serde_json::{Value as Json, json};

use super::yard::{Yard, id, kg, map, note, turn};

/// A record that everybody has heard.
fn known() -> Yard {
    let mut yard = Yard::new();
    let first = yard.enter(1, 5, "a");
    assert_eq!(yard.take(&first).outcome, Outcome::Applied);
    (1..=4).for_each(|laptop| yard.hear(laptop));
    yard
}

#[test]
fn different_groups_of_a_record_go_together() {
    let mut yard = known();
    let one = yard.change(1, ChangeKind::Put, &[turn("qty", kg(5), kg(7))]);
    let two = yard.change(2, ChangeKind::Put, &[turn("note", note("a"), note("b"))]);
    assert_eq!(yard.take(&one).outcome, Outcome::Applied);
    assert_eq!(yard.take(&two).outcome, Outcome::Applied);
    assert_eq!((yard.group("qty"), yard.group("note")), (kg(7), note("b")));
    assert_eq!(yard.row().touched.by, "clerk-2");
    assert_eq!(yard.row().seq, 3, "the row tells which change altered it last");
}

#[test]
fn the_first_value_stays_and_the_second_stands_beside_it_with_all_that_a_person_needs() {
    let mut yard = known();
    let one = yard.change(1, ChangeKind::Put, &[turn("qty", kg(5), kg(7))]);
    let both = [turn("qty", kg(5), kg(9)), turn("note", note("a"), note("b"))];
    let two = yard.change(2, ChangeKind::Put, &both);
    yard.take(&one);
    let merged = yard.take(&two);
    assert_eq!(merged.outcome, Outcome::Conflict);
    assert_eq!(yard.group("qty"), kg(7), "the first stays in effect");
    assert_eq!(yard.group("note"), note("b"), "the other group of the same change is taken");
    let [open] = yard.open() else { panic!("one is open: {:?}", yard.open()) };
    let kept = open.kept.as_ref().unwrap();
    assert_eq!((&open.op, open.spot.as_str(), open.seq), (&two.op, "qty", 3));
    assert_eq!(open.clash, Clash::Values);
    assert_eq!((&kept.op, &kept.dev, kept.actor.as_str()), (&one.op, &id(1), "clerk-1"));
    assert_eq!((kept.when, Json::Object(kept.set["qty"].clone())), (one.at, kg(7)));
    let other = &open.other;
    assert_eq!((&other.op, &other.dev, other.actor.as_str()), (&two.op, &id(2), "clerk-2"));
    assert_eq!((other.when, Json::Object(other.set["qty"].clone())), (two.at, kg(9)));
    assert_eq!(open.saw["qty"], Some(map(kg(5))), "what the second had seen");
    assert_eq!(open.base, two.base);
    let wire = serde_json::to_value(open).unwrap();
    assert_eq!(
        serde_json::from_value::<deskops_domain::sync::conflict::Conflict>(wire).unwrap(),
        *open
    );
}

#[test]
fn the_same_value_from_two_is_no_conflict() {
    let mut yard = known();
    let one = yard.change(1, ChangeKind::Put, &[turn("qty", kg(5), kg(7))]);
    let two = yard.change(2, ChangeKind::Put, &[turn("qty", kg(5), kg(7))]);
    yard.take(&one);
    assert_eq!(yard.take(&two).outcome, Outcome::Converged);
    assert_eq!(yard.row().touched.by, "clerk-1", "nothing was altered");
}

#[test]
fn the_very_value_that_the_author_saw_may_be_replaced_whoever_wrote_it() {
    let mut yard = known();
    for (laptop, from, to) in [(1, 5, 6), (1, 6, 5)] {
        let change = yard.change(laptop, ChangeKind::Put, &[turn("qty", kg(from), kg(to))]);
        yard.take(&change);
    }
    let two = yard.change(2, ChangeKind::Put, &[turn("qty", kg(5), kg(9))]);
    assert_eq!(yard.take(&two).outcome, Outcome::Applied);
}

#[test]
fn what_was_heard_may_be_replaced() {
    let mut yard = known();
    let one = yard.change(1, ChangeKind::Put, &[turn("qty", kg(5), kg(7))]);
    yard.take(&one);
    yard.hear(2);
    let two = yard.change(2, ChangeKind::Put, &[turn("qty", kg(7), kg(9))]);
    assert_eq!(yard.take(&two).outcome, Outcome::Applied);
}

#[test]
fn an_author_need_not_have_heard_his_own_earlier_change() {
    let mut yard = known();
    let one = yard.change(2, ChangeKind::Put, &[turn("qty", kg(5), kg(7))]);
    let two = yard.change(2, ChangeKind::Put, &[turn("qty", kg(7), kg(9))]);
    assert_eq!(yard.take(&one).outcome, Outcome::Applied);
    assert_eq!(yard.take(&two).outcome, Outcome::Applied);
}

/// F1: whoever looks at the last writer only finds the author himself and lets him through.
#[test]
fn every_writer_is_looked_at_and_not_only_the_last() {
    let mut yard = known();
    let foreign = yard.change(1, ChangeKind::Put, &[turn("qty", kg(5), kg(7))]);
    yard.take(&foreign);
    // Laptop 2 never heard of it, and happens to arrive at the same figure.
    let same = yard.change(2, ChangeKind::Put, &[turn("qty", kg(5), kg(7))]);
    let own = yard.change(2, ChangeKind::Put, &[turn("qty", kg(7), kg(8))]);
    assert_eq!(yard.take(&same).outcome, Outcome::Converged);
    assert_eq!(yard.take(&own).outcome, Outcome::Applied);
    assert_eq!(yard.standing().last("qty").unwrap().op, own.op, "the last writer is laptop 2");
    // On its screen the figure stands at 3 by now, by a change that was held.
    let mut held = yard.change(2, ChangeKind::Put, &[turn("qty", kg(8), kg(3))]);
    held.schema += 1;
    yard.take(&held);
    let blind = yard.change(2, ChangeKind::Put, &[turn("qty", kg(3), kg(4))]);
    assert_eq!(yard.take(&blind).outcome, Outcome::Conflict);
    assert_eq!(yard.group("qty"), kg(8));
}

#[test]
fn another_incarnation_of_the_same_laptop_is_somebody_else() {
    let mut yard = known();
    let lost = yard.change(2, ChangeKind::Put, &[turn("qty", kg(5), kg(7))]);
    yard.take(&lost);
    let mut again = yard.change(2, ChangeKind::Put, &[turn("qty", kg(5), kg(9))]);
    again.origin.inc = id(9);
    assert_eq!(yard.take(&again).outcome, Outcome::Conflict);
}

#[test]
fn a_later_number_of_the_same_laptop_was_not_seen() {
    let mut yard = known();
    let earlier = yard.change(2, ChangeKind::Put, &[turn("qty", kg(5), kg(7))]);
    let later = yard.change(2, ChangeKind::Put, &[turn("qty", kg(7), kg(9))]);
    // It cannot happen while numbers are kept, and would not be believed.
    yard.take(&Change { base: earlier.base.clone(), ..later });
    assert_eq!(yard.take(&earlier).outcome, Outcome::Conflict);
}

#[test]
fn a_base_that_is_not_in_the_feed_has_seen_nothing() {
    let mut yard = known();
    let one = yard.change(1, ChangeKind::Put, &[turn("qty", kg(5), kg(7))]);
    yard.take(&one);
    yard.hear(2);
    let mut two = yard.change(2, ChangeKind::Put, &[turn("qty", kg(6), kg(9))]);
    two.base.chain = "0123456789abcdef".to_owned();
    assert_eq!(yard.take(&two).outcome, Outcome::Conflict, "head office was restored meanwhile");
    let mut beyond = yard.change(2, ChangeKind::Put, &[turn("qty", kg(6), kg(9))]);
    beyond.base.seq = 99;
    assert_eq!(yard.take(&beyond).outcome, Outcome::Conflict);
}

#[test]
fn the_wall_clock_decides_nothing() {
    for ahead in [-400, 400] {
        let mut yard = known();
        let one = yard.change(1, ChangeKind::Put, &[turn("qty", kg(5), kg(7))]);
        let mut two = yard.change(2, ChangeKind::Put, &[turn("qty", kg(5), kg(9))]);
        two.at.0 += ahead * 86_400_000;
        yard.take(&one);
        assert_eq!(yard.take(&two).outcome, Outcome::Conflict);
        assert_eq!(yard.group("qty"), kg(7));
    }
}

#[test]
fn twins_of_two_laptops_are_one_record_and_a_conflict() {
    let mut yard = Yard::new();
    let (one, two) = (yard.enter(1, 5, "a"), yard.enter(2, 6, "a"));
    assert_eq!(one.rec, two.rec);
    assert_eq!(yard.take(&one).outcome, Outcome::Applied);
    assert_eq!(yard.take(&two).outcome, Outcome::Conflict);
    assert_eq!(yard.open().len(), 1, "the note is the same");
    assert_eq!((yard.open()[0].spot.as_str(), &yard.open()[0].saw["qty"]), ("qty", &None));
}

#[test]
fn a_change_of_an_older_version_leaves_the_columns_that_it_does_not_know() {
    let mut yard = Yard::new();
    let mut load = yard.change(
        1,
        ChangeKind::Put,
        &[
            turn("item", Json::Null, json!({"material_id": "MAT001", "operation": "CRU-DIS"})),
            turn("qty", Json::Null, json!({"qty_kg": 1000, "trips": 2, "is_estimated": 0})),
        ],
    );
    (load.entity, load.rec) = ("dispatch".to_owned(), id(77));
    yard.take(&load);
    yard.hear(2);
    let mut old = yard.change(
        2,
        ChangeKind::Put,
        &[turn("qty", json!({"qty_kg": 1000}), json!({"qty_kg": 900}))],
    );
    (old.entity, old.rec) = ("dispatch".to_owned(), id(77));
    assert_eq!(yard.take(&old).outcome, Outcome::Applied);
    let qty = &yard.standings[&id(77)].row.as_ref().unwrap().groups["qty"];
    assert_eq!(Json::Object(qty.clone()), json!({"qty_kg": 900, "trips": 2, "is_estimated": 0}));
}

#[test]
fn settings_and_lists_go_the_same_way() {
    let cases = [
        (
            "materials",
            "global",
            "MAT900",
            "name",
            json!({"name": "Grit", "name_ar": null}),
            json!({"name": "Sand", "name_ar": null}),
            vec![
                ("code", json!({"code": "M9"})),
                ("kind", json!({"category": "FINE", "unit": "TON", "is_final": 1})),
                ("place", json!({"position": 1})),
                ("use", json!({"inactive_from": null})),
            ],
        ),
        (
            "target",
            "site:s1",
            "",
            "qty",
            json!({"qty_kg": 5}),
            json!({"qty_kg": 6}),
            vec![("note", json!({"notes": null}))],
        ),
    ];
    for (entity, feed, rec, group, a, b, rest) in cases {
        let mut yard = Yard::new();
        let key = json!({"entity": entity, "site_id": "s1", "date": super::yard::DATE, "material_id": "MAT001"});
        let made = |yard: &mut Yard, laptop: u8, value: &Json| {
            let mut set = vec![turn(group, Json::Null, value.clone())];
            set.extend(rest.iter().map(|(group, value)| turn(group, Json::Null, value.clone())));
            let mut change = yard.change(laptop, ChangeKind::Put, &set);
            (change.entity, change.feed) = (entity.to_owned(), feed.to_owned());
            if rec.is_empty() {
                change.rec = Id::natural(&key);
                change.key = Some(map(key.clone()));
            } else {
                change.rec = Id::stored(rec.to_owned());
            }
            change
        };
        let (one, two) = (made(&mut yard, 1, &a), made(&mut yard, 2, &b));
        assert_eq!(yard.take(&one).outcome, Outcome::Applied, "{entity}");
        let merged = yard.take(&two);
        assert_eq!(merged.outcome, Outcome::Conflict, "{entity}");
        assert_eq!(merged.opened[0].spot, group);
        assert_eq!(
            merged.opened[0].sum(merged.standing.row.as_ref().unwrap()),
            None,
            "{entity} is not summed"
        );
    }
}
