//! Before the work: the set-up of a new computer, and who sits at it.

mod form;
mod password;
mod screen;
mod set_up;
mod site_form;

pub use password::{ChangePasswordDialog, ID as CHANGE_PASSWORD};
pub use screen::{SignInAgain, SignInScreen};
pub use set_up::SetUpScreen;

use deskops_domain::api::Refusal;
use deskops_domain::api::session::SignedIn;

use crate::browser;
use crate::client::keep_token;

/// The first field of a form with something wrong in it.
pub const FIRST_WRONG: &str = "form [aria-invalid=\"true\"]";
const KEPT_USER: &str = "deskops.user";

/// Who signed in last on this computer.
fn last_user() -> Option<String> {
    browser::kept(KEPT_USER)
}

/// Goes on in a session that has been opened.
fn go_on(signed_in: &SignedIn) {
    keep_token(Some(&signed_in.token));
    browser::keep(KEPT_USER, &signed_in.user.name);
}

/// What a refusal says of one field.
#[must_use]
pub fn problem_of(refusal: Option<&Refusal>, path: &str) -> String {
    let found = refusal.and_then(|refusal| refusal.details.iter().find(|each| each.path == path));
    found.map(|problem| problem.message.clone()).unwrap_or_default()
}

/// What a refusal says beside its fields.
#[must_use]
pub fn words_of(refusal: &Refusal) -> String {
    match &refusal.hint {
        Some(hint) => format!("{} {hint}", refusal.message),
        None => refusal.message.clone(),
    }
}
