//! The started server against its own document, by schemathesis: it makes up requests of all kinds and
//! looks whether each answer is one that the document names. `cargo xtask test --only schemathesis`.
//!
//! What it makes up is the same each time, as far as the time reaches: the seed is fixed. Two runs,
//! because commands are many and alike (one code for every kind of record), and the addresses of the
//! contract are few and each its own: those are tried more deeply.

use std::path::Path;
use std::process::Command;

use serde_json::{Value, json};

use crate::program::{Server, UNLIMITED, moved_in};

/// What must hold of each answer. Whether wrong input is refused is no check of these: drafts take
/// numbers as texts, too, which the document does not tempt anybody to send.
const CHECKS: &str = "not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance";
/// Seconds of a run; there are two, and each starts up and sums up besides.
const SECONDS: &str = "35";
const SITE: &str = "calasla290000000000000000";

/// Puts real ids into a document, so that what is made up gets past the question whether they exist.
fn with_real_ids(document: &mut Value) {
    let known = |name: &str| match name {
        "siteId" => Some(json!([SITE, "cnowhere0000000000000000a"])),
        "materialId" => Some(json!(["MAT001", "MAT002", "MAT999"])),
        "equipmentId" => Some(json!(["EQ001", "EQ999"])),
        "roleId" => Some(json!(["ROLE_LABORER", "ROLE_NOBODY"])),
        _ => None,
    };
    if document["in"] == "query"
        && let Some(ids) = document["name"].as_str().and_then(known)
    {
        document["schema"] = json!({ "type": "string", "enum": ids });
    }
    if let Some(properties) = document.get_mut("properties").and_then(Value::as_object_mut) {
        for (name, schema) in properties {
            if let Some(ids) = known(name).filter(|_| schema["type"] == "string") {
                *schema = json!({ "type": "string", "enum": ids });
            }
        }
    }
    match document {
        Value::Object(fields) => fields.values_mut().for_each(with_real_ids),
        Value::Array(all) => all.iter_mut().for_each(with_real_ids),
        _ => {}
    }
}

/// A run with these words besides. What it found, and how many requests it made.
fn run(folder: &Path, server: &Server, token: &str, words: &[&str]) -> String {
    let program = std::env::var_os("DESKOPS_SCHEMATHESIS").expect(
        "DESKOPS_SCHEMATHESIS is not set; start this by `cargo xtask test --only schemathesis`",
    );
    let mut command = Command::new(program);
    command.current_dir(folder).arg("run").arg(folder.join("openapi.json"));
    command.args(["--url", &format!("http://{}", server.address)]);
    command.args(["-H", &format!("Authorization: Bearer {token}")]);
    command.args(["--checks", CHECKS, "--seed", "20261125", "--max-time", SECONDS]);
    command.args(["--continue-on-failure", "--no-shrink", "--warnings", "off"]);
    command.args(["--no-color", "--output-sanitize", "true", "--workers", "1"]).args(words);
    let output = command.output().expect("schemathesis starts");
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.status.success(), "{said}\n{}", server.log_of_failures());
    said
}

#[test]
fn g_06_every_answer_is_one_that_the_document_names() {
    let folder = moved_in();
    let server = Server::start(folder.path(), &[&["--log-level", "warn"][..], &UNLIMITED].concat());
    let mut document = server.get("/api/openapi.json").json();
    with_real_ids(&mut document);
    std::fs::write(folder.path().join("openapi.json"), document.to_string()).unwrap();
    let token = server.sign_in();
    // The stream of events never ends, which is no answer that can be waited for.
    let contract = ["--exclude-tag", "Commands", "--exclude-path", "/api/events"];
    let contract = [&contract[..], &["--phases", "examples,coverage,fuzzing"]].concat();
    let contract = run(folder.path(), &server, &token, &[&contract[..], &["-n", "10"]].concat());
    // Commands of the session are left out because they end the very one that asks; every one of them
    // has tests of its own.
    let commands = ["--include-tag", "Commands", "--exclude-path-regex", "^/api/session/"];
    let commands = [&commands[..], &["--phases", "fuzzing", "-n", "3"]].concat();
    let commands = run(folder.path(), &server, &token, &commands);
    for said in [contract, commands] {
        let lines = said.lines().map(str::trim);
        let counts = ["Selected:", "Tested:"];
        let is_count = |line: &&str| {
            counts.iter().any(|it| line.starts_with(it)) || line.contains(" generated, ")
        };
        println!("schemathesis: {}", lines.filter(is_count).collect::<Vec<_>>().join("; "));
    }
    // A server that refuses everything would pass, too.
    let figures = server.get("/metrics").body;
    let outcomes = figures.lines().filter_map(|line| {
        let (code, count) =
            line.strip_prefix("deskops_command_outcomes_total{code=")?.split_once(' ')?;
        Some((code.to_owned(), count.parse::<u64>().ok()?))
    });
    let outcomes: Vec<_> = outcomes.collect();
    let all: u64 = outcomes.iter().map(|(_, count)| count).sum();
    let of = |code: &str| {
        outcomes.iter().filter(|(name, _)| name.contains(code)).map(|it| it.1).sum::<u64>()
    };
    println!("schemathesis: {} of {all} requests were done and not refused", of("\"OK\""));
    assert!(of("\"OK\"") * 20 > all, "{outcomes:?}");
    assert_eq!(of("RATE_LIMIT"), 0, "{outcomes:?}");
    assert_eq!(server.get("/api/ready").status, 200, "it lives on");
    server.stop();
}
