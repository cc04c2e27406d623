//! The one door to building, testing and running DeskOps: `cargo xtask --help`.

mod fuzz;
mod icons;
mod kill;
mod need;
mod page;
mod process;
mod project;
mod run;
mod schema;
mod seed;
mod stage;
mod tidy;

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Result;
use clap::{Parser, Subcommand};

use crate::project::Project;

#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask", about = "Builds, tests and runs DeskOps")]
struct Line {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Installs what is missing, builds DeskOps and opens its window on demo data
    Run {
        /// Serve the same page to a browser instead of opening the window
        #[arg(long)]
        server: bool,
        /// Folder of the database; made and filled with demo data if there is none
        #[arg(long, value_name = "FOLDER")]
        data: Option<PathBuf>,
    },
    /// Installs what is missing, then runs every check
    Test {
        /// Run this one stage
        #[arg(long, value_name = "STAGE")]
        only: Option<stage::Name>,
    },
    /// Builds the page into ui/dist
    Ui {
        /// Build even if nothing has changed
        #[arg(long)]
        force: bool,
    },
    /// Writes migrations/schema.sql, docs/modules.md and docs/openapi.json from the code
    Schema {
        /// Compare only, and fail if they differ
        #[arg(long)]
        check: bool,
    },
    /// Tries what decodes outside input with broken input, for as long as one likes
    Fuzz(fuzz::Fuzz),
    /// Checks the rules of the house
    Tidy,
    /// Writes a database with a year of a made-up site, the same for the same seed
    Seed {
        #[command(flatten)]
        made_up: seed::MadeUp,
        /// The database to write
        out: PathBuf,
    },
    /// Kills servers at random while people work, and looks that nothing acknowledged is lost
    Kill {
        /// How long
        #[arg(long, default_value_t = 600)]
        seconds: u64,
        /// Any number; the same one kills at the same moments
        #[arg(long, default_value_t = 7)]
        seed: u64,
    },
    /// Draws the icon set from icons/icon.svg
    Icons,
}

fn main() -> ExitCode {
    let line = Line::parse();
    match Project::find().and_then(|project| begin(&project, line.task)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("\nxtask: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn begin(project: &Project, task: Task) -> Result<()> {
    match task {
        Task::Run { server: false, data } => run::window(project, data),
        Task::Run { server: true, data } => run::server(project, data),
        Task::Test { only } => stage::test(project, only),
        Task::Ui { force } => page::build(project, force),
        Task::Schema { check } => schema::schema(project, check),
        Task::Fuzz(fuzz) => fuzz.run(project),
        Task::Tidy => tidy::tidy(project),
        Task::Seed { made_up, out } => seed::seed(project, &made_up, &out),
        Task::Kill { seconds, seed } => kill::kill(project, seconds, seed),
        Task::Icons => icons::draw(project),
    }
}
