//! Whether a certificate is trusted: because somebody vouches for it whom this computer trusts, or
//! because its key is the one that somebody has compared. There is no third way.
//!
//! A pin stands in for who vouches, and for nothing else: the name and the days still have to be
//! right. It is of the key, so a certificate that is renewed with the same key goes on being trusted.

use std::sync::{Arc, Mutex, PoisonError};

use deskops_domain::api::connection::Trust;
use rustls::client::WebPkiServerVerifier;
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::client::verify_server_name;
use rustls::crypto::{CryptoProvider, ring};
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::server::ParsedCertificate;
use rustls::version::{TLS12, TLS13};
use rustls::{
    CertificateError, ClientConfig, DigitallySignedStruct, Error, OtherError, RootCertStore,
    SignatureScheme,
};

use crate::certificate;

/// Whom this computer trusts to vouch for others.
#[derive(Debug, Clone)]
pub struct Roots(Option<Arc<dyn ServerCertVerifier>>);

impl Roots {
    /// Whom the operating system trusts.
    #[must_use]
    pub fn of_this_computer() -> Self {
        match rustls_platform_verifier::Verifier::new(provider()) {
            Ok(verifier) => Self(Some(Arc::new(verifier))),
            Err(error) => {
                tracing::warn!(%error, "this computer trusts nobody to vouch for a server");
                Self(None)
            }
        }
    }

    /// Only these.
    ///
    /// # Errors
    /// When one of them is no certificate.
    pub fn only(certificates: Vec<CertificateDer<'static>>) -> Result<Self, Error> {
        let mut roots = RootCertStore::empty();
        for certificate in certificates {
            roots.add(certificate)?;
        }
        if roots.is_empty() {
            return Ok(Self(None));
        }
        let verifier = WebPkiServerVerifier::builder_with_provider(Arc::new(roots), provider())
            .build()
            .map_err(|error| Error::General(error.to_string()))?;
        Ok(Self(Some(verifier)))
    }
}

/// The key is not the one that was compared.
#[derive(Debug)]
pub struct KeyChanged;

impl std::fmt::Display for KeyChanged {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("the key is not the one that was compared")
    }
}

impl std::error::Error for KeyChanged {}

/// Judges the certificates of one address, and keeps the last one that was shown.
#[derive(Debug)]
pub struct Judge {
    roots: Roots,
    pin: Option<String>,
    provider: Arc<CryptoProvider>,
    shown: Mutex<Option<(Vec<u8>, Trust)>>,
}

impl Judge {
    /// Trusts this key alone, or else whom the roots trust.
    #[must_use]
    pub fn new(roots: Roots, pin: Option<String>) -> Arc<Self> {
        Arc::new(Self { roots, pin, provider: provider(), shown: Mutex::default() })
    }

    /// The certificate that was shown last, and why it was trusted.
    #[must_use]
    pub fn shown(&self) -> Option<(Vec<u8>, Trust)> {
        self.shown.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// TLS 1.3 and 1.2, with this judge.
    ///
    /// # Errors
    /// When the cryptography is not there.
    pub fn tls(self: &Arc<Self>) -> Result<ClientConfig, Error> {
        let config = ClientConfig::builder_with_provider(self.provider.clone())
            .with_protocol_versions(&[&TLS13, &TLS12])?;
        let mut config =
            config.dangerous().with_custom_certificate_verifier(self.clone()).with_no_client_auth();
        config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
        Ok(config)
    }

    fn check_pinned(
        pin: &str,
        shown: &CertificateDer<'_>,
        name: &ServerName<'_>,
        now: UnixTime,
    ) -> Result<(), Error> {
        let key = certificate::pin(shown).ok_or(CertificateError::BadEncoding)?;
        if !key.eq_ignore_ascii_case(pin) {
            return Err(CertificateError::Other(OtherError(Arc::new(KeyChanged))).into());
        }
        let (from, to) = certificate::validity(shown).ok_or(CertificateError::BadEncoding)?;
        let now = i64::try_from(now.as_secs()).unwrap_or(i64::MAX).saturating_mul(1_000);
        if now < from.0 {
            return Err(CertificateError::NotValidYet.into());
        }
        if now > to.0 {
            return Err(CertificateError::Expired.into());
        }
        verify_server_name(&ParsedCertificate::try_from(shown)?, name)
    }
}

impl ServerCertVerifier for Judge {
    fn verify_server_cert(
        &self,
        shown: &CertificateDer<'_>,
        between: &[CertificateDer<'_>],
        name: &ServerName<'_>,
        stapled: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        let (why, judged) = match (&self.pin, &self.roots.0) {
            (Some(pin), _) => {
                let checked = Self::check_pinned(pin, shown, name, now);
                (Trust::Pinned, checked.map(|()| ServerCertVerified::assertion()))
            }
            (None, Some(roots)) => {
                (Trust::System, roots.verify_server_cert(shown, between, name, stapled, now))
            }
            (None, None) => (Trust::Not, Err(CertificateError::UnknownIssuer.into())),
        };
        let why = if judged.is_ok() { why } else { Trust::Not };
        let seen = Some((shown.to_vec(), why));
        *self.shown.lock().unwrap_or_else(PoisonError::into_inner) = seen;
        judged
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        shown: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        let known = &self.provider.signature_verification_algorithms;
        rustls::crypto::verify_tls12_signature(message, shown, signed, known)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        shown: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        let known = &self.provider.signature_verification_algorithms;
        rustls::crypto::verify_tls13_signature(message, shown, signed, known)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.provider.signature_verification_algorithms.supported_schemes()
    }
}

fn provider() -> Arc<CryptoProvider> {
    Arc::new(ring::default_provider())
}
