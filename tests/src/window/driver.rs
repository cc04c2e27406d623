//! A WebDriver program on a port of its own, and a session with it.

use std::net::TcpStream;
use std::process::Command;
use std::time::Duration;

use fantoccini::wd::Capabilities;
use fantoccini::{Client, ClientBuilder};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::Value;
use tokio::runtime::Runtime;

use super::process::{Kept, free_port};
use super::wait::until;

const START: Duration = Duration::from_secs(60);

/// A started driver.
pub struct Driver {
    process: Kept,
    port: u16,
}

impl Driver {
    /// Starts the driver; `command` is told its port as `--port=N`.
    pub fn start(command: &mut Command, log: &str) -> Self {
        let port = free_port();
        let process = Kept::start(command.arg(format!("--port={port}")), log);
        until("the driver to listen", START, || TcpStream::connect(("127.0.0.1", port)).ok());
        Self { process, port }
    }

    /// The number by which the system knows the driver; what it starts are its children.
    pub fn id(&self) -> u32 {
        self.process.id()
    }

    /// Opens a session, which starts the driven program.
    pub fn session(&self, runtime: &Runtime, capabilities: Value) -> Client {
        let Value::Object(capabilities) = capabilities else {
            panic!("capabilities are an object")
        };
        let capabilities: Capabilities = capabilities.into_iter().collect();
        let address = format!("http://127.0.0.1:{}", self.port);
        let mut builder = ClientBuilder::new(HttpConnector::new());
        let connect = async {
            tokio::time::timeout(START, builder.capabilities(capabilities).connect(&address)).await
        };
        let log = self.process.log().display();
        match runtime.block_on(connect) {
            Ok(Ok(client)) => client,
            Ok(Err(error)) => panic!("the driver opens no session: {error}; see {log}"),
            Err(_) => panic!("the driver opened no session in {} s; see {log}", START.as_secs()),
        }
    }
}
