//! What a browser gives to a page: storage, address, focus, clipboard, time.
//!
//! Apart, so that every other file compiles and renders on the host, where there is none of it.

#[cfg(target_arch = "wasm32")]
mod web;
#[cfg(target_arch = "wasm32")]
pub use web::*;

#[cfg(not(target_arch = "wasm32"))]
mod none;
#[cfg(not(target_arch = "wasm32"))]
pub use none::*;
