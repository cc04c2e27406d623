//! What others save on a day that is open here, and what is being typed at the same time.

mod common;

use std::rc::Rc;

use common::{catalogue, id, now, today};
use deskops_domain::choice::{Module, Shift};
use deskops_domain::entry::{Entry, Moment};
use deskops_domain::modules::{Dispatch, Production};
use deskops_ui::face::{DayRows, Row, face};
use deskops_ui::grid::{Event, RowState, Sheet};
use deskops_ui::key::{Key, KeyPress};
use deskops_ui::sheet::manner::manner;
use deskops_ui::sheet::{Book, Setting, lay_out, take_in};
use serde_json::json;

fn stamped(mut record: serde_json::Value, number: u8, rev: u32) -> serde_json::Value {
    let stamp = json!({
        "id": id(number), "siteId": "s", "date": today(), "createdAt": now(), "createdBy": "huda",
        "updatedAt": now(), "updatedBy": "huda", "rev": rev, "voided": null, "isSent": false,
    });
    let fields = stamp.as_object().expect("an object").clone();
    record.as_object_mut().expect("an object").extend(fields);
    record
}

fn load(number: u8, tons: f64, rev: u32) -> Row {
    let load = json!({"materialId": "MAT002", "qtyTon": tons, "trips": 1, "isEstimated": false, "operation": "CRU-DIS"});
    serde_json::from_value::<Entry<Dispatch>>(stamped(load, number, rev)).expect("a load").into()
}

fn made(number: u8, tons: f64, rev: u32) -> Row {
    let made = json!({"materialId": "MAT002", "qtyTon": tons, "shift": "ALL", "operation": "CRU-PRO", "line": 1, "origin": "TYPED"});
    serde_json::from_value::<Entry<Production>>(stamped(made, number, rev)).expect("a row").into()
}

fn of(rows: Vec<Row>) -> DayRows {
    DayRows { rows, ..DayRows::default() }
}

/// An open day, and a way to take in what is stored of it later.
fn open(
    module: Module,
    rows: Vec<Row>,
) -> (Sheet, Book, impl Fn(&mut Sheet, &mut Book, Vec<Row>) -> bool) {
    let clock = |_: Moment| "10:42".to_owned();
    let with = move |then: &mut dyn FnMut(&Setting)| {
        let (face, catalogue) = (face(module), catalogue());
        let manner = Rc::new(manner(&face));
        then(&Setting {
            face: &face,
            manner: &manner,
            catalogue: &catalogue,
            shift: Shift::All,
            day: today(),
            site: "s",
            clock: &clock,
        });
    };
    let mut opened = None;
    with(&mut |setting| opened = Some(lay_out(&of(rows.clone()), setting)));
    let (sheet, book) = opened.expect("it was laid out");
    let take = move |sheet: &mut Sheet, book: &mut Book, rows: Vec<Row>| {
        let mut is_new = false;
        with(&mut |setting| is_new = take_in(sheet, book, &of(rows.clone()), setting));
        is_new
    };
    (sheet, book, take)
}

fn tons(sheet: &Sheet) -> Vec<String> {
    sheet.rows.iter().map(|row| sheet.text(row.id, "qtyTon").to_owned()).collect()
}

fn press(sheet: &mut Sheet, text: &str) {
    for c in text.chars() {
        sheet.step(Event::Key(KeyPress::plain(Key::Char(c))));
    }
}

#[test]
fn loads_of_others_come_above_the_open_end_and_the_cursor_stays_with_its_row() {
    let (mut sheet, mut book, take) = open(Module::Dispatch, vec![load(1, 18.45, 1)]);
    let (cursor, here) = (sheet.cursor, sheet.rows[sheet.cursor.row].id);
    assert!(!take(&mut sheet, &mut book, vec![load(1, 18.45, 1)]), "nothing is new");
    assert!(take(&mut sheet, &mut book, vec![load(1, 19.0, 2), load(2, 31.2, 1)]));
    assert_eq!(tons(&sheet), ["19.000", "31.200", ""]);
    assert_eq!(sheet.rows[sheet.cursor.row].id, here, "the open end, one row further down");
    assert_eq!(sheet.cursor.row, cursor.row + 1);
    assert!(matches!(&sheet.rows[1].state, RowState::SavedHere(at) if at == "10:42"));
    let numbers: Vec<_> = sheet.rows.iter().map(|row| sheet.text(row.id, "number")).collect();
    assert_eq!(numbers, ["1", "2", "3"]);
    assert_eq!(book.total("qtyTon"), 50_200, "the foot counts it");
    assert!(take(&mut sheet, &mut book, vec![load(2, 31.2, 1)]));
    assert!(sheet.rows[0].gone, "a load that others have deleted is shown so");
    assert_eq!(book.n_entries(), 1);
    assert!(!take(&mut sheet, &mut book, vec![load(2, 31.2, 1)]));
}

#[test]
fn what_is_typed_and_not_saved_stays_as_it_is() {
    let (mut sheet, mut book, take) = open(Module::Production, vec![made(1, 10.0, 1)]);
    let row = sheet.rows.iter().position(|row| sheet.text(row.id, "qtyTon") == "10.000").unwrap();
    let id = sheet.rows[row].id;
    sheet.cursor.row = row;
    press(&mut sheet, "12.5");
    assert!(!take(&mut sheet, &mut book, vec![made(1, 11.0, 2)]), "its cell is open");
    sheet.step(Event::Blur);
    assert_eq!(sheet.text(id, "qtyTon"), "12.500");
    assert!(!take(&mut sheet, &mut book, vec![made(1, 11.0, 2)]), "it is on its way");
    assert!(!take(&mut sheet, &mut book, Vec::new()));
    assert_eq!(sheet.text(id, "qtyTon"), "12.500");
    let stored = book.rows[&id].1.entry.clone().unwrap();
    assert_eq!(stored.stamp.rev, 1, "the store then says that somebody was faster");
}

#[test]
fn a_material_that_others_have_entered_stands_in_its_own_row_and_goes_again() {
    let (mut sheet, mut book, take) = open(Module::Production, Vec::new());
    let n_rows = sheet.rows.len();
    assert!(take(&mut sheet, &mut book, vec![made(1, 96.2, 1)]));
    assert_eq!(sheet.rows.len(), n_rows, "no row more");
    assert_eq!(tons(&sheet).iter().filter(|tons| *tons == "96.200").count(), 1);
    assert!(take(&mut sheet, &mut book, Vec::new()));
    assert_eq!((sheet.rows.len(), book.n_entries()), (n_rows, 0));
    assert!(tons(&sheet).iter().all(String::is_empty));
    assert!(sheet.rows.iter().all(|row| row.state == RowState::Blank && !row.gone));
}

#[test]
fn a_row_that_this_page_has_just_asked_for_does_not_come_twice() {
    let (mut sheet, mut book, take) = open(Module::Dispatch, Vec::new());
    let row = sheet.rows[0].id;
    book.ids.insert(row, id(1));
    assert!(!take(&mut sheet, &mut book, vec![load(1, 18.45, 1)]));
    assert_eq!(sheet.rows.len(), 1);
}
