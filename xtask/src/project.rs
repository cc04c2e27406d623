//! Where the project lies and where its builds go; apart, so that no other file guesses a path.

use std::env::consts::EXE_SUFFIX;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result};
use serde_json::Value;

use crate::process;

/// How every build of the native programs names what it builds: another set of packages or features
/// would build Tauri and SQLite again. Xtask stands apart for that reason, and because a running
/// program cannot be replaced on Windows.
pub const WHOLE: &[&str] = &[
    "--workspace",
    "--exclude",
    "xtask",
    "--features",
    "deskops-tests/window,deskops-tests/postgres",
];

/// The working copy.
pub struct Project {
    /// The folder of the workspace.
    pub root: PathBuf,
    /// Cargo's target folder, wherever the user keeps it.
    pub target: PathBuf,
}

impl Project {
    /// The project that this xtask was built from.
    pub fn find() -> Result<Self> {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"))
            .parent()
            .context("xtask lies in the project")?
            .to_path_buf();
        let mut project = Self { target: root.join("target"), root };
        let metadata = project.metadata(&["--no-deps", "--offline"])?;
        if let Some(target) = metadata["target_directory"].as_str() {
            project.target = PathBuf::from(target);
        }
        Ok(project)
    }

    /// What cargo knows about the workspace.
    pub fn metadata(&self, options: &[&str]) -> Result<Value> {
        let text =
            process::read(self.cargo().args(["metadata", "--format-version", "1"]).args(options))
                .context("cargo cannot read the workspace")?;
        Ok(serde_json::from_str(&text)?)
    }

    /// The cargo that runs this xtask, without what `cargo run` says about xtask itself.
    pub fn cargo(&self) -> Command {
        let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
        cargo.current_dir(&self.root);
        for (name, _) in std::env::vars_os() {
            if name.to_str().is_some_and(is_about_xtask) {
                cargo.env_remove(name);
            }
        }
        cargo
    }

    /// Builds programs of the workspace, in their debug form.
    pub fn build(&self, programs: &[&str]) -> Result<()> {
        let mut cargo = self.cargo();
        cargo.arg("build").args(WHOLE);
        process::run(cargo.args(programs.iter().flat_map(|program| ["--bin", program])))
    }

    /// Where a built program lies.
    pub fn built(&self, name: &str) -> PathBuf {
        self.target.join("debug").join(format!("{name}{EXE_SUFFIX}"))
    }

    /// The built page.
    pub fn page(&self) -> PathBuf {
        self.root.join("ui").join("dist")
    }
}

fn is_about_xtask(name: &str) -> bool {
    ["CARGO_PKG_", "CARGO_MANIFEST_", "CARGO_BIN_", "CARGO_CRATE_"]
        .iter()
        .any(|prefix| name.starts_with(prefix))
        || matches!(name, "CARGO_PRIMARY_PACKAGE" | "OUT_DIR")
}
