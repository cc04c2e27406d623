//! The started server, as an administrator runs it: `cargo xtask test --only server`.
#![cfg(target_os = "linux")]
#![expect(clippy::unwrap_used, reason = "a test that fails says so by panicking")]

mod ask;
mod behind;
mod configuration;
mod door;
mod events;
mod keeping;
mod program;
mod rates;
mod running;
mod shared;
mod tls;
