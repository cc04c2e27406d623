//! Questions about records that are unlike others.

use deskops_domain::access::Caller;
use deskops_domain::api::guard::{Exception, Judge, JudgeDay};
use deskops_domain::catalogue::Catalogue;
use deskops_domain::choice::{Choices as _, Module};
use deskops_domain::day::Day;
use deskops_domain::draft::{Placed, amend, read};
use deskops_domain::field::Value;
use deskops_domain::modules::{Dispatch, Equipment, Manpower, Received};
use deskops_domain::problem::Problem;
use deskops_domain::quantity::Tons;

use crate::desk::Desk;
use crate::error::StoreError;
use crate::router::Handle;
use crate::sql::Connection;
use crate::store::guard::{Case, Watched, below_nothing, of_day};
use crate::store::write::World;

impl<R: Watched> Handle<Judge<R>> for Desk {
    fn handle(&self, caller: &Caller, judge: Judge<R>) -> Result<Vec<Problem>, StoreError> {
        let catalogue = self.catalogue();
        let world = World { desk: self, catalogue: &catalogue };
        let placed = match &judge.id {
            None => read::<R>(&judge.draft, &world),
            Some(id) => {
                let there = self.entry::<R>(caller, id)?;
                amend(&judge.draft, &there, &world).map(|body| Placed {
                    site: there.site,
                    date: there.date,
                    body,
                })
            }
        };
        let Ok(Placed { site, date, body }) = placed else { return Ok(Vec::new()) };
        let case = Case { site: &site, day: date, own: judge.id.as_ref(), body: &body };
        self.store.read(|conn| Ok(body.judge(&R::known(conn, &catalogue, &case)?)))
    }
}

impl Handle<JudgeDay> for Desk {
    fn handle(&self, _: &Caller, day: JudgeDay) -> Result<Vec<Exception>, StoreError> {
        let site = self.site(&day.site_id)?.id;
        let catalogue = self.catalogue();
        self.store.read(|conn| {
            let mut watch = Watch {
                conn,
                catalogue: &catalogue,
                site: &site,
                day: day.date,
                found: Vec::new(),
            };
            watch.module::<Dispatch>()?;
            watch.module::<Received>()?;
            watch.module::<Equipment>()?;
            watch.module::<Manpower>()?;
            watch.stock()?;
            Ok(watch.found)
        })
    }
}

/// Looks at everything of a day.
struct Watch<'a> {
    conn: &'a Connection,
    catalogue: &'a Catalogue,
    site: &'a str,
    day: Day,
    found: Vec<Exception>,
}

impl Watch<'_> {
    fn module<R: Watched>(&mut self) -> Result<(), StoreError> {
        let Some(module) = Module::from_code(R::NAME) else { return Ok(()) };
        for entry in of_day::<R>(self.conn, self.site, self.day)? {
            let case =
                Case { site: self.site, day: self.day, own: Some(&entry.id), body: &entry.body };
            let warnings = entry.body.judge(&R::known(self.conn, self.catalogue, &case)?);
            if !warnings.is_empty() {
                let reason = entry.body.reason().map(str::to_owned);
                let of = match entry.body.values().into_iter().next() {
                    Some(Value::Text(code)) => code,
                    _ => String::new(),
                };
                self.found.push(Exception { module, record: entry.id, of, warnings, reason });
            }
        }
        Ok(())
    }

    fn stock(&mut self) -> Result<(), StoreError> {
        for row in below_nothing(self.conn, self.site, self.day)? {
            let message = format!(
                "The stock closes {} t below nothing.",
                Tons::kg(-row.body.closing_kg.raw()).show()
            );
            self.found.push(Exception {
                module: Module::Inventory,
                record: row.id,
                of: row.body.material_id.0,
                warnings: vec![Problem::new("closingTon", "G-BELOW", message)],
                reason: row.body.notes,
            });
        }
        Ok(())
    }
}
