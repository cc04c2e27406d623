//! "Nothing on this day": said on purpose, so that nothing entered and nothing done are told apart.

use crate::choice::Module;
use crate::field::Rule::*;
use crate::problem::{Problem, Problems};
use crate::record::{Rules, record};

record! {
    /// One module of one day in which nothing happened. Deleted when something did after all.
    NilReturn, "nil_return", "Nothing today" {
        /// The module in which nothing happened.
        module: Module => "module", "Module", [Key], "";
        /// Why, where it is worth knowing.
        notes: Option<String> => "notes", "Notes", [Longest(500)], "note";
    }
}

impl Rules for NilReturn {
    /// What is computed is not entered, so it cannot be empty either.
    fn rules(&self, problems: &mut Problems) {
        if self.module == Module::Inventory {
            let message = "Stock is computed; only what is entered can be nothing.";
            problems.add(Problem::new("module", "E-MODULE", message).value("inventory"));
        }
    }
}
