//! Bad input of every kind, for every address of the contract, from every kind of caller: the
//! documented status and code, nothing changed, nothing of another site told, never a 5xx.

mod cases;
mod fields;

use std::collections::BTreeMap;

use deskops_domain::access::{Caller, Carrier, Role};
use deskops_tests::TestDesk;
use deskops_tests::desk::{Answer, SITE};
use deskops_tests::people::{PASSWORD, sign_in_on, stranger};
use serde_json::{Value as Json, json};

use super::{MODULES, made, sample, second_site, somebody};
use cases::{Case, Ids};

/// Stands in every record that is there, and must never come back with a refusal.
const SECRET: &str = "nobody-else-knows";
/// The suite is worth little when it shrinks.
const LEAST_CASES: usize = 3_500;

/// Who asks.
struct Asker {
    name: &'static str,
    token: Option<String>,
    /// Whether they may ask the route at all.
    role: Option<Role>,
    /// What they reach, and what they do not.
    ids: Ids,
    is_stranger: bool,
}

/// A site with records, one of them deleted, and another one with the same.
struct World {
    desk: TestDesk,
    askers: Vec<Asker>,
    watch: rusqlite::Connection,
    document: Json,
}

fn world() -> World {
    let desk = TestDesk::http();
    let other = second_site(&desk);
    let (mut own, mut foreign) = (BTreeMap::new(), BTreeMap::new());
    let mut voided = BTreeMap::new();
    for module in &MODULES {
        let make = |site: &str, date: &str| {
            let mut body = sample(module.name);
            body["siteId"] = json!(site);
            body["date"] = json!(date);
            body["notes"] = json!(SECRET);
            made(&desk, module, body)["id"].as_str().unwrap().to_owned()
        };
        own.insert(module.name, make(SITE, "2026-11-21"));
        foreign.insert(module.name, make(&other, "2026-11-21"));
        if module.name != "inventory" {
            let id = make(SITE, "2026-11-20");
            desk.rest("DELETE", &format!("/api/{}/{id}", module.name), Json::Null).with(200);
            voided.insert(module.name, id);
        }
    }
    let here = Ids {
        site: SITE.into(),
        other_site: other.clone(),
        own: own.clone(),
        foreign: foreign.clone(),
        voided,
    };
    let there = Ids {
        site: SITE.into(),
        other_site: other.clone(),
        own: own.clone(),
        foreign: own,
        voided: here.voided.clone(),
    };
    let asker = |name, caller: Option<Caller>, ids: &Ids, is_stranger| Asker {
        name,
        role: caller.as_ref().and_then(|caller| caller.role),
        token: caller.map(|caller| desk.desk.admit(caller)),
        ids: ids.clone(),
        is_stranger,
    };
    let of = |role, site: &str| Some(somebody(Some(role), &[site]));
    let mut askers = vec![
        asker("nobody", None, &here, false),
        asker("a made-up token", None, &here, false),
        asker("an expired token", None, &here, false),
        asker("another site's operator", of(Role::Operator, &other), &there, true),
        asker("operator", of(Role::Operator, SITE), &here, false),
        asker("moderator", of(Role::Moderator, SITE), &here, false),
        asker("administrator", of(Role::Admin, SITE), &here, false),
    ];
    askers[1].token = Some("cmadeup00000000000000000'--".into());
    askers[2].token = Some(expired(&desk));
    let watch = rusqlite::Connection::open(desk.database()).unwrap();
    let document = desk.rest("GET", "/api/openapi.json", Json::Null).with(200);
    World { desk, askers, watch, document }
}

/// The token of somebody who may do everything, and who had it an hour ago.
fn expired(desk: &TestDesk) -> String {
    desk.at("2026-11-22T05:00:00Z");
    let person = json!({"name": "noura", "fullName": "Noura", "password": PASSWORD});
    let rights = json!({"role": "ADMIN", "sites": null});
    desk.done("users/create", json!({"person": person, "rights": rights}));
    let program = stranger(Carrier::Bearer, "10.0.0.7");
    let token = sign_in_on(desk, &program, ("noura", PASSWORD), None).unwrap().token;
    let list = format!("/api/dispatch?siteId={SITE}");
    assert_eq!(desk.send("GET", &list, Some(&token), None, Vec::new()).status, 200);
    desk.at("2026-11-22T06:00:00Z");
    token
}

impl World {
    /// Moves whenever anybody has written anything.
    fn version(&self) -> i64 {
        self.watch.query_row("pragma data_version", [], |row| row.get(0)).unwrap()
    }

    /// Everything that is kept, in numbers.
    fn whole(&self) -> BTreeMap<String, i64> {
        let mut tables =
            self.watch.prepare("select name from sqlite_master where type = 'table'").unwrap();
        let names = tables.query_map([], |row| row.get::<_, String>(0)).unwrap();
        names
            .map(|name| {
                let name = name.unwrap();
                let count = format!("select count(*) from {name}");
                let rows = self.watch.query_row(&count, [], |row| row.get(0)).unwrap();
                (name, rows)
            })
            .collect()
    }

    fn ask(&self, asker: &Asker, case: &Case) -> Answer {
        let path = case.path_for(&asker.ids);
        let kind = case.kind;
        self.desk.send(case.method, &path, asker.token.as_deref(), kind, case.body.clone())
    }

    /// What is wrong with an answer, if anything is.
    fn judge(&self, asker: &Asker, case: &Case, answer: &Answer) -> Result<(), String> {
        let expected: Vec<u16> = match asker.role {
            None => vec![401],
            Some(role) if role < case.least => vec![403],
            Some(_) if asker.is_stranger => {
                case.expected.iter().copied().chain([403, 404]).collect()
            }
            Some(_) => case.expected.to_vec(),
        };
        let status = answer.status;
        if !expected.contains(&status) {
            return Err(format!("{status} instead of {expected:?}"));
        }
        let code = answer.json["code"].as_str().unwrap_or_default();
        if !codes(status).contains(&code) {
            return Err(format!("{status} with the code `{code}`"));
        }
        let (message, error) = (&answer.json["message"], &answer.json["error"]);
        if !message.is_string() || message != error {
            return Err("no message, or another error".into());
        }
        let documented = &self.document["paths"][case.template][case.method.to_ascii_lowercase()]["responses"]
            [status.to_string()];
        if documented.is_null() {
            return Err(format!("{status} is not documented of {}", case.template));
        }
        let is_validated = status == 400 && code == "VALIDATION_ERROR";
        if is_validated && !answer.json["details"].is_array() {
            return Err("no details".into());
        }
        if let Some(field) = case.field
            && is_validated
            && !answer.json["details"].as_array().unwrap().iter().any(|it| it["path"] == field)
        {
            return Err(format!("nothing is said of {field}"));
        }
        let words = answer.json.to_string();
        for leak in [SECRET, "Yanbu", "rusqlite", "panicked", "select ", "src/"] {
            if words.contains(leak) {
                return Err(format!("it tells `{leak}`"));
            }
        }
        Ok(())
    }
}

/// The codes of a status.
fn codes(status: u16) -> &'static [&'static str] {
    match status {
        400 => &["VALIDATION_ERROR", "BAD_REQUEST"],
        401 => &["UNAUTHORIZED"],
        403 => &["FORBIDDEN"],
        404 => &["NOT_FOUND", "SITE_NOT_FOUND"],
        409 => &["DUPLICATE_RECORD", "PERIOD_LOCKED", "SITE_INACTIVE", "RECORD_CHANGED"],
        413 => &["PAYLOAD_TOO_LARGE"],
        415 => &["UNSUPPORTED_MEDIA_TYPE"],
        422 => &["CLOSING_MISMATCH"],
        _ => &[],
    }
}

#[test]
fn bad_input_is_refused_as_documented_and_changes_and_tells_nothing() {
    let world = world();
    let (before, version) = (world.whole(), world.version());
    let (mut n_cases, mut failures) = (0_usize, Vec::new());
    let mut by_status: BTreeMap<u16, usize> = BTreeMap::new();
    for case in cases::all() {
        for asker in &world.askers {
            let answer = world.ask(asker, &case);
            n_cases += 1;
            *by_status.entry(answer.status).or_default() += 1;
            let mut found = world.judge(asker, &case, &answer);
            if world.version() != version {
                found = Err("something was written".into());
            }
            if let Err(why) = found {
                let told: String = answer.json.to_string().chars().take(300).collect();
                failures.push(format!("{} as {}: {why}: {told}", case.label, asker.name));
            }
        }
    }
    println!("{n_cases} bad inputs, by status {by_status:?}");
    let n_failures = failures.len();
    failures.truncate(25);
    assert!(failures.is_empty(), "{n_failures} of {n_cases}:\n{}", failures.join("\n"));
    assert_eq!(world.whole(), before, "nothing was changed");
    assert!(n_cases >= LEAST_CASES, "only {n_cases} cases");
    made(&world.desk, &MODULES[1], sample("dispatch"));
    assert_ne!(world.version(), version, "a write would have been seen");
    for status in [400, 401, 403, 404, 413, 415, 422] {
        assert!(by_status.contains_key(&status), "no case came to {status}");
    }
}

#[test]
fn odd_texts_that_are_no_mistake_are_kept_as_they_are() {
    let desk = TestDesk::http();
    for text in [
        "'; drop table production; --",
        "<script>alert(1)</script>",
        "=1+1",
        "%s %n {0} ${x}",
        "طن \u{202e}abc 😀",
        "null",
        "x\ny",
    ] {
        let mut body = sample("dispatch");
        body["owner"] = json!(text);
        body["notes"] = json!(text);
        let record = made(&desk, &MODULES[1], body);
        let path = format!("/api/dispatch/{}", record["id"].as_str().unwrap());
        let shown = desk.rest("GET", &path, Json::Null).with(200);
        assert_eq!(shown["dispatch"]["owner"], text);
        assert_eq!(shown["dispatch"]["notes"], text);
    }
}
