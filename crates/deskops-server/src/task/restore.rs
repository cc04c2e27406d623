//! `restore`: puts a backup in the place of the database.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;
use deskops_core::clock::{SystemClock, SystemDice};
use deskops_core::store::upkeep::put_back;

use super::say;
use crate::open;
use crate::settings::Config;

#[derive(Debug, Args)]
pub(super) struct Restore {
    /// The backup; it stays as it is
    file: PathBuf,
}

impl Restore {
    pub(super) fn run(self, config: &Config) -> Result<ExitCode, String> {
        let database = open::file(config)?;
        let done = put_back(&self.file, &database, &SystemClock, &SystemDice)
            .map_err(|error| format!("Nothing was restored. {error}"))?;
        say(format_args!(
            "{} holds what {} held: {} changes.",
            database.display(),
            self.file.display(),
            done.changes
        ));
        match done.aside {
            Some(folder) => {
                say(format_args!("What was there lies in {}, with its log.", folder.display()));
            }
            None => say("There was no database before."),
        }
        Ok(ExitCode::SUCCESS)
    }
}
