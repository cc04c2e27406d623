//! The people of this computer, as an administrator keeps them.

use deskops_core::Asking;
use deskops_domain::access::{Caller, Role};
use deskops_domain::api::session::{Hello, NewPerson, SignIn};
use deskops_domain::api::users::{CreateUser, EditUser, ListUsers, ResetPassword, Rights, User};
use deskops_domain::api::{Code, Refusal};
use deskops_domain::id::Id;
use deskops_tests::TestDesk;
use deskops_tests::desk::SITE;
use deskops_tests::people::{PASSWORD, set_up};
use serde_json::json;

/// A desk with its first administrator at it.
fn ready() -> (TestDesk, User) {
    let mut desk = TestDesk::direct();
    desk.caller = Caller::nobody();
    let token = desk.call(set_up()).unwrap().token;
    desk.sit(&token);
    let admin = desk.call(ListUsers {}).unwrap().remove(0);
    (desk, admin)
}

fn omar() -> CreateUser {
    let person = NewPerson {
        name: "Omar".into(),
        full_name: "Omar Al-Ghamdi".into(),
        password: "123456".into(),
    };
    let rights = Rights { role: Role::Operator, sites: Some(vec![SITE.into()]) };
    CreateUser { person, rights }
}

fn edit(user: &User) -> EditUser {
    EditUser {
        id: user.id.clone(),
        full_name: user.full_name.clone(),
        rights: user.rights.clone(),
        is_active: user.is_active,
    }
}

fn token(desk: &TestDesk, name: &str, password: &str) -> Result<String, Refusal> {
    let ask = SignIn::new(name, password);
    Ok(desk.call(ask)?.token)
}

#[test]
fn a_user_is_made_listed_and_signs_in_with_their_own_rights() {
    let (mut desk, admin) = ready();
    let user = desk.call(omar()).unwrap();
    assert_eq!((user.name.as_str(), user.created_by.as_str()), ("omar", "noura"));
    assert_eq!(desk.call(ListUsers {}).unwrap(), [admin, user.clone()]);
    let refusal = desk.call(omar()).unwrap_err();
    assert_eq!(
        (refusal.details[0].path.as_str(), refusal.details[0].code.as_str()),
        ("name", "E-USER-NAME")
    );
    let token = token(&desk, "OMAR", "123456").unwrap();
    desk.sit(&token);
    let rights = Rights { role: desk.caller.role.unwrap(), sites: desk.caller.sites.clone() };
    assert_eq!((desk.caller.user.as_str(), rights), ("omar", user.rights));
}

#[test]
fn only_an_administrator_keeps_users() {
    let mut desk = TestDesk::direct();
    for role in [Role::Operator, Role::Moderator] {
        desk.caller = Caller::named("u", Some(role), None);
        for name in ["list", "create", "edit", "reset-password"] {
            let refusal = desk.raw(&format!("users/{name}"), json!({})).unwrap_err();
            assert_eq!(refusal.code, Code::Forbidden, "{name} as {role:?}");
        }
    }
}

#[test]
fn what_an_administrator_changes_holds_at_once() {
    let (desk, _) = ready();
    let user = desk.call(omar()).unwrap();
    let token_of_omar = token(&desk, "omar", "123456").unwrap();
    let caller = || desk.desk.caller(&Asking::window(Some(&token_of_omar))).unwrap();
    assert_eq!(caller().role, Some(Role::Operator));
    let rights = Rights { role: Role::Moderator, sites: None };
    let changed = desk.call(EditUser { rights, ..edit(&user) }).unwrap();
    assert_eq!((caller().role, caller().sites), (Some(Role::Moderator), None));
    let gone = desk.call(EditUser { is_active: false, ..edit(&changed) }).unwrap();
    assert_eq!(caller(), Caller::nobody());
    let refusal = token(&desk, "omar", "123456").unwrap_err();
    assert_eq!(refusal.code, Code::Forbidden, "told to one who knows the password");
    assert_eq!(token(&desk, "omar", "wrong!!!").unwrap_err().code, Code::Unauthorized);
    assert!(desk.call(Hello {}).unwrap().people.iter().all(|person| person.name != "omar"));
    desk.call(EditUser { is_active: true, ..edit(&gone) }).unwrap();
    assert_eq!(caller(), Caller::nobody(), "an old session does not come back");
    assert!(token(&desk, "omar", "123456").is_ok());
}

#[test]
fn a_reset_password_ends_sessions_and_the_waiting() {
    let (desk, _) = ready();
    let user = desk.call(omar()).unwrap();
    let before = token(&desk, "omar", "123456").unwrap();
    for _ in 0..6 {
        assert!(token(&desk, "omar", "wrong!!!").is_err());
    }
    let short = ResetPassword { id: user.id.clone(), password: "12345".into() };
    assert_eq!(desk.call(short).unwrap_err().details[0].code, "E-PASSWORD");
    desk.call(ResetPassword { id: user.id, password: PASSWORD.into() }).unwrap();
    assert_eq!(desk.desk.caller(&Asking::window(Some(&before))).unwrap(), Caller::nobody());
    assert!(token(&desk, "omar", PASSWORD).is_ok());
    let nobody = ResetPassword { id: Id::random(1, [1; 10]), password: PASSWORD.into() };
    assert_eq!(desk.call(nobody).unwrap_err().code, Code::NotFound);
}

#[test]
fn the_last_administrator_stays_one() {
    let (desk, admin) = ready();
    let demoted = Rights { role: Role::Operator, sites: None };
    let demote = EditUser { rights: demoted, ..edit(&admin) };
    let leave = EditUser { is_active: false, ..edit(&admin) };
    for (ask, path) in [(demote.clone(), "rights.role"), (leave, "isActive")] {
        let problem = desk.call(ask).unwrap_err().details.remove(0);
        assert_eq!((problem.path.as_str(), problem.code.as_str()), (path, "E-LAST-ADMIN"));
    }
    let rights = Rights { role: Role::Admin, sites: None };
    desk.call(CreateUser { rights, ..omar() }).unwrap();
    assert!(desk.call(demote).is_ok(), "there is another one now");
}

#[test]
fn rights_name_sites_that_there_are() {
    let (desk, _) = ready();
    let rights = |role, sites: Option<Vec<&str>>| Rights {
        role,
        sites: sites.map(|sites| sites.into_iter().map(str::to_owned).collect()),
    };
    for wrong in [
        rights(Role::Operator, Some(vec![])),
        rights(Role::Operator, Some(vec!["cnowhere"])),
        rights(Role::Admin, Some(vec![SITE])),
    ] {
        let refusal = desk.call(CreateUser { rights: wrong, ..omar() }).unwrap_err();
        let problem = &refusal.details[0];
        assert_eq!((problem.path.as_str(), problem.code.as_str()), ("rights.sites", "E-SITES"));
    }
    assert_eq!(desk.call(ListUsers {}).unwrap().len(), 1);
}
