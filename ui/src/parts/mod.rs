//! The small parts that screens are put together from.

pub mod button;
pub mod field;
pub mod icon;
pub mod states;

pub use button::{Button, IconButton};
pub use field::{CheckField, TextField};
pub use icon::{Icon, Shape as IconShape};

use dioxus::prelude::*;

/// A part with a key that is drawn anew, and forgets everything, when its key changes.
///
/// Keys only count among the parts of a list, so it is made a list of one.
pub fn alone(part: Element) -> Element {
    rsx! {
        {std::iter::once(part)}
    }
}
