//! A crusher run: what was fed, and what of it did not become a product.

use crate::choice::Shift;
use crate::field::{EquipmentId, MaterialId, Rule::*};
use crate::problem::{Problem, Problems};
use crate::quantity::{MOST_KG, Tons};
use crate::record::{Rules, record};

record! {
    /// One machine's feed of one material in a shift. Its products are the day's production.
    Run, "run", "Crusher runs" {
        /// The machine that was fed.
        equipment_id: EquipmentId => "equipmentId", "Machine", [Key], "";
        /// What it was fed with.
        feed_id: MaterialId => "feedId", "Feed", [Key], "";
        /// The shift; the whole day where shifts are not kept apart.
        shift: Shift => "shift", "Shift", [Key, Default("ALL")], "";
        /// How much was fed; it leaves the stock of the feed.
        feed_kg: Tons => "feedTon", "Fed (t)", [Above(0), AtMost(MOST_KG), Total], "qty";
        /// What went to landfill.
        residue_kg: Option<Tons> => "residueTon", "Residue (t)", [AtLeast(0), AtMost(MOST_KG), Total], "qty";
        /// What was lost: moisture, dust.
        loss_kg: Option<Tons> => "lossTon", "Loss (t)", [AtLeast(0), AtMost(MOST_KG), Total], "qty";
        /// Whether the feed was worked out from loads and not weighed.
        is_estimated: bool => "isEstimated", "Estimated", [Default("false"), Apart], "qty";
        /// Anything worth knowing.
        notes: Option<String> => "notes", "Notes", [Longest(500)], "note";
    }
}

impl Rules for Run {
    /// No more can come out than went in.
    fn rules(&self, problems: &mut Problems) {
        let kg = |tons: Option<Tons>| tons.unwrap_or_default().raw();
        let out = kg(self.residue_kg) + kg(self.loss_kg);
        if out > self.feed_kg.raw() {
            let message = format!(
                "Residue and loss are {} t together; only {} t were fed.",
                Tons::kg(out),
                self.feed_kg
            );
            problems.add(
                Problem::new("residueTon", "E-NUM", message)
                    .value(&Tons::kg(out).to_string())
                    .max(self.feed_kg),
            );
        }
    }
}
