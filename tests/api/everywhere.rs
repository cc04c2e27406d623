//! The dashboard of all sites within reach: sums, and the sites side by side.

use deskops_domain::access::{Caller, Role};
use deskops_domain::api::Code;
use deskops_domain::api::dashboard::{Board, Card, Dashboard, SiteLine};
use deskops_domain::choice::Module;
use deskops_domain::day::Day;
use deskops_tests::TestDesk;
use deskops_tests::builders::day;
use deskops_tests::desk::{SITE, TODAY};
use serde_json::{Value as Json, json};

use crate::completeness::other_site;
use crate::facts;

facts! {
    the_figures_of_all_sites_are_the_sums_of_each,
    sites_stand_side_by_side_with_the_days_before,
    each_site_is_compared_with_its_own_working_day,
    what_is_missing_is_counted_by_sites_that_work,
    only_what_is_within_reach_is_added_up,
    days_before_sight_are_not_compared_and_not_asked_for,
}

fn save(desk: &TestDesk, site: &str, date: &str, module: &str, fields: Json) {
    let mut draft = json!({"siteId": site, "date": date});
    draft.as_object_mut().unwrap().extend(fields.as_object().unwrap().clone());
    desk.done(&format!("{module}/create"), json!({"draft": draft}));
}

/// Something of every kind at both sites, today and before.
fn fill(desk: &TestDesk) -> String {
    let other = other_site(desk);
    for (site, tons) in [(SITE, 30), (other.as_str(), 7)] {
        for (date, times) in [("2026-11-19", 1), ("2026-11-21", 2)] {
            let made = json!({"materialId": "MAT002", "qtyTon": tons * times});
            save(desk, site, date, "production", made);
            save(desk, site, date, "received", json!({"materialId": "MAT016", "qtyTon": tons}));
            save(desk, site, date, "dispatch", json!({"materialId": "MAT002", "qtyTon": 1}));
            let run = json!({"equipmentId": "EQ001", "count": 2, "hours": 4, "standbyHours": 1});
            save(desk, site, date, "equipment", run);
            save(
                desk,
                site,
                date,
                "manpower",
                json!({"roleId": "ROLE_LABORER", "headcount": 3, "hours": 24}),
            );
        }
        let target = json!({"materialId": "MAT002", "qtyTon": 50});
        save(desk, site, "2026-11-01", "target", target);
    }
    save(
        desk,
        SITE,
        "2026-11-01",
        "threshold",
        json!({"materialId": "MAT002", "minTon": 5, "maxTon": 500}),
    );
    save(desk, SITE, "2026-11-01", "crew_plan", json!({"roleId": "ROLE_SECURITY", "headcount": 2}));
    other
}

fn ask(from: &str, to: &str) -> Dashboard {
    Dashboard {
        date_from: Some(day(from)),
        date_to: Some(day(to)),
        ..Dashboard::everywhere(day("2026-11-21"))
    }
}

fn sum(boards: &[Board], of: impl Fn(&Board) -> i64) -> i64 {
    boards.iter().map(of).sum()
}

fn the_figures_of_all_sites_are_the_sums_of_each(desk: &TestDesk) {
    let other = fill(desk);
    let question = ask("2026-11-16", TODAY);
    let all = desk.call(question.clone()).unwrap();
    let each: Vec<Board> = [SITE, &other]
        .iter()
        .map(|site| desk.call(Dashboard { site_id: Some((*site).to_owned()), ..question.clone() }))
        .collect::<Result<_, _>>()
        .unwrap();
    assert!(each.iter().all(|board| board.sites.is_empty()), "one site stands beside nobody");
    for (at, card) in all.cards.iter().enumerate() {
        let kg = |of: fn(&Card) -> Option<i64>| sum(&each, |board| of(&board.cards[at]).unwrap());
        assert_eq!(card.kg, Some(kg(|card| card.kg)), "{:?}", card.module);
        assert_eq!(
            card.baseline_kg.unwrap_or(0),
            sum(&each, |board| board.cards[at].baseline_kg.unwrap_or(0))
        );
        for (n, kg) in card.trend.iter().enumerate() {
            assert_eq!(*kg, sum(&each, |board| board.cards[at].trend[n]));
        }
    }
    assert_eq!(all.cards[0].kg, Some(74_000));
    assert_eq!(all.days.len(), 7);
    for (at, figure) in all.days.iter().enumerate() {
        let kg = |of: fn(&Board, usize) -> i64| sum(&each, |board| of(board, at));
        assert_eq!(figure.moved.produced_kg, kg(|board, at| board.days[at].moved.produced_kg));
        assert_eq!(figure.machines.run, kg(|board, at| board.days[at].machines.run));
        assert_eq!(figure.machines.scheduled, kg(|board, at| board.days[at].machines.scheduled));
        assert_eq!(
            figure.target_kg.unwrap_or(0),
            kg(|board, at| board.days[at].target_kg.unwrap_or(0))
        );
        let stock: i64 = figure.stock_kg.iter().sum();
        assert_eq!(stock, kg(|board, at| board.days[at].stock_kg.iter().sum()));
        let heads: i64 = figure.crew.iter().map(|heads| heads.present).sum();
        assert_eq!(
            heads,
            kg(|board, at| board.days[at].crew.iter().map(|heads| heads.present).sum())
        );
    }
    for level in &all.levels {
        let of = |board: &Board| {
            board
                .levels
                .iter()
                .find(|own| own.material_id == level.material_id)
                .map_or(0, |own| own.kg)
        };
        assert_eq!(level.kg, sum(&each, of), "{}", level.material_id);
    }
    let rows = |module: Module, board: &Board| {
        board.modules.iter().find(|day| day.module == module).unwrap().rows
    };
    assert_eq!(rows(Module::Manpower, &all), 2);
    assert_eq!(all.roles, ["ROLE_LABORER", "ROLE_SECURITY"], "in catalogue order");
}

fn line<'a>(board: &'a Board, site: &str) -> &'a SiteLine {
    board.sites.iter().find(|line| line.site_id == site).unwrap()
}

fn sites_stand_side_by_side_with_the_days_before(desk: &TestDesk) {
    let other = fill(desk);
    let all = desk.call(ask("2026-11-20", TODAY)).unwrap();
    assert_eq!(all.sites.len(), 2);
    let here = line(&all, SITE);
    let moved = |line: &SiteLine| {
        (line.now.moved.produced_kg, line.now.moved.received_kg, line.now.moved.dispatched_kg)
    };
    assert_eq!(moved(here), (60_000, 30_000, 1_000));
    assert_eq!((here.now.run, here.now.stock_kg), (800, Some(30_000 * 5 - 2_000)));
    let before = here.before.unwrap();
    assert_eq!((before.moved.produced_kg, before.run), (30_000, 800), "the 17th to the 19th");
    assert_eq!(before.stock_kg, Some(59_000));
    assert_eq!(moved(line(&all, &other)), (14_000, 7_000, 1_000));
    let produced: i64 = all.sites.iter().map(|line| line.now.moved.produced_kg).sum();
    assert_eq!(produced, all.days.iter().map(|day| day.moved.produced_kg).sum::<i64>());
    let long_ago = desk.call(ask("2026-10-01", "2026-10-02")).unwrap();
    assert_eq!(line(&long_ago, SITE).now.stock_kg, None, "nothing is known of it");
}

fn each_site_is_compared_with_its_own_working_day(desk: &TestDesk) {
    let other = other_site(desk);
    // Before Monday the 23rd: Sunday here, Friday in Honolulu.
    desk.at("2026-11-24T06:00:00Z");
    for (site, date, tons) in
        [(SITE, "2026-11-22", 5), (&other, "2026-11-20", 2), (&other, "2026-11-22", 90)]
    {
        save(desk, site, date, "production", json!({"materialId": "MAT002", "qtyTon": tons}));
    }
    let card = |date: &str| desk.call(Dashboard::everywhere(day(date))).unwrap().cards.remove(0);
    let monday = card("2026-11-23");
    assert_eq!((monday.compared_day, monday.baseline_kg), (None, Some(7_000)));
    assert_eq!((monday.kg, monday.change), (None, None));
    let thursday = card("2026-11-19");
    assert_eq!(thursday.compared_day, Some(day("2026-11-18")), "it is the same at both");
}

fn what_is_missing_is_counted_by_sites_that_work(desk: &TestDesk) {
    let other = other_site(desk);
    let missing = |date: &str| {
        let board = desk.call(Dashboard::everywhere(day(date))).unwrap();
        board.modules.iter().map(|day| day.n_missing).collect::<Vec<_>>()
    };
    assert_eq!(missing("2026-11-19"), [2; 5]);
    assert_eq!(missing("2026-11-21"), [1; 5], "Saturday is off in Honolulu");
    save(desk, &other, "2026-11-19", "nil_return", json!({"module": "dispatch"}));
    assert_eq!(missing("2026-11-19"), [2, 2, 1, 2, 2]);
    let board = desk.call(Dashboard::everywhere(day("2026-11-19"))).unwrap();
    assert!(!board.modules[2].is_nil, "one of two has said it");
    assert!(line(&board, &other).modules[2].is_nil);
}

fn only_what_is_within_reach_is_added_up(desk: &TestDesk) {
    let other = fill(desk);
    let of = |sites: &[&str]| {
        let sites = Some(sites.iter().map(|site| (*site).to_owned()).collect());
        let caller = Caller::named("u", Some(Role::Moderator), sites);
        let input = serde_json::to_value(ask("2026-11-20", TODAY)).unwrap();
        let board = desk.raw_as(&caller, "dashboard/board", input).unwrap();
        serde_json::from_value::<Board>(board).unwrap()
    };
    let kg = |board: &Board| board.cards.first().and_then(|card| card.kg);
    assert_eq!(kg(&of(&[SITE, &other])), Some(74_000));
    let own = of(&[&other]);
    assert_eq!((kg(&own), own.sites.len()), (Some(14_000), 1));
    assert_eq!(own.sites[0].site_id, other);
    let none = of(&[]);
    assert_eq!((none.cards.len(), none.days.len(), none.sites.len()), (0, 0, 0));
}

fn days_before_sight_are_not_compared_and_not_asked_for(desk: &TestDesk) {
    fill(desk);
    let operator = Caller::named("u", Some(Role::Operator), None);
    let board = |from: Day| {
        let ask = Dashboard { date_from: Some(from), ..ask(TODAY, TODAY) };
        let board =
            desk.raw_as(&operator, "dashboard/board", serde_json::to_value(ask).unwrap())?;
        Ok(serde_json::from_value::<Board>(board).unwrap())
    };
    let first = day(TODAY).plus(-90);
    let seen: Result<Board, deskops_domain::api::Refusal> = board(first);
    assert!(seen.unwrap().sites.iter().all(|line| line.before.is_none()));
    assert!(board(day("2026-11-16")).unwrap().sites.iter().all(|line| line.before.is_some()));
    assert_eq!(board(first.plus(-1)).unwrap_err().code, Code::Forbidden);
}
