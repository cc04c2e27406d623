//! What is usual of a record, as far as a question about it needs: the newest rows of the last
//! ninety days, found by site and day, so that it costs the same with a million rows.

use deskops_domain::catalogue::{Catalogue, List};
use deskops_domain::day::Day;
use deskops_domain::entry::Entry;
use deskops_domain::guard::{Guarded, Known, Short};
use deskops_domain::id::Id;
use deskops_domain::loads::Loaded;
use deskops_domain::modules::{Dispatch, Equipment, Inventory, Manpower, Received};
use deskops_domain::record::Record;
use deskops_domain::settings::MachinePlan;
use deskops_domain::summary::{Usual, usual};

use super::blend::Blends;
use super::{ledger, settings, table};
use crate::error::StoreError;
use crate::sql::{Connection, Params};

/// Days that tell what is usual.
const LOOK_BACK: i64 = 90;
/// Rows that are looked at, newest first, however many there are.
pub const NEWEST: u32 = 4_000;
/// Fewer trips say nothing of a material.
const ENOUGH_TRIPS: usize = 10;

/// A record with where it is, and its id where it has one.
pub(crate) struct Case<'a, R> {
    pub(crate) site: &'a str,
    pub(crate) day: Day,
    pub(crate) own: Option<&'a Id>,
    pub(crate) body: &'a R,
}

impl<R> Case<'_, R> {
    fn own(&self) -> &str {
        self.own.map_or("", Id::as_str)
    }

    /// The days before, up to and with its own.
    fn past(&self) -> (String, String) {
        (self.day.plus(-LOOK_BACK).to_string(), self.day.to_string())
    }
}

/// A record of which the store knows what is usual.
pub(crate) trait Watched: Guarded {
    /// What is usual.
    fn known(
        conn: &Connection,
        catalogue: &Catalogue,
        case: &Case<'_, Self>,
    ) -> Result<Known, StoreError>;
}

impl Watched for Dispatch {
    fn known(
        conn: &Connection,
        catalogue: &Catalogue,
        case: &Case<'_, Self>,
    ) -> Result<Known, StoreError> {
        Ok(Known { short: short(conn, catalogue, case)?, ..of_loads(conn, case)? })
    }
}

impl Watched for Received {
    fn known(conn: &Connection, _: &Catalogue, case: &Case<'_, Self>) -> Result<Known, StoreError> {
        of_loads(conn, case)
    }
}

impl Watched for Equipment {
    fn known(conn: &Connection, _: &Catalogue, case: &Case<'_, Self>) -> Result<Known, StoreError> {
        let plans = settings::in_force::<MachinePlan>(conn, case.site, case.day)?;
        let own = |plan: &Entry<MachinePlan>| plan.body.equipment_id == case.body.equipment_id;
        let planned = plans.into_iter().find(own).map(|plan| plan.body.hours);
        Ok(Known { planned, ..Known::default() })
    }
}

impl Watched for Manpower {
    fn known(conn: &Connection, _: &Catalogue, case: &Case<'_, Self>) -> Result<Known, StoreError> {
        let heads = amounts(
            conn,
            &newest("manpower", "role_id, headcount", "role_id = ?4 and id <> ?5", "headcount"),
            (case.site, case.past().0, case.past().1, &case.body.role_id.0, case.own()),
        )?;
        Ok(Known { heads: usual(heads), ..Known::default() })
    }
}

/// One figure of the newest rows of a range of days.
#[must_use]
pub fn newest(table: &str, columns: &str, condition: &str, figure: &str) -> String {
    format!(
        "select {figure} from (select id, {columns} from {table}
            where voided_at is null and site_id = ?1 and date between ?2 and ?3
            order by date desc, created_at desc, id desc limit {NEWEST}) newest where {condition}"
    )
}

fn amounts(conn: &Connection, sql: &str, values: impl Params) -> Result<Vec<i64>, StoreError> {
    let mut statement = conn.prepare_cached(sql)?;
    let found = statement.query_map(values, |row| row.get(0))?;
    Ok(found.collect::<Result<_, _>>()?)
}

fn of_loads<L: Loaded>(conn: &Connection, case: &Case<'_, L>) -> Result<Known, StoreError> {
    Ok(Known { trip: trip(conn, case)?, twins: twins(conn, case)?, ..Known::default() })
}

/// Kilograms of a trip of the material. What was worked out from loads tells nothing.
fn trip<L: Loaded>(conn: &Connection, case: &Case<'_, L>) -> Result<Option<Usual>, StoreError> {
    let loads = L::LOADS;
    let sql = newest(
        L::NAME,
        &format!("material_id, qty_kg, {loads}, is_estimated"),
        &format!(
            "material_id = ?4 and id <> ?5 and qty_kg > 0 and {loads} > 0 and is_estimated = 0"
        ),
        &format!("qty_kg / {loads}"),
    );
    let (from, to) = case.past();
    let trips = amounts(conn, &sql, (case.site, from, to, &case.body.material().0, case.own()))?;
    Ok(if trips.len() < ENOUGH_TRIPS { None } else { usual(trips) })
}

/// Days of records that say the same of the same owner, ticket or vehicle, on its day or beside it.
fn twins<L: Loaded>(conn: &Connection, case: &Case<'_, L>) -> Result<Vec<Day>, StoreError> {
    // Loads that were not weighed all weigh the same.
    let weighed = case.body.tons().filter(|_| !case.body.is_estimated());
    let Some(tons) = weighed else { return Ok(Vec::new()) };
    let near: Vec<Entry<L>> = table::where_each(
        conn,
        "voided_at is null and site_id = ?1 and date between ?2 and ?3 and material_id = ?4 and qty_kg = ?5 and id <> ?6 and is_estimated = 0 order by date",
        (
            case.site,
            case.day.plus(-1).to_string(),
            case.day.plus(1).to_string(),
            &case.body.material().0,
            tons.raw(),
            case.own(),
        ),
    )?;
    let own = case.body.marks();
    let is_twin = |entry: &&Entry<L>| is_same(own, entry.body.marks());
    Ok(near.iter().filter(is_twin).map(|entry| entry.date).collect())
}

/// Whether two records of the same tons cannot be told apart: the same ticket or vehicle, or the
/// same owner where tickets do not tell.
fn is_same(one: [Option<&str>; 2], other: [Option<&str>; 2]) -> bool {
    let word = |text: Option<&str>| {
        let text = text?.trim().to_lowercase();
        (!matches!(text.as_str(), "" | "-" | "n/a" | "na" | "none")).then_some(text)
    };
    match (word(one[1]), word(other[1])) {
        (Some(one), Some(other)) if one != other => false,
        (Some(_), Some(_)) => true,
        _ => word(one[0]) == word(other[0]),
    }
}

/// Heaps from which more is taken than lies there, where it was ever said what lies there.
fn short(
    conn: &Connection,
    catalogue: &Catalogue,
    case: &Case<'_, Dispatch>,
) -> Result<Vec<Short>, StoreError> {
    let Some(tons) = case.body.qty_kg else { return Ok(Vec::new()) };
    let blends = Blends::load(conn, case.site, [case.day])?;
    let taken = blends.heaps(&case.body.material_id.0, case.day, tons.raw());
    let before = case.own.map(|id| table::get::<Dispatch>(conn, id)).transpose()?.flatten();
    let before = before.filter(|before| before.stamp.voided.is_none() && before.date == case.day);
    let given_back = before.map_or_else(Vec::new, |before| {
        let kg = before.body.qty_kg.unwrap_or_default().raw();
        blends.heaps(&before.body.material_id.0, case.day, kg)
    });
    let mut found = Vec::new();
    for (heap, taken_kg) in taken {
        if !is_known(conn, case.site, &heap, case.day)? {
            continue;
        }
        let back: i64 = given_back.iter().filter(|(of, _)| *of == heap).map(|(_, kg)| kg).sum();
        let lies_kg = ledger::before(conn, case.site, &heap, case.day.plus(1))? + back;
        // A heap that is below nothing before this is a question of its own.
        if lies_kg >= 0 && taken_kg > lies_kg {
            let name = catalogue.find(List::Materials, &heap);
            let name = name.map_or_else(|| heap.clone(), |item| item.name.clone());
            found.push(Short { heap: name, lies_kg, taken_kg });
        }
    }
    Ok(found)
}

/// Whether anybody has ever said what lies on a heap.
fn is_known(conn: &Connection, site: &str, heap: &str, day: Day) -> Result<bool, StoreError> {
    let sql = "select exists (select 1 from inventory where site_id = ?1 and material_id = ?2 and date <= ?3
        and (counted_kg is not null or opening_override_kg is not null))";
    Ok(conn.prepare_cached(sql)?.query_row((site, heap, day.to_string()), |row| row.get(0))?)
}

/// The live records of a module on a day.
pub(crate) fn of_day<R: Record>(
    conn: &Connection,
    site: &str,
    day: Day,
) -> Result<Vec<Entry<R>>, StoreError> {
    table::where_each(
        conn,
        "voided_at is null and site_id = ?1 and date = ?2 order by created_at, id",
        (site, day.to_string()),
    )
}

/// Heaps below nothing at the end of a day.
pub(crate) fn below_nothing(
    conn: &Connection,
    site: &str,
    day: Day,
) -> Result<Vec<Entry<Inventory>>, StoreError> {
    table::where_each(
        conn,
        "site_id = ?1 and date = ?2 and closing_kg < 0 order by material_id",
        (site, day.to_string()),
    )
}
