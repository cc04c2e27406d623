//! The document of the interface says what the server does, and the server what the document says.

use std::collections::BTreeSet;

use deskops_domain::field::Kind;
use deskops_domain::modules::{ModuleVisitor, each_module};
use deskops_domain::record::Record;
use deskops_tests::TestDesk;
use serde_json::Value as Json;

use super::{MODULES, sample};

const KEPT: &str = include_str!("../../../docs/openapi.json");

fn document() -> Json {
    TestDesk::http().rest("GET", "/api/openapi.json", Json::Null).with(200)
}

fn operations(document: &Json) -> Vec<(String, String, &Json)> {
    let paths = document["paths"].as_object().unwrap().iter();
    paths
        .flat_map(|(path, item)| {
            let methods = item.as_object().unwrap().iter();
            methods.map(move |(method, of)| (method.to_uppercase(), path.clone(), of))
        })
        .collect()
}

#[test]
fn the_kept_document_is_the_one_that_is_served() {
    let kept: Json = serde_json::from_str(KEPT).unwrap();
    assert_eq!(kept, document(), "type `cargo xtask schema` and commit docs/openapi.json");
}

#[test]
fn every_documented_address_is_there_and_takes_no_other_method() {
    let desk = TestDesk::http();
    let document = document();
    let operations = operations(&document);
    let mut ids = BTreeSet::new();
    for (method, path, operation) in &operations {
        assert!(ids.insert(operation["operationId"].as_str().unwrap()), "{method} {path}");
        let asked = path.replace("{id}", "x").replace("{file}", "x");
        // Without a session each says so, unless it is for everybody.
        let status = desk.send(method, &asked, None, None, Vec::new()).status;
        let is_command = operation["tags"][0] == "Commands";
        let documented = operation["responses"].as_object().unwrap();
        let is_right = match (operation["security"].is_array(), is_command) {
            (true, _) => documented.contains_key(&status.to_string()),
            // A command says first that it is sent as JSON.
            (_, true) => status == 400,
            _ => status == 401,
        };
        assert!(is_right, "{method} {path}: {status}");
    }
    // What an address allows is what is documented of it, besides the commands beside records.
    let is_contract = |operation: &Json| operation["tags"][0] != "Commands";
    let contract = operations.iter().filter(|(.., operation)| is_contract(operation));
    let paths: BTreeSet<&String> = contract.map(|(_, path, _)| path).collect();
    for path in paths {
        let asked = path.replace("{id}", "x").replace("{file}", "x");
        let told = desk.send("OPTIONS", &asked, None, None, Vec::new());
        if told.status != 204 {
            continue;
        }
        let allowed: BTreeSet<&str> = told
            .header("allow")
            .split(", ")
            .filter(|it| !["HEAD", "OPTIONS"].contains(it))
            .collect();
        let documented: BTreeSet<&str> = operations
            .iter()
            .filter(|(_, other, _)| other == path)
            .map(|(method, ..)| method.as_str())
            .collect();
        let beside: BTreeSet<&str> = allowed.difference(&documented).copied().collect();
        assert!(
            beside.is_empty() || (beside == BTreeSet::from(["POST"]) && path != "/api/sites"),
            "{path}: {beside:?}"
        );
        assert!(documented.is_subset(&allowed), "{path}: {documented:?}");
    }
}

#[test]
fn every_address_that_is_not_of_the_list_is_documented_too() {
    let document = document();
    let server = include_str!("../../../crates/deskops-server/src/lib.rs");
    let mut n_found = 0;
    for part in server.split(".route(\"").skip(1) {
        let path = format!("/api{}", part.split('"').next().unwrap());
        // Every command of it is documented by its name.
        if path != "/api/{module}/{command}" {
            assert!(document["paths"][&path].is_object(), "{path} is not documented");
            n_found += 1;
        }
    }
    assert!(n_found >= 4, "{n_found}");
    for name in deskops_core::Router::all().names() {
        assert!(document["paths"][format!("/api/{name}")]["post"].is_object(), "{name}");
    }
}

#[test]
fn every_reference_leads_somewhere() {
    let document = document();
    let text = document.to_string();
    let mut n_references = 0;
    for part in text.split("\"$ref\":\"#").skip(1) {
        let pointer = part.split('"').next().unwrap();
        assert!(document.pointer(pointer).is_some(), "{pointer}");
        n_references += 1;
    }
    assert!(n_references > 100, "{n_references}");
}

/// Whether a body has the keys and kinds of its schema.
fn check(document: &Json, schema: &Json, body: &Json, at: &str) {
    let schema = match schema["$ref"].as_str() {
        Some(reference) => document.pointer(&reference[1..]).unwrap(),
        None => schema,
    };
    let kinds: Vec<&str> = match &schema["type"] {
        Json::String(kind) => vec![kind],
        Json::Array(kinds) => kinds.iter().filter_map(Json::as_str).collect(),
        _ => return,
    };
    let is = match body {
        Json::Null => kinds.contains(&"null"),
        Json::Bool(_) => kinds.contains(&"boolean"),
        Json::Number(number) => {
            kinds.contains(&"number") || kinds.contains(&"integer") && !number.is_f64()
        }
        Json::String(_) => kinds.contains(&"string"),
        Json::Array(_) => kinds.contains(&"array"),
        Json::Object(_) => kinds.contains(&"object"),
    };
    assert!(is, "{at}: {body} is not {kinds:?}");
    for name in schema["required"].as_array().into_iter().flatten() {
        assert!(body.get(name.as_str().unwrap()).is_some(), "{at} lacks {name}");
    }
    for (name, value) in body.as_object().into_iter().flatten() {
        let of = &schema["properties"][name];
        assert!(schema["additionalProperties"] != false || !of.is_null(), "{at} has {name}");
        check(document, of, value, &format!("{at}.{name}"));
    }
    for item in body.as_array().into_iter().flatten() {
        check(document, &schema["items"], item, at);
    }
}

#[test]
fn g_06_answers_are_what_the_document_says() {
    let desk = TestDesk::http();
    let document = document();
    let schema = |path: &str, method: &str, status: &str| {
        let answer = &document["paths"][path][method]["responses"][status];
        answer["content"]["application/json"]["schema"].clone()
    };
    let holds = |path: &str, method: &str, status: u16, asked: &str, body: Json| {
        let answer = desk.rest(&method.to_uppercase(), asked, body).with(status);
        check(&document, &schema(path, method, &status.to_string()), &answer, path);
        answer
    };
    for module in &MODULES {
        let many = format!("/api/{}", module.name);
        let one = format!("{many}/{{id}}");
        let sent = &document["paths"][&many]["post"]["requestBody"]["content"]["application/json"];
        check(&document, &sent["schema"], &sample(module.name), &many);
        let mut example = sent["example"].clone();
        let body = holds(&many, "post", 201, &many, sample(module.name));
        example["materialId"] = serde_json::json!("MAT003");
        let id =
            module.one.map_or(&body["id"], |key| &body[key]["id"]).as_str().unwrap().to_owned();
        holds(&many, "get", 200, &super::list(module.name, "&page=1"), Json::Null);
        let asked = format!("{many}/{id}");
        holds(&one, "get", 200, &asked, Json::Null);
        holds(&one, "put", 200, &asked, sample(module.name));
        holds(&one, "patch", 200, &asked, serde_json::json!({}));
        if module.embeds[0].0 == "material" {
            holds(&many, "post", 201, &many, example);
        }
    }
    holds("/api/sites", "get", 200, "/api/sites", Json::Null);
    let site = document["paths"]["/api/sites"]["post"]["requestBody"]["content"]["application/json"]["example"].clone();
    holds("/api/sites", "post", 201, "/api/sites", site);
    holds("/api/auth/session", "get", 200, "/api/auth/session", Json::Null);
    let figures = format!("/api/dashboard/metrics?siteId={}", deskops_tests::desk::SITE);
    holds("/api/dashboard/metrics", "get", 200, &figures, Json::Null);
    let told = desk.rest("POST", "/api/production", serde_json::json!({})).with(400);
    check(&document, &document["components"]["schemas"]["Error"], &told, "error");
}

#[test]
fn the_document_is_read_without_a_network_and_without_scripts() {
    let answer = TestDesk::http().rest("GET", "/api/docs", Json::Null);
    assert!(answer.header("content-type").starts_with("text/html"));
    let page = answer.with(200);
    let page = page.as_str().unwrap();
    assert!(!page.contains("<script") && !page.contains("http://") && !page.contains("https://"));
    for said in ["/api/production/{id}", "ProductionInput", "/api/dashboard/metrics", "128.45"] {
        assert!(page.contains(said), "{said}");
    }
}

/// Every schema that says nothing of what it describes, by where it stands.
fn untyped(schema: &Json, at: &str, found: &mut Vec<String>) {
    let says = ["type", "$ref", "oneOf", "anyOf", "allOf", "enum", "const"];
    if schema.as_object().is_none_or(|schema| says.iter().all(|word| !schema.contains_key(*word))) {
        found.push(at.to_owned());
    }
    for (name, of) in schema["properties"].as_object().into_iter().flatten() {
        untyped(of, &format!("{at}.{name}"), found);
    }
    let lists = ["prefixItems", "oneOf", "anyOf", "allOf"].map(|word| schema[word].as_array());
    for (n, of) in lists.into_iter().flatten().flatten().enumerate() {
        untyped(of, &format!("{at}/{n}"), found);
    }
    for word in ["items", "additionalProperties"] {
        if schema[word].is_object() {
            untyped(&schema[word], &format!("{at}.{word}"), found);
        }
    }
}

#[test]
fn g_03_nothing_in_the_interface_is_of_just_any_kind() {
    let document = document();
    let mut found = Vec::new();
    let schemas = document["components"]["schemas"].as_object().unwrap();
    for (name, schema) in schemas {
        untyped(schema, name, &mut found);
    }
    for (method, path, operation) in operations(&document) {
        let answers = operation["responses"].as_object().unwrap();
        let bodies = answers.values().chain([&operation["requestBody"]]);
        for body in bodies {
            let json = &body["content"]["application/json"];
            if json.is_object() {
                untyped(&json["schema"], &format!("{method} {path}"), &mut found);
            }
        }
    }
    assert!(schemas.len() > 150, "{}", schemas.len());
    assert_eq!(found, Vec::<String>::new());
}

#[test]
fn g_04_what_is_chosen_from_is_the_one_list_of_its_definition() {
    struct Lists<'a>(&'a Json, usize);
    impl ModuleVisitor for Lists<'_> {
        fn visit<R: Record>(&mut self) {
            for shape in R::shapes() {
                let Kind::Choice(choices, _) = shape.kind else { continue };
                let title = R::TITLE.split(' ').next().unwrap();
                let of = &self.0["components"]["schemas"][title]["properties"][shape.name]["enum"];
                let mut told: Vec<_> = of.as_array().unwrap_or(&Vec::new()).clone();
                told.retain(|code| !code.is_null());
                let codes: Vec<_> = choices.iter().map(|choice| Json::from(choice.code)).collect();
                assert_eq!(told, codes, "{title}.{}", shape.name);
                self.1 += 1;
            }
        }
    }
    let document = document();
    let mut lists = Lists(&document, 0);
    each_module(&mut lists);
    assert!(lists.1 >= 8, "{}", lists.1);
}
