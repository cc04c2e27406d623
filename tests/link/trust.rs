//! Who is trusted: whom somebody vouches for, or the one key that was compared. Never anybody.

use deskops_domain::api::connection::{Hindrance, Looked, Standing, Trust};
use rcgen::{KeyPair, date_time_ymd};

use crate::head::{Head, Shown};
use crate::laptop::Laptop;

fn kind(looked: &Looked) -> Option<Hindrance> {
    looked.trouble.as_ref().map(|trouble| trouble.kind)
}

#[test]
fn a_server_that_somebody_vouches_for_is_trusted_and_measured() {
    let shown = Shown::of("localhost");
    let head = Head::showing(&shown);
    let looked = Laptop::trusting(&[&shown.certificate]).start().look(&head.address(), None);
    assert_eq!(looked.trouble, None);
    assert_eq!(looked.version.as_deref(), Some(deskops_core::VERSION));
    assert_eq!(looked.name, "localhost");
    assert!(looked.found_at.contains(&"127.0.0.1".to_owned()), "{:?}", looked.found_at);
    assert!(looked.latency_ms.is_some_and(|ms| ms < 2_000), "{:?}", looked.latency_ms);
    let clock = looked.clock.unwrap();
    assert!(clock.ahead_ms.abs() < 3_000 && clock.within_ms >= 500, "{clock:?}");
    let certificate = looked.certificate.unwrap();
    assert_eq!((certificate.trust, certificate.names), (Trust::System, vec!["localhost".into()]));
    assert_eq!((certificate.fingerprint.len(), certificate.pin.len()), (64, 64));
    assert!(certificate.days_left > 365, "{}", certificate.days_left);
    assert_eq!(certificate.subject, certificate.issuer, "it vouches for itself");
}

#[test]
fn a_key_is_trusted_once_it_was_compared_and_only_that_one() {
    let shown = Shown::of("localhost");
    let head = Head::showing(&shown);
    let laptop = Laptop::new().start();
    let looked = laptop.look(&head.address(), None);
    assert_eq!(kind(&looked), Some(Hindrance::CertificateNotTrusted));
    assert_eq!((head.n_asked_at_all(), looked.version), (0, None), "nothing was sent");
    let certificate = looked.certificate.unwrap();
    assert_eq!(certificate.trust, Trust::Not);
    let looked = laptop.look(&head.address(), Some(&certificate.pin));
    assert_eq!((kind(&looked), looked.certificate.unwrap().trust), (None, Trust::Pinned));
    let looked = laptop.look(&head.address(), Some(&"0".repeat(64)));
    assert_eq!(kind(&looked), Some(Hindrance::CertificateChanged));
    let refusal = laptop.call(deskops_domain::api::connection::Look {
        address: head.address(),
        pin: Some("abc".into()),
    });
    assert_eq!(refusal.unwrap_err().details[0].code, "E-PIN");
}

#[test]
fn a_certificate_that_has_ended_or_is_anothers_is_refused_pinned_or_not() {
    let key = KeyPair::generate().unwrap();
    let ended = Shown::made("localhost", &key, |params| {
        params.not_before = date_time_ymd(2020, 1, 1);
        params.not_after = date_time_ymd(2021, 1, 1);
    });
    let early = Shown::made("localhost", &key, |params| {
        params.not_before = date_time_ymd(2090, 1, 1);
        params.not_after = date_time_ymd(2091, 1, 1);
    });
    let other = Shown::made("deskops.example", &key, |_| ());
    let head = Head::showing(&ended);
    let pin = deskops_link::certificate::pin(&ended.certificate).unwrap();
    for (shown, expected) in [
        (&ended, Hindrance::CertificateExpired),
        (&early, Hindrance::CertificateNotYet),
        (&other, Hindrance::CertificateOtherName),
    ] {
        head.show(shown);
        let laptop = Laptop::trusting(&[&shown.certificate]).start();
        let vouched = laptop.look(&head.address(), None);
        assert_eq!(kind(&vouched), Some(expected));
        let pinned = laptop.look(&head.address(), Some(&pin));
        assert_eq!(kind(&pinned), Some(expected), "a key vouches for no name and no day");
        assert!(vouched.certificate.is_some(), "it is shown all the same");
    }
    assert_eq!(head.n_asked_at_all(), 0);
    head.show(&ended);
    let looked = Laptop::new().start().look(&head.address(), None);
    assert!(looked.certificate.unwrap().days_left < -1_000);
}

#[test]
fn a_changed_key_is_told_and_sent_nothing_and_a_renewed_certificate_is_no_change() {
    let key = KeyPair::generate().unwrap();
    let first = Shown::made("localhost", &key, |_| ());
    let head = Head::showing(&first);
    let laptop = Laptop::new();
    let pin = deskops_link::certificate::pin(&first.certificate).unwrap();
    let started = laptop.start();
    started.choose(&head.address(), Some(&pin));
    started.sign_in("noura").unwrap();
    drop(started);

    head.show(&Shown::of("localhost"));
    let n_before = head.n_asked_at_all();
    let started = laptop.start();
    let state = started.greet();
    assert_eq!(state.trouble.unwrap().kind, Hindrance::CertificateChanged);
    assert_eq!(head.n_asked_at_all(), n_before, "not even a token");
    assert_eq!(state.account.unwrap().standing, Standing::SignedIn, "it may be a mistake there");
    drop(started);

    head.show(&Shown::made("localhost", &key, |params| {
        params.not_after = date_time_ymd(2060, 1, 1);
    }));
    assert_eq!(laptop.start().greet().trouble, None);
}
