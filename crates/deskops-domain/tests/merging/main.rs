//! What sync promises, scenario by scenario: each rule of the merge by name.

#![expect(clippy::unwrap_used, reason = "a test that fails says so by panicking")]

mod chance;
mod deletions;
mod evidence;
mod forms;
mod numbers;
mod settling;
mod together;
mod values;
mod yard;
