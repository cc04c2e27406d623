//! Loads whose weight is pending get the tons that a load of their material usually has.

use std::collections::BTreeMap;

use deskops_domain::api::loads::{Estimate, Estimated};
use deskops_domain::change::ChangeKind;
use deskops_domain::entry::Entry;
use deskops_domain::loads::Loaded;
use deskops_domain::quantity::Tons;
use deskops_domain::settings::LoadFactor;

use super::Door;
use crate::error::StoreError;
use crate::store::{settings, table};

impl Door<'_> {
    /// Works out the tons of the loads of a range, on its open days.
    pub(crate) fn estimate<L: Loaded>(
        &mut self,
        asked: &Estimate<L>,
    ) -> Result<Estimated, StoreError> {
        let pending: Vec<Entry<L>> = table::where_each(
            self.tx,
            &format!(
                "voided_at is null and site_id = ?1 and date between ?2 and ?3 and qty_kg is null and {} > 0 order by date, created_at, id",
                L::LOADS
            ),
            (&asked.site_id, asked.date_from.to_string(), asked.date_to.to_string()),
        )?;
        let factors = settings::all::<LoadFactor>(self.tx, &asked.site_id)?;
        let mut done = Estimated::default();
        let mut without: BTreeMap<String, u64> = BTreeMap::new();
        self.together();
        for there in pending {
            let material = there.body.material().clone();
            let holds = |factor: &&Entry<LoadFactor>| {
                factor.date <= there.date && factor.body.material_id == material
            };
            let factor = factors.iter().rev().find(holds);
            if !self.is_open(&there.site, there.date)? {
                done.closed += 1;
            } else if let Some(body) =
                factor.and_then(|factor| there.body.estimated(factor.body.per_load_kg))
            {
                done.estimated += 1;
                done.kg += body.tons().map_or(0, Tons::raw);
                self.put(there, body, ChangeKind::Put)?;
            } else {
                *without.entry(material.0).or_default() += 1;
            }
        }
        done.without_factor = without.into_iter().collect();
        done.unsent = self.unsent();
        Ok(done)
    }
}
