//! A year of demo data in the real window: what somebody sees who tries DeskOps for the first time.
//! Its pictures are the ones in the README.

use std::process::Command;

use deskops_tests::people::PASSWORD;
use deskops_tests::window::clerk::{open_production, quantities, sign_in, states, wait_focus};
use deskops_tests::window::{Desktop, Home, given};

#[test]
fn the_demo_year_opens_on_its_dashboard_and_a_day_is_typed_into_it() {
    let home = Home::empty();
    std::fs::create_dir_all(home.data()).unwrap();
    let made = Command::new(given("DESKOPS_DEMO")).arg(home.data().join("deskops.db")).status();
    assert!(made.unwrap().success(), "the demo year is written");

    let mut desktop = Desktop::start_at_the_door(&home);
    wait_focus(&desktop.page, "sign-in-name");
    desktop.shot("demo-sign-in");
    desktop.page.keys("Noura\n");
    wait_focus(&desktop.page, "sign-in-password");
    sign_in(&mut desktop.page, PASSWORD);
    desktop.page.wait_for("#crew svg");
    let summary = desktop.page.text("#made figcaption").unwrap();
    assert!(summary.contains("Production") && summary.contains("highest"), "{summary}");
    desktop.shot("readme-dashboard");

    open_production(&mut desktop.page);
    let n_before = quantities(&desktop.page).iter().filter(|quantity| !quantity.is_empty()).count();
    assert_eq!(n_before, 0, "today is left to the clerk");
    desktop.page.keys("128.45\n96.2\n74.835\n");
    desktop.page.wait_until("three rows to be saved", || {
        states(&desktop.page).iter().filter(|state| state.starts_with("Saved here")).count() == 3
    });
    // Far more than a site like this ever makes: asked about, and saved all the same.
    desktop.page.keys("9800\n1.2345\n12");
    desktop.page.wait_until("the fourth row to be saved", || {
        states(&desktop.page)[3].starts_with("Saved here")
    });
    desktop.shot("readme-production-light");
    desktop.page.chord("Esc");
    while desktop.page.js("return document.documentElement.dataset.theme", vec![]) != "dark" {
        desktop.page.click("button[aria-label^=\"Theme:\"]");
        desktop.page.painted();
    }
    desktop.shot("readme-production-dark");
    desktop.page.chord("Ctrl+3");
    desktop.page.wait_for("[data-screen=\"dispatch\"] [role=\"row\"]");
    desktop.page.ready();
    desktop.shot("dispatch-dark");
    // Yesterday's stock, closed by the supervisor this morning.
    desktop.page.chord("Ctrl+7");
    desktop.page.wait_for("[data-screen=\"inventory\"] .day-bar");
    desktop.page.chord("Alt+Left");
    desktop.page.wait_for("[data-screen=\"inventory\"] .day-bar[data-state=\"CLOSED\"]");
    desktop.page.ready();
    desktop.shot("inventory-dark");
    desktop.close();
}
