//! What a screen must know first.

use deskops_domain::access::{Caller, Role};
use deskops_domain::api::session::{Hello, Person, Session, SiteDay, Starting, Welcome};
use deskops_domain::api::users::User;
use deskops_domain::entry::Moment;
use deskops_domain::zone;

use crate::VERSION;
use crate::desk::{Desk, site_not_found};
use crate::error::StoreError;
use crate::router::Handle;
use crate::store::{changes, users};

/// Clocks of laptops wander by so much.
const CLOCK_TOLERANCE_MS: i64 = 5 * 60 * 1_000;
/// Below this much free space a clerk is told.
const LEAST_FREE_BYTES: u64 = 500 << 20;

impl Handle<Hello> for Desk {
    fn handle(&self, caller: &Caller, _: Hello) -> Result<Welcome, StoreError> {
        let now = self.now();
        let people = self.store.read(users::all)?;
        // Strangers over a network set nothing up, and are told nobody's name.
        let is_here = caller.line.is_here();
        let set_up = if people.is_empty() && is_here { Some(self.starting()?) } else { None };
        let is_told = caller.role.is_some() || (is_here && !self.store.is_shared());
        let active = people.iter().filter(|user| is_told && user.is_active);
        let session = match caller.role {
            Some(role) => Some(self.session(caller, role, &people)?),
            None => None,
        };
        Ok(Welcome {
            version: VERSION.to_owned(),
            notices: self.notices(now)?,
            set_up,
            people: active.map(person).collect(),
            session,
        })
    }
}

/// What others may know of a user.
pub(crate) fn person(user: &User) -> Person {
    Person { name: user.name.clone(), full_name: user.full_name.clone(), role: user.rights.role }
}

impl Desk {
    fn starting(&self) -> Result<Starting, StoreError> {
        let site = self.catalogue().sites.first().cloned().ok_or_else(|| site_not_found(""))?;
        let zones = zone::names().into_iter().map(str::to_owned).collect();
        Ok(Starting { site, zones })
    }

    fn session(&self, caller: &Caller, role: Role, people: &[User]) -> Result<Session, StoreError> {
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
        let (device, unsent) =
            self.store.read(|conn| Ok((changes::device(conn)?, changes::unsent(conn)?)))?;
        let known = people.iter().find(|user| user.name == caller.user);
        Ok(Session {
            user: caller.user.clone(),
            full_name: known.map_or_else(|| caller.user.clone(), |user| user.full_name.clone()),
            role,
            device,
            version: VERSION.to_owned(),
            now,
            today,
            catalogue,
            database: self.store.place().display().to_string(),
            database_bytes: self.store.size(),
            unsent,
            notices: self.notices(now)?,
        })
    }

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
        notices.extend(self.clock_notice());
        match self.free_space() {
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
