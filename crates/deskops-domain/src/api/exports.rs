//! Taking records away as a file.

use std::marker::PhantomData;

use serde::{Deserialize, Serialize};

use super::records::{Filter, Totals, record_command};
use super::{Command, Days};
use crate::access::Role;
use crate::choice::{Format, Granularity};
use crate::record::Record;

record_command! {
    /// Writes the records that are meant to a file, oldest first: each in a row of its own, or those
    /// of a week or month gathered by what they are of (see [`crate::gather`]).
    Export, "export", Operator, Exported, |export| Some(&export.filter.site_id),
    sees |export| Days::File(&mut export.filter), {
        /// Which records.
        filter: Filter,
        /// Form of the file.
        format: Format,
    } with {
        /// What a row stands for: a record when not given, or a week or month. Weeks are the site's
        /// own; a week or month that goes beyond the days asked for is cut at them.
        granularity: Granularity,
    }
}

/// A file that was written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Exported {
    /// Its name: module, weeks or months if they are its rows, days, and the extension.
    pub file_name: String,
    /// Where it lies on the computer that wrote it; none over HTTP, where it is fetched by its name.
    pub path: Option<String>,
    /// Rows in it: records, or what they are gathered into.
    pub rows: u64,
    /// Its size.
    pub bytes: u64,
    /// SHA-256 of its bytes, in hex.
    pub sha256: String,
    /// Count of its records, and sums of its rows as printed in it.
    pub totals: Totals,
}
