//! Head office on the page: absent in a browser, told in the window, and never an empty screen.

mod common;

use common::{Fake, html, now, page, session, welcome};
use deskops_domain::access::Role;
use deskops_domain::api::connection::{Account, Connection, Hindrance, Server, Standing, Trouble};
use deskops_domain::api::{Code, Refusal};
use deskops_ui::browser;

fn nowhere() -> Connection {
    Connection { server: None, account: None, has_keyring: true, trouble: None }
}

fn somewhere() -> Connection {
    let server = Server {
        address: "https://deskops.example".into(),
        name: "deskops.example".into(),
        pin: None,
        version: Some("0.1.0".into()),
        last_contact: Some(now()),
        clock_ms: Some(120),
    };
    Connection { server: Some(server), ..nowhere() }
}

fn signed_in(standing: Standing) -> Connection {
    let account =
        Account { user: "huda".into(), full_name: "Huda Q".into(), since: now(), standing };
    Connection { account: Some(account), ..somewhere() }
}

/// The connection screen in the window, as somebody of this role sees it.
fn screen(connection: &Connection, role: Role) -> String {
    browser::stand_in_window();
    browser::set_hash("/connection");
    let session = deskops_domain::api::session::Session { role, ..session() };
    let fake = Fake::at_work()
        .answer("session/hello", welcome(session))
        .answer("connection/state", connection.clone())
        .answer("connection/greet", connection.clone());
    html(&page(&fake))
}

#[test]
fn a_browser_has_no_connection_and_says_that_it_shows_head_office_itself() {
    let fake = Fake::at_work();
    let shown = html(&page(&fake));
    assert!(!shown.contains("#/connection") && !shown.contains("office-pill"), "{shown}");
    assert!(!fake.names().iter().any(|name| name.starts_with("connection/")), "nobody is asked");
    browser::set_hash("/connection");
    let shown = html(&page(&Fake::at_work()));
    assert!(shown.contains("comes from head office itself"), "{shown}");
}

#[test]
fn the_header_says_how_this_computer_stands_to_head_office() {
    let away = Trouble {
        kind: Hindrance::TimedOut,
        message: "deskops.example did not answer in time.".into(),
        hint: "Try again.".into(),
    };
    for (connection, words) in [
        (nowhere(), "Not connected to head office"),
        (somewhere(), "Not signed in to head office"),
        (signed_in(Standing::SignedIn), "Signed in to deskops.example as huda"),
        (signed_in(Standing::Ended), "Sign in to head office again"),
        (signed_in(Standing::NotKept), "Sign in to head office again"),
        (
            Connection { trouble: Some(away), ..signed_in(Standing::SignedIn) },
            "Head office does not answer",
        ),
    ] {
        let shown = screen(&connection, Role::Admin);
        assert!(shown.contains(words), "{words}: {shown}");
        assert!(shown.contains("#/connection"), "the menu leads there");
    }
}

#[test]
fn an_administrator_types_the_address_and_others_are_told_who_does() {
    let shown = screen(&nowhere(), Role::Admin);
    assert!(shown.contains("id=\"office-address\"") && !shown.contains("office-password"));
    let shown = screen(&nowhere(), Role::Operator);
    assert!(!shown.contains("id=\"office-address\""), "{shown}");
    assert!(shown.contains("An administrator of this computer does that here."), "{shown}");
    let shown = screen(&somewhere(), Role::Operator);
    assert!(shown.contains("id=\"office-password\""), "everybody may sign in: {shown}");
    assert!(!shown.contains("Forget head office"), "{shown}");
}

#[test]
fn what_holds_is_shown_and_a_lost_sign_in_is_explained() {
    let shown = screen(&signed_in(Standing::SignedIn), Role::Operator);
    for words in [
        "https://deskops.example (DeskOps 0.1.0)",
        "Huda Q (huda)",
        "22 Nov, 10:42",
        "The same, to the second",
        "In the keyring of this computer",
        "By who vouches for its certificate",
        "Sign out of head office",
    ] {
        assert!(shown.contains(words), "{words}: {shown}");
    }
    let without = Connection { has_keyring: false, ..signed_in(Standing::NotKept) };
    let shown = screen(&without, Role::Operator);
    let waits = Connection { has_keyring: false, ..somewhere() };
    let before = screen(&waits, Role::Operator);
    assert!(before.contains("you will sign in again after a restart"), "{before}");
    assert!(shown.contains("ended with the last restart"), "{shown}");
    assert!(shown.contains("value=\"huda\""), "the name is there already: {shown}");
}

#[test]
fn a_connection_that_cannot_be_read_says_so_and_offers_to_try_again() {
    browser::stand_in_window();
    browser::set_hash("/connection");
    let refusal = Refusal::new(Code::DatabaseError, "Something failed.");
    let shown = html(&page(&Fake::at_work().refuse("connection/state", refusal)));
    assert!(shown.contains("The connection cannot be shown.") && shown.contains("Try again"));
}
