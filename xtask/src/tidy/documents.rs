//! Rules for the documents: short, and every path that they name exists.

use std::fs;

use anyhow::Result;

use super::Finding;
use crate::project::Project;

const README_LINES: usize = 150;
const COMMANDS: &[&str] = &["cargo xtask run", "cargo xtask test"];

/// What breaks the rules.
pub fn findings(project: &Project) -> Result<Vec<Finding>> {
    let mut found = Vec::new();
    for name in ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md"] {
        let Ok(text) = fs::read_to_string(project.root.join(name)) else {
            found.push(format!("{name} is missing"));
            continue;
        };
        let missing =
            paths(&text).filter(|path| !path.contains('*') && !project.root.join(path).exists());
        found.extend(missing.map(|path| format!("{name} names {path}, which is not there")));
        if name == "README.md" {
            found.extend(readme(&text));
        }
    }
    Ok(found)
}

fn readme(text: &str) -> Vec<Finding> {
    let mut found = Vec::new();
    let lines = text.lines().count();
    if lines > README_LINES {
        found.push(format!("README.md: {lines} lines; {README_LINES} at most"));
    }
    let missing = COMMANDS.iter().filter(|command| !text.contains(*command));
    found.extend(missing.map(|command| format!("README.md does not name `{command}`")));
    found
}

/// The words between back-ticks that are paths of this project.
fn paths(text: &str) -> impl Iterator<Item = &str> {
    const TOP: &[&str] =
        &["crates/", "ui/", "src-tauri/", "tests/", "xtask/", "migrations/", "docs/", "icons/"];
    let is_path = |word: &&str| {
        TOP.iter().any(|top| word.starts_with(top))
            && !word.contains([' ', '<', '{', '…'])
            && !word.starts_with("ui/dist")
    };
    text.lines().flat_map(|line| line.split('`').skip(1).step_by(2)).filter(is_path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_a_word_between_back_ticks_that_begins_with_a_folder_of_ours() {
        let text = "see `ui/src/app.rs` and `cargo test`, not ui/src/none.rs; `crates/<name>/src`, `docs/x.md`";
        assert_eq!(paths(text).collect::<Vec<_>>(), ["ui/src/app.rs", "docs/x.md"]);
    }

    #[test]
    fn a_readme_names_both_commands() {
        assert_eq!(readme("cargo xtask run, cargo xtask test"), Vec::<Finding>::new());
        assert_eq!(readme("cargo xtask run").len(), 1);
    }
}
