//! A sheet that grows at its end: rows carried down, pickers, and when a row is written.

use deskops_ui::grid::{
    Cell, Checked, Choice, Column, Editor, Effect, Event, Fresh, News, Row, RowId, RowKey,
    RowState, Sheet, Spot,
};
use deskops_ui::key::{BINDINGS, Key, KeyPress};
use proptest::prelude::*;

use crate::world::{Hands as _, MATERIALS, spot, tons, written};

const MATERIAL: usize = 0;
const QUANTITY: usize = 1;
const TRIPS: usize = 2;
const OWNER: usize = 3;
const REFERENCE: usize = 4;
const OPERATION: usize = 5;
const NOTES: usize = 6;

fn columns() -> Vec<Column> {
    let picks = MATERIALS.iter().enumerate().map(|(place, (code, name))| Choice {
        code: format!("MAT{place:03}"),
        label: (*name).to_owned(),
        short: (*code).to_owned(),
    });
    let material = |_: &RowKey, text: &str| {
        if text.starts_with("MAT0") {
            Checked::fine(text)
        } else {
            Checked::wrong("E-MAT-ID", format!("There is no material `{text}`."))
        }
    };
    let count = Editor::Number { unit: "", decimals: 0 };
    let mut columns = vec![
        Column::new("materialId", "Material", 160, Editor::Choice(picks.collect()))
            .checked(material),
        Column::new("qtyTon", "Quantity (t)", 120, Editor::Number { unit: "t", decimals: 3 })
            .checked(tons),
        Column::new("trips", "Trips", 60, count),
        Column::new("owner", "Owner", 160, Editor::Text { max: 200 }),
        Column::new("reference", "Reference", 120, Editor::Text { max: 100 }),
        Column::new(
            "operation",
            "Operation",
            160,
            Editor::Choice(vec![Choice::new("CRU-DIS", "Dispatch")]),
        )
        .prefilled(),
        Column::new("notes", "Notes", 160, Editor::Text { max: 500 }),
        Column::new("state", "State", 120, Editor::State),
    ];
    columns[QUANTITY].pending = Some(("trips", "Weight pending"));
    columns[OWNER].fresh = Fresh::Carried;
    let known = ["Al Noor", "Petra Build", "Municipality"];
    columns[OWNER].known = Some(known.into_iter().map(Choice::words).collect());
    columns[REFERENCE].fresh = Fresh::Next;
    columns[OPERATION].fresh = Fresh::Text("CRU-DIS");
    columns
}

/// A day on which so many loads are in the store.
fn ledger(n_rows: u32) -> Sheet {
    let row = |number: u32| {
        let reference = format!("D-{:05}", 10_230 + number);
        let texts = ["MAT001", "18.450", "1", "Petra Build", &reference, "CRU-DIS", "", ""];
        let key = RowKey { subject: String::new(), line: 1 };
        Row::new(RowId(number), key, texts.map(str::to_owned))
            .in_state(RowState::SavedHere("10:42".into()))
    };
    Sheet::new(columns(), (0..n_rows).map(row).collect()).growing()
}

fn kept(effects: &[Effect]) -> Vec<u32> {
    let kept = |effect: &Effect| if let Effect::Keep(row) = effect { Some(row.0) } else { None };
    effects.iter().filter_map(kept).collect()
}

#[test]
fn a_day_of_twelve_loads_takes_fewer_presses_than_a_spreadsheet() {
    let mut sheet = ledger(0);
    let mut n_presses = 0;
    let mut press = |sheet: &mut Sheet, keys: &str| {
        let mut effects = Vec::new();
        for key in keys.split(' ') {
            let names = ["Tab", "Enter", "Down"];
            if names.contains(&key) {
                n_presses += 1;
                effects.extend(sheet.keys(key));
            } else {
                n_presses += key.chars().count();
                effects.extend(sheet.types(key));
            }
        }
        effects
    };
    let loads = [
        "34 Tab 31.2 Tab 2 Tab pet Down Tab D-10230 Enter",
        "38 Tab 18.45 Tab 1 Enter",
        "34 Tab 19.2 Tab 1 Enter",
        "was Tab 18.405 Tab 1 Enter",
        "rb Tab 32.86 Tab 2 Enter",
        "34 Tab 31.2 Tab 2 Tab mun Down Tab Enter",
        "was Tab 18.45 Tab 1 Enter",
        "was Tab 17.95 Tab 1 Tab Tab Tab Tab wet Enter",
        "g1 Tab 40.1 Tab 2 Enter",
        "os Tab 22.745 Tab 1 Tab noo Down Tab Enter",
        "34 Tab 26.5 Tab 1 Enter",
        "34 Tab 18.45 Tab 1 Enter",
    ];
    let effects: Vec<_> = loads.iter().flat_map(|load| press(&mut sheet, load)).collect();
    assert!(n_presses <= 194, "{n_presses} presses");
    assert_eq!(written(&effects).len(), 12, "each load becomes one record, when its row is left");
    assert_eq!(sheet.sum("qtyTon").unwrap().shown(), "295.510");
    let references: Vec<_> = (0..12).map(|row| format!("D-{}", 10_230 + row)).collect();
    assert_eq!(sheet.column(REFERENCE)[..12], references);
    let owners = sheet.column(OWNER);
    assert_eq!(
        (&*owners[4], &*owners[8], &*owners[11]),
        ("Petra Build", "Municipality", "Al Noor")
    );
    assert_eq!(sheet.shows(7, NOTES), "wet");
    assert_eq!((sheet.rows.len(), sheet.cursor), (13, spot(12, MATERIAL)), "ready for the next");
}

#[test]
fn the_last_row_is_open_and_begins_with_what_the_row_above_has() {
    let sheet = ledger(2);
    assert_eq!((sheet.rows.len(), sheet.cursor), (3, spot(2, MATERIAL)));
    assert_eq!(
        [OWNER, REFERENCE, OPERATION, MATERIAL].map(|column| sheet.shows(2, column)),
        ["Petra Build", "D-10232", "CRU-DIS", ""]
    );
    assert_eq!(sheet.n_entered(), 2, "what the sheet fills in is no record");
}

#[test]
fn an_open_row_is_never_written_before_somebody_types_in_it() {
    let mut sheet = ledger(2);
    let effects = sheet.keys("Enter Tab Tab Tab Tab Down Up F2 Enter Ctrl+End Shift+Up Esc");
    assert_eq!((written(&effects), kept(&effects)), (vec![], vec![]));
    assert_eq!(sheet.step(Event::Blur), []);
    sheet.at(2, MATERIAL);
    sheet.keys("Enter");
    assert_eq!(
        sheet.message().unwrap().text,
        "This row is new. Type into it; Enter then keeps it."
    );
}

#[test]
fn a_new_row_is_kept_while_it_is_typed_and_written_once_when_it_is_left() {
    let mut sheet = ledger(1);
    sheet.types("34");
    let typing = sheet.keys("Tab");
    assert_eq!((kept(&typing), written(&typing)), (vec![1], vec![]));
    assert_eq!(sheet.shows(1, MATERIAL), "MAT001", "the best match is taken");
    sheet.types("18.45");
    let left = sheet.keys("Enter");
    assert_eq!((written(&left), sheet.cursor), (vec![1], spot(2, MATERIAL)));
    sheet.at(1, QUANTITY);
    sheet.types("19");
    assert_eq!(written(&sheet.keys("Tab")), [1], "a row that was written is written at once");
}

#[test]
fn leaving_the_sheet_writes_the_row_that_is_being_typed() {
    let mut sheet = ledger(1);
    sheet.types("34");
    sheet.keys("Tab");
    sheet.types("18.45");
    assert_eq!(written(&sheet.step(Event::Blur)), [1]);
    assert_eq!(written(&sheet.step(Event::Blur)), [0; 0], "once");
}

#[test]
fn enter_with_an_open_picker_takes_the_choice_and_never_commits_the_row() {
    // actual#1301: Enter with an open picker made a transaction.
    let mut sheet = ledger(1);
    sheet.types("18");
    sheet.keys("Esc Esc");
    sheet.types("34");
    assert!(sheet.edit().unwrap().list.is_some());
    let effects = sheet.keys("Enter");
    assert_eq!((written(&effects), sheet.cursor), (vec![], spot(1, QUANTITY)));
    sheet.at(1, OWNER);
    sheet.types("noo");
    let effects = sheet.keys("Down Enter");
    assert_eq!((written(&effects), sheet.cursor), (vec![], spot(1, REFERENCE)));
    assert_eq!(sheet.shows(1, OWNER), "Al Noor");
    assert_eq!(sheet.rows.len(), 3, "one open row");
}

#[test]
fn enter_in_every_other_cell_of_the_last_row_commits_it() {
    // actual#943 and #313: Enter in the notes or in the last column did nothing.
    for (column, text) in [(QUANTITY, "5"), (TRIPS, "2"), (REFERENCE, "X-7"), (NOTES, "wet")] {
        let mut sheet = ledger(1);
        sheet.types("34");
        sheet.keys("Tab");
        sheet.at(1, column);
        sheet.types(text);
        assert_eq!(written(&sheet.keys("Enter")), [1], "column {column}");
        assert_eq!(sheet.cursor, spot(2, MATERIAL));
    }
    let mut sheet = ledger(3);
    sheet.at(0, QUANTITY);
    sheet.keys("Enter");
    assert_eq!(sheet.cursor, spot(1, QUANTITY), "in the other rows it goes down");
}

#[test]
fn tab_goes_to_the_next_cell_and_from_the_last_one_to_a_new_row() {
    // actual#2430: Tab jumped out of the row.
    let mut sheet = ledger(0);
    let mut seen = Vec::new();
    sheet.types("34");
    for _ in 0..7 {
        sheet.keys("Tab");
        seen.push(sheet.cursor);
    }
    let row = [QUANTITY, TRIPS, OWNER, REFERENCE, OPERATION, NOTES].map(|column| spot(0, column));
    assert_eq!(seen, [row.as_slice(), &[spot(1, MATERIAL)]].concat());
    sheet.at(1, NOTES);
    let effects = sheet.keys("Tab");
    assert!(
        matches!(effects.last(), Some(Effect::Leave(_))),
        "from the open row Tab leaves the sheet: {effects:?}"
    );
}

#[test]
fn words_that_were_typed_before_are_offered_and_never_taken_unasked() {
    let mut sheet = ledger(0);
    sheet.at(0, OWNER);
    sheet.types("Petra");
    assert_eq!(sheet.edit().unwrap().list.as_ref().unwrap().lines.len(), 1);
    sheet.keys("Tab");
    assert_eq!(sheet.shows(0, OWNER), "Petra", "another owner than Petra Build");
    sheet.at(0, OWNER);
    sheet.types("petr");
    let lines = &sheet.edit().unwrap().list.as_ref().unwrap().lines;
    let known = sheet.columns[OWNER].choices();
    let offered: Vec<_> = lines.iter().map(|line| known[*line].label.as_str()).collect();
    assert_eq!(offered, ["Petra", "Petra Build"], "what was typed here is known at once");
    sheet.step(Event::Input("Somebody new".into()));
    assert!(sheet.edit().unwrap().list.is_none(), "nothing to offer");
}

#[test]
fn a_load_without_weight_shows_that_it_is_pending() {
    let mut sheet = ledger(0);
    sheet.types("34");
    sheet.keys("Tab Tab");
    assert_eq!(sheet.face(0).unwrap().cells[QUANTITY].pending, None);
    sheet.types("2");
    sheet.keys("Enter");
    assert_eq!(sheet.face(0).unwrap().cells[QUANTITY].pending, Some("Weight pending"));
    assert_eq!(sheet.n_problems(), 0, "it is no mistake");
    sheet.at(0, QUANTITY);
    sheet.types("31.2");
    sheet.keys("Enter");
    assert_eq!(sheet.face(0).unwrap().cells[QUANTITY].pending, None);
}

#[test]
fn what_is_corrected_above_goes_down_into_the_open_row_but_not_into_typed_ones() {
    let mut sheet = ledger(1);
    sheet.at(0, OWNER);
    sheet.types("Municipality");
    sheet.keys("Enter");
    assert_eq!(sheet.shows(1, OWNER), "Municipality");
    sheet.at(1, OWNER);
    sheet.types("Al Noor");
    sheet.keys("Tab");
    sheet.at(0, OWNER);
    sheet.types("Petra Build");
    sheet.keys("Tab");
    assert_eq!(sheet.shows(1, OWNER), "Al Noor");
}

#[test]
fn a_block_is_pasted_into_as_many_new_rows_as_it_has() {
    let mut sheet = ledger(1);
    let block = "AGG-3/4\t12.5\nWashed sand\t18\nS1\t7";
    let effects = sheet.step(Event::Paste(block.to_owned()));
    assert_eq!(sheet.column(QUANTITY), ["18.450", "12.500", "18.000", "7.000", ""]);
    assert_eq!(written(&effects).len() + kept(&effects).len(), 3);
    assert_eq!(sheet.column(REFERENCE)[1..], [""; 4], "tickets are not made up for a block");
    assert_eq!(sheet.column(OPERATION)[1..4], ["CRU-DIS"; 3]);
    sheet.keys("Ctrl+Z");
    assert_eq!(sheet.n_entered(), 1);
    assert_eq!(sheet.rows.len(), 2, "one open row again");
    sheet.step(Event::Paste("AGG-3/4\tx\nS1\t7".to_owned()));
    assert!(sheet.paste.is_some(), "a block with a bad cell waits for a decision");
    sheet.step(Event::PasteGood);
    assert_eq!(sheet.column(QUANTITY), ["18.450", "", "7.000", ""]);
}

#[test]
fn another_row_of_the_same_has_no_number_yet() {
    let mut sheet = ledger(1);
    sheet.at(0, QUANTITY);
    sheet.keys("Ctrl+Shift+D");
    assert_eq!((sheet.shows(1, OWNER), sheet.shows(1, REFERENCE)), ("Petra Build", ""));
    assert_eq!(sheet.cursor, spot(1, QUANTITY));
    sheet.types("19");
    assert_eq!(written(&sheet.keys("Enter")), [2]);
    sheet.keys("Ctrl+End Ctrl+Shift+D");
    assert_eq!(sheet.rows.len(), 3, "an open row is not doubled");
}

#[test]
fn a_deleted_row_stays_where_it_is_and_nothing_is_carried_from_it() {
    let mut sheet = ledger(2);
    sheet.at(1, OWNER);
    sheet.types("Al Noor");
    sheet.keys("Tab");
    assert_eq!(written(&sheet.keys("Ctrl+Delete")), [1]);
    assert_eq!((sheet.rows.len(), sheet.shows(2, OWNER)), (3, "Petra Build"));
    sheet.at(2, MATERIAL);
    sheet.keys("Ctrl+Delete");
    assert_eq!(sheet.message().unwrap().text, "There is nothing to delete in this row.");
}

#[test]
fn a_row_that_is_locked_takes_its_stored_figures_back() {
    let mut sheet = ledger(1);
    sheet.at(0, QUANTITY);
    sheet.types("99");
    sheet.keys("Enter");
    sheet.told(News::Stored {
        row: RowId(0),
        texts: vec![("qtyTon".to_owned(), "18.450".to_owned())],
        gone: false,
        state: RowState::Locked,
    });
    assert_eq!(sheet.shows(0, QUANTITY), "18.450");
    sheet.at(0, QUANTITY);
    sheet.types("5");
    assert_eq!(sheet.shows(0, QUANTITY), "18.450");
}

#[test]
fn a_row_that_is_taken_back_is_a_step_that_can_be_undone() {
    let mut sheet = ledger(1);
    sheet.at(0, QUANTITY);
    sheet.types("99");
    sheet.keys("Enter");
    sheet.told(News::TakenBack {
        row: RowId(0),
        texts: vec![("qtyTon".to_owned(), "18.450".to_owned())],
        state: RowState::SavedHere("10:42".into()),
    });
    assert_eq!(sheet.shows(0, QUANTITY), "18.450");
    assert_eq!(sheet.rows[0].state, RowState::SavedHere("10:42".into()));
    assert_eq!(written(&sheet.keys("Ctrl+Z")), [0], "what was typed is asked for again");
    assert_eq!(sheet.shows(0, QUANTITY), "99.000");
    sheet.keys("Ctrl+Y");
    assert_eq!(sheet.shows(0, QUANTITY), "18.450");
    let mut sheet = ledger(1);
    sheet.at(0, QUANTITY);
    sheet.keys("Ctrl+Delete");
    let state = RowState::SavedHere("10:42".into());
    sheet.told(News::TakenBack { row: RowId(0), texts: Vec::new(), state });
    assert!(!sheet.rows[0].gone);
    sheet.keys("Ctrl+Z");
    assert!(sheet.rows[0].gone);
}

/// Undoes everything and does it again: every cell, also a suggested one, is as it was.
fn there_and_back(sheet: &mut Sheet) {
    sheet.step(Event::PasteCancel);
    sheet.step(Event::Blur);
    let last = typed_contents(sheet);
    let n_steps = sheet.n_undo();
    (0..n_steps).for_each(|_| drop(sheet.keys("Ctrl+Z")));
    (0..n_steps).for_each(|_| drop(sheet.keys("Ctrl+Y")));
    assert_eq!(typed_contents(sheet), last);
}

#[test]
fn what_was_suggested_belongs_to_the_step_that_caused_it() {
    let block = "AGG-3/4\t5\nS1\t7\nx\t9";
    let mut sheet = ledger(3);
    sheet.step(Event::Paste(block.to_owned()));
    sheet.step(Event::PasteGood);
    sheet.keys("Delete Ctrl+Z");
    sheet.types("0");
    there_and_back(&mut sheet);
    let mut sheet = ledger(3);
    sheet.types("3");
    sheet.keys("Enter");
    sheet.step(Event::Paste("1\n2\n3".to_owned()));
    sheet.keys("Delete");
    sheet.step(Event::Click { spot: spot(4, 2), extends: false });
    sheet.types("0");
    sheet.keys("Enter");
    sheet.step(Event::Paste(block.to_owned()));
    there_and_back(&mut sheet);
}

fn act() -> impl Strategy<Value = Event> {
    let named: Vec<KeyPress> = BINDINGS
        .iter()
        .flat_map(|binding| binding.keys)
        .map(|key| KeyPress::named(key).expect("every key of the table can be pressed"))
        .collect();
    let typed = prop::sample::select("0123 34.,agnow".chars().collect::<Vec<char>>());
    let blocks = prop::sample::select(vec!["5", "AGG-3/4\t5\nS1\t7\nx\t9", "1\n2\n3", "a\tb\tc"]);
    let place = (0_usize..6, 0_usize..8).prop_map(|(row, column)| Spot { row, column });
    prop_oneof![
        6 => prop::sample::select(named).prop_map(Event::Key),
        6 => typed.prop_map(|c| Event::Key(KeyPress::plain(Key::Char(c)))),
        4 => prop::sample::select(vec![Key::Enter, Key::Tab]).prop_map(|key| Event::Key(KeyPress::plain(key))),
        2 => (place, any::<bool>()).prop_map(|(spot, extends)| Event::Click { spot, extends }),
        1 => blocks.prop_map(|block| Event::Paste(block.to_owned())),
        1 => prop::sample::select(vec![Event::Blur, Event::Cut, Event::PasteGood, Event::PasteAll, Event::PasteCancel]),
    ]
}

fn typed_contents(sheet: &Sheet) -> Vec<(RowId, bool, Vec<Cell>)> {
    let is_typed = |row: &&Row| row.gone || !row.is_blank(&sheet.columns);
    let rows = sheet.rows.iter().filter(is_typed);
    rows.map(|row| (row.id, row.gone, row.cells.clone())).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 3_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_is_pressed_one_open_row_stands_at_the_end_and_undo_leads_back(events in prop::collection::vec(act(), 1..30)) {
        let mut sheet = ledger(3);
        let first = typed_contents(&sheet);
        for event in events {
            // The question about a block lies above the sheet.
            let is_answer = matches!(event, Event::PasteGood | Event::PasteAll | Event::PasteCancel);
            if sheet.paste.is_some() && !is_answer {
                continue;
            }
            let effects = sheet.step(event.clone());
            let mut asked = written(&effects);
            asked.extend(kept(&effects));
            asked.sort_unstable();
            let mut once = asked.clone();
            once.dedup();
            prop_assert_eq!(&asked, &once, "a row is asked for once, after {:?}", &event);
            prop_assert!(sheet.open_end().is_some() || sheet.paste.is_some(), "after {:?}", event);
            prop_assert!(sheet.cursor.row < sheet.rows.len() && sheet.cursor.column < 8);
            let mut ids: Vec<RowId> = sheet.rows.iter().map(|row| row.id).collect();
            ids.sort_unstable();
            ids.dedup();
            prop_assert_eq!(ids.len(), sheet.rows.len(), "no two rows have one name");
        }
        sheet.step(Event::PasteCancel);
        sheet.step(Event::Blur);
        for _ in 0..sheet.n_redo() {
            sheet.keys("Ctrl+Y");
        }
        let last = typed_contents(&sheet);
        let n_steps = sheet.n_undo();
        for _ in 0..n_steps {
            sheet.keys("Ctrl+Z");
        }
        prop_assert_eq!(typed_contents(&sheet), first);
        for _ in 0..n_steps {
            sheet.keys("Ctrl+Y");
        }
        prop_assert_eq!(typed_contents(&sheet), last);
    }
}
