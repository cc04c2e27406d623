//! Questions about records that are unlike others: one that is being typed, or all of a day.

use std::marker::PhantomData;

use serde::{Deserialize, Serialize};

use super::records::{draft_site, record_command};
use super::{Command, Days};
use crate::access::Role;
use crate::choice::Module;
use crate::day::Day;
use crate::draft::Draft;
use crate::id::Id;
use crate::problem::Problem;
use crate::record::Record;

record_command! {
    /// What is worth a question of a record that is being typed. Nothing of one that is not right
    /// yet: what is wrong with it is said when it is saved.
    Judge, "judge", Operator, Vec<Problem>, |judge| draft_site(&judge.draft), sees |judge| seen(&judge.draft), {
        /// What was typed.
        #[cfg_attr(feature = "schema", schemars(with = "crate::schema::DraftOf<R>"))]
        draft: Draft,
        /// The record that it changes; none for a new one.
        #[serde(default)]
        id: Option<Id>,
    }
}

/// The day of a draft, where it says a date.
fn seen(draft: &Draft) -> Days<'_> {
    let day = draft.get("date").and_then(serde_json::Value::as_str).and_then(Day::parse);
    day.map_or(Days::None, Days::One)
}

/// Asks for everything of a day that is worth a question.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct JudgeDay {
    /// The site.
    pub site_id: String,
    /// The day.
    pub date: Day,
}

impl Command for JudgeDay {
    type Output = Vec<Exception>;
    const ACCESS: Role = Role::Operator;

    fn name() -> String {
        "guard/day".into()
    }

    fn site(&self) -> Option<&str> {
        Some(&self.site_id)
    }

    fn days(&mut self) -> Days<'_> {
        Days::One(self.date)
    }
}

/// A record of a day that is worth a question.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Exception {
    /// Its module.
    pub module: Module,
    /// The record.
    pub record: Id,
    /// What it is of: the id of its material, machine or role.
    pub of: String,
    /// The questions.
    pub warnings: Vec<Problem>,
    /// What was noted about it.
    pub reason: Option<String>,
}
