//! The first screen as it is drawn: cards and their words, charts and their summaries, tables, menus, tabs.

mod common;

use common::{Fake, SITE, board, day, html, page};
use deskops_domain::api::dashboard::{Card, Comparator, Level, ModuleDay};
use deskops_domain::api::{Code, Refusal};
use deskops_domain::choice::Module;
use deskops_ui::charts::plot::{Form, Part};
use deskops_ui::charts::tell::{sentence, summary, tsv};
use deskops_ui::dashboard::plots::Plots;
use deskops_ui::dashboard::{comparison, missing};
use serde_json::json;

fn drawn() -> String {
    html(&page(&Fake::at_work()))
}

#[test]
fn the_page_asks_for_the_last_thirty_days_of_the_business_day() {
    let fake = Fake::at_work();
    let _ = page(&fake);
    let asked = fake.asked.borrow();
    let (name, input) = &asked[1];
    assert_eq!(name, "dashboard/board");
    assert_eq!(
        *input,
        json!({
            "siteId": SITE,
            "date": "2026-11-22",
            "dateFrom": "2026-10-24",
            "dateTo": "2026-11-22",
            "compareWith": "PREVIOUS_WORKING_DAY",
        })
    );
}

#[test]
fn four_cards_say_how_much_how_it_compares_and_what_is_missing() {
    let html = drawn();
    for words in [
        "1,042.000 t",
        "up 4.20 % from Sat 21 Nov",
        "12 rows so far",
        "not entered yet",
        "no entry on Sat 21 Nov",
        "7,000.000 t",
        "the same as Sat 21 Nov",
        "Received not entered yet",
    ] {
        assert!(html.contains(words), "{words}");
    }
    for module in ["production", "received", "dispatch", "inventory"] {
        let link = format!("href=\"#/{module}?site=s1&#38;day=2026-11-22&#38;view=sheet\"");
        assert!(html.contains(&link), "{link}");
    }
    assert_eq!(html.matches("class=\"sparkline\"").count(), 4);
}

#[test]
fn six_charts_have_a_title_a_legend_of_buttons_one_stop_and_a_summary() {
    let html = drawn();
    for title in [
        "Received and dispatched",
        "Production and target",
        "Stock by category",
        "Material levels",
        "Equipment utilisation",
        "Manpower",
    ] {
        assert!(html.contains(&format!("aria-label=\"{title}\"")), "{title}");
    }
    assert_eq!(html.matches("class=\"chart-stop\" tabindex=\"0\"").count(), 6, "one stop each");
    assert_eq!(html.matches("aria-pressed=true").count(), 16, "a button for each series");
    assert_eq!(html.matches("Show as table").count(), 6);
    assert_eq!(html.matches("Copy data").count(), 6);
    assert_eq!(html.matches("type=\"range\"").count(), 10, "two handles under each of five");
    for words in [
        "Received 27,000 t, dispatched 28,350 t, net \u{2212}1,350 t; highest 22 Nov 900 t.",
        "of the target was reached",
        "Sun 22 Nov 2026: aggregates 5,000 t, processed base 2,000 t; together 7,000 t.",
        "Below the minimum: 3/4 inch.",
        "Running 75.00 %, standing by 18.75 %, down 6.25 % of 2,400 h.",
        "Running 1,800 h of 3,000 h scheduled: 60.00 %.",
    ] {
        assert!(html.contains(words), "{words}");
    }
    assert!(!html.contains("NaN") && !html.contains("inf"));
}

#[test]
fn a_chart_without_figures_says_so_and_leads_to_where_they_are_entered() {
    let mut empty = board();
    empty.days.iter_mut().for_each(|day| day.machines = Default::default());
    let html = html(&page(&Fake::at_work().answer("dashboard/board", empty)));
    assert!(html.contains("No hours of machines are entered in these days."));
    assert!(html.contains("Enter it"));
    assert_eq!(html.matches("class=\"chart-stop\"").count(), 5, "no axes without figures");
}

#[test]
fn the_records_behind_the_charts_are_tabs_with_export() {
    let html = drawn();
    for words in ["Movements", "role=\"tablist\"", "role=\"tabpanel\"", "Export Excel"] {
        assert!(html.contains(words), "{words}");
    }
    assert_eq!(html.matches("role=\"tab\"").count(), 3);
}

#[test]
fn a_dashboard_that_fails_says_so_in_its_place_and_the_frame_stays() {
    let failed = Refusal::new(Code::InternalError, "It failed (ref 42).");
    let html = html(&page(&Fake::at_work().refuse("dashboard/board", failed)));
    for words in [
        "The dashboard cannot be shown",
        "It failed (ref 42).",
        "What was saved here is safe",
        "Try again",
        "<nav",
    ] {
        assert!(html.contains(words), "{words}");
    }
}

fn card(kg: Option<i64>, baseline_kg: Option<i64>, change: Option<i64>) -> Card {
    Card {
        module: Module::Production,
        kg,
        compared_day: Some(day("2026-11-20")),
        baseline_kg,
        change,
        trend: Vec::new(),
    }
}

#[test]
fn d_33_no_comparison_is_made_without_something_to_compare_with() {
    let against = Comparator::PreviousWorkingDay;
    let said = |kg, baseline, change| comparison(&card(kg, baseline, change), against).1;
    assert_eq!(said(Some(500), Some(480), Some(417)), "up 4.17 % from Fri 20 Nov");
    assert_eq!(said(Some(500), Some(600), Some(-1_667)), "down 16.67 % from Fri 20 Nov");
    assert_eq!(said(Some(500), Some(500), Some(0)), "the same as Fri 20 Nov");
    assert_eq!(said(Some(500), None, None), "no entry on Fri 20 Nov");
    assert_eq!(said(None, Some(1_410_200), Some(-10_000)), "1,410.200 t on Fri 20 Nov");
    let mean = Card { compared_day: None, ..card(Some(500), Some(480), Some(417)) };
    let mean_of = |card: &Card| comparison(card, Comparator::FourWeekMean).1;
    assert_eq!(mean_of(&mean), "up 4.17 % from the mean of four weeks");
    assert_eq!(comparison(&mean, against).1, "up 4.17 % from each site's working day before");
    let none = Card { compared_day: None, ..card(Some(500), None, None) };
    assert_eq!(mean_of(&none), "no entry in four weeks");
}

#[test]
fn what_is_missing_is_said_under_the_figure() {
    let of = |module, rows, is_nil| ModuleDay { module, rows, is_nil, n_missing: 0 };
    let one = |kg, rows, is_nil| {
        missing(&card(kg, None, None), &[of(Module::Production, rows, is_nil)], &[])
    };
    assert_eq!(one(Some(5), 3, false), (false, "3 rows".into()));
    assert_eq!(one(None, 0, false), (true, "not entered yet".into()));
    assert_eq!(one(Some(0), 0, true), (false, "nothing today, confirmed".into()));
    assert_eq!(one(None, 2, false), (true, "2 rows, weights pending".into()));
    let stock = Card { module: Module::Inventory, ..card(Some(5), None, None) };
    let all = |rows| {
        [Module::Production, Module::Received, Module::Dispatch]
            .map(|module| of(module, rows, false))
    };
    assert_eq!(
        missing(&stock, &all(0), &[]),
        (true, "Production, Received, Dispatch not entered yet".into())
    );
    assert_eq!(missing(&stock, &all(1), &[]), (false, "all movements entered".into()));
    let level = Level { material_id: "M".into(), kg: 1, min_kg: Some(2), max_kg: None };
    let low = [("G1".to_owned(), level)];
    assert_eq!(missing(&stock, &all(1), &low), (true, "below minimum: G1".into()));
}

#[test]
fn the_plots_hold_the_figures_of_the_board() {
    let (board, catalogue) = (board(), common::catalogue());
    let plots = Plots { board: &board, catalogue: &catalogue, today: common::today() };
    let flows = plots.flows();
    let day = &board.days[0].moved;
    assert_eq!(
        (flows.series[0].values[0], flows.series[1].values[0], flows.series[2].values[0]),
        (Some(day.received_kg), Some(day.dispatched_kg), Some(day.received_kg - day.dispatched_kg))
    );
    assert!(flows.slots[29].is_so_far && !flows.slots[28].is_so_far);
    assert!(sentence(&flows, 29).starts_with("Sun 22 Nov 2026 so far: Received 900.000 t"));
    assert_eq!(tsv(&flows).lines().count(), 31, "a line of heads and one a day");
    let crew = plots.crew();
    assert_eq!(crew.form, Form::Stacked);
    let absent = crew.series.iter().find(|series| series.name == "Absent").unwrap();
    assert_eq!(absent.values[0], Some(1), "nine of ten were there");
    assert!(crew.series.iter().any(|series| series.part == Part::Step));
    assert!(summary(&crew).contains("absent 30"), "{}", summary(&crew));
    let levels = plots.levels();
    assert_eq!(levels.slots[0].name, "G1", "the most comes first");
    assert_eq!(plots.stock().series.len(), 3, "two categories and one limit");
}
