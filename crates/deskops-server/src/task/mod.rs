//! What can be done with a server, each in a file of its own. Add a task here and in [`Task::run`].

mod backup;
mod config;
mod device;
mod migrate;
mod office;
mod password;
mod restore;
mod serve;
mod user;
mod verify;

use std::io::Write as _;
use std::process::ExitCode;

use clap::{CommandFactory as _, FromArgMatches as _, Parser, Subcommand};

use crate::settings::{Config, Given, line};

/// Serves DeskOps: its commands over HTTP, and its page to a browser.
#[derive(Debug, Parser)]
#[command(name = "deskops-server", version)]
struct Line {
    /// What to do; `serve` when left out
    #[command(subcommand)]
    task: Option<Task>,
}

/// What can be done.
#[derive(Debug, Subcommand)]
enum Task {
    /// Serves until it is told to stop
    Serve,
    /// Brings the database to this version, or says what is missing
    Migrate(migrate::Migrate),
    /// Looks the whole database over: pages, log, records, stock
    Verify(verify::Verify),
    /// Copies the database to a new file, also while the server runs
    Backup(backup::Backup),
    /// Puts a backup in the place of the database, and the database aside
    Restore(restore::Restore),
    /// Keeps the people who may sign in
    #[command(subcommand)]
    User(user::User),
    /// Keeps the devices that people sign in on
    #[command(subcommand)]
    Device(device::Device),
    /// Prints the settings that hold, as a file with comments
    Config(config::Print),
    /// Prints the document of the addresses (OpenAPI 3.1)
    Openapi,
}

impl Task {
    fn run(self, config: Config) -> Result<ExitCode, String> {
        match self {
            Self::Serve => serve::serve(config),
            Self::Migrate(migrate) => migrate.run(&config),
            Self::Verify(verify) => verify.run(&config),
            Self::Backup(backup) => backup.run(&config),
            Self::Restore(restore) => restore.run(&config),
            Self::User(user) => user.run(&config),
            Self::Device(device) => device.run(&config),
            Self::Openapi => {
                say(crate::rest::openapi::text().trim_end());
                Ok(ExitCode::SUCCESS)
            }
            // Done before the settings are read: it prints wrong ones, too.
            Self::Config(_) => Ok(ExitCode::SUCCESS),
        }
    }
}

/// Does what the line says. Everything that goes wrong is told in a sentence.
#[must_use]
pub fn run() -> ExitCode {
    let matches = line(Line::command()).get_matches();
    let done = Given::collect(&matches).and_then(|given| {
        let task = Line::from_arg_matches(&matches).map_err(|error| error.to_string())?.task;
        if let Some(Task::Config(print)) = &task {
            return Ok(print.run(&given));
        }
        let config = Config::read(&given).map_err(|wrong| wrong.join("\n"))?;
        task.unwrap_or(Task::Serve).run(config)
    });
    done.unwrap_or_else(|told| {
        eprintln!("{told}");
        ExitCode::FAILURE
    })
}

/// Prints a line. Nobody need be reading.
fn say(line: impl std::fmt::Display) {
    let _ = writeln!(std::io::stdout(), "{line}");
}
