//! Every setting, once. `docs/server.md` holds the same table; a test holds them equal.

/// One setting: `--key`, a variable, and a key of the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Setting {
    /// The flag without its dashes, and the key in the file.
    pub key: &'static str,
    /// The variable.
    pub env: &'static str,
    /// What stands for the value in `--help`; nothing for one that is on or off.
    pub value: &'static str,
    /// What holds when nothing is said; empty where nothing holds then.
    pub default: &'static str,
    /// What it is.
    pub what: &'static str,
    /// Why the default is what it is.
    pub why: &'static str,
}

impl Setting {
    /// Whether it is on or off.
    #[must_use]
    pub fn is_switch(&self) -> bool {
        self.value.is_empty()
    }

    /// The setting of this key.
    #[must_use]
    pub fn of(key: &str) -> Option<&'static Self> {
        SETTINGS.iter().find(|setting| setting.key == key)
    }
}

macro_rules! settings {
    ($($key:literal $env:literal $value:literal = $default:literal, $what:literal, $why:literal;)+) => {
        &[$(Setting { key: $key, env: $env, value: $value, default: $default, what: $what, why: $why }),+]
    };
}

/// All settings, in the order in which they are shown.
pub const SETTINGS: &[Setting] = settings![
    "data" "DESKOPS_DATA" "FOLDER" = "deskops-data",
        "The folder of the database.",
        "Beside where the server is started, so that a first try needs no rights.";
    "exports" "DESKOPS_EXPORTS" "FOLDER" = "",
        "The folder of files that are taken away; `exports` in the data folder when left out.",
        "One folder holds everything of a desk.";
    "page" "DESKOPS_PAGE" "FOLDER" = "ui/dist",
        "The folder of the page.",
        "Where `cargo xtask ui` puts it.";
    "listen" "DESKOPS_BIND" "ADDRESS" = "127.0.0.1:4600",
        "Where to listen; port 0 takes a free one.",
        "This computer only: what other computers can reach needs a certificate or a proxy.";
    "public-url" "DESKOPS_PUBLIC_URL" "URLS" = "",
        "How browsers call the server, like `https://deskops.example`; several with commas. Requests for other names, and from pages of other addresses, are turned away.",
        "Without it only the names of this computer itself are answered to, so that no page of the internet can ask under a name of its own.";
    "database-url" "DESKOPS_DATABASE_URL" "URL" = "",
        "A PostgreSQL database, `postgres://user:password@host/name`, in place of the file in the data folder. Say it by the variable: flags can be read by others.",
        "One file on one computer is enough for most, and needs no care.";
    "tls-cert" "DESKOPS_TLS_CERT" "FILE" = "",
        "The certificate with its chain, as PEM. With it and its key the server speaks HTTPS. Read again on SIGHUP.",
        "Nothing to renew where only this computer asks.";
    "tls-key" "DESKOPS_TLS_KEY" "FILE" = "",
        "The key of the certificate, as PEM.",
        "It belongs to the certificate.";
    "behind-proxy" "DESKOPS_BEHIND_PROXY" "" = "false",
        "A proxy in front of the server speaks HTTPS. Only the trusted proxy may ask then, and what it says about who asks is believed.",
        "Plain HTTP off this computer sends passwords in the clear; somebody must say that it does not.";
    "trusted-proxy" "DESKOPS_TRUSTED_PROXY" "ADDRESSES" = "127.0.0.1,::1",
        "The addresses of the proxy, with commas. X-Forwarded-For and X-Forwarded-Proto of others are not read.",
        "Most proxies stand on the same computer.";
    "log-format" "DESKOPS_LOG_FORMAT" "FORMAT" = "text",
        "How lines are logged: `text` for people or `json` for programs. They go to standard error.",
        "Somebody looks at the first start.";
    "log-level" "DESKOPS_LOG_LEVEL" "LEVEL" = "info",
        "What is logged: `error`, `warn`, `info`, `debug` or `trace`.",
        "One line for each request, and what went wrong.";
    "request-timeout-seconds" "DESKOPS_REQUEST_TIMEOUT_SECONDS" "SECONDS" = "60",
        "How long an answer may take, 1 to 3600.",
        "The longest file of a year takes a few seconds; what takes a minute is stuck.";
    "body-limit-kib" "DESKOPS_BODY_LIMIT_KIB" "KIB" = "2048",
        "The most that a request may send, 64 to 65536 KiB.",
        "A pasted block of thousands of rows is far below.";
    "shutdown-grace-seconds" "DESKOPS_SHUTDOWN_GRACE_SECONDS" "SECONDS" = "10",
        "How long requests that are under way may take once the server is told to stop, 0 to 600.",
        "Below the 30 s after which most systems end a program by force.";
    "metrics" "DESKOPS_METRICS" "WHERE" = "on",
        "Figures for Prometheus: `on` at /metrics for this computer only, `off`, or an address of their own to listen on. Behind a proxy only an address of their own.",
        "They name no person and no amount, and nobody but this computer gets them.";
    "access-minutes" "DESKOPS_ACCESS_MINUTES" "MINUTES" = "15",
        "How long the token of a program is good that signs in over HTTP, 1 to 1440. The page in a browser is not concerned: its session lasts 12 hours after it was used last.",
        "One that is stolen is soon worth nothing, and a program asks four times an hour for another.";
    "refresh-days" "DESKOPS_REFRESH_DAYS" "DAYS" = "30",
        "How long a program that has not asked for another token may still do so, 1 to 365.",
        "A laptop of a site may be away for some weeks; one that is away longer signs in again.";
    "disk-warning-mib" "DESKOPS_DISK_WARNING_MIB" "MIB" = "500",
        "Below so much free space beside the database /api/ready says that the server is not ready.",
        "Room for a backup of most databases, and a day to act.";
    "program-requests-per-minute" "DESKOPS_PROGRAM_REQUESTS_PER_MINUTE" "REQUESTS" = "100",
        "How often the programs of one user, which send a token of their own, may ask in a minute; 0 for no limit. Each server counts for itself: behind a load balancer a user may ask each of them so often.",
        "What the interface promises: enough for a program that reads or writes a day, and too little to read everything at once.";
    "program-requests-per-second" "DESKOPS_PROGRAM_REQUESTS_PER_SECOND" "REQUESTS" = "20",
        "How many of these may come within a second; 0 for no limit.",
        "What the interface promises.";
    "page-requests-per-minute" "DESKOPS_PAGE_REQUESTS_PER_MINUTE" "REQUESTS" = "3000",
        "How often the pages of one user may ask in a minute; 0 for no limit.",
        "A page is opened with eight requests and saves a row with one; a clerk who saves one each second on a page that follows what others save asks some 200 times. A pasted block of a thousand rows is let through at once, and a page that runs wild is not.";
    "page-requests-per-second" "DESKOPS_PAGE_REQUESTS_PER_SECOND" "REQUESTS" = "200",
        "How many of these may come within a second; 0 for no limit.",
        "A page that is opened asks some ten times at once, somebody may have several open, and a pasted block is saved as fast as the server saves.";
    "device-requests-per-minute" "DESKOPS_DEVICE_REQUESTS_PER_MINUTE" "REQUESTS" = "100",
        "How often the programs on one device may ask in a minute, beside the allowance of their user; twice as often at once; 0 for no limit.",
        "As much as the interface promises a user, so that a device keeps nobody to less.";
    "stranger-requests-per-minute" "DESKOPS_STRANGER_REQUESTS_PER_MINUTE" "REQUESTS" = "120",
        "How often somebody who is not signed in may ask from one address in a minute; 0 for no limit. An address of IPv6 stands for its whole network of 64 bits.",
        "A page that is opened asks once or twice before somebody signs in, and an office of thirty may stand behind one address.";
    "sign-ins-per-minute" "DESKOPS_SIGN_INS_PER_MINUTE" "TRIES" = "5",
        "How often signing in may be tried from one address in a minute, rightly or wrongly; twice as often at once; 0 for no limit. Tries for one name are limited besides.",
        "Each try costs a computer a quarter of a second on purpose; more than five a minute is no person at one door.";
    "event-streams-per-user" "DESKOPS_EVENT_STREAMS_PER_USER" "STREAMS" = "20",
        "How many pages of one user may wait for news at /api/events; 0 for no limit.",
        "Each page that is looked at holds one; twenty are more than anybody looks at.";
];
