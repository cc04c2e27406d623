//! The two real carriers: the window's one command, and HTTP in a browser.

use deskops_domain::api::{Code, Refusal};
use futures_util::FutureExt as _;
use futures_util::future::LocalBoxFuture;
use js_sys::{JSON, Object, Reflect};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{RequestInit, Response};

use super::{Carrier, read_refusal};
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

async fn by_http(name: &str, input: &str) -> Result<String, Refusal> {
    let ask = RequestInit::new();
    ask.set_method("POST");
    ask.set_body(&input.into());
    let headers = web_sys::Headers::new().map_err(|_| offline())?;
    let _ = headers.set("content-type", "application/json");
    if let Some(token) = super::token() {
        let _ = headers.set("authorization", &format!("Bearer {token}"));
    }
    ask.set_headers(&headers);
    let window = web_sys::window().ok_or_else(offline)?;
    let sent = JsFuture::from(window.fetch_with_str_and_init(&format!("/api/{name}"), &ask)).await;
    let response: Response = sent.map_err(|_| offline())?.dyn_into().map_err(|_| offline())?;
    let text =
        JsFuture::from(response.text().map_err(|_| offline())?).await.map_err(|_| offline())?;
    let text = text.as_string().unwrap_or_default();
    if response.ok() { Ok(text) } else { Err(read_refusal(&text)) }
}

/// Fetches a file of the server and hands it to the browser under its name. A link could not say
/// who asks.
pub async fn download(path: &str, name: &str) -> Result<(), Refusal> {
    let ask = RequestInit::new();
    let headers = web_sys::Headers::new().map_err(|_| offline())?;
    let _ = headers.set("authorization", &format!("Bearer {}", super::token().unwrap_or_default()));
    ask.set_headers(&headers);
    let window = web_sys::window().ok_or_else(offline)?;
    let sent = JsFuture::from(window.fetch_with_str_and_init(path, &ask)).await;
    let response: Response = sent.map_err(|_| offline())?.dyn_into().map_err(|_| offline())?;
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
