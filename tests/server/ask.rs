//! A client of a few lines: it sends the very bytes that a test says, in the clear or by TLS.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::sync::Arc;
use std::time::Duration;

use rustls::pki_types::ServerName;
use rustls::{ClientConfig, ClientConnection, StreamOwned};
use serde_json::Value;

/// What came back.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub head: String,
    pub body: String,
}

impl Answer {
    /// A header, by its name in small letters.
    pub fn header(&self, name: &str) -> Option<&str> {
        let line = |line: &&str| line.to_lowercase().starts_with(&format!("{name}: "));
        Some(self.head.lines().find(line)?[name.len() + 2..].trim())
    }

    pub fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|error| panic!("{error}: {self:?}"))
    }
}

/// A request as text, with its length, for one answer.
pub fn request(method: &str, path: &str, headers: &[(&str, &str)], body: &str) -> String {
    let mut text = format!("{method} {path} HTTP/1.1\r\nConnection: close\r\n");
    let host = [("Host", "localhost"), ("Content-Type", "application/json")];
    let given = |name: &str| headers.iter().any(|(given, _)| given.eq_ignore_ascii_case(name));
    let all = host.iter().filter(|(name, _)| !given(name)).chain(headers);
    for (name, value) in all {
        text += &format!("{name}: {value}\r\n");
    }
    text + &format!("Content-Length: {}\r\n\r\n{body}", body.len())
}

/// Connects, with a limit on every wait.
pub fn connect(address: &str) -> TcpStream {
    try_connect(address).unwrap()
}

fn try_connect(address: &str) -> std::io::Result<TcpStream> {
    let stream = TcpStream::connect(address)?;
    stream.set_read_timeout(Some(Duration::from_secs(20)))?;
    Ok(stream)
}

/// Sends a request in the clear.
pub fn ask(address: &str, request: &str) -> Answer {
    try_ask(address, request).unwrap()
}

/// Sends a request in the clear to a server that may be gone, or go while it answers.
pub fn try_ask(address: &str, request: &str) -> std::io::Result<Answer> {
    let mut stream = try_connect(address)?;
    stream.write_all(request.as_bytes())?;
    answer(&mut stream)
}

/// Sends a request by TLS, to a server that must be called so. The protocol that was agreed on, too.
pub fn ask_tls(
    address: &str,
    config: Arc<ClientConfig>,
    request: &str,
) -> std::io::Result<(Answer, String, Vec<u8>)> {
    let name = ServerName::try_from("localhost").unwrap();
    let connection = ClientConnection::new(config, name).map_err(std::io::Error::other)?;
    let mut stream = StreamOwned::new(connection, connect(address));
    stream.write_all(request.as_bytes())?;
    let answer = answer(&mut stream)?;
    let version = format!("{:?}", stream.conn.protocol_version().unwrap());
    let certificate = stream.conn.peer_certificates().unwrap()[0].to_vec();
    Ok((answer, version, certificate))
}

/// Reads what comes back until its end.
pub fn answer(stream: &mut impl Read) -> std::io::Result<Answer> {
    let mut bytes = Vec::new();
    stream.read_to_end(&mut bytes)?;
    let text = String::from_utf8(bytes).unwrap();
    let (head, body) =
        text.split_once("\r\n\r\n").ok_or_else(|| std::io::Error::other(text.clone()))?;
    let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).unwrap();
    Ok(Answer { status, head: head.to_owned(), body: body.to_owned() })
}
