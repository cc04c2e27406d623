//! What was said of each setting, and where: by a flag, else by a variable, else in the file.

use std::collections::BTreeMap;
use std::fmt::Display;
use std::path::{Path, PathBuf};

use clap::parser::ValueSource;
use clap::{Arg, ArgAction, ArgMatches, Command};

use super::file;
use super::table::{SETTINGS, Setting};

/// The file that is read from the data folder when none is named.
const FILE: &str = "deskops-server.toml";

/// The settings as arguments of a command line.
#[must_use]
pub fn line(command: Command) -> Command {
    let config = Arg::new("config")
        .long("config")
        .env("DESKOPS_CONFIG")
        .value_name("FILE")
        .global(true)
        .help(format!("A file of settings; `{FILE}` in the data folder when it is there"));
    command.arg(config).args(SETTINGS.iter().map(argument))
}

fn argument(setting: &Setting) -> Arg {
    let default = if setting.default.is_empty() { "nothing" } else { setting.default };
    let argument = Arg::new(setting.key)
        .long(setting.key)
        .env(setting.env)
        .hide_env_values(true)
        .global(true)
        .action(ArgAction::Set)
        .help(format!("{} [default: {default}]", setting.what))
        .long_help(format!("{}\n[default: {default}] {}", setting.what, setting.why));
    if setting.is_switch() {
        argument
            .num_args(0..=1)
            .require_equals(true)
            .default_missing_value("true")
            .value_name("BOOL")
    } else {
        argument.value_name(setting.value)
    }
}

/// A value as it was said.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Said {
    text: String,
    by: String,
}

/// What was said of each setting.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Given {
    said: BTreeMap<&'static str, Said>,
    /// The file that was read.
    pub file: Option<PathBuf>,
}

impl Given {
    /// Collects what the line, the variables and the file say.
    ///
    /// # Errors
    /// When the file cannot be read, or has a key that is no setting.
    pub fn collect(matches: &ArgMatches) -> Result<Self, String> {
        let mut given = Self::default();
        for setting in SETTINGS {
            let by = match matches.value_source(setting.key) {
                Some(ValueSource::CommandLine) => format!("--{}", setting.key),
                Some(ValueSource::EnvVariable) => setting.env.to_owned(),
                _ => continue,
            };
            let text = matches.get_one::<String>(setting.key).cloned().unwrap_or_default();
            given.note(setting, text, by);
        }
        let named = matches.get_one::<String>("config").filter(|name| !name.is_empty());
        let file = match named {
            Some(name) => PathBuf::from(name),
            None => Path::new(given.text("data")).join(FILE),
        };
        if named.is_none() && !file.exists() {
            return Ok(given);
        }
        let text = std::fs::read_to_string(&file).map_err(|error| {
            format!("The settings in {} cannot be read: {error}.", file.display())
        })?;
        given
            .read_file(&text, &file.display())
            .map_err(|told| format!("{}, {told}", file.display()))?;
        given.file = Some(file);
        Ok(given)
    }

    /// Notes what a file says and nobody has said before.
    fn read_file(&mut self, text: &str, file: &dyn Display) -> Result<(), String> {
        for (setting, text, line) in file::read(text)? {
            if !self.said.contains_key(setting.key) {
                self.note(setting, text, format!("{file}, line {line}"));
            }
        }
        Ok(())
    }

    /// What a file of settings says, by itself.
    ///
    /// # Errors
    /// When it is no such file, with its line.
    pub fn of_file(text: &str) -> Result<Self, String> {
        let mut given = Self::default();
        given.read_file(text, &"the file")?;
        Ok(given)
    }

    /// Settings as a test says them.
    #[must_use]
    pub fn of(said: &[(&str, &str)]) -> Self {
        let mut given = Self::default();
        for (key, text) in said {
            let setting = Setting::of(key).expect("a test names a setting");
            given.note(setting, (*text).to_owned(), format!("--{key}"));
        }
        given
    }

    fn note(&mut self, setting: &Setting, text: String, by: String) {
        // A variable that is set to nothing says nothing.
        if !text.trim().is_empty() {
            let key = SETTINGS.iter().find(|known| known.key == setting.key).map(|known| known.key);
            self.said.extend(key.map(|key| (key, Said { text: text.trim().to_owned(), by })));
        }
    }

    /// What holds of a setting: what was said, or its default.
    #[must_use]
    pub fn text(&self, key: &str) -> &str {
        let default = Setting::of(key).map_or("", |setting| setting.default);
        self.said.get(key).map_or(default, |said| &said.text)
    }

    /// Where a setting was said; nothing where its default holds.
    #[must_use]
    pub fn by(&self, key: &str) -> Option<&str> {
        self.said.get(key).map(|said| said.by.as_str())
    }
}
