//! Loads without a weight become tons.

use deskops_domain::access::Caller;
use deskops_domain::api::ledger::Cascade;
use deskops_domain::api::loads::{Estimate, Estimated, PreviewEstimate};
use deskops_domain::loads::Loaded;

use super::records::check_days;
use crate::desk::Desk;
use crate::error::StoreError;
use crate::router::Handle;

impl<L: Loaded> Handle<Estimate<L>> for Desk {
    fn handle(&self, caller: &Caller, estimate: Estimate<L>) -> Result<Estimated, StoreError> {
        self.site(&estimate.site_id)?;
        check_days(estimate.date_from, estimate.date_to)?;
        self.write(caller, |door| door.estimate(&estimate))
    }
}

impl<L: Loaded> Handle<PreviewEstimate<L>> for Desk {
    fn handle(&self, caller: &Caller, preview: PreviewEstimate<L>) -> Result<Cascade, StoreError> {
        self.site(&preview.site_id)?;
        check_days(preview.date_from, preview.date_to)?;
        self.try_out(caller, |door| {
            door.estimate::<L>(&Estimate::new(
                preview.site_id,
                preview.date_from,
                preview.date_to,
            ))?;
            door.cascade()
        })
    }
}
