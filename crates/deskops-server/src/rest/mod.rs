//! The customer's contract over HTTP: records, sites, session and figures by their own addresses.
//!
//! Everything here is wording: each route asks the same commands as the page does, through the same
//! opener, and puts their answers into the contract's bodies. No rule and no SQL is here. [`routes`]
//! is the one list, from which the server answers and [`openapi`] writes.

mod answer;
mod ask;
mod docs;
pub mod openapi;
mod paging;
mod records;
mod resource;
mod routes;
mod site;
mod told;

pub(crate) use answer::{add, refuse, unknown};
pub(crate) use routes::at as route_at;
