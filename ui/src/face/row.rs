//! A record as a plain row of values, and what a day's sheet shows of many.

use std::collections::BTreeMap;

use deskops_domain::api::days::DraftRow;
use deskops_domain::api::records::Totals;
use deskops_domain::day::Day;
use deskops_domain::entry::{Entry, Stamp};
use deskops_domain::field::{Shape, Value};
use deskops_domain::id::Id;
use deskops_domain::modules::NilReturn;
use deskops_domain::record::Record;
use deskops_domain::summary::Usual;
use serde::Deserialize;
use serde_json::{Map, Value as Json};

/// A record as a row.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// Its id.
    pub id: Id,
    /// Its day.
    pub day: Day,
    /// Its values, in field order.
    pub values: Vec<Value>,
    /// Its stamp.
    pub stamp: Stamp,
}

impl Row {
    /// Reads a record as the wire has it; none where it is not of these shapes.
    #[must_use]
    pub fn read(shapes: &[&'static Shape], json: &Json) -> Option<Self> {
        #[derive(Deserialize)]
        struct Envelope {
            id: Id,
            date: Day,
        }
        let map: &Map<String, Json> = json.as_object()?;
        let value = |shape: &&'static Shape| {
            shape.kind.from_json(map.get(shape.name).unwrap_or(&Json::Null))
        };
        let values = shapes.iter().map(value).collect::<Option<Vec<_>>>()?;
        let Envelope { id, date } = Envelope::deserialize(json).ok()?;
        Some(Self { id, day: date, values, stamp: Stamp::deserialize(json).ok()? })
    }

    /// Whether it counts.
    #[must_use]
    pub fn is_live(&self) -> bool {
        self.stamp.voided.is_none()
    }
}

impl<R: Record> From<Entry<R>> for Row {
    fn from(entry: Entry<R>) -> Self {
        Self { id: entry.id, day: entry.date, values: entry.body.values(), stamp: entry.stamp }
    }
}

/// One page of rows.
#[derive(Debug, Clone, PartialEq)]
pub struct Rows {
    /// The rows.
    pub rows: Vec<Row>,
    /// Where the next page begins; none on the last.
    pub next: Option<String>,
}

/// A day of a module as it is typed.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct DayRows {
    /// Live records, oldest first.
    pub rows: Vec<Row>,
    /// Rows that are not right yet.
    pub drafts: Vec<DraftRow>,
    /// What is usual, by the code of the first field, in raw units of the first sum.
    pub usual: BTreeMap<String, Usual>,
    /// The working day before, and what it came to.
    pub previous: Option<(Day, Totals)>,
    /// Set when somebody said that nothing happened on this day.
    pub nil: Option<Entry<NilReturn>>,
    /// Records on this computer that head office does not have yet.
    pub unsent: u64,
    /// Rows of another list that those of this one are held against.
    pub beside: Vec<Row>,
    /// Ids that rows without a record have asked for already, by the row's name.
    pub asked: BTreeMap<String, Id>,
    /// Words that were typed before, by field, the most recent first.
    pub known: BTreeMap<&'static str, Vec<String>>,
}
