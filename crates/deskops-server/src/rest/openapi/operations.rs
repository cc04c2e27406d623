//! What each route takes and answers.

use deskops_domain::field::Shape;
use deskops_domain::schema::example;
use serde_json::{Map, Value as Json, json};

use super::schemas::{name, reference};
use super::{bodies, commands};
use crate::rest::resource::Resource;
use crate::rest::routes::{Deed, Route};

/// Statuses with which a route may refuse.
pub(crate) fn refused_with(route: &Route) -> Vec<u16> {
    let own: &[u16] = match route.deed {
        Deed::List | Deed::Read | Deed::Metrics | Deed::Site => &[400, 401, 403, 404, 500],
        Deed::Create if route.resource.as_ref().is_some_and(|of| of.is_computed) => {
            &[400, 401, 403, 404, 409, 413, 415, 422, 500]
        }
        Deed::Create | Deed::Put | Deed::Patch => &[400, 401, 403, 404, 409, 413, 415, 500],
        Deed::Delete => &[400, 401, 403, 404, 409, 500],
        Deed::NewSite => &[400, 401, 403, 409, 413, 415, 500],
        Deed::Sites => &[400, 401, 403, 500],
        Deed::Session => &[400, 401, 500],
        Deed::OpenApi | Deed::Docs => &[],
    };
    own.to_vec()
}

/// The operation of a route.
pub(super) fn of(route: &Route) -> Json {
    let mut operation = match &route.resource {
        Some(resource) => of_a_module(route, resource),
        None => of_no_module(route),
    };
    let mut parameters: Vec<Json> = route.parameters().iter().map(|name| parameter(name)).collect();
    if route.path.contains("{id}") {
        let schema = json!({ "type": "string", "minLength": 1, "maxLength": 64 });
        parameters.push(json!({ "name": "id", "in": "path", "required": true, "description": "Its id.", "schema": schema }));
    }
    if !parameters.is_empty() {
        operation["parameters"] = json!(parameters);
    }
    if let Some(responses) = operation["responses"].as_object_mut() {
        responses.extend(bodies::of(&refused_with(route)));
    }
    operation
}

fn parameter(name: &str) -> Json {
    let (required, schema, description) = match name {
        "siteId" => {
            (true, json!({ "type": "string", "minLength": 1, "maxLength": 64 }), "The site.")
        }
        "dateFrom" => (
            false,
            json!({ "type": "string" }),
            "First day, `2026-11-01` or an ISO date-time; either end stands by itself.",
        ),
        "dateTo" => (false, json!({ "type": "string" }), "Last day, in the same words."),
        "page" => (
            false,
            json!({ "type": "integer", "minimum": 1, "maximum": 1_000_000 }),
            "The number of a page; not together with `limit` or `cursor`.",
        ),
        "pageSize" => (
            false,
            json!({ "type": "integer", "minimum": 1, "maximum": 100, "default": 25 }),
            "Records on a page.",
        ),
        "limit" => (
            false,
            json!({ "type": "integer", "minimum": 1, "maximum": 500, "default": 100 }),
            "Records of a part.",
        ),
        "cursor" => (false, json!({ "type": "string" }), "The `nextCursor` of the part before."),
        _ => (false, json!({ "type": "string", "maxLength": 500 }), "Why it is deleted."),
    };
    json!({ "name": name, "in": "query", "required": required, "description": description, "schema": schema })
}

fn answer(status: &str, description: &str, schema: Json) -> Json {
    let mut responses = Map::new();
    let content = json!({ "application/json": { "schema": schema } });
    responses.insert(status.to_owned(), json!({ "description": description, "content": content }));
    Json::Object(responses)
}

fn object(required: &[&str], properties: &[(&str, Json)]) -> Json {
    let properties: Map<String, Json> =
        properties.iter().map(|(name, schema)| ((*name).to_owned(), schema.clone())).collect();
    json!({ "type": "object", "required": required, "properties": properties, "additionalProperties": false })
}

fn body(schema: &str, example: Json) -> Json {
    let content = json!({ "schema": reference(schema), "example": example });
    json!({ "required": true, "content": { "application/json": content } })
}

fn of_a_module(route: &Route, resource: &Resource) -> Json {
    let (name, title) = (name(resource), resource.title);
    let record = reference(&name);
    let wrapped = match resource.rest.one {
        Some(key) => object(&[key], &[(key, record.clone())]),
        None => record.clone(),
    };
    let changed = resource.rest.changed();
    let success = object(
        &["success", changed],
        &[("success", json!({ "const": true })), (changed, record.clone())],
    );
    let sample = sample(resource);
    let (verb, summary, responses, sent) = match route.deed {
        Deed::List => {
            let list = resource.rest.list;
            let schema = object(
                &[list],
                &[
                    (list, json!({ "type": "array", "items": record })),
                    ("nextCursor", json!({ "type": "string" })),
                    ("pagination", reference("Pagination")),
                ],
            );
            (
                "list",
                format!("{title}: the records of a site"),
                answer("200", "The records, newest first.", schema),
                None,
            )
        }
        Deed::Create => {
            let sent = body(&format!("{name}Input"), sample);
            (
                "create",
                format!("{title}: a new record"),
                answer("201", "It is saved; `Location` says where.", wrapped),
                Some(sent),
            )
        }
        Deed::Put => {
            let whole = if resource.is_computed { "Whole" } else { "Input" };
            let sent = body(&format!("{name}{whole}"), sample);
            (
                "replace",
                format!("{title}: a record written anew"),
                answer("200", "It is changed; what was left out is emptied.", success),
                Some(sent),
            )
        }
        Deed::Patch => {
            let sent = body(&format!("{name}Patch"), json!({ "notes": "as weighed" }));
            (
                "change",
                format!("{title}: some fields of a record"),
                answer("200", "It is changed; what was left out stays.", success),
                Some(sent),
            )
        }
        Deed::Delete => (
            "delete",
            format!("{title}: a record is deleted"),
            answer("200", "It is deleted, and stays in the history.", success),
            None,
        ),
        _ => ("read", format!("{title}: a record"), answer("200", "The record.", wrapped), None),
    };
    let mut operation = json!({ "tags": [title], "operationId": format!("{}-{verb}", resource.name), "summary": summary, "responses": responses });
    if let Some(sent) = sent {
        operation["requestBody"] = sent;
    }
    operation
}

/// A record as it may be sent.
fn sample(resource: &Resource) -> Json {
    let is_told =
        |shape: &&&Shape| !(shape.is_computed() || shape.is_optional && resource.is_computed);
    let told = resource.shapes.iter().filter(is_told);
    let mut sample: Map<String, Json> =
        told.map(|shape| (shape.name.to_owned(), example(shape, true))).collect();
    sample.insert("siteId".into(), json!("calasla290000000000000000"));
    sample.insert("date".into(), json!("2026-11-22"));
    if resource.is_computed {
        sample.insert("countedTon".into(), json!(128.45));
    }
    Json::Object(sample)
}

fn of_no_module(route: &Route) -> Json {
    let sites = object(
        &["sites"],
        &[("sites", json!({ "type": "array", "items": reference("ListedSite") }))],
    );
    let one = object(&["site"], &[("site", reference("Site"))]);
    let counted = json!({ "type": "object", "required": ["site"], "properties": { "site": { "type": "object" } } });
    let (id, tag, summary, responses) = match route.deed {
        Deed::Sites => {
            ("sites-list", "Sites", "The sites in use, by name", answer("200", "The sites.", sites))
        }
        Deed::NewSite => (
            "sites-create",
            "Sites",
            "A new site",
            answer("201", "It is made; `Location` says where.", one),
        ),
        Deed::Site => (
            "sites-read",
            "Sites",
            "A site, in use or not, and in `_count` how many records of it the caller sees",
            answer("200", "The site.", counted),
        ),
        Deed::Session => (
            "session",
            "Figures",
            "Who is signed in",
            answer("200", "Somebody is.", reference("Session")),
        ),
        Deed::Metrics => (
            "dashboard-metrics",
            "Figures",
            "The figures of today, of a day or of a range, each against the days before",
            answer("200", "The figures.", reference("Figures")),
        ),
        Deed::OpenApi => (
            "openapi",
            "Server",
            "This document",
            answer("200", "OpenAPI 3.1.", json!({ "type": "object" })),
        ),
        _ => (
            "docs",
            "Server",
            "This document, to be read",
            json!({ "200": { "description": "A page.", "content": { "text/html": {} } } }),
        ),
    };
    let mut operation =
        json!({ "tags": [tag], "operationId": id, "summary": summary, "responses": responses });
    if route.deed == Deed::NewSite {
        operation["requestBody"] = body(
            "SiteInput",
            json!({ "code": "YANBU-2", "name": "Yanbu 2", "timezone": "Asia/Riyadh" }),
        );
    }
    if matches!(route.deed, Deed::OpenApi | Deed::Docs) {
        operation["security"] = json!([]);
    }
    operation
}

/// The server's own addresses, which are no commands.
pub(super) fn of_the_server() -> Vec<(&'static str, Json)> {
    let text = json!({ "200": { "description": "It is.", "content": { "text/plain": { "schema": { "type": "string" } } } } });
    let json_body = json!({ "application/json": { "schema": { "type": "object" } } });
    let health = json!({ "200": { "description": "It is.", "content": json_body.clone() }, "503": { "description": "The database cannot be used.", "content": json_body } });
    let file_name = json!({ "name": "file", "in": "path", "required": true, "description": "Its name.", "schema": { "type": "string" } });
    let mut file = json!({
        "tags": ["Server"],
        "operationId": "export-file",
        "summary": "A file that the caller has exported",
        "parameters": [file_name],
        "responses": { "200": { "description": "The file.", "content": { "application/octet-stream": {} } } },
    });
    if let Some(responses) = file["responses"].as_object_mut() {
        responses.extend(commands::refused(&[400, 401, 403, 404, 429, 500, 503]));
    }
    vec![
        (
            "/api/hello",
            json!({ "tags": ["Server"], "operationId": "hello", "summary": "Whether the server is there", "security": [], "responses": text }),
        ),
        (
            "/api/ready",
            json!({ "tags": ["Server"], "operationId": "ready", "summary": "Whether the server can do its work: the database takes a write, it is of this version, and the disk has room", "security": [], "responses": health.clone() }),
        ),
        (
            "/api/health",
            json!({ "tags": ["Server"], "operationId": "health", "summary": "Whether the database is open", "security": [], "responses": health }),
        ),
        ("/api/exports/{file}", file),
    ]
}
