//! What was found at an address, line by line, with what is to be thought of it. Pure.

use deskops_domain::api::connection::{
    Certificate, ClockDifference, FEW_DAYS, Hindrance, Looked, MOST_CLOCK_MS, SLOW_MS, Trust,
};
use deskops_domain::day::Day;
use deskops_domain::entry::Moment;

use crate::words;

/// What is to be thought of something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    /// It is as it should be.
    Good,
    /// It works, and should be looked at.
    Warn,
    /// It does not work.
    Bad,
    /// Nothing is known of it.
    Unknown,
}

impl Tone {
    /// `data-tone`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Good => "ok",
            Self::Warn => "warn",
            Self::Bad => "bad",
            Self::Unknown => "plain",
        }
    }
}

/// A line of what was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// Of what.
    pub what: &'static str,
    /// What was found, in a few lines.
    pub found: Vec<String>,
    /// What is to be thought of it.
    pub tone: Tone,
    /// The same in words.
    pub verdict: String,
}

impl Found {
    fn new(what: &'static str, found: Vec<String>, tone: Tone, verdict: &str) -> Self {
        Self { what, found, tone, verdict: verdict.to_owned() }
    }

    fn unknown(what: &'static str) -> Self {
        Self::new(what, vec!["—".into()], Tone::Unknown, "Not reached")
    }
}

/// Everything that was found.
#[must_use]
pub fn findings(looked: &Looked) -> Vec<Found> {
    vec![name(looked), program(looked), latency(looked), clock(looked), certificate(looked)]
}

fn kind(looked: &Looked) -> Option<Hindrance> {
    looked.trouble.as_ref().map(|trouble| trouble.kind)
}

fn name(looked: &Looked) -> Found {
    let mut found = vec![looked.name.clone()];
    let (tone, verdict) = match kind(looked) {
        Some(Hindrance::NoSuchName) => (Tone::Bad, "Not found"),
        Some(Hindrance::OtherName) => (Tone::Bad, "Not its name"),
        _ if looked.found_at.is_empty() => (Tone::Unknown, "Not looked up"),
        _ => (Tone::Good, "Found"),
    };
    if !looked.found_at.is_empty() {
        found.push(looked.found_at.join(", "));
    }
    Found::new("Name", found, tone, verdict)
}

fn program(looked: &Looked) -> Found {
    let Some(version) = &looked.version else {
        let (tone, verdict) = match kind(looked) {
            Some(Hindrance::NotDeskOps) => (Tone::Bad, "Not DeskOps"),
            Some(Hindrance::NotReady) => (Tone::Bad, "Not ready"),
            _ => return Found::unknown("DeskOps"),
        };
        return Found::new("DeskOps", vec!["—".into()], tone, verdict);
    };
    let (tone, verdict) = match kind(looked) {
        Some(Hindrance::TooOld) => (Tone::Bad, "Too old for this computer"),
        Some(Hindrance::TooNew) => (Tone::Bad, "Newer than this computer"),
        _ => (Tone::Good, "Works with this computer"),
    };
    Found::new("DeskOps", vec![format!("Version {version}")], tone, verdict)
}

fn latency(looked: &Looked) -> Found {
    let Some(ms) = looked.latency_ms else { return Found::unknown("Latency") };
    let (tone, verdict) = match ms {
        0..=200 => (Tone::Good, "Fast"),
        201..=SLOW_MS => (Tone::Good, "Good"),
        _ => (Tone::Warn, "Slow"),
    };
    let took = if ms == 0 { "Less than 1 ms".to_owned() } else { format!("{ms} ms") };
    Found::new("Latency", vec![format!("{took}, the middle one of five")], tone, verdict)
}

fn clock(looked: &Looked) -> Found {
    let Some(clock) = looked.clock else { return Found::unknown("Clock") };
    let (tone, verdict) = if clock.ahead_ms.abs() > MOST_CLOCK_MS {
        (Tone::Bad, "Set this computer's clock")
    } else if clock.ahead_ms.abs() > MOST_CLOCK_MS / 5 {
        (Tone::Warn, "A little off")
    } else {
        (Tone::Good, "Right")
    };
    Found::new("Clock", vec![difference(clock)], tone, verdict)
}

/// `This computer is 7 min 2 s ahead`.
#[must_use]
pub fn difference(clock: ClockDifference) -> String {
    let ms = clock.ahead_ms.abs();
    if ms <= i64::from(clock.within_ms).max(1_000) {
        return "The same, to the second".to_owned();
    }
    let side = if clock.ahead_ms > 0 { "ahead" } else { "behind" };
    format!("This computer is {} {side}", span(ms))
}

fn span(ms: i64) -> String {
    let seconds = (ms + 500) / 1_000;
    match seconds {
        0..60 => format!("{seconds} s"),
        60..3_600 => format!("{} min {} s", seconds / 60, seconds % 60),
        3_600..86_400 => format!("{} h {} min", seconds / 3_600, seconds % 3_600 / 60),
        _ => format!("{} {} h", days_long(seconds / 86_400), seconds % 86_400 / 3_600),
    }
}

fn certificate(looked: &Looked) -> Found {
    let what = "Certificate";
    let Some(certificate) = &looked.certificate else {
        let is_plain = looked.address.starts_with("http:") && looked.version.is_some();
        let none = vec!["None: it is this computer itself".to_owned()];
        return match kind(looked) {
            Some(Hindrance::NoTls) => {
                Found::new(what, vec!["—".into()], Tone::Bad, "Not encrypted")
            }
            _ if is_plain => Found::new(what, none, Tone::Good, "Not needed"),
            _ => Found::unknown(what),
        };
    };
    let (tone, verdict) = judged(certificate, kind(looked));
    let (from, to) = (day(certificate.valid_from), day(certificate.valid_to));
    let found = vec![
        format!("For {}", names(certificate)),
        format!("Vouched for by {}", certificate.issuer),
        format!("From {from} to {to}, {}", days(certificate.days_left)),
    ];
    Found { what, found, tone, verdict }
}

fn judged(certificate: &Certificate, kind: Option<Hindrance>) -> (Tone, String) {
    let bad = |verdict: &str| (Tone::Bad, verdict.to_owned());
    match (kind, certificate.trust) {
        (Some(Hindrance::CertificateExpired), _) => bad("It has ended"),
        (Some(Hindrance::CertificateNotYet), _) => bad("It does not hold yet"),
        (Some(Hindrance::CertificateOtherName), _) => bad("For another name"),
        (Some(Hindrance::CertificateChanged), _) => bad("Another key than before"),
        (_, Trust::Not) => bad("Nobody vouches for it"),
        _ if certificate.days_left < FEW_DAYS => (Tone::Warn, "Ends soon".to_owned()),
        (_, Trust::Pinned) => (Tone::Good, "The key that was compared".to_owned()),
        (_, Trust::System) => (Tone::Good, "Trusted".to_owned()),
    }
}

fn names(certificate: &Certificate) -> String {
    match certificate.names.as_slice() {
        [] => certificate.subject.clone(),
        [names @ .., last] if names.len() >= 3 => {
            format!("{}, … {last}", names[..2].join(", "))
        }
        names => names.join(", "),
    }
}

fn days(left: i64) -> String {
    match left {
        ..0 => format!("ended {} ago", days_long(-left)),
        0 => "ends today".to_owned(),
        _ => format!("{} left", days_long(left)),
    }
}

fn days_long(days: i64) -> String {
    words::plural(usize::try_from(days).unwrap_or_default(), "day")
}

fn day(at: Moment) -> String {
    let date = at.to_string().get(..10).unwrap_or_default().to_owned();
    // Certificates made by hand end in the far future, where no calendar of ours goes.
    Day::parse(&date).map_or(date, Day::long)
}

/// A hash as it is read out: `3f2a 91c0 …`.
#[must_use]
pub fn grouped(hash: &str) -> String {
    let letters: Vec<char> = hash.chars().collect();
    let groups = letters.chunks(4).map(|group| group.iter().collect::<String>());
    groups.collect::<Vec<_>>().join(" ")
}

/// Whether an address may be taken although something is in the way: it may be there later.
#[must_use]
pub fn may_be_taken(looked: &Looked) -> bool {
    use Hindrance::*;
    match kind(looked) {
        None | Some(TooOld | TooNew) => true,
        Some(NoSuchName | Refused | Unreachable | TimedOut | Broken | NotReady) => true,
        Some(_) => false,
    }
}

/// The key that somebody may compare and trust, where that is what is in the way.
#[must_use]
pub fn key_to_compare(looked: &Looked) -> Option<&Certificate> {
    let is_asked = matches!(
        kind(looked),
        Some(Hindrance::CertificateNotTrusted | Hindrance::CertificateChanged)
    );
    looked.certificate.as_ref().filter(|_| is_asked)
}

#[cfg(test)]
mod tests {
    use deskops_domain::api::connection::Trouble;

    use super::*;

    fn looked(kind: Option<Hindrance>) -> Looked {
        Looked {
            address: "https://deskops.example".into(),
            name: "deskops.example".into(),
            found_at: vec!["10.0.0.7".into()],
            trouble: kind.map(|kind| Trouble { kind, message: "m".into(), hint: "h".into() }),
            version: Some("0.1.0".into()),
            latency_ms: Some(24),
            clock: Some(ClockDifference { ahead_ms: 400, within_ms: 512 }),
            certificate: Some(Certificate {
                subject: "CN=deskops.example".into(),
                names: vec!["deskops.example".into()],
                issuer: "CN=Somebody".into(),
                valid_from: Moment(0),
                valid_to: Moment(0),
                days_left: 300,
                fingerprint: "ab".repeat(32),
                pin: "0123456789abcdef".repeat(4),
                trust: Trust::System,
            }),
        }
    }

    #[test]
    fn a_good_server_is_good_in_every_line() {
        let found = findings(&looked(None));
        assert_eq!(found.len(), 5);
        assert!(found.iter().all(|line| line.tone == Tone::Good), "{found:?}");
    }

    #[test]
    fn each_thing_that_is_wrong_is_told_in_its_line() {
        let line = |looked: &Looked, at: usize| {
            let found = findings(looked).remove(at);
            (found.tone, found.verdict)
        };
        let bad = |words: &str| (Tone::Bad, words.to_owned());
        assert_eq!(line(&looked(Some(Hindrance::NoSuchName)), 0), bad("Not found"));
        assert_eq!(line(&looked(Some(Hindrance::TooNew)), 1), bad("Newer than this computer"));
        let slow = Looked { latency_ms: Some(SLOW_MS + 1), ..looked(None) };
        assert_eq!(line(&slow, 2), (Tone::Warn, "Slow".to_owned()));
        let wrong = ClockDifference { ahead_ms: -MOST_CLOCK_MS - 1, within_ms: 500 };
        let wrong = Looked { clock: Some(wrong), ..looked(None) };
        assert_eq!(line(&wrong, 3), bad("Set this computer's clock"));
        assert_eq!(findings(&wrong)[3].found, ["This computer is 5 min 0 s behind"]);
        assert_eq!(line(&looked(Some(Hindrance::CertificateExpired)), 4), bad("It has ended"));
        let mut ending = looked(None);
        ending.certificate.as_mut().unwrap().days_left = FEW_DAYS - 1;
        assert_eq!(line(&ending, 4), (Tone::Warn, "Ends soon".to_owned()));
    }

    #[test]
    fn a_key_is_compared_only_where_nobody_vouches_and_wrong_names_are_never_taken() {
        for (kind, is_compared, is_taken) in [
            (None, false, true),
            (Some(Hindrance::CertificateNotTrusted), true, false),
            (Some(Hindrance::CertificateChanged), true, false),
            (Some(Hindrance::CertificateExpired), false, false),
            (Some(Hindrance::CertificateOtherName), false, false),
            (Some(Hindrance::NotDeskOps), false, false),
            (Some(Hindrance::TimedOut), false, true),
        ] {
            let looked = looked(kind);
            assert_eq!(key_to_compare(&looked).is_some(), is_compared, "{kind:?}");
            assert_eq!(may_be_taken(&looked), is_taken, "{kind:?}");
        }
    }

    #[test]
    fn spans_days_and_hashes_are_read_aloud() {
        assert_eq!(span(59_400), "59 s");
        assert_eq!(span(422_000), "7 min 2 s");
        assert_eq!(span(90_000_000), "1 day 1 h");
        assert_eq!(
            (days(-2), days(0), days(1)),
            ("ended 2 days ago".into(), "ends today".into(), "1 day left".into())
        );
        assert_eq!(grouped("0123456789"), "0123 4567 89");
    }
}
