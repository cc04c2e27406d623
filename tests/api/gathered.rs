//! Weeks and months taken away: the same tons and hours as the records, read back from the files.

use std::collections::BTreeMap;

use calamine::{Data, Range, Reader as _, Xlsx, open_workbook};
use deskops_domain::api::Code;
use deskops_domain::api::exports::{Export, Exported};
use deskops_domain::api::records::Filter;
use deskops_domain::choice::{Format, Granularity};
use deskops_domain::lists::SiteCard;
use deskops_domain::modules::{Dispatch, Equipment, Inventory, Manpower, Production};
use deskops_domain::record::Record;
use deskops_domain::text::parse_fixed;
use deskops_tests::TestDesk;
use deskops_tests::builders::{count, day, enter, production};
use deskops_tests::desk::SITE;
use serde_json::json;

const LONGER: [Granularity; 2] = [Granularity::Weekly, Granularity::Monthly];

/// From Thursday 29 October to Sunday 22 November.
fn autumn() -> Filter {
    Filter { date_from: Some(day("2026-10-29")), ..Filter::day(SITE, day("2026-11-22")) }
}

fn export<R: Record>(desk: &TestDesk, format: Format, granularity: Granularity) -> Exported {
    desk.call(Export::<R>::new(autumn(), format).granularity(granularity)).unwrap()
}

fn sheet<R: Record>(exported: &Exported, name: &str) -> Range<Data> {
    let mut book: Xlsx<_> = open_workbook(exported.path.as_ref().unwrap()).unwrap();
    book.worksheet_range(if name.is_empty() { R::TITLE } else { name }).unwrap()
}

/// The rows of a csv file by their headings.
fn csv_rows(exported: &Exported) -> Vec<BTreeMap<String, String>> {
    let text = std::fs::read_to_string(exported.path.as_ref().unwrap()).unwrap();
    let mut reader = csv::Reader::from_reader(text.trim_start_matches('\u{feff}').as_bytes());
    reader.deserialize().map(Result::unwrap).collect()
}

fn column(rows: &[BTreeMap<String, String>], heading: &str) -> Vec<String> {
    rows.iter().map(|row| row[heading].clone()).collect()
}

fn raw(text: &str, decimals: u32) -> i64 {
    if text.is_empty() { 0 } else { parse_fixed(text, decimals).unwrap() }
}

fn made(desk: &TestDesk) {
    for (date, material, tons) in [
        ("2026-10-30", "MAT002", "10.001"),
        ("2026-10-31", "MAT002", "20"),
        ("2026-11-01", "MAT002", "30.5"),
        ("2026-11-01", "MAT001", "7"),
        ("2026-11-07", "MAT002", "40"),
        ("2026-11-08", "MAT002", "50.25"),
        ("2026-11-22", "MAT002", "60.009"),
    ] {
        production().of(material).on(date).tons(tons).save(desk);
    }
}

/// The sums of a workbook's rows of a column, and the total beneath them, in whole units.
fn rows_and_total(range: &Range<Data>, heading: &str, decimals: u32) -> (i64, i64) {
    let head = range.rows().next().unwrap();
    let at = head.iter().position(|cell| *cell == *heading).unwrap();
    let of = |row: &[Data]| raw(&row[at].to_string(), decimals);
    let is_total = |row: &&[Data]| row[0] == *"Total";
    let sum = range.rows().skip(1).filter(|row| !is_total(row)).map(of).sum();
    (sum, range.rows().find(is_total).map(of).unwrap())
}

#[test]
fn d_49_a_week_is_the_sites_own_and_cut_at_the_ends_of_the_range() {
    let desk = TestDesk::direct();
    made(&desk);
    let exported = export::<Production>(&desk, Format::Csv, Granularity::Weekly);
    assert_eq!(exported.file_name, "production_weekly_2026-10-29_to_2026-11-22.csv");
    let rows = csv_rows(&exported);
    let found: Vec<_> = rows
        .iter()
        .map(|row| {
            let says = [
                "First day",
                "Last day",
                "Material code",
                "Quantity (t)",
                "Records",
                "Days with records",
            ];
            says.map(|heading| row[heading].as_str()).join(" ")
        })
        .collect();
    assert_eq!(
        found,
        [
            "2026-10-29 2026-10-31 AGG-3/4 30.001 2 2",
            "2026-11-01 2026-11-07 AGG-G1 7.000 1 1",
            "2026-11-01 2026-11-07 AGG-3/4 70.500 2 2",
            "2026-11-08 2026-11-14 AGG-3/4 50.250 1 1",
            "2026-11-22 2026-11-22 AGG-3/4 60.009 1 1",
        ],
        "a week from Sunday; the one from 15 November has no records"
    );
    assert_eq!((exported.rows, exported.totals.rows), (5, 7), "rows and records");
}

#[test]
fn d_49_a_month_is_a_row_and_its_workbook_says_what_it_is() {
    let desk = TestDesk::direct();
    made(&desk);
    let exported = export::<Production>(&desk, Format::Xlsx, Granularity::Monthly);
    let range = sheet::<Production>(&exported, "");
    let dates: Vec<_> = range
        .rows()
        .skip(1)
        .take(3)
        .map(|row| {
            let parts = row[..2].iter().map(|cell| {
                let Data::DateTime(date) = cell else { panic!("{cell:?} is no date") };
                let (year, month, day, ..) = date.to_ymd_hms_milli();
                format!("{year}-{month:02}-{day:02}")
            });
            parts.collect::<Vec<_>>().join(" ")
        })
        .collect();
    assert_eq!(dates, ["2026-10-29 2026-10-31", "2026-11-01 2026-11-22", "2026-11-01 2026-11-22"]);
    let about = sheet::<Production>(&exported, "About");
    let says =
        |label: &str| about.rows().find(|row| row[0] == *label).map(|row| row[1].to_string());
    assert_eq!(says("Records").as_deref(), Some("7"));
    assert_eq!(
        says("A row is").as_deref(),
        Some("a month, or the part of it from First day to Last day")
    );
    assert_eq!(exported.file_name, "production_monthly_2026-10-29_to_2026-11-22.xlsx");
}

#[test]
fn d_49_weeks_and_months_total_what_the_rows_total() {
    let desk = TestDesk::direct();
    made(&desk);
    for (date, tons, owner) in [
        ("2026-10-31", "31.8", "Petra Build"),
        ("2026-11-02", "12.345", "Petra Build"),
        ("2026-11-02", "7", "Another"),
    ] {
        let fields = [("materialId", "MAT002"), ("qtyTon", tons), ("trips", "1"), ("owner", owner)];
        enter::<Dispatch>(&desk, date, &fields);
    }
    let daily = export::<Production>(&desk, Format::Xlsx, Granularity::Daily).totals;
    let left = export::<Dispatch>(&desk, Format::Xlsx, Granularity::Daily).totals;
    for granularity in LONGER {
        let exported = export::<Production>(&desk, Format::Xlsx, granularity);
        assert_eq!(exported.totals, daily, "{granularity:?}");
        let range = sheet::<Production>(&exported, "");
        let tons = daily.sums[0].raw;
        assert_eq!(rows_and_total(&range, "Quantity (t)", 3), (tons, tons));
        let exported = export::<Dispatch>(&desk, Format::Xlsx, granularity);
        assert_eq!(exported.totals, left, "{granularity:?}");
        let range = sheet::<Dispatch>(&exported, "");
        assert_eq!(rows_and_total(&range, "Trips", 0), (3, 3));
        assert_eq!(rows_and_total(&range, "Quantity (t)", 3), (51_145, 51_145));
    }
}

#[test]
fn d_49_hours_are_those_of_all_units_and_heads() {
    let desk = TestDesk::direct();
    for (date, n, run, down) in [("2026-11-02", "2", "7.25", "0.75"), ("2026-11-05", "3", "8", "")]
    {
        let mut fields = vec![("equipmentId", "EQ001"), ("count", n), ("hours", run)];
        fields.extend((!down.is_empty()).then_some(("downHours", down)));
        enter::<Equipment>(&desk, date, &fields);
        let heads = [("roleId", "ROLE_LABORER"), ("headcount", n), ("hours", run)];
        enter::<Manpower>(&desk, date, &heads);
    }
    for granularity in LONGER {
        let machines = csv_rows(&export::<Equipment>(&desk, Format::Csv, granularity));
        assert_eq!(column(&machines, "Unit-hours run"), ["38.50"], "2 × 7.25 and 3 × 8");
        assert_eq!(column(&machines, "Unit-hours down"), ["1.50"]);
        assert_eq!(column(&machines, "Unit-hours standing by"), [""], "nobody said any");
        assert_eq!(column(&machines, "Count, days added"), ["5"]);
        let crew = csv_rows(&export::<Manpower>(&desk, Format::Csv, granularity));
        assert_eq!(column(&crew, "Man-hours"), ["38.50"]);
        assert_eq!(column(&crew, "Days with records"), ["2"]);
    }
}

#[test]
fn d_49_stock_adds_up_on_every_row() {
    let desk = TestDesk::direct();
    made(&desk);
    enter::<Dispatch>(&desk, "2026-11-03", &[("materialId", "MAT002"), ("qtyTon", "25.5")]);
    count(&desk, "2026-11-09", "MAT002", "120");
    let opening = [("materialId", "MAT002"), ("openingOverrideTon", "100")];
    enter::<Inventory>(&desk, "2026-10-29", &opening);
    let daily = export::<Inventory>(&desk, Format::Csv, Granularity::Daily).totals;
    for granularity in LONGER {
        let exported = export::<Inventory>(&desk, Format::Csv, granularity);
        assert_eq!(exported.totals, daily);
        let rows = csv_rows(&exported);
        for row in &rows {
            let of = |heading: &str| raw(&row[heading], 3);
            let flows = of("Produced (t)") + of("Received (t)") - of("Dispatched (t)")
                + of("All adjustments (t)");
            assert_eq!(of("Opening (t)") + flows, of("Closing (t)"), "{row:?}");
        }
        let heap: Vec<_> =
            rows.into_iter().filter(|row| row["Material code"] == "AGG-3/4").collect();
        let (first, last) = (&heap[0], &heap[heap.len() - 1]);
        assert_eq!(
            (first["Opening (t)"].as_str(), last["Closing (t)"].as_str()),
            ("100.000", "180.009"),
            "the count and what was made since, not a sum of closings"
        );
    }
}

#[test]
fn d_49_the_week_begins_where_the_site_says() {
    let desk = TestDesk::direct();
    made(&desk);
    let weeks = || {
        let rows = csv_rows(&export::<Production>(&desk, Format::Csv, Granularity::Weekly));
        let mut days = column(&rows, "First day");
        days.dedup();
        days
    };
    assert_eq!(weeks(), ["2026-10-29", "2026-11-01", "2026-11-08", "2026-11-22"], "Sundays");
    desk.done(
        &format!("{}/edit", SiteCard::NAME),
        json!({"id": SITE, "draft": {"weekStart": "6"}}),
    );
    assert_eq!(weeks(), ["2026-10-29", "2026-10-31", "2026-11-07", "2026-11-21"], "Saturdays");
    let exported = export::<Production>(&desk, Format::Xlsx, Granularity::Weekly);
    let about = sheet::<Production>(&exported, "About");
    let says = about.rows().any(|row| row[1].to_string().starts_with("a week from Saturday"));
    assert!(says, "the file says where its weeks begin");
}

#[test]
fn d_49_rows_are_the_default_and_another_granularity_is_refused() {
    for desk in [TestDesk::direct(), TestDesk::http()] {
        made(&desk);
        let ask = |granularity: &str| {
            let mut input = json!({"filter": autumn(), "format": "csv"});
            if !granularity.is_empty() {
                input["granularity"] = json!(granularity);
            }
            desk.raw("production/export", input)
        };
        let plain = ask("").unwrap();
        assert_eq!(plain["sha256"], ask("daily").unwrap()["sha256"]);
        assert_eq!(plain["rows"], json!(7));
        assert_eq!(ask("weekly").unwrap()["rows"], json!(5));
        assert_eq!(ask("monthly").unwrap()["rows"], json!(3));
        assert_eq!(ask("yearly").unwrap_err().code, Code::ValidationError);
    }
}

#[test]
fn d_49_no_records_are_a_head_and_a_sentence_by_week_too() {
    let desk = TestDesk::direct();
    for granularity in LONGER {
        let exported = export::<Equipment>(&desk, Format::Xlsx, granularity);
        let range = sheet::<Equipment>(&exported, "");
        let first = |row| range.get_value((row, 0)).map(ToString::to_string).unwrap_or_default();
        assert_eq!(exported.rows, 0);
        let said = [first(0), first(1)];
        assert_eq!(said, ["First day", "No records from 2026-10-29 to 2026-11-22."]);
    }
}
