//! What can be done with the records of any module.

use std::collections::BTreeMap;
use std::marker::PhantomData;

use serde::{Deserialize, Serialize};

use super::{Command, Days};
use crate::access::Role;
use crate::change::Change;
use crate::day::Day;
use crate::draft::Draft;
use crate::entry::Entry;
use crate::id::Id;
use crate::record::Record;

/// Which records are meant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Filter {
    /// Of this site.
    pub site_id: String,
    /// From this day on.
    #[serde(default)]
    pub date_from: Option<Day>,
    /// Up to and with this day.
    #[serde(default)]
    pub date_to: Option<Day>,
    /// Deleted ones instead of live ones.
    #[serde(default)]
    pub voided: bool,
    /// What fields must say, by their names: ids and codes as they are (several joined by commas),
    /// words by any part, numbers like `12.5`, `>100`, `<=5` or `10..20`; `none` where nothing is
    /// entered.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub matches: BTreeMap<String, String>,
}

impl Filter {
    /// All live records of a site.
    #[must_use]
    pub fn all(site_id: &str) -> Self {
        Self {
            site_id: site_id.to_owned(),
            date_from: None,
            date_to: None,
            voided: false,
            matches: BTreeMap::new(),
        }
    }

    /// Those of them whose field says this.
    #[must_use]
    pub fn matching(mut self, field: &str, what: &str) -> Self {
        self.matches.insert(field.to_owned(), what.to_owned());
        self
    }

    /// The live records of one day.
    #[must_use]
    pub fn day(site_id: &str, day: Day) -> Self {
        Self { date_from: Some(day), date_to: Some(day), ..Self::all(site_id) }
    }
}

/// Declares a command on the records of a module: its site, after `sees` its days, what it must be
/// given, and after `with` what it may be given.
macro_rules! record_command {
    (
        $(#[$doc:meta])* $name:ident, $verb:literal, $access:ident, $output:ty, $site:expr,
        $(sees $days:expr,)? { $($(#[$each:meta])* $field:ident: $type:ty,)* }
        $(with { $($(#[doc = $help:literal])+ $option:ident: $option_type:ty,)* })?
    ) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
        #[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(bound = "R: Record"))]
        #[serde(rename_all = "camelCase", deny_unknown_fields)]
        pub struct $name<R> {
            $($(#[$each])* pub $field: $type,)*
            $($(
                $(#[doc = $help])+
                #[serde(default, skip_serializing_if = "Option::is_none")]
                pub $option: Option<$option_type>,
            )*)?
            #[serde(skip)]
            module: PhantomData<fn() -> R>,
        }

        impl<R> $name<R> {
            #[doc = concat!("Asks for `", $verb, "`.")]
            #[must_use]
            pub fn new($($field: $type),*) -> Self {
                Self { $($field,)* $($($option: None,)*)? module: PhantomData }
            }

            $($(
                $(#[doc = $help])+
                #[must_use]
                pub fn $option(self, $option: impl Into<Option<$option_type>>) -> Self {
                    Self { $option: $option.into(), ..self }
                }
            )*)?
        }

        impl<R: Record> Command for $name<R> {
            type Output = $output;
            const ACCESS: Role = $crate::api::records::access!(R, $access);

            fn name() -> String {
                format!("{}/{}", R::NAME, $verb)
            }

            fn site(&self) -> Option<&str> {
                let site: fn(&Self) -> Option<&str> = $site;
                site(self)
            }

            $(fn days(&mut self) -> $crate::api::Days<'_> {
                // What holds from a day on is looked at however old it is.
                if R::HABIT.is_dated_from {
                    return $crate::api::Days::None;
                }
                let days: fn(&mut Self) -> $crate::api::Days<'_> = $days;
                days(self)
            })?
        }
    };
}
pub(super) use record_command;

/// The least role of a command: a role by its name, or that of the record's habit.
macro_rules! access {
    ($record:ident, Entered) => {
        $record::HABIT.entered_by
    };
    ($record:ident, $role:ident) => {
        Role::$role
    };
}
pub(crate) use access;

/// The site that a draft names, where it names one.
pub(super) fn draft_site(draft: &Draft) -> Option<&str> {
    draft.get("siteId").and_then(serde_json::Value::as_str)
}

record_command! {
    /// One page of records, newest first: date, then time of entry, then id, all descending.
    List, "list", Operator, Page<R>, |list| Some(&list.filter.site_id),
    sees |list| Days::Range(&mut list.filter), {
        /// Which records.
        filter: Filter,
        /// Where the page before ended, from its `next`.
        #[serde(default)]
        after: Option<String>,
        /// Records on a page, 1 to 500; 50 when not given.
        #[serde(default)]
        limit: Option<u32>,
    } with {
        /// How many records come before the page, for who counts pages; `after` costs less.
        skip: u32,
    }
}

record_command! {
    /// One record, deleted or not.
    Get, "get", Operator, Entry<R>, |_| None, {
        /// Its id.
        id: Id,
    }
}

record_command! {
    /// Count and sums of all records that are meant, whatever the page shows.
    Sums, "sums", Operator, Totals, |sums| Some(&sums.filter.site_id),
    sees |sums| Days::Range(&mut sums.filter), {
        /// Which records.
        filter: Filter,
    }
}

record_command! {
    /// Makes a record. A deleted record with the same key comes back with the new values.
    ///
    /// Who names the `id` may ask again when the answer is lost: the same id with the same content
    /// is answered with the record and written once. Kinds with a natural key have their id from
    /// that key, and do not look at it.
    Create, "create", Entered, Saved<R>, |create| draft_site(&create.draft), {
        /// What was typed.
        #[cfg_attr(feature = "schema", schemars(with = "crate::schema::DraftOf<R>"))]
        draft: Draft,
    } with {
        /// The row of a sheet that is saved by this: what was kept of it as a draft is forgotten.
        row: String,
        /// The id of the new record: `c` and 24 characters 0-9 or a-z, made by who asks, never used
        /// before.
        id: Id,
    }
}

record_command! {
    /// Changes some fields of a record; the others stay as they are.
    Edit, "edit", Entered, Saved<R>, |_| None, {
        /// Its id.
        id: Id,
        /// The version that was read; refused when there is a newer one. Not checked when absent.
        #[serde(default)]
        rev: Option<u32>,
        /// The fields that were typed anew; an empty one is emptied.
        #[cfg_attr(feature = "schema", schemars(with = "crate::schema::DraftOf<R>"))]
        draft: Draft,
    } with {
        /// The row of a sheet that is saved by this: what was kept of it as a draft is forgotten.
        row: String,
        /// Whether the draft is the whole record: what it leaves out is emptied and not kept.
        whole: bool,
    }
}

record_command! {
    /// Deletes a record and enters it again with another key, in one step: how a clerk who took the
    /// wrong shift or operation puts it right.
    Replace, "replace", Entered, Saved<R>, |replace| draft_site(&replace.draft), {
        /// The record that was wrong.
        id: Id,
        /// Its version that was read; refused when there is a newer one.
        rev: u32,
        /// The record as it should be, whole.
        #[cfg_attr(feature = "schema", schemars(with = "crate::schema::DraftOf<R>"))]
        draft: Draft,
    } with {
        /// The row of a sheet that is saved by this: what was kept of it as a draft is forgotten.
        row: String,
    }
}

record_command! {
    /// Deletes a record: it stays readable, and can be brought back. Who enters such records may
    /// delete what is their own; others' take the role that deletes.
    Void, "void", Entered, Saved<R>, |_| None, {
        /// Its id.
        id: Id,
        /// Why.
        #[serde(default)]
        reason: Option<String>,
    } with {
        /// The row of a sheet that is saved by this: what was kept of it as a draft is forgotten.
        row: String,
        /// The version that was read; refused when there is a newer one. Not checked when absent.
        rev: u32,
    }
}

record_command! {
    /// Brings a deleted record back, by who may delete it.
    Restore, "restore", Entered, Saved<R>, |_| None, {
        /// Its id.
        id: Id,
    }
}

record_command! {
    /// Every change of a record, newest first.
    History, "history", Operator, Vec<Past>, |_| None, {
        /// Its id.
        id: Id,
    }
}

record_command! {
    /// What was typed into a text field before at a site, the most recent first, at most fifty.
    Suggest, "suggest", Operator, Vec<String>, |suggest| Some(&suggest.site_id), {
        /// The site.
        site_id: String,
        /// The field, as it is named on the wire.
        field: String,
    } with {
        /// Only texts that hold this, in any case.
        text: String,
    }
}

/// One page of a list.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(
    feature = "schema",
    derive(schemars::JsonSchema),
    schemars(bound = "R: Record", rename = "PageOf{R}")
)]
#[serde(bound = "R: Record")]
pub struct Page<R> {
    /// The records.
    pub entries: Vec<Entry<R>>,
    /// Where the next page begins; none on the last.
    pub next: Option<String>,
}

/// Count and sums.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Totals {
    /// Records.
    pub rows: u64,
    /// One sum per summed field, in field order.
    pub sums: Vec<Sum>,
}

/// One sum, exact.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Sum {
    /// Field on the wire.
    pub field: String,
    /// Field for people.
    pub label: String,
    /// Unit of the sum: sums of different units are never added.
    pub unit: String,
    /// Decimals that are shown.
    pub decimals: u32,
    /// The sum in units of `10^-decimals`: kilograms, hundredths, pieces.
    pub raw: i64,
}

/// A record as it now is.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(
    feature = "schema",
    derive(schemars::JsonSchema),
    schemars(bound = "R: Record", rename = "SavedOf{R}")
)]
#[serde(bound = "R: Record")]
pub struct Saved<R> {
    /// The record.
    pub entry: Entry<R>,
    /// Records on this computer that head office does not have yet.
    pub unsent: u64,
}

/// One change of a record's past.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Past {
    /// The version that it made.
    pub rev: u32,
    /// Whether head office has it.
    pub is_sent: bool,
    /// The change itself.
    pub change: Change,
}
