//! A record that is entered once, however often it is asked for.
//!
//! An answer may be lost on its way. Who then asks again under the id that they made themselves gets
//! the record that is there. Apart from the door, because nothing is written by it.

use deskops_domain::api::{Code, Refusal};
use deskops_domain::draft::{Draft, Placed};
use deskops_domain::entry::Entry;
use deskops_domain::id::Id;
use deskops_domain::record::Record;

use super::Door;
use crate::error::StoreError;
use crate::store::{changes, table};

impl Door<'_> {
    /// Makes a record under an id that the caller made; the same again is answered with what is
    /// stored of it. What has a natural key is known by that, whatever the id.
    ///
    /// # Errors
    /// As [`Door::create`]; and that the id is in use for something else, or out of sight, in the
    /// same words.
    pub fn create_as<R: Record>(&mut self, id: Id, draft: &Draft) -> Result<Entry<R>, StoreError> {
        if R::has_natural_key() {
            return self.create(draft);
        }
        let placed = self.placed::<R>(draft)?;
        if let Some(there) = self.made_before(&id, &placed)? {
            return Ok(there);
        }
        let Placed { site, date, body } = placed;
        self.mind(&site, date, None, &body)?;
        self.make(Some(id), site, date, body)
    }

    /// Reads a draft of a new record, on a day that the caller sees.
    pub(super) fn placed<R: Record>(&self, draft: &Draft) -> Result<Placed<R>, Refusal> {
        let placed = self.read::<R>(draft)?;
        if !R::HABIT.is_dated_from {
            self.desk.check_day(self.caller, &placed.site, placed.date)?;
        }
        Ok(placed)
    }

    /// The record of this id, where it was made with this content.
    fn made_before<R: Record>(
        &self,
        id: &Id,
        asked: &Placed<R>,
    ) -> Result<Option<Entry<R>>, StoreError> {
        let past = changes::of_record(self.transaction(), id)?;
        let there = table::get::<R>(self.transaction(), id)?;
        let Some(first) = past.last().map(|past| &past.change) else {
            return if there.is_some() { Err(reused().into()) } else { Ok(None) };
        };
        // As it was made: somebody may have changed it since.
        let is_same = |there: &Entry<R>| {
            let said = |group: &str| first.set.get(group).map(|set| &set.to);
            first.entity == R::NAME
                && (&there.site, there.date) == (&asked.site, asked.date)
                && R::groups().iter().all(|group| said(group) == Some(&asked.body.group(group)))
        };
        let seen = there.filter(|there| self.desk.sees_entry(self.caller, there));
        seen.filter(is_same).map(Some).ok_or_else(|| reused().into())
    }
}

/// The same words for everything that can stand in the way, so that nothing is told of it.
fn reused() -> Refusal {
    let message = "This id is in use already. A new record needs a new one.";
    Refusal::new(Code::IdReused, message)
}
