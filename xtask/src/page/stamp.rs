//! Says whether the page was built from what lies here now; apart, so that what counts as a source is one list.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};
use sha2::{Digest as _, Sha256};

use crate::project::Project;

/// Stands in the page itself: whoever replaces the page replaces its stamp.
const FILE: &str = "built-from.txt";

const SOURCES: &[&str] = &[
    "ui/Cargo.toml",
    "ui/src",
    "ui/assets",
    "crates/deskops-domain",
    "Cargo.toml",
    "Cargo.lock",
    "xtask/src/page",
];

/// A fingerprint of everything that the page is made of.
pub fn of(project: &Project) -> Result<String> {
    let mut files = Vec::new();
    for source in SOURCES {
        list(&project.root.join(source), &mut files)?;
    }
    files.sort();
    let mut hash = Sha256::new();
    for file in files {
        let name = file.strip_prefix(&project.root)?.to_string_lossy().replace('\\', "/");
        let bytes = fs::read(&file)?;
        hash.update(format!("{name} {}\n", bytes.len()));
        hash.update(bytes);
    }
    Ok(hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect())
}

/// The fingerprint of the page that stands, if one does.
pub fn read(project: &Project) -> Option<String> {
    Some(fs::read_to_string(project.page().join(FILE)).ok()?.trim().to_owned())
}

/// Leaves the fingerprint in the page.
pub fn write(page: &Path, stamp: &str) -> Result<()> {
    Ok(fs::write(page.join(FILE), format!("{stamp}\n"))?)
}

fn list(path: &Path, files: &mut Vec<PathBuf>) -> Result<()> {
    if path.is_file() {
        files.push(path.to_path_buf());
        return Ok(());
    }
    for item in fs::read_dir(path).with_context(|| format!("cannot read {}", path.display()))? {
        list(&item?.path(), files)?;
    }
    Ok(())
}
