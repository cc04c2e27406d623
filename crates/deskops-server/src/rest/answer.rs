//! Carries a request to what its route does, and the answer back, in the order of the contract:
//! who asks, whether they may, what they send, and only then whether it is there.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::Json;
use axum::extract::rejection::RawPathParamsRejection;
use axum::extract::{Path, RawPathParams, Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, Uri, header};
use axum::response::{Html, IntoResponse as _, Response};
use axum::routing::{MethodFilter, MethodRouter, post};
use deskops_core::Asking;
use deskops_domain::api::{Code, Refusal};
use deskops_domain::problem::clip;
use serde_json::{Map, Value};

use super::ask::{self, Asked, Parameters};
use super::records::Asker;
use super::routes::{self, Deed, Route};
use super::told::Told;
use super::{docs, openapi};
use crate::asks::Asks;
use crate::commands;
use crate::session::Page;
use crate::shared::{Shared, away, refuse as refuse_command};

/// What a route answers when it has done what it was asked.
#[derive(Debug)]
pub(crate) struct Done {
    /// The status.
    pub status: StatusCode,
    /// The body.
    pub body: Value,
    /// Headers besides.
    pub headers: Vec<(HeaderName, String)>,
}

impl Done {
    /// An answer.
    pub fn new(status: StatusCode, body: Value) -> Self {
        Self { status, body, headers: Vec::new() }
    }

    /// With the address of what was made.
    pub fn at(mut self, place: String) -> Self {
        self.headers.push((header::LOCATION, place));
        self
    }

    /// With the address of the part that follows.
    pub fn next(mut self, path: &str, query: &Parameters, cursor: &str) -> Self {
        let others = query.0.iter().filter(|(name, _)| *name != "cursor");
        let mut parts: Vec<String> =
            others.map(|(name, value)| format!("{name}={}", escaped(value))).collect();
        parts.push(format!("cursor={}", escaped(cursor)));
        let link = format!("<{path}?{}>; rel=\"next\"", parts.join("&"));
        self.headers.push((header::LINK, link));
        self
    }

    fn answer(self) -> Response {
        let mut answer = (self.status, Json(self.body)).into_response();
        let headers = answer.headers_mut();
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        for (name, value) in self.headers {
            if let Ok(value) = HeaderValue::from_str(&value) {
                headers.insert(name, value);
            }
        }
        answer
    }
}

/// A value as it stands in a query.
fn escaped(value: &str) -> String {
    let plain = |byte: &u8| byte.is_ascii_alphanumeric() || b"-._~".contains(byte);
    let each = value.bytes().map(|byte| {
        if plain(&byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") }
    });
    each.collect()
}

/// Adds every route of the contract.
pub(crate) fn add(api: axum::Router<Arc<Shared>>) -> axum::Router<Arc<Shared>> {
    let mut paths: BTreeMap<String, Vec<Arc<Route>>> = BTreeMap::new();
    for route in routes::all() {
        paths.entry(route.path.clone()).or_default().push(Arc::new(route));
    }
    paths.into_iter().fold(api, |api, (path, routes)| {
        let command = command_beside(&path);
        let allow = allowed(&routes, command.is_some());
        let methods = routes.into_iter().fold(MethodRouter::new(), |methods, route| {
            let Ok(filter) = MethodFilter::try_from(route.method.clone()) else { return methods };
            methods.on(
                filter,
                async |shared: State<Arc<Shared>>,
                       params: Result<RawPathParams, RawPathParamsRejection>,
                       request: Request| {
                    answer(shared.0, route, params, request).await
                },
            )
        });
        let methods = match command {
            Some(command) => methods.merge(command),
            None => methods,
        };
        api.route(
            &path,
            methods.fallback(async move |method: Method| other_method(&method, &allow)),
        )
    })
}

/// The page's own way to the commands, where a record's address has the same form.
fn command_beside(path: &str) -> Option<MethodRouter<Arc<Shared>>> {
    if path == "/dashboard/metrics" {
        return Some(post(commands::posted_metrics));
    }
    let module = path.strip_prefix('/')?.strip_suffix("/{id}")?.to_owned();
    Some(post(
        async |shared: State<Arc<Shared>>,
               uri: Uri,
               command: Result<Path<String>, axum::extract::rejection::PathRejection>,
               asks: Asks,
               page: Page,
               headers: HeaderMap,
               body: axum::body::Body| {
            let path = command.map(|Path(command)| Path((module, command)));
            commands::call(shared, uri, path, asks, page, headers, body).await
        },
    ))
}

fn allowed(routes: &[Arc<Route>], has_command: bool) -> String {
    let mut methods: Vec<&str> = routes.iter().map(|route| route.method.as_str()).collect();
    if methods.contains(&"GET") {
        methods.push("HEAD");
    }
    if has_command {
        methods.push("POST");
    }
    methods.push("OPTIONS");
    methods.join(", ")
}

/// A method that an address does not have, or the question which it has.
fn other_method(method: &Method, allow: &str) -> Response {
    let mut answer = if *method == Method::OPTIONS {
        StatusCode::NO_CONTENT.into_response()
    } else {
        let message = format!("{} is not done here; this takes {allow}.", clip(method.as_str()));
        let code = "METHOD_NOT_ALLOWED";
        Told::new(StatusCode::METHOD_NOT_ALLOWED, code, message).answer(false)
    };
    if let Ok(allow) = HeaderValue::from_str(allow) {
        answer.headers_mut().insert(header::ALLOW, allow);
    }
    answer
}

/// A refusal before anything is asked, in the words of who asks: the contract's, or a command's.
pub(crate) fn refuse(method: &Method, path: &str, refusal: Refusal) -> Response {
    match routes::at(method, path) {
        Some(route) => Told::of(refusal, route).answer(route.says_success()),
        None => refuse_command(refusal),
    }
}

/// There is nothing at this path, or not with this method.
pub(crate) async fn unknown(method: Method, uri: Uri) -> Response {
    let path = clip(uri.path());
    let message = format!(
        "There is nothing at {} /api{path}. Commands are sent with POST.",
        clip(method.as_str())
    );
    Told::new(StatusCode::NOT_FOUND, "NOT_FOUND", message).answer(false)
}

async fn answer(
    shared: Arc<Shared>,
    route: Arc<Route>,
    params: Result<RawPathParams, RawPathParamsRejection>,
    request: Request,
) -> Response {
    match route.deed {
        Deed::OpenApi => return Done::new(StatusCode::OK, openapi::document()).answer(),
        Deed::Docs => return Html(docs::page(&openapi::document())).into_response(),
        _ => {}
    }
    let says_success = route.says_success();
    match done(shared, route, params, request).await {
        Ok(done) => done.answer(),
        Err(told) => told.answer(says_success),
    }
}

async fn done(
    shared: Arc<Shared>,
    route: Arc<Route>,
    params: Result<RawPathParams, RawPathParamsRejection>,
    request: Request,
) -> Result<Done, Told> {
    let (head, body) = request.into_parts();
    let asking = Asks::of(&head);
    let (asker, who, command) = (shared.clone(), asking.clone(), route.command());
    let may = away(move || may_ask(&asker, &who, command.as_deref())).await;
    may.map_err(|refusal| Told::of(refusal, &route))?;
    let Ok(params) = params else {
        return Err(Told::of(commands::unreadable_path(), &route));
    };
    let id = params.iter().next().map(|(_, id)| id.to_owned()).unwrap_or_default();
    let query = Parameters::read(&head.uri, &route).map_err(|refusal| Told::of(refusal, &route))?;
    let body = if route.takes_body() {
        ask::body(&head.headers, body, shared.config.body_limit).await?
    } else {
        Map::new()
    };
    let path = format!("/api{}", head.uri.path());
    let asked = Asked { asking, path, id, query, body };
    let deed = route.clone();
    let done = away(move || does(&deed, &Asker { shared: &shared, asked: &asked })).await;
    done.map_err(|refusal| Told::of(refusal, &route))
}

/// Whether somebody is there, and has the role that a command takes.
fn may_ask(shared: &Shared, asking: &Asking, command: Option<&str>) -> Result<(), Refusal> {
    match command {
        Some(command) => shared.desk.may(asking, command),
        None if shared.user(asking)?.is_empty() => {
            Err(Refusal::new(Code::Unauthorized, "Sign in first."))
        }
        None => Ok(()),
    }
}

fn does(route: &Route, asker: &Asker<'_>) -> Result<Done, Refusal> {
    let resource = || route.resource.as_deref().ok_or_else(Refusal::not_found);
    match route.deed {
        Deed::List => asker.list(resource()?),
        Deed::Create => asker.create(resource()?),
        Deed::Read => asker.read(resource()?),
        Deed::Put => asker.change(resource()?, true),
        Deed::Patch => asker.change(resource()?, false),
        Deed::Delete => asker.delete(resource()?),
        Deed::Sites => asker.sites(),
        Deed::NewSite => asker.new_site(),
        Deed::Site => asker.site(),
        Deed::Session => asker.session(),
        Deed::Metrics => asker.metrics(),
        Deed::OpenApi | Deed::Docs => Err(Refusal::not_found()),
    }
}
