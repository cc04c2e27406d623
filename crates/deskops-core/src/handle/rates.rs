//! Production lines from machine hours: proposing them, and writing them.

use deskops_domain::access::Caller;
use deskops_domain::api::ledger::Cascade;
use deskops_domain::api::rates::{Applied, Apply, PreviewApply, Proposal, Propose, Proposed};
use deskops_domain::choice::Provenance;
use deskops_domain::modules::Production;
use deskops_domain::record::Record as _;

use crate::desk::Desk;
use crate::error::StoreError;
use crate::router::Handle;
use crate::store::write::line_body;
use crate::store::{rates, table};

impl Handle<Propose> for Desk {
    fn handle(&self, _: &Caller, propose: Propose) -> Result<Proposal, StoreError> {
        let site = self.site(&propose.site_id)?.id;
        self.store.read(|conn| {
            let cards = rates::cards(conn, &site)?;
            let worked = cards.work_out(propose.date, &rates::hours(conn, &site, propose.date)?);
            let mut gone = rates::lines(conn, &site, propose.date)?;
            gone.retain(|entry| {
                worked.lines.iter().all(|line| line.material_id != entry.body.material_id.0)
            });
            let mut lines = Vec::new();
            for line in worked.lines {
                let id = line_body(&line).natural_id(&site, propose.date);
                let there = id.map(|id| table::get::<Production>(conn, &id)).transpose()?.flatten();
                let there = there.filter(|there| there.stamp.voided.is_none());
                let stays =
                    there.as_ref().is_some_and(|there| there.body.origin != Provenance::Rate);
                lines.push(Proposed { line, there, stays });
            }
            Ok(Proposal { lines, gone, off: worked.off, unknown: worked.unknown })
        })
    }
}

impl Handle<Apply> for Desk {
    fn handle(&self, caller: &Caller, apply: Apply) -> Result<Applied, StoreError> {
        let site = self.site(&apply.site_id)?.id;
        self.write(caller, |door| {
            let written = door.apply_rates(&site, apply.date)?;
            Ok(Applied { written, unsent: door.unsent() })
        })
    }
}

impl Handle<PreviewApply> for Desk {
    fn handle(&self, caller: &Caller, preview: PreviewApply) -> Result<Cascade, StoreError> {
        let site = self.site(&preview.site_id)?.id;
        self.try_out(caller, |door| {
            door.apply_rates(&site, preview.date)?;
            door.cascade()
        })
    }
}
