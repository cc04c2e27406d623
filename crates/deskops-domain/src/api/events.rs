//! What a page is told without asking: that something was changed, and what it concerns. Never the
//! records themselves: a page asks for what it shows.

use serde::{Deserialize, Serialize};

use crate::day::Day;
use crate::habit::GLOBAL;

/// Something was changed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct News {
    /// How many changes were saved.
    pub changes: u64,
    /// What they concern.
    pub touched: Vec<Touched>,
}

/// Changes of one kind of record at one site.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Touched {
    /// The kind of record: `production`, `materials`.
    pub entity: String,
    /// The site; none of what belongs to none.
    pub site_id: Option<String>,
    /// How many changes were saved.
    pub changes: u64,
    /// First business day that they concern; none where there are too many to look at each.
    pub first: Option<Day>,
    /// Last business day that they concern.
    pub last: Option<Day>,
}

impl Touched {
    /// Whether it concerns a site, or what all sites have.
    #[must_use]
    pub fn is_at(&self, site: &str) -> bool {
        self.site_id.as_deref().is_none_or(|touched| touched == site || touched == GLOBAL)
    }

    /// Whether it may concern a day.
    #[must_use]
    pub fn is_on(&self, day: Day) -> bool {
        self.first.is_none_or(|first| first <= day) && self.last.is_none_or(|last| day <= last)
    }
}

impl News {
    /// What of it concerns these sites.
    #[must_use]
    pub fn seen_by(&self, reaches: impl Fn(&str) -> bool) -> Self {
        let is_seen = |touched: &&Touched| touched.site_id.as_deref().is_none_or(&reaches);
        let touched: Vec<Touched> = self.touched.iter().filter(is_seen).cloned().collect();
        Self { changes: touched.iter().map(|touched| touched.changes).sum(), touched }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_is_told_of_sites_out_of_reach() {
        let touched = |site: Option<&str>, changes| Touched {
            entity: "dispatch".into(),
            site_id: site.map(str::to_owned),
            changes,
            first: Day::parse("2026-11-20"),
            last: Day::parse("2026-11-22"),
        };
        let all = vec![touched(Some("a"), 2), touched(Some("b"), 3), touched(None, 1)];
        let news = News { changes: 6, touched: all };
        let seen = news.seen_by(|site| site == "a");
        assert_eq!((seen.changes, seen.touched.len()), (3, 2));
        assert!(seen.touched[0].is_at("a") && !seen.touched[0].is_at("b"));
        assert!(seen.touched[1].is_at("b"), "what belongs to no site concerns all");
        let day = |text| Day::parse(text).unwrap();
        assert!(
            seen.touched[0].is_on(day("2026-11-21")) && !seen.touched[0].is_on(day("2026-11-23"))
        );
    }
}
