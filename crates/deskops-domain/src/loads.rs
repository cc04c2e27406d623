//! What comes and goes by the truck load: what of it is weighed, and what is worked out from loads.

use crate::field::MaterialId;
use crate::modules::{Dispatch, Received};
use crate::quantity::Tons;
use crate::record::Record;

/// A record of truck loads.
pub trait Loaded: Record {
    /// How the count of loads is called on the wire.
    const LOADS: &'static str;

    /// What was loaded.
    fn material(&self) -> &MaterialId;
    /// What it weighs; none while the weight is pending.
    fn tons(&self) -> Option<Tons>;
    /// In how many loads.
    fn loads(&self) -> Option<u32>;
    /// Whether the tons were worked out from the loads.
    fn is_estimated(&self) -> bool;
    /// What tells it from others of the material: whose, and which ticket or vehicle.
    fn marks(&self) -> [Option<&str>; 2];
    /// Whether its weight is worked out from its loads, or was typed.
    fn set_estimated(&mut self, is_estimated: bool);
    /// Sets the tons.
    fn set_tons(&mut self, tons: Tons);

    /// With tons worked out from the loads, which stay as they were counted; none where it is
    /// weighed, or has no loads.
    #[must_use]
    fn estimated(&self, per_load: Tons) -> Option<Self> {
        let loads = self.loads().filter(|loads| *loads > 0)?;
        if self.tons().is_some() {
            return None;
        }
        let mut body = self.clone();
        body.set_tons(Tons::kg(per_load.raw() * i64::from(loads)));
        body.set_estimated(true);
        Some(body)
    }
}

macro_rules! loaded {
    ($name:ident, $loads:ident, $wire:literal, $owner:ident, $mark:ident) => {
        impl Loaded for $name {
            const LOADS: &'static str = $wire;

            fn material(&self) -> &MaterialId {
                &self.material_id
            }

            fn tons(&self) -> Option<Tons> {
                self.qty_kg
            }

            fn loads(&self) -> Option<u32> {
                self.$loads
            }

            fn is_estimated(&self) -> bool {
                self.is_estimated
            }

            fn marks(&self) -> [Option<&str>; 2] {
                [self.$owner.as_deref(), self.$mark.as_deref()]
            }

            fn set_estimated(&mut self, is_estimated: bool) {
                self.is_estimated = is_estimated;
            }

            fn set_tons(&mut self, tons: Tons) {
                self.qty_kg = Some(tons);
            }
        }
    };
}

loaded! { Dispatch, trips, "trips", owner, reference }
loaded! { Received, loads, "loads", source, vehicle_ref }
