//! Where settings come from, and what is wrong with them.

use crate::program::{command, done, fails, moved_in};
use tempfile::TempDir;

#[test]
fn a_flag_goes_before_a_variable_a_variable_before_the_file_and_the_file_before_the_default() {
    let folder = TempDir::new().unwrap();
    let file = "listen = '127.0.0.1:1'\nrequest-timeout-seconds = 11\nbody-limit-kib = 111\nlog-level = 'warn'\n";
    std::fs::write(folder.path().join("deskops-server.toml"), file).unwrap();
    let mut command = command(folder.path(), &["config", "--listen", "127.0.0.1:3"]);
    command.env("DESKOPS_BIND", "127.0.0.1:2").env("DESKOPS_REQUEST_TIMEOUT_SECONDS", "22");
    let printed =
        String::from_utf8(command.env("DESKOPS_LOG_LEVEL", "").output().unwrap().stdout).unwrap();
    for line in [
        "listen = \"127.0.0.1:3\" # from --listen",
        "request-timeout-seconds = 22 # from DESKOPS_REQUEST_TIMEOUT_SECONDS",
        "deskops-server.toml, line 3",
        "# shutdown-grace-seconds = 10",
    ] {
        assert!(printed.contains(line), "{line}: {printed}");
    }
    assert!(printed.contains("\nbody-limit-kib = 111 # from "), "{printed}");
    assert!(printed.contains("\nlog-level = \"warn\" # from "), "an empty variable says nothing");
    let other = folder.path().join("other.toml");
    std::fs::write(&other, "body-limit-kib = 99\n").unwrap();
    let printed = done(folder.path(), &["config", "--config", other.to_str().unwrap()]);
    assert!(printed.contains("\nbody-limit-kib = 99 # from "), "{printed}");
    assert!(!printed.contains("127.0.0.1:1"), "the named file stands in place of the other");
}

#[test]
fn an_unknown_key_is_refused_by_its_name_and_line() {
    let folder = TempDir::new().unwrap();
    std::fs::write(folder.path().join("deskops-server.toml"), "# ours\nlistn = '127.0.0.1:1'\n")
        .unwrap();
    let told = fails(folder.path(), &["serve"]);
    assert!(told.contains("line 2: there is no setting `listn`"), "{told}");
    let told = fails(folder.path(), &["serve", "--config", "nowhere.toml"]);
    assert!(told.contains("nowhere.toml cannot be read"), "{told}");
}

#[test]
fn plain_http_off_this_computer_is_refused_with_a_sentence() {
    let folder = TempDir::new().unwrap();
    for listen in ["0.0.0.0:0", "[::]:0"] {
        let told = fails(folder.path(), &["--listen", listen]);
        assert!(told.contains("would send passwords to them unencrypted"), "{told}");
    }
    assert!(!folder.path().join("deskops.db").exists(), "nothing was begun");
}

#[test]
fn a_password_in_the_settings_is_never_printed_and_never_sent_unencrypted() {
    let folder = moved_in();
    let url = "postgres://ops:s3cret@db.example/deskops";
    for arguments in [
        &["--database-url", url, "verify"][..],
        &["--database-url", url, "backup", "x"],
        &["--database-url", url, "user", "list"],
        &["--database-url", "s3cret"],
    ] {
        let told = fails(folder.path(), arguments);
        assert!(!told.contains("s3cret"), "{told}");
    }
    let told = fails(folder.path(), &["--database-url", url, "user", "list"]);
    assert!(told.contains("db.example") && told.contains("sslmode=require"), "{told}");
    assert!(!done(folder.path(), &["config", "--database-url", url]).contains("s3cret"));
}
