//! How the guide's contradictions are settled on the wire, by their numbers.

use deskops_domain::access::Caller;
use deskops_tests::TestDesk;
use deskops_tests::desk::{SITE, TODAY, log};
use serde_json::{Value as Json, json};

use super::{MODULES, New, keys, list, made, on_both, sample};

on_both! {
    d_01_a_date_is_a_day_or_a_moment_of_the_site,
    d_02_d_14_a_bad_date_is_told_and_never_a_500,
    d_04_d_06_s_hel_01_a_load_balancer_is_greeted_without_a_name,
    d_12_a_range_that_ends_before_it_begins_is_refused_everywhere,
    d_15_a_site_that_is_not_there_or_closed_is_told,
    d_16_what_is_named_is_of_the_list_on_the_records_day,
    d_17_a_month_is_whole_and_more_comes_in_parts,
    d_19_an_empty_site_is_no_site,
    d_25_an_id_in_an_address_means_the_same_to_every_method,
    d_34_every_kilogram_crosses_the_wire,
    d_35_d_36_stock_that_does_not_come_out_of_the_records_is_refused,
    d_48_no_record_is_of_a_day_to_come,
}

fn d_01_a_date_is_a_day_or_a_moment_of_the_site(new: New) {
    for module in &MODULES {
        let desk = new();
        for (sent, kept) in [("2026-11-21", "2026-11-21"), ("2026-11-21T21:30:00.000Z", TODAY)] {
            let mut body = sample(module.name);
            body["date"] = json!(sent);
            assert_eq!(made(&desk, module, body)["date"], kept, "{} {sent}", module.name);
        }
    }
}

fn d_02_d_14_a_bad_date_is_told_and_never_a_500(new: New) {
    let desk = new();
    for module in &MODULES {
        for date in ["2026-02-30", "tomorrow", "2026-11-22T25:00:00Z", "2026-13-01", "22/11/2026"] {
            let mut body = sample(module.name);
            body["date"] = json!(date);
            let told = desk.rest("POST", &format!("/api/{}", module.name), body).with(400);
            assert_eq!(
                (&told["code"], &told["details"][0]["path"]),
                (&json!("VALIDATION_ERROR"), &json!("date"))
            );
            for end in ["dateFrom", "dateTo"] {
                let path = list(module.name, &format!("&{end}={}", date.replace('/', "%2F")));
                let told = desk.rest("GET", &path, Json::Null).with(400);
                assert_eq!(
                    (&told["details"][0]["path"], &told["details"][0]["code"]),
                    (&json!(end), &json!("E-DATE"))
                );
            }
        }
    }
    assert_eq!(log(&desk.desk).len(), 0);
}

fn d_04_d_06_s_hel_01_a_load_balancer_is_greeted_without_a_name(new: New) {
    let mut desk = new();
    desk.caller = Caller::nobody();
    let told = desk.rest("GET", "/api/hello", Json::Null);
    assert_eq!((told.status, told.header("content-type")), (200, "text/plain; charset=utf-8"));
    assert_eq!(told.json, "Hello, from API!", "without quotes around it");
    assert_eq!(desk.rest("GET", "/api/health", Json::Null).with(200), json!({"status": "ok"}));
    let ready = desk.rest("GET", "/api/ready", Json::Null).with(200);
    for part in ["database", "disk", "migrations"] {
        assert!(ready.to_string().contains(part), "{ready}");
    }
}

fn d_12_a_range_that_ends_before_it_begins_is_refused_everywhere(new: New) {
    let desk = new();
    for module in &MODULES {
        let path = list(module.name, "&dateFrom=2026-11-22&dateTo=2026-11-21");
        let told = desk.rest("GET", &path, Json::Null).with(400);
        assert_eq!(told["message"], "dateFrom must be less than or equal to dateTo");
        assert_eq!(keys(&told), ["code", "details", "error", "message"], "d_07, d_11");
    }
}

fn d_15_a_site_that_is_not_there_or_closed_is_told(new: New) {
    let desk = new();
    let shut = json!({"code": "SHUT", "name": "x", "isActive": false});
    let shut = desk.rest("POST", "/api/sites", shut).with(201)["site"]["id"].clone();
    for module in &MODULES {
        let path = format!("/api/{}", module.name);
        let told = desk.rest("GET", &format!("{path}?siteId=cnowhere"), Json::Null).with(404);
        assert_eq!(
            (&told["code"], &told["message"]),
            (&json!("SITE_NOT_FOUND"), &json!("Site not found"))
        );
        let mut body = sample(module.name);
        body["siteId"] = json!("cnowhere00000000000000000");
        let told = desk.rest("POST", &path, body.clone()).with(404);
        assert_eq!(told["code"], "SITE_NOT_FOUND");
        body["siteId"] = shut.clone();
        let told = desk.rest("POST", &path, body).with(409);
        assert_eq!(told["code"], "SITE_INACTIVE");
        let read = format!("{path}?siteId={}", shut.as_str().unwrap());
        assert_eq!(desk.rest("GET", &read, Json::Null).with(200)[module.list], json!([]));
    }
}

fn d_16_what_is_named_is_of_the_list_on_the_records_day(new: New) {
    let desk = new();
    let new = json!({"code": "NEW", "name": "New sand", "category": "FINE", "date": "2026-11-22"});
    let new = desk.raw("materials/create", json!({"draft": new})).unwrap()["entry"]["id"].clone();
    let mut body = sample("production");
    body["materialId"] = new;
    body["date"] = json!("2026-11-21");
    let told = desk.rest("POST", "/api/production", body.clone()).with(400);
    assert_eq!(told["message"], "Invalid material ID", "not in use yet");
    body["date"] = json!(TODAY);
    made(&desk, &MODULES[0], body);
}

/// Three loads a day from the first of September on.
fn many(desk: &TestDesk) {
    for day in 1..=30 {
        for reference in 0..5 {
            let mut body = sample("dispatch");
            body["date"] = json!(format!("2026-09-{day:02}"));
            body["reference"] = json!(format!("{reference}"));
            made(desk, &MODULES[1], body);
        }
    }
}

fn d_17_a_month_is_whole_and_more_comes_in_parts(new: New) {
    let desk = new();
    many(&desk);
    let month = "&dateFrom=2026-09-01&dateTo=2026-09-30";
    let whole = desk.rest("GET", &list("dispatch", month), Json::Null).with(200);
    assert_eq!(
        (whole["dispatches"].as_array().unwrap().len(), keys(&whole)),
        (150, vec!["dispatches"])
    );
    // Behind cursors the same records come, in the same order.
    let first =
        desk.rest("GET", &list("dispatch", "&dateFrom=2026-08-31&dateTo=2026-10-01"), Json::Null);
    assert!(first.header("link").starts_with("</api/dispatch?"), "{}", first.header("link"));
    let next = first.header("link")[1..].split('>').next().unwrap().to_owned();
    let first = first.with(200);
    let second = desk.rest("GET", &next, Json::Null).with(200);
    let mut both = first["dispatches"].as_array().unwrap().clone();
    assert_eq!((both.len(), keys(&first)), (100, vec!["dispatches", "nextCursor"]));
    both.extend(second["dispatches"].as_array().unwrap().clone());
    assert_eq!(
        (Json::Array(both), keys(&second)),
        (whole["dispatches"].clone(), vec!["dispatches"])
    );
    // Pages by number, as others ask for them.
    let page = desk.rest("GET", &list("dispatch", "&page=2&pageSize=40"), Json::Null).with(200);
    let expected = &whole["dispatches"].as_array().unwrap()[40..80];
    assert_eq!(page["dispatches"].as_array().unwrap(), expected);
    assert_eq!(
        page["pagination"],
        json!({"page": 2, "pageSize": 40, "total": 150, "totalPages": 4})
    );
    let page = desk.rest("GET", &list("dispatch", "&page=1"), Json::Null).with(200);
    assert_eq!(page["dispatches"].as_array().unwrap().len(), 25);
    for bad in [
        "&page=0",
        "&pageSize=101",
        "&page=x",
        "&limit=501",
        "&page=1&cursor=x",
        "&cursor=x",
        "&pageSize=",
    ] {
        desk.rest("GET", &list("dispatch", bad), Json::Null).with(400);
    }
}

fn d_19_an_empty_site_is_no_site(new: New) {
    let desk = new();
    for module in &MODULES {
        let path = format!("/api/{}?siteId=", module.name);
        let told = desk.rest("GET", &path, Json::Null).with(400);
        assert_eq!(told["code"], "VALIDATION_ERROR", "{path}");
        let mut body = sample(module.name);
        body["siteId"] = json!("");
        let told = desk.rest("POST", &format!("/api/{}", module.name), body).with(400);
        let detail = (&told["details"][0]["path"], &told["details"][0]["code"]);
        assert_eq!(detail, (&json!("siteId"), &json!("E-REQUIRED")), "{}", module.name);
    }
    desk.rest("GET", "/api/dashboard/metrics?siteId=", Json::Null).with(400);
}

fn d_25_an_id_in_an_address_means_the_same_to_every_method(new: New) {
    let desk = new();
    let dispatch = &MODULES[1];
    let id = made(&desk, dispatch, sample("dispatch"))["id"].as_str().unwrap().to_owned();
    let escaped: String = id.bytes().map(|byte| format!("%{byte:02X}")).collect();
    for id in [id, escaped] {
        let path = format!("/api/dispatch/{id}");
        desk.rest("GET", &path, Json::Null).with(200);
        desk.rest("PATCH", &path, json!({"notes": id})).with(200);
        desk.rest("PUT", &path, sample("dispatch")).with(200);
    }
}

fn d_34_every_kilogram_crosses_the_wire(new: New) {
    let desk = new();
    for tons in ["0.001", "999999.999", "128.45", "0.1", "333333.333"] {
        let body = format!(
            "{{\"siteId\":\"{SITE}\",\"date\":\"{TODAY}\",\"materialId\":\"MAT002\",\"qtyTon\":{tons}}}"
        );
        let token = desk.desk.admit(desk.caller.clone());
        let kind = Some("application/json");
        let answer = desk.send("POST", "/api/received", Some(&token), kind, body.into_bytes());
        assert_eq!(answer.with(201)["qtyTon"].to_string(), tons);
    }
}

fn d_35_d_36_stock_that_does_not_come_out_of_the_records_is_refused(new: New) {
    let desk = new();
    made(&desk, &MODULES[0], sample("production"));
    let figures = |fields: Json| {
        let mut body = json!({"siteId": SITE, "date": TODAY, "materialId": "MAT002"});
        body.as_object_mut().unwrap().extend(fields.as_object().unwrap().clone());
        desk.rest("POST", "/api/inventory", body)
    };
    let before = log(&desk.desk).len();
    for (name, value) in
        [("closingTon", 77.0), ("producedTon", 1.0), ("receivedTon", 1.0), ("dispatchedTon", 1.0)]
    {
        let told = figures(json!({ name: value })).with(422);
        assert_eq!(
            (&told["code"], &told["details"][0]["path"]),
            (&json!("CLOSING_MISMATCH"), &json!(name))
        );
    }
    assert_eq!(log(&desk.desk).len(), before, "nothing was saved");
    let right = json!({"openingTon": 1.55, "producedTon": 128.45, "receivedTon": 0, "dispatchedTon": 0, "closingTon": 130});
    assert_eq!(figures(right).with(201)["closingTon"], json!(130.0), "they come out");
    let mut counted = sample("inventory");
    counted["materialId"] = json!("MAT003");
    counted.as_object_mut().unwrap().remove("countedTon");
    counted["closingTon"] = json!(9.5);
    counted["isCalculated"] = json!(false);
    let counted = made(&desk, &MODULES[5], counted);
    assert_eq!((&counted["countedTon"], &counted["closingTon"]), (&json!(9.5), &json!(9.5)));
}

fn d_48_no_record_is_of_a_day_to_come(new: New) {
    let desk = new();
    for module in &MODULES {
        let mut body = sample(module.name);
        body["date"] = json!("2026-11-23");
        let told = desk.rest("POST", &format!("/api/{}", module.name), body).with(400);
        assert_eq!(told["details"][0]["max"], TODAY);
    }
}
