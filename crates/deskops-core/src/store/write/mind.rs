//! What a write must mind beside its own fields: the statement of an empty day, closed days, names that
//! are taken, lists that records use.

use std::any::Any;

use deskops_domain::access::Role;
use deskops_domain::api::{Code, Refusal};
use deskops_domain::choice::{Choices as _, Module};
use deskops_domain::day::Day;
use deskops_domain::entry::Entry;
use deskops_domain::field::Value;
use deskops_domain::lists::{Material, SiteCard};
use deskops_domain::modules::{Inventory, NilReturn, Split};
use deskops_domain::problem::Problem;
use deskops_domain::record::Record;
use deskops_domain::settings::Recipe;
use deskops_domain::zone;

use super::Door;
use crate::error::StoreError;
use crate::store::blend::Blends;
use crate::store::{settings, table};

impl Door<'_> {
    /// Refuses what contradicts other records, and takes back what it disproves.
    pub(super) fn mind<R: Record>(
        &mut self,
        site: &str,
        date: Day,
        there: Option<&Entry<R>>,
        body: &R,
    ) -> Result<(), StoreError> {
        self.mind_unique(site, there, body)?;
        self.mind_nil_return(site, date, body)?;
        let body = body as &dyn Any;
        if let Some(stock) = body.downcast_ref::<Inventory>() {
            let was = there.and_then(|there| (&there.body as &dyn Any).downcast_ref::<Inventory>());
            let was = was.and_then(|was| was.opening_override_kg);
            if stock.opening_override_kg != was && !self.caller.is_at_least(Role::Moderator) {
                let message = "Only a supervisor sets the stock that a day opens with.";
                return Err(Refusal::new(Code::Forbidden, message).into());
            }
        }
        if let Some(card) = body.downcast_ref::<SiteCard>()
            && !zone::is_known(&card.timezone)
        {
            let message = format!(
                "`{}` is no time zone of the IANA list. Write it like Asia/Riyadh.",
                card.timezone
            );
            return Err(Refusal::one("timezone", "E-ZONE", message).into());
        }
        if let Some(recipe) = body.downcast_ref::<Recipe>() {
            self.mind_recipe(site, recipe)?;
        }
        if let Some(split) = body.downcast_ref::<Split>()
            && Blends::load(self.tx, site, [])?.is_taken_from_others(&split.component_id.0, date)
        {
            return Err(not_of_blends().into());
        }
        let was = there.and_then(|there| (&there.body as &dyn Any).downcast_ref::<Material>());
        if let (Some(material), Some(was), Some(there)) =
            (body.downcast_ref::<Material>(), was, there)
            && material.unit != was.unit
            && settings::is_used(self.tx, there.id.as_str())?
        {
            let message = format!(
                "{} is used in records in {}; its unit stays. Add a new material for the other unit.",
                was.name,
                was.unit.code()
            );
            return Err(Refusal::one("unit", "E-UNIT-USED", message).into());
        }
        Ok(())
    }

    /// No two records have the same where a field says so, whatever the case.
    fn mind_unique<R: Record>(
        &self,
        site: &str,
        there: Option<&Entry<R>>,
        body: &R,
    ) -> Result<(), StoreError> {
        for field in R::FIELDS.iter().filter(|field| field.shape.is_unique()) {
            let Value::Text(text) = (field.get)(body) else { continue };
            let own = there.map_or("", |there| there.id.as_str());
            if let Some(other) = table::same_text::<R>(self.tx, site, &field.shape, &text, own)? {
                let message = format!("{} `{text}` is taken in {}.", field.shape.label, R::TITLE);
                let detail =
                    Problem::new(field.shape.name, "E-TAKEN", message.clone()).value(&text);
                let refusal =
                    Refusal { details: vec![detail], ..Refusal::duplicate(other, message) };
                return Err(refusal.into());
            }
        }
        Ok(())
    }

    /// A blend is not made of blends: what a heap gives would be counted twice.
    fn mind_recipe(&self, site: &str, recipe: &Recipe) -> Result<(), StoreError> {
        if recipe.material_id == recipe.component_id {
            return Ok(());
        }
        let all = settings::all::<Recipe>(self.tx, site)?;
        let is_blend = |material: &deskops_domain::field::MaterialId| {
            all.iter().any(|other| {
                other.body.material_id == *material && other.body.component_id != *material
            })
        };
        let is_component = all.iter().any(|other| {
            other.body.component_id == recipe.material_id
                && other.body.material_id != recipe.material_id
        });
        if is_blend(&recipe.component_id) || is_component {
            return Err(not_of_blends().into());
        }
        Ok(())
    }

    /// "Nothing today" and something today cannot both be true: what is entered takes the statement
    /// back, and the statement is refused while something is entered.
    fn mind_nil_return<R: Record>(
        &mut self,
        site: &str,
        date: Day,
        body: &R,
    ) -> Result<(), StoreError> {
        if (body as &dyn Any).is::<Inventory>() {
            return Ok(());
        }
        if let Some(nil) = (body as &dyn Any).downcast_ref::<NilReturn>() {
            // Of stock it says that there is none to start from, which a count does not contradict.
            if nil.module == Module::Inventory {
                return Ok(());
            }
            let n_rows = table::live_on(self.tx, nil.module.code(), site, date)?;
            if n_rows > 0 {
                let records = if n_rows == 1 { "record" } else { "records" };
                let message = format!(
                    "{} has {n_rows} {records} on {date}. Delete first what was not there.",
                    nil.module.label()
                );
                return Err(Refusal::new(Code::DuplicateRecord, message).into());
            }
        } else if let Some(module) = Module::from_code(R::NAME)
            && let Some(id) = (NilReturn { module, notes: None }).natural_id(site, date)
            && table::get::<NilReturn>(self.tx, &id)?.is_some_and(|nil| nil.stamp.voided.is_none())
        {
            if self.group.is_none() {
                self.together();
            }
            self.void::<NilReturn>(&id, None, Some("something was entered after all"))?;
        }
        Ok(())
    }
}

/// What a heap gives would be counted twice, or not at all.
fn not_of_blends() -> Refusal {
    let message = "A blend is made of heaps, not of other blends.";
    Refusal::one("componentId", "E-COMPONENT", message)
}
