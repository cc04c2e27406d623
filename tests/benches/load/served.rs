//! A started server, and clients that keep their line to it.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use deskops_core::DatabaseUrl;
use deskops_tests::desk::SITE;
use deskops_tests::people::{ADMIN, PASSWORD};
use serde_json::{Value, json};

use crate::Client;

/// The program beside this bench, or the one that `DESKOPS_SERVER` names.
fn program() -> PathBuf {
    std::env::var_os("DESKOPS_SERVER").map_or_else(
        || {
            let own = std::env::current_exe().expect("a bench is a program");
            own.ancestors().nth(2).expect("target/release").join("deskops-server")
        },
        PathBuf::from,
    )
}

/// A running server; it ends when this is dropped.
pub struct Served {
    child: Child,
    address: String,
}

impl Served {
    pub fn start(folder: &Path, arguments: &[&str]) -> Self {
        let mut command = Command::new(program());
        command.args(["--listen", "127.0.0.1:0", "--log-level", "warn"]).args(arguments);
        for limit in [
            "program-requests-per-minute",
            "program-requests-per-second",
            "device-requests-per-minute",
            "sign-ins-per-minute",
        ] {
            command.args([format!("--{limit}"), "0".to_owned()]);
        }
        command.env("DESKOPS_DATA", folder).stdin(Stdio::null()).stdout(Stdio::piped());
        let mut child = command.spawn().expect("the server is built: see above");
        let said = child.stdout.take().expect("it is piped");
        let line = BufReader::new(said).lines().next().expect("it says so").expect("a line");
        let address = line.strip_prefix("listening on http://").expect("an address").to_owned();
        Self { child, address }
    }

    /// Somebody who is signed in.
    pub fn client(&self) -> Line {
        let mut line = Line::open(&self.address);
        let person = json!({"name": ADMIN, "password": PASSWORD});
        let signed = line.ask("session/sign-in", &person);
        line.token = signed["token"].as_str().expect("a token").to_owned();
        line
    }

    /// The most memory that it has had.
    pub fn peak_mb(&self) -> u64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id()));
        let status = status.expect("it runs");
        let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        line.and_then(|line| line.split_whitespace().next()?.parse::<u64>().ok()).unwrap_or(0)
            / 1_024
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The administrator, on a database server.
pub fn add_person(folder: &Path, url: &DatabaseUrl) {
    let mut command = Command::new(program());
    command.args(["user", "add", ADMIN, "--full-name", "Noura", "--role", "admin"]);
    command.args(["--password-stdin", "--database-url", url.reveal()]);
    command.env("DESKOPS_DATA", folder).stdin(Stdio::piped()).stdout(Stdio::null());
    let mut child = command.spawn().expect("the server is built: see above");
    let mut input = child.stdin.take().expect("it is piped");
    input.write_all(format!("{PASSWORD}\n").as_bytes()).expect("it listens");
    drop(input);
    assert!(child.wait().expect("it ends").success());
}

/// A line that is kept open.
pub struct Line {
    stream: BufReader<TcpStream>,
    token: String,
}

impl Line {
    fn open(address: &str) -> Self {
        let stream = TcpStream::connect(address).expect("it listens");
        stream.set_nodelay(true).expect("a setting");
        Self { stream: BufReader::new(stream), token: String::new() }
    }

    fn ask(&mut self, name: &str, input: &Value) -> Value {
        let body = input.to_string();
        let request = format!(
            "POST /api/{name} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nAuthorization: Bearer {}\r\nContent-Length: {}\r\n\r\n{body}",
            self.token,
            body.len()
        );
        self.stream.get_mut().write_all(request.as_bytes()).expect("it listens");
        let (mut status, mut length) = (String::new(), 0);
        loop {
            let mut line = String::new();
            self.stream.read_line(&mut line).expect("an answer");
            if status.is_empty() {
                status.clone_from(&line);
            }
            if let Some(text) = line.to_lowercase().strip_prefix("content-length:") {
                length = text.trim().parse().expect("a length");
            }
            if line == "\r\n" {
                break;
            }
        }
        let mut body = vec![0; length];
        self.stream.read_exact(&mut body).expect("a whole answer");
        assert!(status.starts_with("HTTP/1.1 200"), "{status} {}", String::from_utf8_lossy(&body));
        serde_json::from_slice(&body).expect("JSON")
    }
}

impl Client for Line {
    fn save(&mut self, _: u64, date: &str) {
        let draft =
            json!({"siteId": SITE, "date": date, "materialId": "MAT002", "qtyTon": "28.500"});
        self.ask("dispatch/create", &json!({ "draft": draft }));
    }

    fn list(&mut self) {
        let filter = json!({"siteId": SITE, "dateFrom": "2026-10-21", "dateTo": "2026-11-20"});
        let page = self.ask("dispatch/list", &json!({"filter": filter, "limit": 50}));
        assert_eq!(page["entries"].as_array().map(Vec::len), Some(50));
    }
}
