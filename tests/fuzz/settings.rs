//! The file of settings: wrong ones are told with their line, right ones come back as they were said.

use deskops_server::settings::{Config, Given, SETTINGS, as_toml};

use super::break_it::{Dice, WORDS};
use super::run::target;

fn new(dice: &mut Dice) -> Vec<u8> {
    let mut text = String::new();
    for _ in 0..dice.below(6) {
        let setting = SETTINGS[dice.below(SETTINGS.len())];
        let value = if dice.below(2) == 0 { setting.default } else { dice.one(WORDS) };
        let line = match dice.below(4) {
            0 => format!("{} = {value}\n", setting.key),
            1 => format!("{} = [\"{value}\"]\n", setting.key),
            _ => format!("{} = {value:?}\n", setting.key),
        };
        text.push_str(&line);
    }
    text.into_bytes()
}

#[test]
fn the_file_of_settings() {
    target("settings", new, |input| {
        let text = String::from_utf8_lossy(input);
        let given = match Given::of_file(&text) {
            Ok(given) => given,
            Err(told) => return assert!(told.contains("line "), "{told}"),
        };
        if let Err(wrong) = Config::read(&given) {
            assert!(!wrong.is_empty() && wrong.iter().all(|it| it.ends_with('.')), "{wrong:?}");
        }
        let again = Given::of_file(&as_toml(&given)).unwrap();
        for setting in SETTINGS.iter().filter(|setting| setting.key != "database-url") {
            assert_eq!(again.text(setting.key), given.text(setting.key), "{}", setting.key);
        }
    });
}
