//! Everything that is seen: the screens of DeskOps.

pub mod grid;
pub mod key;
