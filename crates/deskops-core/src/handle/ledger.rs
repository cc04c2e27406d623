//! What an edit would move on other days, found by making it and taking it back.

use deskops_domain::access::Caller;
use deskops_domain::api::Refusal;
use deskops_domain::api::ledger::{Cascade, Preview};
use deskops_domain::record::Record;

use crate::desk::Desk;
use crate::error::StoreError;
use crate::router::Handle;

impl<R: Record> Handle<Preview<R>> for Desk {
    fn handle(&self, caller: &Caller, preview: Preview<R>) -> Result<Cascade, StoreError> {
        self.try_out(caller, |door| {
            match (&preview.id, &preview.draft) {
                (None, Some(draft)) => door.create::<R>(draft).map(|_| ())?,
                (Some(id), Some(draft)) => door.edit::<R>(id, None, draft).map(|_| ())?,
                (Some(id), None) => door.void::<R>(id, None, None).map(|_| ())?,
                (None, None) => {
                    let message = "Name a record, or say what would be entered.";
                    return Err(Refusal::one("draft", "E-REQUIRED", message).into());
                }
            }
            door.cascade()
        })
    }
}
