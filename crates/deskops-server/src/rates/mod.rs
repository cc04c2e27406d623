//! How often may be asked: whose allowance a request is taken from, and what is told of it.
//!
//! A user's programs and a user's pages have an allowance each, a device one beside its user's, an
//! address without a session another, and trying a password one of its own, before any is hashed.
//! Whoever is not known yet is counted as a stranger until their session is found.

mod allowance;
mod few;
mod known;

use std::net::{IpAddr, Ipv6Addr};
use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use axum::middleware::Next;
use axum::response::Response;
use deskops_core::Asking;
use deskops_domain::access::Carrier;
use deskops_domain::api::session::{ChangePassword, SetUp, SignIn};
use deskops_domain::api::{Code, Command as _, Refusal};
use deskops_domain::id::Id;

use crate::asks::Asks;
use crate::rest;
use crate::settings;
use crate::shared::{Shared, away};
use allowance::{Allowance, Left};
use known::{Holder, Known};

/// Whoever watches the server asks these, and they cost less than saying no.
const FREE: [&str; 3] = ["/api/hello", "/api/health", "/api/ready"];

/// Where somebody asks from: an address, or a network of IPv6, whose owner has all of its addresses.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
struct Origin(Option<IpAddr>);

impl Origin {
    fn of(address: Option<IpAddr>) -> Self {
        Self(address.map(|address| match address.to_canonical() {
            IpAddr::V6(ip) => {
                let [a, b, c, d, ..] = ip.segments();
                IpAddr::V6(Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0))
            }
            v4 => v4,
        }))
    }
}

/// All allowances; none of what is not limited.
pub(crate) struct Rates {
    programs: Option<Allowance<String>>,
    pages: Option<Allowance<String>>,
    devices: Option<Allowance<Id>>,
    strangers: Option<Allowance<Origin>>,
    sign_ins: Option<Allowance<Origin>>,
    known: Known,
}

impl Rates {
    /// As the settings say.
    pub fn of(rates: &settings::Rates) -> Self {
        let settings::Rates { program_per_minute: program, page_per_minute: page, .. } = *rates;
        let (stranger, sign_ins) = (rates.stranger_per_minute, rates.sign_ins_per_minute);
        let device = rates.device_per_minute;
        Self {
            programs: Allowance::of(program, program, rates.program_per_second),
            pages: Allowance::of(page, page, rates.page_per_second),
            devices: Allowance::of(device, device.saturating_mul(2), 0),
            strangers: Allowance::of(stranger, stranger, 0),
            sign_ins: Allowance::of(sign_ins, sign_ins.saturating_mul(2), 0),
            known: Known::default(),
        }
    }

    /// Takes from the allowances of a user: that of the device, and that of the pages or programs.
    fn of_holder(&self, carrier: Carrier, holder: &Holder) -> Option<Left> {
        let take = |allowance: &Option<Allowance<String>>| {
            allowance.as_ref().map(|allowance| allowance.take(&holder.user))
        };
        if carrier == Carrier::Page {
            return take(&self.pages);
        }
        let device = self.devices.as_ref().zip(holder.device.as_ref());
        let on_device = device.map(|(allowance, device)| allowance.take(device));
        if on_device.is_some_and(|left| left.retry_after.is_some()) {
            return on_device;
        }
        take(&self.programs).or(on_device)
    }

    fn of_stranger(&self, from: Origin) -> Option<Left> {
        self.strangers.as_ref().map(|allowance| allowance.take(&from))
    }
}

/// Takes a request from the allowance of who asks, or turns it away.
pub(crate) async fn hold(
    State(shared): State<Arc<Shared>>,
    request: Request,
    next: Next,
) -> Response {
    let path = request.uri().path().to_owned();
    if !path.starts_with("/api/") || FREE.contains(&path.as_str()) {
        return next.run(request).await;
    }
    let (head, body) = request.into_parts();
    let asking = Asks::of(&head);
    // Each of them has a password hashed. They have one way to be written: see `commands`.
    let doors = [SignIn::name(), SetUp::name(), ChangePassword::name()];
    let is_sign_in =
        path.strip_prefix("/api/").is_some_and(|path| doors.iter().any(|name| path == name));
    let left = if is_sign_in {
        let from = Origin::of(asking.address);
        shared.rates.sign_ins.as_ref().map(|allowance| allowance.take(&from))
    } else {
        taken(&shared, &asking).await
    };
    if let Some(left) = left
        && let Some(seconds) = left.retry_after
    {
        let refusal = refusal(left.limit, seconds, is_sign_in);
        return told(rest::refuse(&head.method, &path, refusal), left);
    }
    let answer = next.run(Request::from_parts(head, body)).await;
    if let Some(token) =
        asking.token.as_deref().filter(|_| answer.status() == StatusCode::UNAUTHORIZED)
    {
        shared.rates.known.forget(token);
    }
    match left {
        Some(left) => told(answer, left),
        None => answer,
    }
}

/// What is left of the allowance of who asks.
async fn taken(shared: &Arc<Shared>, asking: &Asking) -> Option<Left> {
    let (rates, from) = (&shared.rates, Origin::of(asking.address));
    let Some(token) = asking.token.as_deref() else { return rates.of_stranger(from) };
    if let Some(holder) = rates.known.holder(token) {
        return rates.of_holder(asking.carrier, &holder);
    }
    let as_stranger = rates.of_stranger(from);
    if as_stranger.is_some_and(|left| left.retry_after.is_some()) {
        return as_stranger;
    }
    let (asked, who) = (shared.clone(), asking.clone());
    match away(move || asked.desk.found()?.caller_still(&who)).await {
        Ok(caller) if caller.is_signed_in() => {
            let holder = Holder { user: caller.user, device: caller.line.device };
            rates.known.note(token, &holder);
            rates.of_holder(asking.carrier, &holder)
        }
        // Why there is none is told by what is asked.
        _ => as_stranger,
    }
}

fn refusal(limit: u32, seconds: u64, is_sign_in: bool) -> Refusal {
    let message = if is_sign_in {
        format!("Rate limit exceeded: maximum {limit} tries to sign in per minute from one address")
    } else {
        format!("Rate limit exceeded: maximum {limit} requests per minute")
    };
    let refusal = Refusal::new(Code::RateLimitExceeded, message);
    Refusal {
        retry_after: Some(seconds),
        ..refusal.hint(format!("Wait {seconds} s and try again."))
    }
}

/// An answer with how much is left.
fn told(mut answer: Response, left: Left) -> Response {
    let headers: &mut HeaderMap = answer.headers_mut();
    let told = [
        ("x-ratelimit-limit", u64::from(left.limit)),
        ("x-ratelimit-remaining", u64::from(left.remaining)),
        ("x-ratelimit-reset", left.whole_after),
    ];
    for (name, value) in told {
        headers.insert(HeaderName::from_static(name), HeaderValue::from(value));
    }
    answer
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_network_of_ipv6_is_one_that_asks() {
        let from = |text: &str| Origin::of(Some(text.parse().unwrap()));
        assert_eq!(from("2001:db8:1:2::1"), from("2001:db8:1:2:ffff::7"));
        assert_ne!(from("2001:db8:1:2::1"), from("2001:db8:1:3::1"));
        assert_ne!(from("10.0.0.1"), from("10.0.0.2"));
        assert_eq!(from("::ffff:10.0.0.1"), from("10.0.0.1"));
    }
}
