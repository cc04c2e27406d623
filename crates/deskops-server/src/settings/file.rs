//! The file of settings: TOML, one line a setting. A key that is none is refused with its line,
//! because a misspelt setting that is passed over is believed to hold.

use toml::de::{DeTable, DeValue};

use super::table::{SETTINGS, Setting};

/// The settings of a file, each as text and with its line.
pub(super) fn read(text: &str) -> Result<Vec<(&'static Setting, String, usize)>, String> {
    let line_of = |at: usize| text.get(..at).unwrap_or(text).matches('\n').count() + 1;
    let table = DeTable::parse(text).map_err(|error| {
        let line = error.span().map_or(1, |span| line_of(span.start));
        format!("line {line}: this is no TOML: {}", error.message().trim())
    })?;
    let mut found = Vec::new();
    for (key, value) in table.get_ref() {
        let line = line_of(key.span().start);
        let name = key.get_ref().as_ref();
        let setting = SETTINGS.iter().find(|setting| setting.key == name).ok_or_else(|| {
            format!("line {line}: there is no setting `{}`.{}", clip(name), near(name))
        })?;
        let text = as_text(value.get_ref()).ok_or_else(|| {
            format!("line {line}: `{name}` is a text, a number, true or false, or a list of texts.")
        })?;
        found.push((setting, text, line));
    }
    Ok(found)
}

fn clip(name: &str) -> String {
    deskops_domain::problem::clip(name).to_string()
}

/// A setting that may be meant.
fn near(name: &str) -> String {
    let plain = |text: &str| text.replace(['_', '-'], "").to_lowercase();
    let meant = SETTINGS.iter().find(|setting| {
        let (key, name) = (plain(setting.key), plain(name));
        key == name || (name.len() > 3 && (key.starts_with(&name) || name.starts_with(&key)))
    });
    meant.map(|setting| format!(" Is `{}` meant?", setting.key)).unwrap_or_default()
}

fn as_text(value: &DeValue<'_>) -> Option<String> {
    match value {
        DeValue::String(text) => Some(text.to_string()),
        DeValue::Integer(number) => Some(number.as_str().replace('_', "")),
        DeValue::Boolean(is_on) => Some(is_on.to_string()),
        DeValue::Array(each) => {
            let texts = each.iter().map(|each| each.get_ref().as_str());
            Some(texts.collect::<Option<Vec<_>>>()?.join(","))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_texts_numbers_switches_and_lists() {
        let text = "data = 'x'\n\nbody-limit-kib = 1_024\nbehind-proxy = true\ntrusted-proxy = [\"10.0.0.1\", \"::1\"]\n";
        let read: Vec<_> =
            read(text).unwrap().into_iter().map(|(s, t, line)| (s.key, t, line)).collect();
        let of = |key, text: &str, line| (key, text.to_owned(), line);
        let mut expected = vec![
            of("data", "x", 1),
            of("body-limit-kib", "1024", 3),
            of("behind-proxy", "true", 4),
            of("trusted-proxy", "10.0.0.1,::1", 5),
        ];
        expected.sort();
        let mut found = read;
        found.sort();
        assert_eq!(found, expected);
    }

    #[test]
    fn what_is_no_setting_is_told_with_its_line() {
        let told = read("data = 'x'\n\nbody_limit_kib = 1\n").unwrap_err();
        assert_eq!(
            told,
            "line 3: there is no setting `body_limit_kib`. Is `body-limit-kib` meant?"
        );
        assert!(
            read("[server]\ndata = 'x'")
                .unwrap_err()
                .starts_with("line 1: there is no setting `server`")
        );
        assert!(read("data = 1.5").unwrap_err().starts_with("line 1: `data` is a text"));
        assert!(read("data = 'x'\ndata = 'y'").unwrap_err().starts_with("line 2"));
        assert!(read("data = ").unwrap_err().starts_with("line 1: this is no TOML"));
    }
}
