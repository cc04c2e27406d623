//! Stock, runs and the mass balance in Chromium: everyone can use them, in light and in dark.

use std::path::Path;

use deskops_core::{Desk, Place, Router};
use deskops_domain::access::Caller;
use deskops_tests::people::{PASSWORD, move_in_with_crew};
use deskops_tests::window::clerk::{cells, open_module, sign_in_as, wait_saved};
use deskops_tests::window::{Browser, axe};
use serde_json::{Value, json};

use crate::wear;

fn check(browser: &Browser, theme: &str, state: &str) {
    browser.page.ready();
    browser.shot(&format!("{theme}-{state}"));
    assert_eq!(axe::violations(&browser.page), [], "{state} in {theme}");
}

#[test]
fn stock_runs_and_the_balance_are_read_and_typed_in_light_and_in_dark() {
    let mut browser = Browser::start_on(move_in_with_crew);
    sign_in_as(&mut browser.page, "huda", PASSWORD);
    open_module(&mut browser.page, "Ctrl+4", "received");
    browser.page.keys("con\t240\t10\tQuarry road\n");
    wait_saved(&browser.page, 1);
    browser.page.click("a[aria-label=\"Crusher runs\"]");
    browser.page.wait_for("[data-screen=\"run\"] [role=\"grid\"]");
    browser.page.ready();
    browser.page.keys("jaw\tcon\t\t200\t12\t4\n");
    wait_saved(&browser.page, 1);
    for theme in ["light", "dark"] {
        wear(&browser, theme);
        check(&browser, theme, "runs");
    }
    browser.page.click("a[aria-label=\"Mass balance\"]");
    browser.page.wait_text("[data-screen=\"balance\"] [data-adds-up=\"true\"]", "to the kilogram");
    browser.page.wait_text("[data-screen=\"balance\"]", "184.000");
    for theme in ["light", "dark"] {
        wear(&browser, theme);
        check(&browser, theme, "balance");
    }
    open_module(&mut browser.page, "Ctrl+7", "inventory");
    assert!(cells(&browser.page, "± runs").iter().any(|cell| cell == "−200.000"));
    browser.page.chord("Ctrl+L");
    browser.page.wait_text(".banner", "Production is not entered");
    for theme in ["light", "dark"] {
        wear(&browser, theme);
        check(&browser, theme, "inventory-not-ready");
    }
}

/// Eight hours of the jaw crusher yesterday came to 1,200 t of 3/4; the count found 60 t less.
fn with_a_count_against_hours(folder: &Path) {
    move_in_with_crew(folder);
    let desk = Desk::open(Place::in_folder(folder)).expect("a desk that is set up opens");
    let (router, catalogue) = (Router::all(), desk.catalogue());
    let site = &catalogue.sites[0];
    let yesterday = desk.today(site).expect("a known zone").plus(-1);
    let run = |name: &str, input: Value| {
        router.run(&desk, &Caller::at_this_computer(), name, input).expect("it is right")
    };
    for (record, more) in [
        ("rate", json!({"equipmentId": "EQ001", "tonsPerHour": 150})),
        ("rate_split", json!({"equipmentId": "EQ001", "materialId": "MAT002", "tonsPerHour": 150})),
        ("equipment", json!({"equipmentId": "EQ001", "count": 1, "hours": 8})),
    ] {
        let mut draft = more;
        draft["siteId"] = json!(site.id);
        draft["date"] = json!(yesterday);
        run(&format!("{record}/create"), json!({ "draft": draft }));
    }
    run("rates/apply", json!({"siteId": site.id, "date": yesterday}));
    let count = json!({"siteId": site.id, "date": yesterday.plus(1), "materialId": "MAT002", "countedTon": "2640.5"});
    run("inventory/create", json!({ "draft": count }));
}

#[test]
fn what_counts_say_of_rate_cards_is_read_on_the_mass_balance() {
    let mut browser = Browser::start_on(with_a_count_against_hours);
    sign_in_as(&mut browser.page, "huda", PASSWORD);
    browser.page.click("a[aria-label=\"Mass balance\"]");
    browser.page.wait_text("[data-screen=\"balance\"]", "150.000 t → 142.500 t an hour");
    browser.page.wait_text("[data-screen=\"balance\"]", "counts found 60.000 t less");
    for theme in ["light", "dark"] {
        wear(&browser, theme);
        let last = "document.querySelector('.balance-figures').lastElementChild.scrollIntoView()";
        let _ = browser.page.js(last, vec![]);
        check(&browser, theme, "balance-rates");
    }
}
