//! Sync as a model: many schedules hold, and every planted bug is caught.
//!
//! `DESKOPS_SCHEDULES` says how many; `cargo run -p deskops-domain --example model -- --help` runs
//! any number, or one again.

mod sim;

use std::time::Instant;

use sim::{Bug, run};

fn schedules() -> u64 {
    std::env::var("DESKOPS_SCHEDULES").ok().and_then(|n| n.parse().ok()).unwrap_or(500)
}

#[test]
fn every_schedule_comes_to_rest_with_nothing_lost() {
    let begun = Instant::now();
    let n = schedules();
    let (mut changes, mut conflicts) = (0, 0);
    let mut failed = Vec::new();
    for seed in 0..n {
        match run(seed, Bug::None) {
            Ok(told) => {
                changes += told.changes;
                conflicts += told.conflicts;
            }
            Err(what) => failed.push(format!("seed {seed}: {what}")),
        }
    }
    println!("{n} schedules, {changes} changes, {conflicts} conflicts, {:?}", begun.elapsed());
    assert_eq!(failed, Vec::<String>::new());
    assert!(conflicts * 20 > changes, "people meet: {conflicts} of {changes}");
}

#[test]
fn the_same_seed_makes_the_same_schedule() {
    for seed in 0..40 {
        assert_eq!(run(seed, Bug::None), run(seed, Bug::None), "{seed}");
    }
}

#[test]
fn every_planted_bug_is_caught() {
    let most = schedules().max(3_000);
    let caught = Bug::ALL.iter().map(|bug| {
        let first = (0..most).find_map(|seed| run(seed, *bug).err().map(|what| (seed, what)));
        println!("{bug:?}: {first:?}");
        (bug, first)
    });
    let missed: Vec<_> = caught.filter(|(_, first)| first.is_none()).map(|(bug, _)| bug).collect();
    assert_eq!(missed, Vec::<&Bug>::new());
}
