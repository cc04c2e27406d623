//! What the server is told: one table of settings, from which flags, variables, the file, `--help`,
//! the print-out and `docs/server.md` are made.

mod config;
mod file;
mod given;
mod print;
mod public;
mod rates;
mod table;

pub use config::{Config, LogFormat, MetricsAt, TlsFiles};
pub use given::{Given, line};
pub use print::{as_markdown, as_toml};
pub use public::PublicUrl;
pub(crate) use public::plain;
pub use rates::Rates;
pub use table::{SETTINGS, Setting};
