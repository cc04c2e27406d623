//! The records of a module: list, make, show, change, delete.

use axum::http::StatusCode;
use deskops_domain::api::Refusal;
use deskops_domain::catalogue::Catalogue;
use serde_json::{Map, Value as Json, json};

use super::answer::Done;
use super::ask::Asked;
use super::paging::{MOST, Part, filter, site};
use super::resource::Resource;
use crate::shared::Shared;

/// Does something for whoever asks.
pub(crate) struct Asker<'a> {
    pub shared: &'a Shared,
    pub asked: &'a Asked,
}

impl Asker<'_> {
    /// Asks for a command.
    pub fn run(&self, name: &str, input: Json) -> Result<Json, Refusal> {
        self.shared.desk.run(&self.asked.asking, name, input)
    }

    /// The filter of the query. Where the site is not there, the command says so.
    pub fn filter(&self, site: &str) -> Result<Map<String, Json>, Refusal> {
        let desk = self.shared.desk.found()?;
        let catalogue = desk.catalogue();
        let known = catalogue.site(site);
        filter(&self.asked.query, site, |text| match known {
            Some(known) => desk.day_of(known, text),
            None => deskops_domain::day::Day::parse(text),
        })
    }

    /// All pages of a list.
    pub fn every(&self, name: &str, filter: &Json) -> Result<Vec<Json>, Refusal> {
        let (mut all, mut after) = (Vec::new(), Json::Null);
        loop {
            let input = json!({ "filter": filter, "after": after, "limit": MOST });
            let mut page = self.run(name, input)?;
            if let Json::Array(entries) = page["entries"].take() {
                all.extend(entries);
            }
            after = page["next"].take();
            if after.is_null() {
                return Ok(all);
            }
        }
    }

    fn catalogue(&self) -> Result<std::sync::Arc<Catalogue>, Refusal> {
        Ok(self.shared.desk.found()?.catalogue())
    }

    /// The list of a site.
    pub fn list(&self, resource: &Resource) -> Result<Done, Refusal> {
        let site = site(&self.asked.query, Some(resource.rest))?;
        let filter = self.filter(site)?;
        let part = Part::read(&self.asked.query, &filter)?;
        let (name, filter) = (resource.command("list"), Json::Object(filter));
        let catalogue = self.catalogue()?;
        let bodies = |entries: Vec<Json>| -> Vec<Json> {
            entries.into_iter().map(|entry| resource.body(entry, &catalogue)).collect()
        };
        let mut body = Map::new();
        let mut next = None;
        let entries = match part {
            Part::Whole => self.every(&name, &filter)?,
            Part::Page { page, size } => {
                let input = json!({ "filter": filter, "limit": size, "skip": (page - 1) * size });
                let mut found = self.run(&name, input)?;
                let sums = self.run(&resource.command("sums"), json!({ "filter": filter }))?;
                let total = sums["rows"].as_u64().unwrap_or(0);
                let pages = total.div_ceil(u64::from(size));
                let pagination =
                    json!({ "page": page, "pageSize": size, "total": total, "totalPages": pages });
                body.insert("pagination".into(), pagination);
                entries_of(&mut found)
            }
            Part::Behind { cursor, limit } => {
                let input = json!({ "filter": filter, "after": cursor, "limit": limit });
                let mut found = self.run(&name, input)?;
                next = found["next"].as_str().map(str::to_owned);
                entries_of(&mut found)
            }
        };
        body.insert(resource.rest.list.into(), Json::Array(bodies(entries)));
        let mut done = Done::new(StatusCode::OK, Json::Null);
        if let Some(next) = next {
            done = done.next(&self.asked.path, &self.asked.query, &next);
            body.insert("nextCursor".into(), json!(next));
        }
        Ok(Done { body: Json::Object(body), ..done })
    }

    /// Makes a record.
    pub fn create(&self, resource: &Resource) -> Result<Done, Refusal> {
        let mut saved = self.run(&resource.create(), json!({ "draft": self.asked.body }))?;
        let entry = saved["entry"].take();
        let place = format!("/api/{}/{}", resource.name, entry["id"].as_str().unwrap_or_default());
        let body = resource.body(entry, &*self.catalogue()?);
        Ok(Done::new(StatusCode::CREATED, wrapped(resource, body)).at(place))
    }

    /// Shows a record. A deleted one is gone for the contract, whose deletions are for good.
    pub fn read(&self, resource: &Resource) -> Result<Done, Refusal> {
        let body = resource.body(self.live(resource)?, &*self.catalogue()?);
        Ok(Done::new(StatusCode::OK, wrapped(resource, body)))
    }

    fn live(&self, resource: &Resource) -> Result<Json, Refusal> {
        let entry = self.run(&resource.command("get"), json!({ "id": self.asked.id }))?;
        if entry["voided"].is_null() { Ok(entry) } else { Err(Refusal::not_found()) }
    }

    /// Changes a record: all of it, or some fields.
    pub fn change(&self, resource: &Resource, whole: bool) -> Result<Done, Refusal> {
        self.live(resource)?;
        let input = json!({ "id": self.asked.id, "draft": self.asked.body, "whole": whole });
        self.changed(resource, &resource.command("edit"), input)
    }

    /// Deletes a record, so that it can be brought back.
    pub fn delete(&self, resource: &Resource) -> Result<Done, Refusal> {
        self.live(resource)?;
        let input = json!({ "id": self.asked.id, "reason": self.asked.query.get("reason") });
        self.changed(resource, &resource.command("void"), input)
    }

    fn changed(&self, resource: &Resource, command: &str, input: Json) -> Result<Done, Refusal> {
        let mut saved = self.run(command, input)?;
        let body = resource.body(saved["entry"].take(), &*self.catalogue()?);
        let changed = resource.rest.changed();
        Ok(Done::new(StatusCode::OK, json!({ "success": true, changed: body })))
    }
}

fn entries_of(page: &mut Json) -> Vec<Json> {
    match page["entries"].take() {
        Json::Array(entries) => entries,
        _ => Vec::new(),
    }
}

fn wrapped(resource: &Resource, body: Json) -> Json {
    match resource.rest.one {
        Some(key) => json!({ key: body }),
        None => body,
    }
}
