//! What is recorded at a recycling site, and which rules hold.
//!
//! This crate does no I/O, reads no clock and rolls no dice, so that the page (wasm), the laptop
//! and the server decide alike. Reading order: [`quantity`] and [`day`] (what a value is),
//! [`field`] and [`record`] (what a module is), [`modules`] (the six of them), [`change`] (the
//! unit of history and sync), [`sync`] (what happens when changes meet), [`api`] (what DeskOps can be asked to do).

#![deny(missing_docs)]

pub mod access;
pub mod account;
pub mod api;
pub mod balance;
pub mod calendar;
pub mod canonical;
pub mod catalogue;
pub mod change;
pub mod choice;
pub mod day;
pub mod draft;
pub mod entry;
pub mod field;
pub mod gather;
pub mod guard;
pub mod habit;
pub mod id;
pub mod ledger;
pub mod lists;
pub mod loads;
pub mod modules;
pub mod problem;
pub mod quantity;
pub mod rate_card;
pub mod rate_check;
pub mod record;
pub mod rest;
pub mod schema;
pub mod settings;
pub mod share;
pub mod summary;
pub mod sync;
pub mod text;
pub mod zone;
