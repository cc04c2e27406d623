//! The same page in Chromium, served by the started server on a port of its own.

use std::path::Path;
use std::process::Command;

use serde_json::json;
use tempfile::TempDir;
use tokio::runtime::Runtime;

use super::clerk::sign_in;
use super::driver::Driver;
use super::process::Kept;
use super::{Page, given, leave_picture, shots};
use crate::people;

/// Chromium showing the page. Dropping it ends it and the server.
pub struct Browser {
    /// What the browser shows.
    pub page: Page,
    /// Where the server listens.
    pub address: String,
    _driver: Driver,
    /// None where it is another browser's.
    _server: Option<Kept>,
    _folder: TempDir,
}

impl Browser {
    /// Starts a server on a database that is set up, and a browser on its page, signed in.
    #[must_use]
    pub fn start() -> Self {
        let mut browser = Self::start_on(people::move_in);
        sign_in(&mut browser.page, people::PASSWORD);
        browser
    }

    /// The same on what is put into its folder before, and nobody signed in.
    #[must_use]
    pub fn start_on(prepare: impl FnOnce(&Path)) -> Self {
        let folder = TempDir::new().expect("a temporary folder can be made");
        let data = folder.path().join("data");
        std::fs::create_dir_all(&data).expect("a folder can be made");
        prepare(&data);
        Self::start_in(folder)
    }

    /// The same with an empty database, as on the first start.
    #[must_use]
    pub fn start_anew() -> Self {
        Self::start_in(TempDir::new().expect("a temporary folder can be made"))
    }

    fn start_in(folder: TempDir) -> Self {
        let data = folder.path().join("data");
        let mut command = Command::new(given("DESKOPS_SERVER"));
        command.env("DESKOPS_DATA", &data).env("DESKOPS_PAGE", given("DESKOPS_PAGE"));
        command
            .env("DESKOPS_BIND", "127.0.0.1:0")
            .env("DESKOPS_EXPORTS", folder.path().join("exports"));
        let address = |line: &str| {
            line.split("listening on ").nth(1).map(|address| address.trim().to_owned())
        };
        let (server, address) = Kept::start_and_read(&mut command, "server.log", address);
        Self::open(address, Some(server), folder)
    }

    /// Another browser on the page of the same server, with nobody signed in: another computer. The
    /// server ends with the first one.
    #[must_use]
    pub fn beside(&self) -> Self {
        let folder = TempDir::new().expect("a temporary folder can be made");
        Self::open(self.address.clone(), None, folder)
    }

    fn open(address: String, server: Option<Kept>, folder: TempDir) -> Self {
        let driver = Driver::start(&mut Command::new("chromedriver"), "chromedriver.log");
        let runtime = Runtime::new().expect("threads can be started");
        let client = driver.session(&runtime, json!({ "goog:chromeOptions": options(&folder) }));
        let page = Page::new(client, runtime);
        page.resize(1366, 768);
        page.goto(&address);
        page.ready();
        Self { page, address, _driver: driver, _server: server, _folder: folder }
    }

    /// Saves a picture of the page under this name.
    pub fn shot(&self, name: &str) {
        self.page.painted();
        let path = shots().join(format!("{name}.png"));
        std::fs::write(path, self.page.picture()).expect("the picture can be written");
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        leave_picture(|path| {
            std::fs::write(path, self.page.picture()).expect("the picture can be written");
        });
    }
}

fn options(folder: &TempDir) -> serde_json::Value {
    let profile = format!("--user-data-dir={}", folder.path().join("profile").display());
    let mut arguments = vec![profile];
    let fixed = [
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--disable-dev-shm-usage",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--font-render-hinting=none",
        "--window-size=1366,768",
    ];
    arguments.extend(fixed.map(str::to_owned));
    let mut options = json!({ "args": arguments });
    // chromedriver looks for Google Chrome; Linux distributions call theirs chromium.
    let names = ["chromium", "chromium-browser"];
    let folders = std::env::var_os("PATH").unwrap_or_default();
    let found = std::env::split_paths(&folders)
        .flat_map(|bin| names.map(|name| bin.join(name)))
        .find(|path| path.is_file());
    if let Some(binary) = found {
        options["binary"] = json!(binary);
    }
    options
}
