//! The forms of single values: what is read is what is written, and nothing else is taken for it.

use deskops_domain::day::Day;
use deskops_domain::entry::Moment;
use deskops_domain::id::Id;
use deskops_domain::text::{format_fixed, parse_fixed};

use super::break_it::{Dice, WORDS};
use super::run::target;

fn new(dice: &mut Dice) -> Vec<u8> {
    match dice.below(5) {
        0 => format!("{}.{:03}", dice.below(1_000_000), dice.below(1_000)),
        1 => format!("{:04}-{:02}-{:02}", dice.below(10_000), dice.below(14), dice.below(33)),
        2 => format!("2026-11-{:02}T{:02}:00:00+03:00", dice.below(31), dice.below(25)),
        3 => format!("c{:024}", dice.roll()),
        _ => format!("{}{}", dice.one(WORDS), dice.one(WORDS)),
    }
    .into_bytes()
}

#[test]
fn numbers_days_moments_and_ids() {
    target("words", new, |input| {
        let text = String::from_utf8_lossy(input);
        for decimals in [0, 2, 3] {
            if let Ok(raw) = parse_fixed(&text, decimals) {
                assert_eq!(parse_fixed(&format_fixed(raw, decimals), decimals), Ok(raw), "{text}");
            }
        }
        if let Some(day) = Day::parse(&text) {
            assert_eq!(day.to_string(), text);
        }
        if let Some(moment) = Moment::parse(&text) {
            assert_eq!(Moment::parse(&moment.to_string()), Some(moment), "{text}");
        }
        if let Some(id) = Id::parse(&text) {
            assert_eq!(id.as_str(), text);
        }
    });
}
