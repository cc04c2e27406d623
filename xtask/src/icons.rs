//! Draws the icon set from the one source, with Tauri's own tool; apart, because it is done once a year.

use std::fs;

use anyhow::{Context as _, Result};

use crate::project::Project;
use crate::{need, process};

const TOOL: &str = "@tauri-apps/cli@2.12.5";
const KEPT: &[&str] =
    &["32x32.png", "128x128.png", "128x128@2x.png", "icon.png", "icon.ico", "icon.icns"];

/// Draws every icon that a desktop asks for.
pub fn draw(project: &Project) -> Result<()> {
    need::ensure(&need::NODE.iter().collect::<Vec<_>>())?;
    let icons = project.root.join("icons");
    // The tool draws phones' icons as well: it works in the target folder, and what a desktop needs is taken out.
    let drawn = project.target.join("icons");
    let mut npx = process::node_program("npx");
    npx.args(["--yes", TOOL, "icon", "--output"]).arg(&drawn).arg(icons.join("icon.svg"));
    process::run(npx.current_dir(&project.root))?;
    for name in KEPT {
        fs::copy(drawn.join(name), icons.join(name))
            .with_context(|| format!("{name} was not drawn"))?;
    }
    println!("{} icons in {}", KEPT.len(), icons.display());
    Ok(())
}
