//! What outside input is decoded by, under input that nobody would send: `cargo test` tries each
//! decoder for a few seconds, `cargo xtask fuzz --seconds N` for as long as one likes.
//!
//! Inputs are made from the document of the interface and from `seeds/`, and then broken: bytes,
//! words, whole parts. Nothing may panic, every answer must be one that the document names, and what is
//! taken must come back as it went in. What has failed once goes into `seeds/` and is tried first.
#![expect(clippy::unwrap_used, reason = "a test that fails says so by panicking")]

mod break_it;
mod http;
mod made;
mod run;
mod settings;
mod words;
