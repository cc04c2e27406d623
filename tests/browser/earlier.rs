//! What the core works out and moves, as a clerk sees it: lines from hours, tons from loads, and
//! the days after an earlier one.

use std::path::Path;

use deskops_core::{Desk, Place, Router};
use deskops_domain::access::Caller;
use deskops_tests::people::{PASSWORD, move_in};
use deskops_tests::window::clerk::{
    TWELVE, TWELVE_SHOWN, cells, open_module, open_production, quantities, sign_in, states,
    wait_saved,
};
use deskops_tests::window::{Browser, axe};
use serde_json::json;

use crate::wear;

/// A crusher with a rate and its split, and what a load of one material weighs.
fn with_cards(folder: &Path) {
    move_in(folder);
    let desk = Desk::open(Place::in_folder(folder)).expect("a desk that is set up opens");
    let site = desk.catalogue().sites[0].id.clone();
    let enter = |module: &str, fields: &[(&str, &str)]| {
        let mut draft = json!({"siteId": site, "date": "2026-01-01"});
        for (field, text) in fields {
            draft[*field] = json!(text);
        }
        let input = json!({"draft": draft});
        let name = format!("{module}/create");
        Router::all().run(&desk, &Caller::at_this_computer(), &name, input).expect("it is right");
    };
    enter("rate", &[("equipmentId", "EQ001"), ("tonsPerHour", "250")]);
    for (material, tons) in [("MAT001", "150"), ("MAT002", "100")] {
        let machine = ("equipmentId", "EQ001");
        enter("rate_split", &[machine, ("materialId", material), ("tonsPerHour", tons)]);
    }
    enter("load_factor", &[("materialId", "MAT002"), ("tonsPerLoad", "18.5")]);
}

fn start() -> Browser {
    let mut browser = Browser::start_on(with_cards);
    sign_in(&mut browser.page, PASSWORD);
    browser
}

fn status(browser: &Browser, words: &str) {
    browser.page.wait_text("#status-message", words);
}

#[test]
fn hours_become_lines_by_one_press_and_a_typed_line_stays() {
    let mut browser = start();
    open_production(&mut browser.page);
    browser.page.keys("12.5\n");
    wait_saved(&browser.page, 1);
    open_module(&mut browser.page, "Ctrl+5", "equipment");
    browser.page.keys("1\t8\n");
    wait_saved(&browser.page, 1);
    open_production(&mut browser.page);
    browser.page.chord("Ctrl+M");
    status(&browser, "1 line from the hours of 1 machine, 1 typed line stays.");
    browser.page.ready();
    assert_eq!(quantities(&browser.page)[..2], ["12.500", "800.000"]);
    assert_eq!(cells(&browser.page, "origin")[..2], ["", "From hours"]);
    for theme in ["light", "dark"] {
        wear(&browser, theme);
        browser.shot(&format!("{theme}-from-hours"));
        assert_eq!(axe::violations(&browser.page), [], "{theme}");
    }
}

#[test]
fn loads_become_tons_by_one_press_and_materials_without_a_factor_are_named() {
    let mut browser = start();
    open_module(&mut browser.page, "Ctrl+3", "dispatch");
    browser.page.keys("34\t\t2\tPetra Build\tD-10230\nwas\t\t3\n");
    wait_saved(&browser.page, 2);
    browser.page.chord("Ctrl+M");
    status(&browser, "estimated from loads");
    browser.page.ready();
    browser.shot("tons-from-loads");
    let estimated = cells(&browser.page, "estimated");
    assert_eq!(estimated.iter().filter(|word| *word == "yes").count(), 1, "{estimated:?}");
    assert_eq!(cells(&browser.page, "quantity")[1], "Weight pending");
    assert!(
        browser.page.text("#status-message").is_some_and(|text| text.contains("a load weighs"))
    );
}

#[test]
fn an_earlier_day_asks_before_it_moves_the_days_after_it() {
    let mut browser = start();
    open_production(&mut browser.page);
    browser.page.keys("100\n");
    wait_saved(&browser.page, 1);
    browser.page.chord("Alt+Left");
    open_production(&mut browser.page);
    browser.page.keys("50\n");
    for theme in ["light", "dark"] {
        browser.page.wait_for("dialog.cascade[open]");
        wait_answer(&browser);
        browser.shot(&format!("{theme}-cascade"));
        assert_eq!(axe::violations(&browser.page), [], "{theme}");
        let said = browser.page.text("#cascade-title").unwrap_or_default();
        assert!(said.contains("1 day, 1 material changes"), "{said}");
        let table = browser.page.text(".cascade-lines").unwrap_or_default();
        assert!(table.contains("100.000 → 150.000"), "{table}");
        assert!(browser.page.text(".not-saved").is_some_and(|text| text.contains("Not saved")));
        if theme == "light" {
            browser.page.chord("Esc");
            status(&browser, "Nothing was written.");
            browser.page.ready();
            assert_eq!(
                (quantities(&browser.page)[0].as_str(), states(&browser.page)[0].as_str()),
                ("", "")
            );
            wear(&browser, "dark");
            let _ = browser
                .page
                .js("document.querySelector('[role=grid] [tabindex=\"0\"]').focus()", vec![]);
            browser.page.chord("Up");
            browser.page.keys("50\n");
        }
    }
    browser.page.chord("Enter");
    status(&browser, "is saved: 1 day, 1 material changes.");
    wait_saved(&browser.page, 1);
    browser.page.keys("7\n");
    wait_saved(&browser.page, 2);
    assert!(browser.page.value("dialog.cascade").is_none(), "it is asked once a day");
    assert_eq!(browser.page.text(".not-saved").unwrap_or_default(), "");
}

/// Something on the business day that an earlier day moves, and the sheet of the day before.
fn go_earlier(browser: &mut Browser, key: &str, module: &str, today: &str, rows: usize) {
    open_module(&mut browser.page, key, module);
    browser.page.keys(today);
    wait_saved(&browser.page, rows);
    browser.page.chord("Alt+Left");
    open_module(&mut browser.page, key, module);
}

#[test]
fn who_types_on_at_full_speed_answers_nothing_and_loses_nothing() {
    let mut browser = start();
    go_earlier(&mut browser, "Ctrl+2", "production", "100\n", 1);
    // In one breath: the question is ready long before the last key.
    browser.page.keys(&TWELVE.map(|quantity| format!("{quantity}\n")).concat());
    wait_answer(&browser);
    assert_eq!(quantities(&browser.page)[..12], TWELVE_SHOWN, "every key went into the sheet");
    browser.shot("cascade-after-typing");
    browser.page.chord("Enter");
    wait_saved(&browser.page, 12);
    assert_eq!(quantities(&browser.page)[..12], TWELVE_SHOWN);
}

#[test]
fn tab_and_enter_of_fast_typing_take_no_load_back() {
    let mut browser = start();
    go_earlier(&mut browser, "Ctrl+3", "dispatch", "34\t5\t1\tPetra Build\tD-900\n", 1);
    let loads: Vec<String> =
        (1..=8).map(|load| format!("34\t{load}\t1\tPetra Build\tD-{load:03}\n")).collect();
    browser.page.keys(&loads.concat());
    wait_answer(&browser);
    browser.page.chord("Enter");
    wait_saved(&browser.page, 8);
    let tons: Vec<String> = (1..=8).map(|load| format!("{load}.000")).collect();
    let tickets: Vec<String> = (1..=8).map(|load| format!("D-{load:03}")).collect();
    assert_eq!(quantities(&browser.page)[..8], tons);
    assert_eq!(cells(&browser.page, "reference")[..8], tickets);
}

#[test]
fn the_question_gives_way_to_typing_and_what_is_taken_back_comes_back_by_ctrl_z() {
    let mut browser = start();
    go_earlier(&mut browser, "Ctrl+2", "production", "100\n40\n30\n", 3);
    browser.page.keys("50\n");
    browser.page.wait_for("dialog.cascade[open]");
    // Both before its buttons take keys and afterwards.
    browser.page.keys("60\n");
    wait_answer(&browser);
    browser.page.keys("70\n");
    wait_answer(&browser);
    assert_eq!(quantities(&browser.page)[..3], ["50.000", "60.000", "70.000"]);
    browser.page.chord("Esc");
    status(&browser, "Ctrl+Z brings back what was typed.");
    assert_eq!(quantities(&browser.page)[0], "", "it is as it was");
    // The next row asks by itself.
    wait_answer(&browser);
    browser.page.chord("Enter");
    wait_saved(&browser.page, 2);
    browser.page.chord("Ctrl+Z");
    // It was said of this day that moving others is meant.
    wait_saved(&browser.page, 3);
    assert_eq!(quantities(&browser.page)[..3], ["50.000", "60.000", "70.000"]);
}

#[test]
fn a_figure_of_the_ledger_opens_its_rows_and_odd_figures_are_counted() {
    let mut browser = start();
    open_module(&mut browser.page, "Ctrl+3", "dispatch");
    browser.page.keys("34\t900\t1\tPetra Build\tD-10230\nwas\t20\t1\n");
    wait_saved(&browser.page, 2);
    open_module(&mut browser.page, "Ctrl+7", "inventory");
    browser.page.wait_text(".odd-figures", "1 odd figure");
    browser.page.click(".odd-figures summary");
    for theme in ["light", "dark"] {
        wear(&browser, theme);
        browser.shot(&format!("{theme}-odd-figures"));
        assert_eq!(axe::violations(&browser.page), [], "{theme}");
    }
    let dispatched = "const heads = [...document.querySelectorAll('[role=columnheader]')];
        const at = heads.find(head => head.innerText.includes('Dispatched')).ariaColIndex;
        const cells = [...document.querySelectorAll(`[role=gridcell][aria-colindex=\"${at}\"]`)];
        const cell = cells.find(cell => cell.innerText.trim() === '900.000');
        cell.dispatchEvent(new MouseEvent('dblclick', { bubbles: true }));
        return cell.innerText.trim()";
    assert_eq!(browser.page.js(dispatched, Vec::new()), "900.000");
    browser.page.wait_for("[data-screen=\"records\"] [data-match=\"materialId\"]");
    browser.page.wait_text(".record-totals", "900.000");
    browser.page.ready();
    assert_eq!(browser.page.texts(".record-row").len(), 1, "the rows of one material");
    browser.shot("rows-of-a-figure");
    assert_eq!(axe::violations(&browser.page), []);
    browser.page.click("[data-match] button");
    browser.page.wait_text(".record-totals", "920.000");
}

#[test]
fn lines_from_hours_of_an_earlier_day_ask_before_they_move_the_days_after_it() {
    let mut browser = start();
    go_earlier(&mut browser, "Ctrl+2", "production", "100\n", 1);
    open_module(&mut browser.page, "Ctrl+5", "equipment");
    browser.page.keys("1\t8\n");
    wait_saved(&browser.page, 1);
    open_production(&mut browser.page);
    browser.page.chord("Ctrl+M");
    wait_answer(&browser);
    let said = browser.page.text("#cascade-title").unwrap_or_default();
    assert!(said.contains("From hours") && said.contains("1 day, 1 material changes"), "{said}");
    browser.shot("cascade-from-hours");
    browser.page.chord("Esc");
    status(&browser, "Nothing was written.");
    assert_eq!(quantities(&browser.page)[..2], ["", ""]);
    browser.page.chord("Ctrl+M");
    wait_answer(&browser);
    browser.page.chord("Enter");
    status(&browser, "2 lines from the hours of 1 machine. 1 day, 1 material changes.");
    browser.page.ready();
    assert_eq!(quantities(&browser.page)[..2], ["1,200.000", "800.000"]);
}

/// The answer waits a moment, so that who types on does not answer by the way.
fn wait_answer(browser: &Browser) {
    browser.page.wait_until("the answer to have the focus", || {
        let focused = "return document.activeElement?.innerText?.trim() ?? ''";
        browser.page.js(focused, Vec::new()) == "Save"
    });
}
