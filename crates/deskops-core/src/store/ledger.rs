//! The stock ledger in its table: which heaps have moved, and how the days after them follow.
//!
//! The arithmetic is the domain's ([`deskops_domain::ledger`]). Here stands what it is fed with: the
//! sums of the records of a day, and the rows that an edit walks through until nothing changes any
//! more. A locked day keeps its row and passes it on.

use std::collections::{BTreeMap, BTreeSet};

use deskops_domain::api::ledger::{Cascade, Moved, Opening};
use deskops_domain::day::Day;
use deskops_domain::entry::{Entry, Moment, Stamp};
use deskops_domain::field::MaterialId;
use deskops_domain::ledger::{Line, Movement, Said, close};
use deskops_domain::modules::Inventory;
use deskops_domain::quantity::Tons;
use deskops_domain::record::Record as _;
use deskops_domain::settings::Recipe;

use super::blend::Blends;
use super::{periods, table};
use crate::error::StoreError;
use crate::sql::{Connection, OptionalExtension as _};

/// Who writes a row in which nobody has said anything.
const NOBODY: &str = "deskops";

/// Days of a site's materials whose stock has moved.
#[derive(Debug, Default)]
pub(super) struct Touched(BTreeMap<(String, String), BTreeSet<Day>>);

impl Touched {
    pub(super) fn add(&mut self, site: &str, material: &str, day: Day) {
        self.0.entry((site.to_owned(), material.to_owned())).or_default().insert(day);
    }
}

/// Whether the ledger holds the records that were there before it.
pub(crate) fn is_built(conn: &Connection) -> Result<bool, StoreError> {
    Ok(conn.query_row("select has_ledger from desk", (), |row| row.get(0))?)
}

/// Notes that it does.
pub(crate) fn note_built(conn: &Connection) -> Result<(), StoreError> {
    conn.execute("update desk set has_ledger = 1", ())?;
    Ok(())
}

/// A recipe concerns every day on which its blend left since it holds.
pub(super) fn touch_recipe(
    conn: &Connection,
    touched: &mut Touched,
    site: &str,
    from: Day,
    recipe: &Recipe,
) -> Result<(), StoreError> {
    let sql = "select distinct date from dispatch where site_id = ?1 and date >= ?2 and material_id = ?3 and voided_at is null";
    let mut statement = conn.prepare_cached(sql)?;
    let mut rows = statement.query((site, from.to_string(), &recipe.material_id.0))?;
    while let Some(row) = rows.next()? {
        if let Some(day) = Day::parse(&row.get::<String>(0)?) {
            touched.add(site, &recipe.material_id.0, day);
            touched.add(site, &recipe.component_id.0, day);
        }
    }
    Ok(())
}

/// Every row of the ledger from a day on, and every day that has records.
pub(super) fn touch_all(
    conn: &Connection,
    touched: &mut Touched,
    site: &str,
    from: Day,
) -> Result<(), StoreError> {
    let sql = "select material_id, date from inventory where site_id = ?1 and date >= ?2
               union select material_id, date from production where site_id = ?1 and date >= ?2
               union select material_id, date from dispatch where site_id = ?1 and date >= ?2
               union select material_id, date from received where site_id = ?1 and date >= ?2
               union select feed_id, date from run where site_id = ?1 and date >= ?2
               union select material_id, date from split where site_id = ?1 and date >= ?2
               union select component_id, date from split where site_id = ?1 and date >= ?2";
    let mut statement = conn.prepare_cached(sql)?;
    let mut rows = statement.query((site, from.to_string()))?;
    while let Some(row) = rows.next()? {
        let (material, date): (String, String) = (row.get(0)?, row.get(1)?);
        if let Some(day) = Day::parse(&date) {
            touched.add(site, &material, day);
        }
    }
    Ok(())
}

/// Computes anew what has moved, and what follows from it on later days.
pub(super) fn settle(
    conn: &Connection,
    touched: Touched,
    now: Moment,
    cascade: &mut Cascade,
) -> Result<(), StoreError> {
    let mut sites: BTreeMap<String, BTreeMap<String, BTreeSet<Day>>> = BTreeMap::new();
    for ((site, material), days) in touched.0 {
        sites.entry(site).or_default().insert(material, days);
    }
    for (site, mut materials) in sites {
        let blends = Blends::load(conn, &site, materials.values().flatten().copied())?;
        blends.spread(conn, &mut materials)?;
        let first = materials.values().flatten().min().copied();
        let Some(first) = first else { continue };
        let locked = periods::locked_from(conn, &site, first)?;
        for (material, days) in &materials {
            let walk = Walk { conn, site: &site, material, days, now };
            walk.go(&blends, &locked, cascade)?;
        }
    }
    Ok(())
}

/// One material's way through its days.
struct Walk<'a> {
    conn: &'a Connection,
    site: &'a str,
    material: &'a str,
    days: &'a BTreeSet<Day>,
    now: Moment,
}

impl Walk<'_> {
    fn go(
        &self,
        blends: &Blends,
        locked: &periods::Locked,
        cascade: &mut Cascade,
    ) -> Result<(), StoreError> {
        let (Some(first), Some(last)) = (self.days.first().copied(), self.days.last().copied())
        else {
            return Ok(());
        };
        let mut before = before(self.conn, self.site, self.material, first)?;
        let mut rows =
            rows_from(self.conn, self.site, self.material, first)?.into_iter().peekable();
        let mut days = self.days.iter().copied().peekable();
        loop {
            let next = match (rows.peek().map(|row| row.date), days.peek().copied()) {
                (None, None) => return Ok(()),
                (Some(row), None) => row,
                (None, Some(day)) => day,
                (Some(row), Some(day)) => row.min(day),
            };
            let row = rows.next_if(|row| row.date == next);
            let is_touched = days.next_if_eq(&next).is_some();
            if locked.holds(next) {
                // Nothing of a locked day changes; what it opened with may differ from now on.
                if let Some(row) = row {
                    let off = row.body.opening_kg.raw() - before;
                    if off != 0 && row.body.opening_override_kg.is_none() {
                        let opening = Opening {
                            day: next,
                            material_id: self.material.to_owned(),
                            off_kg: off,
                        };
                        cascade.locked.push(opening);
                    }
                    before = row.body.closing_kg.raw();
                }
                continue;
            }
            let movement = match (&row, is_touched) {
                (Some(row), false) => row.body.line().movement,
                (row, _) => self.movement(next, row.as_ref(), blends)?,
            };
            let said = row.as_ref().map(|row| row.body.said()).unwrap_or_default();
            let line = close(before, movement, said);
            let was = row.as_ref().map(|row| row.body.line());
            self.put(next, row, &line)?;
            if !is_touched && was != Some(line) {
                cascade.moved(Moved {
                    day: next,
                    material_id: self.material.to_owned(),
                    closing: (was.map_or(before, |was| was.closing), line.closing),
                    variance: (was.map_or(0, |was| was.variance), line.variance),
                });
            }
            if next >= last && was.map(|was| was.closing) == Some(line.closing) {
                return Ok(());
            }
            before = line.closing;
        }
    }

    /// What moved on a day, from its records.
    fn movement(
        &self,
        day: Day,
        row: Option<&Entry<Inventory>>,
        blends: &Blends,
    ) -> Result<Movement, StoreError> {
        let sql = "select
            (select coalesce(sum(qty_kg), 0) from production where site_id = ?1 and date = ?2 and material_id = ?3 and voided_at is null),
            (select coalesce(sum(qty_kg), 0) from received where site_id = ?1 and date = ?2 and material_id = ?3 and voided_at is null),
            (select coalesce(sum(qty_kg), 0) from dispatch where site_id = ?1 and date = ?2 and material_id = ?3 and voided_at is null),
            (select coalesce(sum(feed_kg), 0) from run where site_id = ?1 and date = ?2 and feed_id = ?3 and voided_at is null)";
        let (produced, received, dispatched, fed): (i64, i64, i64, i64) = self
            .conn
            .prepare_cached(sql)?
            .query_row((self.site, day.to_string(), self.material), |row| {
                Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?))
            })?;
        let drawn = blends.drawn(self.conn, self.material, day, dispatched)? - fed;
        let typed = row.and_then(|row| row.body.typed_kg).unwrap_or_default().raw();
        Ok(Movement { produced, received, dispatched, drawn, typed })
    }

    /// Writes the day's row, where there is something to say in it.
    fn put(&self, day: Day, row: Option<Entry<Inventory>>, line: &Line) -> Result<(), StoreError> {
        let is_quiet = line.movement == Movement::default();
        match row {
            None if is_quiet => Ok(()),
            None => table::save(self.conn, &self.new_row(day, line)),
            Some(row) if is_quiet && row.stamp.rev == 0 => {
                self.conn
                    .prepare_cached("delete from inventory where id = ?1")?
                    .execute([row.id.as_str()])?;
                Ok(())
            }
            Some(mut row) => {
                let was = row.body.clone();
                row.body.set_line(line);
                if row.body == was { Ok(()) } else { keep_computed(self.conn, &row) }
            }
        }
    }

    fn new_row(&self, day: Day, line: &Line) -> Entry<Inventory> {
        new_row(self.site, self.material, day, line, self.now)
    }
}

/// Writes the computed columns of a row that is there: none of them is in an index, so a walk over
/// a year touches no index.
fn keep_computed(conn: &Connection, row: &Entry<Inventory>) -> Result<(), StoreError> {
    let sql = "update inventory set opening_kg = ?2, produced_kg = ?3, received_kg = ?4, dispatched_kg = ?5,
        drawn_kg = ?6, variance_kg = ?7, adjustment_kg = ?8, closing_kg = ?9, is_calculated = ?10 where id = ?1";
    let body = &row.body;
    conn.prepare_cached(sql)?.execute((
        row.id.as_str(),
        body.opening_kg.raw(),
        body.produced_kg.raw(),
        body.received_kg.raw(),
        body.dispatched_kg.raw(),
        body.drawn_kg.raw(),
        body.variance_kg.raw(),
        body.adjustment_kg.raw(),
        body.closing_kg.raw(),
        body.is_calculated,
    ))?;
    Ok(())
}

/// A row in which nobody has said anything.
pub(super) fn new_row(
    site: &str,
    material: &str,
    day: Day,
    line: &Line,
    now: Moment,
) -> Entry<Inventory> {
    let zero = Tons::default();
    let mut body = Inventory {
        material_id: MaterialId(material.to_owned()),
        opening_kg: zero,
        produced_kg: zero,
        received_kg: zero,
        dispatched_kg: zero,
        drawn_kg: zero,
        counted_kg: None,
        counted_when: None,
        variance_kg: zero,
        typed_kg: None,
        reason: None,
        adjustment_kg: zero,
        closing_kg: zero,
        opening_override_kg: None,
        is_calculated: true,
        notes: None,
    };
    body.set_line(line);
    let id = body.natural_id(site, day).expect("stock has a natural key");
    let stamp = Stamp {
        created_at: now,
        created_by: NOBODY.to_owned(),
        updated_at: now,
        updated_by: NOBODY.to_owned(),
        rev: 0,
        voided: None,
        is_sent: true,
    };
    Entry { id, site: site.to_owned(), date: day, body, stamp }
}

/// What a material closed with before a day, in kilograms.
///
/// # Errors
/// When the database cannot be read.
pub fn before(conn: &Connection, site: &str, material: &str, day: Day) -> Result<i64, StoreError> {
    let sql = "select closing_kg from inventory where site_id = ?1 and material_id = ?2 and date < ?3 order by date desc limit 1";
    let found = conn
        .prepare_cached(sql)?
        .query_row((site, material, day.to_string()), |row| row.get(0))
        .optional()?;
    Ok(found.unwrap_or(0))
}

/// Whether anything of a material is known up to a day.
///
/// # Errors
/// When the database cannot be read.
pub(crate) fn is_known(
    conn: &Connection,
    site: &str,
    material: &str,
    day: Day,
) -> Result<bool, StoreError> {
    let sql =
        "select count(*) from inventory where site_id = ?1 and material_id = ?2 and date <= ?3";
    let found: i64 =
        conn.prepare_cached(sql)?.query_row((site, material, day.to_string()), |row| row.get(0))?;
    Ok(found > 0)
}

/// The rows of a material from a day on, oldest first.
fn rows_from(
    conn: &Connection,
    site: &str,
    material: &str,
    from: Day,
) -> Result<Vec<Entry<Inventory>>, StoreError> {
    table::where_each(
        conn,
        "site_id = ?1 and material_id = ?2 and date >= ?3 order by date",
        (site, material, from.to_string()),
    )
}

/// Every row of a site as it comes out when everything is computed from its records alone: what the
/// ledger must be equal to, however it came about.
///
/// # Errors
/// When the database cannot be read.
pub fn from_scratch(
    conn: &Connection,
    site: &str,
) -> Result<BTreeMap<(String, Day), Line>, StoreError> {
    let first = deskops_domain::day::FIRST_DAY;
    let mut touched = Touched::default();
    touch_all(conn, &mut touched, site, first)?;
    let mut materials: BTreeMap<String, BTreeSet<Day>> =
        touched.0.into_iter().map(|((_, material), days)| (material, days)).collect();
    let blends = Blends::load(conn, site, materials.values().flatten().copied())?;
    blends.spread(conn, &mut materials)?;
    let locked = periods::locked_from(conn, site, first)?;
    let mut lines = BTreeMap::new();
    for (material, days) in &materials {
        let walk = Walk { conn, site, material, days, now: Moment(0) };
        let rows: BTreeMap<Day, Entry<Inventory>> = rows_from(conn, site, material, first)?
            .into_iter()
            .map(|row| (row.date, row))
            .collect();
        let mut steps = Vec::new();
        for day in days {
            let row = rows.get(day);
            let is_locked = locked.holds(*day);
            if is_locked && row.is_none() {
                continue;
            }
            let movement = walk.movement(*day, row, &blends)?;
            let said = row.map(|row| row.body.said()).unwrap_or_default();
            let is_said = row.is_some_and(|row| row.stamp.rev > 0);
            if movement == Movement::default() && said == Said::default() && !is_said && !is_locked
            {
                continue;
            }
            let locked = row.filter(|_| is_locked).map(|row| row.body.line());
            steps.push((*day, deskops_domain::ledger::Step { movement, said, locked }));
        }
        let (days, steps): (Vec<_>, Vec<_>) = steps.into_iter().unzip();
        let closed = deskops_domain::ledger::fold(0, steps);
        lines.extend(
            days.into_iter().zip(closed).map(|(day, line)| ((material.clone(), day), line)),
        );
    }
    Ok(lines)
}
