//! Blocks from spreadsheets: as Excel, LibreOffice and Google Sheets put them on the clipboard.

use deskops_ui::grid::{Effect, Event, MOST_CELLS, Sheet};

use crate::world::*;

fn paste(sheet: &mut Sheet, text: &str) -> Vec<Effect> {
    sheet.step(Event::Paste(text.to_owned()))
}

/// Twelve materials with quantity, nothing in the column between, and a note: as Excel copies them.
fn twelve_by_two(cells: impl Fn(usize) -> (String, String)) -> String {
    (0..12).map(cells).map(|(name, quantity)| format!("{name}\t{quantity}\r\n")).collect()
}

#[test]
fn one_cell_is_as_typing() {
    let mut sheet = day(3);
    assert_eq!(written(&paste(&mut sheet, "1,204.100\r\n")), [0]);
    assert_eq!(sheet.shows(0, QUANTITY), "1204.100");
    sheet.keys("Down Shift+Down");
    assert_eq!(written(&paste(&mut sheet, "7")), [1, 2], "it goes into every selected cell");
    sheet.at(0, QUANTITY);
    paste(&mut sheet, "12.3456");
    assert_eq!((sheet.shows(0, QUANTITY), sheet.n_problems()), ("12.3456", 1));
}

#[test]
fn a_block_is_one_step_and_its_gaps_leave_what_the_sheet_filled_in() {
    let mut sheet = full_day();
    sheet.types_down(&["9", "9"]);
    sheet.at(0, QUANTITY);
    assert_eq!(written(&paste(&mut sheet, "1\t\tdry\r\n\t\twet\r\n3\t\t\r\n")), [0, 1, 2]);
    assert_eq!(
        sheet.column(QUANTITY)[..3],
        ["1.000", "", "3.000"],
        "an empty cell empties, as in Excel"
    );
    assert_eq!(sheet.column(OPERATION)[..3], ["CRU-PRO"; 3]);
    assert_eq!(sheet.column(NOTES)[..3], ["dry", "wet", ""]);
    assert_eq!(sheet.facts().map(|facts| facts.count), Some(7), "what was pasted is selected");
    sheet.keys("Ctrl+Z");
    assert_eq!(
        (sheet.column(QUANTITY)[..3].concat(), sheet.n_entered()),
        ("9.0009.000".to_owned(), 2)
    );
}

#[test]
fn a_column_of_figures_goes_down_from_the_cursor() {
    for block in ["1\r\n2\r\n3\r\n", "1\n2\n3", "\u{feff}1\r2\r3\r"] {
        let mut sheet = day(4);
        sheet.keys("Down");
        assert_eq!(written(&paste(&mut sheet, block)), [1, 2, 3]);
        assert_eq!(sheet.column(QUANTITY), ["", "1.000", "2.000", "3.000"]);
        assert_eq!(sheet.message().unwrap().text, "3 cells pasted. Ctrl+Z undoes.");
        assert_eq!(sheet.n_undo(), 1);
        sheet.keys("Ctrl+Z");
        assert_eq!(sheet.column(QUANTITY), [""; 4]);
    }
}

#[test]
fn rows_are_found_by_their_material_and_not_by_place() {
    let mut sheet = full_day();
    let backwards =
        twelve_by_two(|place| (MATERIALS[11 - place].1.to_uppercase(), format!("{}", 12 - place)));
    assert_eq!(written(&paste(&mut sheet, &backwards)), (0..12).collect::<Vec<u32>>());
    assert_eq!(sheet.shows(0, QUANTITY), "1.000");
    assert_eq!(sheet.shows(11, QUANTITY), "12.000");
    assert_eq!(sheet.message().unwrap().text, "12 cells pasted. Ctrl+Z undoes.");
    let by_code = twelve_by_two(|place| (MATERIALS[place].0.to_owned(), "50".to_owned()));
    sheet.at(3, MATERIAL);
    assert_eq!(written(&paste(&mut sheet, &by_code)).len(), 12);
    assert_eq!(sheet.n_undo(), 2);
}

#[test]
fn headings_are_left_out_and_say_what_the_columns_are() {
    let mut sheet = full_day();
    paste(&mut sheet, "Material\tRemarks\tTONS\r\nSand\twet\t4\r\nGravel 1\t\t5.5\r\n");
    assert!(sheet.paste.is_none(), "{:?}", sheet.paste);
    assert_eq!(
        (sheet.shows(3, QUANTITY), sheet.shows(3, NOTES), sheet.shows(0, QUANTITY)),
        ("4.000", "wet", "5.500")
    );
    let mut sheet = day(3);
    paste(&mut sheet, "Quantity\n1\n2\n");
    assert_eq!(sheet.column(QUANTITY), ["1.000", "2.000", ""]);
}

#[test]
fn figures_are_read_as_spreadsheets_write_them() {
    let mut sheet = day(6);
    paste(&mut sheet, "1,204.100\r\n12,5\r\n٩٦٫٢\r\n \"7\" \r\n1 204.5\r\n1.204,100");
    let review = sheet.paste.as_ref().unwrap();
    assert_eq!((review.n_good(), review.n_bad()), (5, 1), "a figure in stray quotes is no number");
    sheet.step(Event::PasteGood);
    assert_eq!(
        sheet.column(QUANTITY),
        ["1204.100", "12.500", "96.200", "", "1204.500", "1204.100"]
    );
}

#[test]
fn bad_cells_wait_for_a_decision() {
    let block = "1\r\n12.3456\r\n3\r\nabc\r\n5";
    let mut sheet = full_day();
    assert_eq!(written(&paste(&mut sheet, block)), [0; 0], "nothing is written yet");
    let review = sheet.paste.clone().unwrap();
    assert_eq!((review.n_good(), review.n_bad()), (3, 2));
    assert_eq!(review.cells[1].name, "Quantity (t), row 2, AGG-3/4");
    assert_eq!(
        sheet.message().unwrap().text,
        "2 of 5 pasted cells cannot be kept. Nothing is written yet."
    );
    let mut cancelled = sheet.clone();
    assert_eq!(written(&cancelled.step(Event::PasteCancel)), [0; 0]);
    assert_eq!((cancelled.n_entered(), cancelled.paste.is_none()), (0, true));
    let mut all = sheet.clone();
    assert_eq!(written(&all.step(Event::PasteAll)), [0, 1, 2, 3, 4]);
    assert_eq!(
        (all.n_problems(), all.cursor, all.shows(3, QUANTITY)),
        (2, spot(1, QUANTITY), "abc")
    );
    assert_eq!(written(&sheet.step(Event::PasteGood)), [0, 2, 4]);
    sheet.keys("Ctrl+Z");
    assert_eq!(sheet.n_entered(), 0, "one step");
}

#[test]
fn cells_beside_the_sheet_and_unknown_rows_are_told() {
    let mut sheet = day(2);
    paste(&mut sheet, "1\n2\n3");
    assert_eq!(sheet.paste.as_ref().unwrap().cells[2].problem.as_ref().unwrap().code, "E-PASTE");
    let mut sheet = full_day();
    paste(&mut sheet, "Sand\t1\nUnobtainium\t2\nG1\t3");
    let bad: Vec<_> = sheet
        .paste
        .as_ref()
        .unwrap()
        .cells
        .iter()
        .filter(|cell| cell.problem.is_some())
        .map(|cell| cell.text.as_str())
        .collect();
    assert_eq!(bad, ["2"]);
}

#[test]
fn what_is_not_typed_may_be_pasted_over_only_as_it_is() {
    let mut sheet = full_day();
    sheet.at(0, MATERIAL);
    paste(&mut sheet, "Gravel 1\t5\tCrusher production\tdry\tDraft\r\n");
    assert!(sheet.paste.is_none(), "{:?}", sheet.paste);
    assert_eq!((sheet.shows(0, QUANTITY), sheet.shows(0, NOTES)), ("5.000", "dry"));
    sheet.at(0, MATERIAL);
    paste(&mut sheet, "Gold\nSilver");
    assert_eq!(sheet.paste.as_ref().unwrap().n_bad(), 2);
}

#[test]
fn quoted_cells_hold_tabs_and_line_ends() {
    let mut sheet = day(2);
    sheet.at(0, NOTES);
    paste(&mut sheet, "\"two\nlines\"\r\n\"a \"\"b\"\"\"\r\n");
    assert_eq!(sheet.column(NOTES), ["two\nlines", "a \"b\""]);
}

#[test]
fn what_is_copied_is_pasted_back() {
    let mut sheet = day(4);
    sheet.types_down(&["1204.1", "2"]);
    sheet.at(0, QUANTITY);
    let effects = sheet
        .keys("Shift+Down Shift+Right")
        .into_iter()
        .chain(sheet.step(Event::Copy))
        .collect::<Vec<_>>();
    let block = copied(&effects).unwrap().to_owned();
    assert_eq!(block, "1204.100\tCrusher production\r\n2.000\tCrusher production");
    sheet.at(2, QUANTITY);
    paste(&mut sheet, &block);
    assert_eq!(sheet.column(QUANTITY), ["1204.100", "2.000", "1204.100", "2.000"]);
    sheet.at(0, QUANTITY);
    let effects = sheet.step(Event::Cut);
    assert_eq!((copied(&effects), written(&effects)), (Some("1204.100"), vec![0]));
    assert_eq!(sheet.shows(0, QUANTITY), "");
}

#[test]
fn nothing_and_too_much_are_told() {
    let mut sheet = day(2);
    paste(&mut sheet, "\r\n\r\n");
    assert_eq!(
        sheet.message().unwrap().text,
        "There is nothing to paste. Copy cells in your spreadsheet first."
    );
    paste(&mut sheet, &"1\n".repeat(MOST_CELLS + 1));
    assert_eq!(
        sheet.message().unwrap().text,
        "20001 cells are too many to paste at once. Copy at most 20000."
    );
    assert_eq!(sheet.n_undo(), 0);
}

#[test]
fn a_block_goes_into_no_closed_row() {
    let mut sheet = day(3);
    sheet.types_down(&["1"]);
    sheet.keys("Up Ctrl+Delete");
    paste(&mut sheet, "7\n8");
    assert_eq!(sheet.paste.as_ref().unwrap().n_bad(), 1);
}
