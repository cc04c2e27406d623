//! One press of a key, as the browser tells it and as the table of keys writes it.
//!
//! Apart from the table, because names of keys differ by browser and keyboard layout.

use std::fmt::Write as _;

/// A key of the keyboard.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Key {
    /// A key that types something, as it is typed.
    Char(char),
    /// Enter.
    Enter,
    /// Tab.
    Tab,
    /// Escape.
    Esc,
    /// Backspace.
    Backspace,
    /// Delete.
    Delete,
    /// Arrow up.
    Up,
    /// Arrow down.
    Down,
    /// Arrow left.
    Left,
    /// Arrow right.
    Right,
    /// Home.
    Home,
    /// End.
    End,
    /// Page up.
    PageUp,
    /// Page down.
    PageDown,
    /// A function key, from 1.
    F(u8),
}

/// The names of the keys that type nothing: in the table, and in browsers.
const NAMES: [(Key, &str, &str); 13] = [
    (Key::Enter, "Enter", "Enter"),
    (Key::Tab, "Tab", "Tab"),
    (Key::Esc, "Esc", "Escape"),
    (Key::Backspace, "Backspace", "Backspace"),
    (Key::Delete, "Delete", "Delete"),
    (Key::Up, "Up", "ArrowUp"),
    (Key::Down, "Down", "ArrowDown"),
    (Key::Left, "Left", "ArrowLeft"),
    (Key::Right, "Right", "ArrowRight"),
    (Key::Home, "Home", "Home"),
    (Key::End, "End", "End"),
    (Key::PageUp, "PageUp", "PageUp"),
    (Key::PageDown, "PageDown", "PageDown"),
];

/// A key with what was held.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct KeyPress {
    /// The key.
    pub key: Key,
    /// Ctrl, or Command on a Mac.
    pub ctrl: bool,
    /// Shift.
    pub shift: bool,
    /// Alt.
    pub alt: bool,
}

impl KeyPress {
    /// A key with nothing held.
    #[must_use]
    pub const fn plain(key: Key) -> Self {
        Self { key, ctrl: false, shift: false, alt: false }
    }

    /// A key as a browser tells it: `key` and `code` of the event. None for what types nothing
    /// and does nothing, such as Shift alone.
    ///
    /// Under Ctrl and Alt a letter of another script is read by its place on the keyboard, so
    /// that Ctrl+D works on an Arabic layout.
    #[must_use]
    pub fn told(key: &str, code: &str, held: Held) -> Option<Self> {
        let Held { ctrl, shift, alt, alt_graph } = held;
        // AltGr types characters; browsers on Windows tell it as Ctrl and Alt.
        let (ctrl, alt) = if alt_graph { (false, false) } else { (ctrl, alt) };
        let mut chars = key.chars();
        let key = match (chars.next(), chars.next()) {
            (Some(c), None) if (ctrl || alt) && !c.is_ascii() => {
                Key::Char(by_place(code).unwrap_or(c))
            }
            (Some(c), None) => Key::Char(c),
            _ => match NAMES.iter().find(|(_, _, name)| *name == key) {
                Some((key, _, _)) => *key,
                None => Key::F(key.strip_prefix('F')?.parse().ok()?),
            },
        };
        Some(Self { key, ctrl, shift, alt })
    }

    /// A key by its name in the table: `Ctrl+Shift+D`.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        let mut rest = name;
        let mut held =
            |prefix: &str| rest.strip_prefix(prefix).inspect(|short| rest = short).is_some();
        let (ctrl, alt, shift) = (held("Ctrl+"), held("Alt+"), held("Shift+"));
        let mut chars = rest.chars();
        let key = match (chars.next(), chars.next()) {
            (Some(c), None) => Key::Char(if shift { c } else { c.to_ascii_lowercase() }),
            _ if rest == "Space" => Key::Char(' '),
            _ => match NAMES.iter().find(|(_, short, _)| *short == rest) {
                Some((key, _, _)) => *key,
                None => Key::F(rest.strip_prefix('F')?.parse().ok()?),
            },
        };
        Some(Self { key, ctrl, shift, alt })
    }

    /// Its name in the table of keys: `Ctrl+Shift+D`.
    #[must_use]
    pub fn name(&self) -> String {
        let mut name = String::with_capacity(16);
        for (is_held, prefix) in [(self.ctrl, "Ctrl+"), (self.alt, "Alt+"), (self.shift, "Shift+")]
        {
            if is_held {
                name.push_str(prefix);
            }
        }
        match self.key {
            Key::Char(' ') => name.push_str("Space"),
            Key::Char(c) => name.push(c.to_ascii_uppercase()),
            Key::F(number) => write!(name, "F{number}").expect("a string takes everything"),
            other => name.push_str(
                NAMES.iter().find(|(key, _, _)| *key == other).map_or("", |(_, short, _)| short),
            ),
        }
        name
    }

    /// The character it types, where it types one.
    #[must_use]
    pub fn typed(&self) -> Option<char> {
        match self.key {
            Key::Char(c) if !self.ctrl && !self.alt && !c.is_control() => Some(c),
            _ => None,
        }
    }
}

/// What is held while a key is pressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Held {
    /// Ctrl, or Command on a Mac.
    pub ctrl: bool,
    /// Shift.
    pub shift: bool,
    /// Alt.
    pub alt: bool,
    /// AltGr.
    pub alt_graph: bool,
}

/// The Latin letter or digit that stands on a key: `KeyD` is `d`.
fn by_place(code: &str) -> Option<char> {
    let letter = code.strip_prefix("Key").or_else(|| code.strip_prefix("Digit"))?;
    letter.chars().next().map(|c| c.to_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_letter_of_an_arabic_keyboard_is_a_shortcut_by_its_place() {
        let press = KeyPress::told("ي", "KeyD", Held { ctrl: true, ..Held::default() });
        assert_eq!(press.map(|press| press.name()), Some("Ctrl+D".to_owned()));
        let typed = KeyPress::told("ي", "KeyD", Held::default()).and_then(|press| press.typed());
        assert_eq!(typed, Some('ي'));
    }

    #[test]
    fn what_alt_gr_types_is_typed() {
        let held = Held { ctrl: true, alt: true, alt_graph: true, ..Held::default() };
        assert_eq!(KeyPress::told("€", "KeyE", held).and_then(|press| press.typed()), Some('€'));
    }

    #[test]
    fn keys_that_type_and_do_nothing_are_no_press() {
        for key in ["Shift", "Control", "Dead", "Process", "Unidentified", ""] {
            assert_eq!(KeyPress::told(key, "", Held::default()), None, "{key}");
        }
    }
}
