//! A desk on a temporary folder, asked directly or over HTTP: the same facts must hold for both.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use axum::body::{Body, to_bytes};
use axum::extract::ConnectInfo;
use axum::http::{HeaderMap, Request, header};
use deskops_core::clock::{FixedClock, SystemDice};
use deskops_core::store::{changes, ledger, settings, table};
use deskops_core::{Asking, DatabaseUrl, Desk, Opener, Place, Router, Trouble};
use deskops_domain::access::{Caller, Carrier};
use deskops_domain::api::{Code, Command, Refusal};
use deskops_domain::change::{Change, hex};
use deskops_domain::entry::{Entry, Moment};
use deskops_domain::id::Id;
use deskops_domain::modules::Inventory;
use deskops_domain::record::Record;
use deskops_server::Serving;
use deskops_server::settings::{Config, Rates};
use serde_json::Value as Json;
use sha2::{Digest as _, Sha256};
use tempfile::TempDir;
use tower::ServiceExt as _;

/// The site that a new installation starts with.
pub const SITE: &str = "calasla290000000000000000";
/// The site's day at the fixed clock: a Sunday, 09:00 in Jeddah.
pub const TODAY: &str = "2026-11-22";
const NOW: &str = "2026-11-22T06:00:00Z";

/// What came over HTTP.
#[derive(Debug)]
pub struct Answer {
    /// The status.
    pub status: u16,
    /// The headers.
    pub headers: HeaderMap,
    /// The body; a text where it is no JSON, null where there is none.
    pub json: Json,
}

impl Answer {
    /// The body of an answer with this status.
    ///
    /// # Panics
    /// When it has another.
    pub fn with(self, status: u16) -> Json {
        assert_eq!(self.status, status, "{}", self.json);
        self.json
    }

    /// A header, empty where there is none.
    #[must_use]
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }
}

enum Via {
    Direct(Router),
    Http(axum::Router, tokio::runtime::Runtime),
}

/// A desk of one test.
pub struct TestDesk {
    /// The desk itself, for what is not a command.
    pub desk: Arc<Desk>,
    /// Its clock.
    pub clock: Arc<FixedClock>,
    /// Who asks. Over HTTP they have a session, unless they are nobody.
    pub caller: Caller,
    via: Via,
    folder: TempDir,
}

impl TestDesk {
    /// Asked through the router, as the window does.
    #[must_use]
    pub fn direct() -> Self {
        Self::made(None, |_| Via::Direct(Router::all()))
    }

    /// Asked through the router, with its records on a database server.
    #[cfg(all(feature = "postgres", unix))]
    #[must_use]
    pub fn postgres() -> Self {
        Self::made(Some(crate::cluster::fresh_url()), |_| Via::Direct(Router::all()))
    }

    /// Asked through the server's routes.
    #[must_use]
    pub fn http() -> Self {
        Self::made(None, over_http)
    }

    /// Asked through the server's routes, with its records on a database server.
    #[cfg(all(feature = "postgres", unix))]
    #[must_use]
    pub fn http_on_postgres() -> Self {
        Self::made(Some(crate::cluster::fresh_url()), over_http)
    }

    fn made(server: Option<DatabaseUrl>, via: impl FnOnce(Arc<Desk>) -> Via) -> Self {
        let folder = TempDir::new().expect("a temporary folder");
        let clock = Arc::new(FixedClock::at(Moment::parse(NOW).expect("a moment")));
        let place = Place { server, ..Place::in_folder(folder.path()) };
        let desk = open_at(place, &clock).expect("a new desk opens");
        Self { via: via(desk.clone()), desk, clock, caller: Caller::at_this_computer(), folder }
    }

    /// Does a command.
    ///
    /// # Errors
    /// The desk's refusal.
    ///
    /// # Panics
    /// When the answer is not the command's output.
    pub fn call<C: Command>(&self, command: C) -> Result<C::Output, Refusal> {
        let input = serde_json::to_value(command).expect("a command is plain data");
        self.raw(&C::name(), input).map(|output| {
            serde_json::from_value(output).expect("the answer is the command's output")
        })
    }

    /// Does a command by its name.
    ///
    /// # Errors
    /// The desk's refusal.
    pub fn raw(&self, name: &str, input: Json) -> Result<Json, Refusal> {
        self.raw_as(&self.caller, name, input)
    }

    /// Does a command by its name, asked by somebody else.
    ///
    /// # Errors
    /// The desk's refusal.
    pub fn raw_as(&self, caller: &Caller, name: &str, input: Json) -> Result<Json, Refusal> {
        match &self.via {
            Via::Direct(router) => router.run(&self.desk, caller, name, input),
            Via::Http(app, runtime) => {
                let token = caller.is_signed_in().then(|| self.desk.admit(caller.clone()));
                let asking = Asking { token, carrier: Carrier::Page, address: None };
                runtime.block_on(post(app.clone(), &asking, name, input))
            }
        }
    }

    /// Does a command by its name for whoever asks like this. Over HTTP a window is a page.
    ///
    /// # Errors
    /// The desk's refusal.
    pub fn ask(&self, asking: &Asking, name: &str, input: Json) -> Result<Json, Refusal> {
        match &self.via {
            Via::Direct(router) => router.run(&self.desk, &self.desk.caller(asking)?, name, input),
            Via::Http(app, runtime) => runtime.block_on(post(app.clone(), asking, name, input)),
        }
    }

    /// Asks as the contract does: method and address, with a body of JSON unless it is null.
    ///
    /// # Panics
    /// When the desk is asked directly.
    pub fn rest(&self, method: &str, path: &str, body: Json) -> Answer {
        let token = self.caller.is_signed_in().then(|| self.desk.admit(self.caller.clone()));
        let (kind, bytes) = match body {
            Json::Null => (None, Vec::new()),
            body => (Some("application/json"), body.to_string().into_bytes()),
        };
        self.send(method, path, token.as_deref(), kind, bytes)
    }

    /// Sends a request as it is.
    ///
    /// # Panics
    /// When the desk is asked directly.
    pub fn send(
        &self,
        method: &str,
        path: &str,
        token: Option<&str>,
        kind: Option<&str>,
        body: Vec<u8>,
    ) -> Answer {
        let Via::Http(app, runtime) = &self.via else { panic!("the contract is spoken over HTTP") };
        let mut request =
            Request::builder().method(method).uri(path).header(header::HOST, "localhost");
        if let Some(token) = token {
            request = request.header(header::AUTHORIZATION, format!("Bearer {token}"));
        }
        if !body.is_empty() {
            request = request.header(header::CONTENT_LENGTH, body.len());
        }
        if let Some(kind) = kind {
            request = request.header(header::CONTENT_TYPE, kind);
        }
        let request = request.body(Body::from(body)).expect("a request");
        runtime.block_on(async {
            let response = app.clone().oneshot(request).await.expect("the app never fails");
            let (head, body) = response.into_parts();
            let bytes = to_bytes(body, 64 << 20).await.expect("a whole answer");
            let json = if bytes.is_empty() {
                Json::Null
            } else {
                serde_json::from_slice(&bytes)
                    .unwrap_or_else(|_| Json::String(String::from_utf8_lossy(&bytes).into_owned()))
            };
            Answer { status: head.status.as_u16(), headers: head.headers, json }
        })
    }

    /// Asks from now on as whoever holds this token.
    ///
    /// # Panics
    /// When the users cannot be read.
    pub fn sit(&mut self, token: &str) {
        self.caller =
            self.desk.caller(&Asking::window(Some(token))).expect("the users are readable");
    }

    /// Enters a record by its module's name: what is saved, as it is on the wire.
    ///
    /// # Panics
    /// When the desk refuses.
    pub fn enter(&self, module: &str, date: &str, fields: Json) -> Json {
        let Json::Object(mut draft) = fields else { panic!("fields are an object") };
        draft.insert("siteId".into(), SITE.into());
        draft.insert("date".into(), date.into());
        self.done(&format!("{module}/create"), serde_json::json!({ "draft": draft }))["entry"]
            .take()
    }

    /// Changes a record by its module's name: what is saved, as it is on the wire.
    ///
    /// # Panics
    /// When the desk refuses.
    pub fn change(&self, module: &str, entry: &Json, fields: Json) -> Json {
        let edit = serde_json::json!({ "id": entry["id"], "draft": fields });
        self.done(&format!("{module}/edit"), edit)["entry"].take()
    }

    /// Does a command by its name that is not refused.
    ///
    /// # Panics
    /// When the desk refuses.
    pub fn done(&self, name: &str, input: Json) -> Json {
        self.raw(name, input.clone()).unwrap_or_else(|told| panic!("{name} {input}: {told:?}"))
    }

    /// Every row of the stock ledger, oldest first.
    ///
    /// # Panics
    /// When the store cannot be read.
    pub fn stock(&self) -> Vec<Entry<Inventory>> {
        let all = |conn: &deskops_core::store::Connection| settings::all::<Inventory>(conn, SITE);
        self.desk.read(all).expect("the ledger is read")
    }

    /// The closing of a material's latest row up to a day, in kilograms.
    pub fn closing(&self, material: &str, date: &str) -> i64 {
        let rows = self.stock();
        let own = |row: &&Entry<Inventory>| {
            row.body.material_id.0 == material && row.date.to_string().as_str() <= date
        };
        rows.iter().rev().find(own).map_or(0, |row| row.body.closing_kg.raw())
    }

    /// Holds the ledger against what its records alone say, row by row.
    ///
    /// # Panics
    /// When any row differs, or does not add up.
    pub fn check_ledger(&self) {
        let whole = |conn: &deskops_core::store::Connection| ledger::from_scratch(conn, SITE);
        let from_scratch = self.desk.read(whole).expect("the records are read");
        let rows: BTreeMap<_, _> = self
            .stock()
            .into_iter()
            .map(|row| ((row.body.material_id.0.clone(), row.date), row.body.line()))
            .collect();
        assert!(rows.values().all(deskops_domain::ledger::Line::adds_up));
        assert_eq!(rows, from_scratch);
    }

    /// Sets the clock.
    ///
    /// # Panics
    /// When the text is no moment.
    pub fn at(&self, moment: &str) -> &Self {
        self.clock.set(Moment::parse(moment).expect("tests name real moments"));
        self
    }

    /// The database file.
    #[must_use]
    pub fn database(&self) -> PathBuf {
        self.folder.path().join("deskops.db")
    }

    /// Closes the desk and hands out its folder, which goes when it is dropped.
    #[must_use]
    pub fn close(self) -> TempDir {
        drop(self.via);
        drop(self.desk);
        self.folder
    }
}

fn over_http(desk: Arc<Desk>) -> Via {
    let runtime =
        tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    // Tests ask faster than anybody may; what is promised of that is tried at a started server.
    let config = Config { rates: Rates::OFF, ..Config::default() };
    let serving = Serving { desk: Opener::fixed(Ok(desk)), page: None, exports: None };
    Via::Http(serving.run_as(config).app, runtime)
}

/// Opens the desk in a folder.
///
/// # Errors
/// Why it cannot be opened.
pub fn open(folder: &Path, clock: &Arc<FixedClock>) -> Result<Arc<Desk>, Trouble> {
    open_at(Place::in_folder(folder), clock)
}

/// Opens the desk of a place.
///
/// # Errors
/// Why it cannot be opened.
pub fn open_at(place: Place, clock: &Arc<FixedClock>) -> Result<Arc<Desk>, Trouble> {
    Desk::open_with(place, Box::new(clock.clone()), Box::new(SystemDice)).map(Arc::new)
}

async fn post(
    app: axum::Router,
    asking: &Asking,
    name: &str,
    input: Json,
) -> Result<Json, Refusal> {
    let mut request = Request::post(format!("/api/{name}"))
        .header(header::HOST, "localhost")
        .header(header::CONTENT_TYPE, "application/json");
    let is_page = asking.carrier != Carrier::Bearer;
    if is_page {
        request = request.header("deskops-page", "1");
    }
    request = match &asking.token {
        // As a browser sends it, and as the page proves that it asks.
        Some(token) if is_page => {
            let value = hex(&Sha256::digest(format!("deskops csrf {token}").as_bytes()));
            let cookie = format!("DeskOps-Session={token}");
            request.header(header::COOKIE, cookie).header("deskops-csrf", value)
        }
        Some(token) => request.header(header::AUTHORIZATION, format!("Bearer {token}")),
        None => request,
    };
    if let Some(address) = asking.address {
        request = request.extension(ConnectInfo(SocketAddr::new(address, 4601)));
    }
    let request = request.body(Body::from(input.to_string())).expect("a request");
    let response = app.oneshot(request).await.expect("the app never fails");
    let status = response.status();
    let cookie = response.headers().get(header::SET_COOKIE).cloned();
    let bytes = to_bytes(response.into_body(), 64 << 20).await.expect("a whole answer");
    if status.is_success() {
        let mut answer: Json = serde_json::from_slice(&bytes).expect("an answer is JSON");
        // The page is told no token; what its browser is given is looked at as if it were told.
        if let Some(cookie) = cookie.as_ref().and_then(|cookie| cookie.to_str().ok())
            && answer["token"] == ""
        {
            let token = cookie.split(['=', ';']).nth(1).unwrap_or_default();
            answer["token"] = Json::from(token);
        }
        return Ok(answer);
    }
    let refusal: Refusal = serde_json::from_slice(&bytes).expect("a refusal is JSON");
    assert_eq!(
        refusal.code.status(),
        status.as_u16(),
        "the status says what the code says: {refusal:?}"
    );
    assert_ne!(refusal.code, Code::Offline);
    Err(refusal)
}

/// Reads the store under the commands.
///
/// # Panics
/// When it cannot be read.
pub fn read<T>(
    desk: &Desk,
    work: impl FnOnce(&deskops_core::store::Connection) -> Result<T, deskops_core::StoreError>,
) -> T {
    desk.read(work).expect("the store is readable")
}

/// The record as it stands in its row.
///
/// # Panics
/// When it is not there.
#[must_use]
pub fn stored<R: Record>(desk: &Desk, id: &Id) -> Entry<R> {
    read(desk, |conn| table::get::<R>(conn, id)).expect("the record is there")
}

/// Every change, in the order in which it was made.
#[must_use]
pub fn log(desk: &Desk) -> Vec<Change> {
    read(desk, changes::all)
}
