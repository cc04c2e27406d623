//! What a column is: its heading, how its cells are typed, and the check that reads a typed text.
//!
//! The check is handed in, so that the grid knows nothing of materials, tons or limits.

use std::rc::Rc;

use deskops_domain::text::{parse_fixed, show_fixed};

use super::row::RowKey;

/// Reads what is typed into a cell of a row. It is never asked about an empty cell.
pub type Check = Rc<dyn Fn(&RowKey, &str) -> Checked>;

/// One column of a sheet.
#[derive(Clone)]
pub struct Column {
    /// Its name in records.
    pub key: &'static str,
    /// Its heading.
    pub label: String,
    /// Its width in pixels.
    pub width_px: u32,
    /// How its cells are typed.
    pub editor: Editor,
    /// Reads a typed or pasted text.
    pub check: Check,
    /// Whether the sheet fills it in itself; alone it does not make a record.
    pub prefilled: bool,
    /// Whether it is shown and never typed, as what is computed.
    pub fixed: bool,
    /// Whether the foot shows its sum.
    pub summed: bool,
    /// What a new row at the end of a growing sheet begins with.
    pub fresh: Fresh,
    /// What [`Fresh::Suggested`] begins with, before a row was typed.
    pub first: Option<String>,
    /// Words that were typed here before, the most recent first; offered, never taken unasked.
    pub known: Option<Vec<Choice>>,
    /// Another column, and what it is filled with as soon as something is typed here.
    pub follower: Option<(&'static str, &'static str)>,
    /// Another column, and the word that stands here while only that one is filled.
    pub pending: Option<(&'static str, &'static str)>,
    /// Whether Enter and a double click open the rows that its figures come from.
    pub opens: bool,
    /// Other headings that spreadsheets give it.
    pub also: &'static [&'static str],
}

/// What a new row at the end of a growing sheet begins with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Fresh {
    /// Nothing.
    #[default]
    Empty,
    /// Always this.
    Text(&'static str),
    /// What the row above has.
    Carried,
    /// The number after that of the row above: `D-10236` is followed by `D-10237`.
    Next,
    /// What the row above has, where it was typed just now; before that, [`Column::first`]. It stays
    /// where a block is pasted that says nothing of it.
    Suggested,
}

/// How the cells of a column are typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Editor {
    /// Not at all.
    Fixed,
    /// A number.
    Number {
        /// Its unit: `t`.
        unit: &'static str,
        /// How many decimals are kept and shown.
        decimals: u8,
    },
    /// One of a list.
    Choice(Vec<Choice>),
    /// Words.
    Text {
        /// The most characters.
        max: usize,
    },
    /// Not at all: it shows the state of the row.
    State,
}

/// One line of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// What is stored.
    pub code: String,
    /// What is read.
    pub label: String,
    /// The short code that people know it by; it is found by this too.
    pub short: String,
}

impl Choice {
    /// A line whose code is known to people.
    #[must_use]
    pub fn new(code: impl Into<String>, label: impl Into<String>) -> Self {
        let code = code.into();
        Self { short: code.clone(), code, label: label.into() }
    }

    /// A line whose code is nothing to people.
    #[must_use]
    pub fn words_for(code: impl Into<String>, label: impl Into<String>) -> Self {
        Self { code: code.into(), label: label.into(), short: String::new() }
    }

    /// A line of words that were typed before.
    #[must_use]
    pub fn words(text: impl Into<String>) -> Self {
        let text = text.into();
        Self { code: text.clone(), label: text, short: String::new() }
    }
}

/// What a check found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checked {
    /// The text as it is kept, or why it cannot be.
    pub text: Result<String, Problem>,
    /// What is odd about it, though it may be right.
    pub warning: Option<String>,
}

impl Checked {
    /// Fine, and kept like this.
    #[must_use]
    pub fn fine(text: impl Into<String>) -> Self {
        Self { text: Ok(text.into()), warning: None }
    }

    /// Cannot be kept.
    #[must_use]
    pub fn wrong(code: impl Into<String>, message: impl Into<String>) -> Self {
        Self { text: Err(Problem::new(code, message)), warning: None }
    }
}

/// Why a text cannot be kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// Its stable code: `E-NUM`.
    pub code: String,
    /// What happened and what to do, for people.
    pub message: String,
}

impl Problem {
    /// A problem in words.
    #[must_use]
    pub fn new(code: impl Into<String>, message: impl Into<String>) -> Self {
        Self { code: code.into(), message: message.into() }
    }
}

impl Column {
    /// A column whose cells take every text that its editor takes.
    #[must_use]
    pub fn new(key: &'static str, label: impl Into<String>, width_px: u32, editor: Editor) -> Self {
        let check: Check = Rc::new(|_, text| Checked::fine(text.trim()));
        Self {
            key,
            label: label.into(),
            width_px,
            editor,
            check,
            also: &[],
            prefilled: false,
            fixed: false,
            summed: true,
            fresh: Fresh::Empty,
            first: None,
            known: None,
            follower: None,
            pending: None,
            opens: false,
        }
    }

    /// With a check of its own.
    #[must_use]
    pub fn checked(mut self, check: impl Fn(&RowKey, &str) -> Checked + 'static) -> Self {
        self.check = Rc::new(check);
        self
    }

    /// Filled in by the sheet.
    #[must_use]
    pub fn prefilled(mut self) -> Self {
        self.prefilled = true;
        self
    }

    /// Known in spreadsheets by other headings too.
    #[must_use]
    pub fn also(mut self, headings: &'static [&'static str]) -> Self {
        self.also = headings;
        self
    }

    /// Whether its cells can be typed in.
    #[must_use]
    pub fn is_typed(&self) -> bool {
        !self.fixed && !matches!(self.editor, Editor::Fixed | Editor::State)
    }

    /// The lines of its list; none where it has no list.
    #[must_use]
    pub fn choices(&self) -> &[Choice] {
        match &self.editor {
            Editor::Choice(choices) => choices,
            Editor::Text { .. } => self.known.as_deref().unwrap_or_default(),
            Editor::Fixed | Editor::Number { .. } | Editor::State => &[],
        }
    }

    /// Whether only lines of its list can be kept.
    #[must_use]
    pub fn is_choice(&self) -> bool {
        matches!(self.editor, Editor::Choice(_))
    }

    /// Its unit and decimals, where it holds numbers.
    #[must_use]
    pub fn number(&self) -> Option<(&'static str, u32)> {
        match self.editor {
            Editor::Number { unit, decimals } => Some((unit, u32::from(decimals))),
            Editor::Fixed | Editor::Choice(_) | Editor::Text { .. } | Editor::State => None,
        }
    }

    /// A stored text as people read it: a choice by its label, a number grouped.
    #[must_use]
    pub fn shown(&self, text: &str) -> String {
        if let Some((_, decimals)) = self.number() {
            return parse_fixed(text, decimals)
                .map_or_else(|_| text.to_owned(), |raw| show_fixed(raw, decimals));
        }
        let choice = self.choices().iter().find(|choice| choice.code == text);
        choice.map_or_else(|| text.to_owned(), |choice| choice.label.clone())
    }

    /// A stored text as it is put into an open cell or onto the clipboard: not grouped.
    #[must_use]
    pub fn typed(&self, text: &str) -> String {
        if self.number().is_some() { text.to_owned() } else { self.shown(text) }
    }

    /// Reads a typed text: empty is always fine and means that nothing is entered.
    #[must_use]
    pub fn read(&self, row: &RowKey, typed: &str) -> Checked {
        let text = typed.trim();
        if text.is_empty() {
            return Checked::fine("");
        }
        if let Editor::Text { max } = self.editor
            && text.chars().count() > max
        {
            let n_chars = text.chars().count();
            return Checked::wrong(
                "E-LONG",
                format!(
                    "{} takes at most {max} characters; this has {n_chars}. Shorten it.",
                    self.label
                ),
            );
        }
        let is_named = |choice: &&Choice| {
            [&choice.code, &choice.short, &choice.label]
                .iter()
                .any(|name| !name.is_empty() && is_same(name, text))
        };
        let named = self.choices().iter().find(|choice| self.is_choice() && is_named(choice));
        (self.check)(row, named.map_or(text, |choice| choice.code.as_str()))
    }

    /// The lines of its list that fit what is typed, best first: `34` finds `AGG-3/4`.
    #[must_use]
    pub fn fitting(&self, typed: &str) -> Vec<usize> {
        let names = self.choices().iter().map(|choice| [&*choice.short, &*choice.label]);
        crate::fitting::fitting(names, typed)
    }
}

/// Whether two names are the same to a clerk: case and separators do not count.
pub(super) fn is_same(one: &str, other: &str) -> bool {
    crate::fitting::bare(one) == crate::fitting::bare(other)
}

impl std::fmt::Debug for Column {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Column")
            .field("key", &self.key)
            .field("label", &self.label)
            .field("editor", &self.editor)
            .finish_non_exhaustive()
    }
}
