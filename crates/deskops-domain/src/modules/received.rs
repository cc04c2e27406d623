//! Recycling material that came in.

use crate::field::{MaterialId, Rule::*};
use crate::problem::{Problem, Problems};
use crate::quantity::{MOST_KG, Tons};
use crate::record::{Rules, record};
use crate::rest::{Rest, SITE_NEEDED};

/// What the contract calls it.
const REST: Rest = Rest {
    list: "receivedMaterials",
    one: None,
    fetch_failed: None,
    create_failed: None,
    without_site: Some(SITE_NEEDED),
    is_counted: true,
};

record! {
    /// One load, or one source's loads of a day, that came in.
    Received, "received", "Received" as REST {
        /// What came in.
        material_id: MaterialId => "materialId", "Material", [Apart], "item";
        /// How much came in; empty while the weight is pending.
        qty_kg: Option<Tons> => "qtyTon", "Quantity (t)", [Above(0), AtMost(MOST_KG), Total], "qty";
        /// In how many loads.
        loads: Option<u32> => "loads", "Loads", [AtLeast(1), AtMost(9_999), Total], "qty";
        /// Whether the tons were worked out from the loads and not weighed.
        is_estimated: bool => "isEstimated", "Estimated", [Default("false"), Apart], "qty";
        /// Where it came from.
        source: Option<String> => "source", "Source", [Longest(200), Apart], "source";
        /// The vehicle that brought it.
        vehicle_ref: Option<String> => "vehicleRef", "Vehicle", [Longest(100)], "source";
        /// Anything worth knowing.
        notes: Option<String> => "notes", "Notes", [Longest(500)], "note";
    }
}

impl Rules for Received {
    /// A load without a weight must at least be counted.
    fn rules(&self, problems: &mut Problems) {
        if self.qty_kg.is_none() && self.loads.is_none() {
            problems.add(Problem::new(
                "qtyTon",
                "E-REQUIRED",
                "Type the quantity, or the loads while the weight is pending.",
            ));
        }
    }
}
