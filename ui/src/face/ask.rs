//! Asking the core for the records of any kind, by the name of the command.

use deskops_domain::api::days::DraftRow;
use deskops_domain::api::exports::Exported;
use deskops_domain::api::ledger::Cascade;
use deskops_domain::api::loads::Estimated;
use deskops_domain::api::records::{Filter, Past, Totals};
use deskops_domain::api::{Code, Refusal};
use deskops_domain::choice::{Format, Granularity};
use deskops_domain::day::Day;
use deskops_domain::draft::Draft;
use deskops_domain::entry::Entry;
use deskops_domain::id::Id;
use deskops_domain::modules::NilReturn;
use deskops_domain::problem::Problem;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Value as Json, json};

use super::{DayRows, Face, Row, Rows};
use crate::client::Client;

/// Records on a page of a list.
const PAGE_ROWS: u32 = 200;

/// A record as it now is.
#[derive(Debug, Clone, PartialEq)]
pub struct Saved {
    /// The record.
    pub row: Row,
    /// Records on this computer that head office does not have yet.
    pub unsent: u64,
}

/// A change of one record.
#[derive(Debug, Clone, PartialEq)]
pub enum Ask {
    /// A new record, or a deleted one back with new values.
    Create(Draft),
    /// Some fields of a record anew.
    Edit(Id, u32, Draft),
    /// A record deleted and entered again with another key, in one.
    Replace(Id, u32, Draft),
    /// A record deleted.
    Void(Id, u32),
}

impl Ask {
    /// The command and its input; `row` is the draft that is forgotten by it, and `id` what a new
    /// record is known by, however often it is asked for.
    fn command(self, row: Option<String>, id: Option<Id>) -> (&'static str, Json) {
        let (verb, mut input) = match self {
            Self::Create(draft) => ("create", json!({"draft": draft})),
            Self::Edit(id, rev, draft) => ("edit", json!({"id": id, "rev": rev, "draft": draft})),
            Self::Replace(id, rev, draft) => {
                ("replace", json!({"id": id, "rev": rev, "draft": draft}))
            }
            Self::Void(id, rev) => ("void", json!({"id": id, "reason": null, "rev": rev})),
        };
        if let Some(row) = row {
            input["row"] = json!(row);
        }
        if let Some(id) = id.filter(|_| verb == "create") {
            input["id"] = json!(id);
        }
        (verb, input)
    }
}

impl Face {
    async fn ask<T: DeserializeOwned>(
        &self,
        client: &Client,
        verb: &str,
        input: Json,
    ) -> Result<T, Refusal> {
        client.ask(format!("{}/{verb}", self.name), input).await
    }

    fn row(&self, json: &Json) -> Result<Row, Refusal> {
        Row::read(&self.shapes, json).ok_or_else(|| {
            Refusal::new(
                Code::InternalError,
                "A record was answered in a way this page does not know.",
            )
            .hint("Close DeskOps and start it again. What was saved is safe.")
        })
    }

    fn rows(&self, entries: &[Json]) -> Result<Vec<Row>, Refusal> {
        entries.iter().map(|json| self.row(json)).collect()
    }

    /// Asks for a page of records.
    ///
    /// # Errors
    /// As of every command, here and below: why it was not done.
    pub async fn list(
        &self,
        client: &Client,
        filter: Filter,
        after: Option<String>,
    ) -> Result<Rows, Refusal> {
        #[derive(Deserialize)]
        struct Page {
            entries: Vec<Json>,
            next: Option<String>,
        }
        let input = json!({"filter": filter, "after": after, "limit": PAGE_ROWS});
        let page: Page = self.ask(client, "list", input).await?;
        Ok(Rows { rows: self.rows(&page.entries)?, next: page.next })
    }

    /// Asks for count and sums.
    ///
    /// # Errors
    /// Why they were not told.
    pub async fn sums(&self, client: &Client, filter: Filter) -> Result<Totals, Refusal> {
        self.ask(client, "sums", json!({"filter": filter})).await
    }

    /// Asks for a file.
    ///
    /// # Errors
    /// Why it was not written.
    pub async fn export(
        &self,
        client: &Client,
        filter: Filter,
        format: Format,
        granularity: Granularity,
    ) -> Result<Exported, Refusal> {
        let input = json!({"filter": filter, "format": format, "granularity": granularity});
        self.ask(client, "export", input).await
    }

    /// Asks for the past of a record.
    ///
    /// # Errors
    /// Why it was not told.
    pub async fn history(&self, client: &Client, id: &Id) -> Result<Vec<Past>, Refusal> {
        self.ask(client, "history", json!({"id": id})).await
    }

    /// Asks for a record.
    ///
    /// # Errors
    /// Why it was not told.
    pub async fn get(&self, client: &Client, id: &Id) -> Result<Row, Refusal> {
        let json: Json = self.ask(client, "get", json!({"id": id})).await?;
        self.row(&json)
    }

    /// Asks for a change of a record, by which a kept row is forgotten. A new record gets this id.
    ///
    /// # Errors
    /// Why it was not made.
    pub async fn save(
        &self,
        client: &Client,
        ask: Ask,
        row: Option<String>,
        id: Option<Id>,
    ) -> Result<Saved, Refusal> {
        let (verb, input) = ask.command(row, id);
        self.changed(client, verb, input).await
    }

    /// Asks for a deleted record to come back.
    ///
    /// # Errors
    /// Why it did not.
    pub async fn restore(&self, client: &Client, id: &Id) -> Result<Saved, Refusal> {
        self.changed(client, "restore", json!({"id": id})).await
    }

    async fn changed(&self, client: &Client, verb: &str, input: Json) -> Result<Saved, Refusal> {
        #[derive(Deserialize)]
        struct Answer {
            entry: Json,
            unsent: u64,
        }
        let Answer { entry, unsent } = self.ask(client, verb, input).await?;
        Ok(Saved { row: self.row(&entry)?, unsent })
    }

    /// Asks for everything that a day's sheet shows.
    ///
    /// # Errors
    /// Why it was not told.
    pub async fn open(&self, client: &Client, site: &str, day: Day) -> Result<DayRows, Refusal> {
        #[derive(Deserialize)]
        struct Sheet {
            entries: Vec<Json>,
            drafts: Vec<DraftRow>,
            usual: std::collections::BTreeMap<String, deskops_domain::summary::Usual>,
            previous: Option<(Day, Totals)>,
            nil: Option<Entry<NilReturn>>,
            unsent: u64,
        }
        let sheet: Sheet = self.ask(client, "day", json!({"siteId": site, "date": day})).await?;
        let Sheet { entries, drafts, usual, previous, nil, unsent } = sheet;
        let rows = self.rows(&entries)?;
        Ok(DayRows { rows, drafts, usual, previous, nil, unsent, ..DayRows::default() })
    }

    /// Keeps a row that is not right yet, or forgets it.
    ///
    /// # Errors
    /// Why it was not kept.
    pub async fn keep(
        &self,
        client: &Client,
        site: &str,
        day: Day,
        row: &str,
        cells: Option<Draft>,
    ) -> Result<(), Refusal> {
        let input = json!({"siteId": site, "date": day, "row": row, "cells": cells});
        self.ask(client, "keep-draft", input).await
    }

    /// Asks what a change would move on other days: a new record, new values of one, or its deletion.
    ///
    /// # Errors
    /// Why it could not be tried out.
    pub async fn preview(
        &self,
        client: &Client,
        id: Option<&Id>,
        draft: Option<&Draft>,
    ) -> Result<Cascade, Refusal> {
        self.ask(client, "preview", json!({"id": id, "draft": draft})).await
    }

    /// Asks what is odd about a record that is saved.
    ///
    /// # Errors
    /// Why that cannot be said.
    pub async fn judge(
        &self,
        client: &Client,
        site: &str,
        row: &Row,
    ) -> Result<Vec<Problem>, Refusal> {
        let draft = json!({"siteId": site, "date": row.day});
        self.ask(client, "judge", json!({"id": row.id, "draft": draft})).await
    }

    /// Asks for the tons of loads whose weight is pending on a day.
    ///
    /// # Errors
    /// Why they were not worked out.
    pub async fn estimate(
        &self,
        client: &Client,
        site: &str,
        day: Day,
    ) -> Result<Estimated, Refusal> {
        let input = json!({"siteId": site, "dateFrom": day, "dateTo": day});
        self.ask(client, "estimate", input).await
    }

    /// Asks what those tons would move on other days.
    ///
    /// # Errors
    /// Why it could not be tried out.
    pub async fn preview_estimate(
        &self,
        client: &Client,
        site: &str,
        day: Day,
    ) -> Result<Cascade, Refusal> {
        let input = json!({"siteId": site, "dateFrom": day, "dateTo": day});
        self.ask(client, "preview-estimate", input).await
    }

    /// Asks what was typed into a text field before.
    ///
    /// # Errors
    /// Why it was not told.
    pub async fn suggest(
        &self,
        client: &Client,
        site: &str,
        field: &str,
    ) -> Result<Vec<String>, Refusal> {
        self.ask(client, "suggest", json!({"siteId": site, "field": field})).await
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use deskops_domain::api::records::{Create, Edit, Replace, Void};
    use deskops_domain::modules::Production;
    use serde::Serialize;

    fn id() -> Id {
        Id::random(1_795_000_000_000, [7; 10])
    }

    fn draft() -> Draft {
        json!({"qtyTon": "12"}).as_object().cloned().unwrap()
    }

    #[test]
    fn what_is_asked_is_what_the_typed_commands_say() {
        fn said(ask: Ask, row: Option<&str>, verb: &str, typed: impl Serialize) {
            let (asked, input) = ask.command(row.map(str::to_owned), Some(id()));
            assert_eq!((asked, &input), (verb, &serde_json::to_value(typed).unwrap()));
        }
        for row in [None, Some("MAT002/ALL/CRU-PRO/1")] {
            let kept = row.map(str::to_owned);
            let create = Create::<Production>::new(draft()).row(kept.clone()).id(id());
            said(Ask::Create(draft()), row, "create", create);
            let edit = Edit::<Production>::new(id(), Some(3), draft()).row(kept.clone());
            said(Ask::Edit(id(), 3, draft()), row, "edit", edit);
            let replace = Replace::<Production>::new(id(), 3, draft()).row(kept.clone());
            said(Ask::Replace(id(), 3, draft()), row, "replace", replace);
            let void = Void::<Production>::new(id(), None).rev(3).row(kept);
            said(Ask::Void(id(), 3), row, "void", void);
        }
    }
}
