//! Debris that came in, a line for the trucks of a source: weighed, estimated by the truck, or counted
//! only. It is as much as the plant is fed.

use deskops_domain::choice::Module;
use deskops_domain::field::MaterialId;
use deskops_domain::modules::Received;
use deskops_domain::quantity::Tons;

use super::{Act, Body, Later, nothing};
use crate::chance::Chance;

/// What a truck is taken to carry where it was not weighed.
const USUAL_TRUCK_KG: i64 = 24_600;

const DEBRIS: &[&str] = &[
    "MAT016", "MAT016", "MAT016", "MAT016", "MAT016", "MAT016", "MAT015", "MAT015", "MAT015",
    "MAT017",
];
const SOURCES: &[&str] = &[
    "Old Market demolition",
    "Al Safa villas",
    "Ring road, lot 3",
    "Harbour sheds",
    "School 114",
    "Private loads",
    "هدم عمارة الروضة",
];

/// The sources of a working day; now and then no truck comes.
pub(super) fn acts(chance: &Chance) -> Vec<Act> {
    if chance.per_mille(20) {
        return vec![nothing(16 * 60 + 5, Module::Received, Some("No trucks came"))];
    }
    (0..chance.between(8, 14))
        .map(|n| typed(chance, 6 * 60 + 45 + n * 38 + chance.between(0, 30)))
        .collect()
}

fn typed(chance: &Chance, minute: i64) -> Act {
    let loads = chance.count(12, 25);
    let weighed = (0..loads).map(|_| chance.in_steps(18_000, 31_000, 20)).sum();
    let (qty_kg, is_estimated) = match chance.between(0, 9) {
        0..=6 => (Some(weighed), false),
        7 | 8 => (Some(USUAL_TRUCK_KG * i64::from(loads)), true),
        _ => (None, false),
    };
    let truck = Received {
        material_id: MaterialId((*chance.pick(DEBRIS)).to_owned()),
        qty_kg: qty_kg.map(Tons::kg),
        loads: Some(loads),
        is_estimated,
        source: chance.per_mille(930).then(|| (*chance.pick(SOURCES)).to_owned()),
        vehicle_ref: chance.per_mille(850).then(|| format!("Fleet {}", chance.between(1, 9))),
        notes: chance.per_mille(30).then(|| "Mixed with soil, accepted".to_owned()),
    };
    let later = match chance.between(0, 199) {
        0 => Some(Later::Void("Turned back at the gate")),
        1 | 2 => Some(Later::Correct(Body::Received(Received {
            loads: Some(loads + 1),
            ..truck.clone()
        }))),
        _ => None,
    };
    Act { minute, body: Body::Received(truck), later }
}
