//! Sits at the desk and types: every made-up record goes through the same write door as all others.
//!
//! Apart from the story, which decides what is typed on which day and where the file goes.

use deskops_core::clock::FixedClock;
use deskops_core::store::write::Door;
use deskops_core::{Desk, StoreError};
use deskops_domain::access::{Caller, Role};
use deskops_domain::catalogue::Site;
use deskops_domain::day::Day;
use deskops_domain::entry::{Moment, body_json};
use deskops_domain::id::Id;
use deskops_domain::modules::{Dispatch, Equipment, Manpower, NilReturn, Production, Received};
use deskops_domain::record::Record;
use deskops_domain::zone;

use crate::people::Crew;
use crate::shape::{Act, Body, Later};

const MINUTE_MS: i64 = 60_000;
/// The early hour at which yesterday is put right: before the first load of the day.
const MORNING: i64 = 4 * 60 + 40;

/// The instant of a minute of the site's day.
pub(crate) fn local(site: &Site, day: Day, minute: i64) -> Moment {
    let midnight = Moment(day.0.and_time(chrono::NaiveTime::MIN).and_utc().timestamp_millis());
    let ahead = i64::from(zone::offset_minutes(site, midnight).unwrap_or(0));
    Moment(midnight.0 + (minute - ahead) * MINUTE_MS)
}

/// Sits at the desk and types.
pub(crate) struct Teller<'a> {
    /// Where it is typed.
    pub desk: &'a Desk,
    /// Shows the hour of each record.
    pub clock: &'a FixedClock,
    /// The site.
    pub site: &'a Site,
    /// Who works there.
    pub crew: Crew,
    /// The first day that is left open: everything before it is closed on the morning after.
    pub open_from: Day,
    /// What is to be put right on the next morning.
    pub morning: Vec<(Id, Body, Later)>,
    /// Records so far.
    pub n_records: u64,
    /// Records that were changed on a later morning.
    pub n_corrected: u64,
}

impl Teller<'_> {
    /// Types a day.
    pub(crate) fn type_day(&mut self, day: Day, acts: Vec<Act>) -> Result<(), StoreError> {
        let clerk = Caller::named(self.crew.clerk, Some(Role::Operator), None);
        self.n_records += acts.len() as u64;
        let (clock, site) = (self.clock, self.site);
        let typed = self.desk.write(&clerk, |door| {
            acts.into_iter()
                .map(|act| {
                    clock.set(local(site, day, act.minute));
                    Ok((enter(door, site, day, &act.body)?, act))
                })
                .collect::<Result<Vec<_>, StoreError>>()
        })?;
        let later =
            typed.into_iter().filter_map(|(id, act)| act.later.map(|later| (id, act.body, later)));
        self.morning.extend(later);
        Ok(())
    }

    /// Puts yesterday right.
    pub(crate) fn put_right(&mut self, day: Day) -> Result<(), StoreError> {
        let supervisor = Caller::named(self.crew.supervisor, Some(Role::Moderator), None);
        let work = std::mem::take(&mut self.morning);
        self.n_corrected += work.len() as u64;
        let (clock, site) = (self.clock, self.site);
        self.desk.write(&supervisor, |door| {
            for (minute, (id, body, later)) in (MORNING..).zip(work) {
                clock.set(local(site, day, minute));
                change(door, &id, &body, &later)?;
            }
            Ok(())
        })
    }
}

fn enter(door: &mut Door<'_>, site: &Site, day: Day, body: &Body) -> Result<Id, StoreError> {
    fn create<R: Record>(
        door: &mut Door<'_>,
        site: &Site,
        day: Day,
        body: &R,
    ) -> Result<Id, StoreError> {
        let mut draft = body_json(body);
        draft.insert("siteId".into(), site.id.clone().into());
        draft.insert("date".into(), day.to_string().into());
        Ok(door.create::<R>(&draft)?.id)
    }
    match body {
        Body::Production(body) => create(door, site, day, body),
        Body::Dispatch(body) => create(door, site, day, body),
        Body::Received(body) => create(door, site, day, body),
        Body::Equipment(body) => create(door, site, day, body),
        Body::Manpower(body) => create(door, site, day, body),
        Body::Nil(body) => create(door, site, day, body),
    }
}

fn change(door: &mut Door<'_>, id: &Id, body: &Body, later: &Later) -> Result<(), StoreError> {
    match body {
        Body::Production(_) => change_one::<Production>(door, id, later),
        Body::Dispatch(_) => change_one::<Dispatch>(door, id, later),
        Body::Received(_) => change_one::<Received>(door, id, later),
        Body::Equipment(_) => change_one::<Equipment>(door, id, later),
        Body::Manpower(_) => change_one::<Manpower>(door, id, later),
        Body::Nil(_) => change_one::<NilReturn>(door, id, later),
    }
}

fn change_one<R: Record>(door: &mut Door<'_>, id: &Id, later: &Later) -> Result<(), StoreError> {
    match later {
        Later::Correct(right) => {
            let draft = match right {
                Body::Production(right) => body_json(right),
                Body::Dispatch(right) => body_json(right),
                Body::Received(right) => body_json(right),
                Body::Equipment(right) => body_json(right),
                Body::Manpower(right) => body_json(right),
                Body::Nil(right) => body_json(right),
            };
            door.edit::<R>(id, None, &draft)?;
        }
        Later::Void(why) => {
            door.void::<R>(id, None, Some(why))?;
        }
        Later::VoidByMistake => {
            door.void::<R>(id, None, None)?;
            door.restore::<R>(id)?;
        }
    }
    Ok(())
}
