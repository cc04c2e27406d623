//! `cargo xtask fuzz`: the decoders of outside input under broken input, for as long as one likes.

use anyhow::Result;
use clap::Args;

use crate::project::{Project, WHOLE};
use crate::{need, page, process};

/// How long, from which chance, and which decoder.
#[derive(Args)]
pub struct Fuzz {
    /// Seconds of each decoder
    #[arg(long, default_value_t = 60)]
    seconds: u64,
    /// Any number: another one makes other inputs; what a failure names makes it again
    #[arg(long)]
    seed: Option<u64>,
    /// Only decoders whose test has this in its name, such as `settings`
    only: Option<String>,
}

impl Fuzz {
    /// Tries them, and shows how many inputs there were.
    pub fn run(self, project: &Project) -> Result<()> {
        need::ensure(&need::COMPILE.iter().chain(need::BUILD_WINDOW).collect::<Vec<_>>())?;
        page::placeholder(project)?;
        let mut cargo = project.cargo();
        cargo.arg("test").args(WHOLE).args(["--test", "fuzz", "--", "--nocapture"]);
        cargo.args(self.only).env("DESKOPS_FUZZ_SECONDS", self.seconds.to_string());
        if let Some(seed) = self.seed {
            cargo.env("DESKOPS_FUZZ_SEED", seed.to_string());
        }
        process::run(&mut cargo)
    }
}
