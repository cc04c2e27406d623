//! How long the first screen and the figures of the contract take with a million rows, beside the
//! bare SQL that reads the same sums from the same file, in turn, in one run.
//!
//! `cargo bench -p deskops-tests --bench board [-- ROWS]`

use std::path::Path;
use std::time::{Duration, Instant};

use deskops_core::{Desk, Place, Router};
use deskops_domain::access::Caller;
use deskops_domain::api::Command;
use deskops_domain::api::dashboard::Dashboard;
use deskops_domain::api::metrics::Metrics;
use deskops_domain::day::Day;
use deskops_tests::desk::SITE;
use rusqlite::Connection;

const ROUNDS: usize = 40;
const DAYS: u32 = 365;
const MATERIALS: u32 = 17;

/// What no dashboard can do without: the sums of each day, hours, crew, and the last closings.
const BARE: [&str; 4] = [
    "select date, sum(produced_kg), sum(received_kg), sum(dispatched_kg) from inventory where site_id = ?1 and date between ?2 and ?3 group by date",
    "select date, sum(count * hours) from equipment where site_id = ?1 and date between ?2 and ?3 and voided_at is null group by date",
    "select date, role_id, sum(headcount) from manpower where site_id = ?1 and date between ?2 and ?3 and voided_at is null group by date, role_id",
    "select date, material_id, closing_kg from inventory where site_id = ?1 and date between ?2 and ?3 order by date",
];

fn main() {
    let n_rows = std::env::args().skip(1).find_map(|arg| arg.parse().ok()).unwrap_or(1_000_000);
    let folder = tempfile::TempDir::new().expect("a temporary folder");
    let desk = Desk::open(Place::in_folder(folder.path())).expect("a new desk opens");
    let today = desk.today(desk.catalogue().site(SITE).expect("the first site")).expect("a zone");
    let file = folder.path().join("deskops.db");
    let begun = Instant::now();
    fill(&file, today, n_rows);
    println!("{n_rows} rows of logs written in {} s", begun.elapsed().as_secs());

    let router = Router::all();
    let bare = Connection::open(&file).expect("the file opens");
    let year = Dashboard { date_from: Some(today.plus(-364)), ..Dashboard::of(SITE, today) };
    let month = Metrics { site_id: SITE.into(), ..window(today, 29) };
    let whole = Metrics { site_id: SITE.into(), ..window(today, 182) };
    let one = Metrics { site_id: SITE.into(), ..Metrics::default() };
    let board = Dashboard::of(SITE, today);
    for (label, (name, input), days) in [
        ("board of 30 days", carried(board), 30),
        ("board of a year", carried(year), 365),
        ("metrics of today", carried(one), 2),
        ("metrics of 30 days", carried(month), 60),
        ("metrics of half a year", carried(whole), 366),
    ] {
        let (mut asked, mut read, mut ratios) = (Vec::new(), Vec::new(), Vec::new());
        for _ in 0..ROUNDS {
            let ask = timed(|| {
                drop(
                    router
                        .run(&desk, &Caller::at_this_computer(), &name, input.clone())
                        .expect("it is answered"),
                );
            });
            let sql = timed(|| sums(&bare, today.plus(1 - days), today));
            ratios.push(ask.as_nanos() * 100 / sql.as_nanos().max(1));
            asked.push(ask);
            read.push(sql);
        }
        ratios.sort_unstable();
        let ratio = ratios[ratios.len() / 2];
        println!(
            "{label:<24} p50 {:>7} us  p99 {:>7} us   bare SQL p50 {:>7} us   ratio {}.{:02}",
            at(&mut asked, 50),
            at(&mut asked, 99),
            at(&mut read, 50),
            ratio / 100,
            ratio % 100
        );
    }
}

fn window(today: Day, back: i64) -> Metrics {
    Metrics { date_from: Some(today.plus(-back)), date_to: Some(today), ..Metrics::default() }
}

/// A command as its name and the JSON that carries it.
fn carried<C: Command>(command: C) -> (String, serde_json::Value) {
    (C::name(), serde_json::to_value(command).expect("a command is plain data"))
}

/// Reads the bare sums of these days.
fn sums(conn: &Connection, from: Day, to: Day) {
    for sql in BARE {
        let mut statement = conn.prepare_cached(sql).expect("the statement is right");
        let mut rows =
            statement.query((SITE, from.to_string(), to.to_string())).expect("it is read");
        while rows.next().expect("a row").is_some() {}
    }
}

/// A year of logs and its ledger, straight into the tables: the door is measured elsewhere.
fn fill(file: &Path, today: Day, n_rows: u32) {
    let mut conn = Connection::open(file).expect("the file opens");
    let tx = conn.transaction().expect("a transaction");
    let stamp = "0, 'bench', 0, 'bench', 1";
    let a_day = n_rows / DAYS;
    let (machines, crew) = (36.min(a_day), 20.min(a_day));
    for back in 0..DAYS {
        let date = today.plus(-i64::from(back)).to_string();
        for (table, columns, values, count) in [
            (
                "production",
                "material_id, shift, qty_kg, operation, line",
                "printf('MAT%03d', ?4 % 17 + 1), 'ALL', 1000 + ?4, 'CRU-PRO', ?4",
                a_day / 2,
            ),
            (
                "dispatch",
                "material_id, qty_kg, is_estimated, operation",
                "printf('MAT%03d', ?4 % 17 + 1), 900 + ?4, 0, 'CRU-DIS'",
                (a_day / 2).saturating_sub(machines + crew),
            ),
            (
                "equipment",
                "equipment_id, shift, count, hours, standby_hours, down_hours",
                "printf('EQ%03d', ?4 % 9 + 1), (select value from json_each('[\"ALL\",\"MORNING\",\"AFTERNOON\",\"NIGHT\"]') limit 1 offset ?4 / 9), 2, 700, 80, 20",
                machines,
            ),
            (
                "manpower",
                "role_id, shift, headcount, hours",
                "(select id from crew_roles limit 1 offset ?4 % 5), (select value from json_each('[\"ALL\",\"MORNING\",\"AFTERNOON\",\"NIGHT\"]') limit 1 offset ?4 / 5), 7, 800",
                crew,
            ),
            (
                "inventory",
                "material_id, opening_kg, produced_kg, received_kg, dispatched_kg, adjustment_kg, closing_kg, is_calculated",
                "printf('MAT%03d', ?4 + 1), 0, 80000, 0, 70000, 0, 10000, 1",
                MATERIALS,
            ),
        ] {
            let sql = format!(
                "insert into {table} (id, site_id, date, {columns}, created_at, created_by, updated_at, updated_by, rev) values (?1, ?2, ?3, {values}, {stamp})"
            );
            let mut insert = tx.prepare_cached(&sql).expect("the statement is right");
            for number in 0..count {
                let id = format!("c{table:.4}{back:06}{number:014}");
                insert.execute((id, SITE, &date, number)).expect("a row");
            }
        }
    }
    tx.commit().expect("it is kept");
}

fn timed(work: impl FnOnce()) -> Duration {
    let begun = Instant::now();
    work();
    begun.elapsed()
}

fn at(times: &mut [Duration], percent: usize) -> u128 {
    times.sort_unstable();
    times[(times.len() - 1) * percent / 100].as_micros()
}
