//! A started head office for a window that signs in to it.

use std::path::Path;
use std::process::Command;

use tempfile::TempDir;

use super::given;
use super::process::Kept;

/// A started server. Dropping it ends it.
pub struct Served {
    /// Where it listens: `http://127.0.0.1:…` or `https://…`.
    pub address: String,
    _server: Kept,
    /// Its data.
    pub folder: TempDir,
}

impl Served {
    /// Starts a server on what is put into its folder before.
    #[must_use]
    pub fn start_on(prepare: impl FnOnce(&Path), arguments: &[&str]) -> Self {
        let folder = TempDir::new().expect("a temporary folder can be made");
        prepare(folder.path());
        let mut command = Command::new(given("DESKOPS_SERVER"));
        command.env("DESKOPS_DATA", folder.path()).env("DESKOPS_BIND", "127.0.0.1:0");
        command.current_dir(folder.path()).args(arguments);
        let address = |line: &str| {
            line.split("listening on ").nth(1).map(|address| address.trim().to_owned())
        };
        let (server, address) = Kept::start_and_read(&mut command, "head-office.log", address);
        Self { address, _server: server, folder }
    }
}
