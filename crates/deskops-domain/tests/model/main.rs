//! Sync as a model: many schedules hold, and every planted bug is caught.
//!
//! `DESKOPS_SCHEDULES` says how many; the example `model` runs any number, faster, or one again.

mod sim;

use sim::{Bug, run};

#[test]
fn every_schedule_comes_to_rest_with_nothing_lost() {
    let n = std::env::var("DESKOPS_SCHEDULES").ok().and_then(|n| n.parse().ok()).unwrap_or(300);
    let (mut changes, mut conflicts) = (0, 0);
    for seed in 0..n {
        match run(seed, Bug::None) {
            Ok(told) => {
                changes += told.changes;
                conflicts += told.conflicts;
            }
            Err(what) => panic!("seed {seed}: {what}"),
        }
    }
    println!("{n} schedules, {changes} changes, {conflicts} conflicts");
    assert!(conflicts * 20 > changes, "people meet: {conflicts} of {changes}");
}

#[test]
fn the_same_seed_makes_the_same_schedule() {
    for seed in 0..20 {
        assert_eq!(run(seed, Bug::None), run(seed, Bug::None), "{seed}");
    }
}

#[test]
fn every_planted_bug_is_caught() {
    let is_missed = |(bug, seed): &&(Bug, u64)| run(*seed, *bug).is_ok();
    let missed: Vec<_> = Bug::ALL.iter().filter(is_missed).collect();
    assert_eq!(missed, Vec::<&(Bug, u64)>::new());
    for (_, seed) in Bug::ALL {
        assert_eq!(run(*seed, Bug::None).err(), None, "without a bug, {seed} holds");
    }
}
