//! The small parts that screens are put together from.

mod button;
mod icon;
pub mod states;

pub use button::{Button, IconButton};
pub use icon::{Icon, Shape as IconShape};
