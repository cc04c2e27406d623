//! The two real carriers: the window's one command, and HTTP in a browser.

use std::cell::RefCell;

use deskops_domain::api::session::Hello;
use deskops_domain::api::{Code, Command as _, Refusal};
use futures_util::FutureExt as _;
use futures_util::future::LocalBoxFuture;
use js_sys::{JSON, Object, Reflect};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{RequestInit, Response};

use super::{Carrier, Held, read_refusal};
use crate::browser;

/// Carries by the window where the page runs in one, by HTTP elsewhere.
pub struct Web;

impl Carrier for Web {
    fn send(
        &self,
        name: String,
        input: String,
    ) -> LocalBoxFuture<'static, Result<String, Refusal>> {
        async move {
            if browser::is_window() {
                by_window(&name, &input).await
            } else {
                by_http(&name, &input).await
            }
        }
        .boxed_local()
    }
}

async fn by_window(name: &str, input: &str) -> Result<String, Refusal> {
    let arguments = Object::new();
    let input = JSON::parse(input).map_err(|_| offline())?;
    let _ = Reflect::set(&arguments, &"name".into(), &name.into());
    let _ = Reflect::set(&arguments, &"input".into(), &input);
    let _ = Reflect::set(&arguments, &"token".into(), &super::token().into());
    let promise = browser::invoke("call", &arguments).ok_or_else(offline)?;
    match JsFuture::from(promise).await {
        Ok(answer) => Ok(text_of(&answer)),
        Err(refusal) => {
            Err(read_refusal(&refusal.as_string().unwrap_or_else(|| text_of(&refusal))))
        }
    }
}

/// JSON of a value; `null` for nothing at all.
fn text_of(value: &JsValue) -> String {
    JSON::stringify(value).ok().and_then(|text| text.as_string()).unwrap_or_else(|| "null".into())
}

thread_local! {
    static HELD: RefCell<Held> = RefCell::default();
}

/// How often a page that asks too often waits before it says so.
const MOST_WAITS: u32 = 5;
const VALUE: &str = "deskops-csrf";

/// Asks over HTTP. A page that asks too often waits; one that does not know its session any more, as
/// after a change of the password on another page, asks for it once.
async fn by_http(name: &str, input: &str) -> Result<String, Refusal> {
    let (mut n_waits, mut is_met) = (0, false);
    let is_of_session = name.starts_with("session/");
    loop {
        let told = match ask(name, input).await {
            Ok(answer) => return Ok(answer),
            Err(told) => told,
        };
        match (told.code, told.retry_after) {
            (Code::RateLimitExceeded, Some(seconds)) if !is_of_session && n_waits < MOST_WAITS => {
                n_waits += 1;
                browser::sleep(i32::try_from(seconds.min(60)).unwrap_or(60) * 1_000).await;
            }
            (Code::CsrfMismatch, _) if !is_met && name != Hello::name() => {
                is_met = true;
                ask(&Hello::name(), "{}").await?;
            }
            _ => return Err(told),
        }
    }
}

async fn ask(name: &str, input: &str) -> Result<String, Refusal> {
    let asked = RequestInit::new();
    asked.set_method("POST");
    asked.set_body(&input.into());
    let headers = headers()?;
    let _ = headers.set("content-type", "application/json");
    HELD.with_borrow(|held| {
        if let Some(value) = held.value() {
            let _ = headers.set(VALUE, value);
        }
    });
    asked.set_headers(&headers);
    let response = fetch(&format!("/api/{name}"), &asked).await?;
    let text =
        JsFuture::from(response.text().map_err(|_| offline())?).await.map_err(|_| offline())?;
    let text = text.as_string().unwrap_or_default();
    if !response.ok() {
        return Err(read_refusal(&text));
    }
    let value = response.headers().get(VALUE).ok().flatten();
    HELD.with_borrow_mut(|held| held.hear(name, value, &text))?;
    Ok(text)
}

/// What every request of the page says.
fn headers() -> Result<web_sys::Headers, Refusal> {
    let headers = web_sys::Headers::new().map_err(|_| offline())?;
    let _ = headers.set("deskops-page", "1");
    Ok(headers)
}

async fn fetch(path: &str, asked: &RequestInit) -> Result<Response, Refusal> {
    let window = web_sys::window().ok_or_else(offline)?;
    let sent = JsFuture::from(window.fetch_with_str_and_init(path, asked)).await;
    sent.map_err(|_| offline())?.dyn_into().map_err(|_| offline())
}

/// Fetches a file of the server and hands it to the browser under its name, or says why there is
/// none; a link could not.
pub async fn download(path: &str, name: &str) -> Result<(), Refusal> {
    let asked = RequestInit::new();
    let headers = headers()?;
    asked.set_headers(&headers);
    let response = fetch(path, &asked).await?;
    if !response.ok() {
        let text = JsFuture::from(response.text().map_err(|_| offline())?).await;
        return Err(read_refusal(&text.ok().and_then(|text| text.as_string()).unwrap_or_default()));
    }
    let blob = JsFuture::from(response.blob().map_err(|_| offline())?).await;
    browser::save_file(&blob.map_err(|_| offline())?, name).ok_or_else(offline)
}

fn offline() -> Refusal {
    Refusal::new(Code::Offline, "DeskOps does not answer.").hint("Try again in a moment.")
}
