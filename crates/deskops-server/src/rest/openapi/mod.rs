//! The document of the interface, OpenAPI 3.1, written from the lists that the server answers from.

mod bodies;
mod limits;
mod operations;
mod schemas;

use deskops_core::Router;
use serde_json::{Map, Value as Json, json};

use super::{resource, routes};

const ABOUT: &str = "\
The daily figures of a recycling site. Dates are days of the site's own calendar (`YYYY-MM-DD`); \
where a date is sent, an ISO date-time with its offset is taken too and means the day at the site. \
Amounts are numbers with their exact decimals: tons to the kilogram, hours to the hundredth.

Checks are made in this order: who asks (401), whether their role may (403), what they send (415, \
413, 400), whether their sites reach so far (403), whether it is there (404), whether it may stand \
(409, 422). A parameter or field that is not known is refused by its name, never dropped.

Lists come newest first. A range of at most 31 days is given whole; otherwise the first hundred \
records come with `nextCursor`, and with the address of the next part in `Link`. `page` and \
`pageSize` (25, at most 100) count pages instead. A role sees so far back: operators 90 days, \
supervisors twelve months.

What is deleted stays in the history and looks here as if it were gone.

The programs of a user may ask a hundred times in a minute, and twenty times within a second, unless \
the server is told otherwise; `X-RateLimit-Remaining` says what is left. Whoever asks more often is \
told 429 and after how many seconds to come back.";

/// The whole document.
#[must_use]
pub fn document() -> Json {
    let resources = resource::all();
    let mut tags: Vec<Json> = resources
        .iter()
        .map(|of| json!({ "name": of.title, "description": of.doc.trim() }))
        .collect();
    tags.extend([
        json!({ "name": "Sites", "description": "The sites that the caller reaches." }),
        json!({ "name": "Figures", "description": "The dashboard's figures, and who is signed in." }),
        json!({ "name": "Server", "description": "The server itself, and this document." }),
        json!({ "name": "Commands", "description": "What the page of DeskOps itself asks: one command each, its input and output as the page knows them. Refused commands answer with code, message, hint, details and record." }),
    ]);
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "DeskOps",
            "version": env!("CARGO_PKG_VERSION"),
            "description": ABOUT,
            "license": { "name": "MIT OR Apache-2.0", "identifier": "MIT OR Apache-2.0" },
        },
        "servers": [{ "url": "/", "description": "This server" }],
        "tags": tags,
        "security": [{ "bearer": [] }, { "page": [] }],
        "paths": paths(),
        "components": {
            "securitySchemes": limits::sessions(),
            "headers": limits::headers(),
            "schemas": schemas::all(&resources),
            "responses": bodies::refusals(),
        },
    })
}

/// The document as it is kept in a file.
#[must_use]
pub fn text() -> String {
    format!("{:#}\n", document())
}

fn paths() -> Json {
    let mut paths: Map<String, Json> = Map::new();
    let mut add = |path: String, method: &str, operation: Json| {
        let item = paths.entry(path).or_insert_with(|| json!({}));
        item[method] = operation;
    };
    for route in routes::all() {
        let method = route.method.as_str().to_ascii_lowercase();
        add(format!("/api{}", route.path), &method, operations::of(&route));
    }
    for (path, operation) in operations::of_the_server().into_iter().chain([limits::events()]) {
        add(path.to_owned(), "get", operation);
    }
    for name in Router::all().names() {
        add(format!("/api/{name}"), "post", operations::of_a_command(name));
    }
    limits::tell(&mut paths);
    Json::Object(paths)
}
