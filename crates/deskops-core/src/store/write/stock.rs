//! What a write does to stock: which heaps it touches, and when they are computed anew.

use std::any::Any;

use deskops_domain::api::ledger::Cascade;
use deskops_domain::catalogue::List;
use deskops_domain::day::Day;
use deskops_domain::entry::Entry;
use deskops_domain::field::{Kind, Value};
use deskops_domain::id::Id;
use deskops_domain::record::Record;
use deskops_domain::settings::Recipe;

use super::Door;
use crate::error::StoreError;
use crate::store::{ledger, table};

impl Door<'_> {
    /// Notes that stock of the materials of a record has moved on its day.
    pub(super) fn touch_stock<R: Record>(
        &mut self,
        site: &str,
        date: Day,
        body: &R,
    ) -> Result<(), StoreError> {
        if let Some(recipe) = (body as &dyn Any).downcast_ref::<Recipe>() {
            return ledger::touch_recipe(self.tx, &mut self.touched, site, date, recipe);
        }
        if !R::HABIT.is_of_day {
            return Ok(());
        }
        for field in R::FIELDS {
            if field.shape.kind == Kind::Code(List::Materials)
                && let Value::Text(material) = (field.get)(body)
            {
                self.touched.add(site, &material, date);
            }
        }
        Ok(())
    }

    /// Notes that all stock of a site is to be computed anew from a day on.
    pub(crate) fn touch_all(&mut self, site: &str, date: Day) -> Result<(), StoreError> {
        ledger::touch_all(self.tx, &mut self.touched, site, date)
    }

    /// Computes anew what has moved since the last time.
    pub(crate) fn settle(&mut self) -> Result<(), StoreError> {
        self.follow_rates()?;
        let touched = std::mem::take(&mut self.touched);
        ledger::settle(self.tx, touched, self.desk.now(), &mut self.cascade)
    }

    /// What moved on other days than those that were written on, so far.
    pub(crate) fn cascade(&mut self) -> Result<Cascade, StoreError> {
        self.settle()?;
        Ok(self.cascade.clone())
    }

    /// A record as it stands now, where DeskOps has computed part of it.
    pub(crate) fn computed<R: Record>(&mut self, entry: Entry<R>) -> Result<Entry<R>, StoreError> {
        if !R::is_computed() {
            return Ok(entry);
        }
        self.settle()?;
        Ok(self.again(&entry.id)?.unwrap_or(entry))
    }

    fn again<R: Record>(&self, id: &Id) -> Result<Option<Entry<R>>, StoreError> {
        table::get::<R>(self.tx, id)
    }
}
