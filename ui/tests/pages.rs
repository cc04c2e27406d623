//! The pages as they are drawn, in each of the standard states, by a core that answers as told.

mod common;

use common::{Fake, body, empty_day, entry, html, page, part, session, welcome};
use deskops_domain::api::days::{DaySheet, DraftRow};
use deskops_domain::api::records::{Sum, Totals};
use deskops_domain::api::{Code, Refusal};
use deskops_ui::browser::stand_in_window;
use deskops_ui::parts::IconShape;
use deskops_ui::parts::states::{Empty, Failed, Loading, NeedsServer, ReadOnly};
use dioxus::prelude::*;
use serde_json::json;

fn no_database() -> Refusal {
    Refusal::new(Code::DatabaseUnavailable, "The database is from a newer version of DeskOps.")
        .hint("Install the newest DeskOps.")
}

#[test]
fn a_database_that_cannot_be_opened_takes_the_whole_window_and_says_what_to_do() {
    let html = html(&page(&Fake::default().refuse("session/hello", no_database())));
    for words in [
        "The records cannot be opened",
        "from a newer version",
        "Install the newest DeskOps",
        "Try again",
        "Copy details",
        "no new database was started",
    ] {
        assert!(html.contains(words), "{words}: {html}");
    }
    assert!(!html.contains("<nav"), "there is no empty desk in its place");
}

#[test]
fn a_core_that_does_not_answer_is_not_an_empty_page() {
    let html = html(&page(&Fake::default()));
    assert!(html.contains("DeskOps does not answer"), "{html}");
    assert!(html.contains("Try again"));
}

#[test]
fn the_menu_offers_the_dashboard_and_every_module_and_nothing_that_is_not_there() {
    let html = html(&page(&Fake::at_work()));
    for title in
        ["Dashboard", "Production", "Dispatch", "Received", "Equipment", "Manpower", "Inventory"]
    {
        assert!(html.contains(&format!("aria-label=\"{title}")), "{title}");
    }
    for absent in ["Reports", "Import", "Admin<"] {
        assert!(!html.contains(absent), "{absent} does not exist yet");
    }
}

#[test]
fn the_frame_has_its_landmarks_the_skip_link_and_what_waits() {
    stand_in_window();
    let html = html(&page(&Fake::at_work()));
    for part in [
        "<nav class=\"sidebar\"",
        "<header",
        "<main",
        "id=\"work\"",
        "<footer",
        "href=\"#work\"",
        "14 waiting",
        "ALASLA-29",
        "Sun 22 Nov 2026",
        "Huda",
        "DeskOps 0.1.0",
        "3.2 MB",
    ] {
        assert!(html.contains(part), "{part}: {html}");
    }
}

#[test]
fn at_head_office_nothing_waits_to_be_sent() {
    assert!(!html(&page(&Fake::at_work())).contains("waiting"));
}

#[test]
fn nothing_to_send_is_said_too() {
    stand_in_window();
    let mut session = session();
    session.unsent = 0;
    assert!(
        html(&page(&Fake::at_work().answer("session/hello", welcome(session))))
            .contains("Nothing to send")
    );
}

#[test]
fn the_shortcut_sheet_tells_every_key_of_the_table() {
    let html = html(&page(&Fake::at_work()));
    for binding in deskops_ui::key::BINDINGS {
        assert!(html.contains(&escaped(binding.label)), "{}", binding.label);
        for keys in binding.keys {
            assert!(html.contains(&format!("<kbd>{}</kbd>", escaped(keys))), "{keys}");
        }
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('\'', "&#39;")
        .replace('"', "&quot;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}

#[test]
fn every_key_has_one_meaning_in_its_place() {
    let mut seen = Vec::new();
    for binding in deskops_ui::key::BINDINGS {
        for keys in binding.keys {
            assert!(
                !seen.contains(&(binding.scope.title(), keys)),
                "{keys} in {}",
                binding.scope.title()
            );
            seen.push((binding.scope.title(), keys));
        }
    }
}

#[test]
fn each_standard_state_says_what_it_is() {
    let loading = part(|| rsx! { Loading { what: "the list", rows: 3 } });
    assert!(
        loading.contains("aria-busy=\"true\"") && loading.matches("skeleton-row").count() == 3,
        "{loading}"
    );
    let empty = part(|| rsx! { Empty { icon: IconShape::Rows, sentence: "Nothing here." } });
    assert!(empty.contains("data-state=\"empty\"") && empty.contains("Nothing here."), "{empty}");
    let failed = part(
        || rsx! { Failed { what: "The list", refusal: Refusal::new(Code::InternalError, "Bad."), on_retry: |()| {} } },
    );
    assert!(
        failed.contains("role=\"alert\"") && failed.contains("data-state=\"error\""),
        "{failed}"
    );
    let offline = part(
        || rsx! { Failed { what: "The list", refusal: Refusal::new(Code::Offline, "Gone."), on_retry: |()| {} } },
    );
    assert!(offline.contains("data-state=\"offline\""), "{offline}");
    assert!(part(|| rsx! { NeedsServer {} }).contains("needs the server"));
    assert!(part(|| rsx! { ReadOnly { why: "Locked by Huda." } }).contains("data-tone=\"locked\""));
}

mod day_sheet {
    //! The laid-out day, without a browser.

    use super::*;
    use common::{SITE, catalogue, today};
    use deskops_domain::choice::{Operation, Shift};
    use deskops_domain::modules::Production;
    use deskops_domain::summary::Usual;
    use deskops_ui::face::Face;
    use deskops_ui::grid::{RowState, Sheet, Spot};
    use deskops_ui::sheet::manner::manner;
    use deskops_ui::sheet::{Book, Setting, lay_out};

    fn laid_out(day: &DaySheet<Production>, shift: Shift) -> (Sheet, Book) {
        let (catalogue, face) = (catalogue(), Face::of::<Production>());
        let manner = std::rc::Rc::new(manner(&face));
        let clock = |at: deskops_domain::entry::Moment| at.clock(180);
        let setting = Setting {
            face: &face,
            manner: &manner,
            catalogue: &catalogue,
            shift,
            day: today(),
            site: SITE,
            clock: &clock,
        };
        lay_out(&common::rows(day.clone()), &setting)
    }

    fn subjects(sheet: &Sheet) -> Vec<(&str, u32)> {
        sheet.rows.iter().map(|row| (row.key.subject.as_str(), row.key.line)).collect()
    }

    #[test]
    fn every_product_in_use_has_a_row_in_catalogue_order() {
        let (sheet, _) = laid_out(&empty_day(), Shift::All);
        assert_eq!(
            subjects(&sheet),
            [("AGG-G1", 1), ("AGG-3/4", 1), ("AGG-3/8", 1)],
            "no raw feed, and nothing that is out of use"
        );
        assert_eq!(sheet.cursor, Spot { row: 0, column: 3 });
        assert_eq!(sheet.text(sheet.rows[0].id, "operation"), "CRU-PRO");
    }

    #[test]
    fn what_is_stored_stands_in_its_row_and_the_cursor_in_the_first_empty_one() {
        let day = DaySheet { entries: vec![entry(7, body(2, 128_450))], ..empty_day() };
        let (sheet, book) = laid_out(&day, Shift::All);
        assert_eq!(sheet.text(sheet.rows[0].id, "qtyTon"), "128.450");
        assert_eq!(sheet.rows[0].state, RowState::SavedHere("10:42".into()));
        assert_eq!(sheet.cursor, Spot { row: 1, column: 3 });
        assert_eq!(book.total("qtyTon"), 128_450);
    }

    #[test]
    fn further_lines_and_operations_and_old_materials_are_shown_too() {
        let second = Production { line: 2, ..body(3, 5_000) };
        let segregated = Production { operation: Operation::Segregation, ..body(3, 6_000) };
        let day = DaySheet {
            entries: vec![entry(1, second), entry(2, segregated), entry(3, body(9, 7_000))],
            ..empty_day()
        };
        let (sheet, book) = laid_out(&day, Shift::All);
        assert_eq!(
            subjects(&sheet),
            [
                ("AGG-G1", 1),
                ("AGG-3/4", 1),
                ("AGG-3/4", 1),
                ("AGG-3/4", 2),
                ("AGG-3/8", 1),
                ("OLD", 1)
            ]
        );
        assert_eq!(book.total("qtyTon"), 18_000);
    }

    #[test]
    fn records_of_other_shifts_count_but_are_not_shown() {
        let night = Production { shift: Shift::Night, ..body(2, 9_000) };
        let day =
            DaySheet { entries: vec![entry(1, night), entry(2, body(3, 1_000))], ..empty_day() };
        let (sheet, book) = laid_out(&day, Shift::All);
        assert_eq!(sheet.n_entered(), 1);
        assert_eq!((book.total("qtyTon"), book.others.len()), (10_000, 1));
    }

    #[test]
    fn a_draft_comes_back_as_it_was_typed_with_what_is_wrong() {
        let cells = json!({"qtyTon": "12.3456", "operation": "CRU-PRO", "notes": null})
            .as_object()
            .cloned()
            .unwrap();
        let draft = DraftRow { row: "MAT003/ALL/CRU-PRO/1".into(), cells, at: common::now() };
        let (sheet, book) = laid_out(&DaySheet { drafts: vec![draft], ..empty_day() }, Shift::All);
        let row = &sheet.rows[1];
        assert_eq!((row.cells[3].text.as_str(), &row.state), ("12.3456", &RowState::Draft));
        assert_eq!(
            row.cells[3].problem.as_ref().map(|problem| problem.code.as_str()),
            Some("E-NUM")
        );
        assert!(book.rows[&row.id].1.has_draft);
    }

    #[test]
    fn a_quantity_that_is_three_times_the_usual_is_questioned_and_not_refused() {
        let usual =
            [("MAT003".to_owned(), Usual { low: 20_000, median: 35_500, high: 60_000 })].into();
        let (sheet, _) = laid_out(&DaySheet { usual, ..empty_day() }, Shift::All);
        let check = |text: &str| sheet.columns[3].read(&sheet.rows[1].key, text);
        assert_eq!(
            check("128").warning.as_deref(),
            Some("128.000 t is more than 3 times the usual 35.500 t. Check it.")
        );
        assert_eq!(check("128").text, Ok("128.000".to_owned()));
        assert_eq!(check("100").warning, None);
    }

    #[test]
    fn a_cell_is_refused_in_the_words_of_the_door() {
        let (sheet, _) = laid_out(&empty_day(), Shift::All);
        let check = |text: &str| sheet.columns[3].read(&sheet.rows[0].key, text).text;
        assert_eq!(check("128.45"), Ok("128.450".to_owned()));
        assert_eq!(check("1,204.1"), Ok("1204.100".to_owned()));
        for (text, words) in [
            ("0", "more than 0.000"),
            ("12.3456", "takes 3 decimals"),
            ("abc", "is not a number"),
            ("1000000", "at most 999999.999"),
        ] {
            let problem = check(text).unwrap_err();
            assert_eq!(problem.code, "E-NUM");
            assert!(problem.message.contains(words), "{}", problem.message);
        }
    }
}

fn production(fake: &Fake) -> String {
    deskops_ui::browser::set_hash("/production?site=s1&day=2026-11-22&view=sheet");
    html(&page(fake))
}

#[test]
fn the_production_day_shows_its_sheet_its_sums_and_what_can_be_done() {
    let sum = Sum {
        field: "qtyTon".into(),
        label: "Quantity (t)".into(),
        unit: "t".into(),
        decimals: 3,
        raw: 1_410_200,
    };
    let previous = Some((common::day("2026-11-21"), Totals { rows: 12, sums: vec![sum] }));
    let day = DaySheet { entries: vec![entry(7, body(2, 128_450))], previous, ..empty_day() };
    let html = production(&Fake::at_work().answer("production/day", day));
    let words = [
        "Sun 22 Nov 2026",
        "1 of 3 entered",
        "128.450 t",
        "Sat 21 Nov",
        "1,410.200 t",
        "Saved here 10:42",
        "Day sheet",
        "All records",
        "Whole day (1)",
        "Nothing today",
        "Delete",
        "History",
        "Export Excel",
        "Export CSV",
        "role=\"grid\"",
    ];
    for words in words {
        assert!(html.contains(words), "{words}: {html}");
    }
}

#[test]
fn a_day_on_which_nothing_happened_says_so_and_can_be_opened_again() {
    let record = json!({
        "id": common::id(9), "siteId": "s1", "date": "2026-11-22", "module": "production", "notes": null, "createdAt": common::now(), "createdBy": "huda",
        "updatedAt": common::now(), "updatedBy": "huda", "rev": 1, "voided": null, "isSent": false
    });
    let day = DaySheet { nil: Some(serde_json::from_value(record).unwrap()), ..empty_day() };
    let html = production(&Fake::at_work().answer("production/day", day));
    assert!(html.contains("Nothing on this day") && html.contains("Something after all"), "{html}");
    assert!(!html.contains("Nothing today"));
}

#[test]
fn a_day_that_cannot_be_read_says_so_and_shows_no_empty_sheet() {
    let html = production(
        &Fake::at_work().refuse("production/day", Refusal::new(Code::InternalError, "It failed.")),
    );
    assert!(
        html.contains("The day's production cannot be shown")
            || html.contains("The day&#39;s production cannot be shown"),
        "{html}"
    );
    assert!(!html.contains("role=\"grid\""));
}

fn records(module: &str, fake: &Fake) -> String {
    deskops_ui::browser::set_hash(&format!("/{module}?site=s1&day=2026-11-22&view=all"));
    html(&page(fake))
}

#[test]
fn the_totals_of_a_list_are_of_all_rows_and_not_of_those_that_are_loaded() {
    let sum = Sum {
        field: "qtyTon".into(),
        label: "Quantity (t)".into(),
        unit: "t".into(),
        decimals: 3,
        raw: 987_654_321,
    };
    let page = json!({"entries": [entry(7, body(2, 128_450))], "next": "more"});
    let fake = Fake::at_work()
        .answer("production/list", page)
        .answer("production/sums", Totals { rows: 100_000, sums: vec![sum] });
    let html = records("production", &fake);
    for words in [
        "Export by",
        "<option value=\"weekly\"",
        "987,654.321 t",
        "100,000 rows",
        "aria-rowcount=\"100002\"",
        "G1",
        "128.450",
        "Whole day",
        "Saved here",
    ] {
        assert!(html.contains(words), "{words}: {html}");
    }
}

#[test]
fn every_module_shows_its_records_and_says_where_they_are_typed() {
    let module = "dispatch";
    let fake = Fake::at_work()
        .answer("dispatch/list", json!({"entries": [], "next": null}))
        .answer("dispatch/sums", Totals::default());
    let html = records(module, &fake);
    assert!(
        html.contains("open its day and type in the day sheet")
            && html.contains("Day sheet")
            && html.contains("Nothing is recorded in this period"),
        "{html}"
    );
    assert_eq!(fake.names(), ["session/hello", "dispatch/list", "dispatch/sums"]);
}

#[test]
fn totals_are_said_with_their_unit() {
    let sum = Sum {
        field: "qtyTon".into(),
        label: "Quantity (t)".into(),
        unit: "t".into(),
        decimals: 3,
        raw: 1_410_200,
    };
    let totals = Totals { rows: 12, sums: vec![sum] };
    assert_eq!(
        deskops_ui::words::amount(
            totals.sums[0].raw,
            totals.sums[0].decimals,
            &totals.sums[0].unit
        ),
        "1,410.200 t"
    );
}
