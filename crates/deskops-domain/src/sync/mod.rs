//! What happens when changes meet: the rules of sync, pure, the same at head office and on a laptop.
//!
//! Head office orders the changes of a site into one *feed* and answers each with an
//! [`outcome::Outcome`]. No clock decides who wins: a change says what its author saw, and
//! [`merge`] compares that with what was accepted since. Nothing is dropped: what cannot be taken
//! stands as an open [`conflict::Conflict`] with both sides, until a change settles it.
//!
//! Reading order: [`op`] (a change with its bytes), [`receive`] (have we had it, is its number
//! right), [`row`] and [`standing`] (a record and who wrote it), [`merge`], [`together`] (all or
//! nothing), [`conflict`] (how a person settles it), [`chain`] and [`digest`] (that both sides have
//! the same), [`overlay`] (what a laptop shows before the answer).

pub mod chain;
pub mod check;
pub mod conflict;
pub mod digest;
pub mod entity;
pub mod merge;
pub mod op;
pub mod outcome;
pub mod overlay;
pub mod receive;
pub mod row;
pub mod standing;
pub mod together;
