//! Who may know whom, and under which licences others' code comes in: read from cargo, not from what we believe.

use anyhow::{Context as _, Result};
use serde_json::Value;

use super::Finding;
use crate::project::Project;

/// A crate of ours, and which of ours it may use.
const MAY_KNOW: &[(&str, &[&str])] = &[
    ("deskops-domain", &[]),
    ("deskops-core", &["deskops-domain"]),
    ("deskops-demo", &["deskops-core", "deskops-domain"]),
    ("deskops-link", &["deskops-core", "deskops-domain"]),
    ("deskops-server", &["deskops-core", "deskops-domain"]),
    ("deskops-ui", &["deskops-domain"]),
    ("deskops", &["deskops-core", "deskops-domain", "deskops-link"]),
    (
        "deskops-tests",
        &[
            "deskops-core",
            "deskops-demo",
            "deskops-domain",
            "deskops-link",
            "deskops-server",
            "deskops-ui",
        ],
    ),
    ("xtask", &[]),
];

/// Everything that the domain may use: nothing here reads a file, a socket or a clock.
const DOMAIN_USES: &[&str] = &[
    "chrono",
    "chrono-tz",
    "rust_decimal",
    "schemars",
    "serde",
    "serde_json",
    "sha2",
    "thiserror",
];

/// Crates that only one of ours may use.
const ONLY_IN: &[(&str, &[&str])] = &[
    ("rusqlite", &["deskops-core", "deskops-tests"]),
    ("refinery", &["deskops-core"]),
    ("tokio-postgres", &["deskops-core", "deskops-tests"]),
    ("tauri", &["deskops"]),
    ("axum", &["deskops-server", "deskops-tests"]),
    ("dioxus", &["deskops-ui"]),
    ("keyring", &["deskops-link"]),
    ("keyring-core", &["deskops-link", "deskops-tests"]),
    ("reqwest", &["deskops-link", "deskops-server"]),
];

/// Licences that we accept: permissive, or weak where only a file is covered.
const LICENCES: &[&str] = &[
    "0BSD",
    "Apache-2.0",
    "Apache-2.0 WITH LLVM-exception",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "BSL-1.0",
    "CC0-1.0",
    "CDLA-Permissive-2.0",
    "ISC",
    "MIT",
    "MIT-0",
    "MPL-2.0",
    "Unicode-3.0",
    "Unlicense",
    "Zlib",
];

/// Arrows between crates that should not be there.
pub fn findings(project: &Project) -> Result<Vec<Finding>> {
    let metadata = project.metadata(&["--no-deps", "--offline"])?;
    let mut found = Vec::new();
    for package in list(&metadata["packages"])? {
        let name = text(&package["name"]);
        let Some((_, known)) = MAY_KNOW.iter().find(|(ours, _)| *ours == name) else {
            found.push(format!("{name} is new: say in xtask/src/tidy/crates.rs whom it may know"));
            continue;
        };
        for dependency in list(&package["dependencies"])? {
            let used = text(&dependency["name"]);
            let is_of_tests = dependency["kind"].as_str() == Some("dev");
            let is_ours = MAY_KNOW.iter().any(|(ours, _)| *ours == used);
            if is_ours && !known.contains(&used) {
                found.push(format!(
                    "{name} uses {used}, which it may not know (ARCHITECTURE.md says why)"
                ));
            }
            if name == "deskops-domain" && !is_of_tests && !DOMAIN_USES.contains(&used) {
                found.push(format!("{name} uses {used}; the domain does no I/O and has a short list of dependencies"));
            }
            let keepers =
                ONLY_IN.iter().find(|(kept, _)| *kept == used).map(|(_, keepers)| *keepers);
            if keepers.is_some_and(|keepers| !keepers.contains(&name)) {
                found.push(format!(
                    "{name} uses {used}, which only {} may",
                    keepers.unwrap_or_default().join(" and ")
                ));
            }
        }
    }
    Ok(found)
}

/// Dependencies whose licence we do not accept.
pub fn licence_findings(project: &Project) -> Result<Vec<Finding>> {
    let metadata = project.metadata(&[])?;
    let mut found = Vec::new();
    for package in list(&metadata["packages"])? {
        let licence = package["license"].as_str().unwrap_or("");
        if !is_accepted(licence) {
            let (name, version) = (text(&package["name"]), text(&package["version"]));
            found.push(format!(
                "{name} {version} comes under `{licence}`, which is not on our list"
            ));
        }
    }
    Ok(found)
}

/// Whether one may use what comes under this expression: one of the alternatives is accepted whole.
fn is_accepted(expression: &str) -> bool {
    // The old way to write a choice was a slash; brackets only ever hold a choice in what we have met.
    let flat = expression.replace('/', " OR ").replace(['(', ')'], "");
    if expression.contains(") AND") || expression.contains("AND (") {
        return flat
            .split(" AND ")
            .all(|part| part.split(" OR ").any(|licence| LICENCES.contains(&licence.trim())));
    }
    flat.split(" OR ")
        .any(|choice| choice.split(" AND ").all(|licence| LICENCES.contains(&licence.trim())))
}

fn list(value: &Value) -> Result<&Vec<Value>> {
    value.as_array().context("cargo's description of the workspace has another shape than expected")
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_choice_needs_one_licence_and_a_sum_needs_all() {
        for accepted in
            ["MIT", "MIT OR GPL-3.0", "MIT/Apache-2.0", "(MIT OR Apache-2.0) AND Unicode-3.0"]
        {
            assert!(is_accepted(accepted), "{accepted}");
        }
        for refused in ["", "GPL-3.0", "MIT AND GPL-3.0", "(MIT OR Apache-2.0) AND GPL-3.0"] {
            assert!(!is_accepted(refused), "{refused}");
        }
    }
}
