//! Every command, asked by everybody, of their own site and of another: who may is written down here
//! once more, by hand, so that an access level that slips is seen.

use std::collections::BTreeMap;

use deskops_core::Router;
use deskops_domain::access::{Caller, Carrier, Role};
use deskops_domain::api::Code;
use deskops_domain::habit::GLOBAL;
use deskops_tests::TestDesk;
use deskops_tests::desk::{SITE, TODAY, log};
use deskops_tests::people::{PASSWORD, device, sign_in_on, stranger};
use serde_json::{Value as Json, json};

crate::facts! {
    d_21_every_command_answers_every_caller_as_its_role_and_its_site_say,
}

/// What is entered of a day.
const DAILY: [&str; 9] = [
    "production",
    "dispatch",
    "received",
    "equipment",
    "manpower",
    "inventory",
    "run",
    "split",
    "nil_return",
];
/// What belongs to no site.
const CATALOGUES: [&str; 4] = ["materials", "equipment_types", "crew_roles", "sites"];
/// What may be asked before anybody has signed in.
const PUBLIC: [&str; 5] =
    ["session/hello", "session/refresh", "session/set-up", "session/sign-in", "session/sign-out"];
/// What is nothing of a site.
const PEOPLE: [&str; 5] = ["connection", "devices", "security", "session", "users"];
/// Refusals that speak of rights, or hide what is out of reach.
const OF_ACCESS: [Code; 3] = [Code::Unauthorized, Code::Forbidden, Code::NotFound];

/// The least role of a command that is not public, as the product says it: operators enter and
/// correct days and read, supervisors lock, administrators keep catalogues, settings and users.
fn least(module: &str, verb: &str) -> Role {
    match (module, verb) {
        ("users" | "security", _) | ("devices", "suspend" | "resume") => Role::Admin,
        ("connection", "look" | "choose" | "forget") => Role::Admin,
        ("periods", "lock" | "unlock") => Role::Moderator,
        (
            "devices" | "session" | "periods" | "rates" | "guard" | "dashboard" | "balance"
            | "period",
            _,
        ) => Role::Operator,
        (module, _) if DAILY.contains(&module) => Role::Operator,
        (_, "list" | "get" | "sums" | "history") => Role::Operator,
        _ => Role::Admin,
    }
}

/// A record of each kind, as it may be entered at any site.
fn draft(module: &str, site: &str, date: &str) -> Json {
    let fields = match module {
        "production" => json!({"materialId": "MAT002", "qtyTon": "10"}),
        "dispatch" => json!({"materialId": "MAT002", "qtyTon": "30", "trips": 1}),
        "received" => json!({"materialId": "MAT015", "qtyTon": "24"}),
        "equipment" => json!({"equipmentId": "EQ001", "hours": "7.5", "count": 2}),
        "manpower" => json!({"roleId": "ROLE_LABORER", "headcount": 8, "hours": "8"}),
        "inventory" => json!({"materialId": "MAT002", "countedTon": "12.5"}),
        "run" => json!({"equipmentId": "EQ001", "feedId": "MAT016", "feedTon": "9"}),
        "split" => json!({"materialId": "MAT003", "componentId": "MAT002", "qtyTon": "1"}),
        "nil_return" => json!({"module": "received"}),
        "target" => json!({"materialId": "MAT002", "qtyTon": "100"}),
        "threshold" => json!({"materialId": "MAT002", "minTon": "1", "maxTon": "9"}),
        "load_factor" => json!({"materialId": "MAT002", "tonsPerLoad": "30"}),
        "recipe" => json!({"materialId": "MAT003", "componentId": "MAT002"}),
        "rate" => json!({"equipmentId": "EQ001", "tonsPerHour": "250"}),
        "rate_split" => {
            json!({"equipmentId": "EQ001", "materialId": "MAT002", "tonsPerHour": "70"})
        }
        "machine_plan" => json!({"equipmentId": "EQ001", "hours": "8"}),
        "crew_plan" => json!({"roleId": "ROLE_LABORER", "headcount": 8}),
        "calendar_day" => json!({"name": "Foundation Day"}),
        "materials" => {
            json!({"code": format!("NEW-{date}"), "name": "New", "category": "AGGREGATES"})
        }
        "equipment_types" => {
            json!({"code": format!("NEW-{date}"), "name": "New", "category": "CRUSHING_SCREENING"})
        }
        "crew_roles" => json!({"code": format!("NEW-{date}"), "name": "New"}),
        "sites" => json!({"code": format!("NEW-{date}"), "name": "New"}),
        other => panic!("say how a record of `{other}` is entered"),
    };
    let mut draft = fields;
    draft["siteId"] = json!(if CATALOGUES.contains(&module) { GLOBAL } else { site });
    draft["date"] = json!(date);
    draft
}

/// A record of each kind at a site, entered by the very user who will ask.
fn record(desk: &TestDesk, module: &str, site: &str) -> Json {
    let run = |name: &str, input: Json| desk.raw_as(&user(Some(Role::Admin), site), name, input);
    if module == "sites" {
        return json!(site);
    }
    if module == "period" {
        // A day on which nothing happened, and which says so.
        let day = json!({"siteId": site, "date": "2026-11-19"});
        for module in ["production", "dispatch", "received", "equipment", "manpower", "inventory"] {
            let nil = json!({"siteId": site, "date": "2026-11-19", "module": module});
            run("nil_return/create", json!({ "draft": nil })).unwrap();
        }
        run("periods/close", day).unwrap();
        let filter = json!({"filter": {"siteId": site}});
        return run("period/list", filter).unwrap()["entries"][0]["id"].clone();
    }
    let made =
        run(&format!("{module}/create"), json!({ "draft": draft(module, site, "2026-11-20") }));
    made.unwrap_or_else(|told| panic!("{module}: {told:?}"))["entry"]["id"].clone()
}

fn user(role: Option<Role>, site: &str) -> Caller {
    Caller::named("omar", role, Some(vec![site.to_owned()]))
}

/// The user who asks, with a device of theirs.
struct Omar {
    id: Json,
    device: Json,
}

impl Omar {
    fn of(desk: &TestDesk) -> Self {
        let person = json!({"name": "omar", "fullName": "Omar", "password": PASSWORD});
        let rights = json!({"role": "OPERATOR", "sites": null});
        let id =
            desk.done("users/create", json!({"person": person, "rights": rights}))["id"].take();
        let program = stranger(Carrier::Bearer, "10.0.0.7");
        sign_in_on(desk, &program, ("omar", PASSWORD), Some(device(1))).unwrap();
        let device = desk.done("devices/list", json!({}))[0]["id"].take();
        Self { id, device }
    }
}

/// What a command is sent when it is to concern a site.
fn input(module: &str, verb: &str, site: &str, id: &Json, person: &Omar) -> Json {
    let filter = json!({"siteId": site, "dateFrom": "2026-11-01", "dateTo": TODAY});
    let day = json!({"siteId": site, "date": TODAY});
    match (module, verb) {
        ("session", "change-password") => json!({"old": "x", "new": "deskops-new"}),
        ("connection", "look") => json!({"address": "localhost"}),
        ("connection", "choose") => json!({"address": "localhost", "pin": null}),
        ("connection", "sign-in") => json!({"name": "omar", "password": PASSWORD}),
        ("connection", _) => json!({}),
        ("devices", "rename") => json!({"id": person.device, "name": "Gate"}),
        ("devices", "revoke" | "suspend" | "resume") => json!({"id": person.device}),
        (_, "sign-out-everywhere") => json!({}),
        (module, "list") if PEOPLE.contains(&module) => json!({}),
        ("users", "create") => json!({
            "person": {"name": "z", "fullName": "Z", "password": "deskops-demo"},
            "rights": {"role": "OPERATOR", "sites": null},
        }),
        ("users", "edit") => {
            json!({"id": person.id, "fullName": "U", "rights": {"role": "OPERATOR", "sites": null}, "isActive": true})
        }
        ("users", "reset-password") => json!({"id": person.id, "password": "deskops-new"}),
        ("completeness", "list") => json!({"siteId": site}),
        (_, "list" | "sums") => {
            json!({"filter": if CATALOGUES.contains(&module) { json!({"siteId": GLOBAL}) } else { filter }})
        }
        (_, "export") => json!({"filter": filter, "format": "csv"}),
        (_, "suggest") => json!({"siteId": site, "field": "notes"}),
        (_, "metrics") => json!({"siteId": site}),
        (_, "create" | "judge") => json!({"draft": draft(module, site, TODAY)}),
        (_, "snapshot") => json!({"draft": draft("inventory", site, TODAY)}),
        (_, "keep-draft") => {
            json!({"siteId": site, "date": TODAY, "row": "x", "cells": null})
        }
        // A record of another site is not had by naming one's own.
        (_, "replace") => json!({"id": id, "rev": 1, "draft": draft(module, SITE, TODAY)}),
        (_, "edit") => json!({"id": id, "draft": {}}),
        (_, "preview") => json!({"id": id}),
        (_, "get" | "void" | "restore" | "history") => json!({"id": id}),
        (_, "estimate" | "preview-estimate" | "report") => filter,
        (_, "unlock") => json!({"siteId": site, "date": TODAY, "reason": "x"}),
        (
            _,
            "day" | "board" | "propose" | "apply" | "preview-apply" | "ready" | "close" | "lock",
        ) => day,
        other => panic!("say what `{other:?}` is sent"),
    }
}

fn d_21_every_command_answers_every_caller_as_its_role_and_its_site_say(desk: &TestDesk) {
    let other = json!({"code": "YANBU-2", "name": "Yanbu 2", "timezone": "Asia/Riyadh", "siteId": GLOBAL, "date": TODAY});
    let other = desk.done("sites/create", json!({ "draft": other }))["entry"]["id"].clone();
    let other = other.as_str().unwrap();
    let person = Omar::of(desk);
    let names: Vec<String> = Router::all().names().map(str::to_owned).collect();
    let callers = [None, Some(Role::Operator), Some(Role::Moderator), Some(Role::Admin)];
    let mut n_cases = 0;
    let mut ids: BTreeMap<(String, String), Json> = BTreeMap::new();
    for name in names.iter().filter(|name| !PUBLIC.contains(&name.as_str())) {
        let (module, verb) = name.split_once('/').unwrap();
        for site in [SITE, other] {
            let is_of_record = ["get", "void", "restore", "history", "edit", "replace", "preview"]
                .contains(&verb)
                && module != "users";
            // A site's own card is within reach of whoever reaches the site.
            let is_everywhere = PEOPLE.contains(&module)
                || (CATALOGUES.contains(&module) && !(module == "sites" && is_of_record));
            let id = if is_of_record {
                let place = if is_everywhere { GLOBAL } else { site };
                let made = ids.entry((module.to_owned(), place.to_owned()));
                made.or_insert_with(|| record(desk, module, place)).clone()
            } else {
                Json::Null
            };
            let sent = input(module, verb, site, &id, &person);
            let before = log(&desk.desk).len();
            let nobody = desk.raw_as(&Caller::nobody(), name, sent.clone());
            assert_eq!(nobody.unwrap_err().code, Code::Unauthorized, "{name} by nobody");
            for role in callers {
                let told = desk.raw_as(&user(role, SITE), name, sent.clone());
                let code = told.as_ref().err().map(|refusal| refusal.code);
                let is_enough = role >= Some(least(module, verb));
                let who = format!("{name} of {site} by {role:?}: {told:?}");
                let is_elsewhere = site == other && !is_everywhere;
                if !is_enough {
                    assert_eq!(code, Some(Code::Forbidden), "{who}");
                } else if is_elsewhere {
                    let expected = if is_of_record { Code::NotFound } else { Code::Forbidden };
                    assert_eq!(code, Some(expected), "{who}");
                } else if module == "connection" {
                    // Only a laptop has a head office elsewhere: this desk is none.
                    let told = told.as_ref().unwrap_err();
                    assert!(told.message.contains("head office itself"), "{who}");
                } else {
                    assert!(code.is_none_or(|code| !OF_ACCESS.contains(&code)), "{who}");
                }
                if !is_enough || is_elsewhere {
                    assert_eq!(log(&desk.desk).len(), before, "nothing was changed: {who}");
                }
                n_cases += 1;
            }
            n_cases += 1;
        }
    }
    println!("{n_cases} cases of {} commands", names.len());
    assert!(n_cases > 1_500, "{n_cases}");
}
