//! Two documents that the code writes: the sum of the migrations, and the fields of every module.

use std::fs;
use std::process::Command;

use anyhow::{Context as _, Result, bail};

use crate::process;
use crate::project::Project;

const DOCUMENTS: &[(&str, &str)] =
    &[("--print-schema", "migrations/schema.sql"), ("--print-modules", "docs/modules.md")];

/// Writes the documents, or compares them with the code.
pub fn schema(project: &Project, check: bool) -> Result<()> {
    project.build(&["deskops-demo"])?;
    let mut stale = Vec::new();
    for (option, path) in DOCUMENTS {
        let now = process::read(Command::new(project.built("deskops-demo")).arg(option))?;
        let file = project.root.join(path);
        let written = fs::read_to_string(&file).unwrap_or_default().replace("\r\n", "\n");
        if written == now {
            println!("{path} is up to date.");
        } else if check {
            stale.push(*path);
        } else {
            fs::write(&file, now).with_context(|| format!("cannot write {path}"))?;
            println!("{path} is written anew.");
        }
    }
    if !stale.is_empty() {
        bail!(
            "{} no longer says what the code says. Type `cargo xtask schema` and commit it",
            stale.join(" and ")
        );
    }
    Ok(())
}
