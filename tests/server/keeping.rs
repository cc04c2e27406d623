//! Backup, restore, verify and people: what an administrator does with the records.

use std::path::Path;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use deskops_tests::people::{ADMIN, PASSWORD};
use deskops_tests::window::until;
use serde_json::json;

use crate::program::{Server, done, fails, moved_in, told};

/// The notes of the loads that a database holds.
fn notes(database: &Path) -> Vec<String> {
    let conn = rusqlite::Connection::open(database).unwrap();
    let mut statement = conn.prepare("select notes from dispatch order by notes").unwrap();
    let rows = statement.query_map([], |row| row.get(0)).unwrap();
    rows.collect::<Result<_, _>>().unwrap()
}

#[test]
fn a_backup_while_others_write_holds_everything_that_was_acknowledged_before_it_and_comes_back() {
    let folder = moved_in();
    let (path, at) = (folder.path(), |name: &str| folder.path().join(name));
    let unlimited = ["--program-requests-per-minute", "0", "--device-requests-per-minute", "0"];
    let server = Server::start(path, &unlimited);
    let token = server.sign_in();
    let (is_over, written) = (AtomicBool::new(false), Mutex::new(Vec::new()));
    let (before, all) = std::thread::scope(|scope| {
        let (written, server, token, is_over) = (&written, &server, &token, &is_over);
        for writer in 0..2 {
            scope.spawn(move || {
                for n in 0..5_000 {
                    if is_over.load(Ordering::Relaxed) {
                        return;
                    }
                    let note = format!("load {writer}-{n:04}");
                    assert_eq!(server.enter(token, &note).status, 200);
                    written.lock().unwrap().push(note);
                }
            });
        }
        let some = || Some(()).filter(|()| written.lock().unwrap().len() > 10);
        until("some loads", Duration::from_secs(20), some);
        let before = written.lock().unwrap().clone();
        let said = done(path, &["backup", "copy.db"]);
        let after = written.lock().unwrap().len();
        until("more loads", Duration::from_secs(20), || {
            Some(()).filter(|()| written.lock().unwrap().len() > after)
        });
        is_over.store(true, Ordering::Relaxed);
        let sum = said.split("sha256 ").nth(1).unwrap().trim();
        assert_eq!(sum, sha256(&at("copy.db")));
        let all = written.lock().unwrap().clone();
        (before, all)
    });
    let told = fails(path, &["backup", "copy.db"]);
    assert!(told.contains("is there already"), "{told}");
    let told = fails(path, &["restore", "copy.db"]);
    assert!(told.contains("Nothing was restored") && told.contains("already open"), "{told}");
    assert!(done(path, &["verify"]).contains("All is as it should be"), "while it runs");
    server.stop();
    assert!(notes(&at("deskops.db")).len() >= all.len(), "every acknowledged load is there");
    done(path, &["verify", "copy.db"]);
    let backup = std::fs::read(at("copy.db")).unwrap();

    let said = done(path, &["restore", "copy.db"]);
    let aside = said.split("lies in ").nth(1).unwrap().split(", with its log").next().unwrap();
    assert!(notes(&Path::new(aside).join("deskops.db")).len() >= all.len(), "kept aside, whole");
    let back = notes(&at("deskops.db"));
    for note in &before {
        assert!(back.contains(note), "{note} was acknowledged before the backup");
    }
    assert!(std::fs::read(at("copy.db")).unwrap() == backup, "the backup stays as it is");
    let server = Server::start(path, &[]);
    let token = server.sign_in();
    assert_eq!(server.enter(&token, "after the restore").status, 200);
    server.stop();
    done(path, &["verify"]);
}

fn sha256(file: &Path) -> String {
    use sha2::Digest as _;
    deskops_domain::change::hex(&sha2::Sha256::digest(std::fs::read(file).unwrap()))
}

#[test]
fn a_restore_on_an_empty_computer_works_and_nothing_but_a_database_of_ours_is_restored() {
    let folder = moved_in();
    done(folder.path(), &["backup", "copy.db"]);
    let other = tempfile::TempDir::new().unwrap();
    let copy = folder.path().join("copy.db");
    let said = done(other.path(), &["restore", copy.to_str().unwrap()]);
    assert!(said.contains("There was no database before"), "{said}");
    assert!(done(other.path(), &["user", "list"]).contains(ADMIN));
    std::fs::write(other.path().join("x.db"), "not a database").unwrap();
    let told = fails(other.path(), &["restore", "x.db"]);
    assert!(told.contains("not a SQLite database"), "{told}");
    assert!(done(other.path(), &["user", "list"]).contains(ADMIN), "what is there stays");
}

#[test]
fn verify_finds_a_byte_that_was_changed_in_a_record_and_in_its_change() {
    let folder = moved_in();
    let database = folder.path().join("deskops.db");
    let server = Server::start(folder.path(), &[]);
    let token = server.sign_in();
    assert_eq!(server.enter(&token, "unmistakable").status, 200);
    server.stop();
    done(folder.path(), &["verify"]);
    let whole = std::fs::read(&database).unwrap();
    let places: Vec<usize> =
        (0..whole.len() - 12).filter(|at| &whole[*at..*at + 12] == b"unmistakable").collect();
    assert!(places.len() >= 2, "once in the record, once in its change");
    let mut found = Vec::new();
    for at in places {
        let mut changed = whole.clone();
        changed[at] = b'X';
        std::fs::write(&database, changed).unwrap();
        let output = crate::program::task(folder.path(), &["verify"]);
        assert_eq!(output.status.code(), Some(1), "{output:?}");
        found.push(String::from_utf8(output.stdout).unwrap());
    }
    let any = |words: &str| found.iter().any(|text| text.contains(words));
    assert!(
        any("notes is \"Xnmistakable\", and its changes make it \"unmistakable\""),
        "{found:?}"
    );
    assert!(any("its hash is not that of its bytes"), "{found:?}");
}

#[test]
fn verify_finds_a_lost_record_a_lost_change_and_stock_that_does_not_follow() {
    let tamper = [
        ("delete from dispatch", "has changes, and no row"),
        (
            "drop trigger changes_are_kept; delete from changes where entity = 'dispatch'",
            "1 and 0 changes",
        ),
        (
            "update inventory set closing_kg = closing_kg + 1",
            "closing is not opening and what moved",
        ),
        (
            "update inventory set dispatched_kg = dispatched_kg + 1, closing_kg = closing_kg - 1",
            "its records make",
        ),
        ("update desk set unsent = unsent + 1", "are not sent"),
    ];
    let folder = moved_in();
    let server = Server::start(folder.path(), &[]);
    let token = server.sign_in();
    assert_eq!(server.enter(&token, "a load").status, 200);
    server.stop();
    let database = folder.path().join("deskops.db");
    let whole = std::fs::read(&database).unwrap();
    for (sql, words) in tamper {
        std::fs::write(&database, &whole).unwrap();
        let conn = rusqlite::Connection::open(&database).unwrap();
        conn.execute_batch(sql).unwrap();
        drop(conn);
        let output = crate::program::task(folder.path(), &["verify"]);
        let said = String::from_utf8_lossy(&output.stdout).into_owned();
        assert!(output.status.code() == Some(1) && said.contains(words), "{sql}: {said}");
    }
}

#[test]
fn devices_are_listed_and_ended_from_the_command_line() {
    let folder = moved_in();
    let path = folder.path();
    assert!(done(path, &["device", "list"]).contains("Nobody has signed in on a device yet."));
    let server = Server::start(path, &[]);
    let device = json!({"key": "a1".repeat(32), "name": "Site office 2", "app": "1.4.2"});
    let body = json!({"name": ADMIN, "password": PASSWORD, "device": device});
    let signed_in = server.post("/api/session/sign-in", "", &body).json();
    server.stop();
    let listed = done(path, &["device", "list"]);
    let id = signed_in["device"].as_str().unwrap();
    assert!(
        listed.starts_with(&format!("{id} {ADMIN}: Site office 2 (Program 1.4.2), Active, seen "))
    );
    assert!(listed.trim_end().ends_with("from 127.0.0.1"), "{listed}");
    let told = fails(path, &["device", "revoke", "c000000000000000000000000"]);
    assert!(told.contains("There is no device"), "{told}");
    done(path, &["device", "revoke", id]);
    assert!(done(path, &["device", "list"]).contains("Revoked"));
    let server = Server::start(path, &[]);
    let refresh = json!({"token": signed_in["refresh"], "key": "a1".repeat(32)});
    assert_eq!(server.post("/api/session/refresh", "", &refresh).status, 401);
    assert_eq!(server.post("/api/session/sign-in", "", &body).status, 403);
    server.stop();
}

#[test]
fn people_are_kept_from_the_command_line_and_passwords_come_by_standard_input() {
    let folder = moved_in();
    let path = folder.path();
    let add = [
        "user",
        "add",
        "huda",
        "--full-name",
        "Huda Q",
        "--role",
        "moderator",
        "--site",
        "alasla-29",
        "--password-stdin",
    ];
    let output = told(path, &add, "a-long-password\n");
    assert!(output.status.success(), "{output:?}");
    let again = told(path, &add, "a-long-password\n");
    assert!(String::from_utf8_lossy(&again.stderr).contains("somebody else"), "{again:?}");
    let sign_in = |password: &str| {
        let server = Server::start(path, &[]);
        let body = json!({"name": "huda", "password": password});
        let status = server.post("/api/session/sign-in", "", &body).status;
        let told = fails(path, &["user", "list"]);
        assert!(told.contains("A DeskOps runs on the records"), "{told}");
        server.stop();
        status
    };
    assert_eq!(sign_in("a-long-password"), 200);
    let reset =
        told(path, &["user", "reset-password", "huda", "--password-stdin"], "another-password");
    assert!(reset.status.success(), "{reset:?}");
    assert_eq!((sign_in("a-long-password"), sign_in("another-password")), (401, 200));
    done(path, &["user", "disable", "huda"]);
    assert!(
        done(path, &["user", "list"]).contains("Huda Q, Moderator, ALASLA-29; may not sign in")
    );
    assert_ne!(sign_in("another-password"), 200);
    let told = fails(path, &["user", "disable", ADMIN]);
    assert!(told.contains("last administrator"), "{told}");
    let typed = crate::program::task(
        path,
        &["user", "add", "x", "--full-name", "X", "--role", "admin", "--password", "p"],
    );
    assert_eq!(typed.status.code(), Some(2), "a password is no argument");
}
