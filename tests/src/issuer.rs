//! An issuer of OpenID Connect on this computer: real HTTP, its own keys, made anew for each test.

use std::net::TcpListener;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::signature::{
    ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, Ed25519KeyPair, KeyPair as _, RSA_PKCS1_SHA256,
    RSA_PSS_SHA256, RsaEncoding, RsaKeyPair,
};
use axum::extract::State;
use axum::http::StatusCode;
use axum::routing::get;
use axum::{Json as Body, Router};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value as Json, json};

/// A key that signs tokens.
pub struct Key {
    /// Its name.
    pub id: String,
    /// What it is for, `RS256`.
    pub algorithm: &'static str,
    pair: Pair,
}

enum Pair {
    Rsa(Box<RsaKeyPair>, &'static dyn RsaEncoding),
    Ec(EcdsaKeyPair),
    Ed(Ed25519KeyPair),
}

impl Key {
    /// A new key of this name for this algorithm.
    ///
    /// # Panics
    /// When there is no such algorithm here.
    #[must_use]
    pub fn new(id: &str, algorithm: &'static str) -> Self {
        let rsa = || {
            let pair = RsaKeyPair::generate(aws_lc_rs::rsa::KeySize::Rsa2048);
            Box::new(pair.expect("a key of RSA"))
        };
        let pair = match algorithm {
            "RS256" => Pair::Rsa(rsa(), &RSA_PKCS1_SHA256),
            "PS256" => Pair::Rsa(rsa(), &RSA_PSS_SHA256),
            "ES256" => {
                let pair = EcdsaKeyPair::generate(&ECDSA_P256_SHA256_FIXED_SIGNING);
                Pair::Ec(pair.expect("a key of a curve"))
            }
            "EdDSA" => Pair::Ed(Ed25519KeyPair::generate().expect("a key of Edwards's curve")),
            other => panic!("no keys are made for {other}"),
        };
        Self { id: id.to_owned(), algorithm, pair }
    }

    /// The public half, as an issuer hands it out.
    #[must_use]
    pub fn public(&self) -> Json {
        let mut key = match &self.pair {
            Pair::Rsa(pair, _) => {
                let public = pair.public_key();
                let (n, e) = (public.modulus(), public.exponent());
                json!({
                    "kty": "RSA",
                    "n": base64(n.big_endian_without_leading_zero()),
                    "e": base64(e.big_endian_without_leading_zero()),
                })
            }
            Pair::Ec(pair) => {
                let point = &pair.public_key().as_ref()[1..];
                json!({ "kty": "EC", "crv": "P-256", "x": base64(&point[..32]), "y": base64(&point[32..]) })
            }
            Pair::Ed(pair) => {
                json!({ "kty": "OKP", "crv": "Ed25519", "x": base64(pair.public_key().as_ref()) })
            }
        };
        key["kid"] = json!(self.id);
        key["alg"] = json!(self.algorithm);
        key["use"] = json!("sig");
        key
    }

    /// A token with these claims.
    #[must_use]
    pub fn token(&self, claims: &Json) -> String {
        self.token_with(&json!({ "typ": "JWT", "alg": self.algorithm, "kid": self.id }), claims)
    }

    /// A token that says something else of itself.
    ///
    /// # Panics
    /// When it cannot be signed.
    #[must_use]
    pub fn token_with(&self, header: &Json, claims: &Json) -> String {
        let said = unsigned(header, claims);
        let chance = SystemRandom::new();
        let signature = match &self.pair {
            Pair::Rsa(pair, how) => {
                let mut signature = vec![0; pair.public_modulus_len()];
                let done = pair.sign(*how, &chance, said.as_bytes(), &mut signature);
                done.expect("it can be signed");
                signature
            }
            Pair::Ec(pair) => {
                let signature = pair.sign(&chance, said.as_bytes()).expect("it can be signed");
                signature.as_ref().to_vec()
            }
            Pair::Ed(pair) => pair.sign(said.as_bytes()).as_ref().to_vec(),
        };
        format!("{said}.{}", base64(&signature))
    }
}

/// What of a token is signed.
#[must_use]
pub fn unsigned(header: &Json, claims: &Json) -> String {
    format!("{}.{}", base64(header.to_string().as_bytes()), base64(claims.to_string().as_bytes()))
}

/// Bytes as tokens have them.
#[must_use]
pub fn base64(bytes: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

/// The issuer. It ends when it is dropped.
pub struct Issuer {
    /// Its address, as it stands in tokens.
    pub url: String,
    state: Arc<Said>,
    _runtime: tokio::runtime::Runtime,
}

#[derive(Default)]
struct Said {
    url: String,
    keys: Mutex<Json>,
    n_asked: AtomicUsize,
    is_down: AtomicBool,
}

impl Issuer {
    /// Starts one with these keys.
    ///
    /// # Panics
    /// When no port is free.
    #[must_use]
    pub fn start(keys: &[&Key]) -> Self {
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(1)
            .enable_all()
            .build()
            .expect("a runtime");
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        listener.set_nonblocking(true).expect("a socket");
        let url = format!("http://{}", listener.local_addr().expect("an address"));
        let state = Arc::new(Said { url: url.clone(), ..Said::default() });
        let app = Router::new()
            .route("/.well-known/openid-configuration", get(about))
            .route("/keys", get(keys_of))
            .with_state(state.clone());
        runtime.spawn(async move {
            let listener = tokio::net::TcpListener::from_std(listener).expect("a socket");
            axum::serve(listener, app).await.expect("the issuer answers");
        });
        let issuer = Self { url, state, _runtime: runtime };
        issuer.has(keys);
        issuer
    }

    /// Has these keys from now on.
    ///
    /// # Panics
    /// When a test of the issuer has failed before.
    pub fn has(&self, keys: &[&Key]) {
        let keys: Vec<Json> = keys.iter().map(|key| key.public()).collect();
        self.sends(json!({ "keys": keys }));
    }

    /// Sends this in place of its keys from now on.
    ///
    /// # Panics
    /// When a test of the issuer has failed before.
    pub fn sends(&self, keys: Json) {
        *self.state.keys.lock().expect("nobody has panicked") = keys;
    }

    /// Answers from now on, or fails.
    pub fn is_down(&self, is_down: bool) {
        self.state.is_down.store(is_down, Ordering::SeqCst);
    }

    /// How often its keys were asked for.
    #[must_use]
    pub fn n_asked(&self) -> usize {
        self.state.n_asked.load(Ordering::SeqCst)
    }
}

async fn about(State(state): State<Arc<Said>>) -> (StatusCode, Body<Json>) {
    let url = &state.url;
    answer(&state, json!({ "issuer": url, "jwks_uri": format!("{url}/keys") }))
}

async fn keys_of(State(state): State<Arc<Said>>) -> (StatusCode, Body<Json>) {
    state.n_asked.fetch_add(1, Ordering::SeqCst);
    let keys = state.keys.lock().expect("nobody has panicked").clone();
    answer(&state, keys)
}

fn answer(state: &Said, body: Json) -> (StatusCode, Body<Json>) {
    if state.is_down.load(Ordering::SeqCst) {
        return (StatusCode::SERVICE_UNAVAILABLE, Body(Json::Null));
    }
    (StatusCode::OK, Body(body))
}
