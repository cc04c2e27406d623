//! The stock ledger: a material at the end of a day, computed from the records, with what people measured.

use crate::choice::{AdjustmentKind, CountTime};
use crate::field::{MaterialId, Rule::*};
use crate::problem::{Problem, Problems};
use crate::quantity::{MOST_KG, Tons};
use crate::record::{Rules, record};
use crate::rest::Rest;

/// What the contract calls it.
const REST: Rest = Rest {
    list: "inventorySnapshots",
    one: None,
    fetch_failed: None,
    create_failed: None,
    without_site: None,
    is_counted: true,
};

record! {
    /// One material at the end of one day on which something of it moved or was measured.
    Inventory, "inventory", "Inventory" as REST {
        /// What lies there.
        material_id: MaterialId => "materialId", "Material", [Key], "";
        /// Stock at the start of the day: the closing of the day before, or what was set.
        opening_kg: Tons => "openingTon", "Opening (t)", [Computed, Opens], "";
        /// Made on the day.
        produced_kg: Tons => "producedTon", "Produced (t)", [Computed, Total], "";
        /// Came in on the day.
        received_kg: Tons => "receivedTon", "Received (t)", [Computed, Total], "";
        /// Left on the day.
        dispatched_kg: Tons => "dispatchedTon", "Dispatched (t)", [Computed, Total], "";
        /// Put into crusher runs and blends (less), or replaced by what a blend was made of (more).
        drawn_kg: Tons => "drawnTon", "Runs and blends (t)", [Computed, Total], "";
        /// What was measured on the heap, which then is the closing, whatever changes before it.
        counted_kg: Option<Tons> => "countedTon", "Counted (t)", [AtLeast(0), AtMost(MOST_KG)], "counted";
        /// When it was measured.
        counted_when: Option<CountTime> => "countedWhen", "Measured", [], "counted";
        /// Counted less computed; it changes when earlier days change, the count does not.
        variance_kg: Tons => "varianceTon", "Difference (t)", [Computed, Total], "";
        /// Added or taken away by hand.
        typed_kg: Option<Tons> => "typedTon", "Adjustment (t)", [AtLeast(-MOST_KG), AtMost(MOST_KG)], "adjustment";
        /// Why it was adjusted.
        reason: Option<AdjustmentKind> => "reason", "Reason", [], "adjustment";
        /// All of it together: by hand, runs and blends, and the difference of a count.
        adjustment_kg: Tons => "adjustmentTon", "All adjustments (t)", [Computed, Total], "";
        /// Stock at the end of the day: opening + produced + received - dispatched + all adjustments.
        closing_kg: Tons => "closingTon", "Closing (t)", [Computed, Closes], "";
        /// Stock to start from, where the day before does not tell.
        opening_override_kg: Option<Tons> => "openingOverrideTon", "Opening set to (t)", [AtLeast(-MOST_KG), AtMost(MOST_KG)], "opening";
        /// Whether the closing was computed and not counted.
        is_calculated: bool => "isCalculated", "Calculated", [Computed], "";
        /// Anything worth knowing: why a difference, why below nothing.
        notes: Option<String> => "notes", "Notes", [Longest(500)], "note";
    }
}

impl Rules for Inventory {
    /// An adjustment says why, and "other" says what.
    fn rules(&self, problems: &mut Problems) {
        let needs = |path: &str, message: &str| Problem::new(path, "E-REQUIRED", message);
        if self.typed_kg.is_some_and(|typed| typed != Tons::default()) && self.reason.is_none() {
            problems
                .add(needs("reason", "An adjustment needs a reason: moisture, survey, spillage …"));
        }
        if self.reason == Some(AdjustmentKind::Other) && self.notes.is_none() {
            problems.add(needs("notes", "Say in the notes what the other reason is."));
        }
    }
}
