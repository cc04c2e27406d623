//! Rules for source files: a reason on top, a size that can be read, and words that are not used here.

use anyhow::Result;

use super::{File, Finding, files};
use crate::project::Project;

const LONGEST: usize = 400;
const LONGEST_TEST: usize = 600;

/// Words that no Rust file may hold, and why. Each is split in two, so that this list does not find itself.
const BANNED: &[(&str, &str, &str)] = &[
    ("TO", "DO", "do it, or open an issue"),
    ("FIX", "ME", "do it, or open an issue"),
    ("to", "do!(", "write it, or leave it out"),
    ("unimplem", "ented!(", "write it, or leave it out"),
    ("db", "g!(", "a log line stays, a look does not"),
    ("#[ign", "ore", "a test that does not run proves nothing"),
    ("should_", "panic", "assert on what the caller gets"),
    ("document::", "eval", "it needs 'unsafe-eval' in the page's policy; use web-sys"),
    ("thread::", "sleep", "wait for what you wait for, with a deadline"),
    ("time::", "sleep(", "wait for what you wait for, with a deadline"),
];

/// The tests' one place that pauses, between two looks.
const MAY_PAUSE: &str = "tests/src/window/wait.rs";
/// Where SQL is at home; tests look into the file that a program left behind.
const MAY_KNOW_SQLITE: &[&str] = &["crates/deskops-core/", "tests/", "xtask/src/tidy/"];

/// What breaks the rules.
pub fn findings(project: &Project) -> Result<Vec<Finding>> {
    let mut found: Vec<Finding> = files(project, &[".rs"])?.iter().flat_map(rust).collect();
    let texts = [".rs", ".toml", ".sql", ".css", ".js", ".html", ".json", ".yml"];
    for file in files(project, &texts)? {
        found.extend(spaces(&file));
    }
    Ok(found)
}

fn rust(file: &File) -> Vec<Finding> {
    let File { path, text } = file;
    let mut found = Vec::new();
    if !text.starts_with("//!") {
        found.push(format!(
            "{path}: begin with a line `//!` that says what is here and why it is apart"
        ));
    }
    let (lines, longest) = (text.lines().count(), longest(path));
    if lines > longest {
        found.push(format!("{path}: {lines} lines; take it apart ({longest} at most)"));
    }
    for (first, second, why) in BANNED {
        let may_pause =
            second.starts_with("sleep") && (!is_test(path) || path.starts_with(MAY_PAUSE));
        let word = format!("{first}{second}");
        for (number, line) in text.lines().enumerate().filter(|_| !may_pause) {
            if line.contains(&word) {
                found.push(format!("{path}:{}: `{word}` is not used here: {why}", number + 1));
            }
        }
    }
    if text.contains("rusqlite") && !MAY_KNOW_SQLITE.iter().any(|start| path.starts_with(start)) {
        found.push(format!("{path}: names rusqlite; SQL lives in crates/deskops-core only"));
    }
    found
}

/// How long a file may be: a file of tests is read from one test to the next, and may be longer.
fn longest(path: &str) -> usize {
    if is_test(path) { LONGEST_TEST } else { LONGEST }
}

fn is_test(path: &str) -> bool {
    path.starts_with("tests/") || path.contains("/tests/") || path.ends_with("/tests.rs")
}

fn spaces(file: &File) -> Vec<Finding> {
    let File { path, text } = file;
    let mut found: Vec<Finding> = text
        .lines()
        .enumerate()
        .filter(|(_, line)| line.ends_with([' ', '\t']))
        .map(|(number, _)| {
            format!("{path}:{}: take away the space at the end of the line", number + 1)
        })
        .collect();
    if !text.is_empty() && !text.ends_with('\n') {
        found.push(format!("{path}: end the last line"));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(path: &str, text: &str) -> File {
        File { path: path.to_owned(), text: text.to_owned() }
    }

    #[test]
    fn a_file_without_a_reason_is_found() {
        assert_eq!(rust(&file("ui/src/a.rs", "fn a() {}\n")).len(), 1);
        assert_eq!(rust(&file("ui/src/a.rs", "//! Why.\nfn a() {}\n")), Vec::<Finding>::new());
    }

    #[test]
    fn a_long_file_is_found_and_a_test_may_be_longer() {
        let text = format!("//! Why.\n{}", "//\n".repeat(450));
        assert_eq!(rust(&file("ui/src/a.rs", &text)).len(), 1);
        assert_eq!(rust(&file("tests/api/a.rs", &text)), Vec::<Finding>::new());
    }

    #[test]
    fn a_banned_word_is_found_with_its_line() {
        let text = format!("//! Why.\nfn a() {{ {}{}) }}\n", "to", "do!(");
        let found = rust(&file("ui/src/a.rs", &text));
        assert!(found[0].starts_with("ui/src/a.rs:2: "), "{found:?}");
    }

    #[test]
    fn sqlite_is_found_outside_core() {
        let text = "//! Why.\nuse rusqlite::Connection;\n";
        assert_eq!(rust(&file("ui/src/a.rs", text)).len(), 1);
        assert_eq!(rust(&file("crates/deskops-core/src/a.rs", text)), Vec::<Finding>::new());
    }

    #[test]
    fn a_space_at_the_end_is_found() {
        assert_eq!(spaces(&file("a.css", "a {} \n")).len(), 1);
        assert_eq!(spaces(&file("a.css", "a {}")).len(), 1);
        assert_eq!(spaces(&file("a.css", "a {}\n")), Vec::<Finding>::new());
    }
}
