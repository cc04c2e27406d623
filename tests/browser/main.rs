//! The same page in Chromium. Run by `cargo xtask test --only browser`.
#![cfg(target_os = "linux")]

use deskops_tests::window::{Browser, axe};

#[test]
fn the_page_opens_in_a_browser_and_everyone_can_use_it() {
    let browser = Browser::start();
    assert_eq!(browser.page.title(), "DeskOps");
    browser.shot("browser-opens");
    assert_eq!(axe::violations(&browser.page), []);
}

#[test]
fn a_page_that_some_cannot_use_is_found() {
    let browser = Browser::start();
    let weaken =
        "document.body.append(document.createElement('input')); return document.forms.length";
    let _ = browser.page.js(weaken, Vec::new());
    let found = axe::violations(&browser.page);
    assert!(found.iter().any(|violation| violation.rule == "label"), "{found:?}");
}
