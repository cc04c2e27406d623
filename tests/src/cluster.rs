//! A PostgreSQL of the tests' own, in a temporary folder, reached by a socket in it: nothing listens
//! on the network, and it ends when the tests do, however they end.

use std::fs::{self, Permissions};
use std::io::{BufRead as _, BufReader};
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};

/// Makes the cluster, starts it, says so, and ends it when nobody holds its input any more.
const SCRIPT: &str = r#"
set -e
as=""
[ "$(id -u)" != 0 ] || as="runuser -u postgres --"
$as "$1/initdb" -D "$2/data" -U deskops -A trust -E UTF8 --locale=C --no-sync >"$2/log" 2>&1
$as "$1/pg_ctl" -D "$2/data" -w -l "$2/data/log" -o "-k $2 -c listen_addresses='' -c max_connections=200 $3" start >/dev/null 2>&1
"$1/createdb" -h "$2" -U deskops deskops
echo ready
read -r _ || true
$as "$1/pg_ctl" -D "$2/data" -m immediate stop >/dev/null 2>&1 || true
rm -rf "$2"
"#;
/// Tests are not to wait for a disk: what is lost when the power goes is lost with the folder.
const QUICK: &str = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off";

/// A running cluster. It ends when this is dropped, or when the process ends.
pub struct Cluster {
    folder: PathBuf,
    _child: Child,
}

static CLUSTER: OnceLock<Cluster> = OnceLock::new();
static NEXT: AtomicU32 = AtomicU32::new(1);

/// An empty database of this test alone, on the cluster that the tests of a process share.
///
/// # Panics
/// When no cluster can be started.
#[must_use]
pub fn fresh_url() -> String {
    CLUSTER.get_or_init(|| Cluster::start(QUICK)).fresh_url()
}

impl Cluster {
    /// Starts one with settings of its own (`-c name=value`).
    ///
    /// # Panics
    /// When PostgreSQL is not installed, or does not start.
    #[must_use]
    pub fn start(settings: &str) -> Self {
        let programs = programs().expect("PostgreSQL is installed: `cargo xtask test` does it");
        let folder = tempfile::Builder::new().prefix("deskops-pg-").tempdir().expect("a folder");
        let folder = folder.keep();
        // Root may not run it: the package's own user does, in a folder of ours.
        fs::set_permissions(&folder, Permissions::from_mode(0o777)).expect("a folder of ours");
        let mut child = Command::new("sh")
            .args(["-c", SCRIPT, "sh"])
            .arg(programs)
            .arg(&folder)
            .arg(settings)
            .current_dir("/")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("a shell can be started");
        let mut line = String::new();
        let said = child.stdout.take().expect("it is piped");
        BufReader::new(said).read_line(&mut line).expect("it says when it is ready");
        let log = || {
            ["log", "data/log"].map(|log| fs::read_to_string(folder.join(log)).unwrap_or_default())
        };
        assert_eq!(line.trim(), "ready", "PostgreSQL did not start: {:?}", log());
        Self { folder, _child: child }
    }

    /// A place for the tables of one desk alone.
    ///
    /// # Panics
    /// When the server refuses.
    #[must_use]
    pub fn fresh_url(&self) -> String {
        let schema = format!("desk{}", NEXT.fetch_add(1, Ordering::Relaxed));
        self.psql(&format!("create schema {schema}"));
        self.url(&schema)
    }

    /// The address of a schema.
    #[must_use]
    pub fn url(&self, schema: &str) -> String {
        format!(
            "postgres:///deskops?host={}&user=deskops&options=-csearch_path%3D{schema}",
            self.folder.display()
        )
    }

    /// Does a statement beside all desks; what it answers, row by row.
    ///
    /// # Panics
    /// When the server refuses.
    pub fn psql(&self, sql: &str) -> String {
        let output = Command::new(programs().expect("it runs").join("psql"))
            .args(["-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-U", "deskops", "-d"])
            .args(["deskops", "-c", sql, "-h"])
            .arg(&self.folder)
            .output()
            .expect("psql can be started");
        assert!(output.status.success(), "{sql}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8_lossy(&output.stdout).trim().to_owned()
    }
}

/// The folder of the newest PostgreSQL on this computer.
fn programs() -> Option<PathBuf> {
    let number = |path: &Path| path.file_name()?.to_str()?.parse::<u32>().ok();
    let versions = fs::read_dir("/usr/lib/postgresql").ok()?.flatten().map(|entry| entry.path());
    let newest = versions
        .filter(|path| path.join("bin/initdb").exists())
        .max_by_key(|path| number(path).unwrap_or(0));
    newest.map(|path| path.join("bin"))
}
