//! The started window, driven key by key. Run by `cargo xtask test --only window`.
#![cfg(target_os = "linux")]
#![expect(clippy::unwrap_used, reason = "a test that fails says so by panicking")]

mod day;
mod power_cut;
mod trouble;

use deskops_tests::window::{Desktop, Home};

#[test]
fn the_window_opens_and_is_called_deskops() {
    let home = Home::new();
    let desktop = Desktop::start(&home);
    assert_eq!(desktop.page.title(), "DeskOps");
    desktop.close();
}
