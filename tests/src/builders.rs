//! Drafts as a clerk would type them. A builder names only what its test is about.

use deskops_domain::api::Refusal;
use deskops_domain::api::days::OpenDay;
use deskops_domain::api::records::{Create, Saved};
use deskops_domain::day::Day;
use deskops_domain::draft::Draft;
use deskops_domain::entry::Entry;
use deskops_domain::modules::{Inventory, Production};
use deskops_domain::record::Record;
use serde_json::{Value as Json, json};

use crate::desk::{SITE, TODAY, TestDesk};

/// A day from its text.
///
/// # Panics
/// When the text is no date.
#[must_use]
pub fn day(text: &str) -> Day {
    Day::parse(text).expect("tests name real dates")
}

/// A production record of today: 3/4, whole day, 10 t.
#[must_use]
pub fn production() -> ProductionDraft {
    let fields = json!({"siteId": SITE, "date": TODAY, "materialId": "MAT002", "qtyTon": "10"});
    ProductionDraft(fields.as_object().expect("an object").clone())
}

/// A draft of any kind of record of the site: a list of fields and what is typed in them.
#[must_use]
pub fn draft(date: &str, fields: &[(&str, &str)]) -> Draft {
    let place = [("siteId", SITE), ("date", date)];
    place.iter().chain(fields).map(|(name, value)| ((*name).to_owned(), json!(value))).collect()
}

/// Enters a record of any kind.
///
/// # Panics
/// When the desk refuses.
pub fn enter<R: Record>(desk: &TestDesk, date: &str, fields: &[(&str, &str)]) -> Entry<R> {
    desk.call(Create::<R>::new(draft(date, fields))).expect("the draft is right").entry
}

/// Counts a heap on a day.
///
/// # Panics
/// When the desk refuses.
pub fn count(desk: &TestDesk, date: &str, material: &str, tons: &str) -> Entry<Inventory> {
    enter(desk, date, &[("materialId", material), ("countedTon", tons)])
}

/// A material's day in the ledger, as its table has it.
///
/// # Panics
/// When nothing happened on the day.
#[must_use]
pub fn stock(desk: &TestDesk, date: &str, material: &str) -> Inventory {
    let sheet = desk.call(OpenDay::<Inventory>::new(SITE.into(), day(date))).expect("a day");
    let of = |entry: &Entry<Inventory>| entry.body.material_id.0 == material;
    sheet.entries.into_iter().find(of).expect("the material is listed").body
}

/// A production record that is being typed.
#[derive(Debug, Clone)]
pub struct ProductionDraft(pub Draft);

impl ProductionDraft {
    /// With a field as it is typed or sent.
    #[must_use]
    pub fn with(mut self, field: &str, value: impl Into<Json>) -> Self {
        self.0.insert(field.to_owned(), value.into());
        self
    }

    /// Without a field.
    #[must_use]
    pub fn without(mut self, field: &str) -> Self {
        self.0.remove(field);
        self
    }

    /// Of this material.
    #[must_use]
    pub fn of(self, material: &str) -> Self {
        self.with("materialId", material)
    }

    /// So many tons, as typed.
    #[must_use]
    pub fn tons(self, quantity: &str) -> Self {
        self.with("qtyTon", quantity)
    }

    /// On this day.
    #[must_use]
    pub fn on(self, date: &str) -> Self {
        self.with("date", date)
    }

    /// Asks the desk to save it.
    ///
    /// # Errors
    /// The desk's refusal.
    pub fn try_save(self, desk: &TestDesk) -> Result<Saved<Production>, Refusal> {
        desk.call(Create::<Production>::new(self.0))
    }

    /// Saves it.
    ///
    /// # Panics
    /// When the desk refuses.
    pub fn save(self, desk: &TestDesk) -> Entry<Production> {
        self.try_save(desk).expect("the draft is right").entry
    }
}
