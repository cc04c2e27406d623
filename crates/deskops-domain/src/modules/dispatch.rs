//! What left the site, and to whom. No deliveries, no vehicles: quantity and ownership only.

use crate::choice::Operation;
use crate::field::{MaterialId, Rule::*};
use crate::problem::{Problem, Problems};
use crate::quantity::{MOST_KG, Tons};
use crate::record::{Rules, record};
use crate::rest::{Rest, SITE_NEEDED};

/// What the contract calls it.
const REST: Rest = Rest {
    list: "dispatches",
    one: Some("dispatch"),
    fetch_failed: Some("Failed to fetch dispatch data"),
    create_failed: Some("Failed to create dispatch record"),
    without_site: Some(SITE_NEEDED),
    is_counted: true,
};

record! {
    /// One load, or one owner's loads of a day, that left the site.
    Dispatch, "dispatch", "Dispatch" as REST {
        /// What left.
        material_id: MaterialId => "materialId", "Material", [Apart], "item";
        /// How much left; empty while the weight is pending.
        qty_kg: Option<Tons> => "qtyTon", "Quantity (t)", [Above(0), AtMost(MOST_KG), Total], "qty";
        /// In how many trips.
        trips: Option<u32> => "trips", "Trips", [AtLeast(1), AtMost(9_999), Total], "qty";
        /// Whether the tons were worked out from the trips and not weighed.
        is_estimated: bool => "isEstimated", "Estimated", [Default("false"), Apart], "qty";
        /// Whose it is now.
        owner: Option<String> => "owner", "Owner", [Longest(200), Apart], "party";
        /// Number of the ticket or note.
        reference: Option<String> => "reference", "Reference", [Longest(100)], "party";
        /// The part of the plant that it left from.
        operation: Operation => "operation", "Operation", [Default("CRU-DIS"), Apart], "item";
        /// Anything worth knowing.
        notes: Option<String> => "notes", "Notes", [Longest(500)], "note";
    }
}

impl Rules for Dispatch {
    /// A load without a weight must at least be counted.
    fn rules(&self, problems: &mut Problems) {
        if self.qty_kg.is_none() && self.trips.is_none() {
            problems.add(Problem::new(
                "qtyTon",
                "E-REQUIRED",
                "Type the quantity, or the trips while the weight is pending.",
            ));
        }
    }
}
