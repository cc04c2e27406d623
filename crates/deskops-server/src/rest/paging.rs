//! Which part of a list is asked for: all of a month, a page by its number, or what follows a cursor.

use deskops_domain::api::Refusal;
use deskops_domain::day::Day;
use deskops_domain::problem::clip;
use deskops_domain::rest::{Rest, SITE_NEEDED};
use serde_json::{Map, Value as Json, json};

use super::ask::Parameters;

/// The most days of which a list is given whole.
const WHOLE_DAYS: i64 = 31;
/// Records on a page that is asked for by its number.
const PAGE_SIZE: u32 = 25;
const LARGEST_PAGE: u32 = 100;
/// Later pages than this are nobody's.
const LAST_PAGE: u32 = 1_000_000;
/// Records where neither a page nor a month is asked for.
const PART: u32 = 100;
/// Records that a command gives at once.
pub(crate) const MOST: u32 = 500;

/// Which part of a list is asked for.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Part {
    /// All of it.
    Whole,
    /// The page of this number, counted from one.
    Page { page: u32, size: u32 },
    /// So many records, from the beginning or behind a cursor.
    Behind { cursor: Option<String>, limit: u32 },
}

impl Part {
    /// Reads which part is meant; a range of a month is given whole.
    pub fn read(query: &Parameters, filter: &Map<String, Json>) -> Result<Self, Refusal> {
        let page = query.number("page", 1, LAST_PAGE)?;
        let size = query.number("pageSize", 1, LARGEST_PAGE)?;
        let limit = query.number("limit", 1, MOST)?;
        let cursor = query.get("cursor").map(str::to_owned);
        let is_paged = page.is_some() || size.is_some();
        if is_paged && (limit.is_some() || cursor.is_some()) {
            let message =
                "Ask for a page by its number, or for what follows a cursor, not for both.";
            return Err(Refusal::one("page", "E-PARAM", message));
        }
        if is_paged {
            let (page, size) = (page.unwrap_or(1), size.unwrap_or(PAGE_SIZE));
            return Ok(Self::Page { page, size });
        }
        if limit.is_none() && cursor.is_none() && is_month(filter) {
            return Ok(Self::Whole);
        }
        Ok(Self::Behind { cursor, limit: limit.unwrap_or(PART) })
    }
}

fn is_month(filter: &Map<String, Json>) -> bool {
    let day = |name: &str| filter.get(name).and_then(Json::as_str).and_then(Day::parse);
    day("dateFrom").zip(day("dateTo")).is_some_and(|(from, to)| to.since(from) < WHOLE_DAYS)
}

/// The site that a query must name.
pub(crate) fn site<'a>(query: &'a Parameters, rest: Option<&Rest>) -> Result<&'a str, Refusal> {
    query.get("siteId").ok_or_else(|| {
        let refusal = Refusal::one("siteId", "E-REQUIRED", SITE_NEEDED);
        match rest.and_then(|rest| rest.without_site) {
            Some(text) => Refusal { message: text.to_owned(), ..refusal },
            None => refusal,
        }
    })
}

/// The filter of a query: its site, and its days as they are at the site.
pub(crate) fn filter(
    query: &Parameters,
    site: &str,
    day_of: impl Fn(&str) -> Option<Day>,
) -> Result<Map<String, Json>, Refusal> {
    let mut filter = Map::new();
    filter.insert("siteId".into(), json!(site));
    for name in ["dateFrom", "dateTo"] {
        let Some(text) = query.0.get(name) else { continue };
        let day = day_of(text.trim()).ok_or_else(|| {
            let message = format!(
                "{name} `{}` is neither a date like 2026-11-22 nor a date-time like 2026-11-22T06:00:00Z.",
                clip(text)
            );
            Refusal::one(name, "E-DATE", message)
        })?;
        filter.insert(name.into(), json!(day));
    }
    Ok(filter)
}
