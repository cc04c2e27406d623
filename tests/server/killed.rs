//! Mixed work while servers are killed at random: what was acknowledged is there in the end, once.
//!
//! The parent keeps its own list of what was acknowledged. A command whose answer was lost is sent
//! again with the same id, as every client does. `DESKOPS_KILL_SECONDS` makes it longer, and
//! `DESKOPS_KILL_SEED` repeats one: `cargo xtask kill --seconds 600`.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use deskops_domain::entry::Entry;
use deskops_domain::modules::Dispatch;
use deskops_tests::people::{ADMIN, PASSWORD};
use deskops_tests::window::{let_pass, until as wait_until};
use rustix::process::Signal;
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::ask::{Answer, request, try_ask};
use crate::program::{Server, UNLIMITED, done, moved_in};

const SITE: &str = "calasla290000000000000000";
const WRITERS: u64 = 4;
/// Work of a test that runs with every change; longer ones are asked for.
const SECONDS: u64 = 12;
/// Longer than any start of a server takes.
const PATIENCE: Duration = Duration::from_secs(60);

fn number(variable: &str, usual: u64) -> u64 {
    std::env::var(variable).map_or(usual, |text| text.parse().unwrap())
}

/// Numbers that look like chance and come again from the same seed.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, most: u64) -> u64 {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % most
    }
}

/// What a load must be in the end: its kilograms, or deleted.
type Loads = BTreeMap<String, Option<u64>>;

/// The servers as the writers know them.
struct Place {
    addresses: Vec<String>,
    token: Mutex<String>,
    is_over: AtomicBool,
    n_lost: AtomicU64,
    n_acknowledged: AtomicU64,
    n_read: AtomicU64,
}

fn hold<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Place {
    /// Sends a command to some server, until one of them answers it.
    fn ask(&self, dice: &mut Dice, name: &str, input: &Value) -> Value {
        let begun = Instant::now();
        loop {
            assert!(begun.elapsed() < PATIENCE, "nobody answers {name}");
            let address = &self.addresses[dice.roll(self.addresses.len() as u64) as usize];
            let token = hold(&self.token).clone();
            match send(address, &token, name, input) {
                Ok(answer) if answer.status == 200 => return answer.json(),
                // A file's sessions end with the program that holds it.
                Ok(answer) if answer.status == 401 => self.sign_in(address, &token),
                Ok(answer) if answer.status == 503 => let_pass(Duration::from_millis(50)),
                Ok(answer) => panic!("{name} {input}: {answer:?}"),
                Err(_) => {
                    self.n_lost.fetch_add(1, Ordering::Relaxed);
                    let_pass(Duration::from_millis(20));
                }
            }
        }
    }

    /// Signs in again, unless another writer has done it meanwhile.
    fn sign_in(&self, address: &str, old: &str) {
        let mut token = hold(&self.token);
        if *token == old {
            let person = json!({"name": ADMIN, "password": PASSWORD});
            if let Ok(answer) = send(address, "", "session/sign-in", &person)
                && answer.status == 200
            {
                *token = answer.json()["token"].as_str().unwrap().to_owned();
            }
        }
    }

    /// Enters, corrects, deletes and reads loads until the time is over: what is there in the end.
    fn work(&self, seed: u64) -> Loads {
        let mut dice = Dice(seed);
        let mut loads = Loads::new();
        while !self.is_over.load(Ordering::Relaxed) {
            let kilograms = 1 + dice.roll(90_000);
            let tons = format!("{}.{:03}", kilograms / 1_000, kilograms % 1_000);
            let known = loads.iter().filter(|(_, kg)| kg.is_some()).map(|(id, _)| id.clone());
            let known: Vec<_> = known.collect();
            let some =
                (!known.is_empty()).then(|| known[dice.roll(known.len() as u64) as usize].clone());
            match (dice.roll(10), some) {
                (0, Some(_)) => {
                    let filter = json!({"siteId": SITE, "dateFrom": "2026-11-20"});
                    self.ask(&mut dice, "dispatch/list", &json!({ "filter": filter }));
                    self.n_read.fetch_add(1, Ordering::Relaxed);
                    continue;
                }
                (1, Some(id)) => {
                    self.ask(&mut dice, "dispatch/void", &json!({ "id": id }));
                    loads.insert(id, None);
                }
                (2..=4, Some(id)) => {
                    let edit = json!({"id": id, "draft": {"qtyTon": tons}});
                    self.ask(&mut dice, "dispatch/edit", &edit);
                    loads.insert(id, Some(kilograms));
                }
                _ => {
                    let id = format!("c{:08x}{:016}", seed % (1 << 32), loads.len());
                    let draft = json!({"siteId": SITE, "date": "2026-11-20", "materialId": "MAT002", "qtyTon": tons});
                    let create = json!({"id": id, "draft": draft});
                    self.ask(&mut dice, "dispatch/create", &create);
                    loads.insert(id, Some(kilograms));
                }
            }
            self.n_acknowledged.fetch_add(1, Ordering::Relaxed);
        }
        loads
    }

    /// Every load that the servers know, page by page.
    fn found(&self) -> Loads {
        let mut dice = Dice(1);
        let mut found = Loads::new();
        for is_deleted in [false, true] {
            let mut after = Value::Null;
            loop {
                let filter = json!({"siteId": SITE, "voided": is_deleted});
                let page = json!({"filter": filter, "after": after, "limit": 500});
                let page = self.ask(&mut dice, "dispatch/list", &page);
                for entry in page["entries"].as_array().unwrap() {
                    let load: Entry<Dispatch> = serde_json::from_value(entry.clone()).unwrap();
                    let kilograms = load.body.qty_kg.unwrap().raw().try_into().unwrap();
                    let id = load.id.as_str().to_owned();
                    let again = found.insert(id, (!is_deleted).then_some(kilograms));
                    assert_eq!(again, None, "twice: {entry}");
                }
                after = page["next"].clone();
                if after.is_null() {
                    break;
                }
            }
        }
        found
    }
}

fn send(address: &str, token: &str, name: &str, input: &Value) -> std::io::Result<Answer> {
    let bearer = format!("Bearer {token}");
    let headers = [("Authorization", bearer.as_str())];
    try_ask(address, &request("POST", &format!("/api/{name}"), &headers, &input.to_string()))
}

/// Works at servers on these folders, of which one after another is killed and started again.
fn nothing_acknowledged_is_lost(folders: &[TempDir], arguments: &[&str]) {
    let seed = number("DESKOPS_KILL_SEED", 7);
    let until = Instant::now() + Duration::from_secs(number("DESKOPS_KILL_SECONDS", SECONDS));
    let all = [arguments, &UNLIMITED].concat();
    let start = |folder: &TempDir, listen: &str| Server::start_at(folder.path(), listen, &all);
    let mut servers: Vec<_> = folders.iter().map(|folder| start(folder, "127.0.0.1:0")).collect();
    let place = Place {
        addresses: servers.iter().map(|server| server.address.clone()).collect(),
        token: Mutex::new(servers[0].sign_in()),
        is_over: AtomicBool::default(),
        n_lost: AtomicU64::default(),
        n_acknowledged: AtomicU64::default(),
        n_read: AtomicU64::default(),
    };
    let mut n_kills = 0;
    let mut expected = Loads::new();
    thread::scope(|scope| {
        let place = &place;
        let writers: Vec<_> =
            (1..=WRITERS).map(|n| scope.spawn(move || place.work(seed * 100 + n))).collect();
        let mut dice = Dice(seed);
        while Instant::now() < until {
            let_pass(Duration::from_millis(200 + dice.roll(1_500)));
            let at = dice.roll(servers.len() as u64) as usize;
            servers[at].signal(Signal::KILL);
            servers[at].ended();
            servers[at] = start(&folders[at], &place.addresses[at]);
            n_kills += 1;
            // Most get to work again before the next kill; some are killed while they begin.
            if dice.roll(4) > 0 {
                let before = place.n_acknowledged.load(Ordering::Relaxed);
                let is_at_work = || place.n_acknowledged.load(Ordering::Relaxed) > before;
                wait_until("somebody is answered again", PATIENCE, || is_at_work().then_some(()));
            }
        }
        place.is_over.store(true, Ordering::Relaxed);
        for writer in writers {
            expected.extend(writer.join().unwrap());
        }
    });
    let found = place.found();
    println!(
        "seed {seed}: {} writes acknowledged and {} reads answered over {n_kills} kills, {} answers lost, {} loads",
        place.n_acknowledged.load(Ordering::Relaxed),
        place.n_read.load(Ordering::Relaxed),
        place.n_lost.load(Ordering::Relaxed),
        found.len()
    );
    assert!(n_kills > 3 && place.n_lost.load(Ordering::Relaxed) > 0, "it was not killed at work");
    assert_eq!(found, expected);
    drop(servers);
    let verify = [arguments, &["verify"]].concat();
    let looked = done(folders[0].path(), &verify);
    assert!(looked.contains("All is as it should be."), "{looked}");
}

#[test]
fn what_was_acknowledged_survives_a_server_that_is_killed_at_random() {
    nothing_acknowledged_is_lost(&[moved_in()], &[]);
}

mod postgres {
    use deskops_tests::cluster::Cluster;

    use super::*;
    use crate::shared::with_administrator;

    #[test]
    fn what_was_acknowledged_survives_two_servers_that_are_killed_at_random() {
        let cluster = Cluster::start("");
        let url = cluster.fresh_url().reveal().to_owned();
        let folders = [TempDir::new().unwrap(), TempDir::new().unwrap()];
        with_administrator(&folders[0], &url);
        nothing_acknowledged_is_lost(&folders, &["--database-url", &url]);
    }
}
