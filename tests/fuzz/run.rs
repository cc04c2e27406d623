//! How long, with which chance, from which seeds.

use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use super::break_it::{Dice, broken};

/// Seconds of each target when nothing is said.
const SECONDS: u64 = 3;
const SEED: u64 = 20_261_125;
/// Longer inputs say nothing new, and take longer.
const LONGEST: usize = 4_096;

fn number(variable: &str, default: u64) -> u64 {
    std::env::var(variable).ok().and_then(|text| text.parse().ok()).unwrap_or(default)
}

/// Tries a target with its seeds, then with what is made of them until the time is over. `new` makes
/// an input from chance; half of them are broken.
pub fn target(name: &str, new: impl Fn(&mut Dice) -> Vec<u8>, mut attempt: impl FnMut(&[u8])) {
    let seeds = seeds(name);
    for seed in &seeds {
        attempt(seed);
    }
    let (seconds, seed) =
        (number("DESKOPS_FUZZ_SECONDS", SECONDS), number("DESKOPS_FUZZ_SEED", SEED));
    let (begun, mut n_tried) = (Instant::now(), 0_u64);
    while begun.elapsed() < Duration::from_secs(seconds) {
        let mut dice = Dice::new(seed.wrapping_add(n_tried));
        let old = dice.below(4) == 0 && !seeds.is_empty();
        let mut input = if old { seeds[dice.below(seeds.len())].clone() } else { new(&mut dice) };
        if old || dice.below(2) == 0 {
            input = broken(&mut dice, input);
        }
        input.truncate(LONGEST);
        // What fails is told by the number that makes it again.
        let told = Told { name, seed: seed.wrapping_add(n_tried), input: &input };
        attempt(told.input);
        n_tried += 1;
    }
    println!("{name}: {} seeds, {n_tried} inputs in {seconds} s", seeds.len());
    assert!(n_tried > 10, "{name}: only {n_tried} inputs");
}

/// Says which input it was when a target panics.
struct Told<'a> {
    name: &'a str,
    seed: u64,
    input: &'a [u8],
}

impl Drop for Told<'_> {
    fn drop(&mut self) {
        if !std::thread::panicking() {
            return;
        }
        let Self { name, seed, input } = self;
        eprintln!("{name}, DESKOPS_FUZZ_SEED={seed}: {}", String::from_utf8_lossy(input));
    }
}

fn seeds(name: &str) -> Vec<Vec<u8>> {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/seeds").join(format!("{name}.txt"));
    let text = fs::read_to_string(file).unwrap();
    let parts = text.split("\n----\n").map(|part| part.trim_end_matches('\n').as_bytes().to_vec());
    let seeds: Vec<_> = parts.filter(|part| !part.is_empty()).collect();
    assert!(!seeds.is_empty(), "{name} has seeds");
    seeds
}
