//! The keyboard grid: what a clerk types a day into.
//!
//! Two halves. The state of a sheet and everything that keys, paste and news do to it is pure
//! Rust (`sheet` and what stands beside it) and is tested without a browser. The view draws a
//! sheet and turns browser events into [`Event`]s; it decides nothing.

pub mod tsv;

mod arrive;
mod body;
mod cell;
mod column;
mod dom;
mod edit;
mod editor;
mod face;
mod fill;
mod grow;
mod news;
mod paste;
mod place;
mod review;
mod row;
mod selection;
mod sheet;
mod step;
mod undo;
mod view;
mod walk;

pub use column::{Check, Checked, Choice, Column, Editor, Fresh, Problem};
pub use edit::{Edit, List};
pub use face::{CellFace, ListFace, OpenFace, RowFace, StateFace};
pub use news::News;
pub use paste::{MOST_CELLS, PasteReview, PastedCell};
pub use row::{Cell, Row, RowId, RowKey, RowState, Tone};
pub use selection::{Facts, Range, Total};
pub use sheet::{Message, Mode, Sheet, Spot};
pub use step::{Effect, Event, Leave};
pub use undo::MOST_STEPS;
pub use view::{Grid, pressed};
