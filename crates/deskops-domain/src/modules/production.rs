//! What the crusher made.

use crate::choice::{Operation, Provenance, Shift};
use crate::field::{MaterialId, Rule::*};
use crate::problem::Problems;
use crate::quantity::{MOST_KG, Tons};
use crate::record::{Rules, record};
use crate::rest::{Rest, SITE_NEEDED};

/// What the contract calls it.
const REST: Rest = Rest {
    list: "productions",
    one: Some("production"),
    fetch_failed: Some("Failed to fetch production data"),
    create_failed: Some("Failed to create production record"),
    without_site: Some(SITE_NEEDED),
    is_counted: true,
};

record! {
    /// One product of one day and shift.
    Production, "production", "Production" as REST {
        /// The product that left the crusher.
        material_id: MaterialId => "materialId", "Material", [Key], "";
        /// The shift that made it; the whole day where shifts are not kept apart.
        shift: Shift => "shift", "Shift", [Key, Default("ALL")], "";
        /// How much was made.
        qty_kg: Tons => "qtyTon", "Quantity (t)", [Above(0), AtMost(MOST_KG), Total], "qty";
        /// The part of the plant that made it.
        operation: Operation => "operation", "Operation", [Key, Default("CRU-PRO")], "";
        /// Tells two entries of one material, shift and operation apart.
        line: u32 => "line", "Line", [Key, Default("1"), AtLeast(1), AtMost(99)], "";
        /// Where the figure comes from.
        origin: Provenance => "origin", "Origin", [Default("TYPED")], "qty";
        /// Anything worth knowing.
        notes: Option<String> => "notes", "Notes", [Longest(500)], "note";
    }
}

impl Rules for Production {
    fn rules(&self, _: &mut Problems) {}
}
