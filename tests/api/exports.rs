//! Taking a range away: real numbers and dates, what you see is what you get, and a hash.

use calamine::{Data, DataType as _, Reader as _, Xlsx, open_workbook};
use deskops_core::Router;
use deskops_domain::api::Code;
use deskops_domain::api::exports::{Export, Exported};
use deskops_domain::api::records::{Filter, Void};
use deskops_domain::choice::Format;
use deskops_domain::modules::Production;
use deskops_tests::desk::SITE;
use deskops_tests::{TestDesk, day, production};
use serde_json::json;
use sha2::{Digest as _, Sha256};

fn three_days(desk: &TestDesk) {
    production()
        .of("MAT002")
        .on("2026-11-20")
        .tons("96.2")
        .with("notes", "=cmd|' /C calc'!A0")
        .save(desk);
    production()
        .of("MAT001")
        .on("2026-11-21")
        .tons("128.45")
        .with("notes", "خرسانة 3/4\"")
        .save(desk);
    production().of("MAT003").on("2026-11-22").tons("0.001").save(desk);
    let gone = production().of("MAT004").on("2026-11-22").tons("5").save(desk);
    desk.call(Void::<Production>::new(gone.id, None)).unwrap();
    production().of("MAT005").on("2026-11-19").tons("77").save(desk);
}

fn export(desk: &TestDesk, format: Format) -> Exported {
    let filter =
        Filter { date_from: Some(day("2026-11-20")), ..Filter::day(SITE, day("2026-11-22")) };
    desk.call(Export::<Production>::new(filter, format)).unwrap()
}

#[test]
fn an_excel_file_holds_the_range_in_real_numbers_and_dates() {
    let desk = TestDesk::direct();
    three_days(&desk);
    let exported = export(&desk, Format::Xlsx);
    assert_eq!(
        (exported.file_name.as_str(), exported.rows),
        ("production_2026-11-20_to_2026-11-22.xlsx", 3)
    );
    let mut book: Xlsx<_> = open_workbook(exported.path.unwrap()).unwrap();
    let sheet = book.worksheet_range("Production").unwrap();
    let head: Vec<_> = sheet.rows().next().unwrap().iter().map(ToString::to_string).collect();
    let at = |name: &str| {
        head.iter().position(|cell| cell == name).unwrap_or_else(|| panic!("{name} in {head:?}"))
    };
    let (date, qty) = (at("Date"), at("Quantity (t)"));
    let rows: Vec<_> = sheet.rows().skip(1).take(3).collect();
    let dates: Vec<_> = rows
        .iter()
        .map(|row| {
            let Data::DateTime(date) = &row[date] else { panic!("{:?} is no date", row[date]) };
            let (year, month, day, ..) = date.to_ymd_hms_milli();
            format!("{year}-{month:02}-{day:02}")
        })
        .collect();
    assert_eq!(dates, ["2026-11-20", "2026-11-21", "2026-11-22"]);
    let tons: Vec<_> = rows.iter().map(|row| row[qty].clone()).collect();
    assert_eq!(tons, [Data::Float(96.2), Data::Float(128.45), Data::Float(0.001)]);
    let total = sheet.rows().skip(4).find(|row| !row[qty].is_empty()).unwrap();
    assert_eq!(total[qty].to_string(), "224.651");
    let texts: Vec<_> =
        rows.iter().flat_map(|row| row.iter()).filter_map(Data::get_string).collect();
    assert!(texts.iter().any(|text| text.contains("خرسانة 3/4\"")));
}

#[test]
fn the_same_records_give_the_same_bytes_and_the_hash_is_theirs() {
    let desk = TestDesk::direct();
    three_days(&desk);
    for format in [Format::Xlsx, Format::Csv] {
        let one = export(&desk, format);
        desk.at("2026-11-22T09:00:00Z");
        let two = export(&desk, format);
        assert_ne!(one.path, two.path, "nothing is overwritten");
        assert_eq!(one.sha256, two.sha256);
        let bytes = std::fs::read(one.path.unwrap()).unwrap();
        assert_eq!(deskops_domain::change::hex(&Sha256::digest(&bytes)), one.sha256);
        assert_eq!(bytes.len() as u64, one.bytes);
    }
}

#[test]
fn a_csv_file_opens_in_excel_and_starts_no_formula() {
    let desk = TestDesk::direct();
    three_days(&desk);
    let exported = export(&desk, Format::Csv);
    let bytes = std::fs::read(exported.path.unwrap()).unwrap();
    let text = String::from_utf8(bytes).unwrap();
    assert!(text.starts_with('\u{feff}') && text.ends_with("\r\n"), "d_53: BOM and CRLF");
    assert!(text.contains("'=cmd|"), "d_53: a formula is told to be text");
    assert!(text.contains("2026-11-21") && text.contains("128.45"));
    assert_eq!(exported.totals.sums[0].raw, 224_651);
}

#[test]
fn a_range_without_records_is_a_file_that_says_so() {
    let desk = TestDesk::direct();
    for format in [Format::Xlsx, Format::Csv] {
        let exported = export(&desk, format);
        assert_eq!(exported.rows, 0);
        assert!(exported.bytes > 0);
    }
}

#[test]
fn an_export_needs_its_days_and_a_site() {
    let desk = TestDesk::direct();
    let ask = |filter| {
        desk.raw("production/export", json!({"filter": filter, "format": "xlsx"})).unwrap_err().code
    };
    assert_eq!(ask(json!({"siteId": SITE})), Code::ValidationError);
    assert_eq!(
        ask(json!({"siteId": SITE, "dateFrom": "2026-11-22", "dateTo": "2026-11-20"})),
        Code::ValidationError,
        "d_50"
    );
    assert_eq!(
        ask(json!({"siteId": "cnowhere", "dateFrom": "2026-11-22", "dateTo": "2026-11-22"})),
        Code::SiteNotFound
    );
}

#[test]
fn every_module_can_be_exported() {
    let desk = TestDesk::direct();
    let names: Vec<_> =
        Router::all().names().filter(|name| name.ends_with("/export")).map(str::to_owned).collect();
    assert_eq!(names.len(), 9, "six modules, and what else is entered of a day");
    for name in names {
        let filter = json!({"siteId": SITE, "dateFrom": "2026-11-01", "dateTo": "2026-11-22"});
        let exported = desk.raw(&name, json!({"filter": filter, "format": "csv"})).unwrap();
        assert_eq!(exported["rows"], json!(0), "{name}");
    }
}
