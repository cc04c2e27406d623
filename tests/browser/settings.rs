//! Settings and catalogues: each list opens, takes a row by the keyboard, and everyone can use it.

use deskops_tests::window::clerk::{cells, states};
use deskops_tests::window::{Browser, axe};

use crate::wear;

/// Each list, what an administrator types into it, how many rows that makes, and what then stands there.
const ROWS: [(&str, &str, usize, &str); 13] = [
    ("target", "34\t120\n", 1, "120.000"),
    ("threshold", "34\t100\t500\n", 1, "500.000"),
    ("load_factor", "34\t18.5\tsurvey of May\n", 1, "18.500"),
    ("recipe", "bed\tg1\t80\n", 1, "80.00"),
    ("rate", "cru\t250\n", 1, "250.000"),
    ("rate_split", "cru\t34\t125\ncru\tg1\t120\n", 2, "120.000"),
    ("machine_plan", "cru\t16\n", 1, "16.00"),
    ("crew_plan", "lab\t4\n", 1, "8.00"),
    ("calendar_day", "23/9\tNational Day\n1/12\tExtra day\ty\n", 2, "National Day"),
    ("materials", "CRM-9\tCrumb 9\t\tagg\n\n", 1, "CRM-9"),
    ("equipment_types", "SHR-1\tShredder\t\tcru\n\n", 1, "SHR-1"),
    ("crew_roles", "GATE\tGate keeper\n", 1, "GATE"),
    ("sites", "JED-30\tJeddah 30\tJeddah\tAsia/Riyadh\n", 1, "Asia/Riyadh"),
];

fn open(browser: &mut Browser, name: &str) {
    browser.page.goto(&format!("{}/#/settings/{name}", browser.address));
    browser.page.wait_for(&format!("[data-screen=\"{name}\"] [role=\"grid\"]"));
    browser.page.ready();
    browser.page.wait_until("the cell under the cursor to have the focus", || {
        let focused = "return document.activeElement?.closest('[role=gridcell]') !== null";
        browser.page.js(focused, Vec::new()).as_bool() == Some(true)
    });
}

fn wait_saved(browser: &Browser, n_rows: usize) {
    browser.page.wait_until(&format!("{n_rows} rows to be saved here"), || {
        let saved = states(&browser.page).iter().filter(|state| state.starts_with("Saved")).count();
        saved == n_rows
    });
    browser.page.ready();
}

#[test]
fn every_list_takes_a_row_by_the_keyboard_in_light_and_in_dark() {
    let mut browser = Browser::start();
    for (name, keys, n_rows, shown) in ROWS {
        open(&mut browser, name);
        browser.page.keys(keys);
        wait_saved(&browser, n_rows);
        let text = browser.page.text("[role=grid]").unwrap_or_default();
        assert!(text.contains(shown), "{name}: {shown} in {text}");
    }
    for theme in ["light", "dark"] {
        wear(&browser, theme);
        for (name, _, _, shown) in ROWS {
            open(&mut browser, name);
            let text = browser.page.text("[role=grid]").unwrap_or_default();
            assert!(text.contains(shown), "{name} is there again: {shown} in {text}");
            browser.shot(&format!("{theme}-settings-{name}"));
            assert_eq!(axe::violations(&browser.page), [], "{name} in {theme}");
        }
    }
    open(&mut browser, "recipe");
    browser.page.wait_text(".wrong-sums", "80 of 100 % (G1 80). Not in force");
    open(&mut browser, "rate_split");
    browser.page.wait_text(".wrong-sums", "245 of 250 t/h (");
    browser.page.chord("Up");
    browser.page.chord("Ctrl+Delete");
    browser.page.wait_text(".wrong-sums", "120 of 250 t/h (G1 120)");
    browser.page.chord("Ctrl+Delete");
    browser.page.wait_text(".wrong-sums", "245 of 250 t/h");
    browser.page.chord("Ctrl+H");
    browser.page.wait_text("[data-region=drawer]", "brought back");
    browser.shot("settings-history");
    assert_eq!(axe::violations(&browser.page), []);
}

/// Ten materials as a spreadsheet hands them over.
fn ten_materials() -> String {
    let line = |number| format!("NEW-{number}\tNew stone {number}\t\tAggregates");
    (1..=10).map(line).collect::<Vec<_>>().join("\n")
}

#[test]
fn ten_materials_are_one_paste_and_can_be_picked_at_once() {
    let mut browser = Browser::start();
    open(&mut browser, "materials");
    let paste = "const data = new DataTransfer();
        data.setData('text/plain', arguments[0]);
        const event = new ClipboardEvent('paste', {clipboardData: data, bubbles: true, cancelable: true});
        document.activeElement.dispatchEvent(event);
        return true";
    assert_eq!(browser.page.js(paste, vec![ten_materials().into()]), true);
    wait_saved(&browser, 10);
    assert_eq!(cells(&browser.page, "unit").iter().rev().nth(1).map(String::as_str), Some("t"));
    open(&mut browser, "target");
    browser.page.keys("new10\t90\n");
    wait_saved(&browser, 1);
    assert_eq!(cells(&browser.page, "material")[0], "New stone 10");
}

#[test]
fn a_row_that_is_not_right_is_told_on_every_screen_until_it_is_mended() {
    let mut browser = Browser::start();
    open(&mut browser, "materials");
    // Its kind is missing.
    browser.page.keys("ODD-1\tOdd stone\n");
    browser.page.wait_text(".not-saved", "ODD-1");
    browser.shot("settings-not-saved");
    browser.page.chord("Ctrl+2");
    browser.page.wait_for("[data-screen=\"production\"] [role=\"grid\"]");
    browser.page.wait_text(".not-saved", "Materials");
    browser.page.click(".not-saved a");
    browser.page.wait_for("[data-screen=\"materials\"] [role=\"grid\"]");
    browser.page.ready();
    // The open row stands below it; its kind is three cells on.
    browser.page.chord("Up");
    browser.page.keys("\t\t\tagg\n\n");
    wait_saved(&browser, 1);
    assert_eq!(browser.page.text(".not-saved").as_deref(), Some(""));
    // A code that is taken is no record either, and a row of the catalogue is not deleted.
    browser.page.keys("odd-1\tOther\t\tagg\n\n");
    browser.page.wait_text(".not-saved", "odd-1");
    browser.page.chord("Up");
    browser.page.chord("Ctrl+Delete");
    browser.page.wait_until("the row to be gone", || {
        browser.page.text(".not-saved").is_some_and(|words| words.is_empty())
    });
    browser.page.chord("Up");
    browser.page.chord("Ctrl+Delete");
    browser.page.wait_text("#status-message", "type the day from which it is out of use");
}

#[test]
fn the_second_menu_is_reached_by_the_keyboard_and_hands_over_to_the_sheet() {
    let mut browser = Browser::start();
    browser.page.click("a[aria-label=\"Settings\"]");
    browser.page.wait_for("[data-screen=\"target\"] [role=\"grid\"]");
    let region = "return document.activeElement?.closest('[data-region]')?.dataset.region ?? ''";
    let in_region = |browser: &Browser, name: &str| {
        browser.page.wait_until(&format!("the focus in {name}"), || {
            browser.page.js(region, Vec::new()) == name
        });
    };
    in_region(&browser, "grid");
    browser.page.chord("Shift+F6");
    browser.page.chord("Shift+F6");
    in_region(&browser, "kinds");
    browser.page.chord("Tab");
    browser.page.keys("\n");
    browser.page.wait_for("[data-screen=\"threshold\"] [role=\"grid\"]");
    in_region(&browser, "grid");
    assert_eq!(browser.page.title(), "Stock thresholds · DeskOps");
}
