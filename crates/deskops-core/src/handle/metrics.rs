//! The figures of the contract: a window of days against the window before it.

use deskops_domain::access::Caller;
use deskops_domain::api::Refusal;
use deskops_domain::api::dashboard::Moved;
use deskops_domain::api::metrics::{Change, Figures, Metrics, Utilization, Window};
use deskops_domain::catalogue::Site;
use deskops_domain::settings::MachinePlan;

use crate::desk::Desk;
use crate::error::StoreError;
use crate::router::Handle;
use crate::sql::Connection;
use crate::store::span::Span;
use crate::store::{board, settings};

impl Handle<Metrics> for Desk {
    fn handle(&self, _: &Caller, metrics: Metrics) -> Result<Figures, StoreError> {
        if metrics.site_id.is_empty() {
            let told = "siteId parameter required";
            let refusal = Refusal::one("siteId", "E-REQUIRED", told);
            return Err(Refusal { message: told.into(), ..refusal }.into());
        }
        let site = self.site(&metrics.site_id)?;
        let today = self.today(&site).ok_or_else(|| no_zone(&site))?;
        let window = Window::of(metrics.date_from, metrics.date_to, today);
        super::dashboard::in_order(window.from, window.to)?;
        self.store.read(|conn| {
            let sums = |window: Window| Sums::of(conn, &site, window);
            let (now, before) = (sums(window)?, sums(window.before())?);
            let (moved, moved_before) = (now.moved, before.moved);
            Ok(Figures {
                total_production: Change::tons(moved.produced_kg, moved_before.produced_kg),
                total_dispatched: Change::tons(moved.dispatched_kg, moved_before.dispatched_kg),
                total_received: Change::tons(moved.received_kg, moved_before.received_kg),
                equipment_utilization: Utilization::of(now.run, before.run, now.scheduled),
                current_inventory_status: Change::tons(now.stock_kg, before.stock_kg),
            })
        })
    }
}

/// A site without a zone has no day of which figures could be told.
fn no_zone(site: &Site) -> Refusal {
    let message = format!("The time zone `{}` of the site is not known.", site.timezone);
    Refusal::one("siteId", "E-ZONE", message)
}

/// What a window of days comes to.
struct Sums {
    moved: Moved,
    run: i64,
    scheduled: i64,
    stock_kg: i64,
}

impl Sums {
    fn of(conn: &Connection, site: &Site, window: Window) -> Result<Self, StoreError> {
        let sites = std::slice::from_ref(site);
        let span = Span { conn, sites, from: window.from, to: window.to };
        let sums = span.sums()?.remove(&site.id).unwrap_or_default();
        let plans = settings::all::<MachinePlan>(conn, &site.id)?;
        let machines = span.machines()?.remove(&site.id).unwrap_or_default();
        let hours = board::hours(machines, plans, &board::calendar(conn, site)?);
        Ok(Self {
            moved: sums.moved,
            run: sums.run,
            scheduled: hours.values().map(|hours| hours.scheduled).sum(),
            stock_kg: sums.stock_kg.unwrap_or(0),
        })
    }
}
