//! The bad requests: each address with each of what it must refuse.

use std::collections::BTreeMap;

use deskops_domain::access::Role;
use deskops_tests::desk::SITE;
use serde_json::{Value as Json, json};

use super::fields::{self, NO_DAYS};
use crate::rest::{MODULES, sample};

const JSON: Option<&str> = Some("application/json");

/// The ids that a caller may use, and may not.
#[derive(Debug, Clone)]
pub(super) struct Ids {
    pub site: String,
    pub other_site: String,
    pub own: BTreeMap<&'static str, String>,
    pub foreign: BTreeMap<&'static str, String>,
    pub voided: BTreeMap<&'static str, String>,
}

/// A bad request.
pub(super) struct Case {
    pub label: String,
    pub method: &'static str,
    /// The address as it is documented.
    pub template: &'static str,
    /// The address as it is asked; `{own}` and the like stand for ids.
    path: String,
    module: &'static str,
    pub kind: Option<&'static str>,
    pub body: Vec<u8>,
    /// The statuses that are right for whoever reaches the site.
    pub expected: Vec<u16>,
    /// The field that must be named.
    pub field: Option<&'static str>,
    /// The least role that may ask at all.
    pub least: Role,
}

impl Case {
    pub fn path_for(&self, ids: &Ids) -> String {
        let of = |ids: &BTreeMap<&'static str, String>| {
            ids.get(self.module).cloned().unwrap_or_else(|| "cnone".into())
        };
        self.path
            .replace("{site}", &ids.site)
            .replace("{other}", &ids.other_site)
            .replace("{own}", &of(&ids.own))
            .replace("{foreign}", &of(&ids.foreign))
            .replace("{voided}", &of(&ids.voided))
    }
}

/// An address, before it is asked for something bad.
#[derive(Clone, Copy)]
struct At {
    method: &'static str,
    template: &'static str,
    module: &'static str,
    least: Role,
}

impl At {
    fn case(self, what: &str, path: String, body: Option<Vec<u8>>, expected: &[u16]) -> Case {
        let what: String = what.chars().take(80).collect();
        Case {
            label: format!("{} {}: {what}", self.method, self.template),
            method: self.method,
            template: self.template,
            path,
            module: self.module,
            kind: body.as_ref().and(JSON),
            body: body.unwrap_or_default(),
            expected: expected.to_vec(),
            field: None,
            least: self.least,
        }
    }
}

/// A text that outlives the test.
fn kept(text: String) -> &'static str {
    Box::leak(text.into_boxed_str())
}

/// Every bad request.
pub(super) fn all() -> Vec<Case> {
    let mut cases = Vec::new();
    for module in &MODULES {
        let many = kept(format!("/api/{}", module.name));
        let one = kept(format!("/api/{}/{{id}}", module.name));
        let at =
            |method, template| At { method, template, module: module.name, least: Role::Operator };
        lists(&mut cases, at("GET", many), true);
        written(&mut cases, at("POST", many), many.to_owned(), false);
        let own = format!("{many}/{{own}}");
        written(&mut cases, at("PUT", one), own.clone(), false);
        written(&mut cases, at("PATCH", one), own.clone(), true);
        for method in ["GET", "PUT", "PATCH", "DELETE"] {
            if (method, module.name) != ("DELETE", "inventory") {
                ids(&mut cases, at(method, one), many);
            }
        }
        if module.name != "inventory" {
            let at = at("DELETE", one);
            let long = format!("{own}?reason={}", "x".repeat(501));
            cases.push(at.case("a long reason", long, None, &[400, 403]));
            cases.push(at.case("a stranger in the query", format!("{own}?force=1"), None, &[400]));
            cases.push(at.case(
                "a reason with a bell",
                format!("{own}?reason=%07"),
                None,
                &[400, 403],
            ));
        }
        if module.name == "inventory" {
            stock(&mut cases, at("POST", many));
        }
    }
    let plain = |method, template| At { method, template, module: "sites", least: Role::Operator };
    lists(&mut cases, plain("GET", "/api/dashboard/metrics"), false);
    let new_site = At { least: Role::Admin, ..plain("POST", "/api/sites") };
    written(&mut cases, new_site, "/api/sites".to_owned(), false);
    ids(&mut cases, plain("GET", "/api/sites/{id}"), "/api/sites");
    for path in ["/api/sites", "/api/auth/session"] {
        for query in ["?x=1", "?siteId=1", "?x=%00&y=%ff"] {
            let at = plain("GET", path);
            cases.push(at.case(query, format!("{path}{query}"), None, &[400]));
        }
    }
    let other = plain("GET", "/api/sites/{id}");
    cases.push(other.case("a site out of reach", "/api/sites/cother".into(), None, &[404]));
    cases
}

/// Queries of a list, or of figures.
fn lists(cases: &mut Vec<Case>, at: At, is_paged: bool) {
    let base = at.template;
    let mut add = |what: &str, query: &str, expected: &[u16]| {
        cases.push(at.case(what, format!("{base}?{query}"), None, expected));
    };
    add("no site", "", &[400]);
    add("an empty site", "siteId=", &[400]);
    add("a site of spaces", "siteId=%20%20", &[400]);
    for (what, site) in [
        ("unknown", "cnowhere00000000000000000"),
        ("of SQL", "%27%20or%20%271%27%3D%271"),
        ("of HTML", "%3Cscript%3E"),
        ("of bad UTF-8", "%ff%fe"),
        ("with a null", "c%00"),
        ("of all", "global"),
        ("of any", "%25"),
    ] {
        add(&format!("a site {what}"), &format!("siteId={site}"), &[403, 404]);
    }
    add("two sites", "siteId={site}&siteId={site}", &[400]);
    for end in ["dateFrom", "dateTo"] {
        for day in NO_DAYS {
            let day: String = day.bytes().map(|byte| format!("%{byte:02X}")).collect();
            add(&format!("{end} {day}"), &format!("siteId={{site}}&{end}={day}"), &[400]);
        }
        add(&format!("{end} empty"), &format!("siteId={{site}}&{end}="), &[400]);
        add(
            &format!("{end} long"),
            &format!("siteId={{site}}&{end}={}", "9".repeat(5_000)),
            &[400],
        );
    }
    add("from after to", "siteId={site}&dateFrom=2026-11-22&dateTo=2026-11-21", &[400]);
    for stranger in
        ["colour=red", "SITEID=x", "date_from=2026-11-01", "matches=x", "voided=true", "%00=1"]
    {
        add(stranger, &format!("siteId={{site}}&{stranger}"), &[400]);
    }
    if !is_paged {
        return;
    }
    for name in ["page", "pageSize", "limit"] {
        for value in [
            "0",
            "-1",
            "1.5",
            "x",
            "",
            "1e3",
            "99999999999999999999",
            "%27",
            "NaN",
            "+1x",
            "501001001",
        ] {
            add(&format!("{name} {value}"), &format!("siteId={{site}}&{name}={value}"), &[400]);
        }
    }
    add("a page that is too long", "siteId={site}&pageSize=101", &[400]);
    add("a part that is too long", "siteId={site}&limit=501", &[400]);
    add("a page and a cursor", "siteId={site}&page=1&cursor=x", &[400]);
    for cursor in ["x", "%27~1~c", "2026-02-30~1~c", "2026-11-22~x~c", "~~", "2026-11-22~1~%00"] {
        add(&format!("cursor {cursor}"), &format!("siteId={{site}}&cursor={cursor}"), &[400]);
    }
}

/// Ids that are nobody's, or not the caller's.
fn ids(cases: &mut Vec<Case>, at: At, base: &str) {
    let body = match at.method {
        "PUT" => Some(sample(at.module).to_string().into_bytes()),
        "PATCH" => Some(b"{\"notes\":\"x\"}".to_vec()),
        _ => None,
    };
    let long = "c".repeat(5_000);
    let mut all = vec![
        ("unknown", "cnotthere0000000000000000"),
        ("short", "1"),
        ("of SQL", "x%27%20or%20%271%27%3D%271"),
        ("of HTML", "%3Cscript%3Ealert(1)%3C%2Fscript%3E"),
        ("with a null", "c%00"),
        ("upwards", "..%2F..%2Fetc%2Fpasswd"),
        ("of Arabic", "%D8%B7%D9%86"),
        ("any", "%25"),
        ("undefined", "undefined"),
        ("null", "null"),
        ("long", &long),
    ];
    if at.module != "sites" {
        all.extend([("foreign", "{foreign}"), ("voided", "{voided}")]);
    }
    for (what, id) in all {
        cases.push(at.case(&format!("an id {what}"), format!("{base}/{id}"), body.clone(), &[404]));
    }
    let bad_utf8 = format!("{base}/%ff%fe");
    cases.push(at.case("an id of bad UTF-8", bad_utf8, body.clone(), &[400]));
    let path = format!("{base}/cnotthere0000000000000000?x=1");
    cases.push(at.case("a stranger in the query", path, body, &[400]));
}

/// Bodies of what is written.
fn written(cases: &mut Vec<Case>, at: At, path: String, is_part: bool) {
    let whole = || match at.module {
        "sites" => json!({"code": "GOOD", "name": "A good one"}),
        module => sample(module),
    };
    let start = || if is_part { json!({}) } else { whole() };
    let mut add = |field: &'static str, what: &str, body: &Json, expected: &[u16]| {
        let body = body.to_string().into_bytes();
        let case = at.case(&format!("{field} {what}"), path.clone(), Some(body), expected);
        cases.push(Case { field: (!field.is_empty()).then_some(field), ..case });
    };
    for bad in fields::bad(at.module).into_iter().filter(|bad| !is_part || bad.is_bad_in_part) {
        let mut body = start();
        match bad.value {
            Some(value) => body[bad.field] = value,
            None => {
                body.as_object_mut().unwrap().remove(bad.field);
            }
        }
        add(bad.field, &bad.what, &body, &[400]);
    }
    for stranger in
        ["id2", "createdBy", "createdAt", "rev", "__proto__", "voided", "drop table", ""]
    {
        let mut body = start();
        body[stranger] = json!("x");
        add("", &format!("a stranger `{stranger}`"), &body, &[400]);
    }
    if at.module != "sites" {
        let is_new = at.method == "POST";
        for day in NO_DAYS.iter().copied().chain(["1999-12-31", "2026-11-23", "9999-12-31"]) {
            let mut body = start();
            body["date"] = json!(day);
            // An operator may not even ask of what is older than they see.
            add("date", day, &body, &[400, 403]);
        }
        for value in [json!(20_261_122), json!([]), json!({}), json!(true)] {
            let mut body = start();
            body["date"] = value.clone();
            add("date", &value.to_string(), &body, &[400]);
        }
        for site in [
            json!(null),
            json!(""),
            json!(7),
            json!([]),
            json!("cnowhere"),
            json!("c\u{0}"),
            json!("' or 1=1"),
        ] {
            let mut body = start();
            body["siteId"] = site.clone();
            let expected: &[u16] = if is_new { &[400, 403, 404] } else { &[400] };
            add("", &format!("site {site}"), &body, expected);
        }
    }
    let deep = format!("{{\"notes\":{}1{}}}", "[".repeat(20_000), "]".repeat(20_000));
    let huge = format!("{{\"notes\":\"{}\"}}", "x".repeat(2 << 20));
    for (what, body, expected) in [
        ("nothing", String::new(), 400),
        ("no JSON", "{not json".to_owned(), 400),
        ("half of it", "{\"siteId\":\"".to_owned(), 400),
        ("a list", "[]".to_owned(), 400),
        ("null", "null".to_owned(), 400),
        ("a number", "7".to_owned(), 400),
        ("a text", "\"x\"".to_owned(), 400),
        ("two of them", "{}{}".to_owned(), 400),
        ("a figure beyond all", "{\"qtyTon\":1e999}".to_owned(), 400),
        ("a figure that is none", "{\"qtyTon\":NaN}".to_owned(), 400),
        ("deep", deep, 400),
        ("2 MiB", huge, 413),
    ] {
        let body = Some(body.into_bytes());
        cases.push(at.case(&format!("a body of {what}"), path.clone(), body, &[expected]));
    }
    let bad_utf8 = Some(b"{\"notes\":\"\xff\xfe\"}".to_vec());
    cases.push(at.case("a body of bad UTF-8", path.clone(), bad_utf8, &[400]));
    let good = whole().to_string().into_bytes();
    for kind in [
        None,
        Some("text/plain"),
        Some("application/x-www-form-urlencoded"),
        Some("application/jsonx"),
    ] {
        let case = at.case(&format!("sent as {kind:?}"), path.clone(), Some(good.clone()), &[415]);
        cases.push(Case { kind, ..case });
    }
    let stranger = format!("{path}?dry=1");
    cases.push(at.case("a stranger in the query", stranger, Some(good), &[400]));
}

/// Figures of stock that do not come out of the records.
fn stock(cases: &mut Vec<Case>, at: At) {
    let names = ["producedTon", "receivedTon", "dispatchedTon", "closingTon"];
    for name in names {
        for (value, expected) in [
            (json!(77), 422),
            (json!(-77), 422),
            (json!("abc"), 400),
            (json!(true), 400),
            (json!([]), 400),
            (json!(1_000_000), 400),
            (json!(0.0001), 400),
            (json!("' or 1=1"), 400),
        ] {
            let mut body = sample("inventory");
            body["siteId"] = json!(SITE);
            body[name] = value.clone();
            let body = Some(body.to_string().into_bytes());
            let case =
                at.case(&format!("{name} {value}"), at.template.to_owned(), body, &[expected]);
            cases.push(Case { field: Some(name), ..case });
        }
    }
    for (name, value) in [
        ("drawnTon", json!(1)),
        ("varianceTon", json!(1)),
        ("isCalculated", json!("x")),
        ("adjustmentTon", json!(5)),
    ] {
        let mut body = sample("inventory");
        body[name] = value;
        let body = Some(body.to_string().into_bytes());
        cases.push(at.case(name, at.template.to_owned(), body, &[400]));
    }
}
