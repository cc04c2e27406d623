//! A date as a clerk types it: `22`, `22/11`, `22/11/2026`, `y`, `t`, `-3`, `22 nov`.
//!
//! Pure: today is told. A day without its month means the latest such day that is not in the future.

use deskops_domain::day::{Day, FIRST_DAY};

const MONTHS: [&str; 12] =
    ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// What to type, in the words of the date control.
pub const HINT: &str = "22, 22/11, 22/11/2026, y for yesterday, t for today";

/// Reads a date that may lie in the future: what its year, or its month, leaves open is the day
/// nearest to today, because a price from `1/12` typed in November begins in December.
///
/// # Errors
/// A sentence about what is wrong with it.
pub fn read_any(text: &str, today: Day) -> Result<Day, String> {
    let text = western(text).trim().to_lowercase();
    let words: Vec<&str> =
        text.split(['/', '.', '-', ' ', ',']).filter(|word| !word.is_empty()).collect();
    let day = match (text.as_str(), words.as_slice()) {
        ("t" | "today", _) => Some(today),
        ("y" | "yesterday", _) => Some(today.plus(-1)),
        (_, [day]) if !text.starts_with('-') => nearest(
            (month_back(today, 1).into_iter())
                .chain(month_back(today, 0))
                .chain(month_back(today.last_of_month().plus(1), 0)),
            number(day),
            today,
        ),
        (_, [day, month]) => {
            let (year, month) = (year_of(today), month_number(month));
            let years = (year - 1)..=(year + 1);
            nearest(years.filter_map(|year| Some((year, month?))), number(day), today)
        }
        (_, [_, _, _]) => parts(&text, today),
        _ => None,
    };
    match day {
        None => Err(format!("\"{text}\" is not a date. Type it like 22, 22/11 or 22/11/2026.")),
        Some(day) if day < FIRST_DAY => Err(format!(
            "{} is before {}, the first day that records are kept for.",
            day.long(),
            FIRST_DAY.long()
        )),
        Some(day) => Ok(day),
    }
}

/// This day of these months that lies nearest to today.
fn nearest(months: impl Iterator<Item = (u32, u32)>, day: Option<u32>, today: Day) -> Option<Day> {
    let days = months.filter_map(|(year, month)| civil(year, month, day?));
    days.min_by_key(|day| today.since(*day).abs())
}

/// Reads a typed date.
///
/// # Errors
/// A sentence about what is wrong with it.
pub fn read(text: &str, today: Day) -> Result<Day, String> {
    let text = western(text).trim().to_lowercase();
    let day = match text.as_str() {
        "" => return Err(format!("Type a date: {HINT}.")),
        "t" | "today" => today,
        "y" | "yesterday" => today.plus(-1),
        _ => {
            parts(&text, today).ok_or_else(|| format!("\"{text}\" is not a date. Type {HINT}."))?
        }
    };
    if day > today {
        return Err(format!("{} is in the future; today is {}.", day.long(), today.long()));
    }
    if day < FIRST_DAY {
        return Err(format!(
            "{} is before {}, the first day that records are kept for.",
            day.long(),
            FIRST_DAY.long()
        ));
    }
    Ok(day)
}

fn parts(text: &str, today: Day) -> Option<Day> {
    if let Some(back) = text.strip_prefix('-') {
        return Some(today.plus(-back.trim().parse::<i64>().ok().filter(|days| *days < 10_000)?));
    }
    let words: Vec<&str> =
        text.split(['/', '.', '-', ' ', ',']).filter(|word| !word.is_empty()).collect();
    match words.as_slice() {
        [day] => latest(
            (0..12)
                .filter_map(|back| month_back(today, back))
                .filter_map(|(y, m)| civil(y, m, number(day)?)),
            today,
        ),
        [day, month] => {
            let (day, month) = (number(day)?, month_number(month)?);
            let year = year_of(today);
            // 29 Feb is found in the last leap year.
            latest((0..8).filter_map(|back| civil(year - back, month, day)), today)
                .or_else(|| civil(year, month, day))
        }
        [year, month, day] if year.len() == 4 => {
            civil(number(year)?, month_number(month)?, number(day)?)
        }
        [day, month, year] => {
            let year = number(year).map(|year| if year < 100 { 2000 + year } else { year })?;
            civil(year, month_number(month)?, number(day)?)
        }
        _ => None,
    }
}

fn latest(mut days: impl Iterator<Item = Day>, today: Day) -> Option<Day> {
    days.find(|day| *day <= today)
}

fn number(text: &str) -> Option<u32> {
    (text.len() <= 4 && text.bytes().all(|b| b.is_ascii_digit())).then(|| text.parse().ok())?
}

fn month_number(text: &str) -> Option<u32> {
    let named = MONTHS.iter().position(|month| text.len() >= 3 && text.starts_with(month));
    named.map_or_else(|| number(text), |at| u32::try_from(at + 1).ok())
}

fn civil(year: u32, month: u32, day: u32) -> Option<Day> {
    Day::parse(&format!("{year:04}-{month:02}-{day:02}"))
}

fn year_of(day: Day) -> u32 {
    day.to_string()[..4].parse().unwrap_or_default()
}

fn month_back(today: Day, back: u32) -> Option<(u32, u32)> {
    let month: u32 = today.to_string().get(5..7)?.parse().ok()?;
    let months = year_of(today) * 12 + month - 1 - back;
    Some((months / 12, months % 12 + 1))
}

fn western(text: &str) -> String {
    let digit = |c: char, zero: char| char::from_digit(c as u32 - zero as u32, 10).unwrap_or(c);
    text.chars()
        .map(|c| match c {
            '٠'..='٩' => digit(c, '٠'),
            '۰'..='۹' => digit(c, '۰'),
            '\u{2212}' => '-',
            _ => c,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_on(text: &str, today: &str) -> String {
        read(text, Day::parse(today).unwrap()).map_or_else(|why| why, |day| day.to_string())
    }

    #[test]
    fn dates_are_read_as_clerks_type_them() {
        for (text, day) in [
            ("22", "2026-11-22"),
            ("15", "2026-11-15"),
            ("25", "2026-10-25"),
            ("31", "2026-10-31"),
            ("22/11", "2026-11-22"),
            ("1/12", "2025-12-01"),
            ("22/11/2026", "2026-11-22"),
            ("22.11.26", "2026-11-22"),
            ("2026-11-01", "2026-11-01"),
            ("t", "2026-11-22"),
            ("y", "2026-11-21"),
            ("Yesterday", "2026-11-21"),
            ("-7", "2026-11-15"),
            ("22 nov", "2026-11-22"),
            ("3 sept 2025", "2025-09-03"),
            ("29/2", "2024-02-29"),
            ("٢٢/١١", "2026-11-22"),
            ("  5 ", "2026-11-05"),
        ] {
            assert_eq!(read_on(text, "2026-11-22"), day, "{text}");
        }
    }

    #[test]
    fn what_begins_on_a_day_begins_on_the_nearest_one() {
        let today = Day::parse("2026-11-22").unwrap();
        for (text, day) in [
            ("22", "2026-11-22"),
            ("1", "2026-12-01"),
            ("15", "2026-11-15"),
            ("1/12", "2026-12-01"),
            ("1/1", "2027-01-01"),
            ("9/7", "2026-07-09"),
            ("23/9/2027", "2027-09-23"),
            ("2020-01-01", "2020-01-01"),
            ("1 jan", "2027-01-01"),
            ("t", "2026-11-22"),
            ("٢٢/١١", "2026-11-22"),
        ] {
            assert_eq!(read_any(text, today).map(|day| day.to_string()), Ok(day.into()), "{text}");
        }
        for text in ["", "x", "32", "31/2/2026", "-3", "1/13", "1/1/1999"] {
            assert!(read_any(text, today).is_err(), "{text}");
        }
    }

    #[test]
    fn a_day_that_the_month_does_not_have_is_the_last_one_there_was() {
        assert_eq!(read_on("31", "2026-03-15"), "2026-01-31");
        assert_eq!(read_on("30", "2026-03-01"), "2026-01-30");
    }

    #[test]
    fn what_is_no_date_or_in_the_future_says_so() {
        for (text, part) in [
            ("", "Type a date"),
            ("x", "not a date"),
            ("32", "not a date"),
            ("31/2", "not a date"),
            ("0", "not a date"),
            ("23/11/2026", "in the future"),
            ("1/1/1999", "before"),
            ("1/2/3/4", "not a date"),
            ("-99999", "not a date"),
            ("22/13", "not a date"),
        ] {
            let said = read_on(text, "2026-11-22");
            assert!(said.contains(part), "{text}: {said}");
        }
    }

    proptest::proptest! {
        #[test]
        fn no_text_makes_the_reader_fail_in_another_way(text in "\\PC{0,20}") {
            let today = Day::parse("2026-11-22").unwrap();
            let _ = (read(&text, today), read_any(&text, today));
        }
    }
}
