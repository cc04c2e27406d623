//! `cargo xtask run`: from a fresh copy to a window with a year of figures in it.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result};

use crate::project::Project;
use crate::{need, page, process, seed};

/// The file that the shell and the server open in their data folder.
const DATABASE: &str = "deskops.db";

/// How to get into the made-up site; a database of one's own has its own people.
const DEMO_PEOPLE: &str = "People of the demo site: admin, huda (supervisor), omar (clerk). The password of each is deskops-demo.";

/// Opens the window.
pub fn window(project: &Project, data: Option<PathBuf>) -> Result<()> {
    need::ensure(&need::COMPILE.iter().chain(need::BUILD_WINDOW).collect::<Vec<_>>())?;
    page::build(project, false)?;
    project.build(&["deskops", "deskops-demo"])?;
    let data = demo(project, data)?;
    println!("DeskOps opens on {}. Close its window to come back here.", data.display());
    println!("{DEMO_PEOPLE}");
    process::run(Command::new(project.built("deskops")).env("DESKOPS_DATA", &data))
}

/// Serves the page to a browser on this computer.
pub fn server(project: &Project, data: Option<PathBuf>) -> Result<()> {
    need::ensure(&need::COMPILE.iter().collect::<Vec<_>>())?;
    page::build(project, false)?;
    project.build(&["deskops-server", "deskops-demo"])?;
    let data = demo(project, data)?;
    println!("DeskOps is served from {}; the address follows. Ctrl+C ends it.", data.display());
    println!("{DEMO_PEOPLE}");
    let mut server = Command::new(project.built("deskops-server"));
    process::run(server.env("DESKOPS_DATA", &data).env("DESKOPS_PAGE", project.page()))
}

/// The folder of the database, which is filled with a made-up site if it holds none.
fn demo(project: &Project, data: Option<PathBuf>) -> Result<PathBuf> {
    let data = data.unwrap_or_else(|| project.target.join("demo"));
    let data = std::path::absolute(data).context("the path of the data folder cannot be read")?;
    let database: &Path = &data.join(DATABASE);
    if !database.exists() {
        println!("There is no database yet: a made-up site with a year of entries is written.");
        seed::seed(project, None, None, database)?;
    }
    Ok(data)
}
