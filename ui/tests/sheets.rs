//! How each module is laid out and which job a typed row becomes, without a browser.

mod common;

use std::cell::RefCell;
use std::rc::Rc;

use common::{SITE, catalogue, no_records, now, rows, today};
use deskops_domain::api::days::{DaySheet, DraftRow};
use deskops_domain::catalogue::{Catalogue, Item};
use deskops_domain::choice::{Operation, Shift};
use deskops_domain::entry::{Entry, Moment};
use deskops_domain::field::MaterialId;
use deskops_domain::modules::{Dispatch, Equipment, Inventory, Manpower, Received};
use deskops_domain::quantity::Tons;
use deskops_domain::record::Record;
use deskops_domain::settings::Target;
use deskops_ui::face::{Face, Row, faces};
use deskops_ui::grid::{Effect, Event, RowId, RowState, Sheet};
use deskops_ui::key::{Key, KeyPress};
use deskops_ui::sheet::manner::{Layout, manner};
use deskops_ui::sheet::plan::{Step, Typed, plan};
use deskops_ui::sheet::{Book, RowDesk, Setting, SharedBook, lay_out, row_job};

fn stocked() -> Catalogue {
    let item = |id: &str, code: &str, name: &str| Item {
        id: id.into(),
        code: code.into(),
        name: name.into(),
        ..catalogue().materials[0].clone()
    };
    Catalogue {
        equipment: vec![item("EQ001", "CRUSHER-01", "Jaw"), item("EQ002", "LOADER-01", "Loader")],
        crew_roles: vec![item("ROLE_LABORER", "LABORER", "Labourer")],
        ..catalogue()
    }
}

fn laid_out<R: Record>(day: DaySheet<R>, shift: Shift) -> (Sheet, Book) {
    let (catalogue, face) = (stocked(), Face::of::<R>());
    let manner = Rc::new(manner(&face));
    let clock = |at: Moment| at.clock(180);
    let setting = Setting {
        face: &face,
        manner: &manner,
        catalogue: &catalogue,
        shift,
        day: today(),
        site: SITE,
        clock: &clock,
    };
    lay_out(&rows(day), &setting)
}

fn entry<R>(number: u8, body: R) -> Entry<R> {
    let Entry { id, site, date, stamp, .. } = common::entry(number, common::body(2, 1));
    Entry { id, site, date, body, stamp }
}

fn load(trips: u32, kg: Option<i64>) -> Dispatch {
    Dispatch {
        material_id: MaterialId("MAT002".into()),
        qty_kg: kg.map(Tons::kg),
        trips: Some(trips),
        is_estimated: false,
        owner: Some("Petra Build".into()),
        reference: Some("D-10230".into()),
        operation: Operation::CrusherDispatch,
        notes: None,
    }
}

fn types(sheet: &mut Sheet, text: &str) -> Vec<Effect> {
    let press = |c: char| match c {
        '\n' => KeyPress::plain(Key::Enter),
        '\t' => KeyPress::plain(Key::Tab),
        other => KeyPress::plain(Key::Char(other)),
    };
    text.chars().flat_map(|c| sheet.step(Event::Key(press(c)))).collect()
}

/// What a row asks for when it is left.
fn step(sheet: &Sheet, book: &SharedBook, row: RowId, shift: Shift) -> Option<Step> {
    let catalogue = stocked();
    let desk = RowDesk { book, shift, catalogue: &catalogue };
    let (news, _) = futures_channel::mpsc::unbounded();
    let job = row_job(sheet, row, &desk, true, news)?;
    let book = book.borrow();
    plan(&book.face, &job.typed, &book.rows[&row].1, SITE)
}

fn shared(book: Book) -> SharedBook {
    Rc::new(RefCell::new(book))
}

#[test]
fn every_column_of_every_manner_is_a_field_and_every_required_field_has_a_column() {
    for face in faces() {
        let manner = manner(&face);
        for col in &manner.columns {
            assert!(face.shape(col.field).is_some(), "{}.{}", face.name, col.field);
        }
        for shape in face.shapes.iter().filter(|shape| !shape.is_optional) {
            let is_filled = shape.is_computed() || shape.default().is_some();
            let is_shown = manner.col(shape.name).is_some();
            assert!(is_shown || is_filled, "{}.{}", face.name, shape.name);
        }
    }
}

#[test]
fn machines_are_listed_by_shift_and_a_letter_picks_their_status() {
    let (mut sheet, book) = laid_out(no_records::<Equipment>(), Shift::Night);
    let names: Vec<_> = sheet.rows.iter().map(|row| row.key.subject.as_str()).collect();
    assert_eq!(names, ["CRUSHER-01", "LOADER-01"]);
    types(&mut sheet, "2\t8\t1\t0.5\tb\t");
    let row = sheet.rows[0].id;
    assert_eq!(sheet.text(row, "status"), "BREAKDOWN");
    let Some(Step::Ask(deskops_ui::face::Ask::Create(draft))) =
        step(&sheet, &shared(book), row, Shift::Night)
    else {
        panic!("the row is a new record")
    };
    let said = serde_json::to_value(draft).unwrap();
    assert_eq!(
        said,
        serde_json::json!({
            "siteId": "s1", "date": "2026-11-22", "equipmentId": "EQ001", "shift": "NIGHT", "count": 2,
            "hours": 8.00, "standbyHours": 1.00, "downHours": 0.50, "status": "BREAKDOWN"
        })
    );
}

#[test]
fn more_hours_than_a_day_has_keep_the_row_a_draft() {
    let (mut sheet, book) = laid_out(no_records::<Equipment>(), Shift::All);
    types(&mut sheet, "1\t20\t8\n");
    let row = sheet.rows[0].id;
    assert!(matches!(step(&sheet, &shared(book), row, Shift::All), Some(Step::Keep(_))));
}

#[test]
fn heads_bring_eight_hours_that_go_with_them() {
    let (mut sheet, _) = laid_out(no_records::<Manpower>(), Shift::All);
    let row = sheet.rows[0].id;
    types(&mut sheet, "4\n");
    assert_eq!((sheet.text(row, "headcount"), sheet.text(row, "hours")), ("4", "8.00"));
    sheet.step(Event::Key(KeyPress::named("Ctrl+Home").unwrap()));
    for _ in 0..3 {
        sheet.step(Event::Key(KeyPress::named("Right").unwrap()));
    }
    sheet.step(Event::Key(KeyPress::named("Delete").unwrap()));
    assert_eq!((sheet.text(row, "headcount"), sheet.text(row, "hours")), ("", ""));
    types(&mut sheet, "4\t7\n");
    assert_eq!(sheet.text(row, "hours"), "7.00", "hours that are typed stay");
}

#[test]
fn loads_stand_in_the_order_of_entry_with_an_open_row_behind_them() {
    let day = DaySheet {
        entries: vec![entry(1, load(1, Some(18_450))), entry(2, load(2, None))],
        ..no_records()
    };
    let (sheet, book) = laid_out(day, Shift::All);
    let quantities: Vec<_> = sheet.rows.iter().map(|row| sheet.text(row.id, "qtyTon")).collect();
    assert_eq!(quantities, ["18.450", "", ""]);
    assert_eq!(sheet.text(sheet.rows[2].id, "owner"), "Petra Build");
    assert_eq!(sheet.cursor.row, 2);
    assert_eq!(
        (book.total("qtyTon"), book.total("trips"), book.n_without("qtyTon")),
        (18_450, 3, 1)
    );
    assert_eq!(sheet.rows[1].state, RowState::SavedHere("10:42".into()), "pending is no mistake");
}

#[test]
fn a_load_that_was_cut_off_is_there_again_and_becomes_a_record_when_it_is_left() {
    let cells = serde_json::json!({"materialId": "MAT003", "qtyTon": "12.5"});
    let cells = cells.as_object().cloned().unwrap();
    let drafts = vec![DraftRow { row: "new/4".into(), cells, at: now() }];
    let (mut sheet, book) = laid_out::<Dispatch>(DaySheet { drafts, ..no_records() }, Shift::All);
    let row = sheet.rows[0].id;
    assert_eq!((sheet.text(row, "qtyTon"), &sheet.rows[0].state), ("12.500", &RowState::Draft));
    assert_eq!(book.next_new, 5, "no new row takes its name");
    let effects = sheet.step(Event::Key(KeyPress::plain(Key::Tab)));
    assert_eq!(effects, [Effect::Write(row)]);
    let step = step(&sheet, &shared(book), row, Shift::All);
    assert!(matches!(step, Some(Step::Ask(deskops_ui::face::Ask::Create(_)))), "{step:?}");
}

#[test]
fn a_load_without_tons_and_trips_is_no_record_yet() {
    let (mut sheet, book) = laid_out(no_records::<Received>(), Shift::All);
    types(&mut sheet, "g1\t");
    let row = sheet.rows[0].id;
    let book = shared(book);
    assert!(matches!(step(&sheet, &book, row, Shift::All), Some(Step::Keep(_))));
    types(&mut sheet, "\t3\n");
    let step = step(&sheet, &book, row, Shift::All);
    assert!(matches!(step, Some(Step::Ask(deskops_ui::face::Ask::Create(_)))), "{step:?}");
}

#[test]
fn tons_that_are_typed_are_not_estimated_any_more() {
    let estimated = Dispatch { is_estimated: true, ..load(1, Some(18_000)) };
    let day = DaySheet { entries: vec![entry(1, estimated)], ..no_records() };
    let (mut sheet, book) = laid_out(day, Shift::All);
    let row = sheet.rows[0].id;
    assert_eq!(sheet.text(row, "isEstimated"), "yes");
    let book = shared(book);
    assert_eq!(step(&sheet, &book, row, Shift::All), None, "nothing was typed");
    sheet.step(Event::Key(KeyPress::named("Ctrl+Home").unwrap()));
    types(&mut sheet, "\t\t18.45\n");
    let Some(Step::Ask(deskops_ui::face::Ask::Edit(_, _, draft))) =
        step(&sheet, &book, row, Shift::All)
    else {
        panic!("the load is weighed")
    };
    assert_eq!(
        serde_json::json!(draft),
        serde_json::json!({"qtyTon": 18.450, "isEstimated": false})
    );
}

#[test]
fn what_holds_from_a_day_on_is_a_list_with_the_day_in_each_row() {
    let face = Face::of::<Target>();
    let manner = manner(&face);
    assert!(matches!(manner.layout, Layout::List));
    let body =
        Target { material_id: MaterialId("MAT002".into()), qty_kg: Tons::kg(1_000), notes: None };
    let day = DaySheet { entries: vec![entry(1, body)], ..no_records() };
    let (mut sheet, book) = laid_out(day, Shift::All);
    assert_eq!(sheet.text(sheet.rows[0].id, "date"), "2026-11-22");
    let open = sheet.rows[1].id;
    assert_eq!(sheet.text(open, "date"), "2026-11-22", "the day is carried down");
    types(&mut sheet, "34\t120\n");
    let step = step(&sheet, &shared(book), open, Shift::All);
    let Some(Step::Ask(deskops_ui::face::Ask::Create(draft))) = step else { panic!("{step:?}") };
    assert_eq!(
        serde_json::json!(draft),
        serde_json::json!({"siteId": "s1", "date": "2026-11-22", "materialId": "MAT003", "qtyTon": 120.000})
    );
}

#[test]
fn what_is_computed_is_shown_summed_and_not_typed() {
    let (sheet, _) = laid_out(no_records::<Inventory>(), Shift::All);
    let column = |key: &str| &sheet.columns[sheet.column_idx(key).unwrap()];
    for key in ["openingTon", "producedTon", "closingTon", "varianceTon"] {
        assert!(!column(key).is_typed() && column(key).number().is_some(), "{key}");
    }
    assert!(column("countedTon").is_typed());
    assert!(column("producedTon").summed && !column("closingTon").summed);
}

#[test]
fn a_typed_row_that_is_emptied_says_nothing() {
    let day = DaySheet { entries: vec![entry(1, load(1, Some(18_450)))], ..no_records() };
    let (sheet, book) = laid_out(day, Shift::All);
    let row = Row::from(entry(1, load(1, Some(18_450))));
    let asked = plan(&book.face, &Typed::Nothing, &book.rows[&sheet.rows[0].id].1, SITE);
    assert_eq!(asked, Some(Step::Ask(deskops_ui::face::Ask::Void(row.id, 3))));
}
