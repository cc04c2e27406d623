//! What a screen must know first.

use deskops_domain::access::{Caller, Role};
use deskops_domain::api::session::{Hello, Session, SiteDay};
use deskops_domain::draft::Surroundings as _;
use deskops_domain::zone;

use crate::VERSION;
use crate::desk::Desk;
use crate::error::StoreError;
use crate::router::Handle;
use crate::store::changes;

impl Handle<Hello> for Desk {
    fn handle(&self, caller: &Caller, _: Hello) -> Result<Session, StoreError> {
        let now = self.now();
        let mut catalogue = Desk::catalogue(self).clone();
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
        })
    }
}
