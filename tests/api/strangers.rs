//! Wrong passwords of strangers: they wait, and keep nobody else out.

use deskops_core::Asking;
use deskops_domain::access::Carrier;
use deskops_domain::api::Code;
use deskops_domain::api::security::{ListSecurity, SecurityEvent as Event};
use deskops_tests::TestDesk;
use deskops_tests::people::{ADMIN, PASSWORD, as_who, device, set_up, sign_in_on, stranger};
use serde_json::json;

use super::facts;

facts!(
    strangers_keep_nobody_out_of_a_device_of_their_own,
    strangers_keep_nobody_from_changing_their_password,
    the_log_says_from_where_and_is_read_by_user_and_by_event,
);

const ME: (&str, &str) = (ADMIN, PASSWORD);
const WRONG: (&str, &str) = (ADMIN, "wrong!!!");

fn page(address: &str) -> Asking {
    stranger(Carrier::Page, address)
}

fn code<T>(done: Result<T, deskops_domain::api::Refusal>) -> Result<(), Code> {
    done.map(|_| ()).map_err(|told| told.code)
}

fn strangers_keep_nobody_out_of_a_device_of_their_own(desk: &TestDesk) {
    desk.call(set_up()).unwrap();
    let office = page("10.0.0.7");
    sign_in_on(desk, &office, ME, Some(device(1))).unwrap();
    let far = page("203.0.113.9");
    for _ in 0..5 {
        assert_eq!(code(sign_in_on(desk, &far, WRONG, Some(device(9)))), Err(Code::Unauthorized));
    }
    for asking in [&far, &office] {
        let told = sign_in_on(desk, asking, ME, None).unwrap_err();
        assert_eq!(told.code, Code::TooManyTries, "the name waits where nothing is proved");
    }
    assert_eq!(code(sign_in_on(desk, &far, ME, Some(device(9)))), Err(Code::TooManyTries));
    assert_eq!(code(sign_in_on(desk, &office, ME, Some(device(1)))), Ok(()), "its own device");
    for _ in 0..5 {
        assert_eq!(
            code(sign_in_on(desk, &office, WRONG, Some(device(1)))),
            Err(Code::Unauthorized)
        );
    }
    assert_eq!(code(sign_in_on(desk, &office, ME, Some(device(1)))), Err(Code::TooManyTries));
    desk.at("2026-11-22T06:00:30Z");
    let signed_in = sign_in_on(desk, &office, ME, Some(device(1))).unwrap();
    desk.done("devices/revoke", json!({"id": signed_in.device}));
    for _ in 0..6 {
        assert!(sign_in_on(desk, &far, WRONG, None).is_err());
    }
    let told = sign_in_on(desk, &office, ME, Some(device(1))).unwrap_err();
    assert_eq!(told.code, Code::TooManyTries, "a revoked device proves nothing");
}

fn strangers_keep_nobody_from_changing_their_password(desk: &TestDesk) {
    let signed_in = desk.call(set_up()).unwrap();
    for _ in 0..5 {
        assert!(sign_in_on(desk, &page("203.0.113.9"), WRONG, None).is_err());
    }
    let me = as_who(&page("10.0.0.7"), &signed_in);
    let change = json!({"old": PASSWORD, "new": "654321"});
    assert_eq!(code(desk.ask(&me, "session/change-password", change)), Ok(()));
}

fn the_log_says_from_where_and_is_read_by_user_and_by_event(desk: &TestDesk) {
    desk.call(set_up()).unwrap();
    let far = page("203.0.113.9");
    assert!(sign_in_on(desk, &far, WRONG, None).is_err());
    assert!(sign_in_on(desk, &far, ("nobody", "wrong!!!"), None).is_err());
    desk.at("2026-11-22T06:00:01Z");
    let signed_in = sign_in_on(desk, &page("10.0.0.7"), ME, Some(device(1))).unwrap();
    let list = |subject: Option<&str>, event| {
        let subject = subject.map(str::to_owned);
        let list = ListSecurity { subject, event, ..ListSecurity::default() };
        let entries = desk.call(list).unwrap().entries;
        let from = |entry: deskops_domain::api::security::SecurityEntry| {
            (entry.event, entry.subject, entry.address, entry.device)
        };
        entries.into_iter().map(from).collect::<Vec<_>>()
    };
    let expected =
        (Event::SignedIn, ADMIN.to_owned(), Some("10.0.0.7".to_owned()), signed_in.device.clone());
    assert_eq!(list(None, Some(Event::SignedIn)), [expected]);
    let failed = list(None, Some(Event::SignInFailed));
    assert!(failed.iter().all(|entry| entry.2.as_deref() == Some("203.0.113.9")), "{failed:?}");
    assert_eq!(failed.len(), 2);
    assert_eq!(list(Some(ADMIN), Some(Event::SignInFailed)).len(), 1);
    assert_eq!(list(Some(ADMIN), None).len(), 4, "set up, failed, device added, signed in");
    assert_eq!(list(Some(""), None).len(), 1, "what concerns no user");
    assert_eq!(list(Some("omar"), None), []);
    let mut pages = Vec::new();
    let mut after = None;
    loop {
        let subject = Some(ADMIN.to_owned());
        let list = ListSecurity { after, limit: Some(1), subject, event: None };
        let page = desk.call(list).unwrap();
        pages.extend(page.entries);
        after = page.next;
        if after.is_none() {
            break;
        }
    }
    assert_eq!(pages.len(), 4, "in parts, too");
    let told = desk.raw("security/list", json!({"event": "NEVER"})).unwrap_err();
    assert_eq!(told.details[0].path, "event");
}

#[test]
fn an_address_waits_whatever_name_is_typed_and_others_do_not() {
    let desk = TestDesk::http();
    desk.call(set_up()).unwrap();
    let far = |last: u32| page(&format!("2001:db8:1:2::{last}"));
    sign_in_on(&desk, &far(0), ME, Some(device(1))).unwrap();
    for number in 0..30 {
        let name = format!("made-up-{number}");
        let told = sign_in_on(&desk, &far(number), (&name, "wrong!!!"), None).unwrap_err();
        assert_eq!(told.code, Code::Unauthorized, "{number}");
    }
    let told = sign_in_on(&desk, &far(77), ("another", "wrong!!!"), None).unwrap_err();
    assert_eq!((told.code, told.retry_after), (Code::TooManyTries, Some(30)), "the whole block");
    assert_eq!(code(sign_in_on(&desk, &far(77), ME, None)), Err(Code::TooManyTries));
    assert_eq!(code(sign_in_on(&desk, &far(77), ME, Some(device(1)))), Ok(()), "a known device");
    assert_eq!(code(sign_in_on(&desk, &page("2001:db8:1:3::1"), ME, None)), Ok(()));
}
