//! The machines of a day: how long each ran, stood ready or was down.
//!
//! Hours come first and tons follow from them, as on the site's own rate card.

use deskops_domain::choice::{EquipmentStatus, Shift};
use deskops_domain::field::EquipmentId;
use deskops_domain::modules::Equipment;
use deskops_domain::quantity::Hours;

use super::{Act, Body};
use crate::chance::Chance;

/// A shift of the site, in hundredths of an hour.
const SHIFT: i64 = 1_000;
const QUARTER: i64 = 25;

/// What one machine did, in hundredths of an hour.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Run {
    /// Ran.
    pub hours: i64,
    /// Was out of order.
    pub down: i64,
}

/// The three machines that make tons.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Plant {
    /// Static crusher 1.
    pub jaw: Run,
    /// Static crusher 2.
    pub cone: Run,
    /// Mobile screen.
    pub screen: Run,
}

impl Plant {
    pub(super) fn of(chance: &Chance) -> Self {
        Self {
            jaw: run(chance, 725, 875),
            cone: run(chance, 700, 875),
            screen: run(chance, 525, 675),
        }
    }

    /// One record per machine, hours per unit.
    pub(super) fn acts(&self, chance: &Chance) -> Vec<Act> {
        let longest = self.jaw.hours.max(self.cone.hours).max(self.screen.hours);
        let fleet = |low: i64| Run { hours: chance.in_steps(low, SHIFT, QUARTER), down: 0 };
        let machines = [
            ("EQ001", 1, self.jaw),
            ("EQ002", 1, self.cone),
            ("EQ003", 1, self.screen),
            ("EQ004", 2, fleet(850)),
            ("EQ005", 1, fleet(700)),
            ("EQ006", 4, fleet(850)),
            ("EQ007", 3, fleet(700)),
            ("EQ008", 2, fleet(700)),
            ("EQ009", 1, Run { hours: longest, down: 0 }),
        ];
        (16 * 60 + 40..)
            .zip(machines)
            .map(|(minute, (id, count, run))| Act::new(minute, machine(chance, id, count, run)))
            .collect()
    }
}

/// A day's run of a machine; one in twenty-five is cut short, and some of these do not begin.
fn run(chance: &Chance, low: i64, high: i64) -> Run {
    let whole = chance.in_steps(low, high, QUARTER);
    if !chance.per_mille(40) {
        return Run { hours: whole, down: 0 };
    }
    let hours = if chance.per_mille(250) { 0 } else { chance.in_steps(100, 450, QUARTER) };
    Run { hours, down: whole - hours }
}

fn machine(chance: &Chance, id: &str, count: u32, run: Run) -> Body {
    let standby = (SHIFT - run.hours - run.down).max(0);
    let (status, notes) = match run {
        Run { down: 1.., .. } => (
            EquipmentStatus::Breakdown,
            Some(*chance.pick(&[
                "Belt torn",
                "Hydraulic hose burst",
                "Main bearing hot",
                "Waiting for a part",
            ])),
        ),
        Run { hours: 0, .. } => (EquipmentStatus::Idle, None),
        _ if chance.per_mille(15) => {
            (EquipmentStatus::Maintenance, Some("Oil and filters after the shift"))
        }
        _ => (EquipmentStatus::Operational, None),
    };
    Body::Equipment(Equipment {
        equipment_id: EquipmentId(id.to_owned()),
        shift: Shift::All,
        count,
        hours: Hours::hundredths(run.hours),
        standby_hours: Some(Hours::hundredths(standby)),
        down_hours: (run.down > 0).then(|| Hours::hundredths(run.down)),
        status: Some(status),
        notes: notes.map(str::to_owned),
    })
}
