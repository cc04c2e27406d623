//! A screen that nobody looks at: pictures of it, and the close button that a window manager would draw.

use std::path::Path;
use std::process::Command;
use std::time::Duration;

use x11rb::connection::Connection as _;
use x11rb::protocol::xproto::{
    Atom, AtomEnum, ClientMessageEvent, ConnectionExt as _, EventMask, ImageFormat, Window,
};
use x11rb::rust_connection::RustConnection;

use super::process::Kept;
use super::wait::until;

const PATIENCE: Duration = Duration::from_secs(30);
const DEPTH: u8 = 24;

/// A started X server.
pub struct Display {
    name: String,
    connection: RustConnection,
    root: Window,
    _server: Kept,
}

impl Display {
    /// Starts a screen of this size on the first free number.
    pub fn start(width: u16, height: u16) -> Self {
        let mut command = Command::new("Xvfb");
        command.args(["-displayfd", "1", "-nolisten", "tcp", "-noreset"]);
        command.args(["-screen", "0", &format!("{width}x{height}x{DEPTH}")]);
        let (server, number) =
            Kept::start_and_read(&mut command, "xvfb.log", |line| line.trim().parse::<u32>().ok());
        let name = format!(":{number}");
        let (connection, screen) =
            x11rb::connect(Some(&name)).expect("the screen that was just started answers");
        let root = connection.setup().roots[screen].root;
        Self { name, connection, root, _server: server }
    }

    /// What programs are told as `DISPLAY`.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Takes a picture once two in a row are equal.
    pub fn shot(&self, path: &Path) {
        let mut last = Vec::new();
        let pixels = until("the picture to stand still", PATIENCE, || {
            let now = self.pixels();
            let is_still = now == last;
            last.clone_from(&now);
            is_still.then_some(now)
        });
        let (width, height) = self.size();
        let file = std::fs::File::create(path).expect("the picture can be written");
        let mut encoder =
            png::Encoder::new(std::io::BufWriter::new(file), width.into(), height.into());
        encoder.set_color(png::ColorType::Rgb);
        encoder.set_depth(png::BitDepth::Eight);
        let mut writer = encoder.write_header().expect("the picture can be written");
        // X gives blue, green, red and a byte of nothing.
        let rgb: Vec<u8> =
            pixels.chunks_exact(4).flat_map(|pixel| [pixel[2], pixel[1], pixel[0]]).collect();
        writer.write_image_data(&rgb).expect("the picture can be written");
    }

    /// Presses the close button of the window of this program; false if it shows none.
    pub fn close_window_of(&self, process: u32) -> bool {
        let Some(window) = self.window_of(process) else { return false };
        let message = ClientMessageEvent::new(
            32,
            window,
            self.atom("WM_PROTOCOLS"),
            [self.atom("WM_DELETE_WINDOW"), x11rb::CURRENT_TIME, 0, 0, 0],
        );
        self.connection
            .send_event(false, window, EventMask::NO_EVENT, message)
            .expect("the screen answers");
        self.connection.flush().expect("the screen answers");
        true
    }

    /// The window of a program that has a close button.
    fn window_of(&self, process: u32) -> Option<Window> {
        let (owner, protocols) = (self.atom("_NET_WM_PID"), self.atom("WM_PROTOCOLS"));
        let shown = self.atom("WM_NORMAL_HINTS");
        let children = self.connection.query_tree(self.root).ok()?.reply().ok()?.children;
        children.into_iter().find(|&window| {
            self.property(window, owner, AtomEnum::CARDINAL.into()).first() == Some(&process)
                && self
                    .property(window, protocols, AtomEnum::ATOM.into())
                    .contains(&self.atom("WM_DELETE_WINDOW"))
                && !self.property(window, shown, AtomEnum::ANY.into()).is_empty()
                && self.is_viewable(window)
        })
    }

    fn is_viewable(&self, window: Window) -> bool {
        let attributes = self
            .connection
            .get_window_attributes(window)
            .ok()
            .and_then(|cookie| cookie.reply().ok());
        attributes
            .is_some_and(|found| found.map_state == x11rb::protocol::xproto::MapState::VIEWABLE)
    }

    fn property(&self, window: Window, name: Atom, kind: Atom) -> Vec<u32> {
        let cookie = self.connection.get_property(false, window, name, kind, 0, 64).ok();
        let reply = cookie.and_then(|cookie| cookie.reply().ok());
        reply.and_then(|reply| Some(reply.value32()?.collect())).unwrap_or_default()
    }

    fn atom(&self, name: &str) -> Atom {
        let cookie =
            self.connection.intern_atom(false, name.as_bytes()).expect("the screen answers");
        cookie.reply().expect("the screen answers").atom
    }

    fn pixels(&self) -> Vec<u8> {
        let (width, height) = self.size();
        let picture = self.connection.get_image(
            ImageFormat::Z_PIXMAP,
            self.root,
            0,
            0,
            width,
            height,
            u32::MAX,
        );
        picture.expect("the screen answers").reply().expect("the screen gives its picture").data
    }

    fn size(&self) -> (u16, u16) {
        let cookie = self.connection.get_geometry(self.root).expect("the screen answers");
        let geometry = cookie.reply().expect("the screen answers");
        (geometry.width, geometry.height)
    }
}
