//! Who is there: the door, the set-up, the user menu, the page of users, and a session that ends.

mod common;

use common::{Fake, html, id, now, page, session, welcome};
use deskops_domain::access::Role;
use deskops_domain::api::session::{Starting, Welcome};
use deskops_domain::api::users::{Rights, User};
use deskops_domain::api::{Code, Refusal};
use deskops_domain::catalogue::Site;
use deskops_ui::browser;
use deskops_ui::client::{keep_token, token};

fn outside() -> Welcome {
    Welcome { session: None, ..welcome(session()) }
}

#[test]
fn whoever_is_not_signed_in_sees_the_door_and_nothing_behind_it() {
    let fake = Fake::default().answer("session/hello", outside());
    let html = html(&page(&fake));
    for words in ["Huda Q (huda), Administrator", "Omar G (omar), Operator", "Choose your name"] {
        assert!(html.contains(words), "{words}: {html}");
    }
    assert!(html.contains("type=\"password\"") && html.contains("current-password"));
    assert!(!html.contains("<nav"), "{html}");
    assert_eq!(fake.names(), ["session/hello"], "nothing else is asked");
}

#[test]
fn the_only_user_of_a_computer_is_chosen_already() {
    let mut welcome = outside();
    welcome.people.truncate(1);
    let html = html(&page(&Fake::default().answer("session/hello", welcome)));
    assert!(!html.contains("Choose your name"), "{html}");
}

#[test]
fn where_strangers_may_ask_a_name_is_typed() {
    let welcome = Welcome { people: Vec::new(), ..outside() };
    let html = html(&page(&Fake::default().answer("session/hello", welcome)));
    assert!(html.contains("Sign-in name") && html.contains("autocomplete=\"username\""), "{html}");
    assert!(!html.contains("<select"), "{html}");
    assert!(!html.contains("Works without a network"), "it does not: {html}");
}

#[test]
fn a_new_computer_is_set_up_from_what_it_begins_with() {
    let site = Site { name: "Al Asla".into(), ..session().catalogue.sites.remove(0) };
    let zones = vec!["Asia/Dubai".to_owned(), "Asia/Riyadh".to_owned()];
    let welcome =
        Welcome { set_up: Some(Starting { site, zones }), people: Vec::new(), ..outside() };
    let html = html(&page(&Fake::default().answer("session/hello", welcome)));
    for words in ["Step 1 of 2", "value=\"Al Asla\"", "value=\"Asia/Dubai\"", "value=\"00:00\""] {
        assert!(html.contains(words), "{words}: {html}");
    }
    assert_eq!(html.matches("type=\"checkbox\"").count(), 7, "the days of the week");
}

#[test]
fn a_session_that_has_ended_is_asked_for_over_the_page_and_the_page_stays() {
    keep_token(Some("old"));
    let refusal = Refusal::new(Code::Unauthorized, "Sign in first.");
    let html = html(&page(&Fake::at_work().refuse("dashboard/board", refusal)));
    assert!(html.contains("Sign in again") && html.contains("are saved as soon as"), "{html}");
    assert!(html.contains("<nav"), "what was on the screen stays");
    assert!(html.contains("Huda (huda)") && !html.contains("Omar G"), "by the same person");
    assert_eq!(token().as_deref(), Some("old"), "it is replaced by the next one");
}

#[test]
fn the_menu_of_the_user_says_who_it_is_and_the_way_out() {
    let html = html(&page(&Fake::at_work()));
    for words in ["huda · Administrator", "Change password", "Sign out"] {
        assert!(html.contains(words), "{words}");
    }
}

#[test]
fn only_an_administrator_is_offered_the_users() {
    assert!(html(&page(&Fake::at_work())).contains("aria-label=\"Users\""));
    for role in [Role::Operator, Role::Moderator] {
        let mut session = session();
        session.role = role;
        let fake = Fake::at_work().answer("session/hello", welcome(session));
        assert!(!html(&page(&fake)).contains("Users"), "{role:?}");
    }
}

#[test]
fn the_users_are_listed_with_their_rights() {
    let user = |number: u8, name: &str, role, sites: Option<Vec<String>>, is_active| User {
        id: id(number),
        name: name.into(),
        full_name: format!("Full {name}"),
        rights: Rights { role, sites },
        is_active,
        created_at: now(),
        created_by: "huda".into(),
        updated_at: now(),
        updated_by: "huda".into(),
    };
    let users = vec![
        user(1, "huda", Role::Admin, None, true),
        user(2, "omar", Role::Operator, Some(vec![common::SITE.into()]), false),
    ];
    browser::set_hash("/users");
    let html = html(&page(&Fake::at_work().answer("users/list", users)));
    for words in [
        "Full huda",
        "Every site",
        "Full omar",
        "ALASLA-29",
        "data-active=\"false\"",
        "22 Nov, 10:42 by huda",
    ] {
        assert!(html.contains(words), "{words}: {html}");
    }
}

#[test]
fn the_page_of_users_says_when_it_may_not_be_seen() {
    browser::set_hash("/users");
    let refusal = Refusal::new(Code::Forbidden, "Your role may not do this. Ask a supervisor.");
    let html = html(&page(&Fake::at_work().refuse("users/list", refusal)));
    assert!(html.contains("Your role may not do this"), "{html}");
}
