//! `migrate`: brings the database to this version. `serve` does so, too; this is for those who want
//! to see it first.

use std::process::ExitCode;

use clap::Args;
use deskops_core::store::upkeep::migrations_of;

use super::say;
use crate::open;
use crate::settings::Config;

#[derive(Debug, Args)]
pub(super) struct Migrate {
    /// Say what is missing, and change nothing
    #[arg(long)]
    dry_run: bool,
}

impl Migrate {
    pub(super) fn run(self, config: &Config) -> Result<ExitCode, String> {
        if let Some(url) = &config.database {
            if self.dry_run {
                return Err(format!("{url}: what is missing there is not told without doing it."));
            }
            open::desk(config)?;
            say(format_args!("{url} is up to date."));
            return Ok(ExitCode::SUCCESS);
        }
        let file = open::file(config)?;
        let found = migrations_of(&file)
            .map_err(|trouble| format!("{trouble} {}", trouble.what_to_do()))?;
        say(format_args!("{} has version {}.", file.display(), found.done));
        for name in &found.pending {
            say(format_args!("  {name}"));
        }
        match (found.pending.len(), self.dry_run) {
            (0, _) => say("Nothing is to be done."),
            (n, true) => say(format_args!("{n} to be done; nothing was changed.")),
            (n, false) => {
                open::desk(config)?;
                say(format_args!("{n} done."));
            }
        }
        Ok(ExitCode::SUCCESS)
    }
}
