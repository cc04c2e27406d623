//! Rules for migrations: numbered from 1 without gaps, and each says why it is there.

use std::path::Path;

use anyhow::Result;

use super::{File, Finding, files};
use crate::project::Project;

/// What breaks the rules.
pub fn findings(project: &Project) -> Result<Vec<Finding>> {
    let all = files(project, &[".sql"])?;
    let mut found = Vec::new();
    for folder in ["migrations/store/", "migrations/server/"] {
        let steps: Vec<&File> = all.iter().filter(|file| file.path.starts_with(folder)).collect();
        found.extend(order(folder, &steps));
        found.extend(
            steps
                .iter()
                .filter(|step| !step.text.starts_with("--"))
                .map(|step| format!("{}: begin with a line `-- ...` that says why", step.path)),
        );
    }
    Ok(found)
}

fn order(folder: &str, steps: &[&File]) -> Vec<Finding> {
    let mut found = Vec::new();
    let mut numbers = Vec::new();
    for step in steps {
        match number(&step.path) {
            Some(number) => numbers.push(number),
            None => found.push(format!("{}: is named V<number>__<words>.sql", step.path)),
        }
    }
    numbers.sort_unstable();
    for (expected, number) in (1..).zip(numbers) {
        if number != expected {
            found.push(format!(
                "{folder}: V{expected} is missing, or stands twice, before V{number}"
            ));
            break;
        }
    }
    found
}

/// The number in `V12__words.sql`.
fn number(path: &str) -> Option<u32> {
    let name = Path::new(path).file_stem()?.to_str()?;
    let (number, words) = name.strip_prefix('V')?.split_once("__")?;
    if words.is_empty() { None } else { number.parse().ok() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn findings_of(names: &[&str]) -> usize {
        let files: Vec<File> = names
            .iter()
            .map(|name| File { path: format!("migrations/store/{name}"), text: String::new() })
            .collect();
        order("migrations/store/", &files.iter().collect::<Vec<_>>()).len()
    }

    #[test]
    fn a_gap_or_a_double_is_found() {
        assert_eq!(findings_of(&["V1__sites.sql", "V2__entries.sql", "V10__x.sql"]), 1);
        assert_eq!(findings_of(&["V1__sites.sql", "V1__entries.sql"]), 1);
        assert_eq!(findings_of(&["V2__sites.sql"]), 1);
        assert_eq!(findings_of(&["V1__sites.sql", "V2__entries.sql"]), 0);
    }

    #[test]
    fn another_name_is_found() {
        assert_eq!(findings_of(&["1_sites.sql"]), 1);
    }
}
