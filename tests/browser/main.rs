//! The same page in Chromium. Run by `cargo xtask test --only browser`.
#![cfg(target_os = "linux")]

mod close;
mod dashboard;
mod earlier;
mod elsewhere;
mod office;
mod people;
mod settings;
mod sheets;
mod take_away;

use deskops_tests::window::clerk::{TWELVE, TWELVE_SHOWN, open_production, quantities, wait_saved};
use deskops_tests::window::{Browser, axe};

/// Presses the theme button until the page is painted in this theme.
fn wear(browser: &Browser, theme: &str) {
    let worn = || browser.page.js("return document.documentElement.dataset.theme", vec![]);
    for _ in 0..3 {
        if worn() == theme {
            return;
        }
        browser.page.click("button[aria-label^=\"Theme:\"]");
        browser.page.painted();
    }
    assert_eq!(worn(), theme, "the theme button goes round");
}

#[test]
fn a_day_of_twelve_rows_takes_67_key_presses() {
    let mut browser = Browser::start();
    open_production(&mut browser.page);
    let before = browser.page.presses();
    for quantity in TWELVE {
        browser.page.keys(&format!("{quantity}\n"));
    }
    assert_eq!(browser.page.presses() - before, 67, "55 characters and 12 times Enter");
    wait_saved(&browser.page, 12);
    assert_eq!(quantities(&browser.page)[..12], TWELVE_SHOWN);
}

#[test]
fn everyone_can_use_every_screen_in_light_and_in_dark() {
    let mut browser = Browser::start();
    for theme in ["light", "dark"] {
        wear(&browser, theme);
        let check = |browser: &mut Browser, state: &str| {
            browser.page.ready();
            browser.shot(&format!("{theme}-{state}"));
            assert_eq!(axe::violations(&browser.page), [], "{state} in {theme}");
        };
        browser.page.chord("Ctrl+1");
        browser.page.wait_for("[data-screen=\"dashboard\"]");
        check(&mut browser, "dashboard");
        open_production(&mut browser.page);
        check(&mut browser, "production");
        browser.page.keys("96.2\n1.2345\n");
        check(&mut browser, "production-with-a-problem");
        browser.page.keys("7");
        check(&mut browser, "production-while-typing");
        browser.page.chord("Esc");
        browser.page.chord("Ctrl+Home");
        browser.page.chord("Ctrl+H");
        check(&mut browser, "production-history");
        browser.page.chord("Esc");
        browser.page.chord("F1");
        browser.page.wait_for("dialog[open]");
        check(&mut browser, "keys");
        browser.page.chord("Esc");
        browser.page.chord("Ctrl+3");
        browser.page.wait_for("[data-screen=\"dispatch\"]");
        check(&mut browser, "dispatch-empty");
    }
}

#[test]
fn a_page_that_some_cannot_use_is_found() {
    let browser = Browser::start();
    let add = "document.body.append(document.createElement('input')); return true";
    assert_eq!(browser.page.js(add, Vec::new()), true);
    let found = axe::violations(&browser.page);
    assert!(found.iter().any(|violation| violation.rule == "label"), "{found:?}");
}

#[test]
fn the_page_keeps_to_its_own_address_and_runs_no_script_from_text() {
    let browser = Browser::start();
    let answer = "const done = arguments[0];
        fetch('/').then(answer => done(answer.headers.get('content-security-policy')))";
    let policy = browser.page.js_later(answer, Vec::new());
    let policy = policy.as_str().unwrap_or_default();
    assert!(policy.contains("script-src 'self' 'wasm-unsafe-eval'"), "{policy}");
    assert!(!policy.contains("'unsafe-eval'") && !policy.contains("https:"), "{policy}");
}
