//! A database that cannot be used: said, with what to do, and never replaced by an empty one.

use std::fs;
use std::io::{Seek as _, SeekFrom, Write as _};
use std::path::Path;

use deskops_core::Trouble;
use deskops_domain::api::Code;
use deskops_tests::desk::open;
use deskops_tests::{TestDesk, production};
use rusqlite::config::DbConfig;
use tempfile::TempDir;

/// A closed desk with a record in it, and what opening it says after something happened to it.
fn reopened(happens: impl FnOnce(&Path)) -> (Trouble, TempDir) {
    let desk = TestDesk::direct();
    production().save(&desk);
    let clock = desk.clock.clone();
    let folder = desk.close();
    happens(&folder.path().join("deskops.db"));
    let Err(trouble) = open(folder.path(), &clock) else {
        panic!("a desk in trouble does not open")
    };
    let refusal = trouble.refusal();
    assert_eq!(refusal.code, Code::DatabaseUnavailable);
    assert!(refusal.hint.is_some_and(|hint| hint.len() > 20), "it says what to do");
    (trouble, folder)
}

#[test]
fn a_desk_that_was_closed_opens_with_everything_in_it() {
    let desk = TestDesk::direct();
    let entry = production().save(&desk);
    let clock = desk.clock.clone();
    let folder = desk.close();
    let desk = open(folder.path(), &clock).unwrap();
    assert_eq!(deskops_tests::desk::stored(&desk, &entry.id), entry);
}

/// The database and its log, byte for byte.
fn bytes(folder: &Path) -> Vec<Option<Vec<u8>>> {
    ["deskops.db", "deskops.db-wal"].map(|name| fs::read(folder.join(name)).ok()).into()
}

/// Changes a database as a program does that is then cut off: what it wrote is still in the log.
fn cut_off(file: &Path, sql: &str) {
    let conn = rusqlite::Connection::open(file).unwrap();
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true).unwrap();
    conn.execute_batch(sql).unwrap();
}

#[test]
fn a_database_of_a_newer_version_is_not_touched() {
    let mut before = Vec::new();
    let (trouble, folder) = reopened(|file| {
        cut_off(file, "insert into store_history values (99, 'later', 'x', '0')");
        before = bytes(file.parent().unwrap());
    });
    assert!(matches!(trouble, Trouble::Newer { theirs: 99, .. }), "{trouble:?}");
    assert!(before[1].as_ref().is_some_and(|log| !log.is_empty()), "the log is a part of it");
    assert_eq!(bytes(folder.path()), before, "not a byte was changed, of the file and of its log");
}

#[test]
fn a_first_start_that_was_cut_off_is_begun_again() {
    let whole = TestDesk::direct().close();
    let whole = fs::read(whole.path().join("deskops.db")).unwrap();
    for left in [&b""[..], b"SQLite format 3\0", &whole[..8192], &whole] {
        let folder = TempDir::new().unwrap();
        fs::write(folder.path().join("deskops.db.new"), left).unwrap();
        fs::write(folder.path().join("deskops.db.new-journal"), b"half a journal").unwrap();
        let clock = TestDesk::direct().clock.clone();
        let desk = open(folder.path(), &clock).unwrap();
        assert_eq!(desk.catalogue().materials.len(), 17, "{} bytes were left", left.len());
        assert!(!folder.path().join("deskops.db.new").exists());
    }
}

#[test]
fn records_that_are_gone_are_missed_and_not_begun_anew() {
    let (trouble, folder) = reopened(|file| fs::remove_file(file).unwrap());
    assert!(matches!(trouble, Trouble::Gone(_)), "{trouble:?}");
    assert!(!folder.path().join("deskops.db").exists());
}

#[test]
fn a_second_deskops_on_the_same_records_is_refused_while_the_first_runs() {
    let desk = TestDesk::direct();
    let folder = desk.database().parent().unwrap().to_owned();
    assert!(matches!(open(&folder, &desk.clock), Err(Trouble::InUse(_))));
    production().save(&desk);
    let clock = desk.clock.clone();
    let folder = desk.close();
    assert!(open(folder.path(), &clock).is_ok(), "once the first is closed, it opens");
}

#[test]
fn a_write_protected_file_is_told() {
    let (trouble, _folder) = reopened(|file| {
        let mut rights = fs::metadata(file).unwrap().permissions();
        rights.set_readonly(true);
        fs::set_permissions(file, rights).unwrap();
    });
    assert!(matches!(trouble, Trouble::NotWritable { .. }), "{trouble:?}");
}

#[test]
fn a_folder_that_cannot_be_made_is_told() {
    let desk = TestDesk::direct();
    let below_a_file = desk.database().join("inner");
    assert!(matches!(open(&below_a_file, &desk.clock), Err(Trouble::NotWritable { .. })));
}

#[test]
fn a_file_that_is_no_database_is_damaged() {
    for content in [&b""[..], b"hello", &[0; 8192]] {
        let (trouble, folder) = reopened(|file| fs::write(file, content).unwrap());
        assert!(matches!(trouble, Trouble::Damaged { .. }), "{trouble:?}");
        assert_eq!(
            fs::read(folder.path().join("deskops.db")).unwrap(),
            content,
            "no empty database took its place"
        );
    }
}

#[test]
fn overwritten_pages_are_found_before_anything_is_written() {
    let (trouble, _folder) = reopened(|file| {
        let mut open = fs::File::options().write(true).open(file).unwrap();
        open.seek(SeekFrom::Start(4096)).unwrap();
        open.write_all(&[0xa5; 4096 * 3]).unwrap();
    });
    assert!(matches!(trouble, Trouble::Damaged { .. }), "{trouble:?}");
}

#[test]
fn a_database_that_went_missing_beside_its_log_is_not_begun_anew() {
    let folder = TempDir::new().unwrap();
    fs::write(folder.path().join("deskops.db-wal"), b"what was not yet moved over").unwrap();
    let clock = TestDesk::direct().clock.clone();
    assert!(matches!(open(folder.path(), &clock), Err(Trouble::Gone(_))));
    assert!(!folder.path().join("deskops.db").exists());
}

#[test]
fn a_backup_opens_once_the_damaged_files_are_moved_away_together() {
    let desk = TestDesk::direct();
    let entry = production().save(&desk);
    let backup = desk.database().with_file_name("backup.db");
    desk.desk.copy_to(&backup).unwrap();
    let clock = desk.clock.clone();
    let folder = desk.close();
    let file = folder.path().join("deskops.db");
    cut_off(&file, "create table x (y); insert into x values (1)");
    fs::write(&file, b"damaged").unwrap();
    let Err(trouble) = open(folder.path(), &clock) else { panic!("it is damaged") };
    let hint = trouble.what_to_do();
    for name in ["deskops.db", "deskops.db-wal", "deskops.db-shm"] {
        assert!(hint.contains(name), "{hint}");
        let _ = fs::rename(folder.path().join(name), folder.path().join(format!("{name}.old")));
    }
    fs::copy(&backup, &file).unwrap();
    let desk = open(folder.path(), &clock).unwrap();
    assert_eq!(deskops_tests::desk::stored(&desk, &entry.id), entry);
}

#[test]
fn the_database_of_another_program_is_left_alone() {
    let (trouble, _folder) = reopened(|file| {
        fs::remove_file(file).unwrap();
        rusqlite::Connection::open(file)
            .unwrap()
            .execute_batch("create table photos (id integer)")
            .unwrap();
    });
    assert!(matches!(trouble, Trouble::Damaged { .. }), "{trouble:?}");
}
