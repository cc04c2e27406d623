//! What the customer's contract calls a module over HTTP, beside the module's own definition.
//!
//! Apart from [`crate::record`], because these names are fixed by the contract and read by nothing
//! but the server: the page and the store never see them.

/// How a module is named and answered over HTTP.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rest {
    /// The key of a list: `productions`.
    pub list: &'static str,
    /// The key around one record, `production`; none where it stands bare.
    pub one: Option<&'static str>,
    /// What is told when a list does not come about.
    pub fetch_failed: Option<&'static str>,
    /// What is told when a record is not made.
    pub create_failed: Option<&'static str>,
    /// What is told when a list names no site; by its details alone where there is no text.
    pub without_site: Option<&'static str>,
    /// Whether a site tells how many of it there are.
    pub is_counted: bool,
}

impl Rest {
    /// The key around the record in the answer to a change.
    #[must_use]
    pub fn changed(&self) -> &'static str {
        self.one.unwrap_or("data")
    }
}

/// What is told when a list names no site.
pub const SITE_NEEDED: &str = "siteId parameter required";

/// What is told when all that is wrong with an input is of one code.
pub const TEXTS: &[(&str, &str)] = &[
    ("E-MAT-ID", "Invalid material ID"),
    ("E-EQ-ID", "Invalid equipment ID"),
    ("E-ROLE-CODE", "Invalid role ID"),
    ("E-OP", "Invalid operation type"),
];
