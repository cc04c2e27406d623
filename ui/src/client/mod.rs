//! How screens ask for things: one typed call, carried by the window or by HTTP.
//!
//! Apart from the carriers, so that tests of screens answer for the core without a network.

mod held;
#[cfg(target_arch = "wasm32")]
mod stream;
#[cfg(target_arch = "wasm32")]
mod web;

use std::cell::{Cell, OnceCell};
use std::rc::Rc;

use deskops_domain::api::events::News;
use deskops_domain::api::session::{Hello, SignOut};
use deskops_domain::api::{Code, Command, Refusal};
use futures_util::future::LocalBoxFuture;
use serde::de::DeserializeOwned;
use serde_json::Value as Json;

use crate::browser;

pub use held::Held;
#[cfg(target_arch = "wasm32")]
pub use stream::follow;
#[cfg(target_arch = "wasm32")]
pub use web::{Web, download};

/// The host has no browser to hand a file to.
///
/// # Errors
/// Never.
#[cfg(not(target_arch = "wasm32"))]
pub async fn download(_path: &str, _name: &str) -> Result<(), Refusal> {
    Ok(())
}

/// The host has no server that tells anything.
#[cfg(not(target_arch = "wasm32"))]
pub async fn follow(_tell: impl FnMut(Told)) {}

/// What a page is told without asking.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Told {
    /// This was changed.
    News(News),
    /// Anything may have been changed while nothing was heard.
    Anything,
}

/// Takes a command's name and its input as JSON, and brings its output as JSON.
pub trait Carrier {
    /// Brings the answer, or why there is none.
    fn send(&self, name: String, input: String)
    -> LocalBoxFuture<'static, Result<String, Refusal>>;
}

/// Asks the core, and knows whether an answer is still to come.
#[derive(Clone)]
pub struct Client {
    carrier: Rc<dyn Carrier>,
    n_open: Rc<Cell<u32>>,
    on_signed_out: Rc<OnceCell<Box<dyn Fn()>>>,
}

/// Where the page of the window keeps its session: it survives the reload key and ends with the
/// window. In a browser the page has none: the browser holds it and tells no script.
const KEPT_TOKEN: &str = "deskops.session";

/// The session of this window, where somebody is signed in.
#[must_use]
pub fn token() -> Option<String> {
    browser::kept_here(KEPT_TOKEN)
}

/// Goes on in this session, or in none; in a browser no token is told, and none is kept.
pub fn keep_token(token: Option<&str>) {
    browser::keep_here(KEPT_TOKEN, token.filter(|token| !token.is_empty()));
}

impl Client {
    /// A client on this carrier.
    pub fn new(carrier: impl Carrier + 'static) -> Self {
        Self { carrier: Rc::new(carrier), n_open: Rc::default(), on_signed_out: Rc::default() }
    }

    /// Says what is to be done when a command is refused because the session has ended.
    pub fn when_signed_out(&self, then: impl Fn() + 'static) {
        // The page as a whole says it, once.
        let _ = self.on_signed_out.set(Box::new(then));
    }

    /// Asks for a command to be done.
    ///
    /// # Errors
    /// Why it was not done; [`Code::Offline`] when nobody answered.
    pub async fn call<C: Command>(&self, input: C) -> Result<C::Output, Refusal> {
        let input =
            serde_json::to_string(&input).map_err(|error| unreadable("was not asked", &error))?;
        read_answer(&self.send(C::name(), input).await?)
    }

    /// Asks for a command by its name, for what is alike for every kind of record.
    ///
    /// # Errors
    /// As [`Client::call`].
    pub async fn ask<T: DeserializeOwned>(&self, name: String, input: Json) -> Result<T, Refusal> {
        read_answer(&self.send(name, input.to_string()).await?)
    }

    /// Ends the session of this page and forgets it.
    pub async fn sign_out(&self) {
        // A session that cannot be ended now ends by itself; the page forgets it all the same.
        let _ = self.call(SignOut { token: token().unwrap_or_default() }).await;
        keep_token(None);
    }

    async fn send(&self, name: String, input: String) -> Result<String, Refusal> {
        let _busy = self.busy();
        // A wrong password is told where it was typed.
        let is_at_the_door = name.starts_with("session/") && name != Hello::name();
        let answer = self.carrier.send(name, input).await;
        let is_signed_out = matches!(&answer, Err(told) if told.code == Code::Unauthorized);
        if is_signed_out
            && !is_at_the_door
            && let Some(then) = self.on_signed_out.get()
        {
            then();
        }
        answer
    }

    /// Says on the page that something is still to be done, until it is dropped.
    #[must_use]
    pub fn busy(&self) -> Busy {
        self.n_open.set(self.n_open.get() + 1);
        browser::mark_ready(false);
        Busy(self.n_open.clone())
    }
}

/// Something that is still to be done; it also ends when the screen that asked goes away.
pub struct Busy(Rc<Cell<u32>>);

impl Drop for Busy {
    fn drop(&mut self) {
        self.0.set(self.0.get() - 1);
        let n_open = self.0.clone();
        browser::after_drawing(move || {
            if n_open.get() == 0 {
                browser::mark_ready(true);
            }
        });
    }
}

fn read_answer<T: DeserializeOwned>(answer: &str) -> Result<T, Refusal> {
    serde_json::from_str(answer)
        .map_err(|error| unreadable("was answered in a way this page does not know", &error))
}

fn unreadable(what: &str, error: &serde_json::Error) -> Refusal {
    let refusal = Refusal::new(Code::InternalError, format!("The command {what} ({error})."));
    refusal.hint("Close DeskOps and start it again. What was saved is safe.")
}

/// What a carrier was told instead of an answer: a refusal in JSON, or some other text.
#[must_use]
pub fn read_refusal(text: &str) -> Refusal {
    let refusal = serde_json::from_str(text).or_else(|_| {
        let wrapped: serde_json::Value = serde_json::from_str(text)?;
        serde_json::from_value(wrapped.get("error").cloned().unwrap_or_default())
    });
    refusal.unwrap_or_else(|_| {
        let words: String = text.chars().take(200).collect();
        Refusal::new(Code::InternalError, format!("DeskOps could not do that: {words}"))
            .hint("Try again. If it stays, close DeskOps and start it again.")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refusal_is_read_bare_and_wrapped_and_any_other_text_is_still_said() {
        let refusal = Refusal::new(Code::NotFound, "Record not found");
        let bare = serde_json::to_string(&refusal).unwrap();
        assert_eq!(read_refusal(&bare), refusal);
        assert_eq!(read_refusal(&format!("{{\"error\":{bare}}}")), refusal);
        let other = read_refusal("gateway is down");
        assert_eq!(other.code, Code::InternalError);
        assert!(other.message.contains("gateway is down"), "{}", other.message);
    }
}
