//! Days of some sites, read by one statement for all of them: what is found stands under its site.

use std::collections::BTreeMap;

use deskops_domain::catalogue::Site;
use deskops_domain::day::Day;

use crate::error::StoreError;
use crate::sql::{Connection, Row, params_from_iter};

/// Something of each site, by its id.
pub(crate) type BySite<T> = BTreeMap<String, T>;
/// Something of days, oldest first; a day may have many.
pub(crate) type EachDay<T> = Vec<(Day, T)>;

/// Days of some sites, both ends included.
#[derive(Clone, Copy)]
pub(crate) struct Span<'a> {
    pub(crate) conn: &'a Connection,
    pub(crate) sites: &'a [Site],
    pub(crate) from: Day,
    pub(crate) to: Day,
}

impl Span<'_> {
    /// Rows of a statement of the sites' days; site and day stand first in each. In it `?1` is the
    /// first day, `?2` the last, and `{sites}` the sites.
    pub(crate) fn each<T>(
        &self,
        table: &'static str,
        sql: &str,
        read: impl Fn(&Row<'_>) -> Result<T, crate::sql::Error>,
    ) -> Result<BySite<EachDay<T>>, StoreError> {
        let mut found: BySite<EachDay<T>> = BTreeMap::new();
        self.rows(sql, |row| {
            let (site, date): (String, String) = (row.get(0)?, row.get(1)?);
            let day = Day::parse(&date).ok_or_else(|| not_a_date(table, &date))?;
            found.entry(site).or_default().push((day, read(row)?));
            Ok(())
        })?;
        Ok(found)
    }

    /// The same of a statement that has one row a site, which stands first in it.
    pub(crate) fn each_site<T>(
        &self,
        sql: &str,
        read: impl Fn(&Row<'_>) -> Result<T, crate::sql::Error>,
    ) -> Result<BySite<T>, StoreError> {
        let mut found = BTreeMap::new();
        self.rows(sql, |row| {
            found.insert(row.get(0)?, read(row)?);
            Ok(())
        })?;
        Ok(found)
    }

    /// Looks at every row of such a statement.
    pub(crate) fn rows(
        &self,
        sql: &str,
        mut look: impl FnMut(&Row<'_>) -> Result<(), StoreError>,
    ) -> Result<(), StoreError> {
        let sql = sql.replace("{sites}", &marks(3, self.sites.len()));
        let mut statement = self.conn.prepare_cached(&sql)?;
        let days = [self.from.to_string(), self.to.to_string()];
        let ids = self.sites.iter().map(|site| site.id.clone());
        let mut rows = statement.query(params_from_iter(days.into_iter().chain(ids)))?;
        while let Some(row) = rows.next()? {
            look(&row)?;
        }
        Ok(())
    }
}

/// Marks for so many values, the first of which has this number; `null`, which is nothing's
/// equal, for none.
pub(crate) fn marks(first: usize, count: usize) -> String {
    if count == 0 {
        return "null".to_owned();
    }
    (first..first + count).map(|at| format!("?{at}")).collect::<Vec<_>>().join(", ")
}

/// A day in the table that is none.
pub(crate) fn not_a_date(table: &'static str, date: &str) -> StoreError {
    StoreError::Unreadable { table, id: date.to_owned(), what: "not a date".into() }
}
