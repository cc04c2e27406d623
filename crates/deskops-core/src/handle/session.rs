//! What a screen must know first.

use deskops_domain::access::{Caller, Role};
use deskops_domain::api::session::{Hello, Session, SiteDay};
use deskops_domain::entry::Moment;
use deskops_domain::zone;

use crate::VERSION;
use crate::desk::Desk;
use crate::error::StoreError;
use crate::router::Handle;
use crate::store::changes;

/// Clocks of laptops wander by so much.
const CLOCK_TOLERANCE_MS: i64 = 5 * 60 * 1_000;
/// Below this much free space a clerk is told.
const LEAST_FREE_BYTES: u64 = 500 << 20;

impl Handle<Hello> for Desk {
    fn handle(&self, caller: &Caller, _: Hello) -> Result<Session, StoreError> {
        let now = self.now();
        let mut catalogue = Desk::catalogue(self).as_ref().clone();
        catalogue.sites.retain(|site| caller.reaches(&site.id));
        let today = catalogue.sites.iter().filter_map(|site| {
            let today = self.today(site)?;
            Some(SiteDay {
                site_id: site.id.clone(),
                today,
                offset_minutes: zone::offset_minutes(site, now)?,
            })
        });
        let today = today.collect();
        let notices = self.notices(now)?;
        let (device, unsent) =
            self.store.read(|conn| Ok((changes::device(conn)?, changes::unsent(conn)?)))?;
        Ok(Session {
            user: caller.user.clone(),
            role: caller.role.unwrap_or(Role::Operator),
            device,
            version: VERSION.to_owned(),
            now,
            today,
            catalogue,
            database: self.store.path().display().to_string(),
            database_bytes: self.store.size(),
            unsent,
            notices,
        })
    }
}

impl Desk {
    /// What a clerk should put right soon. Nothing here keeps anybody from working: a wrong clock is
    /// told because the day depends on it, a full disk because the next row might not fit.
    fn notices(&self, now: Moment) -> Result<Vec<String>, StoreError> {
        let mut notices = Vec::new();
        let latest = self.store.read(changes::latest)?;
        if let Some(latest) = latest.filter(|latest| latest.0 - now.0 > CLOCK_TOLERANCE_MS) {
            notices.push(format!(
                "The clock of this computer says {now}, but the last entry is of {latest}. Set its date and time right: the day depends on it."
            ));
        }
        let folder = self.store.path().parent().unwrap_or(self.store.path());
        match fs4::available_space(folder) {
            Ok(free) if free < LEAST_FREE_BYTES => notices.push(format!(
                "Only {} MB are free on the disk of the records. Free some space before it is full.",
                free >> 20
            )),
            Ok(_) => {}
            Err(error) => tracing::warn!(%error, "the free space of the disk cannot be told"),
        }
        Ok(notices)
    }
}
