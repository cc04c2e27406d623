//! How long a session lasts, and what ends it: the same with the records on a database server.

use deskops_core::Asking;
use deskops_domain::access::Caller;
use deskops_domain::api::session::{Hello, SignIn, SignOut, SignOutEverywhere};
use deskops_domain::api::{Code, Refusal};
use deskops_tests::TestDesk;
use deskops_tests::desk::{open, read};
use deskops_tests::people::{ADMIN, PASSWORD, set_up};

use super::facts;

facts!(
    a_session_lasts_while_it_is_used_and_ends_after_half_a_day,
    signing_out_ends_one_session_and_signing_out_everywhere_ends_all,
    what_is_kept_of_a_session_opens_nothing,
);

fn sign_in(desk: &TestDesk, password: &str) -> Result<String, Refusal> {
    Ok(desk.call(SignIn::new(ADMIN, password))?.token)
}

fn is_open(desk: &TestDesk, token: &str) -> bool {
    desk.desk.caller(&Asking::window(Some(token))).unwrap().is_signed_in()
}

fn n_sessions(desk: &TestDesk) -> i64 {
    read(&desk.desk, |conn| {
        Ok(conn.query_row("select count(*) from sessions", (), |row| row.get(0))?)
    })
}

fn a_session_lasts_while_it_is_used_and_ends_after_half_a_day(desk: &TestDesk) {
    let token = desk.call(set_up()).unwrap().token;
    for moment in ["2026-11-22T17:59:00Z", "2026-11-23T05:58:00Z", "2026-11-23T17:57:00Z"] {
        desk.at(moment);
        assert!(is_open(desk, &token), "{moment}");
    }
    desk.at("2026-11-24T05:57:00Z");
    assert!(!is_open(desk, &token), "twelve hours after it was used");
    desk.at("2026-11-23T18:00:00Z");
    assert!(is_open(desk, &token), "a clock that was wrong takes nothing away");
    desk.at("2026-11-24T06:00:00Z");
    sign_in(desk, PASSWORD).unwrap();
    assert_eq!(n_sessions(desk), 1, "the next one to sign in clears away what has ended");
}

fn signing_out_ends_one_session_and_signing_out_everywhere_ends_all(desk: &TestDesk) {
    let one = desk.call(set_up()).unwrap().token;
    let [two, three] = [(); 2].map(|()| sign_in(desk, PASSWORD).unwrap());
    desk.call(SignOut { token: one.clone() }).unwrap();
    desk.call(SignOut { token: one.clone() }).expect("twice is no error");
    assert_eq!([&one, &two, &three].map(|token| is_open(desk, token)), [false, true, true]);
    let told = desk.call(SignOutEverywhere {}).unwrap_err();
    assert_eq!(told.code, Code::Forbidden, "the computer itself is no user");
    let noura = serde_json::json!({});
    let caller = desk.desk.caller(&Asking::window(Some(&two))).unwrap();
    desk.raw_as(&caller, "session/sign-out-everywhere", noura).unwrap();
    assert_eq!([&two, &three].map(|token| is_open(desk, token)), [false, false]);
    assert!(sign_in(desk, PASSWORD).is_ok());
}

fn what_is_kept_of_a_session_opens_nothing(desk: &TestDesk) {
    let token = desk.call(set_up()).unwrap().token;
    let kept: String = read(&desk.desk, |conn| {
        Ok(conn.query_row("select token_hash from sessions", (), |row| row.get(0))?)
    });
    assert!(kept.len() == 64 && kept != token);
    assert!(!is_open(desk, &kept));
}

#[test]
fn sessions_of_a_file_end_with_the_program_and_waiting_does_not() {
    let mut desk = TestDesk::direct();
    desk.caller = Caller::nobody();
    let token = desk.call(set_up()).unwrap().token;
    for _ in 0..6 {
        assert!(sign_in(&desk, "wrong!!!").is_err());
    }
    let clock = desk.clock.clone();
    let folder = desk.close();
    let again = open(folder.path(), &clock).unwrap();
    assert_eq!(again.caller(&Asking::window(Some(&token))).unwrap(), Caller::nobody());
    let ask = serde_json::json!({"name": ADMIN, "password": PASSWORD});
    let told = deskops_core::Router::all()
        .run(&again, &Caller::nobody(), "session/sign-in", ask)
        .unwrap_err();
    assert_eq!(told.code, Code::TooManyTries, "a restart forgives nothing");
}

#[test]
fn who_may_sign_in_is_told_at_a_computer_of_ones_own() {
    let mut desk = TestDesk::direct();
    desk.call(set_up()).unwrap();
    desk.caller = Caller::nobody();
    assert_eq!(desk.call(Hello {}).unwrap().people.len(), 1);
}

#[cfg(all(feature = "postgres", unix))]
#[test]
fn who_may_sign_in_on_a_server_is_told_to_no_stranger() {
    let mut desk = TestDesk::postgres();
    let token = desk.call(set_up()).unwrap().token;
    desk.caller = Caller::nobody();
    assert_eq!(desk.call(Hello {}).unwrap().people, []);
    desk.sit(&token);
    assert_eq!(desk.call(Hello {}).unwrap().people.len(), 1);
}
