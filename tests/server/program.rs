//! The program itself: started on a free port with a folder of its own, ended when it is dropped.

use std::fs::File;
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Output, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use deskops_tests::people::{ADMIN, PASSWORD, move_in};
use deskops_tests::window::until;
use rustix::process::{Pid, Signal, kill_process};
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::ask::{Answer, ask, request};

/// Numbers the logs.
static NEXT: AtomicU32 = AtomicU32::new(0);
const PATIENCE: Duration = Duration::from_secs(20);

/// For tests that ask more often than people may.
pub const UNLIMITED: [&str; 10] = [
    "--program-requests-per-minute",
    "0",
    "--program-requests-per-second",
    "0",
    "--device-requests-per-minute",
    "0",
    "--stranger-requests-per-minute",
    "0",
    "--sign-ins-per-minute",
    "0",
];

/// A folder with a database that is set up.
pub fn moved_in() -> TempDir {
    let folder = TempDir::new().unwrap();
    move_in(folder.path());
    folder
}

/// The program with its data in a folder, and nothing of the tester's own settings.
pub fn command(folder: &Path, arguments: &[&str]) -> Command {
    let program = std::env::var_os("DESKOPS_SERVER")
        .expect("DESKOPS_SERVER is not set; start this test by `cargo xtask test --only server`");
    let mut command = Command::new(program);
    for (name, _) in std::env::vars_os() {
        if name.to_string_lossy().starts_with("DESKOPS_") {
            command.env_remove(name);
        }
    }
    command.current_dir(folder).env("DESKOPS_DATA", folder).args(arguments);
    command.stdin(Stdio::null());
    command
}

/// Runs a task to its end.
pub fn task(folder: &Path, arguments: &[&str]) -> Output {
    command(folder, arguments).output().unwrap()
}

/// Runs a task that must succeed, and what it printed.
pub fn done(folder: &Path, arguments: &[&str]) -> String {
    let output = task(folder, arguments);
    assert!(output.status.success(), "{arguments:?}: {output:?}");
    String::from_utf8(output.stdout).unwrap()
}

/// Runs a task that must fail, and what it complained about.
pub fn fails(folder: &Path, arguments: &[&str]) -> String {
    let output = task(folder, arguments);
    assert_eq!(output.status.code(), Some(1), "{arguments:?}: {output:?}");
    String::from_utf8(output.stderr).unwrap()
}

/// A task that is told something on its standard input.
pub fn told(folder: &Path, arguments: &[&str], input: &str) -> Output {
    let mut command = command(folder, arguments);
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
    child.wait_with_output().unwrap()
}

/// A running server.
pub struct Server {
    child: Child,
    pub address: String,
    pub scheme: String,
    log: PathBuf,
}

impl Server {
    /// Starts it on a free port of this computer's own.
    pub fn start(folder: &Path, arguments: &[&str]) -> Self {
        Self::start_at(folder, "127.0.0.1:0", arguments)
    }

    /// Starts it on an address.
    pub fn start_at(folder: &Path, listen: &str, arguments: &[&str]) -> Self {
        let log = folder.join(format!("server-{}.log", NEXT.fetch_add(1, Ordering::Relaxed)));
        let mut command = command(folder, &[&["--listen", listen], arguments].concat());
        command.stdout(Stdio::piped()).stderr(File::create(&log).unwrap());
        let mut child = command.spawn().unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let line = lines.next().and_then(Result::ok);
        let line = line.unwrap_or_else(|| panic!("{}", std::fs::read_to_string(&log).unwrap()));
        let (scheme, address) =
            line.strip_prefix("listening on ").and_then(|url| url.split_once("://")).unwrap();
        Self { child, address: address.to_owned(), scheme: scheme.to_owned(), log }
    }

    pub fn get(&self, path: &str) -> Answer {
        ask(&self.address, &request("GET", path, &[], ""))
    }

    pub fn post(&self, path: &str, token: &str, body: &Value) -> Answer {
        let bearer = format!("Bearer {token}");
        let headers = [("Authorization", bearer.as_str())];
        ask(&self.address, &request("POST", path, &headers, &body.to_string()))
    }

    /// Signs the administrator in.
    pub fn sign_in(&self) -> String {
        let signed =
            self.post("/api/session/sign-in", "", &json!({"name": ADMIN, "password": PASSWORD}));
        assert_eq!(signed.status, 200, "{signed:?}");
        signed.json()["token"].as_str().unwrap().to_owned()
    }

    /// Enters a load that is known again by its note.
    pub fn enter(&self, token: &str, note: &str) -> Answer {
        let draft = json!({"siteId": "calasla290000000000000000", "date": "2026-11-20", "materialId": "MAT002", "qtyTon": "1.5", "notes": note});
        self.post("/api/dispatch/create", token, &json!({ "draft": draft }))
    }

    /// What it has logged so far.
    pub fn log(&self) -> String {
        std::fs::read_to_string(&self.log).unwrap()
    }

    /// What of it says that something failed.
    pub fn log_of_failures(&self) -> String {
        let log = self.log();
        let failures = log.lines().filter(|line| line.contains("ERROR"));
        failures.take(20).collect::<Vec<_>>().join("\n")
    }

    pub fn signal(&self, signal: Signal) {
        let id = i32::try_from(self.child.id()).ok().and_then(Pid::from_raw).unwrap();
        kill_process(id, signal).unwrap();
    }

    /// Waits for its end.
    pub fn ended(&mut self) -> ExitStatus {
        until("the end of the server", PATIENCE, || self.child.try_wait().unwrap())
    }

    /// Stops it in order.
    pub fn stop(mut self) {
        self.signal(Signal::TERM);
        assert_eq!(self.ended().code(), Some(0), "{}", self.log());
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended by itself: then there is nothing to end.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
