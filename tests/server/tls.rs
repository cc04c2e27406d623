//! HTTPS: who is trusted, which protocols, and a certificate that is renewed while the server runs.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use deskops_tests::window::until;
use rcgen::{CertifiedKey, generate_simple_self_signed};
use rustix::process::Signal;
use rustls::crypto::ring;
use rustls::pki_types::CertificateDer;
use rustls::version::{TLS12, TLS13};
use rustls::{ClientConfig, RootCertStore, SupportedProtocolVersion};
use tempfile::TempDir;

use crate::ask::{ask, ask_tls, connect, request};
use crate::program::{Server, fails, moved_in};

const ARGUMENTS: [&str; 6] =
    ["--tls-cert", "cert.pem", "--tls-key", "key.pem", "--public-url", "https://deskops.example"];

/// Writes a new certificate, and what a client needs to trust it.
fn certify(folder: &Path) -> CertificateDer<'static> {
    let names = ["localhost".to_owned(), "deskops.example".to_owned()];
    let CertifiedKey { cert, signing_key } = generate_simple_self_signed(names).unwrap();
    std::fs::write(folder.join("cert.pem"), cert.pem()).unwrap();
    std::fs::write(folder.join("key.pem"), signing_key.serialize_pem()).unwrap();
    cert.der().clone()
}

fn trusting(
    certificate: &CertificateDer<'static>,
    version: &'static SupportedProtocolVersion,
) -> Arc<ClientConfig> {
    let mut roots = RootCertStore::empty();
    roots.add(certificate.clone()).unwrap();
    let config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_protocol_versions(&[version])
        .unwrap();
    Arc::new(config.with_root_certificates(roots).with_no_client_auth())
}

#[test]
fn with_a_certificate_the_server_speaks_tls_1_3_and_1_2_and_nothing_else() {
    let folder = moved_in();
    let certificate = certify(folder.path());
    let server = Server::start(folder.path(), &ARGUMENTS);
    assert_eq!(server.scheme, "https");
    let hello = request("GET", "/api/hello", &[("Host", "deskops.example")], "");
    for (version, word) in [(&TLS13, "TLSv1_3"), (&TLS12, "TLSv1_2")] {
        let (answer, spoken, shown) =
            ask_tls(&server.address, trusting(&certificate, version), &hello).unwrap();
        assert_eq!((answer.status, answer.body.as_str()), (200, "Hello, from API!"));
        assert_eq!((spoken.as_str(), shown.as_slice()), (word, certificate.as_ref()));
        assert_eq!(answer.header("strict-transport-security"), Some("max-age=31536000"));
    }
    let key = deskops_link::certificate::pin(&certificate).unwrap();
    assert!(server.log().contains(&key), "what a laptop asks to compare is told here");
    let elsewhere = TempDir::new().unwrap();
    let stranger = certify(elsewhere.path());
    let refused = ask_tls(&server.address, trusting(&stranger, &TLS13), &hello);
    assert!(refused.is_err(), "somebody who trusts another certificate");
    let plain = std::panic::catch_unwind(|| ask(&server.address, &hello).status);
    assert!(plain.is_err(), "nothing is answered in the clear");
    server.stop();
}

#[test]
fn a_certificate_is_renewed_on_a_signal_and_one_that_is_broken_is_not_taken() {
    let folder = moved_in();
    let first = certify(folder.path());
    let server = Server::start(folder.path(), &ARGUMENTS);
    let hello = request("GET", "/api/hello", &[], "");
    let works = |certificate: &CertificateDer<'static>| {
        ask_tls(&server.address, trusting(certificate, &TLS13), &hello).is_ok()
    };
    assert!(works(&first));
    std::fs::write(folder.path().join("cert.pem"), "broken").unwrap();
    server.signal(Signal::HUP);
    let patience = Duration::from_secs(10);
    let said = |words: &str| Some(()).filter(|()| server.log().contains(words));
    until("a complaint", patience, || said("the certificate stays as it was"));
    assert!(works(&first));
    let second = certify(folder.path());
    server.signal(Signal::HUP);
    until("the new certificate", patience, || said("the certificate was read again"));
    assert!(works(&second) && !works(&first));
    server.stop();
}

#[test]
fn a_certificate_that_does_not_belong_to_its_key_is_told_before_anybody_is_let_in() {
    let folder = moved_in();
    certify(folder.path());
    let key = std::fs::read(folder.path().join("key.pem")).unwrap();
    certify(folder.path());
    std::fs::write(folder.path().join("key.pem"), key).unwrap();
    let told = fails(folder.path(), &ARGUMENTS);
    assert!(told.contains("cannot be used with the key"), "{told}");
    std::fs::write(folder.path().join("key.pem"), "").unwrap();
    assert!(fails(folder.path(), &ARGUMENTS).contains("The key in key.pem cannot be read"));
    let told = fails(folder.path(), &ARGUMENTS[..2]);
    assert!(told.contains("needs the key of the certificate"), "{told}");
}

#[test]
fn somebody_who_says_nothing_keeps_nobody_else_waiting() {
    let folder = moved_in();
    let certificate = certify(folder.path());
    let server = Server::start(folder.path(), &ARGUMENTS);
    let silent: Vec<_> = (0..20).map(|_| connect(&server.address)).collect();
    let hello = request("GET", "/api/hello", &[], "");
    let (answer, ..) = ask_tls(&server.address, trusting(&certificate, &TLS13), &hello).unwrap();
    assert_eq!(answer.status, 200);
    // They do not hold up the end, either.
    server.stop();
    drop(silent);
}
