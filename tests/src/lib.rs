//! What tests share: a desk to ask, and builders that read as sentences.

pub mod builders;
#[cfg(all(feature = "postgres", unix))]
pub mod cluster;
pub mod desk;
pub mod issuer;
pub mod people;
#[cfg(all(feature = "window", target_os = "linux"))]
pub mod window;

pub use builders::{day, production};
pub use desk::TestDesk;
