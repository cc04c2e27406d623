//! Crew: how many heads in each role, and the hours of each.

use crate::choice::Shift;
use crate::field::{CrewRoleId, Rule::*};
use crate::problem::{Problem, Problems};
use crate::quantity::Hours;
use crate::record::{Rules, record};
use crate::rest::{Rest, SITE_NEEDED};

/// What the contract calls it.
const REST: Rest = Rest {
    list: "manpowerLogs",
    one: None,
    fetch_failed: None,
    create_failed: None,
    without_site: Some(SITE_NEEDED),
    is_counted: false,
};

record! {
    /// One crew role of one day and shift, hours per head.
    Manpower, "manpower", "Manpower" as REST {
        /// What they do.
        role_id: CrewRoleId => "roleId", "Role", [Key], "";
        /// The shift; the whole day where shifts are not kept apart.
        shift: Shift => "shift", "Shift", [Key, Default("ALL")], "";
        /// How many heads.
        headcount: u32 => "headcount", "Heads", [AtLeast(0), AtMost(500), Total, Summed("Heads, days added")], "use";
        /// Hours that each one worked.
        hours: Hours => "hours", "Hours", [AtLeast(0), AtMost(2_400), Each("headcount"), Summed("Man-hours")], "use";
        /// Anything worth knowing.
        notes: Option<String> => "notes", "Notes", [Longest(500)], "note";
    }
}

impl Rules for Manpower {
    /// Hours belong to a head.
    fn rules(&self, problems: &mut Problems) {
        if self.hours > Hours::default() && self.headcount == 0 {
            problems.add(
                Problem::new(
                    "headcount",
                    "E-NUM",
                    "Heads must be at least 1 where there are hours.",
                )
                .value("0")
                .min(1),
            );
        }
    }
}
