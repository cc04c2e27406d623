//! The write door: row, change and outbox are one transaction, and the log has no gap.

use deskops_core::StoreError;
use deskops_core::store::{changes, since};
use deskops_domain::api::Code;
use deskops_domain::api::records::{Edit, Void};
use deskops_domain::change::{Change, ChangeKind};
use deskops_domain::modules::{Dispatch, Production};
use deskops_tests::desk::{SITE, TODAY, log};
use deskops_tests::{TestDesk, production};
use proptest::prelude::*;
use serde_json::{Value as Json, json};

fn numbers(log: &[Change]) -> Vec<i64> {
    log.iter().map(|change| change.origin.seq).collect()
}

#[test]
fn every_write_is_one_change_and_numbers_have_no_gap() {
    let desk = TestDesk::direct();
    let entry = production().save(&desk);
    production().try_save(&desk).unwrap_err();
    desk.call(Edit::<Production>::new(
        entry.id.clone(),
        None,
        json!({"notes": "x"}).as_object().unwrap().clone(),
    ))
    .unwrap();
    production().tons("x").with("line", 2).try_save(&desk).unwrap_err();
    desk.call(Void::<Production>::new(entry.id, None)).unwrap();
    let log = log(&desk.desk);
    assert_eq!(numbers(&log), [1, 2, 3], "what was refused is not counted");
    assert!(
        log.iter().all(|change| change.origin.dev == log[0].origin.dev
            && change.origin.inc == log[0].origin.inc)
    );
    assert_eq!(
        log.iter().map(|change| change.kind).collect::<Vec<_>>(),
        [ChangeKind::Put, ChangeKind::Put, ChangeKind::Void]
    );
}

#[test]
fn a_change_says_everything_that_head_office_needs() {
    let desk = TestDesk::direct();
    production().tons("12.5").save(&desk);
    let change = log(&desk.desk).remove(0);
    let mut json = serde_json::to_value(&change).unwrap();
    for random in ["op", "origin"] {
        json.as_object_mut().unwrap().remove(random);
    }
    let rec = change.rec.to_string();
    let expected = json!({
        "feed": format!("site:{SITE}"), "entity": "production", "rec": rec, "kind": "put", "base": {"seq": 0, "chain": ""},
        "set": {"qty": {"from": null, "to": {"qty_kg": 12_500, "origin": "TYPED"}}, "note": {"from": null, "to": {"notes": null}}},
        "key": {"entity": "production", "site_id": SITE, "date": TODAY, "material_id": "MAT002", "shift": "ALL", "operation": "CRU-PRO", "line": 1},
        "date": TODAY, "actor": "this-computer", "at": "2026-11-22T06:00:00.000Z", "skew_ms": null, "tz": "Asia/Riyadh", "schema": 1, "app": "0.1.0",
    });
    assert_eq!(json, expected);
    let raw = String::from_utf8(change.bytes()).unwrap();
    assert_eq!(serde_json::from_str::<Change>(&raw).unwrap(), change);
    assert!(
        !raw.contains(' ') && !raw.contains("12.5"),
        "canonical: no spaces, integers only: {raw}"
    );
}

#[test]
fn two_laptops_that_enter_the_same_thing_make_the_same_record() {
    let (one, two) = (TestDesk::direct(), TestDesk::direct());
    assert_eq!(production().tons("1").save(&one).id, production().tons("2").save(&two).id);
    let dispatch = json!({"siteId": SITE, "date": TODAY, "materialId": "MAT001", "qtyTon": 30})
        .as_object()
        .unwrap()
        .clone();
    let ticket = |desk: &TestDesk| {
        desk.desk.write(&desk.caller, |door| door.create::<Dispatch>(&dispatch)).unwrap().id
    };
    assert_ne!(ticket(&one), ticket(&one), "tickets stand by themselves");
}

#[test]
fn a_batch_is_saved_whole_or_not_at_all() {
    let desk = TestDesk::direct();
    let failed: Result<(), StoreError> = desk.desk.write(&desk.caller, |door| {
        door.create::<Production>(&production().0)?;
        door.create::<Production>(&production().tons("-1").of("MAT003").0)?;
        Ok(())
    });
    assert!(failed.is_err());
    assert!(log(&desk.desk).is_empty());
    let entry = production().save(&desk);
    assert_eq!(entry.stamp.rev, 1);
    assert_eq!(numbers(&log(&desk.desk)), [1]);
}

#[test]
fn changes_of_one_batch_carry_one_mark() {
    let desk = TestDesk::direct();
    desk.desk
        .write(&desk.caller, |door| {
            door.together();
            door.create::<Production>(&production().0)?;
            door.create::<Production>(&production().of("MAT003").0)
        })
        .unwrap();
    production().of("MAT004").save(&desk);
    let groups: Vec<_> = log(&desk.desk).into_iter().map(|change| change.group).collect();
    assert!(groups[0].is_some() && groups[0] == groups[1] && groups[2].is_none(), "{groups:?}");
}

#[test]
fn the_log_itself_refuses_to_be_changed() {
    let desk = TestDesk::direct();
    production().save(&desk);
    let folder = desk.close();
    let conn = rusqlite::Connection::open(folder.path().join("deskops.db")).unwrap();
    for sql in
        ["delete from changes", "update changes set raw = x'00'", "update changes set seq = 9"]
    {
        assert!(conn.execute(sql, []).is_err(), "{sql}");
    }
    conn.execute("update changes set state = 'acked'", []).unwrap();
}

#[test]
fn a_damaged_row_is_reported_and_not_replaced() {
    let desk = TestDesk::direct();
    let entry = production().save(&desk);
    let clock = desk.clock.clone();
    let folder = desk.close();
    let conn = rusqlite::Connection::open(folder.path().join("deskops.db")).unwrap();
    conn.execute("update production set shift = 'DUSK' where id = ?1", [entry.id.as_str()])
        .unwrap();
    drop(conn);
    let desk = deskops_tests::desk::open(folder.path(), &clock).unwrap();
    let input = json!({"id": entry.id});
    let told = deskops_core::Router::all()
        .run(&desk, &deskops_domain::access::Caller::at_this_computer(), "production/get", input)
        .unwrap_err();
    assert_eq!(told.code, Code::InternalError);
    assert!(
        !told.message.contains("DUSK") && told.message.contains("reference"),
        "no internals: {}",
        told.message
    );
}

#[test]
fn unsent_records_are_counted_once_however_often_they_change() {
    let desk = TestDesk::direct();
    let entry = production().save(&desk);
    desk.call(Edit::<Production>::new(
        entry.id,
        None,
        json!({"notes": "x"}).as_object().unwrap().clone(),
    ))
    .unwrap();
    let second = production().of("MAT003").try_save(&desk).unwrap();
    assert_eq!(second.unsent, 2);
    assert_eq!(deskops_tests::desk::read(&desk.desk, changes::unsent), 2);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn replaying_the_log_gives_the_records(steps in proptest::collection::vec((0_u8..4, 1_u32..4, 1_i64..5), 1..25)) {
        let desk = TestDesk::direct();
        let mut ids = std::collections::BTreeSet::new();
        for (deed, line, tons) in steps {
            let draft = production().with("line", line).tons(&tons.to_string());
            let id = draft.0.get("line").map(|_| ());
            prop_assert!(id.is_some());
            if let Ok(saved) = draft.clone().try_save(&desk) {
                ids.insert(saved.entry.id);
                continue;
            }
            let Some(id) = ids.iter().nth(line as usize % ids.len().max(1)).cloned() else { continue };
            let body = json!({"qtyTon": tons.to_string()}).as_object().unwrap().clone();
            let _ = match deed {
                0 => desk.call(Void::<Production>::new(id, None)).map(|_| ()),
                1 => desk.call(deskops_domain::api::records::Restore::<Production>::new(id)).map(|_| ()),
                _ => desk.call(Edit::<Production>::new(id, None, body)).map(|_| ()),
            };
        }
        for id in ids {
            let entry = deskops_tests::desk::stored::<Production>(&desk.desk, &id);
            let mut qty = Json::Null;
            let mut is_live = false;
            let mut rev = 0;
            for change in log(&desk.desk).into_iter().filter(|change| change.rec == id) {
                rev += 1;
                is_live = change.kind != ChangeKind::Void;
                if let Some(set) = change.set.get("qty") {
                    prop_assert_eq!(set.from.as_ref().map_or(Json::Null, |from| from["qty_kg"].clone()), qty.clone(), "from is what was there");
                    qty = set.to["qty_kg"].clone();
                }
            }
            prop_assert_eq!(qty, json!(entry.body.qty_kg.raw()));
            prop_assert_eq!((is_live, rev), (entry.stamp.voided.is_none(), entry.stamp.rev));
        }
    }
}

#[test]
fn what_was_changed_since_is_told_by_kind_site_and_days_and_only_once() {
    let desk = TestDesk::direct();
    let end = desk.desk.read(since::end).unwrap();
    production().save(&desk);
    production().try_save(&desk).unwrap_err();
    for (day, notes) in [("2026-11-20", "a"), ("2026-11-18", "b")] {
        production().on(day).with("notes", notes).save(&desk);
    }
    let (now, news) = desk.desk.read(|conn| since::since(conn, &end)).unwrap();
    assert_eq!(news.changes, 3, "what was refused is not told");
    let touched = &news.touched[0];
    assert_eq!((touched.entity.as_str(), touched.site_id.as_deref()), ("production", Some(SITE)));
    let days = (touched.first.unwrap().to_string(), touched.last.unwrap().to_string());
    assert_eq!(days, ("2026-11-18".into(), TODAY.into()));
    let (again, news) = desk.desk.read(|conn| since::since(conn, &now)).unwrap();
    assert_eq!((again, news.changes), (now, 0));
}
