//! What holds at a site from a day on: targets, thresholds, factors, recipes, rate cards, plans.
//!
//! The date of each is the first day on which it holds, until a later one of the same key. One file,
//! because each is a handful of lines and they are read together.

use crate::field::{CrewRoleId, EquipmentId, MaterialId, Rule::*};
use crate::problem::{Problem, Problems};
use crate::quantity::{Hours, MOST_KG, Percent, Tons};
use crate::record::{Rules, no_rules, record};

/// A day has no more hours than this, in hundredths.
const WHOLE_DAY: i64 = 2_400;

record! {
    /// What shall be made of a material on a working day.
    Target, "target", "Targets", SETTING {
        /// The product.
        material_id: MaterialId => "materialId", "Material", [Key], "";
        /// Tons on each working day.
        qty_kg: Tons => "qtyTon", "Target a day (t)", [AtLeast(0), AtMost(MOST_KG)], "qty";
        /// Anything worth knowing.
        notes: Option<String> => "notes", "Notes", [Longest(500)], "note";
    }
}

record! {
    /// Between which stocks nobody need look at a material.
    Threshold, "threshold", "Stock thresholds", SETTING {
        /// The material.
        material_id: MaterialId => "materialId", "Material", [Key], "";
        /// Below this it is low.
        min_kg: Option<Tons> => "minTon", "Low below (t)", [AtLeast(0), AtMost(MOST_KG)], "band";
        /// Above this there is too much.
        max_kg: Option<Tons> => "maxTon", "High above (t)", [AtLeast(0), AtMost(MOST_KG)], "band";
    }
}

record! {
    /// What a truck load weighs where it was not weighed.
    LoadFactor, "load_factor", "Tons of a load", SETTING {
        /// The material.
        material_id: MaterialId => "materialId", "Material", [Key], "";
        /// Tons of one load.
        per_load_kg: Tons => "tonsPerLoad", "Tons of a load", [Above(0), AtMost(100_000)], "qty";
        /// Where it comes from: a survey, a contract.
        notes: Option<String> => "notes", "Notes", [Longest(500)], "note";
    }
}

record! {
    /// What a material that is not piled up is taken from: a blend's components, or the one heap
    /// that a commercial name is sold from. In force when the shares of its date make 100 per cent.
    Recipe, "recipe", "Blends and sold-as names", SETTING {
        /// The blend, or the name that it is sold as.
        material_id: MaterialId => "materialId", "Material", [Key], "";
        /// The heap that it is taken from; itself where it has a heap of its own again.
        component_id: MaterialId => "componentId", "Taken from", [Key], "";
        /// Its part of the whole.
        share: Percent => "sharePct", "Share (%)", [Above(0), AtMost(10_000), Default("100")], "qty";
    }
}

record! {
    /// What a machine makes in an hour, over all products.
    Rate, "rate", "Machine rates", SETTING {
        /// The machine.
        equipment_id: EquipmentId => "equipmentId", "Machine", [Key], "";
        /// Tons in an hour.
        per_hour_kg: Tons => "tonsPerHour", "Tons an hour", [AtLeast(0), AtMost(10_000_000)], "qty";
    }
}

record! {
    /// What of a machine's rate becomes which product. In force when the products of its date make
    /// the machine's whole rate.
    RateSplit, "rate_split", "Rate splits", SETTING {
        /// The machine.
        equipment_id: EquipmentId => "equipmentId", "Machine", [Key], "";
        /// The product.
        material_id: MaterialId => "materialId", "Material", [Key], "";
        /// Tons in an hour.
        per_hour_kg: Tons => "tonsPerHour", "Tons an hour", [Above(0), AtMost(10_000_000)], "qty";
    }
}

record! {
    /// Hours that a machine is scheduled to run on a working day.
    MachinePlan, "machine_plan", "Scheduled machine hours", SETTING {
        /// The machine.
        equipment_id: EquipmentId => "equipmentId", "Machine", [Key], "";
        /// Hours of all units of it together may be more than a day: this is each one's.
        hours: Hours => "hours", "Hours a day", [AtLeast(0), AtMost(WHOLE_DAY)], "qty";
    }
}

record! {
    /// Heads that a crew role is scheduled with on a working day.
    CrewPlan, "crew_plan", "Scheduled crew", SETTING {
        /// The role.
        role_id: CrewRoleId => "roleId", "Role", [Key], "";
        /// How many heads.
        headcount: u32 => "headcount", "Heads", [AtLeast(0), AtMost(500)], "qty";
        /// Hours of each.
        hours: Hours => "hours", "Hours a day", [Default("8"), AtLeast(0), AtMost(WHOLE_DAY)], "qty";
    }
}

record! {
    /// A day that is worked although its weekday is off, or off although it is worked.
    CalendarDay, "calendar_day", "Holidays and extra days", CALENDAR {
        /// What it is called.
        name: String => "name", "Name", [Longest(100)], "day";
        /// Whether the site works.
        is_working: bool => "isWorking", "Works", [Default("false")], "day";
    }
}

no_rules! { Target LoadFactor Recipe Rate RateSplit MachinePlan CrewPlan CalendarDay }

impl Rules for Threshold {
    /// Low lies below high.
    fn rules(&self, problems: &mut Problems) {
        if let (Some(min), Some(max)) = (self.min_kg, self.max_kg)
            && min > max
        {
            let message = format!("Low below {min} t is above High above {max} t.");
            problems.add(Problem::new("minTon", "E-NUM", message).value(&min.to_string()).max(max));
        }
    }
}
