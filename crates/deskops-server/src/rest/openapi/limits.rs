//! What every operation shares: how often it may be asked, and by which session. And the stream of
//! events, which is no record's.

use serde_json::{Map, Value as Json, json};

use super::bodies;

/// The server's own addresses that are not counted.
const FREE: [&str; 3] = ["/api/hello", "/api/health", "/api/ready"];
const HEADERS: [(&str, &str); 3] = [
    ("X-RateLimit-Limit", "Requests that may come in a minute."),
    ("X-RateLimit-Remaining", "Requests that may come now."),
    ("X-RateLimit-Reset", "Seconds until all of them may come again."),
];

/// The headers by name.
pub(super) fn headers() -> Json {
    let each = HEADERS.iter().map(|(name, what)| {
        let schema = json!({ "type": "integer", "minimum": 0 });
        ((*name).to_owned(), json!({ "description": what, "schema": schema }))
    });
    let mut headers: Map<String, Json> = each.collect();
    let schema = json!({ "type": "integer", "minimum": 1 });
    let what = "Seconds after which it may be tried again.";
    headers.insert("Retry-After".into(), json!({ "description": what, "schema": schema }));
    Json::Object(headers)
}

/// The headers that tell how much is left, and when to come back.
pub(super) fn references(refused: bool) -> Json {
    let names = HEADERS.iter().map(|(name, _)| *name).chain(refused.then_some("Retry-After"));
    let each = names
        .map(|name| (name.to_owned(), json!({ "$ref": format!("#/components/headers/{name}") })));
    Json::Object(each.collect())
}

/// Says of every operation that is counted that it is.
pub(super) fn tell(paths: &mut Map<String, Json>) {
    let counted = paths.iter_mut().filter(|(path, _)| !FREE.contains(&path.as_str()));
    let operations = counted.flat_map(|(_, item)| item.as_object_mut().into_iter().flatten());
    for (_, operation) in operations {
        let Some(responses) = operation["responses"].as_object_mut() else { continue };
        let done = responses.iter_mut().filter(|(status, _)| status.starts_with('2'));
        done.for_each(|(_, response)| response["headers"] = references(false));
        responses.extend(bodies::of(&[429]));
    }
}

/// The sessions that may be named.
pub(super) fn sessions() -> Json {
    json!({
        "bearer": {
            "type": "http",
            "scheme": "bearer",
            "description": "The token that signing in gives.",
        },
        "page": {
            "type": "apiKey",
            "in": "cookie",
            "name": "__Host-DeskOps-Session",
            "description": "The cookie that a browser is given when the page signs in with `DeskOps-Page: 1`; over plain HTTP on one's own computer it is called `DeskOps-Session`. Whatever is not GET needs the header `DeskOps-CSRF` beside it, with the value that signing in and `session/hello` answer in a header of that name; without it the answer is 403 `CSRF_MISMATCH`. A bearer's token goes before the cookie.",
        },
    })
}

/// The stream of events.
pub(super) fn events() -> (&'static str, Json) {
    let about = "Server-sent events, until the session or the server ends. First `listening`; then `changed` for what was saved, with the number of changes and, by kind of record and site, how many and which days they concern, never of sites out of the caller's reach; `missed` where the stream could not keep up, and everything should be read anew. A comment comes every 15 s. The session is named by the header or the cookie, never in the address.";
    let touched = json!({
        "type": "object",
        "required": ["entity", "siteId", "changes", "first", "last"],
        "properties": {
            "entity": { "type": "string", "description": "The kind of record, such as `production`." },
            "siteId": { "type": ["string", "null"], "description": "The site; null of what belongs to none." },
            "changes": { "type": "integer", "minimum": 1 },
            "first": { "type": ["string", "null"], "format": "date", "description": "The first day that they concern; null where there are too many to say." },
            "last": { "type": ["string", "null"], "format": "date", "description": "The last one." },
        },
    });
    let changed = json!({
        "type": "object",
        "description": "The data of `changed`.",
        "required": ["changes", "touched"],
        "properties": {
            "changes": { "type": "integer", "minimum": 1 },
            "touched": { "type": "array", "items": touched },
        },
    });
    let mut responses = Map::new();
    let content = json!({ "text/event-stream": { "schema": changed } });
    responses.insert("200".into(), json!({ "description": "The stream.", "content": content }));
    responses.extend(bodies::of(&[401]));
    let operation = json!({
        "tags": ["Server"],
        "operationId": "events",
        "summary": "What is changed from now on",
        "description": about,
        "responses": responses,
    });
    ("/api/events", operation)
}
