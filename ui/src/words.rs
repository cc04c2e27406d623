//! Figures and states in the words of the site: one way to say each, on every screen.

use deskops_domain::text::show_fixed;

/// The days of the week as the site's calendar numbers them, Sunday first as in the Gulf.
pub const WEEKDAYS: [(u32, &str); 7] = [
    (7, "Sunday"),
    (1, "Monday"),
    (2, "Tuesday"),
    (3, "Wednesday"),
    (4, "Thursday"),
    (5, "Friday"),
    (6, "Saturday"),
];

/// `1,204.100 t`.
#[must_use]
pub fn tons(kg: i64) -> String {
    format!("{} t", show_fixed(kg, 3))
}

/// `4.20 %` of hundredths of a per cent, without its sign.
#[must_use]
pub fn percent(hundredths: i64) -> String {
    format!("{} %", show_fixed(hundredths.abs(), 2))
}

/// `3.2 MB`.
#[must_use]
pub fn bytes(bytes: u64) -> String {
    match bytes {
        0..1_000 => format!("{bytes} bytes"),
        1_000..1_000_000 => format!("{} KB", bytes / 1_000),
        _ => {
            let tenths = i64::try_from(bytes / 100_000).unwrap_or(i64::MAX);
            format!("{} MB", show_fixed(tenths, 1))
        }
    }
}

/// `1 row`, `12 rows`.
#[must_use]
pub fn rows(n_rows: u64) -> String {
    if n_rows == 1 { "1 row".into() } else { format!("{} rows", count(n_rows)) }
}

/// `1 line`, `9 lines`.
#[must_use]
pub fn plural(number: usize, one: &str) -> String {
    let s = if number == 1 { "" } else { "s" };
    format!("{} {one}{s}", count(u64::try_from(number).unwrap_or(u64::MAX)))
}

/// A whole number, grouped: `24,020`.
#[must_use]
pub fn count(number: u64) -> String {
    show_fixed(i64::try_from(number).unwrap_or(i64::MAX), 0)
}

/// A sum with its unit: `1,103.925 t`, `12`.
#[must_use]
pub fn amount(raw: i64, decimals: u32, unit: &str) -> String {
    let number = show_fixed(raw, decimals);
    if unit.is_empty() { number } else { format!("{number} {unit}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_said_with_their_unit() {
        assert_eq!(tons(1_103_925), "1,103.925 t");
        assert_eq!(percent(-420), "4.20 %");
        assert_eq!(bytes(999), "999 bytes");
        assert_eq!(bytes(412_345), "412 KB");
        assert_eq!(bytes(3_271_000), "3.2 MB");
        assert_eq!(rows(1), "1 row");
        assert_eq!(rows(100_000), "100,000 rows");
        assert_eq!(amount(12, 0, ""), "12");
    }
}
