//! Where log lines go: standard error, for people or for programs. Standard output says the address
//! and nothing else, so that a program can read it.

use std::io::IsTerminal as _;

use crate::settings::{Config, LogFormat};

/// Logs from now on.
pub(crate) fn begin(config: &Config) {
    let lines = tracing_subscriber::fmt()
        .with_writer(std::io::stderr)
        .with_ansi(std::io::stderr().is_terminal())
        .with_max_level(config.log_level);
    match config.log_format {
        LogFormat::Text => lines.init(),
        LogFormat::Json => lines.json().with_current_span(true).with_span_list(false).init(),
    }
}
