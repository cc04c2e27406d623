//! Who asks, from what a request says and the line that it came by. No other place decides it.

use std::convert::Infallible;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, header};
use deskops_core::Asking;
use deskops_domain::access::Carrier;

use crate::client::Client;
use crate::session::Page;

/// Who sends this request.
pub(crate) struct Asks(pub Asking);

impl Asks {
    /// Who sends a request with this head.
    pub fn of(head: &Parts) -> Asking {
        let client = head.extensions.get::<Client>();
        let page = Page::of(head);
        let token = token(&head.headers).or_else(|| page.held()).map(str::to_owned);
        // A browser holds the session of a page; who holds a token themselves is another program.
        let carrier = if page.asks() { Carrier::Page } else { Carrier::Bearer };
        Asking { token, carrier, address: client.and_then(|client| client.ip) }
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

#[cfg(test)]
mod tests {
    use axum::http::Request;

    use super::*;

    #[test]
    fn the_session_is_the_bearers_or_else_the_cookies() {
        let of = |headers: &[(&str, &str)]| {
            let mut request = Request::builder();
            for (name, value) in headers {
                request = request.header(*name, *value);
            }
            Asks::of(&request.body(()).unwrap().into_parts().0)
        };
        let (bearer, cookie) =
            (("authorization", "Bearer abc"), ("cookie", "x=1; DeskOps-Session=def"));
        let program = of(&[bearer, cookie]);
        assert_eq!((program.carrier, program.token.as_deref()), (Carrier::Bearer, Some("abc")));
        let page = of(&[cookie]);
        assert_eq!((page.carrier, page.token.as_deref()), (Carrier::Page, Some("def")));
        let new = of(&[("deskops-page", "1")]);
        assert_eq!((new.carrier, new.token), (Carrier::Page, None), "it signs in");
        let other = of(&[("authorization", "Basic abc")]);
        assert_eq!((other.carrier, other.token), (Carrier::Bearer, None));
        let plain = of(&[("cookie", "__Host-DeskOps-Session=ghi")]);
        assert_eq!(plain.token, None, "the cookie of HTTPS is not taken in the clear");
    }
}
