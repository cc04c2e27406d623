//! Drives the real thing: the started window on a display of its own, and the same page in Chromium.
//! Apart from the tests, so that a scenario reads as what a clerk does.
//!
//! Everything that is started here is ended when its value is dropped, also when a test panics.

pub mod axe;
pub mod browser;
pub mod clerk;
pub mod desktop;
mod display;
mod driver;
pub mod keyring;
pub mod keys;
mod page;
mod process;
pub mod served;
mod wait;

pub use browser::Browser;
pub use desktop::{Desktop, Home};
pub use page::Page;
pub use wait::{let_pass, until};

use std::panic::{self, AssertUnwindSafe};
use std::path::{Path, PathBuf};
use std::thread;

/// A path that `cargo xtask test` hands over.
///
/// # Panics
/// If the variable is not set: the test was then started without xtask.
#[must_use]
pub fn given(variable: &str) -> PathBuf {
    std::env::var_os(variable)
        .map(PathBuf::from)
        .unwrap_or_else(|| panic!("{variable} is not set; start this test by `cargo xtask test --only window` or `browser`"))
}

/// Where pictures of failures and of the README go.
#[must_use]
pub fn shots() -> PathBuf {
    let folder = given("DESKOPS_SHOTS");
    std::fs::create_dir_all(&folder).expect("the folder of the pictures can be made");
    folder
}

/// If the test is failing, leaves a picture of what it stumbled over, under the test's name.
fn leave_picture(take: impl FnOnce(&Path)) {
    if !thread::panicking() {
        return;
    }
    let test = thread::current().name().unwrap_or("test").replace("::", "-");
    let path = shots().join(format!("failed-{test}.png"));
    let taken = panic::catch_unwind(AssertUnwindSafe(|| take(&path)));
    eprintln!(
        "{}: {}",
        path.display(),
        if taken.is_ok() { "what was to be seen" } else { "no picture" }
    );
}
