//! Reads what is asked: the query, and a body of JSON.

use std::collections::BTreeMap;

use axum::body::{Body, to_bytes};
use axum::extract::Query;
use axum::http::{HeaderMap, StatusCode, Uri, header};
use deskops_core::Asking;
use deskops_domain::api::Refusal;
use deskops_domain::problem::{Problem, Problems, clip};
use serde_json::{Map, Value as Json};

use super::routes::Route;
use super::told::Told;

/// What is asked of a route.
#[derive(Debug)]
pub(crate) struct Asked {
    /// Who asks.
    pub asking: Asking,
    /// The address, without its query.
    pub path: String,
    /// The id in the address.
    pub id: String,
    /// The query.
    pub query: Parameters,
    /// The body.
    pub body: Map<String, Json>,
}

/// What stands in a query, by its names.
#[derive(Debug, Default)]
pub(crate) struct Parameters(pub BTreeMap<String, String>);

impl Parameters {
    /// Reads a query. What the route does not know, and what is said twice, is told.
    pub fn read(uri: &Uri, route: &Route) -> Result<Self, Refusal> {
        let known = route.parameters();
        let pairs = Query::<Vec<(String, String)>>::try_from_uri(uri);
        let Ok(Query(pairs)) = pairs else {
            return Err(Refusal::one("", "E-PARAM", "The query is not readable text."));
        };
        let (mut read, mut problems) = (BTreeMap::new(), Problems::default());
        for (name, value) in pairs {
            if !known.contains(&name.as_str()) {
                let what = if known.is_empty() {
                    "this takes none".to_owned()
                } else {
                    format!("this takes {}", known.join(", "))
                };
                let message = format!("There is no parameter `{}`; {what}.", clip(&name));
                problems.add(Problem::new(&clip(&name), "E-PARAM", message));
            } else if read.insert(name.clone(), value).is_some() {
                let message = format!("{name} is said twice.");
                problems.add(Problem::new(&name, "E-PARAM", message));
            }
        }
        problems.or(Some(Self(read))).map_err(Refusal::invalid)
    }

    /// What is said under a name; nothing where it is empty.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(|value| value.trim()).filter(|value| !value.is_empty())
    }

    /// A whole number within its limits.
    pub fn number(&self, name: &str, least: u32, most: u32) -> Result<Option<u32>, Refusal> {
        let Some(text) = self.0.get(name) else { return Ok(None) };
        let read = text.parse().ok().filter(|number| (least..=most).contains(number));
        read.map(Some).ok_or_else(|| {
            let shown = clip(text);
            let message =
                format!("{name} is a whole number from {least} to {most}, not `{shown}`.");
            let problem = Problem::new(name, "E-NUM", message).value(text).min(least).max(most);
            Refusal::invalid(Problems(vec![problem]))
        })
    }
}

/// Reads a body: one object of JSON that says so, of so many bytes at most.
pub(crate) async fn body(
    headers: &HeaderMap,
    body: Body,
    most: usize,
) -> Result<Map<String, Json>, Told> {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
    let kind = kind.unwrap_or_default().split(';').next().unwrap_or_default().trim();
    if !kind.eq_ignore_ascii_case("application/json") {
        let message = "Send the body as application/json.";
        let code = "UNSUPPORTED_MEDIA_TYPE";
        return Err(Told::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, code, message));
    }
    let Ok(bytes) = to_bytes(body, most).await else {
        let message = format!("A body has at most {most} bytes.");
        return Err(Told::new(StatusCode::PAYLOAD_TOO_LARGE, "PAYLOAD_TOO_LARGE", message));
    };
    let bad = |message: &str| Told::new(StatusCode::BAD_REQUEST, "BAD_REQUEST", message);
    let json = serde_json::from_slice(&bytes).map_err(|error| {
        let place = format!("line {}, column {}", error.line(), error.column());
        bad(&format!("The body is not JSON; look at {place}."))
    })?;
    match json {
        Json::Object(fields) => Ok(fields),
        _ => Err(bad("The body is not an object of JSON.")),
    }
}
