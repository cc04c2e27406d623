//! Records taken away by week and month, as a clerk asks for them.

use deskops_tests::window::clerk::{open_module, open_production, wait_saved};
use deskops_tests::window::{Browser, axe};

use super::wear;

/// Goes to all records of the module that is open, of the last thirty days.
fn look_up(browser: &mut Browser) {
    browser.page.click(".switch a:last-of-type");
    browser.page.wait_for("[data-screen=\"records\"] #export-rows");
    let _ = browser.page.js("document.querySelector('#period').focus()", vec![]);
    browser.page.keys("Last 30");
    browser.page.wait_until("the last thirty days", || {
        browser.page.js("return document.querySelector('#date-from').value", vec![]) != ""
    });
    browser.page.ready();
}

fn chosen(browser: &Browser) -> String {
    let value = browser.page.js("return document.querySelector('#export-rows').value", vec![]);
    value.as_str().unwrap_or_default().to_owned()
}

#[test]
fn records_are_taken_away_by_week_with_keys_and_the_choice_is_remembered() {
    let mut browser = Browser::start();
    open_production(&mut browser.page);
    browser.page.keys("128.45\n96.2\n");
    wait_saved(&browser.page, 2);
    look_up(&mut browser);
    assert_eq!(chosen(&browser), "daily");
    let _ = browser.page.js("document.querySelector('#export-rows').focus()", vec![]);
    browser.page.keys("We");
    browser.page.wait_until("weeks to be chosen", || chosen(&browser) == "weekly");
    browser.page.chord("Ctrl+E");
    browser.page.wait_text(".file-name", "production_weekly_");
    browser.page.wait_text(".file-panel", "2 rows");
    browser.page.wait_text(".file-panel", "224.650 t");
    for theme in ["light", "dark"] {
        wear(&browser, theme);
        browser.page.ready();
        browser.shot(&format!("{theme}-taken-away-by-week"));
        assert_eq!(axe::violations(&browser.page), [], "{theme}");
    }
    open_module(&mut browser.page, "Ctrl+3", "dispatch");
    look_up(&mut browser);
    assert_eq!(chosen(&browser), "weekly", "it is remembered");
}
