//! The started window, driven key by key. Run by `cargo xtask test --only window`.
#![cfg(target_os = "linux")]

use deskops_tests::window::{Desktop, Home};

#[test]
fn the_window_opens_and_is_called_deskops() {
    let home = Home::new();
    let desktop = Desktop::start(&home);
    assert_eq!(desktop.page.title(), "DeskOps");
    desktop.shot("window-opens");
    desktop.close();
}

#[test]
fn the_window_opens_again_after_it_was_killed() {
    let home = Home::new();
    Desktop::start(&home).kill();
    let desktop = Desktop::start(&home);
    assert_eq!(desktop.page.title(), "DeskOps");
    desktop.close();
}
