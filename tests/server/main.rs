//! The started server, as an administrator runs it: `cargo xtask test --only server`.
#![cfg(target_os = "linux")]

mod ask;
mod behind;
mod configuration;
mod keeping;
mod program;
mod running;
mod tls;
