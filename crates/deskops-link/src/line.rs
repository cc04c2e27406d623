//! One line to one head office: a question goes out, an answer comes back, or what is in the way.

use std::sync::Arc;
use std::time::{Duration, Instant};

use chrono::DateTime;
use deskops_core::VERSION;
use deskops_core::clock::Clock;
use deskops_domain::api::connection::{Hindrance, Trouble};
use deskops_domain::api::{Code, Refusal};
use deskops_domain::entry::Moment;
use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use reqwest::header::{AUTHORIZATION, CONTENT_TYPE, DATE, HeaderMap};
use reqwest::redirect::Policy;
use reqwest::{Client, StatusCode};
use serde_json::Value as Json;

use crate::address::Address;
use crate::trouble::{self, NoSuchName, kind_of};
use crate::trust::{Judge, Roots};

/// How long the way there may take.
const CONNECT: Duration = Duration::from_secs(8);
/// How long nothing at all may come. What is large may take longer as long as it comes.
const SILENCE: Duration = Duration::from_secs(30);
/// The most that is taken as an answer.
const MOST_BYTES: usize = 32 << 20;

/// A line.
pub(crate) struct Line {
    pub address: Address,
    pub judge: Arc<Judge>,
    client: Client,
    clock: Arc<dyn Clock>,
}

/// An answer.
pub(crate) struct Answer {
    status: StatusCode,
    body: Vec<u8>,
    /// How long it took.
    pub took: Duration,
    /// When it was half way, by this computer's clock.
    pub at: Moment,
    /// The full second that it was there then.
    pub date: Option<Moment>,
}

/// Why there is no answer that helps.
#[derive(Debug)]
pub(crate) enum Failure {
    /// Something is in the way.
    Trouble(Trouble),
    /// Head office has answered, and does not do it.
    Refused(Refusal),
}

impl Failure {
    /// As whoever asked is told.
    pub fn refusal(self) -> Refusal {
        match self {
            Self::Trouble(trouble) => trouble::refusal(&trouble),
            Self::Refused(refusal) => refusal,
        }
    }
}

impl Line {
    /// A line to an address.
    pub fn to(
        address: Address,
        roots: Roots,
        pin: Option<String>,
        clock: Arc<dyn Clock>,
    ) -> Result<Self, Refusal> {
        let judge = Judge::new(roots, pin);
        let unable = |error: &dyn std::fmt::Display| {
            tracing::error!(%error, "no line can be made");
            Refusal::new(Code::InternalError, "This computer cannot make an encrypted line.")
        };
        let mut building = Client::builder()
            .tls_backend_preconfigured(judge.tls().map_err(|error| unable(&error))?)
            .dns_resolver(Names)
            .redirect(Policy::none())
            .user_agent(format!("DeskOps/{VERSION}"))
            .connect_timeout(CONNECT)
            .read_timeout(SILENCE);
        if address.is_here() {
            building = building.no_proxy();
        }
        let client = building.build().map_err(|error| unable(&error))?;
        Ok(Self { address, judge, client, clock })
    }

    /// Asks for a path.
    pub async fn get(&self, path: &str) -> Result<Answer, Failure> {
        self.send(self.client.get(self.address.at(path))).await
    }

    /// Asks for a command to be done by whoever holds this token.
    pub async fn command(
        &self,
        name: &str,
        input: &Json,
        token: Option<&str>,
    ) -> Result<Answer, Failure> {
        let mut asking = self
            .client
            .post(self.address.at(&format!("/api/{name}")))
            .header(CONTENT_TYPE, "application/json")
            .body(input.to_string());
        if let Some(token) = token {
            asking = asking.header(AUTHORIZATION, format!("Bearer {token}"));
        }
        self.send(asking).await
    }

    async fn send(&self, asking: reqwest::RequestBuilder) -> Result<Answer, Failure> {
        let (sent, begun) = (self.clock.now(), Instant::now());
        let mut answer = asking.send().await.map_err(|error| self.failed(&error))?;
        let headers = begun.elapsed();
        let (status, date) = (answer.status(), date(answer.headers()));
        let mut body = Vec::new();
        while let Some(part) = answer.chunk().await.map_err(|error| self.failed(&error))? {
            if body.len() + part.len() > MOST_BYTES {
                return Err(self.trouble(Hindrance::NotDeskOps));
            }
            body.extend_from_slice(&part);
        }
        let half = i64::try_from(headers.as_millis() / 2).unwrap_or_default();
        Ok(Answer { status, body, took: begun.elapsed(), at: Moment(sent.0 + half), date })
    }

    /// What an answer says: JSON, or why it was not done.
    pub fn read(&self, answer: &Answer) -> Result<Json, Failure> {
        let json = serde_json::from_slice::<Json>(&answer.body);
        if answer.status.is_success() {
            return json.map_err(|_| self.trouble(Hindrance::NotDeskOps));
        }
        let refusal = json.ok().and_then(|json| serde_json::from_value::<Refusal>(json).ok());
        match refusal {
            Some(refusal) if refusal.code == Code::DatabaseUnavailable => {
                tracing::info!(%refusal, "head office is not ready");
                Err(self.trouble(Hindrance::NotReady))
            }
            Some(refusal) => Err(Failure::Refused(refusal)),
            // A proxy in front of it answers so while it is stopped.
            None if matches!(answer.status.as_u16(), 502..=504) => {
                Err(self.trouble(Hindrance::NotReady))
            }
            None => Err(self.trouble(Hindrance::NotDeskOps)),
        }
    }

    /// What is in the way here.
    pub fn trouble(&self, kind: Hindrance) -> Failure {
        Failure::Trouble(trouble::told(kind, &self.address.name()))
    }

    fn failed(&self, error: &reqwest::Error) -> Failure {
        let kind = kind_of(error);
        // Without the address, which stands in the connection; the sources say what happened.
        tracing::info!(?kind, error = ?std::error::Error::source(error), "head office was not reached");
        self.trouble(kind)
    }
}

fn date(headers: &HeaderMap) -> Option<Moment> {
    let text = headers.get(DATE)?.to_str().ok()?;
    Some(Moment(DateTime::parse_from_rfc2822(text).ok()?.timestamp_millis()))
}

/// Looks names up as every program does, and says so when there is none.
struct Names;

impl Resolve for Names {
    fn resolve(&self, name: Name) -> Resolving {
        Box::pin(async move {
            let found = tokio::net::lookup_host((name.as_str(), 0)).await.map_err(NoSuchName)?;
            Ok(Box::new(found.collect::<Vec<_>>().into_iter()) as Addrs)
        })
    }
}
