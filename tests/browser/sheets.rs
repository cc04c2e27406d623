//! The other modules as they are typed: loads one after another, machines and crew row by row.

use deskops_tests::window::clerk::{cells, open_module, quantities, states, wait_saved};
use deskops_tests::window::{Browser, axe};

use crate::wear;

/// Twelve loads of a day, one of them with a note, on a site where nothing was typed before.
const LOADS: [&str; 12] = [
    "34\t31.2\t2\tPetra Build\tD-10230\n",
    "38\t18.45\t1\n",
    "34\t19.2\t1\n",
    "was\t18.405\t1\n",
    "rec\t32.86\t2\n",
    "34\t31.2\t2\tMunicipality\t\n",
    "was\t18.45\t1\n",
    "was\t17.95\t1\t\t\t\twet\n",
    "g1\t40.1\t2\n",
    "rip\t22.745\t1\tAl Noor\t\n",
    "34\t26.5\t1\n",
    "34\t18.45\t1\n",
];

#[test]
fn a_day_of_twelve_loads_takes_at_most_194_key_presses() {
    let mut browser = Browser::start();
    open_module(&mut browser.page, "Ctrl+3", "dispatch");
    let before = browser.page.presses();
    for load in LOADS {
        browser.page.keys(load);
    }
    let presses = browser.page.presses() - before;
    assert!(presses <= 194, "{presses} presses");
    wait_saved(&browser.page, 12);
    browser.page.wait_text(".grid-foot", "295.510");
    assert_eq!(cells(&browser.page, "reference")[11], "D-10241", "numbers are counted on");
    assert_eq!(cells(&browser.page, "owner")[11], "Al Noor", "owners are carried down");
    browser.page.keys("rec");
    browser.page.wait_for(".grid-list");
    browser.shot("dispatch-picker");
    assert_eq!(axe::violations(&browser.page), []);
    browser.page.chord("Esc");
    browser.page.chord("Esc");
    browser.page.goto(&format!("{}/#/received", browser.address));
    browser.page.wait_for("[data-screen=\"received\"] [role=\"grid\"]");
    browser.page.chord("Ctrl+3");
    open_module(&mut browser.page, "Ctrl+3", "dispatch");
    assert_eq!(states(&browser.page).len(), 13, "twelve loads and an open row, as they were left");
}

#[test]
fn every_module_is_typed_in_light_and_in_dark() {
    let mut browser = Browser::start();
    // The earlier day first: an edit that moves later days would be questioned.
    for (theme, to_day) in [("light", "Alt+Left"), ("dark", "Alt+Right")] {
        wear(&browser, theme);
        browser.page.chord(to_day);
        open_module(&mut browser.page, "Ctrl+3", "dispatch");
        browser.page.keys("34\t18.45\t1\tPetra Build\tD-10230\nwas\t\t2\n34\t19.2\t1\n");
        wait_saved(&browser.page, 3);
        assert_eq!(cells(&browser.page, "quantity")[1], "Weight pending");
        browser.page.keys("was");
        browser.page.wait_for(".grid-list");
        check(&browser, &format!("{theme}-dispatch-picker"));
        browser.page.chord("Esc");
        browser.page.chord("Esc");

        open_module(&mut browser.page, "Ctrl+4", "received");
        browser.page.keys("con\t\t3\tQuarry road\tABC 1234\n");
        wait_saved(&browser.page, 1);
        check(&browser, &format!("{theme}-received"));

        open_module(&mut browser.page, "Ctrl+5", "equipment");
        browser.page.keys("2\t8\t1\t0.5\to\tnew belt\t1\t9\t16\n");
        browser.page.chord("Up");
        browser.page.wait_text("body", "a day has 24");
        check(&browser, &format!("{theme}-equipment"));

        open_module(&mut browser.page, "Ctrl+6", "manpower");
        browser.page.keys("4\n2\n1\t7.5\n");
        wait_saved(&browser.page, 3);
        assert_eq!(cells(&browser.page, "hours")[..3], ["8.00", "8.00", "7.50"]);
        check(&browser, &format!("{theme}-manpower"));
    }
}

fn check(browser: &Browser, name: &str) {
    browser.page.ready();
    browser.shot(name);
    assert_eq!(axe::violations(&browser.page), [], "{name}");
}

#[test]
fn a_load_whose_answer_is_lost_is_sent_again_and_is_there_once() {
    let mut browser = Browser::start();
    open_module(&mut browser.page, "Ctrl+3", "dispatch");
    // The server does it, and the page never hears so.
    let lose = "const ask = window.fetch; window.lost = 0;
        window.fetch = async (...asked) => {
            const answer = await ask(...asked);
            if (String(asked[0]).endsWith('/dispatch/create') && window.lost < 2) {
                window.lost += 1;
                throw new TypeError('the answer is lost');
            }
            return answer;
        };
        return true";
    assert_eq!(browser.page.js(lose, Vec::new()), true);
    browser.page.keys("34\t31.2\t2\tPetra Build\tD-10230\n");
    browser.page.wait_text(".not-saved", "Not saved");
    wait_saved(&browser.page, 1);
    assert_eq!(browser.page.js("return window.lost", Vec::new()), 2, "it was sent three times");
    assert_eq!(browser.page.text(".not-saved").unwrap_or_default(), "");
    browser.page.chord("Ctrl+2");
    browser.page.wait_for("[data-screen=\"production\"]");
    open_module(&mut browser.page, "Ctrl+3", "dispatch");
    assert_eq!(cells(&browser.page, "reference"), ["D-10230", "D-10231"], "and the open row");
    assert_eq!(quantities(&browser.page), ["31.200", ""], "one load in the store");
}
