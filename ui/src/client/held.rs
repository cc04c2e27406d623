//! What a page over HTTP knows of its session. The browser holds the session itself, in a cookie that
//! no script reads; the page knows whose it is, and the value that proves that the page asks.
//!
//! All pages of a browser are in one session. Where somebody else has signed in on another page, this
//! one must not go on in their name.

use deskops_domain::api::session::{Hello, SignOut, SignedIn, Welcome};
use deskops_domain::api::{Code, Command as _, Refusal};

/// What is known of the session.
#[derive(Debug, Default)]
pub struct Held {
    value: Option<String>,
    user: Option<String>,
}

impl Held {
    /// The value to be sent along.
    #[must_use]
    pub fn value(&self) -> Option<&str> {
        self.value.as_deref()
    }

    /// Whether somebody has signed in here.
    #[must_use]
    pub fn is_signed_in(&self) -> bool {
        self.user.is_some()
    }

    /// Hears the answer to a command, and the value that came with it.
    ///
    /// # Errors
    /// That the session is not this page's any more.
    pub fn hear(&mut self, name: &str, value: Option<String>, answer: &str) -> Result<(), Refusal> {
        if name == SignOut::name() {
            *self = Self::default();
        }
        let Some(value) = value else { return Ok(()) };
        let user = if name == Hello::name() {
            let welcome = serde_json::from_str::<Welcome>(answer).ok();
            welcome.and_then(|welcome| welcome.session).map(|session| session.user)
        } else {
            serde_json::from_str::<SignedIn>(answer).ok().map(|signed_in| signed_in.user.name)
        };
        if name == Hello::name() && self.is_signed_in() && self.user != user {
            let message = "Somebody else has signed in in this browser.";
            return Err(Refusal::new(Code::Unauthorized, message).hint("Sign in again to go on."));
        }
        *self = Self { value: Some(value), user };
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn signed_in(name: &str) -> String {
        let user = serde_json::json!({ "name": name, "fullName": "Somebody", "role": "OPERATOR" });
        serde_json::json!({ "token": "", "user": user }).to_string()
    }

    #[test]
    fn the_value_is_that_of_the_last_session_until_somebody_signs_out() {
        let mut held = Held::default();
        held.hear("production/list", None, "{}").unwrap();
        assert!(!held.is_signed_in());
        held.hear("session/sign-in", Some("one".into()), &signed_in("omar")).unwrap();
        assert_eq!((held.value(), held.is_signed_in()), (Some("one"), true));
        held.hear("session/change-password", Some("two".into()), &signed_in("omar")).unwrap();
        held.hear("production/list", None, "{}").unwrap();
        assert_eq!(held.value(), Some("two"));
        held.hear("session/sign-out", None, "null").unwrap();
        assert_eq!((held.value(), held.is_signed_in()), (None, false));
    }

    #[test]
    fn a_page_does_not_go_on_in_the_session_of_somebody_else() {
        let mut held = Held::default();
        held.hear("session/sign-in", Some("one".into()), &signed_in("omar")).unwrap();
        let told = held.hear("session/hello", Some("two".into()), "{}").unwrap_err();
        assert_eq!((told.code, held.value()), (Code::Unauthorized, Some("one")));
        held.hear("session/sign-in", Some("three".into()), &signed_in("huda")).unwrap();
        assert_eq!(held.value(), Some("three"), "who signs in here is here");
    }
}
