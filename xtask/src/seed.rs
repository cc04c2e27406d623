//! Fills a database with a made-up site by calling `deskops-demo`; apart, so that `run` and `seed` do the same.

use std::path::Path;
use std::process::Command;

use anyhow::{Context as _, Result};

use crate::process;
use crate::project::Project;

/// Writes a demo database.
pub fn seed(project: &Project, seed: Option<u64>, days: Option<u32>, out: &Path) -> Result<()> {
    let out = std::path::absolute(out).context("the path of the database cannot be read")?;
    if let Some(folder) = out.parent() {
        std::fs::create_dir_all(folder)
            .with_context(|| format!("cannot make {}", folder.display()))?;
    }
    project.build(&["deskops-demo"])?;
    let mut demo = Command::new(project.built("deskops-demo"));
    if let Some(seed) = seed {
        demo.arg("--seed").arg(seed.to_string());
    }
    if let Some(days) = days {
        demo.arg("--days").arg(days.to_string());
    }
    process::run(demo.arg(&out))
}
