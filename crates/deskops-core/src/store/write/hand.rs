//! What it means that a figure is typed anew: it no longer comes from hours, and is no estimate.

use std::any::Any;

use deskops_domain::choice::Provenance;
use deskops_domain::draft::Draft;
use deskops_domain::loads::Loaded;
use deskops_domain::modules::{Dispatch, Production, Received};
use deskops_domain::record::Record;

/// A changed record, with where its figure comes from unless the draft says that itself.
pub(super) fn by_hand<R: Record>(draft: &Draft, there: &R, mut body: R) -> R {
    let (was, is) = (there as &dyn Any, &mut body as &mut dyn Any);
    if let (Some(was), Some(is)) = (was.downcast_ref(), is.downcast_mut::<Production>()) {
        let Production { qty_kg, .. } = was;
        if is.qty_kg != *qty_kg && !draft.contains_key("origin") {
            is.origin = Provenance::Typed;
        }
    }
    weighed::<Dispatch>(draft, was, is);
    weighed::<Received>(draft, was, is);
    body
}

/// Tons that are typed are weighed.
fn weighed<L: Loaded>(draft: &Draft, was: &dyn Any, is: &mut dyn Any) {
    if let (Some(was), Some(is)) = (was.downcast_ref::<L>(), is.downcast_mut::<L>())
        && is.tons() != was.tons()
        && !draft.contains_key("isEstimated")
    {
        is.set_estimated(false);
    }
}
