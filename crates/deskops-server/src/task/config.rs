//! `config`: the settings that hold, as a file with comments.

use std::process::ExitCode;

use clap::Args;

use super::say;
use crate::settings::{Given, as_markdown, as_toml};

#[derive(Debug, Args)]
pub(super) struct Print {
    /// Print the table of docs/server.md instead
    #[arg(long, hide = true)]
    table: bool,
}

impl Print {
    pub(super) fn run(&self, given: &Given) -> ExitCode {
        let text = if self.table { as_markdown() } else { as_toml(given) };
        say(text.trim_end());
        ExitCode::SUCCESS
    }
}
