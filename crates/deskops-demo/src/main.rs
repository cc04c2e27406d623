//! Writes a demo database, or one of the two documents that the code writes about itself.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Parser;
use deskops_demo::{ADMIN, MOST_SITES, PASSWORD, Plan, document, real_today, tell};
use deskops_domain::day::Day;

/// A made-up year of a recycling site, the same for the same seed.
#[derive(Debug, Parser)]
#[command(name = "deskops-demo", version)]
struct Ask {
    /// Everything follows from it.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// How many days, today among them.
    #[arg(long, default_value_t = 365, value_parser = clap::value_parser!(u32).range(1..=3_660))]
    days: u32,
    /// The last day, whose production is still to be typed; the site's real day when left out.
    #[arg(long, value_parser = read_day)]
    today: Option<Day>,
    /// How many sites, for a head office to look at.
    #[arg(long, default_value_t = 1, value_parser = clap::value_parser!(u32).range(1..=MOST_SITES as i64))]
    sites: u32,
    /// Prints the schema of the database instead.
    #[arg(long, exclusive = true)]
    print_schema: bool,
    /// Prints the fields of every module instead.
    #[arg(long, exclusive = true)]
    print_modules: bool,
    /// The file to write; it must not exist.
    #[arg(required_unless_present_any = ["print_schema", "print_modules"])]
    out: Option<PathBuf>,
}

fn read_day(text: &str) -> Result<Day, String> {
    Day::parse(text).ok_or_else(|| "write the day like 2026-11-22".to_owned())
}

fn main() -> ExitCode {
    match run(Ask::parse()) {
        Ok(told) => {
            print!("{told}");
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("{error}");
            let mut source = error.source();
            while let Some(why) = source {
                eprintln!("  because {why}");
                source = why.source();
            }
            ExitCode::FAILURE
        }
    }
}

fn run(ask: Ask) -> Result<String, Box<dyn std::error::Error>> {
    if ask.print_schema {
        return Ok(document::schema_sql()?);
    }
    if ask.print_modules {
        return Ok(document::modules_markdown());
    }
    let out = ask.out.ok_or("name the file to write")?;
    let plan = Plan {
        seed: ask.seed,
        days: ask.days,
        today: ask.today.map_or_else(real_today, Ok)?,
        n_sites: ask.sites as usize,
    };
    let told = tell(&plan, &out)?;
    let (what, people) = match plan.n_sites {
        1 => ("a made-up site".to_owned(), "`huda` or `omar`"),
        n_sites => (format!("{n_sites} made-up sites"), "`lina`, `sami`, `huda` or `omar`"),
    };
    Ok(format!(
        "{} holds {what} from {} to {}: {} records, {} of them changed later, {} KB.\nSign in as `{ADMIN}`, {people}; the password of each is `{PASSWORD}`.\n",
        out.display(),
        told.first,
        plan.today,
        told.n_records,
        told.n_corrected,
        told.bytes / 1024
    ))
}
