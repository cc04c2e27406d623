//! Devices: known again by their keys, listed, and ended; and that whatever is taken from somebody
//! is gone at their very next command.

use deskops_core::Asking;
use deskops_domain::access::Carrier;
use deskops_domain::api::Code;
use deskops_domain::api::devices::{Device, DeviceKind, DeviceState};
use deskops_domain::api::security::{ListSecurity, SecurityEvent as Event};
use deskops_domain::api::session::SignedIn;
use deskops_tests::TestDesk;
use deskops_tests::desk::SITE;
use deskops_tests::people::{ADMIN, PASSWORD, as_who, device, set_up, sign_in_on, stranger};
use serde_json::{Value as Json, json};

use super::facts;

facts!(
    a_device_is_known_again_by_its_key_and_each_user_has_their_own,
    what_is_taken_from_somebody_is_gone_at_their_next_command_over_every_carrier,
    a_suspended_device_waits_and_a_revoked_one_is_never_used_again,
    programs_without_a_key_are_one_device_that_can_be_ended,
    nobody_keeps_the_devices_of_others,
    a_device_that_does_not_show_itself_properly_is_told_what_is_wrong,
);

const CARRIERS: [Carrier; 3] = [Carrier::Window, Carrier::Page, Carrier::Bearer];
const OMAR: (&str, &str) = ("omar", PASSWORD);

fn from(carrier: Carrier) -> Asking {
    stranger(carrier, "10.0.0.7")
}

/// A desk with an administrator and a clerk; the clerk's id.
fn with_omar(desk: &TestDesk) -> Json {
    desk.call(set_up()).unwrap();
    let person = json!({"name": "omar", "fullName": "Omar G", "password": PASSWORD});
    let rights = json!({"role": "OPERATOR", "sites": [SITE]});
    desk.done("users/create", json!({"person": person, "rights": rights}))["id"].clone()
}

fn edit(desk: &TestDesk, id: &Json, role: &str, is_active: bool) {
    let sites = if role == "ADMIN" { Json::Null } else { json!([SITE]) };
    let rights = json!({"role": role, "sites": sites});
    let edit = json!({"id": id, "fullName": "Omar G", "rights": rights, "isActive": is_active});
    desk.done("users/edit", edit);
}

fn list(desk: &TestDesk, asking: &Asking) -> Vec<Device> {
    serde_json::from_value(desk.ask(asking, "devices/list", json!({})).unwrap()).unwrap()
}

fn everybodys(desk: &TestDesk) -> Vec<Device> {
    serde_json::from_value(desk.done("devices/list", json!({}))).unwrap()
}

fn may(desk: &TestDesk, asking: &Asking, signed_in: &SignedIn, name: &str) -> Result<(), Code> {
    let input = json!({"siteId": SITE, "date": "2026-11-22"});
    let done = desk.ask(&as_who(asking, signed_in), name, input);
    done.map(|_| ()).map_err(|told| told.code)
}

fn noted(desk: &TestDesk, event: Event) -> Vec<(String, String, Option<String>)> {
    let list = ListSecurity { event: Some(event), ..ListSecurity::default() };
    let entries = desk.call(list).unwrap().entries;
    entries.into_iter().map(|entry| (entry.actor, entry.subject, entry.note)).collect()
}

fn a_device_is_known_again_by_its_key_and_each_user_has_their_own(desk: &TestDesk) {
    with_omar(desk);
    let program = from(Carrier::Bearer);
    let first = sign_in_on(desk, &program, OMAR, Some(device(1))).unwrap();
    desk.at("2026-11-22T07:00:00Z");
    let elsewhere = stranger(Carrier::Bearer, "2001:db8::9");
    let second = sign_in_on(desk, &elsewhere, OMAR, Some(device(1))).unwrap();
    assert_eq!(first.device, second.device);
    let noura = sign_in_on(desk, &from(Carrier::Page), (ADMIN, PASSWORD), Some(device(1))).unwrap();
    assert_ne!(noura.device, first.device);
    let own = list(desk, &as_who(&elsewhere, &second));
    assert_eq!(own.len(), 1, "others see their own");
    let mine = &own[0];
    assert_eq!(
        (mine.name.as_str(), mine.user.as_str(), mine.kind, mine.state),
        ("Site office 1", "omar", DeviceKind::Program, DeviceState::Active)
    );
    assert_eq!(mine.address.as_deref(), Some("2001:db8::9"));
    assert_eq!(
        (mine.created_at.to_string(), mine.last_seen_at.to_string()),
        ("2026-11-22T06:00:00.000Z".to_owned(), "2026-11-22T07:00:00.000Z".to_owned())
    );
    assert!(mine.is_this && mine.is_signed_in && mine.app.as_deref() == Some("1.4.2"));
    let all = everybodys(desk);
    assert_eq!(all.len(), 2, "an administrator sees everybody's");
    assert!(all.iter().any(|device| device.kind == DeviceKind::Browser && !device.is_this));
    assert_eq!(noted(desk, Event::DeviceAdded).len(), 2, "known again is not added");
    let rename = json!({"id": mine.id, "name": " Omar's laptop "});
    let renamed = desk.ask(&as_who(&elsewhere, &second), "devices/rename", rename).unwrap();
    assert_eq!(renamed["name"], "Omar's laptop");
    sign_in_on(desk, &program, OMAR, Some(device(1))).unwrap();
    assert_eq!(list(desk, &as_who(&elsewhere, &second))[0].name, "Omar's laptop", "it stays");
}

fn what_is_taken_from_somebody_is_gone_at_their_next_command_over_every_carrier(desk: &TestDesk) {
    let id = with_omar(desk);
    for (number, carrier) in (2..).zip(CARRIERS) {
        let asking = from(carrier);
        let signed_in = sign_in_on(desk, &asking, OMAR, Some(device(1))).unwrap();
        let may = |name: &str| may(desk, &asking, &signed_in, name);
        assert_eq!(may("periods/ready"), Ok(()), "{carrier:?}");
        assert_eq!(may("periods/lock"), Err(Code::Forbidden), "{carrier:?}");
        edit(desk, &id, "MODERATOR", true);
        assert_eq!(may("periods/lock"), Err(Code::NotReady), "{carrier:?}: what is given, too");
        edit(desk, &id, "OPERATOR", true);
        assert_eq!(may("periods/lock"), Err(Code::Forbidden), "{carrier:?}");
        desk.done("devices/suspend", json!({"id": signed_in.device}));
        assert_eq!(may("periods/ready"), Err(Code::Unauthorized), "{carrier:?}: suspended");
        desk.done("devices/resume", json!({"id": signed_in.device}));
        assert_eq!(may("periods/ready"), Ok(()), "{carrier:?}: the session goes on");
        edit(desk, &id, "OPERATOR", false);
        assert_eq!(may("periods/ready"), Err(Code::Unauthorized), "{carrier:?}: disabled");
        edit(desk, &id, "OPERATOR", true);
        let lost = sign_in_on(desk, &asking, OMAR, Some(device(number))).unwrap();
        let kept = sign_in_on(desk, &asking, OMAR, Some(device(1))).unwrap();
        desk.done("devices/revoke", json!({"id": lost.device}));
        let left = [&lost, &kept].map(|one| self::may(desk, &asking, one, "periods/ready"));
        assert_eq!(left, [Err(Code::Unauthorized), Ok(())], "{carrier:?}: revoked");
        let told = sign_in_on(desk, &asking, OMAR, Some(device(number))).unwrap_err();
        assert_eq!(told.code, Code::Forbidden, "{carrier:?}");
        assert!(told.message.contains("revoked"), "{told}");
    }
}

fn a_suspended_device_waits_and_a_revoked_one_is_never_used_again(desk: &TestDesk) {
    with_omar(desk);
    let program = from(Carrier::Bearer);
    let signed_in = sign_in_on(desk, &program, OMAR, Some(device(1))).unwrap();
    let id = json!({"id": signed_in.device});
    let refresh = json!({"token": signed_in.refresh, "key": device(1).key});
    let suspended: Device =
        serde_json::from_value(desk.done("devices/suspend", id.clone())).unwrap();
    assert_eq!(
        (suspended.state, suspended.state_by.as_deref()),
        (DeviceState::Suspended, Some("this-computer"))
    );
    let told = desk.ask(&program, "session/refresh", refresh.clone()).unwrap_err();
    assert_eq!(told.code, Code::Forbidden, "the program is told why, and its session waits");
    let told = sign_in_on(desk, &program, OMAR, Some(device(1))).unwrap_err();
    assert!(told.message.contains("suspended"), "{told}");
    desk.done("devices/resume", id.clone());
    assert!(desk.ask(&program, "session/refresh", refresh.clone()).is_ok());
    desk.done("devices/revoke", id.clone());
    desk.done("devices/revoke", id.clone());
    assert_eq!(
        desk.ask(&program, "session/refresh", refresh).unwrap_err().code,
        Code::Unauthorized
    );
    for verb in ["resume", "suspend"] {
        let told = desk.raw(&format!("devices/{verb}"), id.clone()).unwrap_err();
        assert_eq!(told.details[0].code, "E-DEVICE-REVOKED", "{verb}");
    }
    let by = |event| {
        (
            noted(desk, event),
            ("this-computer".to_owned(), "omar".to_owned(), Some("Site office 1".to_owned())),
        )
    };
    for event in [Event::DeviceSuspended, Event::DeviceResumed, Event::DeviceRevoked] {
        let (found, expected) = by(event);
        assert_eq!(found, [expected], "{event:?}: twice is once");
    }
}

fn programs_without_a_key_are_one_device_that_can_be_ended(desk: &TestDesk) {
    with_omar(desk);
    let program = from(Carrier::Bearer);
    let [one, two] = [(); 2].map(|()| sign_in_on(desk, &program, OMAR, None).unwrap());
    assert_eq!(one.device, two.device);
    let window = sign_in_on(desk, &from(Carrier::Window), OMAR, None).unwrap();
    assert_eq!(window.device, None, "who sits at a window or a page needs none");
    let found = everybodys(desk);
    assert_eq!((found.len(), found[0].kind), (1, DeviceKind::ApiClient));
    desk.done("devices/revoke", json!({"id": one.device}));
    for each in [&one, &two] {
        assert_eq!(may(desk, &program, each, "periods/ready"), Err(Code::Unauthorized));
    }
    let next = sign_in_on(desk, &program, OMAR, None).unwrap();
    assert_ne!(next.device, one.device, "with the password another one begins");
    desk.done("devices/suspend", json!({"id": next.device}));
    let told = sign_in_on(desk, &program, OMAR, None).unwrap_err();
    assert_eq!(told.code, Code::Forbidden, "and suspended none does");
}

fn nobody_keeps_the_devices_of_others(desk: &TestDesk) {
    with_omar(desk);
    let page = from(Carrier::Page);
    let noura = sign_in_on(desk, &page, (ADMIN, PASSWORD), Some(device(1))).unwrap();
    let omar = as_who(&page, &sign_in_on(desk, &page, OMAR, Some(device(2))).unwrap());
    let of_noura = json!({"id": noura.device, "name": "Mine"});
    let told = desk.ask(&omar, "devices/rename", of_noura).unwrap_err();
    assert_eq!(told.code, Code::NotFound);
    let of_noura = json!({"id": noura.device});
    for (verb, code) in
        [("revoke", Code::NotFound), ("suspend", Code::Forbidden), ("resume", Code::Forbidden)]
    {
        let told = desk.ask(&omar, &format!("devices/{verb}"), of_noura.clone()).unwrap_err();
        assert_eq!(told.code, code, "{verb}");
    }
    assert_eq!(may(desk, &page, &noura, "devices/list"), Err(Code::ValidationError), "it goes on");
    let own = list(desk, &omar).remove(0);
    desk.ask(&omar, "devices/revoke", json!({"id": own.id})).unwrap();
    assert_eq!(desk.ask(&omar, "devices/list", json!({})).unwrap_err().code, Code::Unauthorized);
}

fn a_device_that_does_not_show_itself_properly_is_told_what_is_wrong(desk: &TestDesk) {
    desk.call(set_up()).unwrap();
    let mut shown = device(1);
    shown.key.push('0');
    shown.name = " ".into();
    let told = sign_in_on(desk, &from(Carrier::Page), (ADMIN, PASSWORD), Some(shown)).unwrap_err();
    let found: Vec<_> =
        told.details.iter().map(|each| (each.path.as_str(), each.code.as_str())).collect();
    assert_eq!(found, [("device.key", "E-DEVICE-KEY"), ("device.name", "E-DEVICE-NAME")]);
    assert!(!format!("{told:?}").contains(&device(1).key), "a key is never repeated");
}
