//! Which names fit what is typed, best first: for the lists of cells, and for the site in the header.

/// The places of what fits what is typed, best first: `34` finds `AGG-3/4`. Each has two names.
#[must_use]
pub fn fitting<'a>(names: impl IntoIterator<Item = [&'a str; 2]>, typed: &str) -> Vec<usize> {
    let words: Vec<String> =
        typed.split_whitespace().map(bare).filter(|word| !word.is_empty()).collect();
    let first = words.first().map_or("", String::as_str);
    let mut fitting = Vec::new();
    for (place, names) in names.into_iter().enumerate() {
        let names = names.map(bare);
        let holds = |word: &String| names.iter().any(|name| name.contains(word.as_str()));
        if words.iter().all(holds) {
            let is_it = names.iter().any(|name| name == first);
            let starts = names.iter().any(|name| name.starts_with(first));
            fitting.push((!is_it, !starts, place));
        }
    }
    fitting.sort_unstable();
    fitting.into_iter().map(|(_, _, place)| place).collect()
}

/// Letters and digits alone, in lower case; the text itself where it has none.
#[must_use]
pub fn bare(text: &str) -> String {
    let bare: String =
        text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
    if bare.is_empty() { text.trim().to_lowercase() } else { bare }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_site_is_found_by_its_code_or_a_part_of_its_name() {
        let sites = [["All sites", ""], ["ALASLA-29", "Al Asla Recycling"], ["YANBU-2", "Yanbu 2"]];
        assert_eq!(fitting(sites, "ya"), [2]);
        assert_eq!(fitting(sites, "al"), [0, 1], "both begin so");
        assert_eq!(fitting(sites, "recycl"), [1]);
        assert_eq!(fitting(sites, ""), [0, 1, 2]);
        assert_eq!(fitting(sites, "riyadh"), [0_usize; 0]);
    }
}
