//! Every figure opens the rows that it comes from, and what is odd is told and stays saved.

mod common;

use std::rc::Rc;

use common::{
    Fake, SITE, catalogue, html, id, no_records, now, page, rows, session, today, welcome,
};
use deskops_domain::api::days::DaySheet;
use deskops_domain::api::guard::Exception;
use deskops_domain::choice::{Module, Shift};
use deskops_domain::entry::{Entry, Moment};
use deskops_domain::modules::Dispatch;
use deskops_domain::problem::Problem;
use deskops_ui::close::odd::{name_of, told};
use deskops_ui::face::{Face, face};
use deskops_ui::grid::{Column, Editor, Effect, Event, Row, RowId, RowKey, Sheet, Spot, Tone};
use deskops_ui::key::{Key, KeyPress};
use deskops_ui::records::{picks, words};
use deskops_ui::sheet::manner::manner;
use deskops_ui::sheet::{RowNews, Setting, figure_module, hear, lay_out};
use serde_json::json;

fn ledger_row(produced: &str) -> Sheet {
    let number = Editor::Number { unit: "t", decimals: 3 };
    let mut figure = Column::new("producedTon", "+ Produced", 90, number.clone());
    figure.fixed = true;
    figure.opens = true;
    let counted = Column::new("countedTon", "Counted", 90, number);
    let key = RowKey { subject: "G1".into(), line: 1 };
    let texts = [produced.to_owned(), String::new()];
    Sheet::new(vec![figure, counted], vec![Row::new(RowId(0), key, texts)])
}

#[test]
fn enter_and_a_double_click_on_a_figure_open_its_rows_and_nothing_else_does() {
    let enter = || Event::Key(KeyPress::plain(Key::Enter));
    let open = Effect::Open { row: RowId(0), column: "producedTon" };
    let mut sheet = ledger_row("12.500");
    let figure = Spot { row: 0, column: 0 };
    sheet.step(Event::Click { spot: figure, extends: false });
    assert_eq!(sheet.step(enter()), std::slice::from_ref(&open));
    assert_eq!(sheet.step(Event::DoubleClick(figure)), [open]);
    sheet.step(Event::Click { spot: Spot { row: 0, column: 1 }, extends: false });
    assert!(!sheet.step(enter()).iter().any(|effect| matches!(effect, Effect::Open { .. })));
    for nothing in ["", "0.000"] {
        let mut sheet = ledger_row(nothing);
        sheet.step(Event::Click { spot: figure, extends: false });
        assert!(!sheet.step(enter()).iter().any(|effect| matches!(effect, Effect::Open { .. })));
    }
}

#[test]
fn only_figures_of_the_ledger_that_sum_records_open_them() {
    let ledger = face(Module::Inventory);
    assert_eq!(figure_module(&ledger, "producedTon"), Some(Module::Production));
    assert_eq!(figure_module(&ledger, "dispatchedTon"), Some(Module::Dispatch));
    assert_eq!(figure_module(&ledger, "receivedTon"), Some(Module::Received));
    assert_eq!(figure_module(&ledger, "closingTon"), None);
    assert_eq!(figure_module(&face(Module::Production), "producedTon"), None);
    for field in ["producedTon", "dispatchedTon", "receivedTon"] {
        assert!(ledger.shape(field).is_some(), "{field}");
    }
}

#[test]
fn the_rows_of_a_figure_are_asked_for_by_day_and_material_and_say_so() {
    deskops_ui::browser::set_hash(
        "/dispatch?site=s1&day=2026-11-22&view=all&only=materialId:MAT002",
    );
    let fake = Fake::at_work()
        .answer("session/hello", welcome(session()))
        .answer("dispatch/list", json!({"entries": [], "next": null}))
        .answer("dispatch/sums", json!({"rows": 0, "sums": []}));
    let shown = html(&page(&fake));
    let asked = fake.asked.borrow();
    let (_, list) = asked.iter().find(|(name, _)| name == "dispatch/list").unwrap();
    assert_eq!(
        list["filter"],
        json!({"siteId": SITE, "dateFrom": "2026-11-22", "dateTo": "2026-11-22", "voided": false,
            "matches": {"materialId": "MAT002"}})
    );
    assert!(shown.contains("data-match=\"materialId\""), "{shown}");
    let dispatch = face(Module::Dispatch);
    assert!(
        words(&dispatch, "materialId", "MAT002,MAT003", &catalogue()).ends_with(": G1, 3/4 inch")
    );
    assert!(words(&dispatch, "qtyTon", ">100", &catalogue()).ends_with(": >100"));
}

#[test]
fn what_is_odd_stands_at_its_cell_and_goes_when_it_is_odd_no_more() {
    let face = Face::of::<Dispatch>();
    let (catalogue, manner) = (catalogue(), Rc::new(manner(&face)));
    let clock = |at: Moment| at.clock(180);
    let setting = Setting {
        face: &face,
        manner: &manner,
        catalogue: &catalogue,
        shift: Shift::All,
        day: today(),
        site: SITE,
        clock: &clock,
    };
    let load = json!({"id": id(7), "siteId": SITE, "date": today(), "materialId": "MAT002",
        "qtyTon": 90.0, "trips": 1, "isEstimated": false, "operation": "CRU-DIS",
        "createdAt": now(), "createdBy": "huda", "updatedAt": now(), "updatedBy": "huda",
        "rev": 1, "voided": null, "isSent": false});
    let entry: Entry<Dispatch> = serde_json::from_value(load).unwrap();
    let day: DaySheet<Dispatch> = DaySheet { entries: vec![entry], ..no_records() };
    let (mut sheet, book) = lay_out(&rows(day), &setting);
    let row = sheet.rows[0].id;
    let column = sheet.column_idx("qtyTon").unwrap();
    let question = Problem::new("qtyTon", "G-TRIP", "A trip with 90.000 t is heavy.");
    hear(&mut sheet, &book, RowNews::Odd(row, vec![question]), &catalogue, &clock);
    let told = sheet.rows[0].cells[column].warning.clone();
    assert_eq!(told.as_deref(), Some("A trip with 90.000 t is heavy."));
    let said = sheet.said.clone().unwrap();
    assert_eq!(said.tone, Tone::Warn);
    assert!(said.text.ends_with("It is saved; write the reason in Notes."), "{}", said.text);
    hear(&mut sheet, &book, RowNews::Odd(row, Vec::new()), &catalogue, &clock);
    assert_eq!(sheet.rows[0].cells[column].warning, None);
}

#[test]
fn an_odd_figure_is_called_by_its_module_and_material_and_tells_what_was_noted() {
    let mut odd = Exception {
        module: Module::Dispatch,
        record: id(7),
        of: "MAT002".into(),
        warnings: vec![Problem::new("qtyTon", "G-TRIP", "Heavy.")],
        reason: None,
    };
    assert_eq!(name_of(&odd, &catalogue()), "Dispatch, G1");
    assert_eq!(told(&odd), "Heavy. No reason is noted.");
    odd.reason = Some("wet".into());
    assert_eq!(told(&odd), "Heavy. Noted: wet");
}

#[test]
fn what_a_field_must_say_is_picked_where_there_is_a_list_and_typed_elsewhere() {
    let dispatch = face(Module::Dispatch);
    let picked = |field: &str| {
        picks(dispatch.shape(field).unwrap(), &catalogue()).into_iter().map(|(code, _)| code)
    };
    assert_eq!(picked("materialId").next().as_deref(), Some("MAT001"));
    assert_eq!(picked("isEstimated").collect::<Vec<_>>(), ["true", "false"]);
    assert_eq!((picked("qtyTon").count(), picked("owner").count()), (0, 0));
}
