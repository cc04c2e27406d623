//! `backup`: a file of one moment, also while the server runs.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;
use deskops_core::store::upkeep::backup;

use super::say;
use crate::open;
use crate::settings::Config;

#[derive(Debug, Args)]
pub(super) struct Backup {
    /// The file to write; one that is there is not written over
    file: PathBuf,
}

impl Backup {
    pub(super) fn run(self, config: &Config) -> Result<ExitCode, String> {
        let copied = backup(&open::file(config)?, &self.file).map_err(|error| error.to_string())?;
        say(format_args!(
            "{}: {} bytes with {} changes, looked over.",
            copied.file.display(),
            copied.bytes,
            copied.changes
        ));
        say(format_args!("sha256 {}", copied.sha256));
        Ok(ExitCode::SUCCESS)
    }
}
