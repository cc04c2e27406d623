//! HTTPS by rustls: TLS 1.3, and 1.2 for what is older. The certificate is read again on SIGHUP, and
//! one that cannot be used leaves the old one in force.

use std::sync::Arc;

use axum_server::tls_rustls::RustlsConfig;
use deskops_domain::change::hex;
use rustls::ServerConfig;
use rustls::crypto::ring;
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::version::{TLS12, TLS13};
use sha2::{Digest as _, Sha256};
use x509_parser::parse_x509_certificate;

use crate::settings::TlsFiles;

/// Reads certificate and key.
pub(crate) fn read(files: &TlsFiles) -> Result<Arc<ServerConfig>, String> {
    let (cert, key) = (files.cert.display(), files.key.display());
    let chain = CertificateDer::pem_file_iter(&files.cert)
        .and_then(Iterator::collect::<Result<Vec<_>, _>>)
        .map_err(|error| format!("The certificate in {cert} cannot be read: {error}."))?;
    if chain.is_empty() {
        return Err(format!("There is no certificate in {cert}; it is a PEM file."));
    }
    let shown = pin(&chain[0]);
    let private = PrivateKeyDer::from_pem_file(&files.key)
        .map_err(|error| format!("The key in {key} cannot be read: {error}."))?;
    let mut config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_protocol_versions(&[&TLS13, &TLS12])
        .map(|config| config.with_no_client_auth())
        .and_then(|config| config.with_single_cert(chain, private))
        .map_err(|error| {
            format!("The certificate in {cert} cannot be used with the key in {key}: {error}.")
        })?;
    config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    if let Some(key) = shown {
        tracing::info!(key, "a laptop that compares the key of the certificate shows this one");
    }
    Ok(Arc::new(config))
}

/// SHA-256 of the public key in a certificate, in hex, as laptops show it.
fn pin(certificate: &CertificateDer<'_>) -> Option<String> {
    let (_, read) = parse_x509_certificate(certificate).ok()?;
    Some(hex(&Sha256::digest(read.public_key().raw)))
}

/// Reads certificate and key again whenever the system says so.
#[cfg(unix)]
pub(crate) async fn renew(files: TlsFiles, config: RustlsConfig) {
    use tokio::signal::unix::{SignalKind, signal};
    let Ok(mut told) = signal(SignalKind::hangup()) else { return };
    while told.recv().await.is_some() {
        match read(&files) {
            Ok(new) => {
                config.reload_from_config(new);
                tracing::info!(cert = %files.cert.display(), "the certificate was read again");
            }
            Err(why) => tracing::error!(why, "the certificate stays as it was"),
        }
    }
}

/// Without signals a certificate is renewed by a new start.
#[cfg(not(unix))]
pub(crate) async fn renew(_: TlsFiles, _: RustlsConfig) {}
