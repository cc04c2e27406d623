//! Production lines that come from machine hours: written when asked for, and following hours and
//! cards afterwards while their day is open. What somebody typed stays.

use std::any::Any;

use deskops_domain::api::Refusal;
use deskops_domain::catalogue::List;
use deskops_domain::change::ChangeKind;
use deskops_domain::choice::{Operation, PeriodState, Provenance, Shift};
use deskops_domain::day::Day;
use deskops_domain::entry::Entry;
use deskops_domain::field::MaterialId;
use deskops_domain::modules::{Equipment, Production};
use deskops_domain::quantity::{MOST_KG, Tons};
use deskops_domain::rate_card::{Cards, Line};
use deskops_domain::record::Record;
use deskops_domain::settings::{Rate, RateSplit};

use super::Door;
use crate::error::StoreError;
use crate::store::{periods, rates, table};

/// The record that a line would be.
pub(crate) fn body(line: &Line) -> Production {
    Production {
        material_id: MaterialId(line.material_id.clone()),
        shift: Shift::All,
        qty_kg: Tons::kg(line.kg),
        operation: Operation::CrusherProduction,
        line: rates::LINE,
        origin: Provenance::Rate,
        notes: None,
    }
}

impl Door<'_> {
    /// Notes the days whose lines from hours follow a record.
    pub(super) fn mind_rates<R: Record>(&mut self, entry: &Entry<R>) -> Result<(), StoreError> {
        let body = &entry.body as &dyn Any;
        let last = if body.is::<Equipment>() {
            Some(entry.date)
        } else if body.is::<Rate>() || body.is::<RateSplit>() {
            None
        } else {
            return Ok(());
        };
        let days = rates::followers(self.tx, &entry.site, entry.date, last)?;
        if !days.is_empty() && self.group.is_none() {
            self.together();
        }
        self.followers.extend(days.into_iter().map(|day| (entry.site.clone(), day)));
        Ok(())
    }

    /// Works out anew the lines of the days that were noted, where they are open.
    pub(super) fn follow_rates(&mut self) -> Result<(), StoreError> {
        let mut known: Option<(String, Cards)> = None;
        for (site, day) in std::mem::take(&mut self.followers) {
            if !self.is_open(&site, day)? {
                continue;
            }
            let cards = match known {
                Some((of, cards)) if of == site => cards,
                _ => rates::cards(self.tx, &site)?,
            };
            let worked = cards.work_out(day, &rates::hours(self.tx, &site, day)?);
            // Where nothing can be said of a machine, what it made stands as it was last known.
            if worked.unknown.is_empty() {
                self.write_lines(&site, day, &worked.lines, false)?;
            }
            known = Some((site, cards));
        }
        Ok(())
    }

    /// Writes what the hours of a day come to. What was written, as it now is.
    pub(crate) fn apply_rates(
        &mut self,
        site: &str,
        day: Day,
    ) -> Result<Vec<Entry<Production>>, StoreError> {
        let cards = rates::cards(self.tx, site)?;
        let worked = cards.work_out(day, &rates::hours(self.tx, site, day)?);
        self.write_lines(site, day, &worked.lines, true)
    }

    /// Brings the lines of a day to what they are worked out as. A line that somebody deleted comes
    /// back only when that is asked for.
    fn write_lines(
        &mut self,
        site: &str,
        day: Day,
        lines: &[Line],
        is_asked: bool,
    ) -> Result<Vec<Entry<Production>>, StoreError> {
        let mut written = Vec::new();
        let before = rates::lines(self.tx, site, day)?;
        if self.group.is_none() {
            self.together();
        }
        for line in lines {
            self.check_line(line)?;
            let body = body(line);
            let there = body.natural_id(site, day).map(|id| table::get::<Production>(self.tx, &id));
            match there.transpose()?.flatten() {
                None => {
                    self.mind(site, day, None, &body)?;
                    written.push(self.make(None, site.to_owned(), day, body)?);
                }
                Some(there) if there.stamp.voided.is_some() => {
                    let reason =
                        there.stamp.voided.as_ref().and_then(|gone| gone.reason.as_deref());
                    if is_asked || reason == Some(rates::TAKEN_BACK) {
                        self.mind(site, day, Some(&there), &body)?;
                        written.push(self.put(there, body, ChangeKind::Restore)?);
                    }
                }
                Some(there) if there.body.origin == Provenance::Rate => {
                    if there.body.qty_kg != body.qty_kg {
                        let body = Production { notes: there.body.notes.clone(), ..body };
                        written.push(self.put(there, body, ChangeKind::Put)?);
                    }
                }
                Some(_) => {}
            }
        }
        for gone in before {
            if lines.iter().all(|line| line.material_id != gone.body.material_id.0) {
                written.push(self.void::<Production>(&gone.id, None, Some(rates::TAKEN_BACK))?);
            }
        }
        Ok(written)
    }

    fn check_line(&self, line: &Line) -> Result<(), Refusal> {
        if line.kg <= MOST_KG {
            return Ok(());
        }
        let name = self.catalogue.find(List::Materials, &line.material_id);
        let name = name.map_or(line.material_id.as_str(), |item| item.name.as_str());
        let message = format!(
            "The hours come to {} t of {name}; a line holds at most {} t. Look at the hours and the rate.",
            Tons::kg(line.kg).show(),
            Tons::kg(MOST_KG).show()
        );
        Err(Refusal::one("hours", "E-NUM", message))
    }

    /// Whether a day takes changes without being opened again.
    pub(crate) fn is_open(&self, site: &str, day: Day) -> Result<bool, StoreError> {
        let said = [periods::day(self.tx, site, day)?, periods::month(self.tx, site, day)?];
        Ok(said.into_iter().flatten().all(|period| period.body.state == PeriodState::Open))
    }
}
