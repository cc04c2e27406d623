//! How long a saved row takes with a million rows present, beside the least that it could take: a
//! bare insert of the same row into a SQLite file with the same durability, in turn, in one run.
//!
//! `cargo bench -p deskops-tests --bench save [-- ROWS]`

use std::time::{Duration, Instant};

use deskops_core::clock::{SeededDice, SystemClock};
use deskops_core::{Desk, Place};
use deskops_domain::access::Caller;
use deskops_domain::api::Command;
use deskops_domain::api::dashboard::Dashboard;
use deskops_domain::api::days::OpenDay;
use deskops_domain::api::records::{Filter, List, Sums};
use deskops_domain::day::Day;
use deskops_domain::draft::Draft;
use deskops_domain::modules::Production;
use deskops_tests::desk::SITE;
use deskops_tests::{day, production};
use rusqlite::Connection;

const ROUNDS: u32 = 1_000;
const SHIFTS: [&str; 4] = ["ALL", "MORNING", "AFTERNOON", "NIGHT"];
const MATERIALS: u32 = 14;
const LINES: u32 = 60;
/// Keys of one day.
const A_DAY: u32 = MATERIALS * LINES * 4;

fn main() {
    let n_rows = std::env::args().skip(1).find_map(|arg| arg.parse().ok()).unwrap_or(1_000_000);
    let folder = tempfile::TempDir::new().expect("a temporary folder");
    let desk = Desk::open_with(
        Place::in_folder(folder.path()),
        Box::new(SystemClock),
        Box::new(SeededDice::new(1)),
    )
    .expect("a new desk opens");
    let caller = Caller::at_this_computer();
    fill(&desk, &caller, n_rows);

    let bare = bare(&folder.path().join("bare.db"));
    let (mut saves, mut inserts, mut ratios) = (Vec::new(), Vec::new(), Vec::new());
    for round in 0..ROUNDS {
        let draft = key(day("2026-11-22"), round);
        let save = timed(|| {
            desk.write(&caller, |door| door.create::<Production>(&draft))
                .expect("the draft is right");
        });
        let insert = timed(|| {
            bare.prepare_cached("insert into production values (?1, ?2, '2026-11-22', 'MAT002', 'ALL', 10000, 'CRU-PRO', 1, null)")
                .and_then(|mut insert| insert.execute((format!("c{round:024}"), SITE)))
                .expect("a bare insert");
        });
        ratios.push(save.as_nanos() * 1_000 / insert.as_nanos().max(1));
        saves.push(save);
        inserts.push(insert);
    }
    println!(
        "{n_rows} rows present, {ROUNDS} saves, database {} MB",
        size(&folder.path().join("deskops.db"))
    );
    println!(
        "save with change and outbox   p50 {:>6} us   p99 {:>6} us",
        at(&mut saves, 50),
        at(&mut saves, 99)
    );
    println!(
        "bare durable insert           p50 {:>6} us   p99 {:>6} us",
        at(&mut inserts, 50),
        at(&mut inserts, 99)
    );
    ratios.sort_unstable();
    println!(
        "save / bare, median of the pairs  {}.{:03}",
        ratios[ratios.len() / 2] / 1_000,
        ratios[ratios.len() / 2] % 1_000
    );
    reads(&desk, &caller);
}

/// What a screen asks for, at the same size.
fn reads(desk: &Desk, caller: &Caller) {
    let router = deskops_core::Router::all();
    let ask = |label: &str, (name, input): (String, serde_json::Value)| {
        let mut times: Vec<_> = (0..50)
            .map(|_| {
                timed(|| {
                    drop(router.run(desk, caller, &name, input.clone()).expect("it is answered"))
                })
            })
            .collect();
        println!("{label:<29} p50 {:>6} us   p99 {:>6} us", at(&mut times, 50), at(&mut times, 99));
    };
    let whole = Filter::all(SITE);
    let month = Filter {
        date_from: Some(day("2026-10-23")),
        date_to: Some(day("2026-11-22")),
        ..whole.clone()
    };
    let deep = Filter { date_to: Some(day("2026-05-01")), ..whole.clone() };
    ask("first page of 50", carried(List::<Production>::new(whole, None, None)));
    ask("a page of 50 half a year deep", carried(List::<Production>::new(deep, None, None)));
    ask("sums of a month", carried(Sums::<Production>::new(month)));
    ask("a day's sheet", carried(OpenDay::<Production>::new(SITE.into(), day("2026-11-22"))));
    ask("the dashboard", carried(Dashboard::of(SITE, day("2026-11-22"))));
}

/// A command as its name and the JSON that carries it.
fn carried<C: Command>(command: C) -> (String, serde_json::Value) {
    (C::name(), serde_json::to_value(command).expect("a command is plain data"))
}

fn fill(desk: &Desk, caller: &Caller, n_rows: u32) {
    let per_day = n_rows.div_ceil(365).min(A_DAY);
    for at in 0..n_rows.div_ceil(per_day) {
        let date = day("2026-11-21").plus(-i64::from(at));
        desk.write(caller, |door| {
            (0..per_day)
                .try_for_each(|number| door.create::<Production>(&key(date, number)).map(drop))
        })
        .expect("the drafts are right");
    }
}

/// The record with this number on a day.
fn key(date: Day, number: u32) -> Draft {
    let (material, rest) = (number % MATERIALS + 1, number / MATERIALS);
    let shift = SHIFTS[(rest % 4) as usize];
    production()
        .on(&date.to_string())
        .of(&format!("MAT{material:03}"))
        .with("shift", shift)
        .with("line", rest / 4 + 1)
        .tons("96.2")
        .0
}

fn bare(file: &std::path::Path) -> Connection {
    let conn = Connection::open(file).expect("a new file");
    conn.execute_batch(
        "pragma journal_mode = wal; pragma synchronous = full;
         create table production (id text primary key, site_id text, date text, material_id text, shift text, qty_kg integer, operation text, line integer, notes text);",
    )
    .expect("a new table");
    conn
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

fn size(file: &std::path::Path) -> u64 {
    file.metadata().map_or(0, |meta| meta.len() / 1_000_000)
}
