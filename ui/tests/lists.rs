//! Settings and catalogues without a browser: who sees them, how they are typed, what does not add up.

mod common;

use std::cell::RefCell;
use std::rc::Rc;

use common::{Fake, SITE, catalogue, day, html, id, now, page, session, today, welcome};
use deskops_domain::access::Role;
use deskops_domain::catalogue::{Catalogue, Item};
use deskops_domain::entry::{Moment, Stamp};
use deskops_domain::field::Value;
use deskops_domain::habit::GLOBAL;
use deskops_ui::browser;
use deskops_ui::face::{Ask, DayRows, Face, Row, lists};
use deskops_ui::grid::{Effect, Event, RowId, Sheet};
use deskops_ui::key::{Key, KeyPress};
use deskops_ui::sheet::adds_up::not_in_force;
use deskops_ui::sheet::manner::manner;
use deskops_ui::sheet::plan::{Step, plan};
use deskops_ui::sheet::{RowDesk, Setting, SharedBook, lay_out, row_job};
use serde_json::json;

fn stocked() -> Catalogue {
    let machine = Item {
        id: "EQ001".into(),
        name: "Static Crusher".into(),
        code: "CR-1".into(),
        ..catalogue().materials[0].clone()
    };
    Catalogue { equipment: vec![machine], ..catalogue() }
}

fn face(name: &str) -> Face {
    lists().into_iter().find(|face| face.name == name).expect("a test names real lists")
}

fn row(number: u8, date: &str, values: Vec<Value>) -> Row {
    let stamp = Stamp {
        created_at: now(),
        created_by: "huda".into(),
        updated_at: now(),
        updated_by: "huda".into(),
        rev: 1,
        voided: None,
        is_sent: false,
    };
    Row { id: id(number), day: day(date), values, stamp }
}

fn text(text: &str) -> Value {
    Value::Text(text.into())
}

fn told(name: &str, rows: &[Row], others: &[Row]) -> Vec<String> {
    not_in_force(&face(name), &rows.iter().collect::<Vec<_>>(), others, &stocked())
}

fn split(number: u8, date: &str, material: &str, kg: i64) -> Row {
    row(number, date, vec![text("EQ001"), text(material), Value::Int(kg)])
}

fn rate(number: u8, date: &str, kg: i64) -> Row {
    row(number, date, vec![text("EQ001"), Value::Int(kg)])
}

#[test]
fn a_split_that_is_not_the_rate_of_its_machine_is_told_with_names_and_sums() {
    let splits = [
        split(1, "2026-01-01", "MAT002", 125_000),
        split(2, "2026-01-01", "MAT003", 125_000),
        split(3, "2026-07-09", "MAT002", 125_000),
        split(4, "2026-07-09", "MAT003", 120_500),
    ];
    let rates = [rate(5, "2026-01-01", 250_000)];
    let said = [
        "Static Crusher from 9 Jul 2026: 245.5 of 250 t/h (G1 125, 3/4 inch 120.5). Not in force.",
    ];
    assert_eq!(told("rate_split", &splits, &rates), said);
    assert_eq!(told("rate", &rates, &splits), said, "it is told beside the rates too");
    assert_eq!(told("rate_split", &splits[..2], &rates), [""; 0], "the whole rate is in force");
    let later = [rate(5, "2026-01-01", 250_000), rate(6, "2026-03-01", 240_000)];
    let said = told("rate_split", &splits[..2], &later);
    assert_eq!(
        said,
        ["Static Crusher from 1 Mar 2026: 250 of 240 t/h (G1 125, 3/4 inch 125). Not in force."]
    );
    let said = told("rate_split", &splits[..2], &[]);
    assert!(said[0].contains("250 t/h, and no machine rate yet"), "{said:?}");
    assert_eq!(told("rate", &rates, &[]), [""; 0], "a machine needs no split");
}

#[test]
fn a_blend_whose_parts_are_no_whole_is_told_for_its_day() {
    let part = |number, date, component: &str, share| {
        row(number, date, vec![text("MAT004"), text(component), Value::Int(share)])
    };
    let parts = [
        part(1, "2026-01-01", "MAT002", 6_000),
        part(2, "2026-01-01", "MAT003", 4_000),
        part(3, "2026-05-01", "MAT002", 8_025),
    ];
    let said = ["3/8 inch from 1 May 2026: 80.25 of 100 % (G1 80.25). Not in force."];
    assert_eq!(told("recipe", &parts, &[]), said);
    assert_eq!(told("target", &parts, &[]), [""; 0]);
}

fn laid_out(name: &str, rows: Vec<Row>) -> (Sheet, SharedBook) {
    let (catalogue, face) = (stocked(), face(name));
    let manner = Rc::new(manner(&face));
    let clock = |at: Moment| at.clock(180);
    let site = if face.habit.is_global { GLOBAL } else { SITE };
    let setting = Setting {
        face: &face,
        manner: &manner,
        catalogue: &catalogue,
        shift: deskops_domain::choice::Shift::All,
        day: today(),
        site,
        clock: &clock,
    };
    let (sheet, book) = lay_out(&DayRows { rows, ..DayRows::default() }, &setting);
    (sheet, Rc::new(RefCell::new(book)))
}

fn step(sheet: &Sheet, book: &SharedBook, row: RowId) -> Option<Step> {
    let catalogue = stocked();
    let desk = RowDesk { book, shift: deskops_domain::choice::Shift::All, catalogue: &catalogue };
    let (news, _) = futures_channel::mpsc::unbounded();
    let job = row_job(sheet, row, &desk, true, news)?;
    let book = book.borrow();
    plan(&book.face, &job.typed, &book.rows[&row].1, &book.site)
}

fn types(sheet: &mut Sheet, text: &str) {
    for c in text.chars() {
        let press = match c {
            '\n' => KeyPress::plain(Key::Enter),
            '\t' => KeyPress::plain(Key::Tab),
            other => KeyPress::plain(Key::Char(other)),
        };
        sheet.step(Event::Key(press));
    }
}

#[test]
fn every_list_has_a_column_for_every_field_and_for_its_day() {
    for face in lists() {
        let manner = manner(&face);
        assert!(manner.is_list(), "{}", face.name);
        for shape in face.shapes.iter() {
            assert!(manner.col(shape.name).is_some(), "{}.{}", face.name, shape.name);
        }
        assert!(manner.col("date").is_some(), "{}", face.name);
        assert_eq!(manner.columns.len(), face.shapes.len() + 1);
    }
}

#[test]
fn ten_materials_are_one_paste_and_each_is_a_record_of_its_own() {
    let (mut sheet, book) = laid_out("materials", Vec::new());
    let line = |number| format!("NEW-{number}\tNew stone {number}\t\tAggregates");
    let block = (1..=10).map(line).collect::<Vec<_>>().join("\n");
    let effects = sheet.step(Event::Paste(block));
    let written: Vec<RowId> = effects
        .iter()
        .filter_map(|effect| if let Effect::Write(row) = effect { Some(*row) } else { None })
        .collect();
    assert_eq!(written.len(), 10, "the row under the cursor among them: {effects:?}");
    for row in written {
        let Some(Step::Ask(Ask::Create(draft))) = step(&sheet, &book, row) else {
            panic!("{row:?}")
        };
        for (field, value) in [
            ("siteId", json!(GLOBAL)),
            ("date", json!(today())),
            ("unit", json!("TON")),
            ("isFinal", json!(true)),
            ("position", json!(100)),
        ] {
            assert_eq!(draft.get(field), Some(&value), "{field}");
        }
    }
}

#[test]
fn a_new_row_begins_today_and_the_next_one_as_the_last_that_was_typed() {
    let stored =
        vec![row(1, "2026-01-01", vec![text("MAT002"), Value::Int(100_000), Value::Empty])];
    let (mut sheet, book) = laid_out("target", stored);
    let open = sheet.rows[1].id;
    assert_eq!(sheet.text(open, "date"), "2026-11-22", "not that of an old row");
    sheet.step(Event::Key(KeyPress::named("Left").unwrap()));
    types(&mut sheet, "1/12\t34\t120\n");
    let next = sheet.rows[2].id;
    assert_eq!(sheet.text(next, "date"), "2026-12-01");
    let Some(Step::Ask(Ask::Create(draft))) = step(&sheet, &book, open) else { panic!() };
    assert_eq!(draft["date"], json!("2026-12-01"), "it may begin in the future");
}

#[test]
fn the_first_day_in_use_of_what_is_stored_stays_and_its_last_day_is_typed_short() {
    let values = vec![
        text("OLD"),
        text("Old stone"),
        Value::Empty,
        text("AGGREGATES"),
        text("TON"),
        Value::Int(1),
        Value::Int(1),
        Value::Empty,
    ];
    let (mut sheet, book) = laid_out("materials", vec![row(1, "2000-01-01", values)]);
    let stored = sheet.rows[0].id;
    sheet.step(Event::Key(KeyPress::named("Ctrl+Home").unwrap()));
    types(&mut sheet, &format!("{}1/12\n", "\t".repeat(9)));
    let Some(Step::Ask(Ask::Edit(_, _, draft))) = step(&sheet, &book, stored) else { panic!() };
    assert_eq!(serde_json::json!(draft), json!({"inactiveFrom": "2026-12-01"}));
    sheet.step(Event::Key(KeyPress::named("Ctrl+Home").unwrap()));
    types(&mut sheet, &format!("{}1/1/2020\n", "\t".repeat(8)));
    assert!(
        matches!(step(&sheet, &book, stored), Some(Step::Keep(_))),
        "it is no change of a catalogue"
    );
}

#[test]
fn only_an_administrator_is_offered_settings_and_others_are_told_in_a_sentence() {
    browser::set_hash("/settings/materials");
    let page_html = html(&page(
        &Fake::at_work().answer("materials/list", json!({"entries": [], "next": null})),
    ));
    for words in [
        "aria-label=\"Settings\"",
        "At ALASLA-29",
        "At every site",
        "Stock thresholds",
        "Crew roles",
        "data-screen=\"materials\"",
        "role=\"grid\"",
    ] {
        assert!(page_html.contains(words), "{words}: {page_html}");
    }
    for role in [Role::Operator, Role::Moderator] {
        let mut session = session();
        session.role = role;
        browser::set_hash("/settings/materials");
        let fake = Fake::at_work().answer("session/hello", welcome(session));
        let page_html = html(&page(&fake));
        assert!(
            page_html.contains("Settings and lists are kept by an administrator."),
            "{page_html}"
        );
        assert!(
            !page_html.contains("aria-label=\"Settings\"") && !page_html.contains("role=\"grid\"")
        );
        assert!(!fake.names().contains(&"materials/list".to_owned()), "nothing is asked for");
    }
}
