//! `cargo xtask run`: from a fresh copy to a window with a year of figures in it.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result};

use crate::project::Project;
use crate::{need, page, process, seed};

/// The file that the shell and the server open in their data folder.
const DATABASE: &str = "deskops.db";

/// How to get into the made-up site; a database of one's own has its own people.
const DEMO_PEOPLE: &str = "People of the demo site: admin, huda (supervisor), omar (clerk); of the server's other sites: lina (supervisor), sami (clerk). The password of each is deskops-demo.";
/// Sites of the server's demo, so that head office has something to compare.
const SERVER_SITES: u32 = 3;

/// Opens the window.
pub fn window(project: &Project, data: Option<PathBuf>) -> Result<()> {
    need::ensure(&need::COMPILE.iter().chain(need::BUILD_WINDOW).collect::<Vec<_>>())?;
    page::build(project, false)?;
    project.build(&["deskops", "deskops-demo"])?;
    let data = demo(project, data, "demo", seed::MadeUp::default())?;
    println!("DeskOps opens on {}. Close its window to come back here.", data.display());
    println!("{DEMO_PEOPLE}");
    process::run(Command::new(project.built("deskops")).env("DESKOPS_DATA", &data))
}

/// Serves the page to a browser on this computer.
pub fn server(project: &Project, data: Option<PathBuf>) -> Result<()> {
    need::ensure(&need::COMPILE.iter().collect::<Vec<_>>())?;
    page::build(project, false)?;
    project.build(&["deskops-server", "deskops-demo"])?;
    let made_up = seed::MadeUp { sites: Some(SERVER_SITES), ..seed::MadeUp::default() };
    let data = demo(project, data, "demo-server", made_up)?;
    println!("DeskOps is served from {}; the address follows. Ctrl+C ends it.", data.display());
    println!("{DEMO_PEOPLE}");
    let mut server = Command::new(project.built("deskops-server"));
    process::run(server.env("DESKOPS_DATA", &data).env("DESKOPS_PAGE", project.page()))
}

/// The folder of the database, which is filled with a made-up site if it holds none.
fn demo(
    project: &Project,
    data: Option<PathBuf>,
    name: &str,
    made_up: seed::MadeUp,
) -> Result<PathBuf> {
    let data = data.unwrap_or_else(|| project.target.join(name));
    let data = std::path::absolute(data).context("the path of the data folder cannot be read")?;
    let database: &Path = &data.join(DATABASE);
    if !database.exists() {
        println!("There is no database yet: a made-up site with a year of entries is written.");
        seed::seed(project, &made_up, database)?;
    }
    Ok(data)
}
