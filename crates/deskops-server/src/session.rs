//! The session of the page in a browser: a cookie that no script can read, and a value that only a
//! page of this server can know.
//!
//! A browser sends the cookie along by itself, whoever made it ask. So what changes anything has to
//! carry the value too (`DeskOps-CSRF`). It is made from the token, so that nothing is kept of it, and
//! says nothing of the token. A page on any other address can neither read it nor send the header.

use axum::extract::{FromRequestParts, Request};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, header};
use axum::middleware::Next;
use axum::response::Response;
use cookie::{Cookie, SameSite};
use deskops_domain::api::session::{
    ChangePassword, Hello, SetUp, SignIn, SignOut, SignOutEverywhere,
};
use deskops_domain::api::{Code, Command as _, Refusal};
use deskops_domain::change::hex;
use serde_json::{Value as Json, json};
use sha2::{Digest as _, Sha256};

use crate::client::Client;
use crate::rest;

/// What the page says of itself.
const PAGE: HeaderName = HeaderName::from_static("deskops-page");
/// The value that only the page knows.
const CSRF: HeaderName = HeaderName::from_static("deskops-csrf");
/// The cookie where the line is encrypted: browsers take this name only from the very host, for all
/// of it, over HTTPS.
const COOKIE_HTTPS: &str = "__Host-DeskOps-Session";
/// The cookie on this computer.
const COOKIE_HTTP: &str = "DeskOps-Session";

/// A page, and the session that its browser holds.
pub(crate) struct Page {
    /// Whether a page of this server says that it asks.
    is_page: bool,
    /// The session of the cookie, where no other is named.
    held: Option<String>,
    /// Whether a session is named beside it.
    is_bearer: bool,
    is_https: bool,
}

impl Page {
    /// The page that sends a request with this head.
    pub fn of(head: &Parts) -> Self {
        let client = head.extensions.get::<Client>();
        let is_https = client.is_some_and(|client| client.scheme == "https");
        let is_bearer = head.headers.contains_key(header::AUTHORIZATION);
        Self {
            is_page: head.headers.get(&PAGE).is_some_and(|said| said == "1"),
            held: cookie(&head.headers, is_https).filter(|_| !is_bearer),
            is_bearer,
            is_https,
        }
    }

    /// Whether the page asks, whose session the browser holds.
    pub fn asks(&self) -> bool {
        self.held.is_some() || self.is_page && !self.is_bearer
    }

    /// The session of the cookie.
    pub fn held(&self) -> Option<&str> {
        self.held.as_deref()
    }

    /// Whether it may ask for this: a change needs the page's value, unless nothing is known yet.
    fn check(&self, method: &Method, path: &str, headers: &HeaderMap) -> Result<(), Refusal> {
        let Some(token) = &self.held else { return Ok(()) };
        let is_read = [Method::GET, Method::HEAD, Method::OPTIONS].contains(method);
        let begins = [Hello::name(), SignIn::name(), SetUp::name()];
        let is_beginning =
            path.strip_prefix("/api/").is_some_and(|path| begins.iter().any(|name| path == name));
        let sent = headers.get(&CSRF).map(HeaderValue::as_bytes).unwrap_or_default();
        // Compared by their hashes, so that the time it takes says nothing.
        let is_right = || Sha256::digest(sent) == Sha256::digest(value(token).as_bytes());
        if is_read || is_beginning && self.is_page || is_right() {
            return Ok(());
        }
        let message = "This did not come from the page that is signed in.";
        Err(Refusal::new(Code::CsrfMismatch, message).hint("Load DeskOps anew, and do it again."))
    }

    /// What a command is asked with: the page does not know the token that it wants ended.
    pub fn input(&self, name: &str, mut input: Json) -> Json {
        if let Some(token) = &self.held
            && name == SignOut::name()
            && input["token"] == ""
        {
            input["token"] = json!(token);
        }
        input
    }

    /// Takes a new session out of an answer, and says with which headers the browser is given it.
    pub fn keep(&self, name: &str, output: &mut Json) -> HeaderMap {
        let mut headers = HeaderMap::new();
        let opens = [SignIn::name(), SetUp::name(), ChangePassword::name()];
        let ends = [SignOut::name(), SignOutEverywhere::name()];
        if self.is_page && opens.iter().any(|opens| opens == name) {
            if let Some(token) = output["token"].as_str() {
                self.tell(&mut headers, token);
                put(&mut headers, header::SET_COOKIE, &self.cookie(token).build().to_string());
            }
            output["token"] = json!("");
        } else if self.held.is_some() && ends.iter().any(|ends| ends == name) {
            let gone = self.cookie("").removal().build();
            put(&mut headers, header::SET_COOKIE, &gone.to_string());
        } else if let Some(token) = &self.held
            && name == Hello::name()
            && !output["session"].is_null()
        {
            self.tell(&mut headers, token);
        }
        headers
    }

    fn tell(&self, headers: &mut HeaderMap, token: &str) {
        put(headers, CSRF, &value(token));
    }

    /// Until the browser is closed; the session itself ends before, when nobody uses it.
    fn cookie<'a>(&self, token: &'a str) -> cookie::CookieBuilder<'a> {
        Cookie::build((name(self.is_https), token))
            .path("/")
            .http_only(true)
            .secure(self.is_https)
            .same_site(SameSite::Strict)
    }
}

impl<S: Sync> FromRequestParts<S> for Page {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(head: &mut Parts, _: &S) -> Result<Self, Self::Rejection> {
        Ok(Self::of(head))
    }
}

/// Turns away what a browser sends along with its cookie and the page does not know of.
pub(crate) async fn only_the_page(request: Request, next: Next) -> Response {
    let (head, body) = request.into_parts();
    let path = head.uri.path();
    match Page::of(&head).check(&head.method, path, &head.headers) {
        Ok(()) => next.run(Request::from_parts(head, body)).await,
        Err(refusal) => {
            tracing::warn!(path, "a request by cookie alone was turned away");
            rest::refuse(&head.method, path, refusal)
        }
    }
}

fn name(is_https: bool) -> &'static str {
    if is_https { COOKIE_HTTPS } else { COOKIE_HTTP }
}

fn cookie(headers: &HeaderMap, is_https: bool) -> Option<String> {
    let sent = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
    let all = sent.flat_map(Cookie::split_parse).filter_map(Result::ok);
    let mut own = all.filter(|cookie| cookie.name() == name(is_https));
    own.next().map(|cookie| cookie.value().to_owned())
}

/// The value that belongs to a session.
fn value(token: &str) -> String {
    hex(&Sha256::digest(format!("deskops csrf {token}").as_bytes()))
}

fn put(headers: &mut HeaderMap, name: HeaderName, value: &str) {
    if let Ok(value) = HeaderValue::from_str(value) {
        headers.insert(name, value);
    }
}
