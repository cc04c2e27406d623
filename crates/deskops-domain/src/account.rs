//! Which names and passwords a user may have, and which sites a set-up may describe.
//!
//! Pure, so that the page can tell what is wrong before it asks.

use crate::api::session::{NewDevice, NewPerson, NewSite};
use crate::problem::{Problem, Problems};

/// The fewest characters of a password.
pub const SHORTEST_PASSWORD: usize = 8;
/// The most characters of a password: hashing more only costs time.
pub const LONGEST_PASSWORD: usize = 200;
/// The digits of a PIN.
pub const PIN_DIGITS: usize = 6;
/// The hex digits of a device's key.
pub const KEY_DIGITS: usize = 64;
const LONGEST_NAME: usize = 40;
const LONGEST_WORDS: usize = 100;
/// A day that begins after noon would be the next one.
const LATEST_CUT: u32 = 12 * 60;

/// A sign-in name as it is kept: lower case, without the space around it.
#[must_use]
pub fn sign_in_name(typed: &str) -> String {
    typed.trim().to_lowercase()
}

/// What is wrong with a new user, by the paths `name`, `fullName` and `password`.
#[must_use]
pub fn person_problems(person: &NewPerson) -> Problems {
    let found = [
        name_problem(&person.name),
        full_name_problem(&person.full_name),
        password_problem("password", &person.password),
    ];
    Problems(found.into_iter().flatten().collect())
}

/// What is wrong with a sign-in name.
#[must_use]
pub fn name_problem(typed: &str) -> Option<Problem> {
    let name = sign_in_name(typed);
    let told = |message: String| {
        Some(Problem::new("name", "E-USER-NAME", message).value(typed).min(2).max(LONGEST_NAME))
    };
    let length = name.chars().count();
    if !(2..=LONGEST_NAME).contains(&length) {
        return told(format!(
            "A sign-in name has 2 to {LONGEST_NAME} characters; this has {length}."
        ));
    }
    if name.chars().any(|c| !c.is_alphanumeric() && !".-_".contains(c)) {
        return told("A sign-in name has only letters, digits, dots and dashes.".into());
    }
    None
}

/// What is wrong with a name in full.
#[must_use]
pub fn full_name_problem(typed: &str) -> Option<Problem> {
    words_problem("fullName", "E-FULL-NAME", "The full name", typed, LONGEST_WORDS)
}

/// What is wrong with a new password. It is never repeated in the answer.
#[must_use]
pub fn password_problem(path: &str, password: &str) -> Option<Problem> {
    let length = password.chars().count();
    let is_pin = length == PIN_DIGITS && password.bytes().all(|b| b.is_ascii_digit());
    if is_pin || (SHORTEST_PASSWORD..=LONGEST_PASSWORD).contains(&length) {
        return None;
    }
    let message = if length < SHORTEST_PASSWORD {
        format!(
            "A password has at least {SHORTEST_PASSWORD} characters, or is a PIN of {PIN_DIGITS} digits; this has {length}."
        )
    } else {
        format!("A password has at most {LONGEST_PASSWORD} characters; this has {length}.")
    };
    let problem = Problem::new(path, "E-PASSWORD", message);
    Some(problem.min(SHORTEST_PASSWORD).max(LONGEST_PASSWORD))
}

/// What is wrong with a device that shows itself, by the paths `key`, `name` and `app`. The key is
/// never repeated in the answer.
#[must_use]
pub fn device_problems(device: &NewDevice) -> Problems {
    let is_key =
        device.key.len() == KEY_DIGITS && device.key.bytes().all(|b| b.is_ascii_hexdigit());
    let told =
        format!("The key of a device is 32 random bytes, written as {KEY_DIGITS} hex digits.");
    let key = (!is_key).then(|| Problem::new("key", "E-DEVICE-KEY", told));
    let found = [key, device_name_problem(&device.name), app_problem(device.app.as_deref())];
    Problems(found.into_iter().flatten().collect())
}

/// What is wrong with the name of a device.
#[must_use]
pub fn device_name_problem(typed: &str) -> Option<Problem> {
    words_problem("name", "E-DEVICE-NAME", "The device's name", typed, LONGEST_WORDS)
}

/// What is wrong with a version of a program.
#[must_use]
pub fn app_problem(said: Option<&str>) -> Option<Problem> {
    words_problem("app", "E-APP", "The program's version", said?, LONGEST_NAME)
}

/// What is wrong with a site, but for its time zone, which needs the world's tables.
#[must_use]
pub fn site_problems(site: &NewSite) -> Problems {
    let mut found = Problems::default();
    let words = [
        words_problem("code", "E-SITE-CODE", "The site's code", &site.code, LONGEST_NAME),
        words_problem("name", "E-SITE-NAME", "The site's name", &site.name, LONGEST_WORDS),
        site.location
            .as_deref()
            .and_then(|town| words_problem("location", "E-TEXT", "The town", town, LONGEST_WORDS)),
    ];
    words.into_iter().flatten().for_each(|problem| found.add(problem));
    if site.day_cut_minutes > LATEST_CUT {
        let message = format!(
            "A day begins at most {LATEST_CUT} minutes after midnight; this is {}.",
            site.day_cut_minutes
        );
        let value = site.day_cut_minutes.to_string();
        found.add(
            Problem::new("dayCutMinutes", "E-DAY-CUT", message)
                .value(&value)
                .min(0)
                .max(LATEST_CUT),
        );
    }
    let is_weekday = |day: &u32| (1..=7).contains(day);
    if !is_weekday(&site.week_start) {
        let message = format!(
            "The week begins on a day from Monday 1 to Sunday 7; this is {}.",
            site.week_start
        );
        found.add(Problem::new("weekStart", "E-WEEKDAY", message).min(1).max(7));
    }
    if site.days_off.len() > 6 || !site.days_off.iter().all(is_weekday) {
        let message = "Days off are weekdays from Monday 1 to Sunday 7, at most six of them.";
        found.add(Problem::new("daysOff", "E-WEEKDAY", message).max(6));
    }
    found
}

fn words_problem(
    path: &str,
    code: &str,
    what: &str,
    typed: &str,
    longest: usize,
) -> Option<Problem> {
    let words = typed.trim();
    let length = words.chars().count();
    let message = if length == 0 {
        format!("{what} is missing.")
    } else if length > longest {
        format!("{what} has at most {longest} characters; this has {length}.")
    } else if words.chars().any(char::is_control) {
        format!("{what} has a character that cannot be shown.")
    } else {
        return None;
    };
    Some(Problem::new(path, code, message).value(words).min(1).max(longest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_has_eight_characters_or_is_a_pin_of_six_digits() {
        for good in ["12345678", "123456", "كلمة السر", &"x".repeat(200)] {
            assert_eq!(password_problem("password", good), None, "{good}");
        }
        for bad in ["", "1234567", "12345", "12a456", "seven77", &"x".repeat(201)] {
            let problem = password_problem("password", bad).unwrap();
            assert_eq!((problem.code.as_str(), problem.value), ("E-PASSWORD", None), "{bad}");
        }
    }

    #[test]
    fn a_sign_in_name_is_one_word_in_lower_case() {
        assert_eq!(sign_in_name("  Omar.K "), "omar.k");
        assert_eq!(name_problem("Omar.K-2"), None);
        assert_eq!(name_problem("عمر"), None);
        for bad in ["", "x", "two words", "a,b", &"x".repeat(41)] {
            assert!(name_problem(bad).is_some(), "{bad}");
        }
    }

    #[test]
    fn a_device_shows_a_key_of_64_hex_digits_and_a_name() {
        let device = |key: &str, name: &str, app: Option<&str>| NewDevice {
            key: key.into(),
            name: name.into(),
            app: app.map(str::to_owned),
        };
        let key = "0123456789abcdefABCDEF0123456789".repeat(2);
        assert!(device_problems(&device(&key, "Site office 2", Some("1.4.2"))).is_empty());
        assert!(device_problems(&device(&key, "مكتب", None)).is_empty());
        let long = "g".repeat(64);
        for bad in ["", &key[1..], &long, &"ж".repeat(32)] {
            let found = device_problems(&device(bad, " ", Some("\n")));
            let told: Vec<_> = found.0.iter().map(|each| each.code.as_str()).collect();
            assert_eq!(told, ["E-DEVICE-KEY", "E-DEVICE-NAME", "E-APP"], "{bad}");
            assert_eq!(found.0[0].value, None, "a key is never repeated");
        }
    }

    #[test]
    fn each_wrong_part_of_a_site_is_told() {
        let site = NewSite {
            code: " ".into(),
            name: "x".repeat(101),
            location: Some("\u{7}".into()),
            timezone: "Asia/Riyadh".into(),
            day_cut_minutes: 721,
            week_start: 0,
            days_off: vec![8],
        };
        let paths: Vec<_> =
            site_problems(&site).0.into_iter().map(|problem| problem.path).collect();
        assert_eq!(paths, ["code", "name", "location", "dayCutMinutes", "weekStart", "daysOff"]);
    }
}
