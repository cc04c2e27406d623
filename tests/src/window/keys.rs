//! Key presses as text, and how many a person's fingers make of them.

const ENTER: char = '\u{e007}';
const TAB: char = '\u{e004}';
const SHIFT: char = '\u{e008}';

/// The keys that have a name instead of a letter.
const NAMED: &[(&str, char)] = &[
    ("Ctrl", '\u{e009}'),
    ("Shift", SHIFT),
    ("Alt", '\u{e00a}'),
    ("Enter", ENTER),
    ("Tab", TAB),
    ("Esc", '\u{e00c}'),
    ("Backspace", '\u{e003}'),
    ("Delete", '\u{e017}'),
    ("PageUp", '\u{e00e}'),
    ("PageDown", '\u{e00f}'),
    ("End", '\u{e010}'),
    ("Home", '\u{e011}'),
    ("Left", '\u{e012}'),
    ("Up", '\u{e013}'),
    ("Right", '\u{e014}'),
    ("Down", '\u{e015}'),
    ("F1", '\u{e031}'),
    ("F2", '\u{e032}'),
    ("F6", '\u{e036}'),
    ("Space", ' '),
];

/// One movement of a finger.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Stroke {
    /// The key goes down.
    Down(char),
    /// The key comes up.
    Up(char),
}

/// What is sent to the driver, and the presses that it stands for.
#[derive(Debug, Default)]
pub struct Strokes {
    /// Downs and ups, in order.
    pub strokes: Vec<Stroke>,
    /// Keys pressed, where a held key counts as one.
    pub presses: usize,
}

impl Strokes {
    /// Text as it is typed: a line end is Enter, a tab is Tab, a capital takes Shift.
    #[must_use]
    pub fn text(text: &str) -> Self {
        let mut strokes = Self::default();
        for letter in text.chars() {
            match letter {
                '\n' => strokes.hold(&[ENTER]),
                '\t' => strokes.hold(&[TAB]),
                capital if capital.is_uppercase() => strokes.hold(&[SHIFT, capital]),
                other => strokes.hold(&[other]),
            }
        }
        strokes
    }

    /// Keys held together, as a person reads them in a manual: `Ctrl+Shift+D`, `F2`, `Alt+Left`.
    ///
    /// # Panics
    /// If a key has no such name.
    #[must_use]
    pub fn chord(chord: &str) -> Self {
        let has_shift = chord.contains("Shift+");
        let keys: Vec<char> = chord.split('+').map(|name| key(name, has_shift)).collect();
        let mut strokes = Self::default();
        strokes.hold(&keys);
        strokes
    }

    fn hold(&mut self, keys: &[char]) {
        self.strokes.extend(keys.iter().map(|&key| Stroke::Down(key)));
        self.strokes.extend(keys.iter().rev().map(|&key| Stroke::Up(key)));
        self.presses += keys.len();
    }
}

fn key(name: &str, has_shift: bool) -> char {
    if let Some((_, key)) = NAMED.iter().find(|(named, _)| *named == name) {
        return *key;
    }
    let mut letters = name.chars();
    match (letters.next(), letters.next()) {
        (Some(letter), None) if has_shift => letter.to_ascii_uppercase(),
        (Some(letter), None) => letter.to_ascii_lowercase(),
        _ => panic!("no key is called {name:?}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn enter_counts_as_one_key_like_a_digit() {
        assert_eq!(Strokes::text("128.45\n").presses, 7);
    }

    #[test]
    fn a_capital_counts_its_shift() {
        assert_eq!(Strokes::text("Ab").presses, 3);
    }

    #[test]
    fn a_chord_counts_each_key_that_is_held() {
        assert_eq!(Strokes::chord("Ctrl+Shift+D").presses, 3);
        assert_eq!(Strokes::chord("F2").presses, 1);
    }

    #[test]
    fn the_keys_of_a_chord_are_let_go_in_reverse() {
        let (control, d) = ('\u{e009}', 'd');
        let order = [Stroke::Down(control), Stroke::Down(d), Stroke::Up(d), Stroke::Up(control)];
        assert_eq!(Strokes::chord("Ctrl+d").strokes, order);
    }
}
