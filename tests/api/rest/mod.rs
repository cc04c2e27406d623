//! The customer's contract over HTTP, by its identifiers: addresses, bodies, statuses and texts.

mod bad;
mod changes;
mod defects;
mod document;
mod global;
mod records;
mod sites;

use deskops_domain::access::{Caller, Role};
use deskops_tests::TestDesk;
use deskops_tests::desk::{SITE, TODAY};
use serde_json::{Value as Json, json};

/// Makes a desk that is asked over HTTP.
pub(super) type New = fn() -> TestDesk;

/// Runs each fact over HTTP, with the records in a file and on PostgreSQL.
macro_rules! on_both {
    ($($name:ident),+ $(,)?) => {
        mod http {
            $(#[test]
            fn $name() {
                super::$name(deskops_tests::TestDesk::http);
            })+
        }
        #[cfg(all(feature = "postgres", unix))]
        mod postgres {
            $(#[test]
            fn $name() {
                super::$name(deskops_tests::TestDesk::http_on_postgres);
            })+
        }
    };
}
pub(super) use on_both;

/// What a module is to the contract.
pub(super) struct Module {
    pub name: &'static str,
    /// The key of its list.
    pub list: &'static str,
    /// The key around one record, where there is one.
    pub one: Option<&'static str>,
    /// The key of a changed record.
    pub changed: &'static str,
    /// What it embeds beside the site.
    pub embeds: &'static [(&'static str, &'static [&'static str])],
    pub failed: [&'static str; 2],
}

const MATERIAL: (&str, &[&str]) = ("material", &["category", "code", "name", "uom"]);
const PLAIN: [&str; 2] = ["Database error", "Database error"];

/// The six of them, written out from the contract.
pub(super) const MODULES: [Module; 6] = [
    Module {
        name: "production",
        list: "productions",
        one: Some("production"),
        changed: "production",
        embeds: &[MATERIAL],
        failed: ["Failed to fetch production data", "Failed to create production record"],
    },
    Module {
        name: "dispatch",
        list: "dispatches",
        one: Some("dispatch"),
        changed: "dispatch",
        embeds: &[MATERIAL],
        failed: ["Failed to fetch dispatch data", "Failed to create dispatch record"],
    },
    Module {
        name: "equipment",
        list: "equipmentLogs",
        one: Some("equipmentLog"),
        changed: "equipmentLog",
        embeds: &[("equipment", &["code", "name", "type"])],
        failed: ["Failed to fetch equipment logs", "Failed to create equipment log"],
    },
    Module {
        name: "received",
        list: "receivedMaterials",
        one: None,
        changed: "data",
        embeds: &[MATERIAL],
        failed: PLAIN,
    },
    Module {
        name: "manpower",
        list: "manpowerLogs",
        one: None,
        changed: "data",
        embeds: &[("role", &["code", "name"])],
        failed: PLAIN,
    },
    Module {
        name: "inventory",
        list: "inventorySnapshots",
        one: None,
        changed: "data",
        embeds: &[MATERIAL],
        failed: PLAIN,
    },
];

/// A record of a module as a client sends it.
pub(super) fn sample(module: &str) -> Json {
    let mut fields = match module {
        "production" => {
            json!({"materialId": "MAT002", "qtyTon": 128.45, "operation": "CRU-PRO", "shift": "NIGHT", "notes": "dry"})
        }
        "dispatch" => {
            json!({"materialId": "MAT002", "qtyTon": 30, "trips": 1, "owner": "Petra Build", "reference": "D-1", "operation": "CRU-DIS", "notes": null})
        }
        "equipment" => {
            json!({"equipmentId": "EQ001", "hours": 7.5, "count": 2, "shift": "MORNING", "status": "OPERATIONAL", "notes": "x"})
        }
        "received" => {
            json!({"materialId": "MAT015", "qtyTon": 24.601, "source": "", "vehicleRef": "", "notes": ""})
        }
        "manpower" => {
            json!({"roleId": "ROLE_LABORER", "headcount": 8, "hours": 8, "shift": "ALL", "notes": null})
        }
        _ => json!({"materialId": "MAT002", "countedTon": 12.5}),
    };
    fields["siteId"] = json!(SITE);
    fields["date"] = json!(TODAY);
    fields
}

/// A module's list of the site with a query besides.
pub(super) fn list(module: &str, more: &str) -> String {
    format!("/api/{module}?siteId={SITE}{more}")
}

/// The keys of an object, sorted.
pub(super) fn keys(json: &Json) -> Vec<&str> {
    let mut keys: Vec<&str> = json.as_object().unwrap().keys().map(String::as_str).collect();
    keys.sort_unstable();
    keys
}

/// Makes a record and gives it, out of what stands around it.
pub(super) fn made(desk: &TestDesk, module: &Module, body: Json) -> Json {
    let answer = desk.rest("POST", &format!("/api/{}", module.name), body).with(201);
    match module.one {
        Some(key) => answer[key].clone(),
        None => answer,
    }
}

/// Somebody of this role who reaches these sites.
pub(super) fn somebody(role: Option<Role>, sites: &[&str]) -> Caller {
    let sites = Some(sites.iter().map(|site| (*site).to_owned()).collect());
    Caller::named("somebody", role, sites)
}

/// A second site, in use.
pub(super) fn second_site(desk: &TestDesk) -> String {
    let body = json!({"code": "YANBU-2", "name": "Yanbu 2", "timezone": "Asia/Riyadh"});
    let made = desk.rest("POST", "/api/sites", body).with(201);
    made["site"]["id"].as_str().unwrap().to_owned()
}
