//! A look at an address: what answers there, how fast, by whose clock, and who vouches for it.

use std::time::Duration;

use deskops_domain::api::connection::{ClockDifference, Hindrance, Looked, Trouble};
use deskops_domain::api::session::{Hello, Welcome};
use deskops_domain::api::{Code, Command as _, Refusal};
use deskops_domain::entry::Moment;
use serde_json::json;

use crate::certificate;
use crate::line::{Answer, Failure, Line};
use crate::trouble::{self, compare};

const N_PINGS: usize = 5;
/// A look is over by then, whatever hangs.
const WITHIN: Duration = Duration::from_secs(20);
/// The clock of an answer is told in full seconds: the middle of it is meant, and half a second more or less.
const HALF_SECOND_MS: i64 = 500;

/// Looks.
pub(crate) async fn look(line: &Line, now: Moment) -> Looked {
    let mut found = Looked {
        address: line.address.text(),
        name: line.address.name(),
        found_at: addresses(line).await,
        trouble: None,
        version: None,
        latency_ms: None,
        clock: None,
        certificate: None,
    };
    let tried = tokio::time::timeout(WITHIN, measure(line, &mut found)).await;
    found.trouble = match tried {
        Ok(Ok(())) => found.version.as_deref().and_then(compare).map(|kind| told(line, kind)),
        Ok(Err(failure)) => Some(in_the_way(line, failure)),
        Err(_) => Some(told(line, Hindrance::TimedOut)),
    };
    let shown = line.judge.shown();
    found.certificate = shown.and_then(|(shown, trust)| certificate::describe(&shown, trust, now));
    found
}

async fn measure(line: &Line, found: &mut Looked) -> Result<(), Failure> {
    let hello = line.command(&Hello::name(), &json!({}), None).await?;
    let welcome: Welcome = serde_json::from_value(line.read(&hello)?)
        .map_err(|_| line.trouble(Hindrance::NotDeskOps))?;
    found.version = Some(welcome.version);
    let mut took = Vec::with_capacity(N_PINGS);
    let mut clocks = Vec::with_capacity(N_PINGS);
    for _ in 0..N_PINGS {
        let answer = line.get("/api/health").await?;
        line.read(&answer)?;
        took.push(answer.took);
        clocks.extend(difference(&answer));
    }
    took.sort();
    let middle = took[N_PINGS / 2].as_millis();
    found.latency_ms = Some(u32::try_from(middle).unwrap_or(u32::MAX));
    clocks.sort_by_key(|clock| clock.ahead_ms);
    found.clock = clocks.get(clocks.len() / 2).copied();
    Ok(())
}

/// By how much this computer's clock is ahead, as far as an answer says.
pub(crate) fn difference(answer: &Answer) -> Option<ClockDifference> {
    let half = i64::try_from(answer.took.as_millis() / 2).unwrap_or(i64::MAX);
    let ahead_ms = answer.at.0 - (answer.date?.0 + HALF_SECOND_MS);
    let within_ms = u32::try_from(HALF_SECOND_MS.saturating_add(half)).unwrap_or(u32::MAX);
    Some(ClockDifference { ahead_ms, within_ms })
}

/// Where the name leads to. Where that cannot be said, the line says what is in the way.
async fn addresses(line: &Line) -> Vec<String> {
    let name = line.address.name();
    let name = name.trim_start_matches('[').trim_end_matches(']').to_owned();
    let asked = tokio::net::lookup_host((name, line.address.port()));
    let Ok(Ok(found)) = tokio::time::timeout(WITHIN / 2, asked).await else { return Vec::new() };
    let mut found: Vec<String> = found.map(|at| at.ip().to_string()).collect();
    found.dedup();
    found.truncate(8);
    found
}

fn in_the_way(line: &Line, failure: Failure) -> Trouble {
    match failure {
        Failure::Trouble(trouble) => trouble,
        // Whoever it is called so answers everybody who asks who it is.
        Failure::Refused(Refusal { code: Code::Forbidden, .. }) => told(line, Hindrance::OtherName),
        Failure::Refused(refusal) => {
            Trouble { message: refusal.message, ..told(line, Hindrance::NotReady) }
        }
    }
}

fn told(line: &Line, kind: Hindrance) -> Trouble {
    trouble::told(kind, &line.address.name())
}
