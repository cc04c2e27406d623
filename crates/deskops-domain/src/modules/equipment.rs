//! Machines: how many, and the hours of each.

use crate::choice::{EquipmentStatus, Shift};
use crate::field::{EquipmentId, Rule::*};
use crate::problem::{Problem, Problems};
use crate::quantity::Hours;
use crate::record::{Rules, record};
use crate::rest::{Rest, SITE_NEEDED};

/// A day has no more hours than this, in hundredths.
const WHOLE_DAY: i64 = 2_400;

/// What the contract calls it.
const REST: Rest = Rest {
    list: "equipmentLogs",
    one: Some("equipmentLog"),
    fetch_failed: Some("Failed to fetch equipment logs"),
    create_failed: Some("Failed to create equipment log"),
    without_site: Some(SITE_NEEDED),
    is_counted: false,
};

record! {
    /// One machine type of one day and shift, hours per unit.
    Equipment, "equipment", "Equipment" as REST {
        /// The machine.
        equipment_id: EquipmentId => "equipmentId", "Machine", [Key], "";
        /// The shift; the whole day where shifts are not kept apart.
        shift: Shift => "shift", "Shift", [Key, Default("ALL")], "";
        /// How many of them.
        count: u32 => "count", "Count", [Default("0"), AtLeast(0), AtMost(100), Total, Summed("Count, days added")], "use";
        /// Hours that each one ran.
        hours: Hours => "hours", "Hours run", [AtLeast(0), AtMost(WHOLE_DAY), Each("count"), Summed("Unit-hours run")], "use";
        /// Hours that each one stood ready.
        standby_hours: Option<Hours> => "standbyHours", "Hours standing by", [AtLeast(0), AtMost(WHOLE_DAY), Each("count"), Summed("Unit-hours standing by")], "use";
        /// Hours that each one was out of order or in repair.
        down_hours: Option<Hours> => "downHours", "Hours down", [AtLeast(0), AtMost(WHOLE_DAY), Each("count"), Summed("Unit-hours down")], "use";
        /// What it was doing.
        status: Option<EquipmentStatus> => "status", "Status", [], "status";
        /// Anything worth knowing.
        notes: Option<String> => "notes", "Notes", [Longest(500)], "note";
    }
}

impl Rules for Equipment {
    /// Hours belong to a machine, and a day has 24 of them.
    fn rules(&self, problems: &mut Problems) {
        let zero = Hours::default();
        let all = self.hours.raw()
            + self.standby_hours.unwrap_or(zero).raw()
            + self.down_hours.unwrap_or(zero).raw();
        if all > WHOLE_DAY {
            let message = format!(
                "Run, standby and down hours of one machine are {} together; a day has 24.",
                Hours::hundredths(all)
            );
            problems.add(
                Problem::new("hours", "E-NUM", message)
                    .value(&Hours::hundredths(all).to_string())
                    .max("24.00"),
            );
        }
        if all > 0 && self.count == 0 {
            problems.add(
                Problem::new("count", "E-NUM", "Count must be at least 1 where there are hours.")
                    .value("0")
                    .min(1),
            );
        }
    }
}
