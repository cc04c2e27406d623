//! What stands or falls together.

use deskops_domain::change::{Change, ChangeKind};
use deskops_domain::id::Id;
use deskops_domain::sync::conflict::Clash;
use deskops_domain::sync::merge::Place;
use deskops_domain::sync::outcome::{Outcome, Stop, Why};
use deskops_domain::sync::together::merge_run;
use serde_json::{Value as Json, json};

use super::yard::{Yard, id, kg, note, turn};

/// A load that left, on its own.
fn load(yard: &mut Yard, laptop: u8, amount: i64) -> Change {
    let mut change = yard.change(
        laptop,
        ChangeKind::Put,
        &[
            turn("item", Json::Null, json!({"material_id": "MAT001", "operation": "CRU-DIS"})),
            turn("qty", Json::Null, json!({"qty_kg": amount, "trips": null, "is_estimated": 0})),
        ],
    );
    (change.entity, change.rec) = ("dispatch".to_owned(), id(200));
    change
}

fn outcomes(yard: &mut Yard, run: &[Change]) -> Vec<Outcome> {
    let places: Vec<Place> = (0..)
        .zip(run)
        .map(|(at, change)| {
            let place = yard.place(change);
            Place { seq: place.seq + at, ..place }
        })
        .collect();
    let pairs: Vec<_> = run.iter().zip(places).collect();
    let standings = yard.standings.clone();
    let there = |rec: &Id| standings.get(rec).cloned().unwrap_or_default();
    let merged = merge_run(&pairs, there, &|_, _| None);
    for (change, merged) in run.iter().zip(&merged) {
        yard.keep(change, merged);
    }
    merged.into_iter().map(|merged| merged.outcome).collect()
}

/// Laptop 2 deletes the product and enters a load instead; laptop 1 may have changed the product.
fn moved(is_changed: bool) -> (Yard, Vec<Change>) {
    let mut yard = Yard::new();
    let first = yard.enter(1, 5, "a");
    yard.take(&first);
    (1..=2).for_each(|laptop| yard.hear(laptop));
    if is_changed {
        let edit = yard.change(1, ChangeKind::Put, &[turn("qty", kg(5), kg(7))]);
        yard.take(&edit);
    }
    let run = [load(&mut yard, 2, 5), yard.change(2, ChangeKind::Void, &[])];
    let run = run.map(|change| Change { group: Some(id(99)), ..change });
    (yard, run.to_vec())
}

#[test]
fn a_run_that_meets_nobody_is_taken() {
    let (mut yard, run) = moved(false);
    assert_eq!(outcomes(&mut yard, &run), [Outcome::Applied, Outcome::Applied]);
    assert!(yard.row().voided.is_some());
    assert!(yard.standings[&id(200)].row.is_some());
}

#[test]
fn where_one_meets_somebody_all_stand_open_and_nothing_is_taken() {
    let (mut yard, run) = moved(true);
    assert_eq!(outcomes(&mut yard, &run), [Outcome::Conflict, Outcome::Conflict]);
    assert!(yard.row().voided.is_none());
    let load = &yard.standings[&id(200)];
    assert!(load.row.is_none() && load.writes.is_empty());
    assert_eq!(load.open[0].clash, Clash::Together { because: run[1].op.clone() });
    assert_eq!(load.open[0].other.set.len(), 2, "with its values");
}

#[test]
fn where_one_is_wrong_the_others_are_held() {
    let (mut yard, mut run) = moved(false);
    run[0].set.get_mut("qty").unwrap().to["qty_kg"] = json!(0);
    let outcomes = outcomes(&mut yard, &run);
    assert!(matches!(outcomes[0], Outcome::Rejected { .. }), "{outcomes:?}");
    assert_eq!(outcomes[1], Outcome::from(Stop::held(Why::Together)));
    assert!(yard.row().voided.is_none());
}

#[test]
fn the_later_changes_of_a_run_see_the_earlier_ones() {
    let mut yard = Yard::new();
    let first = yard.enter(2, 5, "a");
    let second = yard.change(2, ChangeKind::Put, &[turn("note", note("a"), note("b"))]);
    let run = [first, second].map(|change| Change { group: Some(id(99)), ..change });
    assert_eq!(outcomes(&mut yard, &run), [Outcome::Applied, Outcome::Applied]);
    assert_eq!(yard.group("note"), note("b"));
}

#[test]
fn one_change_alone_may_be_taken_in_part() {
    let mut yard = Yard::new();
    let (one, two) = (yard.enter(1, 5, "a"), yard.enter(2, 5, "b"));
    yard.take(&one);
    let two = Change { group: Some(id(99)), ..two };
    assert_eq!(outcomes(&mut yard, &[two]), [Outcome::Conflict]);
    assert_eq!(yard.open()[0].spot, "note");
}
