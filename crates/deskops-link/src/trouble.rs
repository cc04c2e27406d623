//! What is in the way to head office, by its kind and in a clerk's words.

use std::error::Error as StdError;
use std::io;

use deskops_core::VERSION;
use deskops_domain::api::connection::{Hindrance, Trouble};
use deskops_domain::api::{Code, Refusal};
use rustls::CertificateError;

use crate::trust::KeyChanged;

/// The name leads nowhere. Told by the one who looks names up.
#[derive(Debug)]
pub(crate) struct NoSuchName(pub io::Error);

impl std::fmt::Display for NoSuchName {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "the name leads nowhere: {}", self.0)
    }
}

impl StdError for NoSuchName {}

/// Which kind a failure of the line is.
pub(crate) fn kind_of(error: &reqwest::Error) -> Hindrance {
    let unsaid = if error.is_timeout() { Hindrance::TimedOut } else { Hindrance::Broken };
    error.source().and_then(found_in).unwrap_or(unsaid)
}

/// What an error says, or what lies in it: the innermost knows best.
fn found_in(error: &(dyn StdError + 'static)) -> Option<Hindrance> {
    if error.is::<NoSuchName>() {
        return Some(Hindrance::NoSuchName);
    }
    if let Some(tls) = error.downcast_ref::<rustls::Error>() {
        return Some(of_tls(tls));
    }
    let io = error.downcast_ref::<io::Error>();
    // What is wrapped in one of these is not its source, but itself.
    let inner = io.and_then(io::Error::get_ref).and_then(|inner| found_in(inner));
    inner.or_else(|| error.source().and_then(found_in)).or_else(|| io.and_then(of_io))
}

fn of_io(error: &io::Error) -> Option<Hindrance> {
    use io::ErrorKind::*;
    match error.kind() {
        ConnectionRefused => Some(Hindrance::Refused),
        TimedOut => Some(Hindrance::TimedOut),
        HostUnreachable | NetworkUnreachable | NetworkDown | AddrNotAvailable => {
            Some(Hindrance::Unreachable)
        }
        _ => None,
    }
}

fn of_tls(error: &rustls::Error) -> Hindrance {
    use CertificateError::*;
    let rustls::Error::InvalidCertificate(why) = error else { return Hindrance::NoTls };
    match why {
        Expired | ExpiredContext { .. } => Hindrance::CertificateExpired,
        NotValidYet | NotValidYetContext { .. } => Hindrance::CertificateNotYet,
        NotValidForName | NotValidForNameContext { .. } => Hindrance::CertificateOtherName,
        Other(other) if other.0.is::<KeyChanged>() => Hindrance::CertificateChanged,
        _ => Hindrance::CertificateNotTrusted,
    }
}

/// What is in the way at a place of this name.
pub(crate) fn told(kind: Hindrance, name: &str) -> Trouble {
    use Hindrance::*;
    let (message, hint) = match kind {
        NoSuchName => (
            format!("There is no computer called {name}, or this computer has no network."),
            "Compare the address letter by letter, and look whether other pages open.",
        ),
        Refused => (
            format!("{name} is there, but nothing answers at this address."),
            "Head office may be stopped, or the port in the address is another one.",
        ),
        Unreachable => (
            format!("The network does not lead to {name}."),
            "Look whether this computer is connected, and whether it needs a VPN.",
        ),
        TimedOut => (
            format!("{name} did not answer in time."),
            "The network may be slow or blocked on the way. Try again in a moment.",
        ),
        Broken => (
            format!("The line to {name} broke before the answer was there."),
            "Try again in a moment.",
        ),
        NotDeskOps => (
            format!("Something answers at {name}, but it is not DeskOps."),
            "Compare the address. A page that asks to sign in to the network answers like this, too.",
        ),
        OtherName => (
            format!("DeskOps answers, but it is not called {name}."),
            "Use the address that head office gave you; it is its setting `public-url`.",
        ),
        NotReady => (
            format!("DeskOps at {name} answers that it is not ready."),
            "Try again in a moment; if it stays, tell head office.",
        ),
        CertificateExpired => (
            format!("The certificate of {name} has ended."),
            "Head office has to renew it. Look at the clock of this computer, too.",
        ),
        CertificateNotYet => (
            format!("The certificate of {name} does not hold yet."),
            "The clock of this computer may be behind: set its date and time right.",
        ),
        CertificateOtherName => (
            format!("The certificate is for another name than {name}."),
            "Use the name that is in the certificate, or ask head office.",
        ),
        CertificateNotTrusted => (
            format!("Nobody whom this computer trusts vouches for {name}."),
            "Where head office made its certificate itself, compare the key with head office by telephone, then trust it; its log tells it at the start.",
        ),
        CertificateChanged => (
            format!(
                "{name} shows another key than the one that was compared. Nothing was sent to it."
            ),
            "Somebody may be in between. Ask head office whether it has a new key before you trust it.",
        ),
        NoTls => (
            format!("The line to {name} cannot be encrypted."),
            "What answers there does not speak HTTPS as DeskOps does. Compare the port in the address.",
        ),
        TooOld => (
            format!("Head office is older than this DeskOps ({VERSION})."),
            "Head office has to be updated before this computer can work with it.",
        ),
        TooNew => (
            format!("Head office is newer than this DeskOps ({VERSION})."),
            "Update DeskOps on this computer.",
        ),
    };
    Trouble { kind, message, hint: hint.to_owned() }
}

/// The same as a refusal, for whoever asked for something else than to look.
pub(crate) fn refusal(trouble: &Trouble) -> Refusal {
    Refusal::new(Code::Offline, trouble.message.clone()).hint(trouble.hint.clone())
}

/// Whether head office of this version can work with this program.
pub(crate) fn compare(version: &str) -> Option<Hindrance> {
    let (theirs, ours) = (line_of(version)?, line_of(VERSION)?);
    match theirs.cmp(&ours) {
        std::cmp::Ordering::Less => Some(Hindrance::TooOld),
        std::cmp::Ordering::Greater => Some(Hindrance::TooNew),
        std::cmp::Ordering::Equal => None,
    }
}

/// Which versions work together: those with the same first number that is not nothing.
fn line_of(version: &str) -> Option<(u32, u32)> {
    let mut numbers = version.split('.').map(|number| number.parse().ok());
    match (numbers.next()??, numbers.next()??) {
        (0, minor) => Some((0, minor)),
        (major, _) => Some((major, 0)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_of_one_line_work_together() {
        assert_eq!(line_of("1.4.2"), line_of("1.9.0"));
        assert_ne!(line_of("0.1.0"), line_of("0.2.0"));
        assert_eq!(compare(VERSION), None);
        assert_eq!(compare("0.0.9"), Some(Hindrance::TooOld));
        assert_eq!(compare("99.0.0"), Some(Hindrance::TooNew));
        assert_eq!(compare("next"), None, "a name says nothing");
    }
}
