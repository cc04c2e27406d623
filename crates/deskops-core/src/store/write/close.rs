//! Closed days at the door: a locked one takes nothing, a closed one is opened again by a change.

use deskops_domain::api::{Code, Refusal};
use deskops_domain::change::ChangeKind;
use deskops_domain::choice::{PeriodKind, PeriodState};
use deskops_domain::day::Day;
use deskops_domain::entry::Entry;
use deskops_domain::modules::Period;
use deskops_domain::record::Record;

use super::Door;
use crate::error::StoreError;
use crate::store::{periods, stock};

impl Door<'_> {
    /// A locked day takes no record; a closed one is opened again by a change.
    pub(super) fn mind_period<R: Record>(&mut self, entry: &Entry<R>) -> Result<(), StoreError> {
        if !R::HABIT.is_of_day {
            return Ok(());
        }
        let (site, date) = (entry.site.clone(), entry.date);
        let month = periods::month(self.tx, &site, date)?;
        let day = periods::day(self.tx, &site, date)?;
        if let Some(locked) = [&month, &day]
            .into_iter()
            .flatten()
            .find(|period| period.body.state == PeriodState::Locked)
        {
            return Err(periods::locked(locked, date).into());
        }
        for period in [day, month].into_iter().flatten() {
            if period.body.state == PeriodState::Closed {
                let body = Period {
                    state: PeriodState::Open,
                    reason: Some(format!("{} was changed after closing", R::TITLE)),
                    ..period.body.clone()
                };
                if self.group.is_none() {
                    self.together();
                }
                self.put(period, body, ChangeKind::Put)?;
            }
        }
        Ok(())
    }

    /// Sets how far a day or a month is closed.
    fn set_period(
        &mut self,
        site: &str,
        date: Day,
        kind: PeriodKind,
        state: PeriodState,
        reason: Option<String>,
    ) -> Result<Entry<Period>, StoreError> {
        let body = Period { kind, state, reason };
        let date = periods::begins(kind, date);
        match periods::get(self.tx, site, date, kind)? {
            Some(there) => self.put(there, body, ChangeKind::Put),
            None => self.make(None, site.to_owned(), date, body),
        }
    }

    /// Says that a day or month is whole; a change opens it again.
    ///
    /// # Errors
    /// That it is locked.
    pub fn close_period(
        &mut self,
        site: &str,
        date: Day,
        kind: PeriodKind,
    ) -> Result<Entry<Period>, StoreError> {
        let there = periods::get(self.tx, site, date, kind)?;
        if let Some(locked) = there.filter(|period| period.body.state == PeriodState::Locked) {
            return Err(periods::locked(&locked, date).into());
        }
        self.set_period(site, date, kind, PeriodState::Closed, None)
    }

    /// Approves a day or month: no change is taken any more. What every heap closes with is written
    /// down, so that no later correction of an earlier day reaches through.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn lock(
        &mut self,
        site: &str,
        date: Day,
        kind: PeriodKind,
    ) -> Result<Entry<Period>, StoreError> {
        self.settle()?;
        let first = periods::begins(kind, date);
        let last = if kind == PeriodKind::Day { first } else { first.last_of_month() };
        stock::freeze(self.tx, &self.catalogue, site, first, last)?;
        self.set_period(site, date, kind, PeriodState::Locked, None)
    }

    /// Opens a closed or locked day or month again; its stock follows the days before it from now on.
    ///
    /// # Errors
    /// That it is open.
    pub fn unlock(
        &mut self,
        site: &str,
        date: Day,
        kind: PeriodKind,
        reason: String,
    ) -> Result<Entry<Period>, StoreError> {
        let there = periods::get(self.tx, site, date, kind)?;
        let Some(there) = there.filter(|period| period.body.state != PeriodState::Open) else {
            let message = "It is open already; nothing was changed.";
            return Err(Refusal::new(Code::RecordChanged, message).into());
        };
        let opened = self.set_period(site, date, kind, PeriodState::Open, Some(reason))?;
        self.touch_all(site, there.date)?;
        Ok(opened)
    }
}
