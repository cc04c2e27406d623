//! What an exported file holds, read back by another library than the one that wrote it.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use calamine::{Data, Range, Reader, Xlsx, open_workbook};
use deskops_domain::catalogue::{Catalogue, Item, Site};
use deskops_domain::choice::{Format, Granularity, Operation, Shift, Unit};
use deskops_domain::day::Day;
use deskops_domain::entry::{Entry, Moment, Stamp, Voided};
use deskops_domain::field::MaterialId;
use deskops_domain::id::Id;
use deskops_domain::modules::{
    Dispatch, Equipment, Inventory, Manpower, ModuleVisitor, Production, Received, each_record,
};
use deskops_domain::quantity::Tons;
use deskops_domain::record::Record;
use sha2::{Digest, Sha256};

use super::csv::guarded;
use super::{About, ExportError, Written, file_name, is_file_name, write};

type Rows<R> = Vec<Result<Entry<R>, String>>;

fn day(text: &str) -> Day {
    Day::parse(text).unwrap()
}

fn site() -> Site {
    Site {
        id: "site-alasla-29".into(),
        code: "ALASLA-29".into(),
        name: "Al Asla Recycling Facility".into(),
        location: Some("Jeddah".into()),
        timezone: "Asia/Riyadh".into(),
        day_cut_minutes: 0,
        week_start: 7,
        days_off: vec![5],
        is_active: true,
    }
}

fn catalogue() -> Catalogue {
    let item = |id: &str, code: &str, name: &str| Item {
        id: id.into(),
        code: code.into(),
        name: name.into(),
        name_ar: None,
        category: "AGGREGATES".into(),
        unit: Unit::Ton,
        is_final: true,
        position: 1,
        active_from: deskops_domain::day::FIRST_DAY,
        inactive_from: None,
    };
    let materials =
        vec![item("MAT002", "AGG-3/4", "3/4"), item("MAT006", "AGG-FILLING", "FILLING MATERIAL")];
    Catalogue { sites: vec![site()], materials, ..Catalogue::default() }
}

fn entry<R: Record>(n: u8, body: R) -> Entry<R> {
    let at = Moment::parse("2026-11-21T06:30:15.000Z").unwrap();
    let at = Moment(at.0 + i64::from(n) * 60_000);
    Entry {
        id: Id::random(at.0, [n; 10]),
        site: site().id,
        date: day("2026-11-20").plus(i64::from(n)),
        body,
        stamp: Stamp {
            created_at: at,
            created_by: "this-computer".into(),
            updated_at: at,
            updated_by: "this-computer".into(),
            rev: 1,
            voided: None,
            is_sent: false,
        },
    }
}

fn made(n: u8, kg: i64, notes: Option<&str>) -> Entry<Production> {
    let body = Production {
        material_id: MaterialId("MAT002".into()),
        shift: Shift::All,
        qty_kg: Tons::kg(kg),
        operation: Operation::CrusherProduction,
        line: 1,
        origin: deskops_domain::choice::Provenance::Typed,
        notes: notes.map(str::to_owned),
    };
    entry(n, body)
}

fn two_days() -> Rows<Production> {
    vec![
        Ok(made(0, 128_450, Some("=HYPERLINK(\"http://x\")"))),
        Ok(made(1, 96_207, Some("-12 from the belt, \"wet\"\nsecond heap"))),
    ]
}

fn take<R: Record>(folder: &Path, format: Format, rows: Rows<R>) -> Result<Written, ExportError> {
    let site = site();
    let about = About {
        site: &site,
        from: day("2026-11-20"),
        to: day("2026-11-21"),
        granularity: Granularity::Daily,
        is_voided: false,
        version: "0.1.0",
    };
    write(folder, &about, &catalogue(), format, rows.into_iter())
}

fn sheet(written: &Written, name: &str) -> Range<Data> {
    let mut book: Xlsx<_> = open_workbook(&written.path).unwrap();
    book.worksheet_range(name).unwrap()
}

fn texts(range: &Range<Data>, row: u32) -> Vec<String> {
    (0..12)
        .map(|col| range.get_value((row, col)).map(ToString::to_string).unwrap_or_default())
        .collect()
}

#[test]
fn a_workbook_holds_real_numbers_real_dates_and_no_formulas() {
    let folder = tempfile::tempdir().unwrap();
    let written = take(folder.path(), Format::Xlsx, two_days()).unwrap();
    let range = sheet(&written, "Production");
    let head = "Date|Site code|Material code|Material|Shift|Quantity (t)|Operation|Line|Origin|Notes|Entered by|Entered at (UTC)";
    assert_eq!(texts(&range, 0).join("|"), head);
    let date = range.get_value((1, 0)).unwrap();
    assert!(matches!(date, Data::DateTime(_)), "{date:?}");
    assert_eq!(range.get_value((1, 5)), Some(&Data::Float("128.45".parse().unwrap())));
    assert_eq!(texts(&range, 1)[1..5].join("|"), "ALASLA-29|AGG-3/4|3/4|Whole day");
    assert_eq!(
        range.get_value((1, 9)),
        Some(&Data::String("=HYPERLINK(\"http://x\")".into())),
        "words stay words"
    );
    let mut book: Xlsx<_> = open_workbook(&written.path).unwrap();
    assert_eq!(book.worksheet_formula("Production").unwrap().used_cells().count(), 0);
}

#[test]
fn the_totals_of_a_workbook_are_numbers_and_the_sums_of_its_rows() {
    let folder = tempfile::tempdir().unwrap();
    let written = take(folder.path(), Format::Xlsx, two_days()).unwrap();
    let range = sheet(&written, "Production");
    assert_eq!(texts(&range, 3).concat(), "", "a free row keeps the totals out of the filter");
    assert_eq!(range.get_value((4, 0)), Some(&Data::String("Total".into())));
    assert_eq!(range.get_value((4, 5)), Some(&Data::Float("224.657".parse().unwrap())));
    assert_eq!((written.rows, written.totals.rows, written.totals.sums[0].raw), (2, 2, 224_657));
    assert_eq!(written.totals.sums[0].unit, "t");
}

#[test]
fn a_workbook_says_what_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let about = sheet(&take(folder.path(), Format::Xlsx, two_days()).unwrap(), "About");
    let lines: BTreeMap<_, _> =
        about.rows().map(|row| (row[0].to_string(), row[1].clone())).collect();
    assert_eq!(lines["Site"], Data::String("ALASLA-29, Al Asla Recycling Facility".into()));
    assert_eq!(lines["Records"], Data::Float("2".parse().unwrap()));
    assert_eq!(lines["Sum of Quantity (t)"], Data::Float("224.657".parse().unwrap()));
    assert_eq!(lines["Written by"], Data::String("DeskOps 0.1.0".into()));
    assert!(matches!(lines["Last change of any of them (UTC)"], Data::DateTime(_)));
}

#[test]
fn the_head_is_frozen_and_the_filter_ends_with_the_data() {
    let folder = tempfile::tempdir().unwrap();
    let written = take(folder.path(), Format::Xlsx, two_days()).unwrap();
    let mut book: Xlsx<_> = open_workbook(&written.path).unwrap();
    let names = book.defined_names().to_vec();
    assert!(names.iter().any(|(_, area)| area == "Production!$A$1:$L$3"), "{names:?}");
    assert!(names.iter().any(|(_, area)| area == "Production!$1:$1"), "{names:?}");
    assert_eq!(book.worksheets().len(), 2);
}

#[test]
fn a_csv_file_is_marked_utf_8_with_crlf_iso_dates_and_guarded_words() {
    let folder = tempfile::tempdir().unwrap();
    let written = take(folder.path(), Format::Csv, two_days()).unwrap();
    let expected = "\u{feff}Date,Site code,Material code,Material,Shift,Quantity (t),Operation,Line,Origin,Notes,Entered by,Entered at (UTC)\r\n\
        2026-11-20,ALASLA-29,AGG-3/4,3/4,Whole day,128.450,Crusher production,1,Typed,\"'=HYPERLINK(\"\"http://x\"\")\",this-computer,2026-11-21T06:30:15.000Z\r\n\
        2026-11-21,ALASLA-29,AGG-3/4,3/4,Whole day,96.207,Crusher production,1,Typed,\"'-12 from the belt, \"\"wet\"\"\nsecond heap\",this-computer,2026-11-21T06:31:15.000Z\r\n";
    assert_eq!(fs::read_to_string(&written.path).unwrap(), expected);
    let mut reader = ::csv::Reader::from_path(&written.path).unwrap();
    let rows: Vec<_> = reader.records().map(Result::unwrap).collect();
    assert_eq!(
        (rows.len(), &rows[0][5], &rows[1][9]),
        (2, "128.450", "'-12 from the belt, \"wet\"\nsecond heap")
    );
}

#[test]
fn words_that_a_spreadsheet_would_compute_get_an_apostrophe() {
    for text in [
        "=1+1", "+966 12", "-5", "@SUM(A1)", "\tx", "\rx", "\nx", "\0x", "＝1", "＋1", "－1", "＠a",
    ] {
        assert_eq!(guarded(text), format!("'{text}"));
    }
    for text in ["", "3/4", "a=b", "1-2", "الرمل", "'=1", " =1", "–5"] {
        assert_eq!(guarded(text), text);
    }
}

#[test]
fn a_negative_number_stays_a_number_in_both_forms() {
    let folder = tempfile::tempdir().unwrap();
    let stock = Inventory {
        material_id: MaterialId("MAT006".into()),
        opening_kg: Tons::kg(-12_300),
        produced_kg: Tons::kg(0),
        received_kg: Tons::kg(0),
        dispatched_kg: Tons::kg(24_400),
        drawn_kg: Tons::kg(0),
        counted_when: None,
        variance_kg: Tons::kg(0),
        typed_kg: None,
        adjustment_kg: Tons::kg(0),
        reason: None,
        closing_kg: Tons::kg(-36_700),
        counted_kg: None,
        opening_override_kg: None,
        is_calculated: true,
        notes: Some("-".into()),
    };
    let text = take(folder.path(), Format::Csv, vec![Ok(entry(0, stock.clone()))]).unwrap();
    let text = fs::read_to_string(text.path).unwrap();
    assert!(
        text.contains(
            ",FILLING MATERIAL,-12.300,0.000,0.000,24.400,0.000,,,0.000,,,0.000,-36.700,,yes,'-,"
        ),
        "{text}"
    );
    let book = take(folder.path(), Format::Xlsx, vec![Ok(entry(0, stock))]).unwrap();
    assert_eq!(
        sheet(&book, "Inventory").get_value((1, 15)),
        Some(&Data::Float("-36.7".parse().unwrap()))
    );
}

#[test]
fn no_records_give_a_head_and_a_sentence() {
    let folder = tempfile::tempdir().unwrap();
    let written = take::<Production>(folder.path(), Format::Xlsx, vec![]).unwrap();
    assert_eq!(
        texts(&sheet(&written, "Production"), 1)[0],
        "No records from 2026-11-20 to 2026-11-21."
    );
    assert_eq!(written.rows, 0);
    let written = take::<Production>(folder.path(), Format::Csv, vec![]).unwrap();
    let mut reader = ::csv::Reader::from_path(&written.path).unwrap();
    assert_eq!(
        &reader.records().next().unwrap().unwrap()[0],
        "No records from 2026-11-20 to 2026-11-21."
    );
}

#[test]
fn deleted_records_say_who_when_and_why() {
    let folder = tempfile::tempdir().unwrap();
    let mut gone = made(0, 5_000, None);
    gone.stamp.voided =
        Some(Voided { at: Moment(0), by: "clerk".into(), reason: Some("typed twice".into()) });
    let site = site();
    let about = About {
        site: &site,
        from: day("2026-11-20"),
        to: day("2026-11-20"),
        granularity: Granularity::Daily,
        is_voided: true,
        version: "0.1.0",
    };
    let rows: Rows<_> = vec![Ok(gone)];
    let written =
        write(folder.path(), &about, &catalogue(), Format::Csv, rows.into_iter()).unwrap();
    let text = fs::read_to_string(written.path).unwrap();
    assert!(text.ends_with(",clerk,1970-01-01T00:00:00.000Z,typed twice\r\n"), "{text}");
}

#[test]
fn the_same_records_give_the_same_bytes_and_the_hash_is_theirs() {
    let folder = tempfile::tempdir().unwrap();
    for format in [Format::Xlsx, Format::Csv] {
        let one = take(folder.path(), format, two_days()).unwrap();
        let two = take(folder.path(), format, two_days()).unwrap();
        let bytes = fs::read(&one.path).unwrap();
        assert_eq!(bytes, fs::read(&two.path).unwrap());
        assert_eq!(one.sha256, deskops_domain::change::hex(&Sha256::digest(&bytes)));
        assert_eq!((one.sha256, one.bytes), (two.sha256, bytes.len() as u64));
    }
}

#[test]
fn a_name_that_is_taken_is_never_written_over() {
    let folder = tempfile::tempdir().unwrap();
    let names: Vec<_> =
        (0..3).map(|_| take(folder.path(), Format::Csv, two_days()).unwrap().file_name).collect();
    let name = "production_2026-11-20_to_2026-11-21";
    assert_eq!(
        names,
        [format!("{name}.csv"), format!("{name} (2).csv"), format!("{name} (3).csv")]
    );
    assert!(names.iter().all(|name| is_file_name(name)));
}

#[test]
fn a_name_says_weeks_and_months_and_is_a_name_of_an_export() {
    let name = |granularity| {
        file_name("split", granularity, day("2026-11-01"), day("2026-11-22"), Format::Xlsx)
    };
    assert_eq!(name(Granularity::Daily), "split_2026-11-01_to_2026-11-22.xlsx");
    assert_eq!(name(Granularity::Weekly), "split_weekly_2026-11-01_to_2026-11-22.xlsx");
    assert_eq!(name(Granularity::Monthly), "split_monthly_2026-11-01_to_2026-11-22.xlsx");
    assert!(is_file_name(&name(Granularity::Weekly)));
}

#[test]
fn only_names_that_an_export_gives_are_names_of_exports() {
    for name in [
        "../a.csv",
        "a/b.csv",
        "a\\b.csv",
        "deskops.db",
        ".x.part",
        "a.csv:stream",
        "",
        "..",
        "C.csv",
        "a.b.csv",
        "a.csv ",
    ] {
        assert!(!is_file_name(name), "{name}");
    }
}

#[test]
fn records_that_end_too_early_leave_no_file_behind() {
    let folder = tempfile::tempdir().unwrap();
    for format in [Format::Xlsx, Format::Csv] {
        let mut rows = two_days();
        rows.push(Err("the database went away".into()));
        let error = take(folder.path(), format, rows).unwrap_err();
        assert!(matches!(error, ExportError::Rows(_)), "{error:?}");
    }
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
}

#[test]
fn a_folder_that_cannot_be_is_told_apart() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("a-file");
    fs::write(&file, "x").unwrap();
    for format in [Format::Xlsx, Format::Csv] {
        let error = take(&file.join("exports"), format, two_days()).unwrap_err();
        assert!(matches!(error, ExportError::NoFolder { .. }), "{error:?}");
        assert!(!error.hint().is_empty());
    }
}

#[test]
fn more_rows_than_a_file_holds_are_refused_before_the_disk_is_full_of_them() {
    let folder = tempfile::tempdir().unwrap();
    let site = site();
    let about = About {
        site: &site,
        from: day("2026-11-20"),
        to: day("2026-11-20"),
        granularity: Granularity::Daily,
        is_voided: false,
        version: "0.1.0",
    };
    let one = made(0, 1, None);
    let endless = std::iter::repeat_with(|| Ok::<_, String>(one.clone()));
    let error =
        write(folder.path(), &about, &Catalogue::default(), Format::Csv, endless).unwrap_err();
    assert!(matches!(error, ExportError::TooManyRows));
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
}

#[test]
fn every_module_has_a_sheet() {
    struct Each(tempfile::TempDir, Vec<u32>);
    impl ModuleVisitor for Each {
        fn visit<R: Record>(&mut self) {
            for format in [Format::Xlsx, Format::Csv] {
                let written = take::<R>(self.0.path(), format, vec![]).unwrap();
                assert!(written.file_name.starts_with(R::NAME));
            }
            self.1.push(u32::try_from(R::FIELDS.len()).unwrap());
        }
    }
    let mut each = Each(tempfile::tempdir().unwrap(), vec![]);
    each_record(&mut each);
    let counts = [
        Production::FIELDS.len(),
        Dispatch::FIELDS.len(),
        Received::FIELDS.len(),
        Equipment::FIELDS.len(),
        Manpower::FIELDS.len(),
    ];
    assert_eq!(each.1.iter().take(5).map(|n| *n as usize).collect::<Vec<_>>(), counts);
}
