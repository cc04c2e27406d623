//! A day's closing stock of a material: computed from the records, with counts and adjustments.

use crate::field::{MaterialId, Rule::*};
use crate::problem::{Problem, Problems};
use crate::quantity::{MOST_KG, Tons};
use crate::record::{Rules, record};

record! {
    /// One material at the end of one day.
    Inventory, "inventory", "Inventory" {
        /// What lies there.
        material_id: MaterialId => "materialId", "Material", [Key], "";
        /// Stock at the start of the day: the closing of the day before.
        opening_kg: Tons => "openingTon", "Opening (t)", [Computed, AtLeast(-MOST_KG), AtMost(MOST_KG)], "";
        /// Made on the day.
        produced_kg: Tons => "producedTon", "Produced (t)", [Computed, AtLeast(0), AtMost(MOST_KG), Total], "";
        /// Came in on the day.
        received_kg: Tons => "receivedTon", "Received (t)", [Computed, AtLeast(0), AtMost(MOST_KG), Total], "";
        /// Left on the day.
        dispatched_kg: Tons => "dispatchedTon", "Dispatched (t)", [Computed, AtLeast(0), AtMost(MOST_KG), Total], "";
        /// Added or taken away by hand, with a reason.
        adjustment_kg: Tons => "adjustmentTon", "Adjustment (t)", [Default("0"), AtLeast(-MOST_KG), AtMost(MOST_KG), Total], "adjustment";
        /// Why it was adjusted.
        reason: Option<String> => "reason", "Reason", [Longest(200)], "adjustment";
        /// Stock at the end of the day: opening + produced + received - dispatched + adjustment.
        closing_kg: Tons => "closingTon", "Closing (t)", [Computed, AtLeast(-MOST_KG), AtMost(MOST_KG)], "";
        /// What was measured on the heap, which then is the closing.
        counted_kg: Option<Tons> => "countedTon", "Counted (t)", [AtLeast(0), AtMost(MOST_KG)], "counted";
        /// Stock to start from where there is no day before.
        opening_override_kg: Option<Tons> => "openingOverrideTon", "Opening set to (t)", [AtLeast(-MOST_KG), AtMost(MOST_KG)], "opening";
        /// Whether the closing was computed and not counted.
        is_calculated: bool => "isCalculated", "Calculated", [Computed], "";
        /// Anything worth knowing.
        notes: Option<String> => "notes", "Notes", [Longest(500)], "note";
    }
}

impl Rules for Inventory {
    /// An adjustment says why.
    fn rules(&self, problems: &mut Problems) {
        if self.adjustment_kg != Tons::default() && self.reason.is_none() {
            problems.add(Problem::new(
                "reason",
                "E-REQUIRED",
                "An adjustment needs a reason: moisture, survey, spillage …",
            ));
        }
    }
}
