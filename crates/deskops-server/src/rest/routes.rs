//! Every route of the contract, once: the server answers from this list, and the document is written
//! from it.

use std::sync::{Arc, LazyLock};

use axum::http::Method;
use deskops_domain::api::Command as _;
use deskops_domain::api::metrics::Metrics;

use super::resource::{self, Resource};

/// What a route does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Deed {
    /// Lists records of a site.
    List,
    /// Makes a record.
    Create,
    /// Shows a record.
    Read,
    /// Writes a record anew.
    Put,
    /// Changes some fields of a record.
    Patch,
    /// Deletes a record.
    Delete,
    /// Lists the sites in use.
    Sites,
    /// Makes a site.
    NewSite,
    /// Shows a site and how much it holds.
    Site,
    /// Says who is signed in.
    Session,
    /// Tells the figures of the dashboard.
    Metrics,
    /// Prints this very list as a document.
    OpenApi,
    /// Shows that document to people.
    Docs,
}

/// One method of one address.
#[derive(Debug, Clone)]
pub(crate) struct Route {
    /// How it is asked.
    pub method: Method,
    /// Where, after `/api`.
    pub path: String,
    /// What it does.
    pub deed: Deed,
    /// With the records of which module; none where it is no module's.
    pub resource: Option<Arc<Resource>>,
}

/// Every route.
pub(crate) fn all() -> Vec<Route> {
    let mut routes = Vec::new();
    for resource in resource::all().into_iter().map(Arc::new) {
        let many = format!("/{}", resource.name);
        let one = format!("/{}/{{id}}", resource.name);
        let mut add = |method, path: &str, deed| {
            let (path, resource) = (path.to_owned(), Some(resource.clone()));
            routes.push(Route { method, path, deed, resource });
        };
        add(Method::GET, &many, Deed::List);
        add(Method::POST, &many, Deed::Create);
        add(Method::GET, &one, Deed::Read);
        add(Method::PUT, &one, Deed::Put);
        add(Method::PATCH, &one, Deed::Patch);
        // What DeskOps computes is not deleted: what people said in it is emptied.
        if !resource.is_computed {
            add(Method::DELETE, &one, Deed::Delete);
        }
    }
    for (method, path, deed) in [
        (Method::GET, "/sites", Deed::Sites),
        (Method::POST, "/sites", Deed::NewSite),
        (Method::GET, "/sites/{id}", Deed::Site),
        (Method::GET, "/auth/session", Deed::Session),
        (Method::GET, "/dashboard/metrics", Deed::Metrics),
        (Method::GET, "/openapi.json", Deed::OpenApi),
        (Method::GET, "/docs", Deed::Docs),
    ] {
        routes.push(Route { method, path: path.to_owned(), deed, resource: None });
    }
    routes
}

/// The route of the contract that a request is for, whatever it asks for.
pub(crate) fn at(method: &Method, path: &str) -> Option<&'static Route> {
    static ALL: LazyLock<Vec<Route>> = LazyLock::new(all);
    let path = path.strip_prefix("/api")?;
    ALL.iter().find(|route| route.method == *method && route.is_at(path))
}

impl Route {
    fn is_at(&self, path: &str) -> bool {
        match self.path.strip_suffix("{id}") {
            Some(before) => path.strip_prefix(before).is_some_and(|id| !id.contains('/')),
            None => path == self.path,
        }
    }

    /// The command whose role is needed; none where no role is.
    pub fn command(&self) -> Option<String> {
        let of = |verb: &str| self.resource.as_ref().map(|resource| resource.command(verb));
        match self.deed {
            Deed::List => of("list"),
            Deed::Create => self.resource.as_ref().map(|resource| resource.create()),
            Deed::Read => of("get"),
            Deed::Put | Deed::Patch => of("edit"),
            Deed::Delete => of("void"),
            Deed::Sites => Some("sites/list".into()),
            Deed::NewSite => Some("sites/create".into()),
            Deed::Site => Some("sites/get".into()),
            Deed::Metrics => Some(Metrics::name()),
            Deed::Session | Deed::OpenApi | Deed::Docs => None,
        }
    }

    /// What may stand in the query.
    pub fn parameters(&self) -> &'static [&'static str] {
        match self.deed {
            Deed::List => &["siteId", "dateFrom", "dateTo", "page", "pageSize", "limit", "cursor"],
            Deed::Metrics => &["siteId", "dateFrom", "dateTo"],
            Deed::Delete => &["reason"],
            _ => &[],
        }
    }

    /// Whether it must be sent something.
    pub fn takes_body(&self) -> bool {
        matches!(self.deed, Deed::Create | Deed::Put | Deed::Patch | Deed::NewSite)
    }

    /// Whether its answers say whether it succeeded, as the contract's mutations do.
    pub fn says_success(&self) -> bool {
        matches!(self.deed, Deed::Put | Deed::Patch | Deed::Delete)
    }

    /// What is told when something inside fails, where the contract has words for it.
    pub fn failed(&self) -> Option<&'static str> {
        let rest = self.resource.as_ref().map(|resource| resource.rest);
        match self.deed {
            Deed::List => rest?.fetch_failed,
            Deed::Create => rest?.create_failed,
            Deed::Sites => Some("Failed to fetch sites"),
            Deed::NewSite => Some("Failed to create site"),
            Deed::Site => Some("Failed to fetch site"),
            Deed::Session => Some("Session validation failed"),
            Deed::Metrics => Some("Failed to fetch dashboard metrics"),
            _ => None,
        }
    }
}
