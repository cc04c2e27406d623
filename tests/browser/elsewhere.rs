//! Several pages on one server: what is saved on one is seen on the others, and pages of one browser
//! are in one session.

use std::time::{Duration, Instant};

use deskops_tests::people::PASSWORD;
use deskops_tests::window::clerk::{
    cells, open_module, open_production, quantities, sign_in, states, wait_saved,
};
use deskops_tests::window::{Browser, Page, axe};

use crate::wear;

/// A browser that is signed in, and another one at the same server that is, too.
fn two() -> (Browser, Browser) {
    let one = Browser::start();
    let mut other = one.beside();
    sign_in(&mut other.page, PASSWORD);
    (one, other)
}

fn first_tons(page: &Page) -> String {
    quantities(page).first().cloned().unwrap_or_default()
}

#[test]
fn what_one_page_saves_the_other_shows_without_being_loaded_anew() {
    let (mut one, mut other) = two();
    let marked = "window.wasLoaded = true; return true";
    assert_eq!(other.page.js(marked, Vec::new()), true);
    open_production(&mut one.page);
    open_production(&mut other.page);
    one.page.keys("128.45\n");
    wait_saved(&one.page, 1);
    other.page.wait_until("the row of the other page", || first_tons(&other.page) == "128.450");
    wait_saved(&other.page, 1);
    other.page.wait_text(".grid-foot", "128.450");
    // Changed there.
    one.page.chord("Up");
    one.page.keys("96.2\n");
    other.page.wait_until("the new figure", || first_tons(&other.page) == "96.200");
    // The dashboard and the dots of the menu follow, too.
    other.page.chord("Ctrl+1");
    other.page.wait_for("[data-screen=\"dashboard\"] .cards");
    other.page.ready();
    open_module(&mut one.page, "Ctrl+3", "dispatch");
    one.page.keys("34\t31.2\t2\n");
    wait_saved(&one.page, 1);
    other
        .page
        .wait_until("the load on a card", || other.page.texts(".cards").join(" ").contains("31.2"));
    other.page.wait_for("a[aria-label=\"Dispatch, 1 row\"]");
    for theme in ["light", "dark"] {
        wear(&other, theme);
        other.page.ready();
        other.shot(&format!("{theme}-dashboard-followed"));
        assert_eq!(axe::violations(&other.page), [], "{theme}");
    }
    assert_eq!(other.page.js("return window.wasLoaded === true", Vec::new()), true);
}

#[test]
fn what_is_being_typed_stays_while_others_save_on_the_same_day() {
    let (mut one, mut other) = two();
    open_module(&mut one.page, "Ctrl+3", "dispatch");
    open_module(&mut other.page, "Ctrl+3", "dispatch");
    // A load that is half typed, its cell open.
    other.page.keys("34\t18.4");
    one.page.keys("38\t31.2\t2\n");
    wait_saved(&one.page, 1);
    let open = "return document.querySelector('[role=grid] input')?.value ?? null";
    // Longer than the page waits before it looks.
    let begun = Instant::now();
    other.page.wait_until("some seconds", || {
        assert_eq!(other.page.js(open, Vec::new()), "18.4", "the open cell stays");
        assert_eq!(states(&other.page).len(), 2, "and no row moves under the hand");
        begun.elapsed() > Duration::from_secs(4)
    });
    other.page.keys("5\t1\n");
    other.page.wait_until("both loads", || {
        let tons = cells(&other.page, "quantity");
        tons.iter().any(|tons| tons == "31.200") && tons.iter().any(|tons| tons == "18.450")
    });
    wait_saved(&other.page, 2);
    wait_saved(&one.page, 2);
    other.shot("dispatch-two-pages");
}

#[test]
fn a_second_page_of_the_browser_is_in_the_same_session_and_no_script_knows_it() {
    let mut browser = Browser::start();
    open_production(&mut browser.page);
    let first = browser.page.open_tab(&browser.address.clone());
    browser.page.wait_for(".shell");
    browser.page.ready();
    let known =
        "return [document.cookie, sessionStorage.length, JSON.stringify(localStorage)].join('|')";
    let known = browser.page.js(known, Vec::new());
    let known = known.as_str().unwrap_or_default();
    assert!(known.starts_with("|0|") && !known.contains("ession"), "{known}");
    // Another password is another session, of which the first page has not heard.
    browser.page.click(".who");
    browser.page.wait_for(".user-menu:popover-open");
    browser.page.click(".user-menu button");
    browser.page.wait_for("dialog[open] #password-old");
    browser.page.keys(&format!("{PASSWORD}\tanother-pass-word\tanother-pass-word\n"));
    browser.page.wait_text(".status-message", "Your password is changed");
    browser.page.switch_to(first);
    browser.page.painted();
    browser.page.keys("128.45\n");
    wait_saved(&browser.page, 1);
    assert_eq!(browser.page.text("dialog[open]"), None, "it goes on");
}

#[test]
fn a_clerk_who_types_twelve_rows_asks_far_less_than_a_page_may() {
    let mut browser = Browser::start();
    open_production(&mut browser.page);
    let count = "return performance.getEntriesByType('resource').filter(each => each.name.includes('/api/')).length";
    let asked = |page: &Page| page.js(count, Vec::new()).as_u64().unwrap_or(u64::MAX);
    let before = asked(&browser.page);
    for quantity in deskops_tests::window::clerk::TWELVE {
        browser.page.keys(&format!("{quantity}\n"));
    }
    wait_saved(&browser.page, 12);
    let n_asked = asked(&browser.page) - before;
    assert!(before < 40 && n_asked < 12 * 8, "{before} and {n_asked}");
}
