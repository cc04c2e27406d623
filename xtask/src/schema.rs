//! The documents that the code writes: the sum of the migrations, the fields of every module, and the
//! interface over HTTP.

use std::fs;
use std::process::Command;

use anyhow::{Context as _, Result, bail};

use crate::process;
use crate::project::Project;

/// Which program prints which document, and where it is kept.
const DOCUMENTS: &[(&str, &str, &str)] = &[
    ("deskops-demo", "--print-schema", "migrations/schema.sql"),
    ("deskops-demo", "--print-modules", "docs/modules.md"),
    ("deskops-server", "openapi", "docs/openapi.json"),
];

/// Writes the documents, or compares them with the code.
pub fn schema(project: &Project, check: bool) -> Result<()> {
    project.build(&["deskops-demo", "deskops-server"])?;
    let mut stale = Vec::new();
    for (program, option, path) in DOCUMENTS {
        let now = process::read(Command::new(project.built(program)).arg(option))?;
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
