//! "Nothing on this day": said on purpose, so that nothing entered and nothing done are told apart.

use crate::choice::Module;
use crate::field::Rule::*;
use crate::problem::Problems;
use crate::record::{Rules, record};

record! {
    /// One module of one day in which nothing happened. Deleted when something did after all.
    NilReturn, "nil_return", "Nothing today" {
        /// The module in which nothing happened; of stock: that there is none to start from.
        module: Module => "module", "Module", [Key], "";
        /// Why, where it is worth knowing.
        notes: Option<String> => "notes", "Notes", [Longest(500)], "note";
    }
}

impl Rules for NilReturn {
    fn rules(&self, _: &mut Problems) {}
}
