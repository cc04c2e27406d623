//! What lies there from day to day: the ledger has a row only where something happened, and what a
//! heap closed with carries on until its next row.

use std::collections::{BTreeMap, BTreeSet};

use deskops_domain::catalogue::Catalogue;
use deskops_domain::day::Day;

use super::span::{BySite, Span};
use crate::error::StoreError;

/// What lies there of each material, carried on from day to day.
pub(crate) struct Heaps {
    now: BTreeMap<String, i64>,
    coming: std::iter::Peekable<std::vec::IntoIter<(Day, (String, i64))>>,
}

impl Heaps {
    /// Of each site as it was before the first day, with what comes up to the last.
    pub(crate) fn before(span: Span<'_>) -> Result<BySite<Self>, StoreError> {
        let day_before = span.from.plus(-1);
        let mut now = Span { from: day_before, to: day_before, ..span }.closing()?;
        let mut coming = span.closings()?;
        let mut of = |id: &String| Self {
            now: now.remove(id).unwrap_or_default(),
            coming: coming.remove(id).unwrap_or_default().into_iter().peekable(),
        };
        Ok(span.sites.iter().map(|site| (site.id.clone(), of(&site.id))).collect())
    }

    /// As it is at the end of a day, which is no earlier than the one asked before.
    pub(crate) fn on(&mut self, day: Day) -> &BTreeMap<String, i64> {
        while let Some((_, (material, kg))) = self.coming.next_if(|(date, _)| *date <= day) {
            self.now.insert(material, kg);
        }
        &self.now
    }

    /// Categories of all materials that are there or will be, in catalogue order.
    pub(crate) fn categories(&self, catalogue: &Catalogue) -> Vec<String> {
        let now = self.now.iter().filter(|(_, kg)| **kg != 0).map(|(id, _)| id.clone());
        let coming = self.coming.clone().filter(|(_, (_, kg))| *kg != 0).map(|(_, (id, _))| id);
        let known: BTreeSet<String> = now.chain(coming).collect();
        let is_known = |id: &str| known.contains(id);
        let mut categories: Vec<String> = Vec::new();
        for item in catalogue.materials.iter().filter(|item| is_known(&item.id)) {
            if !categories.contains(&item.category) {
                categories.push(item.category.clone());
            }
        }
        categories
    }

    /// As it is at the end of a day, in each of these categories.
    pub(crate) fn by_category(
        &mut self,
        catalogue: &Catalogue,
        names: &[String],
        day: Day,
    ) -> Vec<i64> {
        let mut sums = vec![0; names.len()];
        let now = self.on(day);
        for item in &catalogue.materials {
            let place = names.iter().position(|name| *name == item.category);
            if let (Some(place), Some(kg)) = (place, now.get(&item.id)) {
                sums[place] += kg;
            }
        }
        sums
    }
}
