//! Random histories: thousands of inserts, edits, deletions, counts and locks in any order, and the
//! ledger is what comes out of the records alone.

use deskops_core::StoreError;
use deskops_core::clock::SeededDice;
use deskops_core::store::write::Door;
use deskops_domain::access::Caller;
use deskops_domain::choice::{PeriodKind, PeriodState};
use deskops_domain::day::Day;
use deskops_domain::draft::Draft;
use deskops_domain::id::Id;
use deskops_domain::modules::{Dispatch, Inventory, Production, Received, Run, Split};
use deskops_domain::record::Record;
use deskops_domain::settings::Recipe;
use deskops_tests::TestDesk;
use deskops_tests::builders::{day, draft};

use crate::ledger::assert_true;

const STEPS: u64 = 5_000;
const DAYS: u64 = 60;
const MATERIALS: [&str; 5] = ["MAT001", "MAT002", "MAT003", "MAT005", "MAT015"];

struct Chance(SeededDice);

impl Chance {
    fn below(&self, n: u64) -> u64 {
        self.0.next() % n
    }

    fn day(&self) -> Day {
        day("2026-11-22").plus(-i64::try_from(self.below(DAYS)).unwrap())
    }

    fn material(&self) -> &'static str {
        MATERIALS[usize::try_from(self.below(5)).unwrap()]
    }

    fn tons(&self) -> String {
        format!("{}.{:03}", self.below(200), self.below(1_000).max(1))
    }
}

/// Ids of one kind of record, to be changed later.
#[derive(Default)]
struct Known {
    production: Vec<Id>,
    dispatch: Vec<Id>,
    received: Vec<Id>,
    runs: Vec<Id>,
    splits: Vec<Id>,
    counts: Vec<Id>,
}

/// What the history may meet: a twin, or a day that is locked.
fn met<T>(done: Result<T, StoreError>) -> Option<T> {
    match done {
        Ok(done) => Some(done),
        Err(StoreError::Refused(_)) => None,
        Err(other) => panic!("{other:?}"),
    }
}

fn enter<R: Record>(door: &mut Door<'_>, ids: &mut Vec<Id>, draft: &Draft) {
    if let Some(entry) = met(door.create::<R>(draft)) {
        ids.push(entry.id);
    }
}

fn change<R: Record>(door: &mut Door<'_>, ids: &[Id], chance: &Chance, field: &str) {
    if ids.is_empty() {
        return;
    }
    let id = &ids[usize::try_from(chance.below(ids.len() as u64)).unwrap()];
    match chance.below(4) {
        0 => met(door.void::<R>(id, None, None)).map(|_| ()),
        1 => met(door.restore::<R>(id)).map(|_| ()),
        _ => {
            let draft = [(field.to_owned(), chance.tons().into())].into_iter().collect();
            met(door.edit::<R>(id, None, &draft)).map(|_| ())
        }
    };
}

fn step(door: &mut Door<'_>, chance: &Chance, known: &mut Known) {
    let date = chance.day().to_string();
    let (material, tons) = (chance.material(), chance.tons());
    let of = |fields: &[(&str, &str)]| draft(&date, fields);
    match chance.below(12) {
        0 | 1 => enter::<Production>(
            door,
            &mut known.production,
            &of(&[("materialId", material), ("qtyTon", &tons)]),
        ),
        2 | 3 => enter::<Dispatch>(
            door,
            &mut known.dispatch,
            &of(&[("materialId", material), ("qtyTon", &tons)]),
        ),
        4 => enter::<Received>(
            door,
            &mut known.received,
            &of(&[("materialId", material), ("qtyTon", &tons)]),
        ),
        5 => enter::<Run>(
            door,
            &mut known.runs,
            &of(&[("equipmentId", "EQ001"), ("feedId", material), ("feedTon", &tons)]),
        ),
        6 => enter::<Split>(
            door,
            &mut known.splits,
            &of(&[("materialId", "MAT005"), ("componentId", material), ("qtyTon", &tons)]),
        ),
        7 => {
            let counted = of(&[("materialId", material), ("countedTon", &tons)]);
            enter::<Inventory>(door, &mut known.counts, &counted);
        }
        8 => change::<Production>(door, &known.production, chance, "qtyTon"),
        9 => change::<Dispatch>(door, &known.dispatch, chance, "qtyTon"),
        10 => change::<Run>(door, &known.runs, chance, "feedTon"),
        _ => match chance.below(3) {
            0 => change::<Split>(door, &known.splits, chance, "qtyTon"),
            1 => change::<Received>(door, &known.received, chance, "qtyTon"),
            _ => {
                let Some(id) = known
                    .counts
                    .get(usize::try_from(chance.below(known.counts.len().max(1) as u64)).unwrap())
                else {
                    return;
                };
                let text = if chance.below(2) == 0 { String::new() } else { tons };
                let draft = [("countedTon".to_owned(), text.into())].into_iter().collect();
                met(door.edit::<Inventory>(id, None, &draft));
            }
        },
    }
}

#[test]
fn five_thousand_edits_and_locks_in_any_order_leave_a_ledger_that_follows_from_the_records() {
    for seed in [1, 7] {
        let desk = TestDesk::direct();
        let chance = Chance(SeededDice::new(seed));
        let mut known = Known::default();
        let admin = Caller::at_this_computer();
        let recipe = |from: &str, component: &str, share: &str| {
            let fields =
                [("materialId", "MAT005"), ("componentId", component), ("sharePct", share)];
            draft(from, &fields)
        };
        desk.desk
            .write(&admin, |door| {
                door.create::<Recipe>(&recipe("2026-01-01", "MAT001", "33.33"))?;
                door.create::<Recipe>(&recipe("2026-01-01", "MAT002", "66.67"))
            })
            .unwrap();
        for turn in 0..STEPS / 50 {
            desk.desk
                .write(&admin, |door| {
                    for _ in 0..50 {
                        step(door, &chance, &mut known);
                    }
                    Ok(())
                })
                .unwrap();
            let locked = chance.day();
            let state = if turn % 3 == 2 { PeriodState::Open } else { PeriodState::Locked };
            desk.desk.write(&admin, |door| door.turn(locked, state)).unwrap();
            if turn % 20 == 19 {
                assert_true(&desk);
            }
        }
        assert_true(&desk);
        let n_counts = known.counts.len();
        assert!(
            n_counts > 100 && known.dispatch.len() > 300,
            "the history says much: {n_counts} counts"
        );
    }
}

/// Locks and opens days as a supervisor does.
trait Turn {
    fn turn(&mut self, day: Day, state: PeriodState) -> Result<(), StoreError>;
}

impl Turn for Door<'_> {
    fn turn(&mut self, day: Day, state: PeriodState) -> Result<(), StoreError> {
        let site = deskops_tests::desk::SITE;
        match state {
            PeriodState::Locked => self.lock(site, day, PeriodKind::Day).map(|_| ()),
            _ => met(self.unlock(site, day, PeriodKind::Day, "to see".into()))
                .map_or(Ok(()), |_| Ok(())),
        }
    }
}
