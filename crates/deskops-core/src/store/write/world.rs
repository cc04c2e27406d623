//! What a reader of drafts sees from the door: its own view of the lists, and the site's clock.

use deskops_domain::catalogue::{Catalogue, Site};
use deskops_domain::day::Day;
use deskops_domain::draft::Surroundings;
use deskops_domain::record::Record;
use deskops_domain::zone;

use crate::desk::Desk;

/// What a reader of drafts sees from the door.
pub(crate) struct World<'a> {
    pub(crate) desk: &'a Desk,
    pub(crate) catalogue: &'a Catalogue,
}

impl Surroundings for World<'_> {
    fn catalogue(&self) -> &Catalogue {
        self.catalogue
    }

    fn today(&self, site: &Site) -> Option<Day> {
        self.desk.today(site)
    }

    fn local_day(&self, site: &Site, date_time: &str) -> Option<Day> {
        zone::local_day(site, date_time)
    }
}

/// What was typed, with the computed fields as they stand.
pub(super) fn keep_computed<R: Record>(there: &R, typed: R) -> R {
    let values = R::FIELDS.iter().map(|field| {
        let from = if field.shape.is_computed() { there } else { &typed };
        (field.get)(from)
    });
    R::from_values(values.collect()).unwrap_or(typed)
}
