//! A whole day, typed and closed with the keyboard by a clerk, locked by a supervisor, and then refused.

use std::time::Instant;

use deskops_tests::people::{PASSWORD, move_in_with_crew};
use deskops_tests::window::clerk::{
    TWELVE, cells, open_module, open_production, sign_in_as, states, wait_saved,
};
use deskops_tests::window::{Desktop, Home};

/// What left, load after load.
const LOADS: [&str; 6] = [
    "34\t31.2\t1\tPetra Build\tD-10230\n",
    "38\t18.45\t1\n",
    "34\t19.2\t1\n",
    "rec\t32.86\t1\n",
    "34\t30.5\t1\tMunicipality\t\n",
    "g1\t40.1\t1\n",
];
/// What came in.
const RECEIVED: [&str; 3] =
    ["con\t26.4\t1\tQuarry road\tABC 1234\n", "mix\t22.15\t1\n", "con\t\t2\n"];
/// Presses that the day takes, six sheets and the closing of the day among them.
const MOST_PRESSES: usize = 274;

#[test]
fn a_clerk_closes_the_day_a_supervisor_locks_it_and_a_later_edit_is_refused() {
    let home = Home::empty();
    move_in_with_crew(&home.data());
    let mut desktop = Desktop::start_at_the_door(&home);
    let page = &mut desktop.page;
    sign_in_as(page, "omar", PASSWORD);

    let (begun, before) = (Instant::now(), page.presses());
    open_production(page);
    for quantity in TWELVE {
        page.keys(&format!("{quantity}\n"));
    }
    wait_saved(page, 12);
    open_module(page, "Ctrl+3", "dispatch");
    LOADS.iter().for_each(|load| page.keys(load));
    wait_saved(page, 6);
    open_module(page, "Ctrl+4", "received");
    RECEIVED.iter().for_each(|load| page.keys(load));
    wait_saved(page, 3);
    open_module(page, "Ctrl+5", "equipment");
    page.keys("1\n1\n1\n");
    ["Up", "Up", "Up", "Right"].iter().for_each(|chord| page.chord(chord));
    page.keys("8\n8\n6\n");
    wait_saved(page, 3);
    open_module(page, "Ctrl+6", "manpower");
    page.keys("12\n2\n12\n8\n3\n");
    wait_saved(page, 5);
    open_module(page, "Ctrl+7", "inventory");
    page.keys("980\n1510\n");
    wait_saved(page, 2);
    desktop.shot("inventory-counted");
    let page = &mut desktop.page;
    page.chord("Ctrl+L");
    page.wait_for(".day-bar[data-state=\"CLOSED\"]");
    let presses = page.presses() - before;
    println!("a whole day: {presses} presses, {} s with the waiting", begun.elapsed().as_secs());
    assert!(presses <= MOST_PRESSES, "{presses} presses");
    assert_eq!(cells(page, "counted")[..2], ["980.000", "1,510.000"]);
    desktop.shot("inventory-closed");

    let page = &mut desktop.page;
    sign_in_as(page, "huda", PASSWORD);
    open_module(page, "Ctrl+7", "inventory");
    page.chord("Ctrl+L");
    page.wait_for(".day-bar[data-state=\"LOCKED\"]");
    desktop.shot("inventory-locked");

    let page = &mut desktop.page;
    sign_in_as(page, "omar", PASSWORD);
    open_production(page);
    assert!(states(page).iter().any(|state| state == "Locked"), "{:?}", states(page));
    page.keys("5");
    page.wait_text("#status-message", "takes no changes");
    page.wait_text("#status-message", "huda");
    assert_eq!(cells(page, "quantity")[0], TWELVE_FIRST, "nothing was typed over it");
    desktop.shot("production-locked");
    desktop.close();
}

const TWELVE_FIRST: &str = "128.450";
