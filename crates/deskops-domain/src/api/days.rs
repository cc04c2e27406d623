//! What can be asked about a day of a site: a sheet to type into, and drafts.

use std::collections::BTreeMap;
use std::marker::PhantomData;

use serde::{Deserialize, Serialize};

use super::records::{Totals, record_command};
use super::{Command, Days};
use crate::access::Role;
use crate::day::Day;
use crate::draft::Draft;
use crate::entry::{Entry, Moment};
use crate::modules::NilReturn;
use crate::record::Record;
use crate::summary::Usual;

record_command! {
    /// Everything that a day's sheet of a module shows.
    OpenDay, "day", Operator, DaySheet<R>, |day| Some(&day.site_id), sees |day| Days::One(day.date), {
        /// The site.
        site_id: String,
        /// The day.
        date: Day,
    }
}

record_command! {
    /// Keeps a row that is not right yet, on this computer only, so that nothing typed is lost.
    KeepDraft, "keep-draft", Operator, (), |draft| Some(&draft.site_id),
    sees |draft| Days::One(draft.date), {
        /// The site.
        site_id: String,
        /// The day.
        date: Day,
        /// The row of the sheet.
        row: String,
        /// What was typed; the row's draft is forgotten when there is none.
        cells: Option<Draft>,
    }
}

/// A day of a module as it is typed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(
    feature = "schema",
    derive(schemars::JsonSchema),
    schemars(bound = "R: Record", rename = "DaySheetOf{R}")
)]
#[serde(rename_all = "camelCase", bound = "R: Record")]
pub struct DaySheet<R> {
    /// Live records of the day, oldest first.
    pub entries: Vec<Entry<R>>,
    /// Rows that are not right yet.
    pub drafts: Vec<DraftRow>,
    /// What is usual, by the code of the sheet's first field, in raw units of its first sum.
    pub usual: BTreeMap<String, Usual>,
    /// The working day before, and what it came to.
    pub previous: Option<(Day, Totals)>,
    /// Set when somebody said that nothing happened on this day.
    pub nil: Option<Entry<NilReturn>>,
    /// Records on this computer that head office does not have yet.
    pub unsent: u64,
}

/// A row that is not right yet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct DraftRow {
    /// The row of the sheet.
    pub row: String,
    /// What was typed.
    pub cells: Draft,
    /// When it was last touched.
    pub at: Moment,
}
