//! The mass balance of a site over a range of days.

use deskops_domain::access::Caller;
use deskops_domain::api::balance::{AskBalance, BalanceReport};
use deskops_domain::rate_check::check;

use super::records::check_days;
use crate::desk::Desk;
use crate::error::StoreError;
use crate::router::Handle;
use crate::store::{balance, rates};

impl Handle<AskBalance> for Desk {
    fn handle(&self, _: &Caller, ask: AskBalance) -> Result<BalanceReport, StoreError> {
        let site = self.site(&ask.site_id)?.id;
        check_days(ask.date_from, ask.date_to)?;
        self.store.read(|conn| {
            let sums = balance::of(conn, &site, ask.date_from, ask.date_to)?;
            let counted = balance::variances(conn, &site, ask.date_from, ask.date_to)?;
            let cards = rates::cards(conn, &site)?;
            let checked = check(&sums.products, &counted, &cards, ask.date_to);
            Ok(BalanceReport::new(sums, checked))
        })
    }
}
