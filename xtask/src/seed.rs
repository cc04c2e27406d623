//! Fills a database with a made-up site by calling `deskops-demo`; apart, so that `run` and `seed` do the same.

use std::path::Path;
use std::process::Command;

use anyhow::{Context as _, Result};

use crate::process;
use crate::project::Project;

/// What is to be made up; what is left out is as the demo has it.
#[derive(Debug, Default, clap::Args)]
pub struct MadeUp {
    /// Everything follows from it; 1 when left out
    #[arg(long)]
    pub seed: Option<u64>,
    /// How many days, today among them; a year when left out
    #[arg(long)]
    pub days: Option<u32>,
    /// How many sites, up to 10; one when left out
    #[arg(long)]
    pub sites: Option<u32>,
}

/// Writes a demo database.
pub fn seed(project: &Project, made_up: &MadeUp, out: &Path) -> Result<()> {
    let out = std::path::absolute(out).context("the path of the database cannot be read")?;
    if let Some(folder) = out.parent() {
        std::fs::create_dir_all(folder)
            .with_context(|| format!("cannot make {}", folder.display()))?;
    }
    project.build(&["deskops-demo"])?;
    let mut demo = Command::new(project.built("deskops-demo"));
    let given = [
        ("--seed", made_up.seed),
        ("--days", made_up.days.map(u64::from)),
        ("--sites", made_up.sites.map(u64::from)),
    ];
    for (name, value) in given {
        if let Some(value) = value {
            demo.arg(name).arg(value.to_string());
        }
    }
    process::run(demo.arg(&out))
}
