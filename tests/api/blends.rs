//! Blends and sold-as names: a heap gives what leaves under another name.

use deskops_tests::TestDesk;
use deskops_tests::desk::SITE;
use serde_json::{Value as Json, json};

crate::facts! {
    a_blend_draws_its_components_by_the_recipe,
    a_typed_split_takes_the_place_of_the_recipe,
    deleting_the_dispatch_or_the_split_restores_components,
    five_sold_as_names_reconcile_to_their_heap,
    a_recipe_holds_from_its_day_and_only_when_it_makes_a_whole,
    a_component_that_the_recipe_drops_is_given_back,
    a_blend_is_mixed_of_heaps_and_not_of_names,
    splits_of_other_days_stay_as_they_were_mixed,
}

const DAY: &str = "2026-11-20";

fn recipe(desk: &TestDesk, from: &str, blend: &str, component: &str, share: &str) -> Json {
    let part = json!({"materialId": blend, "componentId": component, "sharePct": share});
    desk.enter("recipe", from, part)
}

/// Bedding sand is a blend here: half 3/4, 30 % G1, the rest washed sand.
fn blend(desk: &TestDesk) {
    for (component, share) in [("MAT002", "50"), ("MAT001", "30"), ("MAT010", "20")] {
        recipe(desk, "2026-11-01", "MAT012", component, share);
    }
}

fn leave(desk: &TestDesk, material: &str, tons: &str) -> Json {
    desk.enter("dispatch", DAY, json!({"materialId": material, "qtyTon": tons}))
}

fn closings(desk: &TestDesk, materials: [&str; 4]) -> [i64; 4] {
    materials.map(|material| desk.closing(material, DAY))
}

const HEAPS: [&str; 4] = ["MAT012", "MAT002", "MAT001", "MAT010"];

fn a_blend_draws_its_components_by_the_recipe(desk: &TestDesk) {
    blend(desk);
    leave(desk, "MAT012", "24.401");
    // 24,401 kg by largest remainder: nothing is lost and nothing is made.
    assert_eq!(closings(desk, HEAPS), [0, -12_201, -7_320, -4_880]);
    desk.check_ledger();
}

fn a_typed_split_takes_the_place_of_the_recipe(desk: &TestDesk) {
    blend(desk);
    leave(desk, "MAT012", "100");
    for (component, tons) in [("MAT002", "60"), ("MAT011", "38")] {
        desk.enter(
            "split",
            DAY,
            json!({"materialId": "MAT012", "componentId": component, "qtyTon": tons}),
        );
    }
    assert_eq!(closings(desk, HEAPS), [-2_000, -60_000, 0, 0], "2 t are not explained, and shown");
    assert_eq!(desk.closing("MAT011", DAY), -38_000);
    desk.check_ledger();
}

fn deleting_the_dispatch_or_the_split_restores_components(desk: &TestDesk) {
    blend(desk);
    let load = leave(desk, "MAT012", "100");
    let by_recipe = [0, -50_000, -30_000, -20_000];
    let split = json!({"materialId": "MAT012", "componentId": "MAT011", "qtyTon": "100"});
    let split = desk.enter("split", DAY, split);
    assert_eq!(closings(desk, HEAPS), [0, 0, 0, 0]);
    desk.done("split/void", json!({"id": split["id"]}));
    assert_eq!((closings(desk, HEAPS), desk.closing("MAT011", DAY)), (by_recipe, 0));
    desk.done("dispatch/void", json!({"id": load["id"]}));
    assert_eq!(closings(desk, HEAPS), [0; 4]);
    desk.check_ledger();
    desk.done("dispatch/restore", json!({"id": load["id"]}));
    assert_eq!(closings(desk, HEAPS), by_recipe);
    desk.done("split/restore", json!({"id": split["id"]}));
    assert_eq!((closings(desk, HEAPS), desk.closing("MAT011", DAY)), ([0; 4], -100_000));
    desk.check_ledger();
}

fn five_sold_as_names_reconcile_to_their_heap(desk: &TestDesk) {
    desk.enter("inventory", DAY, json!({"materialId": "MAT013", "openingOverrideTon": "500"}));
    let names = ["MAT004", "MAT005", "MAT006", "MAT007", "MAT008"];
    for (name, tons) in names.iter().zip(["31.2", "30", "28.45", "40", "35.001"]) {
        recipe(desk, "2026-01-01", name, "MAT013", "100");
        leave(desk, name, tons);
    }
    leave(desk, "MAT013", "10");
    assert_eq!(desk.closing("MAT013", DAY), 500_000 - 164_651 - 10_000);
    assert!(names.iter().all(|name| desk.closing(name, DAY) == 0), "names have no heap");
    desk.check_ledger();
}

fn a_recipe_holds_from_its_day_and_only_when_it_makes_a_whole(desk: &TestDesk) {
    leave(desk, "MAT012", "100");
    assert_eq!(closings(desk, HEAPS), [-100_000, 0, 0, 0], "nothing is known of it");
    recipe(desk, "2026-11-01", "MAT012", "MAT002", "60");
    assert_eq!(closings(desk, HEAPS), [-100_000, 0, 0, 0], "60 % is no whole");
    recipe(desk, "2026-11-01", "MAT012", "MAT001", "40");
    assert_eq!(closings(desk, HEAPS), [0, -60_000, -40_000, 0]);
    recipe(desk, "2026-11-21", "MAT012", "MAT010", "100");
    assert_eq!(closings(desk, HEAPS), [0, -60_000, -40_000, 0], "it begins on the day after");
    let own = recipe(desk, DAY, "MAT012", "MAT012", "100");
    assert_eq!(closings(desk, HEAPS), [-100_000, 0, 0, 0], "it has a heap of its own again");
    desk.done("recipe/void", json!({"id": own["id"]}));
    assert_eq!(closings(desk, HEAPS), [0, -60_000, -40_000, 0]);
    desk.check_ledger();
    assert_eq!(
        desk.done("periods/ready", json!({"siteId": SITE, "date": DAY}))["negative"]
            .as_array()
            .map(Vec::len),
        Some(2)
    );
}

fn a_component_that_the_recipe_drops_is_given_back(desk: &TestDesk) {
    leave(desk, "MAT012", "100");
    let half = |component| recipe(desk, "2026-11-01", "MAT012", component, "50");
    let (first, _) = (half("MAT002"), half("MAT001"));
    desk.done("recipe/void", json!({"id": first["id"]}));
    half("MAT010");
    assert_eq!(closings(desk, HEAPS), [0, 0, -50_000, -50_000]);
    desk.check_ledger();
}

fn a_blend_is_mixed_of_heaps_and_not_of_names(desk: &TestDesk) {
    recipe(desk, "2026-11-01", "MAT004", "MAT013", "100");
    let split = json!({"siteId": SITE, "date": DAY, "materialId": "MAT012", "componentId": "MAT004", "qtyTon": "5"});
    let told = desk.raw("split/create", json!({"draft": split})).unwrap_err();
    assert_eq!(told.details[0].code, "E-COMPONENT");
    let before = json!({"materialId": "MAT012", "componentId": "MAT004", "qtyTon": "5"});
    desk.enter("split", "2026-10-31", before);
    assert_eq!(desk.closing("MAT004", "2026-10-31"), -5_000, "before the recipe it had a heap");
}

fn splits_of_other_days_stay_as_they_were_mixed(desk: &TestDesk) {
    blend(desk);
    let split = |date: &str| {
        desk.enter("dispatch", date, json!({"materialId": "MAT012", "qtyTon": "10"}));
        let part = json!({"materialId": "MAT012", "componentId": "MAT011", "qtyTon": "10"});
        desk.enter("split", date, part);
    };
    split("2026-11-18");
    split("2026-11-21");
    leave(desk, "MAT012", "10");
    assert_eq!(closings(desk, HEAPS), [0, -5_000, -3_000, -2_000]);
    assert_eq!(desk.closing("MAT011", "2026-11-22"), -20_000);
    recipe(desk, "2026-11-15", "MAT012", "MAT010", "100");
    assert_eq!(closings(desk, HEAPS), [0, 0, 0, -10_000]);
    assert_eq!(desk.closing("MAT011", "2026-11-22"), -20_000);
    desk.check_ledger();
}
