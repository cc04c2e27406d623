//! What is counted, for Prometheus. Routes are told by their template and outcomes by their code, so
//! that no name, no amount and no word of a stranger becomes a figure.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::{Extension, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::{IntoResponse as _, Response};
use axum::routing::get;
use deskops_core::store::changes;
use deskops_domain::api::{Code, Refusal};
use prometheus_client::encoding::EncodeLabelSet;
use prometheus_client::encoding::text::encode;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::registry::{Registry, Unit};

use crate::client::Client;
use crate::settings::MetricsAt;
use crate::shared::{Shared, away, refuse};

const KIND: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";
/// From a read of one row to the file of a year.
const SECONDS: [f64; 11] = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1.0, 5.0, 30.0];

/// What is counted.
pub(crate) struct Figures {
    registry: Registry,
    requests: Family<Request, Counter>,
    seconds: Family<Route, Histogram>,
    outcomes: Family<Outcome, Counter>,
    under_way: Gauge,
    database: Gauge,
    unsent: Gauge,
    memory: Gauge,
}

/// An answer that was given.
pub(crate) struct Answer {
    pub route: String,
    pub method: &'static str,
    pub status: u16,
    pub code: Option<Code>,
    pub took: Duration,
}

#[derive(Clone, Debug, Hash, PartialEq, Eq, EncodeLabelSet)]
struct Request {
    route: String,
    method: &'static str,
    status: u16,
}

#[derive(Clone, Debug, Hash, PartialEq, Eq, EncodeLabelSet)]
struct Route {
    route: String,
    method: &'static str,
}

#[derive(Clone, Debug, Hash, PartialEq, Eq, EncodeLabelSet)]
struct Outcome {
    code: String,
}

impl Default for Figures {
    fn default() -> Self {
        let figures = Self {
            registry: Registry::with_prefix("deskops"),
            requests: Family::default(),
            seconds: Family::new_with_constructor(|| Histogram::new(SECONDS)),
            outcomes: Family::default(),
            under_way: Gauge::default(),
            database: Gauge::default(),
            unsent: Gauge::default(),
            memory: Gauge::default(),
        };
        figures.registered()
    }
}

impl Figures {
    fn registered(mut self) -> Self {
        let registry = &mut self.registry;
        registry.register("http_requests", "Requests that were answered", self.requests.clone());
        let help = "How long answers took";
        registry.register_with_unit(
            "http_request_duration",
            help,
            Unit::Seconds,
            self.seconds.clone(),
        );
        registry.register(
            "command_outcomes",
            "Commands by what came of them",
            self.outcomes.clone(),
        );
        registry.register("http_requests_in_flight", "Requests under way", self.under_way.clone());
        let help = "Size of the database and its log";
        registry.register_with_unit("database", help, Unit::Bytes, self.database.clone());
        registry.register("unsent_records", "Records that were not sent on", self.unsent.clone());
        let help = "Memory of this process";
        registry.register_with_unit(
            "process_resident_memory",
            help,
            Unit::Bytes,
            self.memory.clone(),
        );
        self
    }

    /// Counts a request as under way, until what is given back is dropped.
    pub fn under_way(&self) -> UnderWay {
        self.under_way.inc();
        UnderWay(self.under_way.clone())
    }

    /// Counts an answer.
    pub fn count(&self, answer: &Answer) {
        let Answer { route, method, status, code, took } = answer;
        let request = Request { route: route.clone(), method, status: *status };
        self.requests.get_or_create(&request).inc();
        let of = Route { route: route.clone(), method };
        self.seconds.get_or_create(&of).observe(took.as_secs_f64());
        if route.starts_with("/api/") {
            let word = code.and_then(|code| serde_json::to_value(code).ok());
            let word = word.as_ref().and_then(|word| word.as_str()).unwrap_or("OK");
            self.outcomes.get_or_create(&Outcome { code: word.to_owned() }).inc();
        }
    }
}

/// A request that is under way.
pub(crate) struct UnderWay(Gauge);

impl Drop for UnderWay {
    fn drop(&mut self) {
        self.0.dec();
    }
}

/// The figures on an address of their own.
pub(crate) fn routes(shared: &Arc<Shared>) -> Router {
    Router::new().route("/metrics", get(told)).with_state(shared.clone())
}

/// The figures beside everything else, for this computer only. Not behind a proxy: what comes
/// through it looks like this computer.
pub(crate) fn here(shared: &Arc<Shared>) -> Router {
    if shared.config.metrics != MetricsAt::Here || shared.config.is_behind_proxy() {
        return Router::new();
    }
    let only_here = async |client: Extension<Client>, shared: State<Arc<Shared>>| {
        if client.is_this_computer() {
            told(shared).await
        } else {
            refuse(Refusal::new(Code::Forbidden, "The figures are for this computer only."))
        }
    };
    Router::new().route("/metrics", get(only_here)).with_state(shared.clone())
}

async fn told(State(shared): State<Arc<Shared>>) -> Response {
    let text = away(move || {
        let figures = &shared.figures;
        let whole = |n: u64| i64::try_from(n).unwrap_or(i64::MAX);
        if let Ok(desk) = shared.desk.found() {
            figures.database.set(whole(desk.size()));
            match desk.read(changes::unsent) {
                Ok(unsent) => _ = figures.unsent.set(whole(unsent)),
                Err(error) => tracing::warn!(%error, "what is not sent cannot be counted"),
            }
        }
        if let Some(memory) = memory_stats::memory_stats() {
            figures.memory.set(whole(memory.physical_mem as u64));
        }
        let mut text = String::new();
        let written = encode(&mut text, &figures.registry);
        written.map_err(|_| Refusal::new(Code::InternalError, "The figures cannot be written."))?;
        Ok(text)
    });
    match text.await {
        Ok(text) => ([(CONTENT_TYPE, KIND), (CACHE_CONTROL, "no-store")], text).into_response(),
        Err(refusal) => refuse(refusal),
    }
}

/// Says where the figures are, for the first lines of the log.
pub(crate) fn address(at: MetricsAt) -> Option<SocketAddr> {
    match at {
        MetricsAt::Address(address) => Some(address),
        MetricsAt::Here | MetricsAt::Off => None,
    }
}
