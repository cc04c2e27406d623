//! A production day: typed with the keyboard alone, closed, opened again, taken away.

use calamine::{Data, Reader as _, Xlsx, open_workbook};
use deskops_tests::window::clerk::{
    TWELVE, TWELVE_SHOWN, TWELVE_TONS, open_production, quantities, wait_saved,
};
use deskops_tests::window::{Desktop, Home};

#[test]
fn a_day_typed_with_the_keyboard_is_there_after_a_restart_and_goes_to_excel() {
    let home = Home::new();
    let mut desktop = Desktop::start(&home);
    open_production(&mut desktop.page);
    for quantity in TWELVE {
        desktop.page.keys(&format!("{quantity}\n"));
    }
    wait_saved(&desktop.page, 12);
    assert_eq!(quantities(&desktop.page)[..12], TWELVE_SHOWN);
    desktop.page.wait_text(".grid-foot", TWELVE_TONS);
    desktop.shot("production-typed");
    desktop.close();

    let mut desktop = Desktop::start(&home);
    open_production(&mut desktop.page);
    assert_eq!(quantities(&desktop.page)[..12], TWELVE_SHOWN, "after a restart");
    desktop.page.wait_text(".grid-foot", TWELVE_TONS);

    desktop.page.chord("Ctrl+E");
    desktop.page.wait_for(".file-panel[data-state=\"written\"]");
    desktop.shot("production-exported");
    let name = desktop.page.text(".file-name").unwrap();
    let shown =
        desktop.page.js("return document.querySelector('[data-sha256]').dataset.sha256", vec![]);
    let file = home.exports().join(&name);
    let bytes = std::fs::read(&file).unwrap();
    assert_eq!(shown, serde_json::json!(sha256(&bytes)), "the hash on the screen is the file's");
    assert_eq!(tons(&file), TWELVE_SHOWN.map(|text| text.parse::<f64>().unwrap()));
    desktop.close();
}

fn sha256(bytes: &[u8]) -> String {
    use sha2::{Digest as _, Sha256};
    deskops_domain::change::hex(&Sha256::digest(bytes))
}

/// The quantities of an exported workbook, row by row, without the total.
fn tons(file: &std::path::Path) -> Vec<f64> {
    let mut book: Xlsx<_> = open_workbook(file).unwrap();
    let sheet = book.worksheet_range("Production").unwrap();
    let head: Vec<_> = sheet.rows().next().unwrap().iter().map(ToString::to_string).collect();
    let at = |name: &str| head.iter().position(|cell| cell == name).unwrap();
    let (date, quantity) = (at("Date"), at("Quantity (t)"));
    let rows = sheet.rows().skip(1).filter(|row| matches!(row[date], Data::DateTime(_)));
    rows.map(|row| if let Data::Float(tons) = row[quantity] { tons } else { f64::NAN }).collect()
}

#[test]
fn a_wrong_number_waits_as_a_draft_and_is_there_after_a_restart() {
    let home = Home::new();
    let mut desktop = Desktop::start(&home);
    open_production(&mut desktop.page);
    desktop.page.keys("1.2345\n96.2\n");
    desktop.page.wait_until("the second row to be saved", || {
        deskops_tests::window::clerk::states(&desktop.page)[1].starts_with("Saved here")
    });
    desktop.page.ready();
    desktop.page.chord("Up");
    desktop.page.chord("Up");
    desktop.page.wait_text("body", "3 decimals");
    desktop.shot("production-problem");
    desktop.close();

    let mut desktop = Desktop::start(&home);
    open_production(&mut desktop.page);
    assert_eq!(quantities(&desktop.page)[..2], ["1.2345", "96.200"]);
    assert_eq!(deskops_tests::window::clerk::states(&desktop.page)[0], "Draft");
    desktop.close();
}

#[test]
fn undo_takes_back_what_was_typed_also_in_the_records() {
    let home = Home::new();
    let mut desktop = Desktop::start(&home);
    open_production(&mut desktop.page);
    desktop.page.keys("10\n20\n");
    wait_saved(&desktop.page, 2);
    desktop.page.chord("Ctrl+Z");
    wait_saved(&desktop.page, 1);
    desktop.page.chord("Ctrl+Y");
    wait_saved(&desktop.page, 2);
    desktop.page.chord("Ctrl+Z");
    wait_saved(&desktop.page, 1);
    desktop.close();
    let mut desktop = Desktop::start(&home);
    open_production(&mut desktop.page);
    assert_eq!(quantities(&desktop.page)[..2], ["10.000", ""]);
    desktop.close();
}

#[test]
fn a_block_is_copied_and_pasted_as_one_step_and_a_row_is_doubled() {
    let home = Home::new();
    let mut desktop = Desktop::start(&home);
    open_production(&mut desktop.page);
    desktop.page.keys("10\n20\n");
    wait_saved(&desktop.page, 2);
    for chord in ["Up", "Up", "Shift+Down", "Ctrl+C", "Down", "Down", "Ctrl+V"] {
        desktop.page.chord(chord);
    }
    wait_saved(&desktop.page, 4);
    let stand = quantities(&desktop.page);
    assert_eq!(stand.iter().filter(|quantity| *quantity == "10.000").count(), 2, "{stand:?}");
    desktop.page.chord("Ctrl+Z");
    wait_saved(&desktop.page, 2);
    desktop.page.chord("Ctrl+Home");
    desktop.page.chord("Ctrl+Shift+D");
    desktop.page.keys("5\n");
    wait_saved(&desktop.page, 3);
    assert_eq!(quantities(&desktop.page)[..3], ["10.000", "5.000", "20.000"], "another line of G1");
    desktop.page.wait_text(".grid-foot", "35.000");
    desktop.close();
}
