//! What in a list does not add up, in sentences: blends whose parts are no whole, rate splits that are
//! not the machine's rate. Such rows are saved and are not in force.
//!
//! Pure, over rows as they stand, so that it is said as soon as they are saved.

use std::collections::{BTreeMap, BTreeSet};

use deskops_domain::catalogue::{Catalogue, List};
use deskops_domain::day::{Day, FIRST_DAY};
use deskops_domain::field::Value;
use deskops_domain::record::Record as _;
use deskops_domain::settings::{Rate, RateSplit, Recipe};
use deskops_domain::text::format_fixed;

use crate::face::{Face, Row};

/// A whole, in hundredths of a per cent.
const WHOLE: i64 = 10_000;

/// The list that a list is held against.
#[must_use]
pub fn beside(face: &Face) -> Option<Face> {
    match face.name {
        Rate::NAME => Some(Face::of::<RateSplit>()),
        RateSplit::NAME => Some(Face::of::<Rate>()),
        _ => None,
    }
}

/// What of these live rows is not in force, and why; `others` are the rows of [`beside`].
#[must_use]
pub fn not_in_force(
    face: &Face,
    rows: &[&Row],
    others: &[Row],
    catalogue: &Catalogue,
) -> Vec<String> {
    let others: Vec<&Row> = others.iter().filter(|row| row.is_live()).collect();
    match face.name {
        Recipe::NAME => broken_recipes(face, rows, catalogue),
        RateSplit::NAME => broken_splits(face, rows, &Face::of::<Rate>(), &others, catalogue),
        Rate::NAME => broken_splits(&Face::of::<RateSplit>(), &others, face, rows, catalogue),
        _ => Vec::new(),
    }
}

/// Parts of a whole: what each is, and how much.
type Parts = Vec<(String, i64)>;

/// By what the parts are of, then by the day from which they hold.
fn sets(face: &Face, rows: &[&Row], part: &str, figure: &str) -> BTreeMap<(String, Day), Parts> {
    let whole = face.shapes.first().map_or("", |shape| shape.name);
    let mut sets: BTreeMap<(String, Day), Parts> = BTreeMap::new();
    for row in rows {
        let of = (text(face, row, whole), row.day);
        let what = (text(face, row, part), int(face, row, figure));
        sets.entry(of).or_default().push(what);
    }
    sets
}

fn text(face: &Face, row: &Row, field: &str) -> String {
    match face.value(&row.values, field) {
        Value::Text(text) => text.clone(),
        Value::Empty | Value::Int(_) => String::new(),
    }
}

fn int(face: &Face, row: &Row, field: &str) -> i64 {
    if let Value::Int(raw) = face.value(&row.values, field) { *raw } else { 0 }
}

fn name(catalogue: &Catalogue, list: List, id: &str) -> String {
    catalogue.find(list, id).map_or_else(|| id.to_owned(), |item| item.name.clone())
}

fn sum(parts: &Parts) -> i64 {
    parts.iter().map(|(_, raw)| raw).fold(0, |sum, raw| sum.saturating_add(*raw))
}

fn broken_recipes(face: &Face, rows: &[&Row], catalogue: &Catalogue) -> Vec<String> {
    let sets = sets(face, rows, "componentId", "sharePct");
    let broken = sets.iter().filter(|(_, parts)| sum(parts) != WHOLE);
    let words = broken.map(|((of, day), parts)| {
        let whole = name(catalogue, List::Materials, of);
        let (share, parts) = (short(sum(parts), 2), named(parts, 2, catalogue));
        format!("{whole} from {}: {share} of 100 % ({parts}). Not in force.", from(*day))
    });
    words.collect()
}

fn broken_splits(
    split: &Face,
    splits: &[&Row],
    rate: &Face,
    rates: &[&Row],
    catalogue: &Catalogue,
) -> Vec<String> {
    let sets = sets(split, splits, "materialId", "tonsPerHour");
    let machines: BTreeSet<&String> = sets.keys().map(|(machine, _)| machine).collect();
    let mut words = Vec::new();
    for machine in machines {
        let of_machine = || rates.iter().filter(|row| text(rate, row, "equipmentId") == *machine);
        // A split is judged where it begins, and again where the rate changes under it.
        let begun = sets.keys().filter(|(of, _)| of == machine).map(|(_, day)| *day);
        let days: BTreeSet<Day> = begun.chain(of_machine().map(|row| row.day)).collect();
        for day in days {
            let latest = sets.range((machine.clone(), FIRST_DAY)..=(machine.clone(), day));
            let Some((_, parts)) = latest.last() else { continue };
            let whole = of_machine().filter(|row| row.day <= day).max_by_key(|row| row.day);
            let whole = whole.map(|row| int(rate, row, "tonsPerHour"));
            if whole == Some(sum(parts)) {
                continue;
            }
            let of_whole = whole.map_or_else(
                || "t/h, and no machine rate yet".to_owned(),
                |raw| format!("of {} t/h", short(raw, 3)),
            );
            words.push(format!(
                "{} from {}: {} {of_whole} ({}). Not in force.",
                name(catalogue, List::Equipment, machine),
                from(day),
                short(sum(parts), 3),
                named(parts, 3, catalogue),
            ));
        }
    }
    words
}

/// `3/4 125, G1 120`.
fn named(parts: &Parts, decimals: u32, catalogue: &Catalogue) -> String {
    let words = parts.iter().map(|(id, raw)| {
        format!("{} {}", name(catalogue, List::Materials, id), short(*raw, decimals))
    });
    words.collect::<Vec<_>>().join(", ")
}

/// A figure without the noughts that say nothing.
fn short(raw: i64, decimals: u32) -> String {
    let text = format_fixed(raw, decimals);
    if text.contains('.') {
        text.trim_end_matches('0').trim_end_matches('.').to_owned()
    } else {
        text
    }
}

/// `9 Jul 2026`.
fn from(day: Day) -> String {
    let long = day.long();
    long.split_once(' ').map_or_else(|| long.clone(), |(_, date)| date.to_owned())
}
