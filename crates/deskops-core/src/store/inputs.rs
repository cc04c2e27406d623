//! What is entered of each day of some sites: the one reading of it, for closing a day, for the
//! dashboard and for the board of all sites.

use std::collections::{BTreeMap, BTreeSet};

use deskops_domain::api::periods::Input;
use deskops_domain::choice::{Choices as _, Module};
use deskops_domain::day::Day;
use deskops_domain::entry::Moment;

use super::span::{BySite, Span, not_a_date};
use crate::error::StoreError;

/// What is entered of a day, whether the day cannot be closed without it, and the loads whose
/// weight is pending.
pub(super) const INPUTS: [(Module, bool, &str); 5] = [
    (Module::Production, true, "0"),
    (Module::Received, true, "sum(case when qty_kg is null then loads else 0 end)"),
    (Module::Dispatch, true, "sum(case when qty_kg is null then trips else 0 end)"),
    (Module::Equipment, false, "0"),
    (Module::Manpower, false, "0"),
];

/// What is entered of days.
pub(crate) struct Inputs {
    /// Records and pending loads.
    rows: BTreeMap<Key, (u64, u64)>,
    nil: BTreeMap<Key, (String, Moment)>,
    drafts: BTreeMap<Key, u64>,
    /// Days on which an opening was typed.
    openings: BTreeSet<(String, Day)>,
    began: BySite<Began>,
}

/// Since when something of a site is known.
#[derive(Clone, Copy, Default)]
struct Began {
    /// The first day of which the stock is known.
    stock: Option<Day>,
    /// The first day on which the site is in use.
    use_of_site: Option<Day>,
}

/// Site, day and module.
type Key = (String, Day, Module);

impl Inputs {
    /// Reads the days of a span.
    pub(crate) fn of(span: Span<'_>) -> Result<Self, StoreError> {
        let counted = INPUTS.iter().map(|(module, _, pending)| {
            let table = module.code();
            format!(
                "select site_id, date, '{table}' as module, count(*) as n_rows, coalesce({pending}, 0) as n_pending from {table}
                 where voided_at is null and date between ?1 and ?2 and site_id in ({{sites}}) group by site_id, date"
            )
        });
        let counted = counted.collect::<Vec<_>>().join(" union all ");
        let mut inputs = Self {
            rows: BTreeMap::new(),
            nil: BTreeMap::new(),
            drafts: BTreeMap::new(),
            openings: BTreeSet::new(),
            began: began(span)?,
        };
        span.keyed(&counted, |key, row| {
            let (rows, pending): (i64, i64) = (row.get(3)?, row.get(4)?);
            inputs.rows.insert(key, (rows.unsigned_abs(), pending.unsigned_abs()));
            Ok(())
        })?;
        let drafts = "select site_id, date, module, count(*) from drafts
            where date between ?1 and ?2 and site_id in ({sites}) group by site_id, date, module";
        span.keyed(drafts, |key, row| {
            inputs.drafts.insert(key, row.get::<i64>(3)?.unsigned_abs());
            Ok(())
        })?;
        let nil = "select site_id, date, module, updated_by, updated_at from nil_return
            where voided_at is null and date between ?1 and ?2 and site_id in ({sites})";
        span.keyed(nil, |key, row| {
            inputs.nil.insert(key, (row.get(3)?, Moment(row.get(4)?)));
            Ok(())
        })?;
        let openings = "select site_id, date from inventory
            where opening_override_kg is not null and date between ?1 and ?2 and site_id in ({sites})";
        for (site, days) in span.each("inventory", openings, |_| Ok(()))? {
            inputs.openings.extend(days.into_iter().map(|(day, ())| (site.clone(), day)));
        }
        Ok(inputs)
    }

    /// The modules of a site's days from the first to the last, in the order of the menu. What is
    /// said to be nothing is said of a single day; of several it is that of the first.
    pub(crate) fn on(&self, site: &str, first: Day, last: Day) -> Vec<Input> {
        let input = |(module, is_needed, _): &(Module, bool, &str)| {
            let key = |day: Day| (site.to_owned(), day, *module);
            let range = key(first)..=key(last);
            let own = |key: &Key| key.2 == *module;
            let rows = self.rows.range(range.clone()).filter(|(key, _)| own(key));
            let (rows, pending) = rows.fold((0, 0), |sum, (_, one)| (sum.0 + one.0, sum.1 + one.1));
            let drafts = self.drafts.range(range).filter(|(key, _)| own(key));
            Input {
                module: *module,
                is_needed: *is_needed,
                rows,
                nil: self.nil.get(&key(first)).cloned(),
                drafts: drafts.map(|(_, rows)| rows).sum(),
                pending,
            }
        };
        INPUTS.iter().map(input).collect()
    }

    /// Whether the stock that a site starts from is known: from the days before, typed, or said to
    /// be nothing.
    pub(crate) fn has_opening(&self, site: &str, first: Day, last: Day) -> bool {
        let stock = self.began.get(site).and_then(|began| began.stock);
        let key = |day: Day| (site.to_owned(), day);
        stock.is_some_and(|began| began < first)
            || self.nil.contains_key(&(site.to_owned(), first, Module::Inventory))
            || self.openings.range(key(first)..=key(last)).next().is_some()
    }

    /// Whether a site was in use on a day.
    pub(crate) fn is_in_use(&self, site: &str, day: Day) -> bool {
        let began = self.began.get(site).and_then(|began| began.use_of_site);
        began.is_none_or(|began| began <= day)
    }
}

impl Span<'_> {
    /// Rows that begin with site, day and module; those of what is no module are left out.
    fn keyed(
        &self,
        sql: &str,
        mut look: impl FnMut(Key, &crate::sql::Row<'_>) -> Result<(), StoreError>,
    ) -> Result<(), StoreError> {
        self.rows(sql, |row| {
            let (site, date, module): (String, String, String) =
                (row.get(0)?, row.get(1)?, row.get(2)?);
            let day = Day::parse(&date).ok_or_else(|| not_a_date("nil_return", &date))?;
            match Module::from_code(&module) {
                Some(module) => look((site, day, module), row),
                None => Ok(()),
            }
        })
    }
}

fn began(span: Span<'_>) -> Result<BySite<Began>, StoreError> {
    let sql =
        "select s.id, (select min(date) from inventory where site_id = s.id), s.date from sites s
        where s.id in ({sites}) and ?1 <= ?2";
    span.each_site(sql, |row| {
        let stock: Option<String> = row.get(1)?;
        let in_use: String = row.get(2)?;
        let stock = stock.as_deref().and_then(Day::parse);
        Ok(Began { stock, use_of_site: Day::parse(&in_use) })
    })
}
