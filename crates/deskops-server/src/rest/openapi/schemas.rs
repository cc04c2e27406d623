//! What bodies look like: the schemas of records from their field tables, and the few others.

use deskops_domain::catalogue::List;
use deskops_domain::field::{Kind, Rule, Shape, number};
use deskops_domain::lists::SiteCard;
use deskops_domain::quantity::MOST_KG;
use deskops_domain::record::Record as _;
use serde_json::{Map, Value as Json, json};

use crate::rest::resource::Resource;
use crate::rest::site::LISTED;

/// The name of a module's schemas: `Production`, `NilReturn`.
pub(super) fn name(resource: &Resource) -> String {
    resource.title.split(' ').collect()
}

/// Every schema by its name.
pub(super) fn all(resources: &[Resource]) -> Json {
    let mut schemas = Map::new();
    for resource in resources {
        let name = name(resource);
        let typed = resource.shapes.iter().filter(|shape| !shape.is_computed()).copied();
        let typed: Vec<&Shape> = typed.collect();
        schemas.insert(format!("{name}Patch"), input(&typed, &[]));
        let sent = if resource.is_computed { snapshot(resource) } else { Vec::new() };
        let mut create = input(&typed, &["siteId", "date"]);
        if !sent.is_empty() {
            create["required"] = json!(["siteId", "materialId"]);
        }
        for (field, schema) in sent {
            create["properties"][field] = schema;
        }
        schemas.insert(format!("{name}Input"), create);
        if resource.is_computed {
            schemas.insert(format!("{name}Whole"), input(&typed, &["siteId", "date"]));
        }
        schemas.insert(name, record(resource));
    }
    let card: Vec<&Shape> = SiteCard::shapes().collect();
    let mut site_input = input(&card, &[]);
    site_input["required"] = json!(["code", "name"]);
    site_input["properties"]["code"]["minLength"] = json!(3);
    schemas.insert("SiteInput".into(), site_input);
    schemas.insert("Site".into(), site(&card));
    let listed: Map<String, Json> = LISTED
        .iter()
        .map(|name| ((*name).to_owned(), site(&card)["properties"][*name].clone()))
        .collect();
    schemas.insert(
        "ListedSite".into(),
        json!({ "type": "object", "required": LISTED, "properties": listed, "additionalProperties": false }),
    );
    schemas.extend(others());
    Json::Object(schemas)
}

/// What of a stock record may be sent beside what is typed: it is held against the records.
fn snapshot(resource: &Resource) -> Vec<(&'static str, Json)> {
    let figure = |name: &'static str| {
        let shape = resource.shapes.iter().find(|shape| shape.name == name);
        let help = shape.map_or("", |shape| shape.help.trim());
        let most = number(MOST_KG, 3);
        let least = number(-MOST_KG, 3);
        let description = format!("{help} It must come out of the records; better left out.");
        (
            name,
            json!({ "type": ["number", "null"], "minimum": least, "maximum": most, "description": description }),
        )
    };
    let mut figures: Vec<_> =
        ["openingTon", "producedTon", "receivedTon", "dispatchedTon", "closingTon"]
            .map(figure)
            .into();
    figures.push(("adjustmentTon", json!({ "type": ["number", "null"], "minimum": number(-MOST_KG, 3), "maximum": number(MOST_KG, 3), "description": "The same as `typedTon`; it needs a `reason`." })));
    figures.push(("isCalculated", json!({ "type": ["boolean", "null"], "description": "When it is said to be `false`, `closingTon` is a count of the heap." })));
    figures
}

/// A field as it is sent or answered.
fn field(shape: &Shape, is_answer: bool) -> Json {
    let is_empty_allowed = shape.is_optional || (!is_answer && shape.default().is_some());
    let (kind, mut schema) = match shape.kind {
        Kind::Tons | Kind::Hours | Kind::Percent => ("number", json!({})),
        Kind::Count => ("integer", json!({})),
        Kind::Flag => ("boolean", json!({})),
        Kind::Text => ("string", json!({})),
        Kind::Day => ("string", json!({ "format": "date" })),
        Kind::Choice(choices, _) => {
            let mut codes: Vec<Json> = choices.iter().map(|choice| json!(choice.code)).collect();
            if is_empty_allowed {
                codes.push(Json::Null);
            }
            ("string", json!({ "enum": codes }))
        }
        Kind::Code(_) => ("string", json!({ "minLength": 1 })),
    };
    schema["type"] = if is_empty_allowed { json!([kind, "null"]) } else { json!(kind) };
    let decimals = shape.kind.decimals().unwrap_or(0);
    // What is computed, or was taken from elsewhere, may lie outside of what people may type.
    for rule in shape.rules {
        match rule {
            Rule::Above(least) => schema["exclusiveMinimum"] = number(*least, decimals),
            Rule::AtLeast(least) => schema["minimum"] = number(*least, decimals),
            Rule::AtMost(most) => schema["maximum"] = number(*most, decimals),
            Rule::Longest(most) => schema["maxLength"] = json!(most),
            Rule::Default(_) if !is_answer => schema["default"] = example(shape, true),
            _ => {}
        }
    }
    let mut description = shape.help.trim().to_owned();
    if decimals > 0 {
        description.push_str(&format!(" {decimals} decimals."));
    }
    if shape.is_key() {
        description.push_str(" With site and date it makes the record unique, and never changes.");
    }
    schema["description"] = json!(description);
    schema
}

/// A value that a field may have.
pub(super) fn example(shape: &Shape, default: bool) -> Json {
    if default && let Some(value) = shape.default() {
        return match shape.kind {
            Kind::Flag => json!(value == "true"),
            Kind::Tons | Kind::Hours | Kind::Percent | Kind::Count => {
                value.parse::<i64>().map_or(Json::Null, |value| json!(value))
            }
            _ => json!(value),
        };
    }
    match shape.kind {
        Kind::Tons => json!(128.45),
        Kind::Hours => json!(7.5),
        Kind::Percent => json!(25),
        Kind::Count => json!(2),
        Kind::Flag => json!(false),
        Kind::Text => json!("as weighed"),
        Kind::Day => json!("2026-11-22"),
        Kind::Choice(choices, _) => choices.first().map_or(Json::Null, |choice| json!(choice.code)),
        Kind::Code(List::Materials) => json!("MAT002"),
        Kind::Code(List::Equipment) => json!("EQ001"),
        Kind::Code(List::CrewRoles) => json!("ROLE_LABORER"),
    }
}

fn place() -> [(&'static str, Json); 2] {
    [
        (
            "siteId",
            json!({ "type": "string", "minLength": 1, "maxLength": 64, "description": "The site." }),
        ),
        (
            "date",
            json!({ "type": "string", "description": "The site's day: `2026-11-22`, or an ISO date-time with its offset." }),
        ),
    ]
}

fn input(shapes: &[&Shape], place_required: &[&str]) -> Json {
    let mut properties: Map<String, Json> = Map::new();
    if !place_required.is_empty() {
        properties.extend(place().map(|(name, schema)| (name.to_owned(), schema)));
    }
    properties.extend(shapes.iter().map(|shape| (shape.name.to_owned(), field(shape, false))));
    let needed = shapes.iter().filter(|shape| !shape.is_optional && shape.default().is_none());
    let required: Vec<&str> =
        place_required.iter().copied().chain(needed.map(|shape| shape.name)).collect();
    let mut schema =
        json!({ "type": "object", "properties": properties, "additionalProperties": false });
    if !place_required.is_empty() {
        schema["required"] = json!(required);
    }
    schema
}

fn stamp() -> Vec<(String, Json)> {
    let at = |what: &str| json!({ "type": "string", "format": "date-time", "description": what });
    let by = |what: &str| json!({ "type": "string", "description": what });
    [
        ("id", json!({ "type": "string", "description": "Its id." })),
        ("createdAt", at("First saved.")),
        ("createdBy", by("By whom.")),
        ("updatedAt", at("Last changed.")),
        ("updatedBy", by("By whom.")),
        ("rev", json!({ "type": "integer", "minimum": 0, "description": "Its version." })),
    ]
    .map(|(name, schema)| (name.to_owned(), schema))
    .into()
}

fn answered(properties: Map<String, Json>) -> Json {
    let required: Vec<&String> = properties.keys().collect();
    json!({ "type": "object", "required": required, "properties": properties, "additionalProperties": false })
}

fn record(resource: &Resource) -> Json {
    let mut properties: Map<String, Json> = stamp().into_iter().collect();
    properties.insert("siteId".into(), json!({ "type": "string", "description": "Its site." }));
    let date = json!({ "type": "string", "format": "date", "description": "Its business day." });
    properties.insert("date".into(), date);
    properties
        .extend(resource.shapes.iter().map(|shape| (shape.name.to_owned(), field(shape, true))));
    for (_, key, list) in resource.embeds() {
        let schema = match list {
            List::Materials => "MaterialName",
            List::Equipment => "EquipmentName",
            List::CrewRoles => "Name",
        };
        properties.insert(key.to_owned(), reference(schema));
    }
    properties.insert("site".into(), reference("Name"));
    answered(properties)
}

fn site(card: &[&Shape]) -> Json {
    let mut properties: Map<String, Json> = stamp().into_iter().collect();
    properties.extend(card.iter().map(|shape| (shape.name.to_owned(), field(shape, true))));
    answered(properties)
}

/// A schema that is named.
pub(super) fn reference(name: &str) -> Json {
    json!({ "$ref": format!("#/components/schemas/{name}") })
}

fn names(fields: &[&str]) -> Json {
    let properties: Map<String, Json> =
        fields.iter().map(|name| ((*name).to_owned(), json!({ "type": "string" }))).collect();
    answered(properties)
}

fn others() -> Map<String, Json> {
    let change = json!({
        "type": "object",
        "required": ["current", "previous", "percentageChange"],
        "properties": {
            "current": { "type": "number" },
            "previous": { "type": "number", "description": "Of the days just before, as many." },
            "percentageChange": { "type": "number", "description": "100 where there was nothing before and is something now." },
            "utilizationPct": { "type": ["number", "null"], "description": "Of machines: hours run in a hundred planned ones." },
        },
    });
    let figures = [
        "totalProduction",
        "totalDispatched",
        "totalReceived",
        "equipmentUtilization",
        "currentInventoryStatus",
    ];
    let figures: Map<String, Json> =
        figures.iter().map(|name| ((*name).to_owned(), reference("Change"))).collect();
    let problem = json!({
        "type": "object",
        "required": ["path", "code", "message"],
        "properties": {
            "path": { "type": "string", "description": "The field." },
            "code": { "type": "string", "description": "Stable, such as `E-MAT-ID`." },
            "message": { "type": "string" },
            "value": { "type": "string", "description": "What was sent, cut short." },
            "min": { "type": "string", "description": "The least value or length." },
            "max": { "type": "string", "description": "The greatest value or length." },
        },
    });
    let taken = json!({
        "type": "object",
        "required": ["id", "target"],
        "properties": {
            "id": { "type": "string", "description": "The record in the way." },
            "target": { "type": "array", "items": { "type": "string" } },
        },
    });
    let error = json!({
        "type": "object",
        "required": ["message", "error", "code"],
        "properties": {
            "message": { "type": "string" },
            "error": { "type": "string", "description": "The same as `message`." },
            "code": { "type": "string" },
            "hint": { "type": "string", "description": "What happened in particular, and what to do about it." },
            "success": { "const": false, "description": "In answers to changes." },
            "retryAfter": { "type": "integer", "minimum": 1, "description": "Seconds after which it may be tried again." },
            "details": { "anyOf": [{ "type": "array", "items": reference("Problem") }, reference("Taken")] },
        },
    });
    let session = json!({
        "userId": { "type": "string" },
        "isAuthenticated": { "const": true },
        "timestamp": { "type": "string", "format": "date-time" },
    });
    let pagination: Map<String, Json> = ["page", "pageSize", "total", "totalPages"]
        .map(|name| (name.to_owned(), json!({ "type": "integer", "minimum": 0 })))
        .into_iter()
        .collect();
    [
        ("Change", change),
        ("Figures", answered(figures)),
        ("Problem", problem),
        ("Taken", taken),
        ("Error", error),
        ("Session", answered(session.as_object().cloned().unwrap_or_default())),
        ("Pagination", answered(pagination)),
        ("MaterialName", names(&["code", "name", "category", "uom"])),
        ("EquipmentName", names(&["code", "name", "type"])),
        ("Name", names(&["code", "name"])),
    ]
    .into_iter()
    .map(|(name, schema)| (name.to_owned(), schema))
    .collect()
}
