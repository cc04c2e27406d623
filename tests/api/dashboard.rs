//! The first screen and the figures of the contract: each identifier of the contract is a test here.

use deskops_domain::api::Code;
use deskops_domain::api::dashboard::{Board, Card, Comparator, Dashboard, MachineHours};
use deskops_domain::api::records::{Filter, Sums, Totals, Void};
use deskops_domain::choice::Module;
use deskops_domain::modules::{Dispatch, Inventory, Production, Received};
use deskops_domain::record::Record;
use deskops_tests::desk::{SITE, TODAY};
use deskops_tests::{TestDesk, day, production};
use serde_json::{Value as Json, json};

crate::facts! {
    s_dsh_01_metrics_are_five_bare_figures_and_need_a_site,
    s_dsh_02_the_change_is_not_rounded_and_a_hundred_where_there_was_nothing,
    s_dsh_03_without_days_today_stands_against_yesterday,
    s_dsh_04_equipment_utilization_is_the_sum_of_unit_hours,
    s_dsh_05_inventory_does_not_add_up_the_closings_of_many_days,
    s_dsh_06_a_window_stands_against_the_window_before_it,
    d_31_inventory_kpi_is_latest_closing,
    d_32_the_business_day_is_the_sites_with_its_day_cut,
    d_33_a_day_is_compared_with_the_working_day_before_or_another,
    d_33_without_a_baseline_there_is_no_per_cent,
    d_46_utilization_is_run_over_scheduled_hours,
    a_holiday_is_not_a_working_day_to_compare_with,
    the_figure_of_a_card_is_the_total_of_its_module,
    stock_carries_on_over_days_on_which_nothing_moved,
    targets_and_limits_hold_from_their_day_on,
    the_crew_is_set_against_its_plan_on_working_days,
    what_is_missing_is_told_of_every_module,
    a_range_runs_forwards_and_is_not_endless,
}

/// Saves a record of any kind as it is sent.
fn save(desk: &TestDesk, record: &str, fields: Json) -> Json {
    let mut draft = json!({"siteId": SITE, "date": TODAY});
    let fields = fields.as_object().unwrap().clone();
    draft.as_object_mut().unwrap().extend(fields);
    desk.raw(&format!("{record}/create"), json!({"draft": draft})).unwrap()
}

fn count(desk: &TestDesk, date: &str, material: &str, tons: i64) {
    save(desk, "inventory", json!({"date": date, "materialId": material, "countedTon": tons}));
}

fn metrics(desk: &TestDesk, days: Json) -> Json {
    let mut input = json!({"siteId": SITE});
    input.as_object_mut().unwrap().extend(days.as_object().unwrap().clone());
    desk.raw("dashboard/metrics", input).unwrap()
}

fn board(desk: &TestDesk) -> Board {
    desk.call(Dashboard::of(SITE, day(TODAY))).unwrap()
}

fn card(desk: &TestDesk, date: &str, compare_with: Comparator) -> Card {
    let ask = Dashboard { compare_with, ..Dashboard::of(SITE, day(date)) };
    desk.call(ask).unwrap().cards.remove(0)
}

fn s_dsh_01_metrics_are_five_bare_figures_and_need_a_site(desk: &TestDesk) {
    let all = metrics(desk, json!({}));
    let names: Vec<_> = all.as_object().unwrap().keys().map(String::as_str).collect();
    assert_eq!(
        names,
        [
            "currentInventoryStatus",
            "equipmentUtilization",
            "totalDispatched",
            "totalProduction",
            "totalReceived"
        ]
    );
    for (name, figure) in all.as_object().unwrap() {
        for part in ["current", "previous", "percentageChange"] {
            assert!(figure[part].is_number(), "{name}.{part}: {figure}");
        }
    }
    let refused = desk.raw("dashboard/metrics", json!({})).unwrap_err();
    assert_eq!((refused.code, refused.code.status()), (Code::ValidationError, 400));
    assert_eq!(refused.message, "siteId parameter required");
    let stranger = desk.raw("dashboard/metrics", json!({"siteId": "nowhere"})).unwrap_err();
    assert_eq!(stranger.code, Code::SiteNotFound);
}

fn s_dsh_02_the_change_is_not_rounded_and_a_hundred_where_there_was_nothing(desk: &TestDesk) {
    assert_eq!(metrics(desk, json!({}))["totalProduction"]["percentageChange"], json!(0));
    production().tons("4").save(desk);
    let made = metrics(desk, json!({}))["totalProduction"].clone();
    assert_eq!(made, json!({"current": 4, "previous": 0, "percentageChange": 100}));
    production().on("2026-11-21").tons("3").save(desk);
    let change = metrics(desk, json!({}))["totalProduction"]["percentageChange"].to_string();
    assert!(change.starts_with("33.3333333333"), "{change}");
}

fn s_dsh_03_without_days_today_stands_against_yesterday(desk: &TestDesk) {
    production().tons("128.45").save(desk);
    production().on("2026-11-21").tons("100").save(desk);
    production().on("2026-11-20").tons("7").save(desk);
    save(desk, "dispatch", json!({"materialId": "MAT002", "qtyTon": 12.5}));
    save(desk, "received", json!({"date": "2026-11-21", "materialId": "MAT015", "qtyTon": 8}));
    let all = metrics(desk, json!({}));
    assert_eq!(
        all["totalProduction"],
        json!({"current": 128.45, "previous": 100, "percentageChange": 28.45})
    );
    assert_eq!(
        all["totalDispatched"],
        json!({"current": 12.5, "previous": 0, "percentageChange": 100})
    );
    assert_eq!(
        all["totalReceived"],
        json!({"current": 0, "previous": 8, "percentageChange": -100})
    );
}

fn s_dsh_04_equipment_utilization_is_the_sum_of_unit_hours(desk: &TestDesk) {
    save(desk, "equipment", json!({"equipmentId": "EQ001", "count": 2, "hours": 7.5}));
    save(desk, "equipment", json!({"equipmentId": "EQ006", "count": 3, "hours": 4}));
    let gone = save(desk, "equipment", json!({"equipmentId": "EQ007", "count": 1, "hours": 9}));
    desk.raw("equipment/void", json!({"id": gone["entry"]["id"]})).unwrap();
    let before = json!({"date": "2026-11-21", "equipmentId": "EQ001", "count": 1, "hours": 9});
    save(desk, "equipment", before);
    let used = metrics(desk, json!({}))["equipmentUtilization"].clone();
    assert_eq!((&used["current"], &used["previous"]), (&json!(27), &json!(9)));
    assert_eq!(used["percentageChange"], json!(200));
}

fn s_dsh_05_inventory_does_not_add_up_the_closings_of_many_days(desk: &TestDesk) {
    for date in ["2026-11-18", "2026-11-19", "2026-11-21", TODAY] {
        count(desk, date, "MAT001", 100);
    }
    let stock = metrics(desk, json!({}))["currentInventoryStatus"].clone();
    assert_eq!(stock, json!({"current": 100, "previous": 100, "percentageChange": 0}));
}

fn s_dsh_06_a_window_stands_against_the_window_before_it(desk: &TestDesk) {
    for (date, tons) in [
        ("2026-11-09", "1"),
        ("2026-11-10", "2"),
        ("2026-11-12", "4"),
        ("2026-11-13", "8"),
        ("2026-11-15", "16"),
        ("2026-11-16", "32"),
    ] {
        production().on(date).tons(tons).save(desk);
    }
    let made = |days: Json| metrics(desk, days)["totalProduction"].clone();
    let both = made(json!({"dateFrom": "2026-11-13", "dateTo": "2026-11-15"}));
    assert_eq!((&both["current"], &both["previous"]), (&json!(24), &json!(6)));
    for one in [json!({"dateFrom": "2026-11-16"}), json!({"dateTo": "2026-11-16"})] {
        let made = made(one);
        assert_eq!((&made["current"], &made["previous"]), (&json!(32), &json!(16)));
    }
    let backwards = json!({"siteId": SITE, "dateFrom": "2026-11-16", "dateTo": "2026-11-13"});
    let refused = desk.raw("dashboard/metrics", backwards).unwrap_err();
    assert_eq!((refused.code, &*refused.details[0].path), (Code::ValidationError, "dateFrom"));
    let told = &refused.details[0].message;
    assert!(told.contains("dateFrom must be less than or equal to dateTo"), "{told}");
}

fn d_31_inventory_kpi_is_latest_closing(desk: &TestDesk) {
    count(desk, "2026-11-10", "MAT001", 100);
    count(desk, "2026-11-12", "MAT001", 80);
    count(desk, "2026-11-15", "MAT002", 50);
    count(desk, TODAY, "MAT002", 60);
    let stock = metrics(desk, json!({}))["currentInventoryStatus"].clone();
    assert_eq!((&stock["current"], &stock["previous"]), (&json!(140), &json!(130)));
    let past = metrics(desk, json!({"dateTo": "2026-11-12"}))["currentInventoryStatus"].clone();
    assert_eq!((&past["current"], &past["previous"]), (&json!(80), &json!(100)));
    let window = metrics(desk, json!({"dateFrom": "2026-11-12", "dateTo": "2026-11-15"}));
    let window = &window["currentInventoryStatus"];
    assert_eq!((&window["current"], &window["previous"]), (&json!(130), &json!(100)));
    let stock = board(desk).cards.remove(3);
    assert_eq!((stock.kg, stock.baseline_kg), (Some(140_000), Some(130_000)));
}

fn d_32_the_business_day_is_the_sites_with_its_day_cut(desk: &TestDesk) {
    production().tons("5").save(desk);
    let today = |moment: &str| {
        desk.at(moment);
        metrics(desk, json!({}))["totalProduction"]["current"].clone()
    };
    assert_eq!(today("2026-11-22T20:59:00Z"), json!(5), "23:59 in Jeddah");
    assert_eq!(today("2026-11-22T21:01:00Z"), json!(0), "a minute past midnight there");
    let previous = metrics(desk, json!({}))["totalProduction"]["previous"].clone();
    assert_eq!(previous, json!(5), "which is now yesterday");
    let cut = json!({"id": SITE, "draft": {"dayCutMinutes": 360}});
    desk.raw("sites/edit", cut).unwrap();
    assert_eq!(today("2026-11-23T02:59:00Z"), json!(5), "05:59 still counts to the evening");
    assert_eq!(today("2026-11-23T03:01:00Z"), json!(0), "06:01 begins the new day");
}

fn d_33_a_day_is_compared_with_the_working_day_before_or_another(desk: &TestDesk) {
    for (date, tons) in
        [("2026-11-14", "50"), ("2026-11-19", "100"), ("2026-11-20", "7"), ("2026-11-21", "104.2")]
    {
        production().on(date).tons(tons).save(desk);
    }
    let before = card(desk, "2026-11-21", Comparator::PreviousWorkingDay);
    assert_eq!((before.module, before.kg), (Module::Production, Some(104_200)));
    assert_eq!(
        (before.compared_day, before.baseline_kg, before.change),
        (Some(day("2026-11-19")), Some(100_000), Some(420)),
        "Friday is no working day; up 4.20 %"
    );
    let week = card(desk, "2026-11-21", Comparator::SameWeekday);
    assert_eq!(
        (week.compared_day, week.baseline_kg, week.change),
        (Some(day("2026-11-14")), Some(50_000), Some(10_840))
    );
    let mean = card(desk, "2026-11-21", Comparator::FourWeekMean);
    assert_eq!(
        (mean.compared_day, mean.baseline_kg),
        (None, Some(75_000)),
        "of the two working days with an entry; Friday's seven tons do not count"
    );
}

fn d_33_without_a_baseline_there_is_no_per_cent(desk: &TestDesk) {
    production().tons("10").save(desk);
    for compare in
        [Comparator::PreviousWorkingDay, Comparator::SameWeekday, Comparator::FourWeekMean]
    {
        let card = card(desk, TODAY, compare);
        assert_eq!((card.baseline_kg, card.change), (None, None), "not 100 %: {compare:?}");
    }
    let names: Vec<_> = board(desk).cards.iter().map(|card| card.module).collect();
    assert_eq!(names, [Module::Production, Module::Received, Module::Dispatch, Module::Inventory]);
}

fn d_46_utilization_is_run_over_scheduled_hours(desk: &TestDesk) {
    let hours =
        json!({"equipmentId": "EQ001", "count": 2, "hours": 6, "standbyHours": 1, "downHours": 1});
    save(desk, "equipment", hours);
    let used = |desk| metrics(desk, json!({}))["equipmentUtilization"]["utilizationPct"].clone();
    assert_eq!(used(desk), json!(75), "without a plan it is run of all recorded hours");
    assert_eq!(
        board(desk).days[29].machines,
        MachineHours { run: 1_200, standby: 200, down: 200, scheduled: 1_600 }
    );
    let plan = |machine: &str, hours: i64| {
        save(
            desk,
            "machine_plan",
            json!({"date": "2026-11-01", "equipmentId": machine, "hours": hours}),
        );
    };
    plan("EQ001", 10);
    assert_eq!(used(desk), json!(60), "12 of twice 10 planned hours");
    plan("EQ002", 4);
    assert_eq!(used(desk), json!(50), "a planned machine that stood still counts too");
    assert_eq!(
        metrics(desk, json!({"dateTo": "2026-11-21"}))["equipmentUtilization"]["utilizationPct"],
        Json::Null,
        "where nothing is recorded nothing is said"
    );
}

fn a_holiday_is_not_a_working_day_to_compare_with(desk: &TestDesk) {
    production().on("2026-11-19").tons("10").save(desk);
    production().on("2026-11-18").tons("20").save(desk);
    save(
        desk,
        "calendar_day",
        json!({"date": "2026-11-19", "name": "National day", "isWorking": false}),
    );
    let card = card(desk, "2026-11-21", Comparator::PreviousWorkingDay);
    assert_eq!(card.compared_day, Some(day("2026-11-18")), "Friday, then the holiday");
    let off: Vec<_> = board(desk)
        .days
        .iter()
        .filter(|day| !day.is_working)
        .map(|day| day.day.to_string())
        .collect();
    assert_eq!(off, ["2026-10-30", "2026-11-06", "2026-11-13", "2026-11-19", "2026-11-20"]);
}

fn totals<R: Record>(desk: &TestDesk) -> Totals {
    desk.call(Sums::<R>::new(Filter::day(SITE, day(TODAY)))).unwrap()
}

fn the_figure_of_a_card_is_the_total_of_its_module(desk: &TestDesk) {
    for (material, tons) in [("MAT001", "12.345"), ("MAT002", "0.001"), ("MAT003", "999.9")] {
        production().of(material).tons(tons).save(desk);
        save(desk, "dispatch", json!({"materialId": material, "qtyTon": tons}));
        save(desk, "dispatch", json!({"materialId": material, "trips": 2}));
        save(desk, "received", json!({"materialId": "MAT015", "qtyTon": tons}));
    }
    let gone = production().of("MAT009").save(desk);
    desk.call(Void::<Production>::new(gone.id, None)).unwrap();
    let cards = board(desk).cards;
    let shown = |at: usize| cards[at].kg.unwrap();
    assert_eq!(shown(0), totals::<Production>(desk).sums[0].raw);
    assert_eq!(shown(1), totals::<Received>(desk).sums[0].raw);
    assert_eq!(shown(2), totals::<Dispatch>(desk).sums[0].raw);
    let ledger = totals::<Inventory>(desk);
    let sum = |name: &str| ledger.sums.iter().find(|sum| sum.field == name).unwrap().raw;
    assert_eq!(shown(0), sum("producedTon"));
    assert_eq!(shown(3), sum("producedTon") + sum("receivedTon") - sum("dispatchedTon"));
    let last = &board(desk).days[29];
    assert_eq!((last.moved.produced_kg, last.moved.dispatched_kg), (shown(0), shown(2)));
    assert_eq!(cards[0].trend[13], shown(0), "the small line ends with the figure");
}

fn stock_carries_on_over_days_on_which_nothing_moved(desk: &TestDesk) {
    count(desk, "2026-10-01", "MAT001", 100);
    count(desk, "2026-11-10", "MAT010", 30);
    production().on("2026-11-12").of("MAT001").tons("5").save(desk);
    let board = board(desk);
    assert_eq!(board.categories, ["AGGREGATES", "FINE"]);
    let stock = |date: &str| {
        board.days.iter().find(|figure| figure.day == day(date)).unwrap().stock_kg.clone()
    };
    assert_eq!(stock("2026-10-24"), [100_000, 0], "from before the first day shown");
    assert_eq!(stock("2026-11-11"), [100_000, 30_000]);
    assert_eq!(stock(TODAY), [105_000, 30_000]);
    let levels: Vec<_> =
        board.levels.iter().map(|level| (level.material_id.as_str(), level.kg)).collect();
    assert_eq!(levels, [("MAT001", 105_000), ("MAT010", 30_000)]);
}

fn targets_and_limits_hold_from_their_day_on(desk: &TestDesk) {
    let target = |date: &str, material: &str, tons: i64| {
        save(desk, "target", json!({"date": date, "materialId": material, "qtyTon": tons}));
    };
    target("2026-01-01", "MAT001", 100);
    target("2026-11-18", "MAT001", 120);
    target("2026-11-10", "MAT002", 50);
    save(
        desk,
        "threshold",
        json!({"date": "2026-11-15", "materialId": "MAT001", "minTon": 40, "maxTon": 900}),
    );
    save(desk, "threshold", json!({"date": "2026-11-16", "materialId": "MAT002", "minTon": 10}));
    let board = board(desk);
    let on = |date: &str| {
        let found = board.days.iter().find(|figure| figure.day == day(date)).unwrap();
        (found.target_kg, found.stock_min_kg, found.stock_max_kg)
    };
    assert_eq!(on("2026-11-09"), (Some(100_000), None, None));
    assert_eq!(on("2026-11-15"), (Some(150_000), Some(40_000), Some(900_000)));
    assert_eq!(on("2026-11-20"), (None, Some(50_000), Some(900_000)), "Friday has no target");
    assert_eq!(on(TODAY), (Some(170_000), Some(50_000), Some(900_000)));
    let low = &board.levels[0];
    assert_eq!((low.kg, low.min_kg, low.max_kg), (0, Some(40_000), Some(900_000)));
}

fn the_crew_is_set_against_its_plan_on_working_days(desk: &TestDesk) {
    let heads = |date: &str, role: &str, shift: &str, heads: i64| {
        let fields =
            json!({"date": date, "roleId": role, "shift": shift, "headcount": heads, "hours": 8});
        save(desk, "manpower", fields);
    };
    heads(TODAY, "ROLE_LABORER", "MORNING", 7);
    heads(TODAY, "ROLE_LABORER", "NIGHT", 2);
    heads("2026-11-20", "ROLE_SECURITY", "ALL", 1);
    let plan = json!({"date": "2026-11-01", "roleId": "ROLE_LABORER", "headcount": 10, "hours": 8});
    save(desk, "crew_plan", plan);
    let board = board(desk);
    assert_eq!(board.roles, ["ROLE_LABORER", "ROLE_SECURITY"]);
    let crew = |back: usize| {
        let crew = &board.days[29 - back].crew;
        crew.iter().map(|heads| (heads.present, heads.planned)).collect::<Vec<_>>()
    };
    assert_eq!(crew(0), [(9, Some(10)), (0, None)]);
    assert_eq!(crew(2), [(0, None), (1, None)], "nobody is planned on a Friday");
}

fn what_is_missing_is_told_of_every_module(desk: &TestDesk) {
    let missing = |desk: &TestDesk| {
        let modules = board(desk).modules.into_iter().filter(|day| day.is_missing());
        modules.map(|day| day.module).collect::<Vec<_>>()
    };
    assert_eq!(missing(desk).len(), 5);
    production().save(desk);
    save(desk, "nil_return", json!({"module": "dispatch"}));
    assert_eq!(missing(desk), [Module::Received, Module::Equipment, Module::Manpower]);
    let cards = board(desk).cards;
    assert_eq!((cards[1].kg, cards[2].kg), (None, Some(0)), "nothing known, and known nothing");
}

fn a_range_runs_forwards_and_is_not_endless(desk: &TestDesk) {
    let ask = |from: &str, to: &str| {
        let (from, to) = (Some(day(from)), Some(day(to)));
        desk.call(Dashboard { date_from: from, date_to: to, ..Dashboard::of(SITE, day(TODAY)) })
    };
    assert_eq!(ask("2026-10-01", "2026-10-31").unwrap().days.len(), 31);
    assert_eq!(ask(TODAY, TODAY).unwrap().days.len(), 1);
    let told = ask("2026-11-02", "2026-11-01").unwrap_err();
    assert_eq!(told.details[0].code, "E-DATE");
    let told = ask("2015-01-01", TODAY).unwrap_err();
    assert_eq!(told.details[0].code, "E-RANGE");
    assert!(told.details[0].message.contains("1100 at most"), "{told}");
}
