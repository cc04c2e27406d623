//! A small model of sync, whole in memory: laptops, one head office, a bad line, and an oracle that
//! reads only the log and what each author had seen.
//!
//! The real rules (`deskops_domain::sync`) do the work; what is modelled is everything around them,
//! as plainly as it can be. One seed makes one schedule, the same every time. [`Bug`]s are planted
//! around the rules to learn what this many schedules can see.

#![expect(clippy::unwrap_used, reason = "where the model contradicts itself, it stops")]

mod bug;
mod chance;
mod edit;
mod hub;
mod laptop;
mod line;
mod oracle;
mod world;

pub use bug::Bug;
pub use world::run;
