//! The door, the set-up and the users in Chromium: everyone can use them, in light and in dark.

use deskops_tests::people::PASSWORD;
use deskops_tests::window::clerk::{sign_in, wait_focus};
use deskops_tests::window::{Browser, axe};

use crate::wear;

const THEMES: [&str; 2] = ["light", "dark"];

fn check(browser: &Browser, theme: &str, state: &str) {
    browser.page.ready();
    browser.shot(&format!("{theme}-{state}"));
    assert_eq!(axe::violations(&browser.page), [], "{state} in {theme}");
}

/// Fills in the administrator, in the second step of the set-up.
fn administrator(browser: &mut Browser, password: &str) {
    wait_focus(&browser.page, "full-name");
    browser.page.keys(&format!("Noura Al-Harbi\tNoura\t{password}\t{password}\n"));
}

#[test]
fn everyone_can_set_up_a_new_computer_and_keep_its_users() {
    let mut browser = Browser::start_anew();
    for theme in THEMES {
        wear(&browser, theme);
        check(&browser, theme, "set-up-site");
    }
    browser.page.click("#site-zone");
    browser.page.chord("Ctrl+A");
    browser.page.keys("Mars/Olympus\n");
    browser.page.wait_text("#site-zone-about", "There is no such time zone");
    for theme in THEMES {
        wear(&browser, theme);
        check(&browser, theme, "set-up-site-wrong");
    }
    browser.page.click("#site-zone");
    browser.page.chord("Ctrl+A");
    browser.page.keys("Asia/Riyadh\n");
    administrator(&mut browser, "short");
    browser.page.wait_text("#password-about", "at least 8 characters");
    for theme in THEMES {
        wear(&browser, theme);
        check(&browser, theme, "set-up-administrator");
    }
    for id in ["password", "again"] {
        browser.page.click(&format!("#{id}"));
        browser.page.chord("Ctrl+A");
        browser.page.keys(PASSWORD);
    }
    browser.page.keys("\n");
    browser.page.wait_for(".shell");
    browser.page.ready();

    browser.page.click("a[aria-label=\"Users\"]");
    browser.page.wait_for("[data-screen=\"users\"] table");
    browser.page.click("[data-screen=\"users\"] .toolbar button");
    wait_focus(&browser.page, "user-full-name");
    for theme in THEMES {
        wear(&browser, theme);
        check(&browser, theme, "users-new");
    }
    browser.page.click("#user-full-name");
    browser.page.keys("Omar Al-Ghamdi\tomar\t123456\n");
    browser.page.wait_text("tbody tr:nth-child(2)", "Operator");
    for theme in THEMES {
        wear(&browser, theme);
        check(&browser, theme, "users");
        browser.page.click(".who");
        browser.page.wait_for(".user-menu:popover-open");
        check(&browser, theme, "user-menu");
        browser.page.click(".user-menu button");
        browser.page.wait_for("dialog[open] #password-old");
        check(&browser, theme, "change-password");
        browser.page.chord("Esc");
    }
}

#[test]
fn a_clerk_signs_in_is_refused_what_is_not_theirs_and_signs_out() {
    let mut browser = Browser::start();
    browser.page.click("a[aria-label=\"Users\"]");
    browser.page.click("[data-screen=\"users\"] .toolbar button");
    wait_focus(&browser.page, "user-full-name");
    browser.page.keys("Omar Al-Ghamdi\tomar\t123456\n");
    browser.page.wait_text("tbody tr:nth-child(2)", "Omar");
    sign_out(&browser);
    wait_focus(&browser.page, "sign-in-password");
    for theme in THEMES {
        wear(&browser, theme);
        check(&browser, theme, "sign-in");
    }
    browser.page.click("#sign-in-password");
    browser.page.chord("Shift+Tab");
    wait_focus(&browser.page, "sign-in-name");
    browser.page.keys("Omar\n");
    wait_focus(&browser.page, "sign-in-password");
    browser.page.keys("654321\n");
    browser.page.wait_text("#sign-in-problem", "The name or the password is wrong.");
    for theme in THEMES {
        wear(&browser, theme);
        check(&browser, theme, "sign-in-wrong");
    }
    browser.page.click("#sign-in-password");
    sign_in(&mut browser.page, "123456");
    browser.page.wait_text(".who-name", "Omar Al-Ghamdi");
    assert!(browser.page.text("a[aria-label=\"Users\"]").is_none(), "no menu entry");
    let _ = browser.page.js("location.hash = '/users'; return true", Vec::new());
    browser.page.wait_text("[data-screen=\"users\"]", "Your role may not do this");
    let _ = browser.page.js("location.reload(); return true", Vec::new());
    browser.page.wait_text(".who-name", "Omar Al-Ghamdi");
    sign_out(&browser);
    wait_focus(&browser.page, "sign-in-password");
    assert_eq!(browser.page.value("#sign-in-name").as_deref(), Some("omar"), "who was here last");
}

fn sign_out(browser: &Browser) {
    browser.page.click(".who");
    browser.page.wait_for(".user-menu:popover-open");
    browser.page.click(".user-menu button:last-of-type");
    browser.page.wait_for("[data-screen=\"sign-in\"]");
    browser.page.ready();
}

#[test]
fn a_session_that_ends_leaves_the_page_and_goes_on_after_signing_in() {
    let mut browser = Browser::start();
    deskops_tests::window::clerk::open_production(&mut browser.page);
    browser.page.forget_cookies();
    browser.page.keys("12.5\n");
    browser.page.wait_for("dialog[open] #sign-in-password");
    browser.page.wait_text(".not-saved", "Not saved");
    for theme in THEMES {
        let paint = "document.documentElement.dataset.theme = arguments[0]; return true";
        let _ = browser.page.js(paint, vec![theme.into()]);
        check(&browser, theme, "sign-in-again");
    }
    browser.page.chord("Esc");
    wait_focus(&browser.page, "sign-in-password");
    browser.page.keys(&format!("{PASSWORD}\n"));
    deskops_tests::window::clerk::wait_saved(&browser.page, 1);
    assert_eq!(browser.page.text("dialog[open]"), None, "the page is free again");
    browser.page.wait_until("nothing to be unsaved", || {
        browser.page.text(".not-saved").is_some_and(|words| words.is_empty())
    });
}

#[test]
fn a_file_is_fetched_with_the_session_and_handed_to_the_browser() {
    let mut browser = Browser::start();
    deskops_tests::window::clerk::open_production(&mut browser.page);
    let watch = "window.saved = [];
        const make = URL.createObjectURL.bind(URL);
        URL.createObjectURL = file => { window.saved.push(file.size); return make(file); };
        return true";
    assert_eq!(browser.page.js(watch, Vec::new()), true);
    browser.page.chord("Ctrl+E");
    browser.page.wait_for(".file-panel[data-state=\"written\"]");
    browser.page.click(".file-panel .button[data-look=\"accent\"]");
    browser.page.wait_until("the file to be handed over", || {
        let sizes = browser.page.js("return window.saved", Vec::new());
        sizes[0].as_u64().is_some_and(|bytes| bytes > 1_000)
    });
}
