//! Stock, runs and the mass balance in Chromium: everyone can use them, in light and in dark.

use deskops_tests::people::{PASSWORD, move_in_with_crew};
use deskops_tests::window::clerk::{cells, open_module, sign_in_as, wait_saved};
use deskops_tests::window::{Browser, axe};

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
