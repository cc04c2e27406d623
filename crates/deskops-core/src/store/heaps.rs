//! What lies there from day to day: the ledger has a row only where something happened, and what a
//! heap closed with carries on until its next row.

use std::collections::BTreeMap;

use deskops_domain::catalogue::Catalogue;
use deskops_domain::day::Day;

use super::board::{self, Span};
use crate::error::StoreError;

/// What lies there of each material, carried on from day to day.
pub(crate) struct Heaps {
    now: BTreeMap<String, i64>,
    coming: std::iter::Peekable<std::vec::IntoIter<(Day, (String, i64))>>,
}

impl Heaps {
    /// As it was before the first day, with what comes up to the last.
    pub(crate) fn before(span: Span<'_>, catalogue: &Catalogue) -> Result<Self, StoreError> {
        let now = board::closing(span.conn, catalogue, &span.site.id, span.from.plus(-1))?;
        Ok(Self { now, coming: span.closings()?.into_iter().peekable() })
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
        let coming: Vec<_> = self.coming.clone().collect();
        let is_known = |id: &str| {
            self.now.get(id).is_some_and(|kg| *kg != 0)
                || coming.iter().any(|(_, (material, kg))| material == id && *kg != 0)
        };
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
