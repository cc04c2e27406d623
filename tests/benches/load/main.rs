//! What a started server takes on loopback, with its records in a file and on PostgreSQL, beside the
//! bare engine that does the same statements, in turn, in one run.
//!
//! `cargo build --release -p deskops-server && cargo bench -p deskops-tests --features window,postgres --bench load [-- SECONDS]`

mod bare;
mod served;

use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use deskops_core::{DatabaseUrl, Desk, Place};
use deskops_domain::access::Caller;
use deskops_domain::modules::Dispatch;
use deskops_tests::builders::{day, draft};
use deskops_tests::cluster::Cluster;
use tempfile::TempDir;

use bare::{File, Postgres};
use served::Served;

/// People who work at the same time.
const CLIENTS: u64 = 8;
const ROUNDS: usize = 5;
/// Days over which the work is spread, and loads that each has from the start.
const DAYS: u64 = 60;
const LOADS: u64 = 100;

/// One way to do the work: a client of its own for each thread.
trait Client: Send {
    /// Saves a load of a day, durably.
    fn save(&mut self, number: u64, date: &str);
    /// Reads the newest fifty loads of a month.
    fn list(&mut self);
}

fn main() {
    let seconds = std::env::args().skip(1).find_map(|arg| arg.parse().ok()).unwrap_or(2);
    let each = Duration::from_secs(seconds);
    println!(
        "{CLIENTS} clients, {ROUNDS} rounds of {seconds} s, {} loads at the start",
        DAYS * LOADS
    );
    let (kept, plain) = (folder(), folder());
    fill(Place::in_folder(kept.path()));
    fill(Place::in_folder(plain.path()));
    deskops_tests::people::move_in(kept.path());
    let file = plain.path().join("deskops.db");
    let server = Served::start(kept.path(), &[]);
    compare("a file", each, &server, &|| Box::new(File::open(&file)));
    drop(server);

    let cluster = Cluster::start("");
    let (kept, plain) = (cluster.fresh_url(), cluster.fresh_url());
    let (here, there) = (folder(), folder());
    fill(on_server(here.path(), &kept));
    fill(on_server(there.path(), &plain));
    served::add_person(here.path(), &kept);
    let server = Served::start(here.path(), &["--database-url", kept.reveal()]);
    compare("PostgreSQL", each, &server, &|| Box::new(Postgres::open(plain.reveal())));
}

fn folder() -> TempDir {
    TempDir::new().expect("a temporary folder")
}

fn on_server(folder: &std::path::Path, url: &DatabaseUrl) -> Place {
    Place { server: Some(url.clone()), ..Place::in_folder(folder) }
}

/// The same loads for everybody.
fn fill(place: Place) {
    let desk = Desk::open(place).expect("a new desk opens");
    for at in 0..DAYS {
        let load = draft(&date(at), &[("materialId", "MAT002"), ("qtyTon", "28.5")]);
        let write = desk.write(&Caller::at_this_computer(), |door| {
            (0..LOADS).try_for_each(|_| door.create::<Dispatch>(&load).map(drop))
        });
        write.expect("the drafts are right");
    }
}

/// The date with this number; they come again and again.
fn date(number: u64) -> String {
    day("2026-11-20").plus(-i64::try_from(number % DAYS).unwrap_or(0)).to_string()
}

/// Figures of one kind of work.
struct Took {
    per_second: u64,
    p50: u128,
    p99: u128,
}

fn work(clients: &mut [Box<dyn Client>], each: Duration, is_save: bool) -> Took {
    static NEXT: AtomicU64 = AtomicU64::new(0);
    let times = Mutex::new(Vec::new());
    let begun = Instant::now();
    thread::scope(|scope| {
        for client in clients {
            scope.spawn(|| {
                let mut own = Vec::new();
                while begun.elapsed() < each {
                    let number = NEXT.fetch_add(1, Ordering::Relaxed);
                    let at = Instant::now();
                    if is_save {
                        client.save(number, &date(number))
                    } else {
                        client.list()
                    }
                    own.push(at.elapsed());
                }
                times.lock().expect("nobody panics").extend(own);
            });
        }
    });
    let took = begun.elapsed();
    let mut times = times.into_inner().expect("nobody panics");
    times.sort_unstable();
    let at = |percent: usize| times[(times.len() - 1) * percent / 100].as_micros();
    let per_second = times.len() as u128 * 1_000 / took.as_millis().max(1);
    Took { per_second: u64::try_from(per_second).unwrap_or(u64::MAX), p50: at(50), p99: at(99) }
}

fn compare(engine: &str, each: Duration, server: &Served, bare: &dyn Fn() -> Box<dyn Client>) {
    let mut plain: Vec<Box<dyn Client>> = (0..CLIENTS).map(|_| bare()).collect();
    let mut served: Vec<Box<dyn Client>> =
        (0..CLIENTS).map(|_| -> Box<dyn Client> { Box::new(server.client()) }).collect();
    for (label, is_save) in [("saves", true), ("lists of 50", false)] {
        let mut ratios = Vec::new();
        for round in 0..ROUNDS {
            let (bare, ours) = (work(&mut plain, each, is_save), work(&mut served, each, is_save));
            ratios.push(bare.per_second * 100 / ours.per_second.max(1));
            if round == ROUNDS - 1 {
                for (who, took) in [("bare engine", bare), ("deskops-server", ours)] {
                    println!(
                        "{engine:<11} {label:<12} {who:<15} {:>7} a second   p50 {:>7} us   p99 {:>7} us",
                        took.per_second, took.p50, took.p99
                    );
                }
            }
        }
        ratios.sort_unstable();
        let median = ratios[ratios.len() / 2];
        println!(
            "{engine:<11} {label:<12} bare / server, median of the rounds  {}.{:02}",
            median / 100,
            median % 100
        );
    }
    println!("{engine:<11} memory of the server at its peak {} MB", server.peak_mb());
}
