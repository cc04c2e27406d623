//! Asks the issuer for its keys: what it says of itself, then the keys themselves.

use std::time::Duration;

use reqwest::redirect::Policy;
use reqwest::{Client, StatusCode};
use serde_json::Value as Json;

use crate::settings::{Oidc, is_safe_url};

/// How long an issuer may take.
const PATIENCE: Duration = Duration::from_secs(5);
/// The most that is read of an answer.
const MOST_BYTES: usize = 1 << 20;

/// What asks: it follows nobody elsewhere.
pub(super) fn client() -> Result<Client, String> {
    let client = Client::builder().timeout(PATIENCE).redirect(Policy::none());
    client.build().map_err(|error| format!("No HTTPS can be spoken: {error}."))
}

/// The issuer's keys, as it sends them.
pub(super) async fn keys(client: &Client, oidc: &Oidc) -> Result<Json, String> {
    let url = match &oidc.jwks_url {
        Some(url) => url.clone(),
        None => discover(client, &oidc.issuer).await?,
    };
    get(client, &url).await
}

/// Where the issuer says that its keys are.
async fn discover(client: &Client, issuer: &str) -> Result<String, String> {
    let url = format!("{}/.well-known/openid-configuration", issuer.trim_end_matches('/'));
    let about = get(client, &url).await?;
    if about["issuer"] != *issuer {
        return Err(format!("{url} speaks for another issuer: {}", about["issuer"]));
    }
    let keys = about["jwks_uri"].as_str().unwrap_or_default();
    if is_safe_url(keys) {
        return Ok(keys.to_owned());
    }
    Err(format!("{url} names no HTTPS address of its keys"))
}

async fn get(client: &Client, url: &str) -> Result<Json, String> {
    let failed = |error: reqwest::Error| format!("{url}: {}", error.without_url());
    let mut answer = client.get(url).send().await.map_err(failed)?;
    if answer.status() != StatusCode::OK {
        return Err(format!("{url} answers {}", answer.status()));
    }
    let mut bytes = Vec::new();
    while let Some(part) = answer.chunk().await.map_err(failed)? {
        bytes.extend_from_slice(&part);
        if bytes.len() > MOST_BYTES {
            return Err(format!("{url} answers more than {MOST_BYTES} bytes"));
        }
    }
    serde_json::from_slice(&bytes).map_err(|error| format!("{url} answers no JSON: {error}"))
}
