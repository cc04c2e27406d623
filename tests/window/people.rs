//! The first start, and who sits at this computer: in the real window, by the keyboard alone.

use deskops_tests::people::PASSWORD;
use deskops_tests::window::clerk::{open_production, sign_in, states, wait_focus, wait_saved};
use deskops_tests::window::{Desktop, Home};

#[test]
fn a_new_computer_is_set_up_by_the_keyboard_and_signs_in_after_a_restart() {
    let home = Home::empty();
    let mut desktop = Desktop::start_at_the_door(&home);
    wait_focus(&desktop.page, "site-code");
    desktop.shot("set-up-site");
    // The code is that of the papers; the name is typed over, then Enter goes on.
    desktop.page.keys("\t");
    wait_focus(&desktop.page, "site-name");
    desktop.page.chord("Ctrl+A");
    desktop.page.keys("Wadi Recycling\n");
    wait_focus(&desktop.page, "full-name");
    desktop.page.keys("Noura Al-Harbi\tNoura\tshort\tshort\n");
    desktop.page.wait_text("#password-about", "at least 8 characters");
    desktop.shot("set-up-administrator");
    desktop.page.click("#password");
    desktop.page.chord("Ctrl+A");
    desktop.page.keys(PASSWORD);
    desktop.page.keys("\t");
    desktop.page.chord("Ctrl+A");
    desktop.page.keys(&format!("{PASSWORD}\n"));
    desktop.page.wait_for(".shell");
    desktop.page.ready();
    desktop.page.wait_text(".who-name", "Noura Al-Harbi");
    open_production(&mut desktop.page);
    desktop.page.keys("12.5\n");
    wait_saved(&desktop.page, 1);
    desktop.close();

    let mut desktop = Desktop::start_at_the_door(&home);
    wait_focus(&desktop.page, "sign-in-password");
    desktop.shot("sign-in");
    desktop.page.keys("wrong password\n");
    desktop.page.wait_text("#sign-in-problem", "The name or the password is wrong.");
    wait_focus(&desktop.page, "sign-in-password");
    desktop.shot("sign-in-wrong");
    let before = desktop.page.presses();
    sign_in(&mut desktop.page, PASSWORD);
    assert_eq!(desktop.page.presses() - before, PASSWORD.len() + 1, "the password and Enter");
    open_production(&mut desktop.page);
    assert_eq!(states(&desktop.page).iter().filter(|state| state.starts_with("Saved")).count(), 1);
    desktop.close();
}
