//! Everything that is seen. The library is what tests render; the binary only starts it.
//!
//! Reading order: [`app`] and [`sign_in`] (who is there), [`shell`] (what stands around every screen), the screens
//! ([`dashboard`], [`completeness`], [`sheet`], [`records`], [`admin`]), [`grid`] (the sheet that is typed into), [`client`]
//! (how screens ask for things). No screen holds a rule: rules are the domain's.

#![expect(unused_qualifications, reason = "rsx! writes the paths of events out")]

pub mod admin;
pub mod app;
pub mod balance;
pub mod browser;
pub mod charts;
pub mod client;
pub mod close;
pub mod completeness;
pub mod connection;
pub mod dashboard;
pub mod desk;
pub mod everywhere;
pub mod face;
pub mod fitting;
pub mod fresh;
pub mod grid;
pub mod history;
pub mod key;
pub mod parts;
pub mod place;
pub mod records;
pub mod rows_pick;
pub mod sheet;
pub mod shell;
pub mod sign_in;
pub mod take_away;
pub mod typed_day;
pub mod words;
