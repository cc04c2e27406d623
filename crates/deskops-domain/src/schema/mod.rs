//! What inputs and outputs look like as JSON, for the server's document: derived from the types, and
//! for records from their field tables. Behind a feature, so that the page carries none of it.

#[cfg(feature = "schema")]
mod fields;
#[cfg(feature = "schema")]
mod records;
#[cfg(feature = "schema")]
mod sides;

#[cfg(feature = "schema")]
pub use {fields::example, fields::field, records::DraftOf, records::body, sides::Sides};

/// What the document can describe; without the feature, anything.
#[cfg(feature = "schema")]
pub trait Described: schemars::JsonSchema {}
#[cfg(feature = "schema")]
impl<T: schemars::JsonSchema> Described for T {}

/// What the document can describe; without the feature, anything.
#[cfg(not(feature = "schema"))]
pub trait Described {}
#[cfg(not(feature = "schema"))]
impl<T> Described for T {}
