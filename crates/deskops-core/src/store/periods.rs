//! How far days and months are closed.

use std::collections::{BTreeMap, BTreeSet};

use deskops_domain::api::{Code, Refusal};
use deskops_domain::choice::{Choices as _, PeriodKind, PeriodState};
use deskops_domain::day::Day;
use deskops_domain::entry::Entry;
use deskops_domain::modules::Period;
use deskops_domain::record::Record as _;

use super::span::{BySite, Span, marks};
use super::table;
use crate::error::StoreError;
use crate::sql::{Connection, params_from_iter};

/// The day on which a period stands that a day is in.
#[must_use]
pub fn begins(kind: PeriodKind, day: Day) -> Day {
    match kind {
        PeriodKind::Day => day,
        PeriodKind::Month => day.first_of_month(),
    }
}

/// What is said of the period that a day is in.
pub fn get(
    conn: &Connection,
    site: &str,
    day: Day,
    kind: PeriodKind,
) -> Result<Option<Entry<Period>>, StoreError> {
    let body = Period { kind, state: PeriodState::Open, reason: None };
    match body.natural_id(site, begins(kind, day)) {
        Some(id) => table::get::<Period>(conn, &id),
        None => Ok(None),
    }
}

/// What is said of a day.
pub fn day(conn: &Connection, site: &str, day: Day) -> Result<Option<Entry<Period>>, StoreError> {
    get(conn, site, day, PeriodKind::Day)
}

/// What is said of the month of a day.
pub fn month(conn: &Connection, site: &str, day: Day) -> Result<Option<Entry<Period>>, StoreError> {
    get(conn, site, day, PeriodKind::Month)
}

/// What is said of the days of a span and of their months, at each site.
pub(crate) fn of_span(span: Span<'_>) -> Result<BySite<Said>, StoreError> {
    let condition = format!(
        "voided_at is null and date between ?1 and ?2 and site_id in ({})",
        marks(3, span.sites.len())
    );
    let days = [span.from.first_of_month().to_string(), span.to.to_string()];
    let ids = span.sites.iter().map(|site| site.id.clone());
    let values = params_from_iter(days.into_iter().chain(ids));
    let mut said: BySite<Said> = BySite::new();
    for entry in table::where_each::<Period>(span.conn, &condition, values)? {
        let said = said.entry(entry.site.clone()).or_default();
        said.insert((entry.body.kind.code(), entry.date), entry);
    }
    Ok(said)
}

/// What is said of days and months of a site, by the code of the kind and the day on which it begins.
pub(crate) type Said = BTreeMap<(&'static str, Day), Entry<Period>>;

/// Days and months that are locked, from a day on.
#[derive(Debug, Clone, Default)]
pub(super) struct Locked {
    days: BTreeSet<Day>,
    months: BTreeSet<Day>,
}

impl Locked {
    /// Whether a day takes no change.
    pub(super) fn holds(&self, day: Day) -> bool {
        self.days.contains(&day) || self.months.contains(&day.first_of_month())
    }
}

/// What is locked from a day on.
pub(super) fn locked_from(conn: &Connection, site: &str, from: Day) -> Result<Locked, StoreError> {
    let sql = "select kind, date from period where site_id = ?1 and date >= ?2 and state = ?3 and voided_at is null";
    let mut statement = conn.prepare_cached(sql)?;
    let mut rows =
        statement.query((site, from.first_of_month().to_string(), PeriodState::Locked.code()))?;
    let mut locked = Locked::default();
    while let Some(row) = rows.next()? {
        let (kind, date): (String, String) = (row.get(0)?, row.get(1)?);
        let Some(day) = Day::parse(&date) else { continue };
        match PeriodKind::from_code(&kind) {
            Some(PeriodKind::Day) => locked.days.insert(day),
            _ => locked.months.insert(day),
        };
    }
    Ok(locked)
}

/// The refusal of a change to a day that is locked.
#[must_use]
pub fn locked(period: &Entry<Period>, day: Day) -> Refusal {
    let what = match period.body.kind {
        PeriodKind::Day => format!("{} is locked", day.long()),
        PeriodKind::Month => format!("The month of {} is locked", day.long()),
    };
    let by = &period.stamp.updated_by;
    let message = format!("{what} since {} by {by}; nothing was changed.", period.stamp.updated_at);
    Refusal { record: Some(period.id.clone()), ..Refusal::new(Code::PeriodLocked, message) }
        .hint("A supervisor can unlock it, with a reason.")
}
