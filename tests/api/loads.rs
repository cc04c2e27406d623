//! Loads without a weight: out of stock while it is pending, tons by a dated factor afterwards.

use deskops_tests::TestDesk;
use deskops_tests::desk::SITE;
use serde_json::{Value as Json, json};

crate::facts! {
    d_39_loads_become_tons_by_the_factor_of_their_day,
    d_40_a_pending_weight_is_out_of_stock_until_it_is_worked_out,
    only_open_days_are_estimated_and_what_has_no_factor_is_told,
    what_an_estimate_would_move_is_shown_before,
    tons_typed_anew_are_weighed_unless_it_is_said,
}

fn factor(desk: &TestDesk, from: &str, tons: &str) {
    desk.enter("load_factor", from, json!({"materialId": "MAT016", "tonsPerLoad": tons}));
}

fn debris(desk: &TestDesk, date: &str, loads: u32) -> Json {
    desk.enter("received", date, json!({"materialId": "MAT016", "loads": loads}))
}

fn estimate(desk: &TestDesk, module: &str) -> Json {
    let range = json!({"siteId": SITE, "dateFrom": "2026-11-01", "dateTo": "2026-11-22"});
    desk.done(&format!("{module}/estimate"), range)
}

fn get(desk: &TestDesk, module: &str, entry: &Json) -> Json {
    desk.done(&format!("{module}/get"), json!({"id": entry["id"]}))
}

fn d_39_loads_become_tons_by_the_factor_of_their_day(desk: &TestDesk) {
    factor(desk, "2026-01-01", "24.6");
    factor(desk, "2026-11-15", "25");
    let (early, late) = (debris(desk, "2026-11-14", 11), debris(desk, "2026-11-15", 2));
    let weighed = json!({"materialId": "MAT016", "loads": 1, "qtyTon": "19.2"});
    let weighed = desk.enter("received", "2026-11-15", weighed);
    let done = estimate(desk, "received");
    assert_eq!((&done["estimated"], &done["kg"]), (&json!(2), &json!(320_600)));
    let early = get(desk, "received", &early);
    assert_eq!(
        (&early["qtyTon"], &early["loads"], &early["isEstimated"]),
        (&json!(270.6), &json!(11), &json!(true)),
        "the loads stay as they were counted"
    );
    assert_eq!(get(desk, "received", &late)["qtyTon"], json!(50.0));
    assert_eq!(get(desk, "received", &weighed)["isEstimated"], json!(false));
    assert_eq!(estimate(desk, "received")["estimated"], json!(0), "once is enough");
}

fn d_40_a_pending_weight_is_out_of_stock_until_it_is_worked_out(desk: &TestDesk) {
    factor(desk, "2026-01-01", "24.6");
    debris(desk, "2026-11-20", 1);
    let left = desk.enter("dispatch", "2026-11-20", json!({"materialId": "MAT002", "trips": 2}));
    assert_eq!((left["qtyTon"].clone(), left["trips"].clone()), (Json::Null, json!(2)));
    assert!(desk.stock().is_empty(), "nothing has moved yet");
    estimate(desk, "received");
    assert_eq!(desk.closing("MAT016", "2026-11-20"), 24_600);
    desk.enter(
        "load_factor",
        "2026-11-20",
        json!({"materialId": "MAT002", "tonsPerLoad": "31.75"}),
    );
    estimate(desk, "dispatch");
    assert_eq!(desk.closing("MAT002", "2026-11-20"), -63_500);
    desk.check_ledger();
}

fn only_open_days_are_estimated_and_what_has_no_factor_is_told(desk: &TestDesk) {
    factor(desk, "2026-11-10", "24.6");
    debris(desk, "2026-11-09", 1);
    let closed = debris(desk, "2026-11-11", 1);
    debris(desk, "2026-11-12", 1);
    desk.enter("received", "2026-11-12", json!({"materialId": "MAT015", "loads": 3}));
    for module in ["production", "dispatch", "inventory"] {
        desk.enter("nil_return", "2026-11-11", json!({"module": module}));
    }
    desk.done("periods/close", json!({"siteId": SITE, "date": "2026-11-11"}));
    let done = estimate(desk, "received");
    assert_eq!((&done["estimated"], &done["closed"]), (&json!(1), &json!(1)));
    assert_eq!(done["withoutFactor"], json!([["MAT015", 1], ["MAT016", 1]]));
    assert_eq!(get(desk, "received", &closed)["qtyTon"], Json::Null);
}

fn what_an_estimate_would_move_is_shown_before(desk: &TestDesk) {
    factor(desk, "2026-01-01", "24.6");
    debris(desk, "2026-11-20", 1);
    desk.enter("dispatch", "2026-11-21", json!({"materialId": "MAT016", "qtyTon": "4"}));
    let range = json!({"siteId": SITE, "dateFrom": "2026-11-20", "dateTo": "2026-11-20"});
    assert_eq!(
        desk.done("received/preview-estimate", range)["moved"],
        json!([{"day": "2026-11-21", "materialId": "MAT016", "closing": [-4_000, 20_600], "variance": [0, 0]}])
    );
    assert_eq!(desk.closing("MAT016", "2026-11-21"), -4_000, "nothing is written");
    estimate(desk, "received");
    assert_eq!(desk.closing("MAT016", "2026-11-21"), 20_600, "as it was said");
}

fn tons_typed_anew_are_weighed_unless_it_is_said(desk: &TestDesk) {
    factor(desk, "2026-01-01", "24.6");
    let load = debris(desk, "2026-11-20", 1);
    estimate(desk, "received");
    let noted = desk.change("received", &load, json!({"notes": "no ticket"}));
    assert_eq!(noted["isEstimated"], json!(true), "a note weighs nothing");
    let guessed = json!({"qtyTon": "25", "isEstimated": true});
    assert_eq!(desk.change("received", &load, guessed)["isEstimated"], json!(true));
    let weighed = desk.change("received", &load, json!({"qtyTon": "23.9"}));
    assert_eq!((&weighed["isEstimated"], &weighed["loads"]), (&json!(false), &json!(1)));
}
