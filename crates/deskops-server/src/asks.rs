//! Who asks, from what a request says and the line that it came by. No other place decides it.

use std::convert::Infallible;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, header};
use deskops_core::Asking;
use deskops_domain::access::Carrier;

use crate::client::Client;

/// Who sends this request.
pub(crate) struct Asks(pub Asking);

impl Asks {
    /// Who sends a request with this head.
    pub fn of(head: &Parts) -> Asking {
        let client = head.extensions.get::<Client>();
        Asking {
            token: token(&head.headers).map(str::to_owned),
            carrier: carrier(&head.headers),
            address: client.and_then(|client| client.ip),
        }
    }
}

impl<S: Sync> FromRequestParts<S> for Asks {
    type Rejection = Infallible;

    async fn from_request_parts(head: &mut Parts, _: &S) -> Result<Self, Infallible> {
        Ok(Self(Self::of(head)))
    }
}

/// The session that a request names, where it names one.
fn token(headers: &HeaderMap) -> Option<&str> {
    headers.get(header::AUTHORIZATION)?.to_str().ok()?.strip_prefix("Bearer ")
}

/// Browsers say of each request that it comes from the server's own page, and let no script say it.
fn carrier(headers: &HeaderMap) -> Carrier {
    let is_page = headers.get("sec-fetch-site").is_some_and(|site| site == "same-origin");
    if is_page { Carrier::Page } else { Carrier::Bearer }
}

#[cfg(test)]
mod tests {
    use axum::http::Request;

    use super::*;

    #[test]
    fn a_browser_says_that_its_page_asks_and_other_programs_do_not() {
        let of = |headers: &[(&str, &str)]| {
            let mut request = Request::builder();
            for (name, value) in headers {
                request = request.header(*name, *value);
            }
            Asks::of(&request.body(()).unwrap().into_parts().0)
        };
        let page = of(&[("sec-fetch-site", "same-origin"), ("authorization", "Bearer abc")]);
        assert_eq!((page.carrier, page.token.as_deref()), (Carrier::Page, Some("abc")));
        let program = of(&[("authorization", "Basic abc")]);
        assert_eq!((program.carrier, program.token), (Carrier::Bearer, None));
        assert_eq!(of(&[("sec-fetch-site", "cross-site")]).carrier, Carrier::Bearer);
    }
}
