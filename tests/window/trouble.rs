//! A database that cannot be used: the window opens, says so, says what to do, and changes nothing.

use std::fs;
use std::path::Path;

use deskops_core::{Desk, Place};
use deskops_tests::window::{Desktop, Home};

/// Starts the window on a database to which something happened, and reads what it says.
fn told(name: &str, happens: impl FnOnce(&Path)) -> String {
    let home = Home::new();
    drop(Desk::open(Place::in_folder(&home.data())).unwrap());
    let file = home.data().join("deskops.db");
    happens(&file);
    let before = fs::read(&file).unwrap();
    let desktop = Desktop::start(&home);
    desktop.page.wait_for(".trouble");
    let words = desktop.page.text(".trouble").unwrap();
    desktop.shot(name);
    assert!(words.contains("deskops.db") && words.contains("Try again"), "{words}");
    desktop.close();
    assert_eq!(fs::read(&file).unwrap(), before, "the file is untouched");
    words
}

#[test]
fn a_damaged_database_is_told_and_left_as_it_is() {
    let words = told("trouble-damaged", |file| fs::write(file, b"not a database").unwrap());
    assert!(words.contains("damaged") && words.contains("backup"), "{words}");
}

#[test]
fn a_database_of_a_newer_deskops_is_told() {
    let words = told("trouble-newer", |file| {
        let conn = rusqlite::Connection::open(file).unwrap();
        conn.execute("insert into store_history values (99, 'later', 'x', '0')", []).unwrap();
    });
    assert!(words.contains("newer DeskOps") && words.contains("Install"), "{words}");
}

#[test]
fn a_write_protected_database_is_told() {
    let words = told("trouble-protected", |file| {
        let mut rights = fs::metadata(file).unwrap().permissions();
        rights.set_readonly(true);
        fs::set_permissions(file, rights).unwrap();
    });
    assert!(words.contains("write-protected"), "{words}");
}

#[test]
fn a_second_window_on_the_same_records_is_told_and_opens_once_the_first_is_closed() {
    let home = Home::new();
    let first = Desk::open(Place::in_folder(&home.data())).unwrap();
    let desktop = Desktop::start(&home);
    desktop.page.wait_text(".trouble", "already open");
    drop(first);
    desktop.page.click(".trouble button");
    desktop.page.wait_for("[data-screen=\"sign-in\"]");
    desktop.close();
}
