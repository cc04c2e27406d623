//! The settings as a file with comments, and as the table of `docs/server.md`.

use std::fmt::Write as _;

use super::given::Given;
use super::table::{SETTINGS, Setting};
use deskops_core::DatabaseUrl;

/// A file of settings with what holds: what is not said stands there as a comment.
#[must_use]
pub fn as_toml(given: &Given) -> String {
    let mut text = "# Settings of deskops-server. A flag goes before a variable, a variable before this file.\n".to_owned();
    for setting in SETTINGS {
        let Setting { key, env, what, why, .. } = setting;
        let _ = write!(text, "\n# {what}\n# {why}\n# --{key}, {env}\n");
        let value = given.text(key);
        let _ = match given.by(key) {
            // A password is not printed: say it again.
            Some(by) if *key == "database-url" => {
                let shown = DatabaseUrl::read(value).map(|url| url.to_string()).unwrap_or_default();
                writeln!(text, "# {key} = {} # from {by}", quoted(setting, &shown))
            }
            Some(by) => writeln!(text, "{key} = {} # from {by}", quoted(setting, value)),
            None => writeln!(text, "# {key} = {}", quoted(setting, value)),
        };
    }
    text
}

/// A value as TOML has it; also one that is wrong, which the print-out is to show.
fn quoted(setting: &Setting, value: &str) -> String {
    let is_switch = setting.is_switch() && matches!(value, "true" | "false");
    let is_number = value.parse::<u32>().is_ok_and(|number| number.to_string() == value);
    if is_switch || is_number {
        return value.to_owned();
    }
    let escaped = value.chars().map(|c| match c {
        '"' | '\\' => format!("\\{c}"),
        c if c.is_control() => format!("\\u{:04X}", u32::from(c)),
        c => c.to_string(),
    });
    format!("\"{}\"", escaped.collect::<String>())
}

/// The settings as a table in Markdown.
#[must_use]
pub fn as_markdown() -> String {
    let mut text =
        "| Setting | Variable | Default | What it is, and why this default |\n|---|---|---|---|\n"
            .to_owned();
    for Setting { key, env, default, what, why, .. } in SETTINGS {
        let default = if default.is_empty() { String::new() } else { format!("`{default}`") };
        let _ = writeln!(text, "| `--{key}` | `{env}` | {default} | {what} {why} |");
    }
    text
}

#[cfg(test)]
mod tests {
    use super::super::file;
    use super::*;

    #[test]
    fn the_document_holds_the_table() {
        let document = include_str!("../../../../docs/server.md");
        assert!(
            document.contains(&as_markdown()),
            "put the print-out of `deskops-server config --table` into docs/server.md"
        );
    }

    #[test]
    fn what_is_printed_is_read_again_and_holds_no_password() {
        let given = Given::of(&[
            ("listen", "127.0.0.1:1"),
            ("body-limit-kib", "512"),
            ("behind-proxy", "true"),
            ("data", "C:\\\"x\""),
            ("database-url", "postgres://ops:s3cret@db/x"),
        ]);
        let printed = as_toml(&given);
        assert!(!printed.contains("s3cret"), "{printed}");
        let read: Vec<_> =
            file::read(&printed).unwrap().into_iter().map(|(s, text, _)| (s.key, text)).collect();
        for key in ["listen", "body-limit-kib", "behind-proxy", "data"] {
            assert!(read.contains(&(key, given.text(key).to_owned())), "{key}: {read:?}");
        }
        assert_eq!(read.len(), 4);
        assert_eq!(file::read(&as_toml(&Given::default())).unwrap(), vec![]);
    }

    #[test]
    fn every_setting_is_told_once() {
        for (at, setting) in SETTINGS.iter().enumerate() {
            assert!(setting.env.starts_with("DESKOPS_"), "{}", setting.key);
            let is_twice = |other: &Setting| other.key == setting.key || other.env == setting.env;
            assert!(!SETTINGS[at + 1..].iter().any(is_twice), "{}", setting.key);
            assert!(setting.what.ends_with('.') && setting.why.ends_with('.'), "{}", setting.key);
        }
    }
}
