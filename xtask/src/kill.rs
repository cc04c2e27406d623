//! `cargo xtask kill`: the servers that are killed at random while people work, for as long as is
//! wanted. Apart from the stages, which do the same for some seconds.

use anyhow::{Result, bail};

use crate::project::{Project, WHOLE};
use crate::stage::ON_POSTGRES;
use crate::{need, page, process};

/// Works for so many seconds, with kills that come again from the same seed.
pub fn kill(project: &Project, seconds: u64, seed: u64) -> Result<()> {
    if std::env::consts::OS != "linux" {
        bail!("The servers are killed by signals of Linux.");
    }
    page::placeholder(project)?;
    project.build(&["deskops-server"])?;
    let mut cargo = project.cargo();
    cargo.args(["test", "--quiet"]).args(WHOLE).args(["--test", "server", "killed"]);
    cargo.args(["--", "--nocapture"]);
    if !need::postgres() {
        println!("LEFT OUT: two servers on PostgreSQL, because it is not installed here.");
        cargo.args(["--skip", ON_POSTGRES]);
    }
    cargo.env("DESKOPS_SERVER", project.built("deskops-server"));
    cargo.env("DESKOPS_KILL_SECONDS", seconds.to_string());
    process::run(cargo.env("DESKOPS_KILL_SEED", seed.to_string()))
}
