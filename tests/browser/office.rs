//! Head office in Chromium, with three sites: the switch, the sites side by side, the board of days,
//! and a clerk's entry that appears on it.

use std::process::Command;

use deskops_tests::people::PASSWORD;
use deskops_tests::window::clerk::{open_module, sign_in_as, wait_focus, wait_saved};
use deskops_tests::window::{Browser, axe, given};

use crate::wear;

const THEMES: [&str; 2] = ["light", "dark"];

/// Six weeks of three sites.
fn three_sites() -> Browser {
    Browser::start_on(|data| {
        let mut demo = Command::new(given("DESKOPS_DEMO"));
        let made =
            demo.args(["--days", "40", "--sites", "3"]).arg(data.join("deskops.db")).status();
        assert!(made.is_ok_and(|made| made.success()), "the demo is written");
    })
}

/// Looks at a screen in both themes, and in a narrower window: what is wrong with it. All screens are
/// looked at before anything is said, because each run takes minutes.
fn look(browser: &Browser, state: &str) -> Vec<String> {
    let mut wrong = Vec::new();
    for theme in THEMES {
        wear(browser, theme);
        browser.page.ready();
        browser.shot(&format!("{theme}-{state}"));
        let found = axe::violations(&browser.page);
        wrong.extend(found.into_iter().map(|found| format!("{state} in {theme}: {found:?}")));
    }
    let over = || {
        let script = "const work = document.querySelector('#work');
            return [document.documentElement.scrollWidth - innerWidth, work.scrollWidth - work.clientWidth]";
        let over = browser.page.js(script, vec![]);
        [0, 1].map(|at| over[at].as_i64().unwrap_or(i64::MAX)).into_iter().max().unwrap_or(0)
    };
    for (width, is_narrow) in [(1366, false), (1024, true)] {
        browser.page.resize(width, 768);
        browser.page.painted();
        if is_narrow {
            browser.shot(&format!("narrow-{state}"));
        }
        if over() > 0 {
            wrong.push(format!("{state} scrolls {} px sideways at {width}", over()));
        }
    }
    browser.page.resize(1366, 768);
    browser.page.painted();
    wrong
}

fn address(browser: &Browser) -> String {
    browser.page.js("return location.hash", vec![]).as_str().unwrap_or_default().to_owned()
}

/// Goes to another site as a person does who knows a part of its name.
fn switch(browser: &mut Browser, typed: &str, code: &str) {
    browser.page.chord("Alt+S");
    wait_focus(&browser.page, "site");
    browser.page.keys(typed);
    browser.page.wait_text(".site-line[aria-selected=true]", code);
    browser.page.keys("\n");
    browser.page.wait_until("the site to be shown", || {
        browser.page.value("#site").as_deref() == Some(code)
    });
    browser.page.ready();
}

fn open(browser: &Browser, title: &str, screen: &str) {
    browser.page.click(&format!("a[aria-label=\"{title}\"]"));
    browser.page.wait_for(&format!("[data-screen=\"{screen}\"]"));
    browser.page.ready();
}

#[test]
fn everyone_can_use_the_screens_of_head_office_in_light_and_in_dark() {
    let mut browser = three_sites();
    sign_in_as(&mut browser.page, "admin", PASSWORD);
    browser.page.wait_for(".side-by-side tbody tr");
    assert_eq!(browser.page.texts(".side-by-side tbody th").len(), 3);
    assert_eq!(browser.page.value("#site").as_deref(), Some("All sites"));
    let mut wrong = look(&browser, "office-dashboard");
    let scroll = "document.querySelector('.side-by-side').scrollIntoView({block: 'start'})";
    let _ = browser.page.js(scroll, vec![]);
    browser.shot("office-side-by-side");
    browser.page.chord("Alt+S");
    wait_focus(&browser.page, "site");
    browser.page.chord("Down");
    browser.page.wait_for(".site-list");
    browser.shot("office-switch");
    assert_eq!(axe::violations(&browser.page), [], "the open list of sites");
    browser.page.chord("Esc");
    open(&browser, "Completeness", "completeness");
    browser.page.wait_for(".board-cell");
    wrong.extend(look(&browser, "office-board"));
    let _ = browser.page.js("document.querySelector('#board-days').focus()", vec![]);
    browser.page.keys("31");
    browser.page.wait_for(".board[data-worded=false]");
    wrong.extend(look(&browser, "office-board-month"));
    open(&browser, "Production", "choose-site");
    browser.page.wait_for(".site-table tbody tr");
    wrong.extend(look(&browser, "office-production"));
    for (title, screen) in [
        ("Mass balance", "choose-site"),
        ("Users", "users"),
        ("Devices", "devices"),
        ("Security", "security"),
    ] {
        open(&browser, title, screen);
        let state = format!("office-{}", title.to_lowercase().replace(' ', "-"));
        wrong.extend(look(&browser, &state));
    }
    browser.page.click("a[aria-label=\"Settings\"]");
    browser.page.wait_for(".settings-kinds");
    for list in ["sites", "materials"] {
        let there = format!("location.hash = '/settings/{list}'; return true");
        let _ = browser.page.js(&there, vec![]);
        browser.page.wait_for("[data-screen] [role=grid]");
        wrong.extend(look(&browser, &format!("office-{list}")));
        let over = "const grid = document.querySelector('#work [role=grid]');
            return grid.scrollWidth - grid.clientWidth";
        let over = browser.page.js(over, vec![]).as_i64().unwrap();
        if over > 0 {
            wrong.push(format!("the list of {list} scrolls {over} px sideways at 1366"));
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}

#[test]
fn the_site_is_chosen_with_the_keyboard_and_remembered_for_each_user() {
    let mut browser = three_sites();
    sign_in_as(&mut browser.page, "admin", PASSWORD);
    browser.page.wait_for(".side-by-side tbody tr");
    switch(&mut browser, "yan", "YANBU-12");
    assert!(!address(&browser).contains("site=all"), "{}", address(&browser));
    browser.page.wait_for(".details");
    let _ = browser.page.js("location.hash = ''; location.reload(); return true", vec![]);
    browser.page.wait_for(".shell");
    browser.page.ready();
    assert_eq!(browser.page.value("#site").as_deref(), Some("YANBU-12"), "it is remembered");
    sign_in_as(&mut browser.page, "lina", PASSWORD);
    assert_eq!(browser.page.value("#site").as_deref(), Some("All sites"), "by another user");
    assert_eq!(browser.page.texts(".side-by-side tbody th").len(), 2, "her sites alone");
    switch(&mut browser, "sajaa", "SHARJAH-3");
    browser.page.click(".side-by-side, .details");
    sign_in_as(&mut browser.page, "omar", PASSWORD);
    assert_eq!(browser.page.text(".site-switch strong").as_deref(), Some("ALASLA-29"));
    assert!(browser.page.value("#site").is_none(), "who has one site chooses none");
}

#[test]
fn a_clerks_entry_appears_on_the_board_and_its_day_is_opened_from_there() {
    let mut browser = three_sites();
    // The row of the site that leaves its days open, and its last cell: today.
    let cell = "[data-site]:nth-child(3) .board-cell:nth-last-child(2)";
    sign_in_as(&mut browser.page, "lina", PASSWORD);
    open(&browser, "Completeness", "completeness");
    browser.page.wait_for(".board-cell");
    let row = "return [...document.querySelectorAll('.board-body .board-row')]
        .findIndex(row => row.textContent.includes('SHARJAH-3')) + 1";
    let row = browser.page.js(row, vec![]).as_u64().unwrap();
    let cell = cell.replace("nth-child(3)", &format!("nth-child({row})"));
    let stage = |browser: &Browser| {
        let script = "return document.querySelector(arguments[0])?.dataset.stage ?? ''";
        let found = browser.page.js(script, vec![cell.clone().into()]);
        found.as_str().unwrap_or_default().to_owned()
    };
    let before = stage(&browser);
    assert!(["EMPTY", "PARTIAL"].contains(&before.as_str()), "{before}");

    sign_in_as(&mut browser.page, "sami", PASSWORD);
    switch(&mut browser, "shar", "SHARJAH-3");
    open_module(&mut browser.page, "Ctrl+2", "production");
    browser.page.keys("128.45\n");
    wait_saved(&browser.page, 1);

    sign_in_as(&mut browser.page, "lina", PASSWORD);
    open(&browser, "Completeness", "completeness");
    browser.page.wait_for(".board-cell");
    let label = "return document.querySelector(arguments[0]).getAttribute('aria-label')";
    let told = browser.page.js(label, vec![cell.clone().into()]);
    let told = told.as_str().unwrap();
    assert!(!told.contains("missing: Production"), "{told}");
    assert_ne!(stage(&browser), "EMPTY", "{told}");

    // With the keyboard: the newest day of the first site is under the cursor.
    let _ =
        browser.page.js("document.querySelector('.board-cell[tabindex=\"0\"]').focus()", vec![]);
    for _ in 1..row {
        browser.page.chord("Down");
    }
    browser.page.wait_text(".board-detail", "SHARJAH-3");
    browser.shot("office-board-cursor");
    browser.page.chord("PageUp");
    browser.page.wait_until("earlier days", || {
        !address(&browser).is_empty() && browser.page.text(".title-day").is_some()
    });
    browser.page.ready();
    browser.page.chord("PageDown");
    browser.page.ready();
    browser.page.keys("\n");
    browser.page.wait_for("[data-screen=\"inventory\"]");
    browser.page.ready();
    assert_eq!(browser.page.value("#site").as_deref(), Some("SHARJAH-3"));
    browser.page.wait_text(".title-day, .title-line", "20");
}

/// Signs a laptop in, as its program does: without what this browser holds.
fn sign_in_a_laptop(browser: &Browser) {
    let script = "const done = arguments[arguments.length - 1];
        const device = {key: 'ab'.repeat(32), name: 'Gate laptop', app: '1.4.2'};
        fetch('/api/session/sign-in', {
            method: 'POST',
            credentials: 'omit',
            headers: {'content-type': 'application/json'},
            body: JSON.stringify({name: 'omar', password: arguments[0], device}),
        }).then(answer => done(answer.status))";
    assert_eq!(browser.page.js_later(script, vec![PASSWORD.into()]), 200);
}

#[test]
fn a_laptop_is_listed_and_its_sign_in_ended_after_a_question() {
    let mut browser = three_sites();
    sign_in_as(&mut browser.page, "admin", PASSWORD);
    sign_in_a_laptop(&browser);
    open(&browser, "Devices", "devices");
    let line = "[data-device]";
    browser.page.wait_text(line, "Gate laptop");
    let told = browser.page.text(line).unwrap();
    for words in ["omar", "ALASLA-29", "127.0.0.1", "signed in", "Active"] {
        assert!(told.contains(words), "{words}: {told}");
    }
    let wrong = look(&browser, "office-device-listed");
    let press = |label: &str| {
        let script = "[...document.querySelectorAll('button')]
            .find(button => button.textContent.trim() === arguments[0]).click(); return true";
        assert_eq!(browser.page.js(script, vec![label.into()]), true);
    };
    press("Revoke Gate laptop");
    browser.page.wait_for("#revoke-device[open]");
    browser.shot("office-device-question");
    assert_eq!(axe::violations(&browser.page), [], "the question");
    press("Leave it");
    browser
        .page
        .wait_until("the question to go", || browser.page.text("#revoke-device[open]").is_none());
    assert!(browser.page.text(line).unwrap().contains("Active"), "nothing was done");
    press("Revoke Gate laptop");
    browser.page.wait_for("#revoke-device[open]");
    press("Revoke");
    browser.page.wait_text(line, "Revoked");
    assert!(browser.page.text(line).unwrap().contains("signed out"));
    assert_eq!(wrong, Vec::<String>::new());
}
