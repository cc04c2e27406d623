//! Heads of each role on a working day.

use deskops_domain::choice::Shift;
use deskops_domain::field::CrewRoleId;
use deskops_domain::modules::Manpower;
use deskops_domain::quantity::Hours;

use super::{Act, Body, Later};
use crate::chance::Chance;

/// Roles, and how many heads each has when all are there.
const CREW: &[(&str, u32)] = &[
    ("ROLE_EQUIPMENT_DRIVER", 12),
    ("ROLE_CRUSHER_OPERATOR", 2),
    ("ROLE_MAINTENANCE_WORKER", 12),
    ("ROLE_LABORER", 8),
    ("ROLE_SECURITY", 4),
];

/// One record per role, ten hours a head.
pub(super) fn acts(chance: &Chance) -> Vec<Act> {
    (16 * 60 + 55..)
        .zip(CREW)
        .map(|(minute, (role, heads))| typed(chance, minute, role, *heads))
        .collect()
}

fn typed(chance: &Chance, minute: i64, role: &str, heads: u32) -> Act {
    let absent = if heads > 4 { *chance.pick(&[0, 0, 0, 0, 1, 1, 2]) } else { 0 };
    let right = Manpower {
        role_id: CrewRoleId(role.to_owned()),
        shift: Shift::All,
        headcount: heads - absent,
        hours: Hours::hundredths(1_000),
        notes: (absent == 2).then(|| "Two on sick leave".to_owned()),
    };
    if chance.per_mille(8) {
        let wrong = Manpower { headcount: heads + 1, ..right.clone() };
        return Act {
            minute,
            body: Body::Manpower(wrong),
            later: Some(Later::Correct(Body::Manpower(right))),
        };
    }
    Act::new(minute, Body::Manpower(right))
}
