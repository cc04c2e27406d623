//! Charts: geometry that is pure and in whole tenths of a pixel, and its drawing.
//!
//! No chart library: one path a series is quicker than any of them, and the same geometry can be
//! printed. Reading order: [`plot`] (what is shown), [`draw`] (where it stands), [`ChartCard`].

pub mod axis;
mod brush;
mod card;
pub mod draw;
mod line;
mod lying;
mod menu;
pub mod plot;
mod stand;
mod stop;
mod svg;
mod table;
pub mod tell;

pub use card::{Chart, ChartCard};
pub use line::{Sparkline, sparkline};

/// A length in tenths of a pixel.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Tenths(pub i64);

impl Tenths {
    /// Whole pixels.
    #[must_use]
    pub const fn px(px: i64) -> Self {
        Self(px * 10)
    }
}

impl std::fmt::Display for Tenths {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        write!(f, "{sign}{}.{}", self.0.abs() / 10, self.0.abs() % 10)
    }
}
