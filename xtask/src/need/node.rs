//! Two packages of Node's, at exact versions, in the target folder: the wasm optimiser and the accessibility checker.

use std::path::PathBuf;

use anyhow::{Context as _, Result};
use serde_json::Value;

use crate::process;
use crate::project::Project;

const AXE: (&str, &str) = ("axe-core", "4.14.1");
const BINARYEN: (&str, &str) = ("binaryen", "132.0.0");

/// Where the packages lie.
pub fn folder(project: &Project) -> PathBuf {
    project.target.join("npm")
}

/// Sees that the packages of the tests are there.
pub fn test_packages(project: &Project) -> Result<()> {
    install(project, AXE).context("the browser stage needs axe-core from npm")
}

/// The script of wasm-opt, or why there is none: the page works without it and is larger.
pub fn optimiser(project: &Project) -> Result<PathBuf> {
    install(project, BINARYEN)?;
    Ok(folder(project).join("node_modules/binaryen/bin/wasm-opt"))
}

fn install(project: &Project, (name, version): (&str, &str)) -> Result<()> {
    if installed(project, name).as_deref() == Some(version) {
        return Ok(());
    }
    process::find("npm").context("npm is not installed")?;
    let folder = folder(project);
    std::fs::create_dir_all(&folder)?;
    let mut npm = process::node_program("npm");
    npm.arg("install").arg("--prefix").arg(&folder).args([
        "--no-audit",
        "--no-fund",
        "--save-exact",
    ]);
    process::run(npm.arg(format!("{name}@{version}")))
}

fn installed(project: &Project, name: &str) -> Option<String> {
    let manifest = folder(project).join("node_modules").join(name).join("package.json");
    let manifest: Value = serde_json::from_str(&std::fs::read_to_string(manifest).ok()?).ok()?;
    Some(manifest["version"].as_str()?.to_owned())
}
