//! What a server shows of itself, read from its certificate.

use deskops_domain::api::connection::{Certificate, Trust};
use deskops_domain::change::hex;
use deskops_domain::entry::Moment;
use sha2::{Digest as _, Sha256};
use x509_parser::certificate::X509Certificate;
use x509_parser::extensions::GeneralName;
use x509_parser::parse_x509_certificate;

const DAY_MS: i64 = 24 * 60 * 60 * 1_000;

/// SHA-256 of the public key in a certificate, in hex; none where it cannot be read.
#[must_use]
pub fn pin(der: &[u8]) -> Option<String> {
    let (_, certificate) = parse_x509_certificate(der).ok()?;
    Some(hash(certificate.public_key().raw))
}

/// From when to when a certificate holds.
#[must_use]
pub fn validity(der: &[u8]) -> Option<(Moment, Moment)> {
    let (_, certificate) = parse_x509_certificate(der).ok()?;
    Some(span(&certificate))
}

/// A certificate as it is shown.
#[must_use]
pub fn describe(der: &[u8], trust: Trust, now: Moment) -> Option<Certificate> {
    let (_, certificate) = parse_x509_certificate(der).ok()?;
    let (valid_from, valid_to) = span(&certificate);
    Some(Certificate {
        subject: certificate.subject().to_string(),
        names: names(&certificate),
        issuer: certificate.issuer().to_string(),
        valid_from,
        valid_to,
        days_left: (valid_to.0 - now.0).div_euclid(DAY_MS),
        fingerprint: hash(der),
        pin: hash(certificate.public_key().raw),
        trust,
    })
}

fn span(certificate: &X509Certificate<'_>) -> (Moment, Moment) {
    let validity = certificate.validity();
    let moment = |seconds: i64| Moment(seconds.saturating_mul(1_000));
    (moment(validity.not_before.timestamp()), moment(validity.not_after.timestamp()))
}

fn names(certificate: &X509Certificate<'_>) -> Vec<String> {
    let Ok(Some(found)) = certificate.subject_alternative_name() else { return Vec::new() };
    let names = found.value.general_names.iter().filter_map(|name| match name {
        GeneralName::DNSName(name) => Some((*name).to_owned()),
        GeneralName::IPAddress(bytes) => ip(bytes),
        _ => None,
    });
    // A certificate of a large house names hundreds.
    names.take(20).collect()
}

fn ip(bytes: &[u8]) -> Option<String> {
    let v4 = <[u8; 4]>::try_from(bytes).map(|bytes| std::net::IpAddr::from(bytes).to_string());
    let v6 = <[u8; 16]>::try_from(bytes).map(|bytes| std::net::IpAddr::from(bytes).to_string());
    v4.or(v6).ok()
}

fn hash(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}
