//! A material's day as the contract sends it: what follows from the records is held against them.
//!
//! Apart from the records' own handler, because the contract sends figures that DeskOps computes.

use deskops_domain::access::Caller;
use deskops_domain::api::ledger::Snapshot;
use deskops_domain::api::records::Saved;
use deskops_domain::api::{Code, Refusal};
use deskops_domain::draft::{Draft, read_field};
use deskops_domain::entry::Entry;
use deskops_domain::field::{Kind, Rule, Shape, Value, number};
use deskops_domain::modules::Inventory;
use deskops_domain::problem::{Problem, Problems};
use deskops_domain::quantity::{MOST_KG, Tons};
use deskops_domain::record::Record as _;
use serde_json::{Value as Json, json};

use crate::desk::Desk;
use crate::error::StoreError;
use crate::router::Handle;
use crate::store::ledger;
use crate::store::write::Door;

/// Figures that follow from the records, in the order in which they add up.
const FOLLOW: [&str; 5] =
    ["openingTon", "producedTon", "receivedTon", "dispatchedTon", "closingTon"];

impl Handle<Snapshot> for Desk {
    fn handle(&self, caller: &Caller, snapshot: Snapshot) -> Result<Saved<Inventory>, StoreError> {
        let Said { mut draft, figures, renamed } = Said::of(snapshot.draft)?;
        if draft.get("date").is_none_or(Json::is_null)
            && let Some(site) = draft.get("siteId").and_then(Json::as_str)
            && let Some(today) = self.catalogue().site(site).and_then(|site| self.today(site))
        {
            draft.insert("date".to_owned(), json!(today));
        }
        let saved = self.write(caller, |door| {
            let mut entry = computed(door, &draft)?;
            let opening = figures.iter().find(|(name, _)| *name == "openingTon");
            if let Some((_, said)) = opening
                && entry.body.opening_kg.raw() != *said
                && is_first(door, &entry)?
            {
                // Nothing before tells what the first day opens with.
                let set = json!({ "openingOverrideTon": number(*said, Tons::DECIMALS) });
                let Json::Object(set) = set else { return Err(Refusal::not_found().into()) };
                let edited = door.edit::<Inventory>(&entry.id, None, &set)?;
                door.settle()?;
                entry = door.computed(edited)?;
            }
            hold(&entry.body, &figures)?;
            Ok(Saved { entry, unsent: door.unsent() })
        });
        saved.map_err(|error| as_sent(error, &renamed))
    }
}

/// What is wrong, by the names that were sent.
fn as_sent(error: StoreError, renamed: &[(&'static str, &'static str)]) -> StoreError {
    let StoreError::Refused(mut refusal) = error else { return error };
    for problem in &mut refusal.details {
        if let Some((from, _)) = renamed.iter().find(|(_, to)| *to == problem.path) {
            problem.path = (*from).to_owned();
        }
    }
    StoreError::Refused(refusal)
}

fn computed(door: &mut Door<'_>, draft: &Draft) -> Result<Entry<Inventory>, StoreError> {
    let entry = door.create::<Inventory>(draft)?;
    door.settle()?;
    door.computed(entry)
}

/// Whether nothing of the material was there before its day.
fn is_first(door: &Door<'_>, entry: &Entry<Inventory>) -> Result<bool, StoreError> {
    let before = entry.date.plus(-1);
    let material = &entry.body.material_id.0;
    Ok(!ledger::is_known(door.transaction(), &entry.site, material, before)?)
}

/// What was sent, taken apart: what is typed, and what must come out of the records.
struct Said {
    draft: Draft,
    figures: Vec<(&'static str, i64)>,
    /// Names as they were sent, and as the stock has them.
    renamed: Vec<(&'static str, &'static str)>,
}

impl Said {
    fn of(mut draft: Draft) -> Result<Self, Refusal> {
        let mut problems = Problems::default();
        let is_calculated = match draft.remove("isCalculated") {
            None | Some(Json::Null) => None,
            Some(Json::Bool(said)) => Some(said),
            Some(other) => {
                let message = "Calculated must be true or false.";
                let problem = Problem::new("isCalculated", "E-TYPE", message);
                problems.add(problem.value(&other.to_string()));
                None
            }
        };
        let mut renamed = vec![("adjustmentTon", "typedTon")];
        // A closing that was not calculated was counted.
        if is_calculated == Some(false) {
            renamed.push(("closingTon", "countedTon"));
        }
        renamed.retain(|(from, to)| rename(&mut draft, from, to, &mut problems));
        if draft.get("typedTon").is_some_and(is_nothing) {
            draft.remove("typedTon");
        }
        let mut figures = Vec::new();
        for name in FOLLOW {
            let Some(given) = draft.remove(name) else { continue };
            match read(name, &given) {
                Ok(Value::Int(kg)) => figures.push((name, kg)),
                Ok(_) => {}
                Err(problem) => problems.add(problem),
            }
        }
        problems.or(Some(Self { draft, figures, renamed })).map_err(Refusal::invalid)
    }
}

/// The contract sends nothing as nought.
fn is_nothing(json: &Json) -> bool {
    json.is_null() || json.as_i64() == Some(0)
}

/// Gives a field its other name, where it was sent.
fn rename(draft: &mut Draft, from: &str, to: &str, problems: &mut Problems) -> bool {
    let Some(given) = draft.remove(from) else { return false };
    if draft.contains_key(to) {
        let message = format!("{from} and {to} say the same; send one of them.");
        problems.add(Problem::new(from, "E-FIELD", message));
        return false;
    }
    draft.insert(to.to_owned(), given);
    true
}

/// A figure that follows: tons like any other, whatever its sign.
fn read(name: &'static str, given: &Json) -> Result<Value, Problem> {
    let shape = Inventory::shapes().find(|shape| shape.name == name);
    let shape = Shape {
        name,
        column: "",
        label: shape.map_or(name, |shape| shape.label),
        help: "",
        kind: Kind::Tons,
        is_optional: true,
        rules: &[Rule::AtLeast(-MOST_KG), Rule::AtMost(MOST_KG)],
        group: "",
    };
    read_field(&shape, Some(given), None, &deskops_domain::catalogue::Catalogue::default())
}

/// Refuses figures that do not come out of the records.
fn hold(stock: &Inventory, figures: &[(&'static str, i64)]) -> Result<(), Refusal> {
    let mut problems = Problems::default();
    for field in Inventory::FIELDS {
        let Value::Int(is) = (field.get)(stock) else { continue };
        let Some((name, said)) = figures.iter().find(|(name, _)| *name == field.shape.name) else {
            continue;
        };
        if *said != is {
            let (said, is) = (Tons::kg(*said), Tons::kg(is));
            let message = format!("{} is {is} by the records; {said} was sent.", field.shape.label);
            let problem = Problem::new(name, "E-MISMATCH", message).value(&said.to_string());
            problems.add(problem.min(is).max(is));
        }
    }
    if problems.is_empty() {
        return Ok(());
    }
    let message = "The stock does not come out of the records; nothing was saved.";
    let hint = "Leave out what DeskOps computes, or send a count as `countedTon`.";
    let refusal = Refusal::new(Code::ClosingMismatch, message).hint(hint);
    Err(Refusal { details: problems.0, ..refusal })
}
