//! What is wrong with an input: field, value and limit, with a code that never changes.

use serde::{Deserialize, Serialize};

/// One thing wrong with one field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Problem {
    /// The field, as it is named on the wire.
    pub path: String,
    /// Stable code, such as `E-MAT-ID`.
    pub code: String,
    /// A sentence for the clerk.
    pub message: String,
    /// The offending value, cut to a readable length.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<String>,
    /// Least value or length allowed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub min: Option<String>,
    /// Greatest value or length allowed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max: Option<String>,
}

impl Problem {
    /// A problem of a field; limits and value are added with the methods below.
    #[must_use]
    pub fn new(path: &str, code: &str, message: impl Into<String>) -> Self {
        Self {
            path: path.to_owned(),
            code: code.to_owned(),
            message: message.into(),
            value: None,
            min: None,
            max: None,
        }
    }

    /// With the value that was given.
    #[must_use]
    pub fn value(mut self, value: &str) -> Self {
        self.value = Some(clip(value));
        self
    }

    /// With the least that is allowed.
    #[must_use]
    pub fn min(mut self, min: impl std::fmt::Display) -> Self {
        self.min = Some(min.to_string());
        self
    }

    /// With the most that is allowed.
    #[must_use]
    pub fn max(mut self, max: impl std::fmt::Display) -> Self {
        self.max = Some(max.to_string());
        self
    }
}

/// The first 40 characters of a value, control characters made visible.
#[must_use]
pub fn clip(value: &str) -> String {
    let mut shown: String =
        value.chars().take(40).map(|c| if c.is_control() { '\u{fffd}' } else { c }).collect();
    if value.chars().nth(40).is_some() {
        shown.push('…');
    }
    shown
}

/// All that is wrong with one input. Empty means that it may be saved.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Problems(pub Vec<Problem>);

impl Problems {
    /// Notes one more.
    pub fn add(&mut self, problem: Problem) {
        self.0.push(problem);
    }

    /// Whether nothing is wrong.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The same, found in a part of what was sent.
    #[must_use]
    pub fn under(mut self, part: &str) -> Self {
        for problem in &mut self.0 {
            problem.path = format!("{part}.{}", problem.path);
        }
        self
    }

    /// `Ok` with the value when nothing is wrong.
    ///
    /// # Errors
    /// All that was found.
    pub fn or<T>(self, value: Option<T>) -> Result<T, Self> {
        match value {
            Some(value) if self.is_empty() => Ok(value),
            _ => Err(self),
        }
    }
}
