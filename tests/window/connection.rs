//! The window signs in to head office, and is still signed in after a restart where the computer has a
//! keyring; where it has none, it says so before and after.

use std::path::Path;

use deskops_tests::people::{PASSWORD, move_in_with_crew};
use deskops_tests::window::clerk::{sign_in, wait_focus};
use deskops_tests::window::keyring::Keyring;
use deskops_tests::window::served::Served;
use deskops_tests::window::{Desktop, Home, axe};
use rcgen::{CertifiedKey, generate_simple_self_signed};

/// Puts a certificate of its own making beside the records.
fn certify(folder: &Path) {
    move_in_with_crew(folder);
    let CertifiedKey { cert, signing_key } =
        generate_simple_self_signed(vec!["localhost".to_owned()]).unwrap();
    std::fs::write(folder.join("cert.pem"), cert.pem()).unwrap();
    std::fs::write(folder.join("key.pem"), signing_key.serialize_pem()).unwrap();
}

/// Looks at the screen in light and dark.
fn is_accessible(desktop: &Desktop, state: &str) {
    for theme in ["dark", "light"] {
        let _ = desktop
            .page
            .js("document.documentElement.dataset.theme = arguments[0]", vec![theme.into()]);
        desktop.page.painted();
        if theme == "dark" {
            desktop.shot(&format!("office-{}-dark", state.replace(' ', "-")));
        }
        assert_eq!(axe::violations(&desktop.page), [], "{state} in {theme}");
    }
}

fn open(desktop: &mut Desktop) {
    desktop.page.click(".nav-item[href^=\"#/connection\"]");
    desktop.page.wait_for("[data-screen=\"connection\"]");
    desktop.page.ready();
}

/// Types an address and asks for it to be tested.
fn type_address(desktop: &mut Desktop, address: &str) {
    desktop.page.click("#office-address");
    desktop.page.chord("Ctrl+A");
    desktop.page.keys(&format!("{address}\n"));
}

/// Looks at what is at an address.
fn test(desktop: &mut Desktop, address: &str) {
    type_address(desktop, address);
    desktop.page.wait_for(".look-table");
    desktop.page.ready();
}

/// Signs in at head office by the keyboard.
fn sign_in_there(desktop: &mut Desktop) {
    desktop.page.wait_for("#office-name");
    desktop.page.click("#office-name");
    desktop.page.chord("Ctrl+A");
    desktop.page.keys(&format!("huda\t{PASSWORD}\n"));
    desktop.page.wait_text("#office-signed-in", "Signed in to localhost");
    desktop.page.ready();
}

#[test]
fn a_key_is_compared_and_whoever_signs_in_is_still_signed_in_after_a_restart() {
    let served = Served::start_on(certify, &["--tls-cert", "cert.pem", "--tls-key", "key.pem"]);
    let home = Home::new();
    let keyring = Keyring::start(&home);
    let mut desktop = Desktop::start_with(&home, &keyring);
    sign_in(&mut desktop.page, PASSWORD);
    desktop.page.wait_text(".office-pill", "Not connected to head office");
    open(&mut desktop);
    desktop.shot("office-empty");
    type_address(&mut desktop, "http://deskops.example");
    desktop.page.wait_text("#office-address-about", "by https:// only");
    let address = served.address.replace("127.0.0.1", "localhost");
    test(&mut desktop, &address);
    desktop.page.wait_text(".look-outcome", "Nobody whom this computer trusts");
    desktop.shot("office-compare");
    is_accessible(&desktop, "comparing a key");
    desktop.page.click(".compare .check-field input");
    desktop.page.click(".compare .button");
    desktop.page.wait_text(".look-outcome", "DeskOps answers at localhost");
    desktop.page.wait_text(".look-table", "The key that was compared");
    desktop.page.ready();
    desktop.shot("office-found");
    desktop.page.click(".office-place .form-actions .button");
    wait_focus(&desktop.page, "office-name");
    desktop.page.keys("huda\tnot this one\n");
    desktop.page.wait_text("#office-password-about", "The name or the password is wrong.");
    desktop.shot("office-wrong");
    sign_in_there(&mut desktop);
    desktop.page.wait_text(".office-facts", "In the keyring of this computer");
    desktop.shot("office-signed-in");
    is_accessible(&desktop, "signed in to head office");
    desktop.close();

    let mut desktop = Desktop::start_with(&home, &keyring);
    sign_in(&mut desktop.page, PASSWORD);
    desktop.page.wait_text(".office-pill", "Signed in to localhost");
    open(&mut desktop);
    desktop.page.wait_text(".office-facts", "Huda Q (huda)");
    desktop.page.click(".connection section .form-actions .button:nth-of-type(2)");
    desktop.page.wait_text(".office-pill", "Not signed in to head office");
    desktop.close();
}

#[test]
fn without_a_keyring_the_window_says_that_it_will_ask_again_and_does() {
    let served = Served::start_on(move_in_with_crew, &[]);
    let home = Home::new();
    let mut desktop = Desktop::start(&home);
    open(&mut desktop);
    desktop.page.wait_text(
        ".connection .note",
        "This computer has no keyring: you will sign in again after a restart.",
    );
    test(&mut desktop, &served.address.replace("127.0.0.1", "localhost"));
    desktop.page.click(".office-place .form-actions .button");
    sign_in_there(&mut desktop);
    desktop.page.wait_text(".office-facts", "Until DeskOps is closed");
    desktop.close();
    let mut desktop = Desktop::start(&home);
    desktop.page.wait_text(".office-pill", "Sign in to head office again");
    open(&mut desktop);
    desktop.page.wait_text(".connection", "the sign-in ended with the last restart");
    desktop.shot("office-again");
    desktop.page.click("#office-password");
    desktop.page.keys(&format!("{PASSWORD}\n"));
    desktop.page.wait_text(".office-facts", "Huda Q (huda)");
    drop(served);
    desktop.page.click(".connection section .form-actions .button:last-of-type");
    desktop.page.wait_text(".connection", "nothing answers at this address");
    desktop.page.wait_text(".office-pill", "Head office does not answer");
    desktop.shot("office-away");
    desktop.close();
}
