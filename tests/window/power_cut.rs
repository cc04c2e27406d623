//! The program killed between key presses: at most the cell that was being typed is gone.

use deskops_tests::window::clerk::{TWELVE, TWELVE_SHOWN, open_production, quantities, states};
use deskops_tests::window::{Desktop, Home};

#[test]
fn a_power_cut_between_key_presses_loses_at_most_the_cell_being_typed() {
    let home = Home::new();
    let mut n_kept = 0;
    // Each round types on from where the last one was cut off, a few keys further in each time.
    for (round, presses) in [3, 9, 16, 24].into_iter().enumerate() {
        let mut desktop = Desktop::start(&home);
        open_production(&mut desktop.page);
        let stands = quantities(&desktop.page);
        let n_rows = stands.iter().take_while(|quantity| !quantity.is_empty()).count();
        assert_eq!(stands[..n_rows], TWELVE_SHOWN[..n_rows], "round {round}: what stands is right");
        assert!(
            n_rows >= n_kept,
            "round {round}: {n_kept} rows were seen saved, {n_rows} are there"
        );
        let script: String =
            TWELVE[n_rows..].iter().map(|quantity| format!("{quantity}\n")).collect();
        let typed: String = script.chars().take(presses).collect();
        desktop.page.keys(&typed);
        n_kept =
            states(&desktop.page).iter().filter(|state| state.starts_with("Saved here")).count();
        desktop.kill();
    }
    let mut desktop = Desktop::start(&home);
    open_production(&mut desktop.page);
    let stands = quantities(&desktop.page);
    let n_rows = stands.iter().take_while(|quantity| !quantity.is_empty()).count();
    assert!(n_rows >= n_kept && n_kept > 0, "{n_kept} rows were seen saved, {n_rows} are there");
    assert_eq!(stands[..n_rows], TWELVE_SHOWN[..n_rows]);
    desktop.close();
}
