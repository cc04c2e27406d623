//! Sums over records, in SQL: counts are right before a list is loaded.

use std::collections::BTreeMap;

use deskops_domain::api::records::{Filter, Sum, Totals};
use deskops_domain::day::Day;
use deskops_domain::field::{Kind, Shape};
use deskops_domain::record::Record;
use deskops_domain::summary::{Usual, usual};

use super::filter::Wheres;
use crate::error::StoreError;
use crate::sql::{Connection, params_from_iter};

/// Count and sums of the records that are meant.
pub fn sums<R: Record>(conn: &Connection, filter: &Filter) -> Result<Totals, StoreError> {
    let wheres = Wheres::of::<R>(filter)?;
    let summed: Vec<_> = R::shapes().filter(|shape| shape.is_total()).collect();
    let columns: String =
        summed.iter().map(|shape| format!(", coalesce(sum({}), 0)", shape.column)).collect();
    let sql = format!("select count(*){columns} from {}{}", R::NAME, wheres.sql);
    let totals = conn.prepare_cached(&sql)?.query_row(params_from_iter(wheres.values), |row| {
        let sums = summed.iter().enumerate().map(|(at, shape)| Ok(sum(shape, row.get(at + 1)?)));
        Ok(Totals {
            rows: row.get::<i64>(0)?.unsigned_abs(),
            sums: sums.collect::<Result<_, crate::sql::Error>>()?,
        })
    })?;
    Ok(totals)
}

fn sum(shape: &Shape, raw: i64) -> Sum {
    Sum {
        field: shape.name.to_owned(),
        label: shape.label.to_owned(),
        unit: shape.kind.unit().to_owned(),
        decimals: shape.kind.decimals().unwrap_or(0),
        raw,
    }
}

/// Records and sum of the first summed field of each day that has any.
pub fn by_day<R: Record>(
    conn: &Connection,
    filter: &Filter,
) -> Result<BTreeMap<Day, (u64, i64)>, StoreError> {
    let Some(shape) = R::shapes().find(|shape| shape.is_total()) else {
        return Ok(BTreeMap::new());
    };
    let wheres = Wheres::of::<R>(filter)?;
    let sql = format!(
        "select date, count(*), coalesce(sum({}), 0) from {}{} group by date",
        shape.column,
        R::NAME,
        wheres.sql
    );
    let mut statement = conn.prepare_cached(&sql)?;
    let rows = statement.query_map(params_from_iter(wheres.values), |row| {
        Ok((row.get::<String>(0)?, row.get::<i64>(1)?, row.get(2)?))
    })?;
    let mut days = BTreeMap::new();
    for row in rows {
        let (date, n_rows, raw) = row?;
        let damaged = || StoreError::Unreadable {
            table: R::NAME,
            id: date.clone(),
            what: "not a date".into(),
        };
        days.insert(Day::parse(&date).ok_or_else(damaged)?, (n_rows.unsigned_abs(), raw));
    }
    Ok(days)
}

/// What is usual for each code of the first catalogue field, in the first summed field.
pub fn usual_by_code<R: Record>(
    conn: &Connection,
    filter: &Filter,
) -> Result<BTreeMap<String, Usual>, StoreError> {
    let code = R::shapes().find(|shape| matches!(shape.kind, Kind::Code(_)));
    let amount = R::shapes().find(|shape| shape.is_total());
    let Some((code, amount)) = code.zip(amount) else { return Ok(BTreeMap::new()) };
    let wheres = Wheres::of::<R>(filter)?;
    let sql = format!(
        "select {}, {} from {}{} and {1} is not null",
        code.column,
        amount.column,
        R::NAME,
        wheres.sql
    );
    let mut statement = conn.prepare_cached(&sql)?;
    let rows = statement.query_map(params_from_iter(wheres.values), |row| {
        Ok((row.get::<String>(0)?, row.get::<i64>(1)?))
    })?;
    let mut amounts: BTreeMap<String, Vec<i64>> = BTreeMap::new();
    for row in rows {
        let (code, amount) = row?;
        amounts.entry(code).or_default().push(amount);
    }
    Ok(amounts
        .into_iter()
        .filter_map(|(code, amounts)| usual(amounts).map(|usual| (code, usual)))
        .collect())
}
