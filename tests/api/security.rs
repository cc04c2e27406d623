//! The security log: what stands in it, in which order, and that it stays.

use deskops_core::Asking;
use deskops_domain::access::{Caller, Role};
use deskops_domain::api::Code;
use deskops_domain::api::security::{ListSecurity, SecurityEntry, SecurityEvent as Event};
use deskops_domain::api::session::{ChangePassword, NewPerson, SignIn, SignOutEverywhere};
use deskops_domain::api::users::{CreateUser, EditUser, ResetPassword, Rights, User};
use deskops_domain::id::Id;
use deskops_tests::TestDesk;
use deskops_tests::desk::SITE;
use deskops_tests::people::{ADMIN, PASSWORD, set_up};
use serde_json::json;

use super::facts;

facts!(
    what_happens_to_accounts_is_noted_with_who_did_it,
    wrong_passwords_are_noted_and_unknown_names_are_counted,
    the_log_is_read_in_parts_newest_first,
);

fn entries(desk: &TestDesk) -> Vec<SecurityEntry> {
    desk.call(ListSecurity::default()).unwrap().entries
}

/// Event, actor, subject and note, newest first.
fn told(desk: &TestDesk) -> Vec<(Event, String, String, String)> {
    let words = |entry: SecurityEntry| {
        (entry.event, entry.actor, entry.subject, entry.note.unwrap_or_default())
    };
    entries(desk).into_iter().map(words).collect()
}

fn noted(event: Event, actor: &str, subject: &str, note: &str) -> (Event, String, String, String) {
    (event, actor.into(), subject.into(), note.into())
}

fn make_omar(desk: &TestDesk, caller: &Caller) -> User {
    let person =
        NewPerson { name: "omar".into(), full_name: "Omar G".into(), password: PASSWORD.into() };
    let rights = Rights { role: Role::Operator, sites: Some(vec![SITE.into()]) };
    as_who(desk, caller, &CreateUser { person, rights })
}

fn as_who<C: deskops_domain::api::Command>(desk: &TestDesk, caller: &Caller, ask: &C) -> C::Output {
    let done = desk.raw_as(caller, &C::name(), serde_json::to_value(ask).unwrap()).unwrap();
    serde_json::from_value(done).unwrap()
}

fn try_in(desk: &TestDesk, name: &str, password: &str) -> Result<(), Code> {
    let ask = SignIn::new(name, password);
    desk.call(ask).map(|_| ()).map_err(|told| told.code)
}

fn what_happens_to_accounts_is_noted_with_who_did_it(desk: &TestDesk) {
    let token = desk.call(set_up()).unwrap().token;
    let noura = desk.desk.caller(&Asking::window(Some(&token))).unwrap();
    let omar = make_omar(desk, &noura);
    let rights = Rights { role: Role::Moderator, sites: None };
    let edit = |rights: &Rights, is_active| EditUser {
        id: omar.id.clone(),
        full_name: omar.full_name.clone(),
        rights: rights.clone(),
        is_active,
    };
    as_who(desk, &noura, &edit(&rights, true));
    as_who(desk, &noura, &edit(&rights, false));
    assert_eq!(try_in(desk, "omar", PASSWORD), Err(Code::Forbidden));
    as_who(desk, &noura, &edit(&rights, true));
    as_who(desk, &noura, &ResetPassword { id: omar.id.clone(), password: "654321".into() });
    assert_eq!(try_in(desk, "omar", "654321"), Ok(()));
    let himself = Caller::named("omar", Some(Role::Operator), None);
    let change = ChangePassword { old: "654321".into(), new: PASSWORD.into() };
    as_who(desk, &himself, &change);
    as_who(desk, &himself, &SignOutEverywhere {});
    let found = told(desk);
    let expected = [
        noted(Event::SignedOutEverywhere, "omar", "omar", ""),
        noted(Event::PasswordChanged, "omar", "omar", ""),
        noted(Event::SignedIn, "omar", "omar", ""),
        noted(Event::PasswordReset, ADMIN, "omar", ""),
        noted(Event::UserEnabled, ADMIN, "omar", ""),
        noted(Event::SignInFailed, "", "omar", "The user is disabled"),
        noted(Event::UserDisabled, ADMIN, "omar", ""),
        noted(Event::UserEdited, ADMIN, "omar", "Moderator, every site"),
        noted(Event::UserMade, ADMIN, "omar", "Operator, ALASLA-29"),
        noted(Event::UserMade, ADMIN, ADMIN, "At the set-up"),
    ];
    assert_eq!(sorted(found), sorted(expected.to_vec()), "all at one moment of the clock");
    for role in [Role::Operator, Role::Moderator] {
        let caller = Caller { role: Some(role), ..himself.clone() };
        let told = desk.raw_as(&caller, "security/list", json!({})).unwrap_err();
        assert_eq!(told.code, Code::Forbidden, "an administrator's");
    }
}

fn sorted<T: std::fmt::Debug>(mut all: Vec<T>) -> Vec<String> {
    let mut words: Vec<_> = all.drain(..).map(|each| format!("{each:?}")).collect();
    words.sort();
    words
}

fn wrong_passwords_are_noted_and_unknown_names_are_counted(desk: &TestDesk) {
    desk.call(set_up()).unwrap();
    for second in 1..=5 {
        desk.at(&format!("2026-11-22T06:00:0{second}Z"));
        assert_eq!(try_in(desk, ADMIN, "wrong!!!"), Err(Code::Unauthorized));
    }
    assert_eq!(try_in(desk, ADMIN, PASSWORD), Err(Code::TooManyTries), "it is not made or noted");
    let found = told(desk);
    assert_eq!(found.len(), 6);
    assert_eq!(found[0], noted(Event::Waiting, "", ADMIN, "The next try waits 30 seconds"));
    assert_eq!(found[1], noted(Event::SignInFailed, "", ADMIN, ""));

    for name in ["one", "two", "three"] {
        desk.at("2026-11-22T06:10:00Z");
        assert_eq!(try_in(desk, name, "wrong!!!"), Err(Code::Unauthorized));
    }
    desk.at("2026-11-22T06:11:00Z");
    assert_eq!(try_in(desk, "my password", "wrong!!!"), Err(Code::Unauthorized));
    let found = told(desk);
    let together = noted(Event::SignInFailed, "", "", "3 tries with unknown names");
    let first = noted(Event::SignInFailed, "", "", "Unknown name");
    assert_eq!(found[..2], [together, first], "a flood is one line a minute, without the names");
}

fn the_log_is_read_in_parts_newest_first(desk: &TestDesk) {
    desk.call(set_up()).unwrap();
    for second in 1..=3 {
        desk.at(&format!("2026-11-22T06:00:0{second}Z"));
        assert_eq!(try_in(desk, ADMIN, PASSWORD), Ok(()));
    }
    let whole = entries(desk);
    assert!(whole.windows(2).all(|pair| pair[0].at > pair[1].at), "{whole:?}");
    let mut found = Vec::new();
    let mut after = None;
    loop {
        let page = desk.call(ListSecurity { after, limit: Some(3), ..Default::default() }).unwrap();
        found.extend(page.entries);
        after = page.next;
        if after.is_none() {
            break;
        }
    }
    assert_eq!(found, whole);
    for limit in [0, 501] {
        let told =
            desk.call(ListSecurity { limit: Some(limit), ..Default::default() }).unwrap_err();
        assert_eq!(told.details[0].path, "limit");
    }
    let unknown = ListSecurity { after: Some(Id::random(1, [1; 10])), ..Default::default() };
    assert_eq!(desk.call(unknown).unwrap_err().details[0].path, "after");
}

#[test]
fn the_log_is_not_changed_and_nothing_of_it_goes() {
    let desk = TestDesk::direct();
    desk.call(set_up()).unwrap();
    let before = entries(&desk);
    let database = desk.database();
    let clock = desk.clock.clone();
    let folder = desk.close();
    let conn = rusqlite::Connection::open(database).unwrap();
    for (deed, why) in [
        ("delete from security_log", "the security log is kept"),
        ("update security_log set actor = ''", "the security log is immutable"),
    ] {
        let told = conn.execute(deed, []).unwrap_err().to_string();
        assert!(told.contains(why), "{told}");
    }
    drop(conn);
    let again = deskops_tests::desk::open(folder.path(), &clock).unwrap();
    let caller = Caller::at_this_computer();
    let left = deskops_core::Router::all().run(&again, &caller, "security/list", json!({}));
    assert_eq!(left.unwrap()["entries"], json!(before));
}
