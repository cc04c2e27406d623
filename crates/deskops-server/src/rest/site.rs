//! Sites, the session and the figures: what is no module's.

use axum::http::StatusCode;
use deskops_domain::api::metrics::Metrics;
use deskops_domain::api::{Code, Command as _, Refusal};
use deskops_domain::habit::GLOBAL;
use serde_json::{Map, Value as Json, json};

use super::answer::Done;
use super::paging::site;
use super::records::Asker;
use super::resource;

/// What is shown of a site in a list.
pub(crate) const LISTED: [&str; 6] = ["id", "code", "name", "location", "timezone", "createdAt"];
/// What is kept of a site besides, and is not the contract's.
const OURS: [&str; 4] = ["siteId", "date", "voided", "isSent"];

impl Asker<'_> {
    /// The sites in use that the caller reaches, by name.
    pub fn sites(&self) -> Result<Done, Refusal> {
        let mut cards = self.every("sites/list", &json!({ "siteId": GLOBAL }))?;
        cards.retain(|card| card["isActive"] == json!(true));
        let name = |card: &Json| card["name"].as_str().unwrap_or_default().to_owned();
        cards.sort_by_key(name);
        let shown = |card: Json| -> Map<String, Json> {
            LISTED.iter().map(|name| ((*name).to_owned(), card[*name].clone())).collect()
        };
        let sites: Vec<_> = cards.into_iter().map(shown).collect();
        Ok(Done::new(StatusCode::OK, json!({ "sites": sites })))
    }

    /// Makes a site.
    pub fn new_site(&self) -> Result<Done, Refusal> {
        let mut saved = self.run("sites/create", json!({ "draft": self.asked.body }))?;
        let site = whole(saved["entry"].take());
        let place = format!("/api/sites/{}", site["id"].as_str().unwrap_or_default());
        Ok(Done::new(StatusCode::CREATED, json!({ "site": site })).at(place))
    }

    /// One site, in use or not, and how many records of it the caller sees.
    pub fn site(&self) -> Result<Done, Refusal> {
        let id = &self.asked.id;
        let card = self.run("sites/get", json!({ "id": id })).map_err(|refusal| {
            let is_unknown = refusal.code == Code::NotFound;
            if is_unknown { Refusal { code: Code::SiteNotFound, ..refusal } } else { refusal }
        })?;
        let mut counts = Map::new();
        for resource in resource::all().iter().filter(|resource| resource.rest.is_counted) {
            let input = json!({ "filter": { "siteId": id } });
            let sums = self.run(&resource.command("sums"), input)?;
            counts.insert(resource.rest.list.to_owned(), sums["rows"].clone());
        }
        let mut site = whole(card);
        site["_count"] = Json::Object(counts);
        Ok(Done::new(StatusCode::OK, json!({ "site": site })))
    }

    /// Who is signed in, with a role or without.
    pub fn session(&self) -> Result<Done, Refusal> {
        let user = self.shared.user(&self.asked.asking)?;
        let now = self.shared.desk.found()?.now();
        let body = json!({ "userId": user, "isAuthenticated": true, "timestamp": now });
        Ok(Done::new(StatusCode::OK, body))
    }

    /// The figures of the dashboard.
    pub fn metrics(&self) -> Result<Done, Refusal> {
        let site = site(&self.asked.query, None).map_err(|refusal| Refusal {
            message: deskops_domain::rest::SITE_NEEDED.into(),
            ..refusal
        })?;
        let input = Json::Object(self.filter(site)?);
        Ok(Done::new(StatusCode::OK, self.run(&Metrics::name(), input)?))
    }
}

fn whole(card: Json) -> Json {
    let Json::Object(mut card) = card else { return card };
    for name in OURS {
        card.remove(name);
    }
    Json::Object(card)
}
