//! What the view asks of a browser: focus, scrolling, measures, the clipboard.
//!
//! Apart, so that the view compiles and renders on the host, where there is none of it.

#[cfg(target_arch = "wasm32")]
mod web;
#[cfg(target_arch = "wasm32")]
pub use web::*;

#[cfg(not(target_arch = "wasm32"))]
mod none;
#[cfg(not(target_arch = "wasm32"))]
pub use none::*;

/// How much of a grid is seen, in pixels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Measure {
    /// Height of one row.
    pub row_px: u32,
    /// Height of the part in which rows show, between head and totals.
    pub view_px: u32,
    /// How far it is scrolled.
    pub top_px: u32,
}

impl Default for Measure {
    fn default() -> Self {
        Self { row_px: 32, view_px: 640, top_px: 0 }
    }
}

impl Measure {
    /// The first row that is seen, even in part.
    #[must_use]
    pub fn first_row(&self) -> usize {
        (self.top_px / self.row_px.max(1)) as usize
    }

    /// Rows that are seen whole at once.
    #[must_use]
    pub fn n_rows(&self) -> usize {
        (self.view_px / self.row_px.max(1)) as usize
    }

    /// How far to scroll so that a row is seen whole; none where it is already.
    #[must_use]
    pub fn scroll_for(&self, row: usize) -> Option<u32> {
        let top = u32::try_from(row).ok()?.saturating_mul(self.row_px);
        let end = top.saturating_add(self.row_px);
        if top < self.top_px {
            return Some(top);
        }
        (end > self.top_px.saturating_add(self.view_px)).then(|| end.saturating_sub(self.view_px))
    }
}

#[cfg(test)]
mod tests {
    use super::Measure;

    #[test]
    fn a_row_is_scrolled_into_view_by_the_shortest_way() {
        let measure = Measure { row_px: 32, view_px: 320, top_px: 64 };
        assert_eq!((measure.first_row(), measure.n_rows()), (2, 10));
        assert_eq!(measure.scroll_for(2), None);
        assert_eq!(measure.scroll_for(1), Some(32));
        assert_eq!(measure.scroll_for(11), None);
        assert_eq!(measure.scroll_for(12), Some(96));
    }
}
