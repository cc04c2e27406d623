//! The commands of the page: what each takes and answers is derived from its types.

use deskops_core::Router;
use deskops_domain::api::Refusal;
use deskops_domain::schema::Sides;
use serde_json::{Map, Value as Json, json};

/// The statuses of refused commands, and what each means.
const REFUSED: [(u16, &str); 9] = [
    (
        400,
        "Something sent is wrong: `details` names each field (`VALIDATION_ERROR`), or it is no JSON of a command (`BAD_REQUEST`).",
    ),
    (401, "Nobody is signed in, or the name or the password is wrong (`UNAUTHORIZED`)."),
    (403, "The role, the sites or the days of the caller do not reach so far (`FORBIDDEN`)."),
    (
        404,
        "There is no such record (`NOT_FOUND`) or site (`SITE_NOT_FOUND`), or it is out of sight.",
    ),
    (
        409,
        "It cannot stand beside what is there: `DUPLICATE_RECORD`, `ID_REUSED`, `RECORD_CHANGED`, `PERIOD_LOCKED`, `SITE_INACTIVE` or `NOT_READY`.",
    ),
    (422, "Figures of stock do not come out of the records (`CLOSING_MISMATCH`)."),
    (
        429,
        "Too many tries: `retryAfter` says when to come back (`TOO_MANY_TRIES`, `RATE_LIMIT_EXCEEDED`).",
    ),
    (500, "Something failed inside (`INTERNAL_ERROR`), or the database did (`DATABASE_ERROR`)."),
    (503, "It cannot be done at this moment (`BUSY`, `DATABASE_UNAVAILABLE`, `FILE_UNAVAILABLE`)."),
];

/// What the document says of commands.
pub(super) struct Commands {
    /// The operations by their addresses.
    pub paths: Vec<(String, Json)>,
    /// The schemas that they name.
    pub schemas: Map<String, Json>,
    /// The answers that they share.
    pub responses: Map<String, Json>,
}

/// Every command, from the list from which they are done.
pub(super) fn all() -> Commands {
    let (mut sides, router) = (Sides::default(), Router::all());
    let listed = router.described(&mut sides);
    let refusal = json!({ "application/json": { "schema": sides.told::<Refusal>() } });
    let schemas = sides.definitions();
    let responses = REFUSED.iter().map(|(status, meaning)| {
        (format!("Refused{status}"), json!({ "description": meaning, "content": refusal }))
    });
    let responses = responses.collect();
    let paths = listed.into_iter().map(|(name, is_public, sides)| {
        (format!("/api/{name}"), operation(name, is_public, sides))
    });
    let paths = paths.collect();
    Commands { paths, schemas, responses }
}

/// The refusals of these statuses.
pub(super) fn refused(statuses: &[u16]) -> Map<String, Json> {
    let answer = |status: u16| json!({ "$ref": format!("#/components/responses/Refused{status}") });
    statuses.iter().map(|status| (status.to_string(), answer(*status))).collect()
}

fn operation(name: &str, is_public: bool, sides: [Json; 2]) -> Json {
    let [mut sent, told] = sides;
    let meaning = sent.as_object_mut().and_then(|sent| sent.remove("description"));
    let done = json!({ "description": "What came of it.", "content": { "application/json": { "schema": told } } });
    let mut responses = Map::new();
    responses.insert("200".to_owned(), done);
    responses.extend(refused(&REFUSED.map(|(status, _)| status)));
    let mut operation = json!({
        "tags": ["Commands"],
        "operationId": format!("command-{}", name.replace('/', "-")),
        "summary": format!("The command `{name}`"),
        "requestBody": { "required": true, "content": { "application/json": { "schema": sent } } },
        "responses": responses,
    });
    if let Some(meaning) = meaning {
        operation["description"] = meaning;
    }
    if is_public {
        operation["security"] = json!([]);
    }
    operation
}
