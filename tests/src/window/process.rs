//! Other programs that live no longer than the test which started them.

use std::fs::File;
use std::io::{BufRead as _, BufReader};
use std::net::TcpListener;
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use rustix::process::{Pid, Signal, kill_process, kill_process_group};

/// A started program; dropping it ends it and whatever it started.
pub struct Kept {
    child: Child,
    log: PathBuf,
}

impl Kept {
    /// Starts a program whose complaints go to a file of this name in the folder of the pictures.
    pub fn start(command: &mut Command, log: &str) -> Self {
        Self::spawn(command.stdout(Stdio::null()), log)
    }

    fn spawn(command: &mut Command, log: &str) -> Self {
        let log = super::shots().join(log);
        let file = File::create(&log).expect("the log can be written");
        command.process_group(0).stdin(Stdio::null()).stderr(file);
        let child = command
            .spawn()
            .unwrap_or_else(|error| panic!("{command:?} cannot be started: {error}"));
        Self { child, log }
    }

    /// Starts a program and gives the first line that it prints for which `pick` finds something.
    pub fn start_and_read<T>(
        command: &mut Command,
        log: &str,
        pick: impl Fn(&str) -> Option<T>,
    ) -> (Self, T) {
        let mut kept = Self::spawn(command.stdout(Stdio::piped()), log);
        let output = kept.child.stdout.take().expect("the output is piped");
        let mut lines = BufReader::new(output).lines();
        // The program may print more later; somebody must go on reading, or it stops at a full pipe.
        let found = lines.by_ref().map_while(Result::ok).find_map(|line| pick(&line));
        let found = found.unwrap_or_else(|| {
            panic!("{command:?} ended without its line; see {}", kept.log.display())
        });
        std::thread::spawn(move || lines.for_each(drop));
        (kept, found)
    }

    /// The number by which the system knows it.
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// Where its complaints are.
    pub fn log(&self) -> &Path {
        &self.log
    }
}

impl Drop for Kept {
    fn drop(&mut self) {
        // It may have ended by itself: then there is nothing to end.
        let _ = kill_process_group(process(self.id()), Signal::KILL);
        let _ = self.child.wait();
    }
}

/// Ends a program as a power cut does: it gets no chance to write anything.
pub fn end_now(id: u32) {
    kill_process(process(id), Signal::KILL).expect("the program was running");
}

fn process(id: u32) -> Pid {
    i32::try_from(id).ok().and_then(Pid::from_raw).expect("a process has a small number above zero")
}

/// A port that nobody listens on.
pub fn free_port() -> u16 {
    let listener = TcpListener::bind(("127.0.0.1", 0)).expect("this computer can listen to itself");
    listener.local_addr().expect("a bound listener has an address").port()
}
