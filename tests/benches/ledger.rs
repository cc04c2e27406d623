//! The stock ledger: ten years of thirty materials from nothing, and the cascade of one early edit over
//! a year, beside the bare statements that such a walk needs, in turn, in one run.
//!
//! `cargo bench -p deskops-tests --bench ledger`

use std::time::{Duration, Instant};

use deskops_core::clock::{SeededDice, SystemClock};
use deskops_core::{Desk, Place};
use deskops_domain::access::Caller;
use deskops_domain::ledger::{Movement, Said, Step, fold};
use deskops_domain::modules::Production;
use deskops_tests::builders::{day, draft};
use deskops_tests::desk::SITE;

const MATERIALS: usize = 17;
const DAYS: i64 = 365;
const ROUNDS: usize = 20;

fn main() {
    from_nothing();
    cascade();
}

fn from_nothing() {
    let dice = SeededDice::new(1);
    let steps: Vec<Step> = (0..3_652)
        .map(|n| {
            let kg = |n: u64| i64::try_from(n % 900_000).unwrap_or(0);
            let movement = Movement {
                produced: kg(dice.next()),
                dispatched: kg(dice.next()),
                ..Movement::default()
            };
            let counted = (n % 30 == 29).then(|| kg(dice.next()));
            Step { movement, said: Said { counted, opening: None }, locked: None }
        })
        .collect();
    let took = timed(|| {
        for _ in 0..30 {
            assert_eq!(
                fold(0, steps.iter().copied())
                    .filter(deskops_domain::ledger::Line::adds_up)
                    .count(),
                3_652
            );
        }
    });
    println!("ten years of thirty materials, computed from nothing   {:>8} us", took.as_micros());
}

fn cascade() {
    let folder = tempfile::TempDir::new().expect("a temporary folder");
    let place = Place::in_folder(folder.path());
    let desk = Desk::open_with(place, Box::new(SystemClock), Box::new(SeededDice::new(1)))
        .expect("a new desk opens");
    let caller = Caller::at_this_computer();
    let materials: Vec<String> = (1..=MATERIALS).map(|n| format!("MAT{n:03}")).collect();
    let first = day("2025-11-20");
    for n in 0..DAYS {
        let date = first.plus(n).to_string();
        desk.write(&caller, |door| {
            for material in &materials {
                door.create::<Production>(&draft(
                    &date,
                    &[("materialId", material), ("qtyTon", "100.5")],
                ))?;
            }
            Ok(())
        })
        .expect("a day is written");
    }
    let (mut walks, mut bares) = (Vec::new(), Vec::new());
    for round in 1..=ROUNDS {
        // Each round another key, so that each is a new record.
        let line = (round + 1).to_string();
        walks.push(timed(|| {
            desk.write(&caller, |door| {
                for material in &materials {
                    let fields =
                        [("materialId", material.as_str()), ("qtyTon", "1"), ("line", &line)];
                    door.create::<Production>(&draft(&first.to_string(), &fields))?;
                }
                Ok(())
            })
            .expect("an early edit");
        }));
        bares.push(timed(|| {
            let n = desk
                .read(|conn| {
                    Ok(conn.query_row(
                        "select sum(closing_kg) from inventory where site_id = ?1",
                        [SITE],
                        |row| row.get::<i64>(0),
                    )?)
                })
                .expect("a bare sum");
            assert!(n > 0);
        }));
    }
    let median = |times: &mut Vec<Duration>| {
        times.sort_unstable();
        times[times.len() / 2].as_micros()
    };
    let (walk, bare) = (median(&mut walks), median(&mut bares));
    println!("an edit of {MATERIALS} materials that moves {DAYS} days      median {walk:>8} us");
    println!(
        "one bare sum over the same rows                      median {bare:>8} us   ratio {}",
        walk / bare.max(1)
    );
}

fn timed(work: impl FnOnce()) -> Duration {
    let start = Instant::now();
    work();
    start.elapsed()
}
