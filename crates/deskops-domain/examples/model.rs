//! Runs schedules of the sync model: any number from any seed, or one again.
//!
//! `cargo run --profile model -p deskops-domain --example model -- --schedules 1000000 --seed 0`

#[path = "../tests/model/sim/mod.rs"]
mod sim;

use std::process::ExitCode;
use std::time::Instant;

use sim::{Bug, run};

const HELP: &str = "\
Runs schedules of the sync model and prints every seed that fails.
  --schedules N   how many (1000)
  --seed S        the first seed (0); a failed one is replayed with --seed S --schedules 1
  --bug NAME      plants a bug and counts the schedules that see it; `all` for each in turn";

struct Asked {
    schedules: u64,
    seed: u64,
    bugs: Vec<Bug>,
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
    let mut asked = Asked { schedules: 1_000, seed: 0, bugs: vec![Bug::None] };
    while let Some(word) = words.next() {
        let value = words.next()?;
        match word.as_str() {
            "--schedules" => asked.schedules = value.parse().ok()?,
            "--seed" => asked.seed = value.parse().ok()?,
            "--bug" if value == "all" => asked.bugs = Bug::ALL.to_vec(),
            "--bug" => {
                let named = |bug: &&Bug| format!("{bug:?}") == value;
                asked.bugs = vec![*Bug::ALL.iter().find(named)?];
            }
            _ => return None,
        }
    }
    Some(asked)
}

/// Runs them all; how many failed.
fn rush(asked: &Asked, bug: Bug) -> u64 {
    let begun = Instant::now();
    let (mut changes, mut conflicts, mut n_failed) = (0, 0, 0);
    for seed in asked.seed..asked.seed + asked.schedules {
        match run(seed, bug) {
            Ok(told) => {
                changes += told.changes;
                conflicts += told.conflicts;
            }
            Err(what) => {
                n_failed += 1;
                if n_failed == 1 || bug == Bug::None {
                    println!("seed {seed}: {what}");
                }
            }
        }
    }
    println!(
        "{bug:?}: {} schedules from seed {}, {n_failed} failed; {changes} changes, {conflicts} conflicts, {:.1?}",
        asked.schedules,
        asked.seed,
        begun.elapsed()
    );
    n_failed
}
