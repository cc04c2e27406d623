//! The sums that a mass balance is made of, from the records and from the ledger.

use std::collections::BTreeMap;

use deskops_domain::balance::{Balance, Feed, Product, Stock};
use deskops_domain::choice::{Choices as _, MaterialCategory, Provenance};
use deskops_domain::day::Day;

use crate::error::StoreError;
use crate::sql::Connection;

/// The sums of a range of days.
pub(crate) fn of(
    conn: &Connection,
    site: &str,
    first: Day,
    last: Day,
) -> Result<Balance, StoreError> {
    let range = Range { conn, site, first: first.to_string(), last: last.to_string() };
    let (residue_kg, loss_kg) = range.not_made()?;
    Ok(Balance {
        feeds: range.feeds()?,
        products: range.products()?,
        residue_kg,
        loss_kg,
        stock: range.stock()?,
        pending_loads: range.pending()?,
    })
}

/// What the counts of each material found more or less than was computed, where it was counted.
pub(crate) fn variances(
    conn: &Connection,
    site: &str,
    first: Day,
    last: Day,
) -> Result<BTreeMap<String, i64>, StoreError> {
    let sql = "select material_id, sum(variance_kg) from inventory
        where site_id = ?1 and date between ?2 and ?3 and counted_kg is not null group by material_id";
    let mut statement = conn.prepare_cached(sql)?;
    let found = statement.query_map((site, first.to_string(), last.to_string()), |row| {
        Ok((row.get(0)?, row.get(1)?))
    })?;
    Ok(found.collect::<Result<_, _>>()?)
}

/// Days of a site that are looked at.
struct Range<'a> {
    conn: &'a Connection,
    site: &'a str,
    first: String,
    last: String,
}

impl Range<'_> {
    fn days(&self) -> (&str, &str, &str) {
        (self.site, &self.first, &self.last)
    }

    fn feeds(&self) -> Result<Vec<Feed>, StoreError> {
        let sql = "select feed_id, max(case when category = ?4 then 1 else 0 end), sum(feed_kg), sum(case when is_estimated = 1 then feed_kg else 0 end)
            from run join materials on materials.id = feed_id
            where run.voided_at is null and run.site_id = ?1 and run.date between ?2 and ?3 group by feed_id order by feed_id";
        let (site, first, last) = self.days();
        let mut statement = self.conn.prepare_cached(sql)?;
        let found =
            statement.query_map((site, first, last, MaterialCategory::RawFeed.code()), |row| {
                Ok(Feed {
                    material_id: row.get(0)?,
                    is_raw: row.get(1)?,
                    kg: row.get(2)?,
                    estimated_kg: row.get(3)?,
                })
            })?;
        Ok(found.collect::<Result<_, _>>()?)
    }

    fn products(&self) -> Result<Vec<Product>, StoreError> {
        let sql = "select material_id, sum(qty_kg), sum(case when origin = ?4 then qty_kg else 0 end) from production
            where voided_at is null and site_id = ?1 and date between ?2 and ?3 group by material_id order by material_id";
        let (site, first, last) = self.days();
        let mut statement = self.conn.prepare_cached(sql)?;
        let found = statement.query_map((site, first, last, Provenance::Rate.code()), |row| {
            Ok(Product { material_id: row.get(0)?, kg: row.get(1)?, from_hours_kg: row.get(2)? })
        })?;
        Ok(found.collect::<Result<_, _>>()?)
    }

    /// Residue and loss.
    fn not_made(&self) -> Result<(i64, i64), StoreError> {
        let sql = "select coalesce(sum(residue_kg), 0), coalesce(sum(loss_kg), 0) from run
            where voided_at is null and site_id = ?1 and date between ?2 and ?3";
        let row = self
            .conn
            .prepare_cached(sql)?
            .query_row(self.days(), |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(row)
    }

    /// Tons of truck loads, and what of them was not weighed.
    fn loads(&self, table: &str) -> Result<(i64, i64), StoreError> {
        let sql = format!(
            "select coalesce(sum(qty_kg), 0), coalesce(sum(case when is_estimated = 1 then qty_kg else 0 end), 0) from {table}
             where voided_at is null and site_id = ?1 and date between ?2 and ?3"
        );
        let row = self
            .conn
            .prepare_cached(&sql)?
            .query_row(self.days(), |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(row)
    }

    fn pending(&self) -> Result<u64, StoreError> {
        let sql = "select
            (select coalesce(sum(loads), 0) from received where qty_kg is null and voided_at is null and site_id = ?1 and date between ?2 and ?3)
          + (select coalesce(sum(trips), 0) from dispatch where qty_kg is null and voided_at is null and site_id = ?1 and date between ?2 and ?3)";
        let loads: i64 = self.conn.prepare_cached(sql)?.query_row(self.days(), |row| row.get(0))?;
        Ok(loads.unsigned_abs())
    }

    fn stock(&self) -> Result<Stock, StoreError> {
        let (received_kg, received_estimated_kg) = self.loads("received")?;
        let (dispatched_kg, dispatched_estimated_kg) = self.loads("dispatch")?;
        let (typed_kg, variance_kg, set_kg) = self.said()?;
        Ok(Stock {
            opening_kg: self.lies("date < ?2", &self.first)?,
            received_kg,
            received_estimated_kg,
            dispatched_kg,
            dispatched_estimated_kg,
            typed_kg,
            variance_kg,
            set_kg,
            closing_kg: self.lies("date <= ?2", &self.last)?,
        })
    }

    /// What all heaps closed with last.
    fn lies(&self, until: &str, day: &str) -> Result<i64, StoreError> {
        let sql = format!(
            "select coalesce(sum((select closing_kg from inventory
                where site_id = ?1 and material_id = materials.id and {until} order by date desc limit 1)), 0) from materials"
        );
        Ok(self.conn.prepare_cached(&sql)?.query_row((self.site, day), |row| row.get(0))?)
    }

    /// What people said of stock: by hand, by counting, and by setting what a day opens with.
    fn said(&self) -> Result<(i64, i64, i64), StoreError> {
        let sql = "select coalesce(sum(typed_kg), 0), coalesce(sum(variance_kg), 0),
                coalesce(sum(opening_kg - coalesce((select closing_kg from inventory before
                    where before.site_id = ?1 and before.material_id = now.material_id and before.date < now.date
                    order by before.date desc limit 1), 0)), 0)
            from inventory now where site_id = ?1 and date between ?2 and ?3";
        let row = self
            .conn
            .prepare_cached(sql)?
            .query_row(self.days(), |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
        Ok(row)
    }
}
