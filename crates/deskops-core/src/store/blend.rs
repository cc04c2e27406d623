//! What dispatched blends draw from their heaps, by the recipe of the day or as it was really mixed.

use std::collections::{BTreeMap, BTreeSet};

use deskops_domain::day::Day;
use deskops_domain::entry::Entry;
use deskops_domain::modules::Split;
use deskops_domain::quantity::Percent;
use deskops_domain::settings::Recipe;
use deskops_domain::share::divide;

use super::{settings, table};
use crate::error::StoreError;
use crate::sql::Connection;

/// The recipes of a site, and the splits by hand of the days that are looked at: there may be years
/// of them, of which a save moves one day.
pub(super) struct Blends {
    site: String,
    recipes: Vec<Entry<Recipe>>,
    splits: Vec<Entry<Split>>,
    span: Option<(Day, Day)>,
}

impl Blends {
    /// The recipes of a site, and what was mixed by hand from the first to the last of some days.
    pub(super) fn load(
        conn: &Connection,
        site: &str,
        days: impl IntoIterator<Item = Day>,
    ) -> Result<Self, StoreError> {
        let recipes = settings::all::<Recipe>(conn, site)?;
        let span = days.into_iter().fold(None, |span: Option<(Day, Day)>, day| {
            let (first, last) = span.unwrap_or((day, day));
            Some((first.min(day), last.max(day)))
        });
        let splits = match span {
            Some((first, last)) => splits(conn, site, first, last, "voided_at is null")?,
            None => Vec::new(),
        };
        Ok(Self { site: site.to_owned(), recipes, splits, span })
    }

    /// Whether a material is taken from other heaps on a day.
    pub(super) fn is_taken_from_others(&self, material: &str, day: Day) -> bool {
        in_force(&self.recipes, material, day).iter().any(|(component, _)| component != material)
    }

    /// What moves of a blend moves its components too: adds them to what has moved.
    pub(super) fn spread(
        &self,
        conn: &Connection,
        materials: &mut BTreeMap<String, BTreeSet<Day>>,
    ) -> Result<(), StoreError> {
        let mut more: Vec<(String, Day)> = Vec::new();
        for (material, days) in materials.iter() {
            for day in days {
                let all =
                    self.recipes.iter().filter(|recipe| recipe.body.material_id.0 == *material);
                more.extend(all.map(|recipe| (recipe.body.component_id.0.clone(), *day)));
                if self.has_split(material, *day) {
                    more.push((material.clone(), *day));
                }
            }
        }
        // A component named by a split that was deleted since, and by a recipe that was.
        if let Some((first, last)) = self.span {
            more.extend(deleted(conn, &self.site, first, last, materials)?);
        }
        for (material, day) in more {
            materials.entry(material).or_default().insert(day);
        }
        for split in &self.splits {
            let blend = &split.body.material_id.0;
            if materials.get(blend).is_some_and(|days| days.contains(&split.date)) {
                materials.entry(split.body.component_id.0.clone()).or_default().insert(split.date);
            }
        }
        Ok(())
    }

    fn has_split(&self, material: &str, day: Day) -> bool {
        self.splits.iter().any(|split| split.date == day && split.body.material_id.0 == material)
    }

    /// What a material gains (as a blend) and gives (as a component) on a day, in kilograms.
    pub(super) fn drawn(
        &self,
        conn: &Connection,
        material: &str,
        day: Day,
        dispatched: i64,
    ) -> Result<i64, StoreError> {
        if self.recipes.is_empty() && self.splits.is_empty() {
            return Ok(0);
        }
        let mut drawn = 0;
        for blend in self.blends_of(material, day) {
            let left = if blend == material {
                dispatched
            } else {
                sum_dispatched(conn, &self.site, &blend, day)?
            };
            let parts = self.parts(&blend, day, left);
            let parts = parts.iter().filter(|(component, _)| *component != blend);
            for (component, kg) in parts {
                if blend == material {
                    drawn += kg;
                } else if component == material {
                    drawn -= kg;
                }
            }
        }
        Ok(drawn)
    }

    /// The blends of a day that a material is, or is in.
    fn blends_of(&self, material: &str, day: Day) -> BTreeSet<String> {
        let of_recipes =
            self.recipes.iter().filter(|recipe| recipe.date <= day).filter_map(|recipe| {
                let (blend, component) = (&recipe.body.material_id.0, &recipe.body.component_id.0);
                (blend == material || component == material).then(|| blend.clone())
            });
        let of_splits = self.splits.iter().filter(|split| split.date == day).filter_map(|split| {
            let (blend, component) = (&split.body.material_id.0, &split.body.component_id.0);
            (blend == material || component == material).then(|| blend.clone())
        });
        of_recipes.chain(of_splits).collect()
    }

    /// The heaps that so much of a material would be taken from, by the recipe of the day. What was
    /// mixed by hand is typed by itself, and takes nothing more.
    pub(super) fn heaps(&self, material: &str, day: Day, kg: i64) -> Vec<(String, i64)> {
        if self.has_split(material, day) {
            return Vec::new();
        }
        let parts = self.parts(material, day, kg);
        if parts.is_empty() { vec![(material.to_owned(), kg)] } else { parts }
    }

    /// What a blend that left was made of: as mixed where that was typed, else by the recipe.
    fn parts(&self, blend: &str, day: Day, kg: i64) -> Vec<(String, i64)> {
        if self.has_split(blend, day) {
            let splits = self
                .splits
                .iter()
                .filter(|split| split.date == day && split.body.material_id.0 == blend);
            return splits
                .map(|split| (split.body.component_id.0.clone(), split.body.qty_kg.raw()))
                .collect();
        }
        let shares = in_force(&self.recipes, blend, day);
        let weights: Vec<i64> = shares.iter().map(|(_, share)| *share).collect();
        shares.into_iter().map(|(component, _)| component).zip(divide(kg, &weights)).collect()
    }
}

/// The components of the latest recipe that has begun by a day and makes a whole.
fn in_force(recipes: &[Entry<Recipe>], blend: &str, day: Day) -> Vec<(String, i64)> {
    let own =
        || recipes.iter().filter(|recipe| recipe.body.material_id.0 == blend && recipe.date <= day);
    let dates: BTreeSet<Day> = own().map(|recipe| recipe.date).collect();
    let versions = dates.into_iter().rev().map(|date| -> Vec<(String, i64)> {
        own()
            .filter(|recipe| recipe.date == date)
            .map(|recipe| (recipe.body.component_id.0.clone(), recipe.body.share.raw()))
            .collect()
    });
    let mut whole = versions.filter(|shares| {
        shares.iter().map(|(_, share)| share).sum::<i64>() == Percent::WHOLE.raw()
    });
    whole.next().unwrap_or_default()
}

fn sum_dispatched(
    conn: &Connection,
    site: &str,
    material: &str,
    day: Day,
) -> Result<i64, StoreError> {
    let sql = "select coalesce(sum(qty_kg), 0) from dispatch where site_id = ?1 and date = ?2 and material_id = ?3 and voided_at is null";
    Ok(conn.prepare_cached(sql)?.query_row((site, day.to_string(), material), |row| row.get(0))?)
}

/// Splits of a range of days, oldest first.
fn splits(
    conn: &Connection,
    site: &str,
    first: Day,
    last: Day,
    which: &str,
) -> Result<Vec<Entry<Split>>, StoreError> {
    let condition = format!(
        "{which} and site_id = ?1 and date between ?2 and ?3 order by date, created_at, id"
    );
    table::where_each(conn, &condition, (site, first.to_string(), last.to_string()))
}

/// Components of deleted splits of the blends and days that have moved.
fn deleted(
    conn: &Connection,
    site: &str,
    first: Day,
    last: Day,
    materials: &BTreeMap<String, BTreeSet<Day>>,
) -> Result<Vec<(String, Day)>, StoreError> {
    let gone = splits(conn, site, first, last, "voided_at is not null")?;
    Ok(gone
        .into_iter()
        .filter(|split| {
            materials.get(&split.body.material_id.0).is_some_and(|days| days.contains(&split.date))
        })
        .map(|split| (split.body.component_id.0, split.date))
        .collect())
}
