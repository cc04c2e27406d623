//! A made-up year of a recycling site, the same for the same seed, for a first look and for tests.
//!
//! `shape/` says what a day of the site looks like and knows no database; `story` puts the days in
//! order, `sites` opens the other sites of a head office, `people` lets users move in, and `teller` types the days through the same door as everybody
//! else; `yard` is what supervisor and administrator do. `document` writes what the code
//! knows about itself.

mod chance;
pub mod document;
mod people;
mod shape;
mod sites;
mod story;
mod teller;
mod yard;

pub use people::{ADMIN, PASSWORD};
pub use sites::MOST_SITES;
pub use story::{DemoError, Plan, Told, real_today, tell};
