//! The tokens of programs: short, exchanged for others, and worth nothing to a thief.

use deskops_core::Asking;
use deskops_domain::access::Carrier;
use deskops_domain::api::security::{ListSecurity, SecurityEvent as Event};
use deskops_domain::api::session::{SignOutEverywhere, SignedIn};
use deskops_domain::api::{Code, Command as _};
use deskops_tests::TestDesk;
use deskops_tests::desk::{open, read};
use deskops_tests::people::{ADMIN, PASSWORD, as_who, device, set_up, sign_in_on, stranger};
use serde_json::{Value as Json, json};

use super::facts;

facts!(
    a_program_is_given_a_short_token_and_another_one_for_the_next_two,
    an_answer_that_was_lost_is_given_again_and_a_token_that_was_used_up_ends_the_session,
    without_the_key_of_its_device_a_refresh_token_is_worth_nothing,
    what_ends_sessions_ends_those_of_programs_too,
    what_is_kept_gives_no_tokens,
);

const ME: (&str, &str) = (ADMIN, PASSWORD);

fn program() -> Asking {
    stranger(Carrier::Bearer, "10.0.0.7")
}

fn refresh(desk: &TestDesk, before: &SignedIn, key: Option<String>) -> Result<SignedIn, Code> {
    let input = json!({"token": before.refresh, "key": key});
    let done = desk.ask(&program(), "session/refresh", input).map_err(|told| told.code)?;
    Ok(serde_json::from_value(done).unwrap())
}

fn is_open(desk: &TestDesk, signed_in: &SignedIn) -> bool {
    desk.ask(&as_who(&program(), signed_in), "users/list", json!({})).is_ok()
}

fn n_noted(desk: &TestDesk, event: Event) -> usize {
    let list = ListSecurity { event: Some(event), ..ListSecurity::default() };
    desk.call(list).unwrap().entries.len()
}

fn a_program_is_given_a_short_token_and_another_one_for_the_next_two(desk: &TestDesk) {
    desk.call(set_up()).unwrap();
    let first = sign_in_on(desk, &program(), ME, Some(device(1))).unwrap();
    assert_eq!(first.expires_in, Some(900));
    desk.at("2026-11-22T06:14:59Z");
    assert!(is_open(desk, &first));
    desk.at("2026-11-22T06:15:00Z");
    assert!(!is_open(desk, &first), "using it makes it last no longer");
    let second = refresh(desk, &first, Some(device(1).key)).unwrap();
    assert_eq!(
        (second.expires_in, &second.device, &second.user),
        (Some(900), &first.device, &first.user)
    );
    assert!(is_open(desk, &second) && !is_open(desk, &first));
    // Refreshed or not, it lasts thirty days from the last time.
    desk.at("2026-12-22T06:14:59Z");
    let third = refresh(desk, &second, Some(device(1).key)).unwrap();
    desk.at("2027-01-21T06:14:59Z");
    assert_eq!(refresh(desk, &third, Some(device(1).key)).map(|_| ()), Err(Code::Unauthorized));
    let page = sign_in_on(desk, &stranger(Carrier::Page, "10.0.0.7"), ME, None).unwrap();
    assert_eq!((page.expires_in, page.refresh), (None, None), "a page sits as long as it is used");
}

fn an_answer_that_was_lost_is_given_again_and_a_token_that_was_used_up_ends_the_session(
    desk: &TestDesk,
) {
    desk.call(set_up()).unwrap();
    let key = Some(device(1).key);
    let first = sign_in_on(desk, &program(), ME, Some(device(1))).unwrap();
    let second = refresh(desk, &first, key.clone()).unwrap();
    // However long the laptop slept: nobody has used what it was to be given.
    desk.at("2026-11-22T06:10:00Z");
    for _ in 0..3 {
        let again = refresh(desk, &first, key.clone()).unwrap();
        assert_eq!((&again.token, &again.refresh), (&second.token, &second.refresh));
        assert_eq!(again.expires_in, Some(300));
    }
    assert!(is_open(desk, &second));
    // An answer that was slower than the one that was used.
    desk.at("2026-11-22T06:11:00Z");
    assert_eq!(refresh(desk, &first, key.clone()).unwrap().token, second.token);
    assert_eq!(n_noted(desk, Event::RefreshReused), 0);
    desk.at("2026-11-22T06:11:00.001Z");
    assert_eq!(refresh(desk, &first, key.clone()).map(|_| ()), Err(Code::Unauthorized));
    assert!(!is_open(desk, &second), "whichever of the two is the thief");
    assert_eq!(refresh(desk, &second, key).map(|_| ()), Err(Code::Unauthorized));
    assert_eq!(n_noted(desk, Event::RefreshReused), 1);
}

fn without_the_key_of_its_device_a_refresh_token_is_worth_nothing(desk: &TestDesk) {
    desk.call(set_up()).unwrap();
    let mine = sign_in_on(desk, &program(), ME, Some(device(1))).unwrap();
    for key in [None, Some(device(2).key), Some("x".to_owned())] {
        assert_eq!(refresh(desk, &mine, key).map(|_| ()), Err(Code::Unauthorized));
    }
    assert_eq!(n_noted(desk, Event::RefreshRefused), 3);
    let id = mine.refresh.as_deref().unwrap().split_once('.').unwrap().0;
    for made_up in [format!("{id}.{}", "0".repeat(64)), id.into(), "x.y".into(), ".".into()] {
        let guess = SignedIn { refresh: Some(made_up), ..mine.clone() };
        assert_eq!(refresh(desk, &guess, None).map(|_| ()), Err(Code::Unauthorized));
    }
    assert!(is_open(desk, &mine), "who knows the id alone ends nobody's session");
    let mut upper = device(1).key;
    upper.make_ascii_uppercase();
    assert!(refresh(desk, &mine, Some(upper)).is_ok());
    let without = sign_in_on(desk, &program(), ME, None).unwrap();
    assert!(refresh(desk, &without, None).is_ok(), "a program without a key");
}

fn what_ends_sessions_ends_those_of_programs_too(desk: &TestDesk) {
    let set_up = desk.call(set_up()).unwrap();
    let one = sign_in_on(desk, &program(), ME, None).unwrap();
    let noura = as_who(&stranger(Carrier::Page, "10.0.0.7"), &set_up);
    desk.ask(&noura, &SignOutEverywhere::name(), json!({})).unwrap();
    assert_eq!(refresh(desk, &one, None).map(|_| ()), Err(Code::Unauthorized));
    let two = sign_in_on(desk, &program(), ME, None).unwrap();
    let change = json!({"old": PASSWORD, "new": "654321"});
    let changed = desk.ask(&as_who(&program(), &two), "session/change-password", change).unwrap();
    let changed: SignedIn = serde_json::from_value(changed).unwrap();
    assert_eq!(refresh(desk, &two, None).map(|_| ()), Err(Code::Unauthorized));
    assert_eq!(changed.device, two.device, "it goes on on the same device");
    let next = refresh(desk, &changed, None).unwrap();
    desk.ask(&program(), "session/sign-out", json!({"token": next.token})).unwrap();
    assert_eq!(refresh(desk, &next, None).map(|_| ()), Err(Code::Unauthorized));
    let three = sign_in_on(desk, &program(), (ADMIN, "654321"), None).unwrap();
    // Its short token has ended by itself long since.
    desk.at("2026-11-22T09:00:00Z");
    let sign_out = |token: &str| {
        desk.ask(&program(), "session/sign-out", json!({"token": token})).unwrap();
    };
    let token = three.refresh.clone().unwrap();
    sign_out(&format!("{}.{}", token.split_once('.').unwrap().0, "0".repeat(64)));
    let four = refresh(desk, &three, None).expect("who knows the id alone ends nothing");
    sign_out(four.refresh.as_ref().unwrap());
    assert_eq!(refresh(desk, &four, None).map(|_| ()), Err(Code::Unauthorized));
}

fn what_is_kept_gives_no_tokens(desk: &TestDesk) {
    desk.call(set_up()).unwrap();
    let key = device(1).key;
    let first = sign_in_on(desk, &program(), ME, Some(device(1))).unwrap();
    let second = refresh(desk, &first, Some(key.clone())).unwrap();
    let kept: Vec<String> = read(&desk.desk, |conn| {
        let sql = "select token_hash, refresh_hash, previous_hash, rotation, d.key_hash
                   from sessions s join devices d on d.id = s.device_id";
        Ok(conn.query_row(sql, (), |row| (0..5).map(|at| row.get(at)).collect())?)
    });
    let secret = |told: &SignedIn| told.refresh.clone().unwrap().split_once('.').unwrap().1.into();
    let secrets: [String; 5] =
        [first.token.clone(), second.token.clone(), secret(&first), secret(&second), key];
    for secret in &secrets {
        assert!(secret.len() == 64 && !kept.contains(secret));
    }
    for stolen in kept {
        assert!(!is_open(desk, &SignedIn { token: stolen, ..first.clone() }));
    }
}

#[test]
fn a_server_on_a_file_that_starts_anew_signs_out_no_program() {
    let desk = TestDesk::direct();
    let page = desk.call(set_up()).unwrap();
    let signed_in = sign_in_on(&desk, &program(), ME, None).unwrap();
    let clock = desk.clock.clone();
    let folder = desk.close();
    let again = open(folder.path(), &clock).unwrap();
    let caller = again.caller(&as_who(&program(), &signed_in)).unwrap();
    assert_eq!(caller.user, ADMIN);
    assert!(!again.caller(&Asking::window(Some(&page.token))).unwrap().is_signed_in());
    let input: Json = json!({"token": signed_in.refresh});
    let stranger = again.caller(&program()).unwrap();
    let router = deskops_core::Router::all();
    assert!(router.run(&again, &stranger, "session/refresh", input).is_ok());
}
