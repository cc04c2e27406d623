//! schemathesis, which tries a server against its document: Python's package, at an exact version, in
//! an environment of its own in the target folder.

use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context as _, Result};

use crate::process;
use crate::project::Project;

const VERSION: &str = "4.32.5";

/// The program, installed where that can be done; why not otherwise.
pub fn schemathesis(project: &Project) -> Result<PathBuf> {
    let home = project.target.join("schemathesis");
    let folder = home.join(if cfg!(windows) { "Scripts" } else { "bin" });
    let program = folder.join(format!("schemathesis{}", std::env::consts::EXE_SUFFIX));
    if is_there(&program) {
        return Ok(program);
    }
    let names = ["python3", "python"];
    let python =
        names.into_iter().find_map(process::find).context("Python is not installed here")?;
    process::run(Command::new(python).args(["-m", "venv"]).arg(&home))?;
    let mut pip = Command::new(folder.join(format!("python{}", std::env::consts::EXE_SUFFIX)));
    pip.args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check"]);
    process::run(pip.arg(format!("schemathesis=={VERSION}")))?;
    Ok(program)
}

fn is_there(program: &PathBuf) -> bool {
    let said = process::read(Command::new(program).arg("--version"));
    said.is_ok_and(|said| said.trim().ends_with(VERSION))
}
