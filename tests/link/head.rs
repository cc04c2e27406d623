//! A head office of one test: its desk, its certificate, and what goes wrong on the way to it.

use std::collections::BTreeMap;
use std::io;
use std::net::{SocketAddr, TcpListener};
use std::sync::{Arc, Mutex};

use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::Response;
use axum::middleware::{Next, from_fn_with_state};
use axum_server::tls_rustls::RustlsConfig;
use deskops_core::clock::{Clock as _, FixedClock, SystemClock, SystemDice};
use deskops_core::{Desk, Place, Router};
use deskops_domain::access::Caller;
use deskops_domain::entry::Moment;
use deskops_tests::people;
use rcgen::{CertificateParams, KeyPair};
use rustls::ServerConfig;
use rustls::crypto::ring;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use serde_json::{Value as Json, json};
use tempfile::TempDir;
use tokio::runtime::Runtime;

/// What a server shows, and proves.
pub struct Shown {
    pub certificate: CertificateDer<'static>,
    config: Arc<ServerConfig>,
}

impl Shown {
    /// A certificate of its own making, for this name.
    pub fn of(name: &str) -> Self {
        Self::made(name, &KeyPair::generate().unwrap(), |_| ())
    }

    /// The same with something changed of it, and with this key.
    pub fn made(name: &str, key: &KeyPair, change: impl FnOnce(&mut CertificateParams)) -> Self {
        let mut params = CertificateParams::new(vec![name.to_owned()]).unwrap();
        change(&mut params);
        let certificate = params.self_signed(key).unwrap().der().clone();
        let private = PrivateKeyDer::try_from(key.serialize_der()).unwrap();
        let mut config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_no_client_auth()
            .with_single_cert(vec![certificate.clone()], private)
            .unwrap();
        config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
        Self { certificate, config: Arc::new(config) }
    }
}

/// What the way to head office does, and has seen.
#[derive(Default)]
pub struct Way {
    asked: BTreeMap<String, usize>,
    losing: Option<(String, usize)>,
}

/// A head office that is open.
pub struct Head {
    pub desk: Arc<Desk>,
    pub clock: Arc<FixedClock>,
    pub way: Arc<Mutex<Way>>,
    pub at: SocketAddr,
    scheme: &'static str,
    tls: Option<RustlsConfig>,
    // Ended before its folder goes.
    _runtime: Runtime,
    _folder: TempDir,
}

impl Head {
    /// One that shows this certificate.
    pub fn showing(shown: &Shown) -> Self {
        Self::open(Some(RustlsConfig::from_config(shown.config.clone())))
    }

    /// One that does not encrypt, on this computer.
    pub fn plain() -> Self {
        Self::open(None)
    }

    fn open(tls: Option<RustlsConfig>) -> Self {
        let folder = TempDir::new().unwrap();
        people::move_in_with_crew(folder.path());
        let clock = Arc::new(FixedClock::at(SystemClock.now()));
        let place = Place::in_folder(folder.path());
        let desk = Desk::open_with(place, Box::new(clock.clone()), Box::new(SystemDice)).unwrap();
        let (desk, way) = (Arc::new(desk), Arc::<Mutex<Way>>::default());
        let app = deskops_server::app(Ok(desk.clone()), None)
            .layer(from_fn_with_state(way.clone(), on_the_way))
            .into_make_service_with_connect_info::<SocketAddr>();
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        listener.set_nonblocking(true).unwrap();
        let at = listener.local_addr().unwrap();
        let runtime = Runtime::new().unwrap();
        let entered = runtime.enter();
        match &tls {
            Some(tls) => {
                let server = axum_server::from_tcp_rustls(listener, tls.clone()).unwrap();
                runtime.spawn(server.serve(app));
            }
            None => {
                runtime.spawn(axum_server::from_tcp(listener).unwrap().serve(app));
            }
        }
        drop(entered);
        let scheme = if tls.is_some() { "https" } else { "http" };
        Self { desk, clock, way, at, scheme, tls, _runtime: runtime, _folder: folder }
    }

    /// Its address by the name of this computer.
    pub fn address(&self) -> String {
        format!("{}://localhost:{}", self.scheme, self.at.port())
    }

    /// Shows another certificate to whoever comes from now on.
    pub fn show(&self, shown: &Shown) {
        self.tls.as_ref().unwrap().reload_from_config(shown.config.clone());
    }

    /// How often a path was asked for.
    pub fn n_asked(&self, path: &str) -> usize {
        self.way.lock().unwrap().asked.get(path).copied().unwrap_or_default()
    }

    /// How often anything was asked.
    pub fn n_asked_at_all(&self) -> usize {
        self.way.lock().unwrap().asked.values().sum()
    }

    /// Does what the next so many questions of this path say, and loses the answers.
    pub fn lose(&self, path: &str, n_answers: usize) {
        self.way.lock().unwrap().losing = Some((path.to_owned(), n_answers));
    }

    /// Does a command there, as its administrator.
    pub fn run(&self, name: &str, input: Json) -> Json {
        let caller = Caller::at_this_computer();
        Router::all().run(&self.desk, &caller, name, input).unwrap()
    }

    /// The devices that it knows.
    pub fn devices(&self) -> Vec<Json> {
        self.run("devices/list", json!({})).as_array().unwrap().clone()
    }

    /// Lets some minutes pass there.
    pub fn pass(&self, minutes: i64) {
        self.clock.set(Moment(self.clock.now().0 + minutes * 60_000));
    }
}

async fn on_the_way(
    State(way): State<Arc<Mutex<Way>>>,
    request: Request,
    next: Next,
) -> Response<Body> {
    let path = request.uri().path().to_owned();
    *way.lock().unwrap().asked.entry(path.clone()).or_default() += 1;
    let answer = next.run(request).await;
    let mut way = way.lock().unwrap();
    match &mut way.losing {
        Some((lost, left)) if *lost == path && *left > 0 => {
            *left -= 1;
            let cut =
                futures_util::stream::once(async { Err::<String, _>(io::Error::other("cut")) });
            answer.map(|_| Body::from_stream(cut))
        }
        _ => answer,
    }
}
