//! The settings with their meaning. Everything that is wrong is told at once, with where it was said.

use std::net::{IpAddr, SocketAddr};
use std::ops::RangeInclusive;
use std::path::PathBuf;
use std::time::Duration;

use deskops_core::{AccountRules, Place};
use tracing::Level;

use super::given::Given;
use super::public::PublicUrl;
use super::rates::Rates;
use deskops_core::DatabaseUrl;

/// How the server is to be run.
#[derive(Debug, Clone)]
pub struct Config {
    /// Where the desk keeps its things.
    pub place: Place,
    /// The folder of the page.
    pub page: PathBuf,
    /// Where to listen.
    pub listen: SocketAddr,
    /// How browsers call the server.
    pub public: Vec<PublicUrl>,
    /// A PostgreSQL database in place of the file.
    pub database: Option<DatabaseUrl>,
    /// Certificate and key.
    pub tls: Option<TlsFiles>,
    /// Who may say who asks; empty without a proxy.
    pub proxies: Vec<IpAddr>,
    /// How lines are logged.
    pub log_format: LogFormat,
    /// What is logged.
    pub log_level: Level,
    /// How long an answer may take.
    pub request_timeout: Duration,
    /// The most bytes that a request may send.
    pub body_limit: usize,
    /// How long requests may take after the server was told to stop.
    pub grace: Duration,
    /// Where figures are handed out.
    pub metrics: MetricsAt,
    /// Below so many free bytes the server is not ready.
    pub least_free: u64,
    /// How often may be asked.
    pub rates: Rates,
}

/// Certificate and key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TlsFiles {
    /// The certificate with its chain.
    pub cert: PathBuf,
    /// Its key.
    pub key: PathBuf,
}

/// How lines are logged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LogFormat {
    /// For people.
    Text,
    /// For programs.
    Json,
}

/// Where figures are handed out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MetricsAt {
    /// Nowhere.
    Off,
    /// At `/metrics`, for this computer.
    Here,
    /// On an address of their own.
    Address(SocketAddr),
}

impl Default for Config {
    fn default() -> Self {
        Self::read(&Given::default()).expect("the defaults are good, which a test holds")
    }
}

impl Config {
    /// Reads what was said.
    ///
    /// # Errors
    /// Everything that is wrong with it, each with where it was said.
    pub fn read(given: &Given) -> Result<Self, Vec<String>> {
        let mut reader = Reader { given, wrong: Vec::new() };
        let mut place = Place::in_folder(&PathBuf::from(given.text("data")));
        if !given.text("exports").is_empty() {
            place.exports = given.text("exports").into();
        }
        let listen = reader.take("listen", read_address);
        let public: Option<Vec<PublicUrl>> =
            reader.take("public-url", |text| each(text, PublicUrl::read));
        let database =
            reader.take("database-url", |text| optional(text).map(DatabaseUrl::read).transpose());
        let is_behind = reader.take("behind-proxy", read_switch).unwrap_or_default();
        let proxies = reader.take("trusted-proxy", read_proxies);
        let log_format = reader.take("log-format", |text| match text {
            "text" => Ok(LogFormat::Text),
            "json" => Ok(LogFormat::Json),
            _ => Err("is `text` or `json`".to_owned()),
        });
        let log_level = reader.take("log-level", |text| {
            text.parse::<Level>().map_err(|_| "is error, warn, info, debug or trace".to_owned())
        });
        let request_timeout = reader.number("request-timeout-seconds", 1..=3_600);
        let body_limit = reader.number("body-limit-kib", 64..=65_536);
        let grace = reader.number("shutdown-grace-seconds", 0..=600);
        let metrics = reader.take("metrics", |text| match text {
            "off" | "false" => Ok(MetricsAt::Off),
            "on" | "true" => Ok(MetricsAt::Here),
            address => read_address(address).map(MetricsAt::Address),
        });
        let access_minutes = reader.number("access-minutes", 1..=1_440);
        let refresh_days = reader.number("refresh-days", 1..=365);
        let least_free = reader.number("disk-warning-mib", 0..=1 << 30);
        let rates = Rates::read(&mut reader);
        let tls = reader.tls();
        let Reader { mut wrong, .. } = reader;
        let is_secure = tls.is_some() || is_behind;
        if let (Some(listen), Some(public)) = (listen, &public) {
            wrong.extend(exposed(listen, public, is_secure));
        }
        if let (Some(minutes), Some(days)) = (access_minutes, refresh_days) {
            let whole = |number: u64| u32::try_from(number).unwrap_or(u32::MAX);
            place.accounts = AccountRules::new(whole(minutes), whole(days));
        }
        let all = || {
            Some(Self {
                place,
                page: given.text("page").into(),
                listen: listen?,
                public: public?,
                database: database?,
                tls,
                proxies: if is_behind { proxies? } else { Vec::new() },
                log_format: log_format?,
                log_level: log_level?,
                request_timeout: Duration::from_secs(request_timeout?),
                body_limit: usize::try_from(body_limit?).ok()? << 10,
                grace: Duration::from_secs(grace?),
                metrics: metrics?,
                least_free: least_free? << 20,
                rates: rates?,
            })
        };
        match all() {
            Some(config) if wrong.is_empty() => Ok(config),
            _ => Err(wrong),
        }
    }

    /// Whether a proxy in front of the server speaks for others.
    #[must_use]
    pub fn is_behind_proxy(&self) -> bool {
        !self.proxies.is_empty()
    }

    /// How a browser on this computer, or in front of the proxy, reaches the server.
    #[must_use]
    pub fn scheme(&self) -> &'static str {
        if self.tls.is_some() { "https" } else { "http" }
    }
}

/// What is wrong with listening to other computers.
fn exposed(listen: SocketAddr, public: &[PublicUrl], is_secure: bool) -> Vec<String> {
    let mut wrong = Vec::new();
    if !listen.ip().is_loopback() && !is_secure {
        let port = listen.port();
        wrong.push(format!(
            "{listen} can be reached from other computers, and DeskOps would send passwords to them unencrypted: give it --tls-cert and --tls-key, say --behind-proxy where a proxy speaks HTTPS, or use 127.0.0.1:{port}."
        ));
    }
    if !listen.ip().is_loopback() && public.is_empty() {
        wrong.push(format!(
            "{listen} can be reached from other computers: say with --public-url how they call it, like https://deskops.example. Other names are turned away."
        ));
    }
    let plain = public.iter().find(|url| url.scheme != "https");
    wrong.extend(
        plain.map(|url| format!("--public-url {} is not encrypted: write https.", url.origin())),
    );
    wrong
}

pub(super) struct Reader<'a> {
    given: &'a Given,
    wrong: Vec<String>,
}

impl Reader<'_> {
    /// Reads a value, or notes what is wrong with it. What was said is not repeated: it may be secret.
    fn take<T>(&mut self, key: &str, read: impl FnOnce(&str) -> Result<T, String>) -> Option<T> {
        let told = read(self.given.text(key));
        let by = self.given.by(key).unwrap_or("its default");
        told.map_err(|why| self.wrong.push(format!("`{key}` {why} ({by}).",))).ok()
    }

    pub(super) fn number(&mut self, key: &str, range: RangeInclusive<u64>) -> Option<u64> {
        self.take(key, |text| {
            let number = text.parse::<u64>().ok().filter(|number| range.contains(number));
            number.ok_or_else(|| {
                format!("is a whole number from {} to {}", range.start(), range.end())
            })
        })
    }

    fn tls(&mut self) -> Option<TlsFiles> {
        let (cert, key) =
            (optional(self.given.text("tls-cert")), optional(self.given.text("tls-key")));
        match (cert, key) {
            (Some(cert), Some(key)) => Some(TlsFiles { cert: cert.into(), key: key.into() }),
            (None, None) => None,
            (Some(_), None) => {
                self.wrong
                    .push("`tls-cert` needs the key of the certificate: --tls-key.".to_owned());
                None
            }
            (None, Some(_)) => {
                self.wrong.push("`tls-key` needs its certificate: --tls-cert.".to_owned());
                None
            }
        }
    }
}

fn optional(text: &str) -> Option<&str> {
    Some(text).filter(|text| !text.is_empty())
}

fn each<T>(text: &str, read: impl Fn(&str) -> Result<T, String>) -> Result<Vec<T>, String> {
    text.split(',').map(str::trim).filter(|part| !part.is_empty()).map(read).collect()
}

fn read_switch(text: &str) -> Result<bool, String> {
    match text {
        "true" | "1" | "yes" | "on" => Ok(true),
        "false" | "0" | "no" | "off" => Ok(false),
        _ => Err("is true or false".to_owned()),
    }
}

/// At least one: a proxy that nobody is would leave the door open.
fn read_proxies(text: &str) -> Result<Vec<IpAddr>, String> {
    let read = |part: &str| part.parse::<IpAddr>().map(|ip| ip.to_canonical());
    let found = each(text, |part| read(part).map_err(|_| String::new()));
    found
        .ok()
        .filter(|ips| !ips.is_empty())
        .ok_or_else(|| "holds addresses like 10.0.0.7, with commas between them".to_owned())
}

fn read_address(text: &str) -> Result<SocketAddr, String> {
    let address = text
        .strip_prefix("localhost:")
        .map_or_else(|| text.to_owned(), |port| format!("127.0.0.1:{port}"));
    address.parse().map_err(|_| "is an address and a port, like 127.0.0.1:4600".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(said: &[(&str, &str)]) -> Result<Config, Vec<String>> {
        Config::read(&Given::of(said))
    }

    #[test]
    fn the_defaults_are_good() {
        let config = Config::default();
        assert_eq!(config.listen.to_string(), "127.0.0.1:4600");
        assert!(config.proxies.is_empty() && config.tls.is_none());
        assert_eq!(config.body_limit, 2 << 20);
        assert_eq!(config.place.accounts, AccountRules::default());
    }

    #[test]
    fn plain_http_off_this_computer_is_refused() {
        for listen in ["127.0.0.1:4600", "localhost:0", "[::1]:80"] {
            assert!(read(&[("listen", listen)]).is_ok(), "{listen}");
        }
        for listen in ["0.0.0.0:4600", "[::]:4600", "192.168.1.7:4600"] {
            let told = read(&[("listen", listen)]).unwrap_err();
            assert!(
                told[0].contains("unencrypted") && told[1].contains("--public-url"),
                "{told:?}"
            );
            let url = ("public-url", "https://deskops.example");
            assert_eq!(read(&[("listen", listen), url]).unwrap_err().len(), 1);
            assert!(read(&[("listen", listen), url, ("behind-proxy", "true")]).is_ok());
            let tls = [("listen", listen), url, ("tls-cert", "c"), ("tls-key", "k")];
            assert!(read(&tls).is_ok());
        }
    }

    #[test]
    fn everything_that_is_wrong_is_told_at_once_with_where_it_was_said() {
        let told = read(&[
            ("listen", "4600"),
            ("body-limit-kib", "12"),
            ("log-level", "loud"),
            ("tls-cert", "x"),
            ("public-url", "http://x"),
            ("database-url", "s3cret"),
            ("metrics", "maybe"),
        ])
        .unwrap_err();
        assert_eq!(told.len(), 6, "{told:?}");
        assert!(
            told.iter().any(|line| line.contains("64 to 65536 (--body-limit-kib)")),
            "{told:?}"
        );
        assert!(!told.iter().any(|line| line.contains("s3cret")));
    }

    #[test]
    fn proxies_are_believed_only_where_there_is_one() {
        assert_eq!(read(&[("trusted-proxy", "10.0.0.1")]).unwrap().proxies, Vec::<IpAddr>::new());
        let config = read(&[("trusted-proxy", "10.0.0.1, ::1"), ("behind-proxy", "yes")]).unwrap();
        assert_eq!(config.proxies.len(), 2);
        for nobody in [",", "x", "10.0.0.1,x"] {
            let said = [("trusted-proxy", nobody), ("behind-proxy", "yes")];
            assert!(read(&said).is_err(), "{nobody}");
        }
    }
}
