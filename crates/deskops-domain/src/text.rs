//! Numbers as people type and paste them, and as they are shown: exact, without floats.
//!
//! One reader serves typed cells, pasted blocks, JSON and files, so that a figure means the same
//! wherever it comes from.

/// Why a text is not the number that was asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotANumber {
    /// Nothing was there.
    Empty,
    /// Some character has no place in a number.
    Malformed,
    /// More decimals than the field keeps, which would have to be rounded.
    TooManyDecimals,
    /// More digits than any figure of a site has.
    TooLarge,
}

/// Reads a number into an integer of `10^-decimals` units.
///
/// Takes Western and Arabic-Indic digits, `1,204.100`, `1.204,100`, `12,5`, a true minus sign.
/// A single comma before exactly three digits is a thousands separator, as Excel writes it in
/// Jeddah, unless the number begins with zero (`0,500`).
///
/// ```
/// use deskops_domain::text::parse_fixed;
/// assert_eq!(parse_fixed("128.45", 3), Ok(128_450));
/// assert_eq!(parse_fixed("١٬٢٠٤٫١", 3), Ok(1_204_100));
/// ```
///
/// # Errors
/// Says what keeps the text from being such a number; never rounds.
pub fn parse_fixed(text: &str, decimals: u32) -> Result<i64, NotANumber> {
    let plain = plain(text)?;
    let (sign, digits) = match plain.strip_prefix('-') {
        Some(rest) => (-1, rest),
        None => (1, plain.strip_prefix('+').unwrap_or(&plain)),
    };
    let (whole, fraction) = split(digits)?;
    let fraction = fraction.trim_end_matches('0');
    if fraction.len() > decimals as usize {
        return Err(NotANumber::TooManyDecimals);
    }
    let digits = format!("{whole}{fraction:0<width$}", width = decimals as usize);
    let raw: i64 = digits.parse().map_err(|_| NotANumber::TooLarge)?;
    Ok(sign * raw)
}

/// Writes an integer of `10^-decimals` units: `1204.1` as `1204.100`, for files and inputs.
#[must_use]
pub fn format_fixed(raw: i64, decimals: u32) -> String {
    let unit = 10_u64.pow(decimals);
    let (sign, size) = (if raw < 0 { "-" } else { "" }, raw.unsigned_abs());
    if decimals == 0 {
        return format!("{sign}{size}");
    }
    format!("{sign}{}.{:0width$}", size / unit, size % unit, width = decimals as usize)
}

/// Writes a number for reading: grouped, with a true minus sign, `−1,204.100`.
#[must_use]
pub fn show_fixed(raw: i64, decimals: u32) -> String {
    let plain = format_fixed(raw, decimals);
    let digits = plain.trim_start_matches('-');
    let (whole, fraction) = digits.split_at(digits.find('.').unwrap_or(digits.len()));
    let mut grouped = String::from(if raw < 0 { "\u{2212}" } else { "" });
    for (i, digit) in whole.chars().enumerate() {
        if i > 0 && (whole.len() - i).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped + fraction
}

/// Western digits and signs only; marks of direction and all spaces are dropped.
fn plain(text: &str) -> Result<String, NotANumber> {
    let mut plain = String::with_capacity(text.len().min(32));
    for c in text.trim().chars() {
        match c {
            ' '
            | '\u{a0}'
            | '\u{202f}'
            | '\u{2009}'
            | '\u{200e}'
            | '\u{200f}'
            | '\u{61c}'
            | '\u{2066}'..='\u{2069}' => {}
            '0'..='9' | '.' | ',' | '-' | '+' => plain.push(c),
            '\u{2212}' => plain.push('-'),
            '٫' => plain.push('.'),
            '٬' => plain.push(','),
            '٠'..='٩' => plain.push(western(c, '٠')),
            '۰'..='۹' => plain.push(western(c, '۰')),
            _ => return Err(NotANumber::Malformed),
        }
        if plain.len() > 40 {
            return Err(NotANumber::TooLarge);
        }
    }
    if plain.is_empty() { Err(NotANumber::Empty) } else { Ok(plain) }
}

fn western(digit: char, zero: char) -> char {
    char::from_digit(digit as u32 - zero as u32, 10).unwrap_or('0')
}

/// Whole and fractional digits, with the grouping taken out.
fn split(digits: &str) -> Result<(String, &str), NotANumber> {
    let point = match (digits.rfind('.'), digits.rfind(',')) {
        (Some(dot), Some(comma)) => Some(dot.max(comma)),
        (Some(dot), None) => (digits.matches('.').count() == 1).then_some(dot),
        (None, Some(comma)) => is_decimal_comma(digits, comma).then_some(comma),
        (None, None) => None,
    };
    let (whole, fraction) = point.map_or((digits, ""), |at| (&digits[..at], &digits[at + 1..]));
    let decimal = point.map(|at| digits.as_bytes()[at]);
    let mut groups = whole.split(['.', ',']);
    let first = groups.next().unwrap_or_default();
    let is_number = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
    let mut joined = String::from(if first.is_empty() { "0" } else { first });
    let mut n_groups = 0;
    for group in groups {
        if group.len() != 3 || first.is_empty() || first.len() > 3 {
            return Err(NotANumber::Malformed);
        }
        n_groups += 1;
        joined.push_str(group);
    }
    let mixes_points =
        n_groups > 0 && decimal.is_some_and(|point| whole.as_bytes().contains(&point));
    let is_bare_point = first.is_empty() && fraction.is_empty();
    if mixes_points || is_bare_point || !is_number(&joined) || !is_number(fraction) {
        return Err(NotANumber::Malformed);
    }
    Ok((joined, fraction))
}

fn is_decimal_comma(digits: &str, comma: usize) -> bool {
    let (whole, fraction) = (&digits[..comma], &digits[comma + 1..]);
    let groups_thousands =
        fraction.len() == 3 && (1..=3).contains(&whole.len()) && !whole.starts_with('0');
    digits.matches(',').count() == 1 && !groups_thousands
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_read_as_clerks_type_and_paste_them() {
        for (text, kg) in [
            ("128.45", 128_450),
            ("128", 128_000),
            (".5", 500),
            ("5.", 5_000),
            ("1,204.100", 1_204_100),
            ("1.204,100", 1_204_100),
            ("12,5", 12_500),
            ("0,500", 500),
            ("1,311", 1_311_000),
            ("1,311,000.25", 1_311_000_250),
            ("-12.3", -12_300),
            ("\u{2212}12.3", -12_300),
            ("٩٦٫٢", 96_200),
            ("۹۶.۲", 96_200),
            (" 74.835 ", 74_835),
            ("1 204.1", 1_204_100),
            ("96.2000", 96_200),
            ("1.234.567", 1_234_567_000),
            ("007", 7_000),
        ] {
            assert_eq!(parse_fixed(text, 3), Ok(kg), "{text}");
        }
    }

    #[test]
    fn what_is_no_number_says_why() {
        for (text, why) in [
            ("", NotANumber::Empty),
            ("  ", NotANumber::Empty),
            ("abc", NotANumber::Malformed),
            ("1e3", NotANumber::Malformed),
            ("NaN", NotANumber::Malformed),
            ("1,23,4", NotANumber::Malformed),
            ("1.2.3", NotANumber::Malformed),
            ("--1", NotANumber::Malformed),
            (".", NotANumber::Malformed),
            ("1,2345,678.0", NotANumber::Malformed),
            ("1.2345", NotANumber::TooManyDecimals),
            ("99999999999999999999", NotANumber::TooLarge),
            ("#REF!", NotANumber::Malformed),
            ("12-3", NotANumber::Malformed),
        ] {
            assert_eq!(parse_fixed(text, 3), Err(why), "{text}");
        }
    }

    #[test]
    fn figures_are_shown_grouped_with_a_true_minus() {
        assert_eq!(show_fixed(1_204_100, 3), "1,204.100");
        assert_eq!(show_fixed(-4_200, 3), "\u{2212}4.200");
        assert_eq!(show_fixed(12, 0), "12");
        assert_eq!(show_fixed(1_000_000, 0), "1,000,000");
        assert_eq!(format_fixed(-50, 3), "-0.050");
    }

    proptest::proptest! {
        #[test]
        fn a_number_is_read_back_from_every_way_it_is_written(raw in -999_999_999_999_i64..999_999_999_999, decimals in 0_u32..4) {
            proptest::prop_assert_eq!(parse_fixed(&format_fixed(raw, decimals), decimals), Ok(raw));
            proptest::prop_assert_eq!(parse_fixed(&show_fixed(raw, decimals), decimals), Ok(raw));
        }

        #[test]
        fn no_text_makes_the_reader_fail_in_another_way(text in "\\PC{0,60}", decimals in 0_u32..4) {
            let _ = parse_fixed(&text, decimals);
        }
    }
}
