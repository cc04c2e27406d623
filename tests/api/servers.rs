//! Several servers on one PostgreSQL: nothing that counts is kept in a process.

use std::sync::Arc;
use std::thread;

use deskops_core::clock::FixedClock;
use deskops_core::{Asking, DatabaseUrl, Desk, Place, Router, Trouble};
use deskops_domain::access::{Caller, Carrier};
use deskops_domain::api::Code;
use deskops_domain::entry::Moment;
use deskops_tests::cluster;
use deskops_tests::desk::{SITE, TODAY, log, open_at};
use deskops_tests::people::{ADMIN, PASSWORD};
use serde_json::{Value as Json, json};

/// Two desks of two processes, as far as the database can tell.
struct Two {
    one: Arc<Desk>,
    other: Arc<Desk>,
    router: Router,
    place: Place,
    clock: Arc<FixedClock>,
    _folder: tempfile::TempDir,
}

impl Two {
    fn start() -> Self {
        let folder = tempfile::TempDir::new().unwrap();
        let url = cluster::fresh_url();
        let clock = Arc::new(FixedClock::at(Moment::parse("2026-11-22T06:00:00Z").unwrap()));
        let place = Place { server: Some(url), ..Place::in_folder(folder.path()) };
        let one = open_at(place.clone(), &clock).unwrap();
        let other = open_at(place.clone(), &clock).unwrap();
        Self { one, other, router: Router::all(), place, clock, _folder: folder }
    }

    fn done(&self, desk: &Desk, name: &str, input: Json) -> Json {
        self.router.run(desk, &Caller::at_this_computer(), name, input).unwrap()
    }
}

mod postgres {
    use super::*;

    #[test]
    fn two_servers_number_changes_without_a_gap() {
        let two = Two::start();
        thread::scope(|scope| {
            for (n, desk) in [&two.one, &two.other].into_iter().cycle().take(8).enumerate() {
                let two = &two;
                scope.spawn(move || {
                    for load in 0..10 {
                        let draft = json!({"siteId": SITE, "date": TODAY, "materialId": "MAT002",
                            "qtyTon": 10 + load, "trips": 1, "reference": format!("{n}-{load}")});
                        two.done(desk, "dispatch/create", json!({ "draft": draft }));
                    }
                });
            }
        });
        let changes = log(&two.one);
        let mut seqs: Vec<_> = changes.iter().map(|change| change.origin.seq).collect();
        assert!(seqs.is_sorted(), "in the order in which they were committed");
        seqs.dedup();
        assert_eq!(seqs, (1..=80).collect::<Vec<i64>>());
        let whole = two.one.read(|conn| deskops_core::store::ledger::from_scratch(conn, SITE));
        let left: i64 = whole.unwrap().values().map(|line| line.movement.dispatched).sum();
        assert_eq!(left, 8 * (10..20).sum::<i64>() * 1000);
    }

    #[test]
    fn what_one_server_learns_the_other_knows() {
        let two = Two::start();
        let draft = json!({"date": "2026-11-01", "code": "AGG-NEW", "name": "New stone",
            "category": "AGGREGATES", "unit": "TON", "isFinal": true, "position": 40});
        let made = two.done(&two.one, "materials/create", json!({ "draft": draft }));
        let load = json!({"siteId": SITE, "date": TODAY, "materialId": made["entry"]["id"],
            "qtyTon": 12, "trips": 1});
        let saved = two.done(&two.other, "dispatch/create", json!({ "draft": load }));
        assert_eq!(saved["entry"]["materialId"], made["entry"]["id"]);
    }

    #[test]
    fn the_same_key_entered_at_both_is_one_record_and_one_refusal() {
        let two = Two::start();
        let draft = json!({"draft": {"siteId": SITE, "date": TODAY, "materialId": "MAT001",
            "qtyTon": 5, "operation": "CRU-PRO", "shift": "ALL", "line": 1}});
        let results: Vec<_> = thread::scope(|scope| {
            let asked = [&two.one, &two.other].map(|desk| {
                let (two, draft) = (&two, draft.clone());
                scope.spawn(move || {
                    two.router.run(desk, &Caller::at_this_computer(), "production/create", draft)
                })
            });
            asked.into_iter().map(|one| one.join().unwrap()).collect()
        });
        let refused: Vec<_> = results.iter().filter_map(|result| result.as_ref().err()).collect();
        assert_eq!(refused.len(), 1, "{results:?}");
        assert_eq!(refused[0].code, Code::DuplicateRecord);
    }

    #[test]
    fn who_signs_in_at_one_server_is_known_at_the_other_until_they_sign_out() {
        let two = Two::start();
        let set_up = serde_json::to_value(deskops_tests::people::set_up()).unwrap();
        let asked = |desk: &Desk, name: &str, input: Json| {
            two.router.run(desk, &Caller::nobody(), name, input)
        };
        asked(&two.one, "session/set-up", set_up).unwrap();
        let ask = json!({"name": ADMIN, "password": PASSWORD});
        let signed_in = asked(&two.one, "session/sign-in", ask.clone()).unwrap();
        let token = signed_in["token"].as_str().unwrap();
        let caller = two.other.caller(&Asking::window(Some(token))).unwrap();
        assert_eq!(caller.user, ADMIN);
        assert!(two.router.run(&two.other, &caller, "users/list", json!({})).is_ok());
        asked(&two.one, "session/sign-out", json!({ "token": token })).unwrap();
        assert_eq!(two.other.caller(&Asking::window(Some(token))).unwrap(), Caller::nobody());
        let wrong = json!({"name": ADMIN, "password": "wrong!!!"});
        for desk in [&two.one, &two.other].into_iter().cycle().take(5) {
            let told = asked(desk, "session/sign-in", wrong.clone()).unwrap_err();
            assert_eq!(told.code, Code::Unauthorized);
        }
        for desk in [&two.one, &two.other] {
            let told = asked(desk, "session/sign-in", ask.clone()).unwrap_err();
            assert_eq!(told.code, Code::TooManyTries, "wrong passwords count at both");
        }
    }

    #[test]
    fn a_token_refreshed_at_both_at_once_is_exchanged_once_and_nobody_is_signed_out() {
        let two = Two::start();
        let program = Asking { carrier: Carrier::Bearer, ..Asking::default() };
        let asked = |desk: &Desk, asking: &Asking, name: &str, input: Json| {
            two.router.run(desk, &desk.caller(asking).unwrap(), name, input)
        };
        let set_up = serde_json::to_value(deskops_tests::people::set_up()).unwrap();
        let mut now = asked(&two.one, &program, "session/set-up", set_up).unwrap();
        for round in 0..20 {
            let before = now["refresh"].clone();
            let answers: Vec<Json> = thread::scope(|scope| {
                let desks = [&two.one, &two.other].into_iter().cycle().take(4);
                let under_way: Vec<_> = desks
                    .map(|desk| {
                        let (asked, program, input) =
                            (&asked, &program, json!({ "token": before.clone() }));
                        scope.spawn(move || asked(desk, program, "session/refresh", input))
                    })
                    .collect();
                under_way.into_iter().map(|one| one.join().unwrap().unwrap()).collect()
            });
            // Whoever loses is given what the winner was given: there was one exchange.
            assert!(answers.windows(2).all(|pair| pair[0] == pair[1]), "{round}");
            assert_ne!(answers[0]["refresh"], before, "{round}");
            now = answers[round % 4].clone();
            let signed_in = now["token"].as_str().map(str::to_owned);
            let me = Asking { token: signed_in, ..program.clone() };
            for desk in [&two.one, &two.other] {
                assert_eq!(desk.caller(&me).unwrap().user, ADMIN, "{round}");
            }
            // Every other answer is lost, and asked for again.
            if round % 2 == 0 {
                let again =
                    asked(&two.other, &program, "session/refresh", json!({"token": before}));
                assert_eq!(again.unwrap(), now, "{round}");
            }
        }
        let reused = json!({"event": "REFRESH_REUSED"});
        assert_eq!(two.done(&two.one, "security/list", reused)["entries"], json!([]));
    }

    #[test]
    fn a_server_that_starts_ends_no_session_of_another() {
        let two = Two::start();
        let set_up = serde_json::to_value(deskops_tests::people::set_up()).unwrap();
        let set_up = two.router.run(&two.one, &Caller::nobody(), "session/set-up", set_up).unwrap();
        let third = open_at(two.place.clone(), &two.clock).unwrap();
        assert_eq!(third.caller(&Asking::window(set_up["token"].as_str())).unwrap().user, ADMIN);
        assert!(two.one.caller(&Asking::window(set_up["token"].as_str())).unwrap().is_signed_in());
    }

    #[test]
    fn a_log_on_a_server_refuses_to_be_changed_too() {
        let cluster = cluster::Cluster::start("");
        let url = cluster.fresh_url();
        let schema = url.reveal().rsplit("%3D").next().unwrap();
        let folder = tempfile::TempDir::new().unwrap();
        let place = Place { server: Some(url.clone()), ..Place::in_folder(folder.path()) };
        let desk = Desk::open(place).unwrap();
        let draft = json!({"draft": {"siteId": SITE, "date": "2026-11-01", "materialId": "MAT001",
            "qtyTon": 5, "trips": 1}});
        Router::all().run(&desk, &Caller::at_this_computer(), "dispatch/create", draft).unwrap();
        for (deed, why) in [
            ("delete from changes", "changes are kept"),
            ("update changes set raw = ''", "changes are immutable"),
        ] {
            let told = cluster.psql(&format!(
                "set search_path to {schema}; create temp table told (why text);
                 do $$ begin {deed}; exception when raise_exception then insert into told values (sqlerrm); end $$;
                 select why from told"
            ));
            assert_eq!(told, why, "{deed}");
        }
        assert_eq!(log(&desk).len(), 1);
    }

    #[test]
    fn a_server_that_is_not_there_is_told_without_its_password() {
        let folder = tempfile::TempDir::new().unwrap();
        let url = "postgres://deskops:hunter2@127.0.0.1:1/deskops";
        let place = Place {
            server: Some(DatabaseUrl::read(url).unwrap()),
            ..Place::in_folder(folder.path())
        };
        let Err(trouble) = Desk::open(place) else { panic!("nothing listens there") };
        assert!(matches!(trouble, Trouble::NotWritable { .. }));
        let told = trouble.to_string();
        assert!(told.contains("127.0.0.1") && !told.contains("hunter2"), "{told}");
    }

    #[test]
    fn another_computer_is_not_asked_without_encryption() {
        let folder = tempfile::TempDir::new().unwrap();
        let url = DatabaseUrl::read("postgres://deskops@db.example/deskops").unwrap();
        let place = Place { server: Some(url), ..Place::in_folder(folder.path()) };
        let Err(trouble) = Desk::open(place) else { panic!("it is refused") };
        assert!(trouble.to_string().contains("sslmode=require"), "{trouble}");
    }
}
