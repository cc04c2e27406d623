//! The rules of the house that no compiler knows. Each is a test as well, so that `cargo test` holds them.

mod crates;
mod documents;
mod migrations;
mod source;

use std::fs;
use std::path::Path;

use anyhow::{Context as _, Result, bail};

use crate::project::Project;

/// What is wrong, where, and how to put it right.
type Finding = String;

/// A rule: its name, and what breaks it in this project.
type Rule = (&'static str, fn(&Project) -> Result<Vec<Finding>>);

const RULES: &[Rule] = &[
    ("sources", source::findings),
    ("crates", crates::findings),
    ("licences", crates::licence_findings),
    ("migrations", migrations::findings),
    ("documents", documents::findings),
];

/// Checks every rule and lists what breaks them.
pub fn tidy(project: &Project) -> Result<()> {
    let mut count = 0;
    for (name, rule) in RULES {
        for finding in rule(project)? {
            println!("{name}: {finding}");
            count += 1;
        }
    }
    if count > 0 {
        bail!(
            "the rules of the house are broken in {count} places (CONTRIBUTING.md says why each rule is there)"
        );
    }
    println!("The rules of the house are kept.");
    Ok(())
}

/// A file of the project: its path from the root, with `/`, and its text.
struct File {
    path: String,
    text: String,
}

/// The files of the project with one of these endings, in order; built and fetched folders are left out.
fn files(project: &Project, endings: &[&str]) -> Result<Vec<File>> {
    let mut found = Vec::new();
    collect(project, &project.root, endings, &mut found)?;
    found.sort_by(|one, other| one.path.cmp(&other.path));
    Ok(found)
}

fn collect(
    project: &Project,
    folder: &Path,
    endings: &[&str],
    found: &mut Vec<File>,
) -> Result<()> {
    for item in fs::read_dir(folder).with_context(|| format!("cannot read {}", folder.display()))? {
        let item = item?;
        let name = item.file_name().to_string_lossy().into_owned();
        let path = item.path();
        if item.file_type()?.is_dir() {
            let is_made =
                matches!(name.as_str(), "target" | "dist" | "gen" | "node_modules" | ".git");
            if !is_made && path != project.target {
                collect(project, &path, endings, found)?;
            }
        } else if endings.iter().any(|ending| name.ends_with(ending)) {
            let text = fs::read_to_string(&path)
                .with_context(|| format!("{} is not text", path.display()))?;
            let path = path.strip_prefix(&project.root)?.to_string_lossy().replace('\\', "/");
            found.push(File { path, text });
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn holds(name: &str) {
        let project = Project::find().expect("cargo reads the workspace");
        let (_, rule) = RULES.iter().find(|(rule, _)| *rule == name).expect("the rule is listed");
        let findings = rule(&project).expect("the project can be read");
        assert!(findings.is_empty(), "{}", findings.join("\n"));
    }

    #[test]
    fn the_sources_keep_the_rules() {
        holds("sources");
    }

    #[test]
    fn the_crates_know_only_whom_they_may() {
        holds("crates");
    }

    #[test]
    fn every_dependency_has_a_licence_that_we_accept() {
        holds("licences");
    }

    #[test]
    fn the_migrations_are_numbered_without_gaps() {
        holds("migrations");
    }

    #[test]
    fn the_documents_name_what_is_there() {
        holds("documents");
    }
}
