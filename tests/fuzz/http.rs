//! Everything that is read of a request: bodies of commands and of the contract, queries, headers.

use deskops_tests::TestDesk;
use deskops_tests::desk::{Answer, SITE};
use deskops_tests::issuer::{Issuer, Key};
use serde_json::{Value as Json, json};

use super::break_it::{Dice, WORDS, broken};
use super::made;
use super::run::target;

/// A desk that answers, and the document of what it answers.
struct Served {
    desk: TestDesk,
    token: String,
    document: Json,
    /// Address and method of what is tried.
    operations: Vec<(String, String)>,
}

impl Served {
    fn with(desk: TestDesk, is_tried: impl Fn(&str, &str, &Json) -> bool) -> Self {
        let token = desk.desk.admit(desk.caller.clone());
        let document = desk.rest("GET", "/api/openapi.json", Json::Null).with(200);
        let mut operations = Vec::new();
        for (path, methods) in document["paths"].as_object().unwrap() {
            for (method, operation) in methods.as_object().unwrap() {
                if is_tried(path, method, operation) {
                    operations.push((path.clone(), method.clone()));
                }
            }
        }
        assert!(operations.len() > 5);
        Self { desk, token, document, operations }
    }

    /// Whether an answer is one that the document names of an operation.
    fn check(&self, (path, method): &(String, String), answer: &Answer) {
        let documented = &self.document["paths"][path][method]["responses"];
        let status = answer.status;
        assert!(status < 500, "{method} {path}: {answer:?}");
        assert!(documented[status.to_string()].is_object(), "{method} {path}: {answer:?}");
        if status >= 400 {
            let code = answer.json["code"].as_str().unwrap_or_default();
            assert!(!code.is_empty() && answer.json["message"].is_string(), "{answer:?}");
        }
    }

    /// Input: a line `method address`, then the body.
    fn attempt(&self, input: &[u8]) {
        let cut = input.iter().position(|byte| *byte == b'\n').unwrap_or(input.len());
        let (line, body) = input.split_at(cut);
        let line = String::from_utf8_lossy(line);
        let found = self.operations.iter().find(|(path, method)| {
            line.split_once(' ').is_some_and(|it| it == (method.as_str(), path.as_str()))
        });
        // A line that is broken names nothing: the body is tried at some address all the same.
        let operation = found.unwrap_or(&self.operations[line.len() % self.operations.len()]);
        let body = body.strip_prefix(b"\n").unwrap_or(body).to_vec();
        let (path, method) = (operation.0.replace("{id}", &self.some_id()), &operation.1);
        let (token, kind) = (Some(self.token.as_str()), Some("application/json"));
        let answer = self.desk.send(&method.to_uppercase(), &path, token, kind, body);
        self.check(operation, &answer);
        if answer.status == 201 && operation.0 != "/api/sites" {
            self.comes_back(&operation.0, &answer);
        }
    }

    /// What was made is what is read, and what is read may be sent again.
    fn comes_back(&self, path: &str, made: &Answer) {
        let read = self.desk.rest("GET", made.header("location"), Json::Null).with(200);
        assert_eq!(read, made.json, "{path}");
    }

    /// A record that is there, where any is.
    fn some_id(&self) -> String {
        let list = format!("/api/dispatch?siteId={SITE}&limit=1");
        let answer = self.desk.send("GET", &list, Some(&self.token), None, Vec::new());
        answer.json["dispatches"][0]["id"].as_str().unwrap_or("x").to_owned()
    }

    fn made(&self, dice: &mut Dice) -> Vec<u8> {
        let (path, method) = &self.operations[dice.below(self.operations.len())];
        let content = &self.document["paths"][path][method]["requestBody"]["content"];
        let body = made::of(dice, &self.document, &content["application/json"]["schema"], 0);
        format!("{method} {path}\n{body}").into_bytes()
    }
}

#[test]
fn bodies_of_commands() {
    let served =
        Served::with(TestDesk::http(), |_, _, operation| operation["tags"][0] == "Commands");
    target("commands", |dice| served.made(dice), |input| served.attempt(input));
}

#[test]
fn bodies_of_the_contract() {
    let served = Served::with(TestDesk::http(), |_, _, operation| {
        operation["tags"][0] != "Commands" && operation["requestBody"].is_object()
    });
    target("contract", |dice| served.made(dice), |input| served.attempt(input));
}

#[test]
fn queries_pages_and_cursors() {
    let served = Served::with(TestDesk::http(), |path, method, operation| {
        method == "get" && !path.contains('{') && operation["parameters"].is_array()
    });
    for n in 0..5 {
        let fields = json!({"materialId": "MAT002", "qtyTon": 7, "notes": format!("load {n}")});
        served.desk.enter("dispatch", "2026-11-20", fields);
    }
    let first = format!("/api/dispatch?siteId={SITE}&limit=2");
    let cursor = served.desk.rest("GET", &first, Json::Null).with(200)["nextCursor"].clone();
    let cursor = cursor.as_str().unwrap().to_owned();
    let new = |dice: &mut Dice| {
        let mut parts = vec![format!("siteId={SITE}")];
        for _ in 0..dice.below(4) {
            let name = dice.one(&[
                "dateFrom", "dateTo", "page", "pageSize", "limit", "cursor", "siteId", "reason",
                "x",
            ]);
            let value = match dice.below(4) {
                0 => dice.one(WORDS).to_owned(),
                1 => cursor.clone(),
                2 => "2026-11-20".to_owned(),
                _ => dice.below(200).to_string(),
            };
            parts.push(format!("{name}={value}"));
        }
        parts.join("&").into_bytes()
    };
    let mut n = 0;
    target("queries", new, |input| {
        n += 1;
        let operation = &served.operations[n % served.operations.len()];
        let query: String = input
            .iter()
            .map(|byte| match byte {
                b'!' | b'$'..=b';' | b'=' | b'?'..=b'[' | b']' | b'_' | b'a'..=b'z' | b'~' => {
                    char::from(*byte).to_string()
                }
                other => format!("%{other:02X}"),
            })
            .collect();
        let path = format!("{}?{query}", operation.0);
        if path.parse::<axum::http::Uri>().is_err() {
            return;
        }
        let answer = served.desk.send("GET", &path, Some(&served.token), None, Vec::new());
        served.check(operation, &answer);
        // A cursor that is taken leads on, and its next one is taken, too.
        if let (200, Some(next)) = (answer.status, answer.json["nextCursor"].as_str()) {
            let next = format!("{}?siteId={SITE}&cursor={}", operation.0, next.replace('+', "%2B"));
            served.desk.rest("GET", &next, Json::Null).with(200);
        }
    });
}

#[test]
fn headers_and_tokens() {
    let key = Key::new("first", "ES256");
    let issuer = Issuer::start(&[&key]);
    let said = [("oidc-issuer", issuer.url.as_str()), ("oidc-audience", "deskops")];
    let served = Served::with(TestDesk::http_with(&said), |_, _, operation| {
        operation["operationId"] != "openapi"
    });
    let claims = json!({"iss": issuer.url, "aud": "deskops", "sub": "u", "role": "ADMIN", "sites": "*", "exp": 1_795_327_500});
    let good = key.token(&claims);
    let new = |dice: &mut Dice| {
        let token = match dice.below(4) {
            0 => served.token.clone(),
            1 => good.clone(),
            // Signed, with claims that are broken.
            2 => {
                let text = broken(dice, claims.to_string().into_bytes());
                let claims = serde_json::from_slice(&text).unwrap_or(Json::Null);
                key.token(&claims)
            }
            _ => {
                let head =
                    broken(dice, json!({"alg": "ES256", "kid": "first"}).to_string().into_bytes());
                key.token_with(&serde_json::from_slice(&head).unwrap_or(Json::Null), &claims)
            }
        };
        let name = dice.one(&["authorization", "cookie", "content-type", "origin", "host"]);
        format!("authorization: Bearer {token}\n{name}: {}", dice.one(WORDS)).into_bytes()
    };
    target("headers", new, |input| {
        let lines = input.split(|byte| *byte == b'\n').filter_map(|line| {
            let cut = line.iter().position(|byte| *byte == b':')?;
            Some((&line[..cut], line[cut + 1..].trim_ascii()))
        });
        let lines: Vec<_> = lines.collect();
        let Some(answer) = served.desk.send_with("GET", "/api/auth/session", &lines) else {
            return;
        };
        assert!(matches!(answer.status, 200 | 400 | 401 | 403), "{answer:?}");
        if answer.status == 200 {
            let user = answer.json["userId"].as_str().unwrap();
            assert!(user == "this-computer" || user.starts_with("oidc:"), "{user}");
        }
    });
}
