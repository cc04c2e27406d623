//! `verify`: looks the whole database over, or a backup of one.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;
use deskops_core::store::upkeep::verify;

use super::say;
use crate::open;
use crate::settings::Config;

#[derive(Debug, Args)]
pub(super) struct Verify {
    /// A backup to look over; the database when left out, also while the server runs
    file: Option<PathBuf>,
}

impl Verify {
    pub(super) fn run(self, config: &Config) -> Result<ExitCode, String> {
        let (place, report) = match (self.file, &config.database) {
            (None, Some(url)) => {
                let report = open::desk(config)?.verify();
                (url.to_string(), report.map_err(|error| error.to_string())?)
            }
            (file, _) => {
                let file = file.unwrap_or_else(|| config.place.database.clone());
                let report = verify(&file).map_err(|error| error.to_string())?;
                (file.display().to_string(), report)
            }
        };
        say(format_args!(
            "{place}: {} changes, {} records and {} rows of stock looked over.",
            report.changes, report.records, report.stock
        ));
        for finding in &report.findings {
            say(format_args!("  {}: {}.", finding.place, finding.what));
        }
        if report.wrong == 0 {
            say("All is as it should be.");
            return Ok(ExitCode::SUCCESS);
        }
        let untold = report.wrong.saturating_sub(report.findings.len() as u64);
        if untold > 0 {
            say(format_args!("  … and {untold} more."));
        }
        Err(format!(
            "{} wrong. Keep the file as it is, and put the last backup in its place: deskops-server restore.",
            report.wrong
        ))
    }
}
