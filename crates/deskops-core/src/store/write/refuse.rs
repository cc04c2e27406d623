//! Why a write is refused: somebody was faster, the key is taken, the reason is no reason.

use deskops_domain::api::{Code, Refusal};
use deskops_domain::catalogue::Catalogue;
use deskops_domain::draft::read_field;
use deskops_domain::entry::Entry;
use deskops_domain::field::{Kind, Rule, Shape, Value};
use deskops_domain::problem::Problems;
use deskops_domain::record::Record;
use serde_json::json;

/// Refuses to change what somebody else has changed since it was read.
pub(super) fn check_rev<R: Record>(there: &Entry<R>, rev: Option<u32>) -> Result<(), Refusal> {
    if rev.is_none_or(|rev| rev == there.stamp.rev) {
        return Ok(());
    }
    let message = format!(
        "This record was changed at {} by {}. Read it again.",
        there.stamp.updated_at, there.stamp.updated_by
    );
    Err(Refusal { record: Some(there.id.clone()), ..Refusal::new(Code::RecordChanged, message) })
}

/// The refusal of a second record with the same key.
pub(super) fn taken<R: Record>(there: &Entry<R>) -> Refusal {
    let amount = R::FIELDS.iter().find(|field| field.shape.is_total());
    let amount = amount.map(|field| {
        format!(
            " with {} {}",
            field.shape.kind.show(&(field.get)(&there.body)),
            field.shape.kind.unit()
        )
    });
    let message = format!(
        "{} already has this entry on {}{}. Change that one, or add a line.",
        R::TITLE,
        there.date,
        amount.unwrap_or_default()
    );
    Refusal::duplicate(there.id.clone(), message)
}

/// Why a record is deleted. It stands in the log and not in the record.
const REASON: Shape = Shape {
    name: "reason",
    column: "void_reason",
    label: "Reason",
    help: "Why the record is deleted.",
    kind: Kind::Text,
    is_optional: true,
    rules: &[Rule::Longest(500)],
    group: "",
};

/// Reads why a record is deleted.
pub(super) fn read_reason(
    reason: Option<&str>,
    catalogue: &Catalogue,
) -> Result<Option<String>, Refusal> {
    let given = reason.map(|reason| json!(reason));
    let read = read_field(&REASON, given.as_ref(), None, catalogue);
    match read.map_err(|problem| Refusal::invalid(Problems(vec![problem])))? {
        Value::Text(reason) => Ok(Some(reason)),
        Value::Int(_) | Value::Empty => Ok(None),
    }
}
