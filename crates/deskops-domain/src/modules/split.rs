//! What a dispatched blend was really made of on a day, where the recipe does not tell.

use crate::field::{MaterialId, Rule::*};
use crate::problem::{Problem, Problems};
use crate::quantity::{MOST_KG, Tons};
use crate::record::{Rules, record};

record! {
    /// One component of one blend on one day, in place of the recipe of that day.
    Split, "split", "Blends as mixed" {
        /// The blend that left.
        material_id: MaterialId => "materialId", "Blend", [Key], "";
        /// What it was made of.
        component_id: MaterialId => "componentId", "Component", [Key], "";
        /// How much of it.
        qty_kg: Tons => "qtyTon", "Quantity (t)", [AtLeast(0), AtMost(MOST_KG), Total], "qty";
        /// Anything worth knowing.
        notes: Option<String> => "notes", "Notes", [Longest(500)], "note";
    }
}

impl Rules for Split {
    /// Nothing is made of itself.
    fn rules(&self, problems: &mut Problems) {
        if self.material_id == self.component_id {
            let message = "A blend is made of other materials than itself.";
            problems.add(Problem::new("componentId", "E-COMPONENT", message));
        }
    }
}
