//! The mass balance: figures that the exported rows give too, and nothing lost between gate and gate.

use deskops_tests::TestDesk;
use deskops_tests::desk::SITE;
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use serde_json::{Value as Json, json};

crate::facts! {
    a_day_is_balanced_and_what_is_not_explained_is_shown,
    a_range_is_needed_and_without_feed_there_is_no_recovery,
}

fn report(desk: &TestDesk, from: &str, to: &str) -> Json {
    desk.done("balance/report", json!({"siteId": SITE, "dateFrom": from, "dateTo": to}))
}

fn a_day_is_balanced_and_what_is_not_explained_is_shown(desk: &TestDesk) {
    let day = "2026-11-20";
    desk.enter("inventory", day, json!({"materialId": "MAT016", "openingOverrideTon": "900"}));
    let debris =
        json!({"materialId": "MAT016", "loads": 11, "qtyTon": "270.6", "isEstimated": true});
    desk.enter("received", day, debris);
    desk.enter("received", day, json!({"materialId": "MAT016", "loads": 3}));
    for (machine, feed, tons) in [("EQ001", "MAT016", "800"), ("EQ002", "MAT009", "200")] {
        let run = json!({"equipmentId": machine, "feedId": feed, "feedTon": tons, "residueTon": "40", "lossTon": "5", "isEstimated": feed == "MAT016"});
        desk.enter("run", day, run);
    }
    desk.enter("production", day, json!({"materialId": "MAT002", "qtyTon": "600"}));
    desk.enter(
        "production",
        day,
        json!({"materialId": "MAT003", "qtyTon": "300", "origin": "RATE"}),
    );
    desk.enter("dispatch", day, json!({"materialId": "MAT002", "qtyTon": "31.75", "trips": 1}));
    desk.enter("inventory", day, json!({"materialId": "MAT003", "countedTon": "290"}));
    let report = report(desk, day, day);
    let kg = |name: &str| report[name].as_i64().unwrap();
    assert_eq!((kg("fedKg"), kg("productsKg"), kg("unexplainedKg")), (1_000_000, 900_000, 10_000));
    assert_eq!(
        (&report["recovery"], &report["diversion"], &report["recycledContent"]),
        (&json!(9_000), &json!(9_200), &json!(8_000))
    );
    assert_eq!((kg("inKg"), kg("outKg")), (270_600, 270_600));
    let balance = &report["balance"];
    assert_eq!((&report["isEstimated"], &balance["pendingLoads"]), (&json!(true), &json!(3)));
    assert_eq!(
        balance["feeds"],
        json!([
            {"materialId": "MAT009", "isRaw": false, "kg": 200_000, "estimatedKg": 0},
            {"materialId": "MAT016", "isRaw": true, "kg": 800_000, "estimatedKg": 800_000},
        ])
    );
    assert_eq!(balance["products"][1]["fromHoursKg"], json!(300_000));
    let stock = &balance["stock"];
    assert_eq!((&stock["setKg"], &stock["varianceKg"]), (&json!(900_000), &json!(-10_000)));
}

fn a_range_is_needed_and_without_feed_there_is_no_recovery(desk: &TestDesk) {
    desk.enter("production", "2026-11-20", json!({"materialId": "MAT002", "qtyTon": "600"}));
    let report = report(desk, "2026-11-01", "2026-11-22");
    assert_eq!((&report["recovery"], &report["unexplainedKg"]), (&Json::Null, &json!(-600_000)));
    assert_eq!(report["inKg"], report["outKg"]);
    assert!(desk.raw("balance/report", json!({"siteId": SITE, "dateFrom": "2026-11-01"})).is_err());
    let backwards = json!({"siteId": SITE, "dateFrom": "2026-11-02", "dateTo": "2026-11-01"});
    assert!(desk.raw("balance/report", backwards).is_err());
}

/// Something that happens on a day of a random history.
#[derive(Debug, Clone)]
struct Act {
    what: u8,
    day: u8,
    material: u8,
    kg: i64,
}

fn acts() -> impl Strategy<Value = Vec<Act>> {
    let act = (0_u8..10, 1_u8..=12, 1_u8..=4, 1_i64..2_000_000)
        .prop_map(|(what, day, material, kg)| Act { what, day, material, kg });
    proptest::collection::vec(act, 5..60)
}

fn tons(kg: i64) -> String {
    deskops_domain::quantity::Tons::kg(kg).to_string()
}

/// Does it; what the desk refuses (a key that is taken, a locked day) does not happen.
fn act(desk: &TestDesk, Act { what, day, material, kg }: &Act) {
    let (material, other) = (format!("MAT{material:03}"), format!("MAT{:03}", material % 4 + 1));
    let date = format!("2026-11-{day:02}");
    let with = |fields: Json| {
        let mut draft = fields;
        draft["siteId"] = json!(SITE);
        draft["date"] = json!(date);
        json!({ "draft": draft })
    };
    let tons = tons(*kg);
    let (name, input) = match what {
        0 | 1 => ("production/create", with(json!({"materialId": material, "qtyTon": tons}))),
        2 => ("received/create", with(json!({"materialId": material, "qtyTon": tons}))),
        3 | 4 => ("dispatch/create", with(json!({"materialId": material, "qtyTon": tons}))),
        5 => {
            let part = json!({"equipmentId": "EQ001", "feedId": material, "feedTon": tons, "residueTon": crate::balance::tons(kg / 9), "lossTon": "0.001"});
            ("run/create", with(part))
        }
        6 => ("inventory/create", with(json!({"materialId": material, "countedTon": tons}))),
        7 => {
            let typed = json!({"materialId": material, "typedTon": tons, "reason": "SURVEY"});
            ("inventory/create", with(typed))
        }
        8 => {
            let set = json!({"materialId": material, "openingOverrideTon": tons});
            ("inventory/create", with(set))
        }
        _ => {
            let split = json!({"materialId": material, "componentId": other, "qtyTon": tons});
            ("split/create", with(split))
        }
    };
    drop(desk.raw(name, input));
}

#[test]
fn what_comes_in_goes_out_or_lies_there_to_the_kilogram() {
    let config = Config { cases: 24, failure_persistence: None, ..Config::default() };
    let recipe = |component, share| json!({"materialId": "MAT005", "componentId": component, "sharePct": share});
    TestRunner::new(config)
        .run(&acts(), |acts| {
            let desk = TestDesk::direct();
            desk.enter("recipe", "2026-11-04", recipe("MAT001", "33.33"));
            desk.enter("recipe", "2026-11-04", recipe("MAT002", "66.67"));
            for (number, each) in acts.iter().enumerate() {
                act(&desk, each);
                let blend = json!({"materialId": "MAT005", "qtyTon": tons(each.kg / 7 + 1)});
                if number % 3 == 0 {
                    desk.enter("dispatch", &format!("2026-11-{:02}", each.day), blend);
                }
            }
            for (from, to) in [("2026-11-01", "2026-11-12"), ("2026-11-03", "2026-11-07")] {
                let report = report(&desk, from, to);
                prop_assert_eq!(&report["inKg"], &report["outKg"], "{}", report);
                check_rows(&desk, from, to, &report);
            }
            desk.check_ledger();
            Ok(())
        })
        .unwrap();
}

/// Every row of a module in a range, as an export would hold them.
fn rows(desk: &TestDesk, module: &str, from: &str, to: &str) -> Vec<Json> {
    let filter = json!({"siteId": SITE, "dateFrom": from, "dateTo": to});
    let page = desk.done(&format!("{module}/list"), json!({"filter": filter, "limit": 500}));
    assert_eq!(page["next"], Json::Null, "one page holds them all");
    page["entries"].as_array().unwrap().clone()
}

/// Sums of a field over rows, in kilograms.
fn sum(rows: &[Json], field: &str) -> i64 {
    let kg = |row: &Json| {
        let value = &row[field];
        if value.is_null() {
            0
        } else {
            value.to_string().parse::<deskops_domain::quantity::Tons>().unwrap().raw()
        }
    };
    rows.iter().map(kg).sum()
}

/// Every figure comes out of the listed rows alone.
fn check_rows(desk: &TestDesk, from: &str, to: &str, report: &Json) {
    let all = |module: &str| rows(desk, module, from, to);
    let (runs, made, stock) = (all("run"), all("production"), all("inventory"));
    let (fed, products) = (sum(&runs, "feedTon"), sum(&made, "qtyTon"));
    let (residue, loss) = (sum(&runs, "residueTon"), sum(&runs, "lossTon"));
    assert_eq!(report["fedKg"], json!(fed));
    assert_eq!(report["productsKg"], json!(products));
    assert_eq!(report["balance"]["residueKg"], json!(residue));
    assert_eq!(report["balance"]["lossKg"], json!(loss));
    assert_eq!(report["unexplainedKg"], json!(fed - products - residue - loss));
    let part = |of: i64| {
        let half = i128::from(fed) / 2;
        (fed != 0).then(|| {
            (i128::from(of) * 10_000 + if of < 0 { -half } else { half }) / i128::from(fed)
        })
    };
    assert_eq!(report["recovery"], json!(part(products)));
    assert_eq!(report["diversion"], json!(part(fed - residue)));
    let of_stock = &report["balance"]["stock"];
    assert_eq!(of_stock["receivedKg"], json!(sum(&all("received"), "qtyTon")));
    assert_eq!(of_stock["dispatchedKg"], json!(sum(&all("dispatch"), "qtyTon")));
    assert_eq!(of_stock["typedKg"], json!(sum(&stock, "typedTon")));
    assert_eq!(of_stock["varianceKg"], json!(sum(&stock, "varianceTon")));
    assert_eq!(of_stock["receivedKg"], json!(sum(&stock, "receivedTon")), "the ledger agrees");
    assert_eq!(of_stock["dispatchedKg"], json!(sum(&stock, "dispatchedTon")));
    assert_eq!(report["productsKg"], json!(sum(&stock, "producedTon")));
}
