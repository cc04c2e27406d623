//! Taking records away as a file.

use std::marker::PhantomData;

use serde::{Deserialize, Serialize};

use super::records::{Filter, Totals, record_command};
use super::{Command, Days};
use crate::access::Role;
use crate::choice::Format;
use crate::record::Record;

record_command! {
    /// Writes the records that are meant to a file, oldest first.
    Export, "export", Operator, Exported, |export| Some(&export.filter.site_id),
    sees |export| Days::File(&mut export.filter), {
        /// Which records.
        filter: Filter,
        /// Form of the file.
        format: Format,
    }
}

/// A file that was written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Exported {
    /// Its name: module, days, and the extension.
    pub file_name: String,
    /// Where it lies on the computer that wrote it; none over HTTP, where it is fetched by its name.
    pub path: Option<String>,
    /// Rows in it.
    pub rows: u64,
    /// Its size.
    pub bytes: u64,
    /// SHA-256 of its bytes, in hex.
    pub sha256: String,
    /// Sums of its rows, as printed in it.
    pub totals: Totals,
}
