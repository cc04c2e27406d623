//! Tickets of loads that left: many spellings of few customers, weights that come later, mistakes.

use deskops_domain::choice::Operation;
use deskops_domain::day::{Day, FIRST_DAY};
use deskops_domain::field::MaterialId;
use deskops_domain::modules::Dispatch;
use deskops_domain::quantity::Tons;

use super::{Act, Body, Later};
use crate::chance::Chance;

/// What is sold, as often as it is listed, with the usual kilograms of one trip.
const SOLD: &[(&str, i64, i64)] = &[
    ("MAT013", 34_000, 51_000),
    ("MAT013", 34_000, 51_000),
    ("MAT013", 34_000, 51_000),
    ("MAT002", 30_000, 46_000),
    ("MAT002", 30_000, 46_000),
    ("MAT003", 29_000, 44_000),
    ("MAT003", 29_000, 44_000),
    ("MAT010", 28_000, 42_000),
    ("MAT010", 28_000, 42_000),
    ("MAT011", 28_000, 45_000),
    ("MAT006", 30_000, 48_000),
    ("MAT001", 28_000, 40_000),
    ("MAT005", 28_000, 38_000),
    ("MAT014", 32_000, 47_000),
    ("MAT012", 28_000, 36_000),
    ("MAT007", 35_000, 51_000),
];

/// Customers, each with the ways in which they are written.
const OWNERS: &[&[&str]] = &[
    &["Al Waha Contracting", "AL-WAHA CONT.", "Alwaha", "Al Waha Contracting Co."],
    &["Red Coast Roads", "Red Coast Roads JV", "RCR"],
    &["Sahil Ready Mix", "SAHIL READYMIX", "Sahil R/M"],
    &["Bayt Al Hajar Trading", "Bait Alhajar"],
    &["North Ring Utilities", "N. Ring Utilities", "NRU"],
    &["مؤسسة المدماك للمقاولات", "Al Midmak"],
    &["Wadi Block Factory", "WADI BLOCK"],
    &["Municipality works", "Municipality"],
];

/// What a heap is called by those who buy from it.
const SOLD_AS: &[(&str, &[&str])] = &[
    ("MAT013", &["sub-base", "ABC", "agg base course", "rapid draining", "pipe bedding"]),
    ("MAT005", &["cleaning powder"]),
    ("MAT002", &["3/4\" washed"]),
];

/// The tickets of a day. On the day off the gate opens now and then.
pub(super) fn acts(chance: &Chance, day: Day, is_working: bool, has_outlier: bool) -> Vec<Act> {
    let n_tickets = match is_working {
        true => chance.count(34, 46),
        false if chance.per_mille(350) => chance.count(14, 24),
        false => 0,
    };
    let first_number = 100_000 + day.since(FIRST_DAY) * 60;
    let mut acts: Vec<_> = (0..i64::from(n_tickets))
        .map(|n| {
            let minute = 6 * 60 + 20 + n * 14 + chance.between(0, 12);
            typed(chance, minute, ticket(chance, first_number + n))
        })
        .collect();
    if has_outlier && let Some(Act { body: Body::Dispatch(load), later, .. }) = acts.last_mut() {
        (load.qty_kg, load.trips, *later) = (Some(Tons::kg(700_000)), Some(1), None);
    }
    acts
}

fn ticket(chance: &Chance, number: i64) -> Dispatch {
    let (material, low, high) = *chance.pick(SOLD);
    let trips = *chance.pick(&[1, 1, 1, 1, 1, 1, 2, 2, 2, 3, 4]);
    let kg = (0..trips).map(|_| chance.in_steps(low, high, 20)).sum();
    let spellings = *chance.pick(OWNERS);
    let owner = if chance.per_mille(700) { spellings[0] } else { *chance.pick(spellings) };
    let reference = match chance.between(0, 99) {
        0..=79 => Some(format!("T-{number}")),
        80 => Some(format!("T-{}", number - 1)),
        81..=86 => Some("N/A".to_owned()),
        87 | 88 => Some("-".to_owned()),
        _ => None,
    };
    let names = SOLD_AS.iter().find(|(id, _)| *id == material).map(|(_, names)| *names);
    let notes = names
        .filter(|_| chance.per_mille(300))
        .map(|names| format!("Sold as {}", chance.pick(names)));
    Dispatch {
        material_id: MaterialId(material.to_owned()),
        qty_kg: Some(Tons::kg(kg)),
        trips: Some(trips),
        is_estimated: false,
        owner: chance.per_mille(960).then(|| owner.to_owned()),
        reference,
        operation: Operation::CrusherDispatch,
        notes,
    }
}

/// Some weights are pending, some are estimated, some are mistyped, some tickets never were.
fn typed(chance: &Chance, minute: i64, load: Dispatch) -> Act {
    let act = |body, later| Act { minute, body: Body::Dispatch(body), later };
    let correct = |load: Dispatch| Some(Later::Correct(Body::Dispatch(load)));
    match chance.between(0, 999) {
        0..=29 => {
            let pending = Dispatch { qty_kg: None, ..load.clone() };
            let comes = chance.per_mille(800);
            act(pending, if comes { correct(load) } else { None })
        }
        30..=49 => act(Dispatch { is_estimated: true, ..load }, None),
        50..=57 => {
            let wrong = Dispatch { trips: load.trips.map(|trips| trips + 1), ..load.clone() };
            act(wrong, correct(load))
        }
        58..=64 => {
            let why = *chance.pick(&[
                "Entered twice",
                "Ticket cancelled at the gate",
                "Wrong material, entered again",
                "Truck came back full",
            ]);
            act(load, Some(Later::Void(why)))
        }
        _ => act(load, None),
    }
}
