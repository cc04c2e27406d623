//! The first screen in Chromium, on half a year of demo data with targets, limits, plans and counts.

use std::process::Command;

use deskops_tests::people::PASSWORD;
use deskops_tests::window::clerk::{sign_in, wait_focus};
use deskops_tests::window::{Browser, axe, given};

use super::wear;

/// The last half year of the demo with its targets, limits and plans, and its administrator.
fn half_a_year() -> Browser {
    let mut browser = Browser::start_on(|data| {
        let file = data.join("deskops.db");
        let made = Command::new(given("DESKOPS_DEMO")).arg("--days").arg("200").arg(&file).status();
        assert!(made.is_ok_and(|made| made.success()), "the demo is written");
    });
    wait_focus(&browser.page, "sign-in-name");
    browser.page.keys("Noura\n");
    wait_focus(&browser.page, "sign-in-password");
    sign_in(&mut browser.page, PASSWORD);
    browser
}

#[test]
fn everyone_can_use_the_dashboard_of_half_a_year_in_light_and_in_dark() {
    let mut browser = half_a_year();
    browser.page.wait_for("#crew .chart-drawing");
    for theme in ["light", "dark"] {
        wear(&browser, theme);
        browser.page.ready();
        browser.shot(&format!("{theme}-board"));
        assert_eq!(axe::violations(&browser.page), [], "the dashboard in {theme}");

        // The keyboard: one stop a chart, arrows walk it, T makes it a table.
        let _ = browser.page.js("document.querySelector('#flows .chart-stop').focus()", vec![]);
        browser.page.chord("End");
        browser.page.chord("Left");
        browser.page.wait_for("#flows .chart-tip");
        browser.page.wait_text("#flows [role=status]", "Received");
        browser.shot(&format!("{theme}-board-walked"));
        assert_eq!(axe::violations(&browser.page), [], "a walked chart in {theme}");
        browser.page.keys("t");
        browser.page.wait_for("#flows table");
        browser.shot(&format!("{theme}-board-table"));
        assert_eq!(axe::violations(&browser.page), [], "the table of a chart in {theme}");
        browser.page.keys("t");
        browser.page.wait_for("#flows .chart-drawing");

        browser.page.click("#made .chart-more");
        browser.page.wait_for("#made-menu:popover-open");
        browser.shot(&format!("{theme}-board-menu"));
        assert_eq!(axe::violations(&browser.page), [], "the menu of a chart in {theme}");
        browser.page.chord("Esc");

        for (chart, name) in
            [("#stock", "stock"), ("#machines", "machines"), (".details", "records")]
        {
            let scroll =
                format!("document.querySelector('{chart}').scrollIntoView({{block: 'start'}})");
            let _ = browser.page.js(&scroll, vec![]);
            browser.shot(&format!("{theme}-board-{name}"));
        }
        assert_eq!(axe::violations(&browser.page), [], "the lower half in {theme}");
        let _ = browser.page.js("document.querySelector('#work').scrollTo(0, 0)", vec![]);
    }
}

#[test]
fn a_series_goes_out_and_in_by_its_button_and_a_range_by_its_handles() {
    let mut browser = half_a_year();
    browser.page.wait_for("#flows .chart-drawing");
    let masses = |browser: &Browser, ink: &str| {
        let script = "return document.querySelectorAll(arguments[0]).length";
        let css = format!("#flows .chart-drawing .mass[data-ink={ink}]");
        browser.page.js(script, vec![css.into()]).as_u64().unwrap()
    };
    assert!(masses(&browser, "c2") > 0 && masses(&browser, "c3") > 0);
    browser.page.click("#flows .legend-item");
    browser.page.wait_for("#flows .legend-item[aria-pressed=false]");
    assert_eq!(masses(&browser, "c2"), 0, "received is left out");
    browser.page.click("#flows .legend-item");
    browser.page.wait_for("#flows .legend-item[aria-pressed=true]");
    assert!(masses(&browser, "c2") > 0);

    let period = |browser: &Browser| browser.page.text("#flows .chart-period").unwrap();
    let before = period(&browser);
    let _ = browser.page.js("document.querySelector('#flows .brush input').focus()", vec![]);
    browser.page.chord("Right");
    browser.page.wait_until("a day less", || period(&browser) != before);
    let one = period(&browser);
    browser.page.chord("PageUp");
    browser.page.wait_until("a week less", || period(&browser) != one);
    let value = browser.page.value("#flows .brush input");
    assert_eq!(value.as_deref(), Some("8"), "a day and a week");
}

#[test]
fn a_year_is_shown_by_week_and_a_card_opens_its_module_on_that_day() {
    let mut browser = half_a_year();
    browser.page.wait_for("#flows .chart-drawing");
    let address = |browser: &Browser| {
        browser.page.js("return location.hash", vec![]).as_str().unwrap_or_default().to_owned()
    };
    let day = address(&browser).split("day=").nth(1).unwrap().to_owned();
    let _ = browser.page.js("document.querySelector('#range').focus()", vec![]);
    browser.page.keys("This y");
    browser.page.wait_text("#flows .chart-period", "by week");
    browser.page.ready();
    browser.shot("board-by-week");
    assert_eq!(axe::violations(&browser.page), [], "a year by week");

    let _ =
        browser.page.js("document.querySelector('.card[data-module=dispatch]').focus()", vec![]);
    browser.page.keys("\n");
    browser.page.wait_for("[data-screen=dispatch]");
    let there = address(&browser);
    assert!(there.starts_with("#/dispatch?") && there.contains(&day), "{there}");
}
