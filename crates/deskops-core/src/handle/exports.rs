//! Taking records away as a file.

use deskops_domain::access::Caller;
use deskops_domain::api::Refusal;
use deskops_domain::api::exports::{Export, Exported};
use deskops_domain::choice::Granularity;
use deskops_domain::record::Record;

use super::records::check_range;
use crate::VERSION;
use crate::desk::Desk;
use crate::error::StoreError;
use crate::export::{About, write};
use crate::router::Handle;
use crate::store::table;

impl<R: Record> Handle<Export<R>> for Desk {
    fn handle(&self, _: &Caller, export: Export<R>) -> Result<Exported, StoreError> {
        let site = &self.site(&export.filter.site_id)?;
        check_range(&export.filter)?;
        let (Some(from), Some(to)) = (export.filter.date_from, export.filter.date_to) else {
            let message = "An export needs its days: dateFrom and dateTo.";
            return Err(Refusal::one("dateFrom", "E-REQUIRED", message).into());
        };
        let about = About {
            site,
            from,
            to,
            granularity: export.granularity.unwrap_or(Granularity::Daily),
            is_voided: export.filter.voided,
            version: VERSION,
        };
        let written = self.store.read(|conn| {
            table::each::<R, _>(conn, &export.filter, |entries| {
                Ok(write(&self.place.exports, &about, &self.catalogue(), export.format, entries)?)
            })
        })?;
        Ok(Exported {
            file_name: written.file_name,
            path: Some(written.path.display().to_string()),
            rows: written.rows,
            bytes: written.bytes,
            sha256: written.sha256,
            totals: written.totals,
        })
    }
}
