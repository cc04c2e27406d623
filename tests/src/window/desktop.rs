//! The desktop program, started as a person starts it: a home folder, a screen, a window.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use serde_json::json;
use tempfile::TempDir;
use tokio::runtime::Runtime;

use super::clerk::sign_in;
use super::display::Display;
use super::driver::Driver;
use super::keyring::Keyring;
use super::process::end_now;
use super::{Page, given, leave_picture, shots, until};
use crate::people;

const PATIENCE: Duration = Duration::from_secs(30);

/// The address of no session bus: a test must not find the keyring of whoever runs it.
const NO_BUS: &str = "disabled:";

/// A laptop's disk: what the program keeps there outlives the program, and not the test.
pub struct Home {
    folder: TempDir,
}

impl Home {
    /// A home in which DeskOps is set up.
    #[must_use]
    pub fn new() -> Self {
        let home = Self::empty();
        people::move_in(&home.data());
        home
    }

    /// An empty home, as on the first start.
    #[must_use]
    pub fn empty() -> Self {
        Self { folder: TempDir::new().expect("a temporary folder can be made") }
    }

    /// The folder that DeskOps keeps its database in.
    #[must_use]
    pub fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    /// The folder that files are taken away to.
    #[must_use]
    pub fn exports(&self) -> PathBuf {
        self.folder.path().join("exports")
    }

    pub(super) fn path(&self) -> &Path {
        self.folder.path()
    }
}

impl Default for Home {
    fn default() -> Self {
        Self::new()
    }
}

/// DeskOps in its window. Dropping it ends it.
pub struct Desktop {
    /// What the window shows.
    pub page: Page,
    program: u32,
    // Ended in this order: the driver and its window, then the screen that it stands on.
    _driver: Driver,
    display: Display,
}

impl Desktop {
    /// Starts DeskOps, waits until its page is ready, and signs in where it asks for that.
    #[must_use]
    pub fn start(home: &Home) -> Self {
        let mut desktop = Self::start_at_the_door(home);
        sign_in(&mut desktop.page, people::PASSWORD);
        desktop
    }

    /// Starts DeskOps and waits until its page is ready, whatever it asks for.
    #[must_use]
    pub fn start_at_the_door(home: &Home) -> Self {
        let desktop = Self::start_unready(home);
        desktop.page.ready();
        desktop
    }

    /// Starts DeskOps, and waits only for its window.
    #[must_use]
    pub fn start_unready(home: &Home) -> Self {
        Self::start_on(home, NO_BUS)
    }

    /// Starts DeskOps at the door, on a computer with this keyring.
    #[must_use]
    pub fn start_with(home: &Home, keyring: &Keyring) -> Self {
        let desktop = Self::start_on(home, keyring.bus());
        desktop.page.ready();
        desktop
    }

    fn start_on(home: &Home, bus: &str) -> Self {
        let display = Display::start(1366, 768);
        let mut command = Command::new("WebKitWebDriver");
        // Without the first two the window never lets itself be driven.
        command.env("TAURI_AUTOMATION", "true").env("TAURI_WEBVIEW_AUTOMATION", "true");
        command
            .env("DISPLAY", display.name())
            .env_remove("WAYLAND_DISPLAY")
            .env("GDK_BACKEND", "x11")
            .env("DBUS_SESSION_BUS_ADDRESS", bus);
        // There is no graphics card behind this screen.
        command.env("WEBKIT_DISABLE_DMABUF_RENDERER", "1").env("LIBGL_ALWAYS_SOFTWARE", "1");
        command.env("NO_AT_BRIDGE", "1").env("GSETTINGS_BACKEND", "memory");
        command
            .env("HOME", home.path())
            .env("DESKOPS_DATA", home.data())
            .env("DESKOPS_EXPORTS", home.exports());
        for (name, folder) in
            [("XDG_CONFIG_HOME", "config"), ("XDG_DATA_HOME", "share"), ("XDG_CACHE_HOME", "cache")]
        {
            command.env(name, home.path().join(folder));
        }
        let driver = Driver::start(&mut command, "webkit-driver.log");
        let runtime = Runtime::new().expect("threads can be started");
        let options = json!({ "binary": given("DESKOPS_APP"), "args": [] });
        let client = driver.session(&runtime, json!({ "webkitgtk:browserOptions": options }));
        let program = child_of(driver.id(), &given("DESKOPS_APP"));
        Self { page: Page::new(client, runtime), program, _driver: driver, display }
    }

    /// Closes the window by its button, and waits until the program has ended by itself.
    pub fn close(self) {
        until("the window to be there", PATIENCE, || {
            self.display.close_window_of(self.program).then_some(())
        });
        until("DeskOps to end", PATIENCE, || is_gone(self.program).then_some(()));
    }

    /// Ends the program as a power cut does.
    pub fn kill(self) {
        end_now(self.program);
        until("DeskOps to end", PATIENCE, || is_gone(self.program).then_some(()));
    }

    /// Takes a picture of the screen under this name, and says where it is.
    pub fn shot(&self, name: &str) -> PathBuf {
        self.page.painted();
        let path = shots().join(format!("{name}.png"));
        self.display.shot(&path);
        path
    }
}

impl Drop for Desktop {
    fn drop(&mut self) {
        leave_picture(|path| self.display.shot(path));
    }
}

/// The number of the driven program: the child of the driver that runs this binary.
fn child_of(driver: u32, binary: &Path) -> u32 {
    let binary = fs::canonicalize(binary).expect("the built program is there");
    until("the program to be seen", PATIENCE, || {
        let processes =
            fs::read_dir("/proc").expect("Linux lists its processes").filter_map(Result::ok);
        let numbers =
            processes.filter_map(|process| process.file_name().to_str()?.parse::<u32>().ok());
        numbers.into_iter().find(|&number| {
            fs::read_link(format!("/proc/{number}/exe")).is_ok_and(|exe| exe == binary)
                && stat(number).is_some_and(|(_, parent)| parent == driver)
        })
    })
}

fn is_gone(number: u32) -> bool {
    stat(number).is_none_or(|(state, _)| state == "Z")
}

/// The state and the parent of a process, if there is one.
fn stat(number: u32) -> Option<(String, u32)> {
    let stat = fs::read_to_string(format!("/proc/{number}/stat")).ok()?;
    // The name comes second, between brackets, and may hold anything.
    let mut words = stat.rsplit_once(')')?.1.split_whitespace();
    Some((words.next()?.to_owned(), words.next()?.parse().ok()?))
}
