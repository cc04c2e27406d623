//! Two started servers on one PostgreSQL, as head office runs them behind a load balancer.

use std::process::Stdio;
use std::thread;

use deskops_tests::cluster::Cluster;
use serde_json::json;
use tempfile::TempDir;

use crate::program::{Server, command, done};

/// A person who may sign in at every server.
pub fn with_administrator(folder: &TempDir, url: &str) {
    let arguments = ["user", "add", "noura", "--full-name", "Noura Al-Harbi"];
    let arguments = [&arguments[..], &["--role", "admin", "--password-stdin"]].concat();
    let mut add = command(folder.path(), &arguments);
    add.env("DESKOPS_DATABASE_URL", url).stdin(Stdio::piped()).stdout(Stdio::null());
    let mut add = add.spawn().unwrap();
    std::io::Write::write_all(&mut add.stdin.take().unwrap(), b"deskops-demo\n").unwrap();
    assert!(add.wait().unwrap().success());
}

mod postgres {
    use super::*;

    #[test]
    fn what_is_saved_at_one_server_is_there_at_the_other_and_survives_both() {
        let cluster = Cluster::start("");
        let url = cluster.fresh_url().reveal().to_owned();
        let folders = [TempDir::new().unwrap(), TempDir::new().unwrap()];
        with_administrator(&folders[0], &url);
        let arguments = ["--database-url", url.as_str()];
        let [one, other] =
            folders.each_ref().map(|folder| Server::start(folder.path(), &arguments));
        let (token, other_token) = (one.sign_in(), other.sign_in());
        thread::scope(|scope| {
            for (server, token) in [(&one, &token), (&other, &other_token)] {
                scope.spawn(move || {
                    for n in 0..15 {
                        let saved = server.enter(token, &format!("{}-{n}", server.address));
                        assert_eq!(saved.status, 200, "{saved:?}");
                    }
                });
            }
        });
        let filter = json!({"filter": {"siteId": "calasla290000000000000000", "voided": false}});
        for (server, token) in [(&one, &token), (&other, &other_token)] {
            let sums = server.post("/api/dispatch/sums", token, &filter).json();
            assert_eq!(sums["rows"], 30, "{sums}");
        }
        // No warning, no goodbye.
        one.signal(rustix::process::Signal::KILL);
        other.signal(rustix::process::Signal::KILL);
        let looked = done(folders[1].path(), &["--database-url", &url, "verify"]);
        assert!(looked.contains("All is as it should be."), "{looked}");
        assert!(looked.contains("30 changes"), "{looked}");
        let devices = done(folders[1].path(), &["--database-url", &url, "device", "list"]);
        assert!(devices.contains("noura: API client (API client), Active, seen "), "{devices}");
    }
}
