//! Tons from hours by the rate card, and the few products that are estimated by eye.

use deskops_domain::choice::{Operation, Provenance, Shift};
use deskops_domain::day::Day;
use deskops_domain::field::MaterialId;
use deskops_domain::modules::Production;
use deskops_domain::quantity::Tons;

use super::plant::Plant;
use super::{Act, Body, Later};
use crate::chance::Chance;

/// Kilograms that an hour of a machine gives of a product.
type Card = &'static [(&'static str, i64)];

const JAW: Card = &[("MAT002", 70_000), ("MAT001", 25_000), ("MAT003", 70_000), ("MAT004", 5_000)];
/// Fines of the jaw crusher, before and after the screens were changed: the sum stays.
const JAW_FINES: Card = &[("MAT005", 40_000), ("MAT010", 40_000)];
const JAW_FINES_NEW: Card = &[("MAT005", 30_000), ("MAT010", 50_000)];
const CONE: Card = &[("MAT013", 100_000), ("MAT007", 50_000)];
const SCREEN: Card = &[("MAT011", 135_000)];

/// Products by eye: how often in a thousand days, and from how much to how much.
const BY_EYE: &[(&str, i64, i64, i64)] = &[
    ("MAT006", 900, 60_000, 120_000),
    ("MAT014", 900, 40_000, 90_000),
    ("MAT012", 700, 20_000, 60_000),
    ("MAT008", 150, 100_000, 100_000),
    ("MAT009", 80, 30_000, 80_000),
];

/// The lines of a day, typed at the end of the shift.
pub(super) fn acts(chance: &Chance, day: Day, plant: &Plant) -> Vec<Act> {
    let fines = if is_after_the_change(day) { JAW_FINES_NEW } else { JAW_FINES };
    let by_hours =
        [(JAW, plant.jaw), (fines, plant.jaw), (CONE, plant.cone), (SCREEN, plant.screen)];
    let by_hours = by_hours
        .into_iter()
        .flat_map(|(card, run)| card.iter().map(move |(id, kg)| (*id, kg * run.hours / 100)));
    let by_eye = BY_EYE.iter().filter(|(_, often, ..)| chance.per_mille(*often));
    let by_eye = by_eye.map(|(id, _, low, high)| (*id, chance.in_steps(*low, *high, 20)));
    let lines: Vec<_> = by_hours.chain(by_eye).filter(|(_, kg)| *kg > 0).collect();
    (16 * 60 + 10..)
        .zip(lines)
        .map(|(minute, (id, kg))| typed(chance, minute, line(chance, id, kg)))
        .collect()
}

/// 9 July 2026: powder gave way to sand.
fn is_after_the_change(day: Day) -> bool {
    Day::parse("2026-07-09").is_some_and(|change| day >= change)
}

fn line(chance: &Chance, material: &str, kg: i64) -> Production {
    let notes = chance.per_mille(25).then(|| {
        *chance.pick(&[
            "Belt scale off, from the hours",
            "Heap measured by eye",
            "قياس تقديري",
            "Wet, weighed again tomorrow",
        ])
    });
    Production {
        material_id: MaterialId(material.to_owned()),
        shift: Shift::All,
        qty_kg: Tons::kg(kg),
        operation: Operation::CrusherProduction,
        line: 1,
        origin: Provenance::Typed,
        notes: notes.map(str::to_owned),
    }
}

/// One line in sixty is mistyped and put right on the next morning; one in three hundred is deleted.
fn typed(chance: &Chance, minute: i64, right: Production) -> Act {
    if chance.per_mille(16) {
        let wrong = Production { qty_kg: Tons::kg(right.qty_kg.raw() / 10 + 10), ..right.clone() };
        return Act {
            minute,
            body: Body::Production(wrong),
            later: Some(Later::Correct(Body::Production(right))),
        };
    }
    let later =
        if chance.per_mille(3) { Some(Later::Void("Belongs to the day before")) } else { None };
    Act {
        minute,
        body: Body::Production(right),
        later: if chance.per_mille(2) { Some(Later::VoidByMistake) } else { later },
    }
}
