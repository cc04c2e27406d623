//! `cargo xtask test`: every check, the quick ones first, so that a mistake is told early.
//! Each stage can be run alone; together they build each crate once per profile.

use std::time::{Duration, Instant};

use anyhow::{Result, bail};
use clap::ValueEnum;

use crate::need::Part;
use crate::project::{Project, WHOLE};
use crate::{need, page, process, schema, tidy};

/// The tests that need a started program; each is a stage of its own.
const DRIVEN: &[&str] = &["server", "window", "browser"];
/// What the tests of the second engine have in their names.
pub const ON_POSTGRES: &str = "::postgres::";
/// What the tests by schemathesis have in their names.
const BY_SCHEMATHESIS: &str = "schemathesis::";
const XTASK: &[&str] = &["--package", "xtask"];

/// The stages, in the order in which they run.
#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
pub enum Name {
    /// Is the code formatted?
    Format,
    /// Are the rules of the house kept?
    Tidy,
    /// Does the compiler's adviser find nothing?
    Clippy,
    /// Unit, property, api and page tests, on this computer
    Unit,
    /// The rules of sync in 20,000 schedules of laptops, lost messages and lost power
    Model,
    /// The same facts with the records on PostgreSQL
    Postgres,
    /// Do the written documents say what the code says?
    Schema,
    /// The started server: settings, TLS, backups, figures, its end
    Server,
    /// Is every answer of the started server one that its document names?
    Schemathesis,
    /// Does the page build for a browser?
    Page,
    /// Does the desktop program build with that page in it?
    App,
    /// The started program, driven on a display of its own
    Window,
    /// The same page in Chromium
    Browser,
}

impl Name {
    fn word(self) -> String {
        self.to_possible_value().map(|value| value.get_name().to_owned()).unwrap_or_default()
    }

    /// What must be installed for this stage.
    fn needs(self) -> Vec<&'static Part> {
        let parts: &[&[Part]] = match self {
            Self::Format | Self::Tidy | Self::Page => &[],
            Self::Schema | Self::Model => &[need::COMPILE],
            Self::Clippy
            | Self::Unit
            | Self::Postgres
            | Self::Server
            | Self::Schemathesis
            | Self::App => &[need::COMPILE, need::BUILD_WINDOW],
            Self::Window => &[need::COMPILE, need::BUILD_WINDOW, need::DRIVE_WINDOW, need::NODE],
            Self::Browser => &[need::COMPILE, need::BUILD_WINDOW, need::DRIVE_BROWSER, need::NODE],
        };
        parts.iter().copied().flatten().collect()
    }

    fn run(self, project: &Project) -> Result<()> {
        let cargo =
            |words: &[&str], more: &[&str]| process::run(project.cargo().args(words).args(more));
        match self {
            Self::Format => cargo(&["fmt", "--all", "--check"], &[]),
            Self::Tidy => tidy::tidy(project),
            Self::Clippy => {
                page::placeholder(project)?;
                let advice = |whose: &[&str]| {
                    cargo(
                        &["clippy", "--quiet", "--all-targets"],
                        &[whose, &["--", "-D", "warnings"]].concat(),
                    )
                };
                advice(WHOLE)?;
                advice(XTASK)
            }
            Self::Unit => {
                page::placeholder(project)?;
                cargo(&["test", "--quiet"], XTASK)?;
                let undriven = undriven_tests(project)?;
                let mut whole = project.cargo();
                whole.args(["test", "--quiet"]).args(WHOLE).args(["--lib", "--bins"]);
                whole.args(undriven.iter().flat_map(|test| ["--test", test]));
                process::run(whole.args(["--", "--skip", ON_POSTGRES]))?;
                cargo(&["test", "--quiet", "--doc"], WHOLE)
            }
            // Optimised, because how much it sees depends on how many it runs.
            Self::Model => {
                let model = ["run", "--quiet", "--profile", "model", "--example", "model", "--"];
                cargo(&model, &["--schedules", "20000"])
            }
            Self::Postgres => on_postgres(project),
            Self::Schema => schema::schema(project, true),
            Self::Server => serve(project),
            Self::Schemathesis => against_its_document(project),
            Self::Page => page::build(project, false),
            Self::App => {
                page::build(project, false)?;
                project.build(&["deskops", "deskops-server", "deskops-demo"])
            }
            Self::Window | Self::Browser => drive(project, &self.word()),
        }
    }
}

/// Runs one stage, or all of them, and says what each took.
pub fn test(project: &Project, only: Option<Name>) -> Result<()> {
    let stages: Vec<Name> =
        only.map_or_else(|| Name::value_variants().to_vec(), |stage| vec![stage]);
    let start = Instant::now();
    // All at once and before anything else, so that nobody waits a quarter of an hour to be asked for a package.
    need::ensure(&stages.iter().flat_map(|stage| stage.needs()).collect::<Vec<_>>())?;
    let mut took = vec![("install".to_owned(), start.elapsed())];
    for stage in &stages {
        let (word, begun) = (stage.word(), Instant::now());
        println!("\n== {word} ==");
        if let Err(error) = stage.run(project) {
            table(&took);
            bail!(
                "the stage `{word}` failed after {}.\n{error:#}\nTo run it alone: cargo xtask test --only {word}",
                shown(begun.elapsed())
            );
        }
        took.push((word, begun.elapsed()));
    }
    took.push(("total".to_owned(), start.elapsed()));
    table(&took);
    println!("All is well.");
    Ok(())
}

/// The names of the tests that start no program.
fn undriven_tests(project: &Project) -> Result<Vec<String>> {
    let metadata = project.metadata(&["--no-deps", "--offline"])?;
    let packages = metadata["packages"].as_array().into_iter().flatten();
    let targets = packages.flat_map(|package| package["targets"].as_array().into_iter().flatten());
    let tests = targets.filter(|target| target["kind"] == serde_json::json!(["test"]));
    let names =
        tests.filter_map(|target| target["name"].as_str()).filter(|name| !DRIVEN.contains(name));
    Ok(names.map(str::to_owned).collect())
}

/// Runs the facts of the second engine; where it cannot be had, says which are left out.
fn on_postgres(project: &Project) -> Result<()> {
    page::placeholder(project)?;
    let mut cargo = project.cargo();
    cargo.args(["test", "--quiet"]).args(WHOLE).args(["--test", "api", "--test", "server", "--"]);
    if need::postgres() {
        project.build(&["deskops-server"])?;
        cargo.env("DESKOPS_SERVER", project.built("deskops-server"));
        return process::run(cargo.arg(ON_POSTGRES));
    }
    let listed = process::read(cargo.args(["--list", "--format=terse", ON_POSTGRES]))?;
    let n_facts = listed.lines().filter(|line| line.ends_with(": test")).count();
    println!(
        "LEFT OUT: {n_facts} facts with the records on PostgreSQL, because it is not installed here and cannot be. On Debian: sudo apt-get install postgresql"
    );
    Ok(())
}

/// Runs the started server. Its tests send it signals, so they are Unix's.
fn serve(project: &Project) -> Result<()> {
    if std::env::consts::OS != "linux" {
        println!("Left out: the tests of the started server send signals. Linux runs this stage.");
        return Ok(());
    }
    page::placeholder(project)?;
    project.build(&["deskops-server"])?;
    let mut cargo = project.cargo();
    cargo.args(["test", "--quiet"]).args(WHOLE).args(["--test", "server", "--"]);
    cargo.args(["--skip", ON_POSTGRES, "--skip", BY_SCHEMATHESIS]);
    process::run(cargo.env("DESKOPS_SERVER", project.built("deskops-server")))
}

/// Tries the started server against its document; where that cannot be done, says what is left out.
fn against_its_document(project: &Project) -> Result<()> {
    let left_out = |why: String| {
        let document = std::fs::read_to_string(project.root.join("docs/openapi.json"));
        let n_operations = document.unwrap_or_default().matches("\"operationId\"").count();
        println!("LEFT OUT: {n_operations} operations tried against the document, because {why}.");
        Ok(())
    };
    if std::env::consts::OS != "linux" {
        return left_out("the tests of the started server are Linux's".to_owned());
    }
    let program = match need::schemathesis(project) {
        Ok(program) => program,
        Err(error) => {
            let fix = "On Debian: sudo apt-get install python3-venv";
            return left_out(format!("schemathesis cannot be installed: {error:#}. {fix}"));
        }
    };
    page::placeholder(project)?;
    project.build(&["deskops-server"])?;
    let mut cargo = project.cargo();
    cargo.args(["test", "--quiet"]).args(WHOLE).args(["--test", "server", "--"]);
    cargo.args([BY_SCHEMATHESIS, "--nocapture"]);
    cargo.env("DESKOPS_SERVER", project.built("deskops-server"));
    process::run(cargo.env("DESKOPS_SCHEMATHESIS", program))
}

/// Drives the started program, where this system lets a program be driven.
fn drive(project: &Project, test: &str) -> Result<()> {
    match std::env::consts::OS {
        "linux" => {}
        "macos" => {
            println!("Left out: macOS offers no driver for its web view. Linux runs this stage.");
            return Ok(());
        }
        _ => {
            println!(
                "Left out: the screen that nobody looks at is Linux's. Linux runs this stage."
            );
            return Ok(());
        }
    }
    need::test_packages(project)?;
    Name::App.run(project)?;
    let mut cargo = project.cargo();
    cargo.arg("test").args(WHOLE).args(["--test", test]);
    cargo.env("DESKOPS_APP", project.built("deskops"));
    cargo.env("DESKOPS_SERVER", project.built("deskops-server"));
    cargo.env("DESKOPS_DEMO", project.built("deskops-demo"));
    cargo.env("DESKOPS_PAGE", project.page());
    cargo.env("DESKOPS_NPM", need::node_folder(project).join("node_modules"));
    cargo.env("DESKOPS_SHOTS", project.target.join("shots"));
    // One window at a time: two web engines at once make each other slow, and the tests unfair.
    process::run(cargo.args(["--", "--test-threads=1"]))
}

fn table(took: &[(String, Duration)]) {
    println!();
    for (word, duration) in took {
        println!("{word:>10} {:>9}", shown(*duration));
    }
}

fn shown(duration: Duration) -> String {
    let (seconds, tenths) = (duration.as_secs(), duration.subsec_millis() / 100);
    match seconds {
        0..60 => format!("{seconds}.{tenths} s"),
        _ => format!("{} m {:02} s", seconds / 60, seconds % 60),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_is_shown_in_words() {
        assert_eq!(shown(Duration::from_millis(1_250)), "1.2 s");
        assert_eq!(shown(Duration::from_secs(725)), "12 m 05 s");
    }

    #[test]
    fn a_stage_is_called_by_one_word() {
        let words: Vec<_> = Name::value_variants().iter().map(|stage| stage.word()).collect();
        assert_eq!(
            words,
            [
                "format",
                "tidy",
                "clippy",
                "unit",
                "model",
                "postgres",
                "schema",
                "server",
                "schemathesis",
                "page",
                "app",
                "window",
                "browser",
            ]
        );
    }
}
