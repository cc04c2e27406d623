//! A new record whose answer was lost is asked for again and is there once.

use deskops_domain::access::{Caller, Role};
use deskops_domain::api::{Code, Refusal};
use deskops_tests::TestDesk;
use deskops_tests::desk::{SITE, log};
use serde_json::{Value as Json, json};

crate::facts! {
    the_same_again_is_one_record_of_every_kind_without_a_key,
    the_same_again_is_answered_with_what_the_record_is_by_now,
    another_content_or_kind_under_the_same_id_is_refused,
    an_id_of_another_form_is_refused_and_nothing_is_written,
    a_record_out_of_reach_answers_like_any_id_that_is_in_use,
    what_has_a_key_is_known_by_its_key_whatever_the_id,
    what_was_entered_before_its_day_was_locked_is_still_answered,
}

const ID: &str = "c0000000000000000000000a1";

fn load(tons: &str) -> Json {
    json!({"materialId": "MAT002", "qtyTon": tons, "trips": 1, "siteId": SITE, "date": "2026-11-20"})
}

fn create(desk: &TestDesk, module: &str, id: &str, draft: &Json) -> Result<Json, Refusal> {
    desk.raw(&format!("{module}/create"), json!({"draft": draft, "id": id}))
}

fn n_rows(desk: &TestDesk, module: &str) -> Json {
    desk.done(&format!("{module}/sums"), json!({"filter": {"siteId": SITE}}))["rows"].clone()
}

fn the_same_again_is_one_record_of_every_kind_without_a_key(desk: &TestDesk) {
    let place = json!({"siteId": SITE, "date": "2026-11-20"});
    let received = json!({"materialId": "MAT016", "qtyTon": "19.2", "loads": 1});
    for (number, (module, fields)) in
        [("dispatch", load("18.45")), ("received", received)].into_iter().enumerate()
    {
        let mut draft = place.clone();
        for (field, value) in fields.as_object().unwrap() {
            draft[field] = value.clone();
        }
        let id = format!("c00000000000000000000000{number}");
        let first = create(desk, module, &id, &draft).unwrap();
        assert_eq!(first["entry"]["id"], json!(id), "{module}");
        let n_changes = log(&desk.desk).len();
        assert_eq!(create(desk, module, &id, &draft).unwrap(), first, "{module}");
        assert_eq!((n_rows(desk, module), log(&desk.desk).len()), (json!(1), n_changes));
        let other = json!({"draft": draft});
        desk.done(&format!("{module}/create"), other);
        assert_eq!(n_rows(desk, module), json!(2), "without an id it is another load");
    }
    assert_eq!(desk.closing("MAT002", "2026-11-20"), -36_900);
}

fn the_same_again_is_answered_with_what_the_record_is_by_now(desk: &TestDesk) {
    let entry = create(desk, "dispatch", ID, &load("18.45")).unwrap()["entry"].take();
    let edited = desk.change("dispatch", &entry, json!({"qtyTon": "20"}));
    let again = create(desk, "dispatch", ID, &load("18.45")).unwrap();
    assert_eq!(again["entry"], edited);
    assert_eq!(create(desk, "dispatch", ID, &load("20")).unwrap_err().code, Code::IdReused);
}

fn another_content_or_kind_under_the_same_id_is_refused(desk: &TestDesk) {
    create(desk, "dispatch", ID, &load("18.45")).unwrap();
    let n_changes = log(&desk.desk).len();
    let mut later = load("18.45");
    later["date"] = json!("2026-11-21");
    let received =
        json!({"materialId": "MAT016", "qtyTon": "1", "siteId": SITE, "date": "2026-11-20"});
    for (module, draft) in
        [("dispatch", load("18.451")), ("dispatch", later), ("received", received)]
    {
        let told = create(desk, module, ID, &draft).unwrap_err();
        assert_eq!((told.code, told.code.status()), (Code::IdReused, 409), "{module} {draft}");
        assert_eq!(serde_json::to_value(told.code).unwrap(), json!("ID_REUSED"));
    }
    assert_eq!(log(&desk.desk).len(), n_changes);
}

fn an_id_of_another_form_is_refused_and_nothing_is_written(desk: &TestDesk) {
    let n_changes = log(&desk.desk).len();
    let long = format!("c{}", "a".repeat(1_000_000));
    for id in
        ["", "c1", "x0000000000000000000000a1", "c0000000000000000000000A1", "c' or 1=1", &long]
    {
        let told = create(desk, "dispatch", id, &load("1")).unwrap_err();
        assert_eq!((told.code, told.details[0].code.as_str()), (Code::ValidationError, "E-ID"));
        assert_eq!(told.details[0].path, "id");
        assert!(told.details[0].message.len() < 300, "{}", told.details[0].message.len());
    }
    assert_eq!(log(&desk.desk).len(), n_changes);
}

fn a_record_out_of_reach_answers_like_any_id_that_is_in_use(desk: &TestDesk) {
    let draft = json!({"code": "OTHER-1", "name": "Other", "timezone": "Asia/Riyadh", "date": "2026-11-01"});
    let other = desk.done("sites/create", json!({"draft": draft}))["entry"]["id"].clone();
    let mut theirs = load("18.45");
    theirs["siteId"] = other.clone();
    create(desk, "dispatch", ID, &theirs).unwrap();
    create(desk, "dispatch", "c0000000000000000000000b2", &load("5")).unwrap();
    let here = Caller {
        sites: Some(vec![SITE.to_owned()]),
        role: Some(Role::Operator),
        ..Caller::at_this_computer()
    };
    let ask = |id: &str, draft: Json| {
        desk.raw_as(&here, "dispatch/create", json!({"draft": draft, "id": id})).unwrap_err()
    };
    let of_theirs = ask(ID, load("18.45"));
    assert_eq!(of_theirs.code, Code::IdReused);
    assert_eq!(of_theirs, ask("c0000000000000000000000b2", load("6")), "nothing tells them apart");
    assert_eq!(of_theirs.record, None);
    assert_eq!(n_rows(desk, "dispatch"), json!(1));
}

fn what_has_a_key_is_known_by_its_key_whatever_the_id(desk: &TestDesk) {
    let draft =
        json!({"siteId": SITE, "date": "2026-11-20", "materialId": "MAT002", "qtyTon": "5"});
    let made = create(desk, "production", ID, &draft).unwrap()["entry"]["id"].clone();
    assert_ne!(made, json!(ID), "every laptop gives it the same id");
    let told = create(desk, "production", ID, &draft).unwrap_err();
    assert_eq!((told.code, json!(told.record)), (Code::DuplicateRecord, made));
}

fn what_was_entered_before_its_day_was_locked_is_still_answered(desk: &TestDesk) {
    let first = create(desk, "dispatch", ID, &load("18.45")).unwrap();
    for module in ["production", "received", "inventory"] {
        desk.enter("nil_return", "2026-11-20", json!({"module": module}));
    }
    desk.done("periods/lock", json!({"siteId": SITE, "date": "2026-11-20"}));
    let again = create(desk, "dispatch", ID, &load("18.45")).unwrap();
    assert_eq!(again["entry"], first["entry"]);
    let new = create(desk, "dispatch", "c0000000000000000000000b2", &load("1")).unwrap_err();
    assert_eq!(new.code, Code::PeriodLocked);
}
