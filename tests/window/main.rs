//! The started window, driven key by key. Run by `cargo xtask test --only window`.
#![cfg(target_os = "linux")]
#![expect(clippy::unwrap_used, reason = "a test that fails says so by panicking")]

mod close;
mod connection;
mod day;
mod demo;
mod people;
mod power_cut;
mod trouble;

use deskops_tests::window::{Desktop, Home};

#[test]
fn the_window_opens_on_the_dashboard_and_says_where_it_is() {
    let home = Home::new();
    let desktop = Desktop::start(&home);
    let title = desktop.page.title();
    assert!(title.starts_with("Dashboard") && title.ends_with("DeskOps"), "{title}");
    desktop.close();
}
