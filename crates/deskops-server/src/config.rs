//! What the server is told when it starts: flags, or variables of the same meaning.

use std::net::SocketAddr;
use std::path::PathBuf;

use clap::{Parser, Subcommand};

/// Serves DeskOps to a browser on this computer.
#[derive(Debug, Parser)]
#[command(name = "deskops-server", version)]
pub struct Config {
    /// The folder of the database.
    #[arg(long, env = "DESKOPS_DATA", global = true, default_value = "deskops-data")]
    pub data: PathBuf,
    /// The folder of files that are taken away; `exports` beside the database when left out.
    #[arg(long, env = "DESKOPS_EXPORTS", global = true)]
    pub exports: Option<PathBuf>,
    /// The folder of the page.
    #[arg(long, env = "DESKOPS_PAGE", global = true, default_value = "ui/dist")]
    pub page: PathBuf,
    /// Where to listen: this computer only, because passwords would cross a network in the clear. Port 0 takes a free one.
    #[arg(long, env = "DESKOPS_BIND", global = true, default_value = "127.0.0.1:4600", value_parser = read_listen)]
    pub listen: SocketAddr,
    /// What to do; `serve` when left out.
    #[command(subcommand)]
    pub task: Option<Task>,
}

/// What the server can do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Subcommand)]
pub enum Task {
    /// Serves until it is told to stop.
    Serve,
    /// Prints the document of the interface, OpenAPI 3.1.
    Openapi,
}

fn read_listen(text: &str) -> Result<SocketAddr, String> {
    let address = text
        .strip_prefix("localhost:")
        .map_or_else(|| text.to_owned(), |port| format!("127.0.0.1:{port}"));
    let address: SocketAddr = address
        .parse()
        .map_err(|_| "write an address and a port, like 127.0.0.1:4600".to_owned())?;
    if address.ip().is_loopback() {
        Ok(address)
    } else {
        let port = address.port();
        Err(format!(
            "{address} can be reached from other computers, and DeskOps would send passwords to them unencrypted: use 127.0.0.1:{port}"
        ))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_server_listens_to_this_computer_only() {
        for text in ["127.0.0.1:4600", "localhost:0", "[::1]:80"] {
            assert!(read_listen(text).is_ok(), "{text}");
        }
        for text in ["0.0.0.0:4600", "[::]:4600", "192.168.1.7:4600"] {
            assert!(read_listen(text).unwrap_err().contains("unencrypted"), "{text}");
        }
        assert!(read_listen("4600").is_err());
    }
}
