//! Runs schedules of the sync model: any number from any seed, or one again.
//!
//! `cargo run --profile model -p deskops-domain --example model -- --schedules 1000000 --seed 0`

#[path = "../tests/model/sim/mod.rs"]
mod sim;

use std::process::ExitCode;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;

use sim::{Bug, run};

const HELP: &str = "\
Runs schedules of the sync model and prints every seed that fails.
  --schedules N   how many (20000)
  --seed S        the first seed (0); a failed one is replayed with --seed S --schedules 1
  --bug NAME      plants a bug and counts the schedules that see it
  --bug all       plants each bug in turn and stops at the first schedule that sees it";

struct Asked {
    schedules: u64,
    seed: u64,
    /// Planted bugs, and whether to stop at the first schedule that sees one.
    bugs: Vec<Bug>,
    is_search: bool,
}

fn main() -> ExitCode {
    let Some(asked) = read(std::env::args().skip(1)) else {
        println!("{HELP}");
        return ExitCode::FAILURE;
    };
    let mut is_right = true;
    for bug in &asked.bugs {
        let n_failed = rush(&asked, *bug);
        is_right &= (n_failed > 0) == (*bug != Bug::None);
    }
    if is_right { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn read(mut words: impl Iterator<Item = String>) -> Option<Asked> {
    let mut asked = Asked { schedules: 20_000, seed: 0, bugs: vec![Bug::None], is_search: false };
    while let Some(word) = words.next() {
        let value = words.next()?;
        match word.as_str() {
            "--schedules" => asked.schedules = value.parse().ok()?,
            "--seed" => asked.seed = value.parse().ok()?,
            "--bug" if value == "all" => {
                asked.bugs = Bug::ALL.iter().map(|(bug, _)| *bug).collect();
                asked.is_search = true;
            }
            "--bug" => {
                let named = |(bug, _): &&(Bug, u64)| format!("{bug:?}") == value;
                asked.bugs = vec![Bug::ALL.iter().find(named)?.0];
            }
            _ => return None,
        }
    }
    Some(asked)
}

/// Runs them all, on every core; how many failed.
fn rush(asked: &Asked, bug: Bug) -> u64 {
    let begun = Instant::now();
    let end = asked.seed + asked.schedules;
    let next = AtomicU64::new(asked.seed);
    let [n_run, n_failed, changes, conflicts] = [const { AtomicU64::new(0) }; 4];
    let work = || {
        loop {
            let seed = next.fetch_add(1, Ordering::Relaxed);
            let is_found = asked.is_search && n_failed.load(Ordering::Relaxed) > 0;
            if seed >= end || is_found {
                return;
            }
            n_run.fetch_add(1, Ordering::Relaxed);
            match run(seed, bug) {
                Ok(told) => {
                    changes.fetch_add(told.changes as u64, Ordering::Relaxed);
                    conflicts.fetch_add(told.conflicts as u64, Ordering::Relaxed);
                }
                Err(what) => {
                    if n_failed.fetch_add(1, Ordering::Relaxed) == 0 || bug == Bug::None {
                        println!("{bug:?}: seed {seed}: {what}");
                    }
                }
            }
        }
    };
    std::thread::scope(|scope| {
        for _ in 0..std::thread::available_parallelism().map_or(1, usize::from) {
            scope.spawn(work);
        }
    });
    let said = |count: &AtomicU64| count.load(Ordering::Relaxed);
    if !asked.is_search || said(&n_failed) == 0 {
        println!(
            "{bug:?}: {} schedules from seed {}, {} failed; {} changes, {} conflicts, {:.1?}",
            said(&n_run),
            asked.seed,
            said(&n_failed),
            said(&changes),
            said(&conflicts),
            begun.elapsed()
        );
    }
    said(&n_failed)
}
