//! The set-up, signing in, waiting after wrong passwords, signing out, one's own password.

use deskops_core::Asking;
use deskops_domain::access::{Caller, Role};
use deskops_domain::api::session::{ChangePassword, Hello, SignIn, SignOut};
use deskops_domain::api::{Code, Refusal};
use deskops_tests::TestDesk;
use deskops_tests::desk::{SITE, read};
use deskops_tests::people::{PASSWORD, set_up};
use serde_json::json;

fn sign_in(desk: &TestDesk, name: &str, password: &str) -> Result<String, Refusal> {
    let signed_in = desk.call(SignIn::new(name, password))?;
    Ok(signed_in.token)
}

/// A desk that is set up, with nobody at it.
fn ready(mut desk: TestDesk) -> TestDesk {
    desk.caller = Caller::nobody();
    desk.call(set_up()).unwrap();
    desk
}

#[test]
fn the_set_up_names_the_site_makes_the_administrator_and_happens_once() {
    for mut desk in [TestDesk::direct(), TestDesk::http()] {
        desk.caller = Caller::nobody();
        let starting = desk.call(Hello {}).unwrap().set_up.expect("there is no user yet");
        assert_eq!(starting.site.code, "ALASLA-29");
        assert!(starting.zones.contains(&"Asia/Riyadh".to_owned()));
        let mut ask = set_up();
        ask.site.name = "  Wadi Recycling ".into();
        ask.site.timezone = "Asia/Dubai".into();
        ask.site.days_off = vec![6, 5, 6];
        ask.administrator.name = " Noura ".into();
        let signed_in = desk.call(ask).unwrap();
        assert_eq!((signed_in.user.name.as_str(), signed_in.user.role), ("noura", Role::Admin));
        assert_eq!(desk.call(set_up()).unwrap_err().code, Code::Forbidden, "once");

        let outside = desk.call(Hello {}).unwrap();
        assert_eq!((outside.set_up, outside.session), (None, None));
        assert_eq!(outside.people, [signed_in.user]);
        desk.sit(&signed_in.token);
        let session = desk.call(Hello {}).unwrap().session.unwrap();
        assert_eq!(
            (session.user.as_str(), session.full_name.as_str()),
            ("noura", "Noura Al-Harbi")
        );
        let site = session.catalogue.site(SITE).unwrap();
        assert_eq!((site.name.as_str(), site.timezone.as_str()), ("Wadi Recycling", "Asia/Dubai"));
        assert_eq!(site.days_off, [5, 6]);
        assert_eq!(session.today[0].offset_minutes, 240, "the new zone counts at once");
    }
}

#[test]
fn a_wrong_set_up_tells_everything_at_once_and_changes_nothing() {
    let mut desk = TestDesk::direct();
    desk.caller = Caller::nobody();
    let mut ask = set_up();
    ask.site.code = String::new();
    ask.site.timezone = "Mars/Olympus".into();
    ask.administrator.name = "two words".into();
    ask.administrator.password = "short".into();
    let refusal = desk.call(ask).unwrap_err();
    let found: Vec<_> =
        refusal.details.iter().map(|each| (each.path.as_str(), each.code.as_str())).collect();
    let expected = [
        ("site.code", "E-SITE-CODE"),
        ("site.timezone", "E-TIMEZONE"),
        ("administrator.name", "E-USER-NAME"),
        ("administrator.password", "E-PASSWORD"),
    ];
    assert_eq!(found, expected);
    assert!(!format!("{refusal:?}").contains("short"), "a password is never repeated");
    assert!(desk.call(Hello {}).unwrap().set_up.is_some());
}

#[test]
fn a_password_is_kept_as_argon2id_and_nothing_of_a_user_is_sent() {
    let desk = ready(TestDesk::direct());
    let hash: String = read(&desk.desk, |conn| {
        Ok(conn.query_row("select password_hash from users", (), |row| row.get(0))?)
    });
    assert!(hash.starts_with("$argon2id$v=19$"), "{hash}");
    let n_sent: u32 = read(&desk.desk, |conn| {
        let sql = "select (select count(*) from changes) + (select count(*) from outbox)";
        Ok(conn.query_row(sql, (), |row| row.get(0))?)
    });
    assert_eq!(n_sent, 0, "users are this computer's own");
}

#[test]
fn an_unknown_name_and_a_wrong_password_are_told_in_the_same_words() {
    for desk in [ready(TestDesk::direct()), ready(TestDesk::http())] {
        let wrong = sign_in(&desk, "noura", "wrong password").unwrap_err();
        assert_eq!(wrong.code, Code::Unauthorized);
        assert_eq!(sign_in(&desk, "nobody", "wrong password").unwrap_err(), wrong);
        assert!(sign_in(&desk, " NOURA ", PASSWORD).is_ok(), "capitals do not matter in a name");
    }
}

#[test]
fn after_five_wrong_passwords_one_waits_and_is_never_locked_out_for_ever() {
    let desk = ready(TestDesk::direct());
    for name in ["noura", "nobody"] {
        desk.at("2026-11-22T06:00:00Z");
        for _ in 0..5 {
            assert_eq!(sign_in(&desk, name, "wrong!!!").unwrap_err().code, Code::Unauthorized);
        }
        let refusal = sign_in(&desk, name, PASSWORD).unwrap_err();
        assert_eq!(refusal.code, Code::TooManyTries);
        assert_eq!(refusal.hint.as_deref(), Some("Wait 30 seconds and try again."), "{name}");
        desk.at("2026-11-22T06:00:30Z");
        assert_eq!(sign_in(&desk, name, "wrong!!!").unwrap_err().code, Code::Unauthorized);
        let hint = sign_in(&desk, name, "wrong!!!").unwrap_err().hint.unwrap();
        assert!(hint.contains("60 seconds"), "{hint}");
    }
    desk.at("2026-11-22T06:01:30Z");
    assert!(sign_in(&desk, "noura", PASSWORD).is_ok());
    assert_eq!(
        sign_in(&desk, "noura", "wrong!!!").unwrap_err().code,
        Code::Unauthorized,
        "the count began anew"
    );
}

#[test]
fn a_token_is_good_until_it_is_signed_out_and_another_one_stays() {
    let mut desk = ready(TestDesk::direct());
    let (one, two) =
        (sign_in(&desk, "noura", PASSWORD).unwrap(), sign_in(&desk, "noura", PASSWORD).unwrap());
    assert_ne!(one, two);
    assert_eq!(one.len(), 64);
    desk.call(SignOut { token: one.clone() }).unwrap();
    desk.call(SignOut { token: one.clone() }).expect("twice is no error");
    desk.sit(&one);
    assert_eq!(desk.raw("users/list", json!({})).unwrap_err().code, Code::Unauthorized);
    desk.sit(&two);
    assert!(desk.raw("users/list", json!({})).is_ok());
}

#[test]
fn changing_ones_password_ends_the_other_sessions_and_goes_on_in_a_new_one() {
    let mut desk = ready(TestDesk::direct());
    let old = sign_in(&desk, "noura", PASSWORD).unwrap();
    desk.sit(&old);
    let change = |old: &str, new: &str| ChangePassword { old: old.into(), new: new.into() };
    let refusal = desk.call(change("wrong!!!", "654321")).unwrap_err();
    assert_eq!(refusal.details[0].code, "E-PASSWORD-OLD");
    let refusal = desk.call(change(PASSWORD, "12345")).unwrap_err();
    assert_eq!(
        (refusal.details[0].path.as_str(), refusal.details[0].code.as_str()),
        ("new", "E-PASSWORD")
    );
    let new = desk.call(change(PASSWORD, "654321")).unwrap().token;
    assert_eq!(desk.desk.caller(&Asking::window(Some(&old))).unwrap(), Caller::nobody());
    desk.sit(&new);
    assert!(desk.raw("users/list", json!({})).is_ok());
    assert_eq!(sign_in(&desk, "noura", PASSWORD).unwrap_err().code, Code::Unauthorized);
    assert!(sign_in(&desk, "noura", "654321").is_ok(), "a PIN of six digits");
}

#[test]
fn the_computer_itself_has_no_password() {
    let desk = TestDesk::direct();
    let change = ChangePassword { old: PASSWORD.into(), new: "654321".into() };
    assert_eq!(desk.call(change).unwrap_err().code, Code::Forbidden);
}
