//! The address of head office as somebody types it, and as it is kept: `https://deskops.example`.

use deskops_domain::api::Refusal;
use deskops_domain::problem::clip;
use reqwest::Url;

/// An address that can be asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Address(Url);

impl Address {
    /// Reads what was typed. Without a scheme it is `https`, and `http` at this computer itself.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn read(typed: &str) -> Result<Self, Refusal> {
        let text = typed.trim();
        if text.is_empty() {
            return Err(wrong("Type the address of head office, such as deskops.example."));
        }
        if text.contains(char::is_whitespace) {
            return Err(wrong("An address has no spaces."));
        }
        let url = match text.split_once("://") {
            Some(_) => Url::parse(text),
            // What is encrypted for others is not for a server on this computer.
            None => Url::parse(&format!("https://{text}")).and_then(|url| {
                if is_loopback(&url) { Url::parse(&format!("http://{text}")) } else { Ok(url) }
            }),
        };
        let url = url.map_err(|_| {
            wrong(&format!("`{}` is no address. Write it like deskops.example.", clip(text)))
        })?;
        check(&url)?;
        Self::bare(url)
    }

    /// Leaves out what a browser's address bar adds.
    fn bare(mut url: Url) -> Result<Self, Refusal> {
        if !matches!(url.path(), "" | "/" | "/index.html") {
            let path = clip(url.path());
            let told = format!("Leave out `{path}`: DeskOps is at the address itself.");
            return Err(wrong(&told));
        }
        url.set_path("");
        url.set_query(None);
        url.set_fragment(None);
        Ok(Self(url))
    }

    /// As it is kept and shown: without an end that says nothing.
    #[must_use]
    pub fn text(&self) -> String {
        self.0.as_str().trim_end_matches('/').to_owned()
    }

    /// The name in it, without a port.
    #[must_use]
    pub fn name(&self) -> String {
        self.0.host_str().unwrap_or_default().to_owned()
    }

    /// The port that is asked.
    #[must_use]
    pub fn port(&self) -> u16 {
        self.0.port_or_known_default().unwrap_or(443)
    }

    /// Whether what is sent can be read by nobody else.
    #[must_use]
    pub fn is_encrypted(&self) -> bool {
        self.0.scheme() == "https"
    }

    /// Whether it is this computer itself.
    #[must_use]
    pub fn is_here(&self) -> bool {
        is_loopback(&self.0)
    }

    /// The address of a path of it.
    #[must_use]
    pub fn at(&self, path: &str) -> String {
        format!("{}{path}", self.text())
    }
}

fn check(url: &Url) -> Result<(), Refusal> {
    match url.scheme() {
        "https" => {}
        "http" if is_loopback(url) => {}
        "http" => {
            return Err(wrong(
                "Head office is asked by https:// only: over http:// anybody on the way reads the password.",
            ));
        }
        other => {
            return Err(wrong(&format!(
                "`{}://` is not spoken by DeskOps. Write https://, or only the name.",
                clip(other)
            )));
        }
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err(wrong("Leave out the name and password before the `@`: you sign in below."));
    }
    if url.host_str().is_none_or(str::is_empty) {
        return Err(wrong("The name of the server is missing."));
    }
    if url.port() == Some(0) {
        return Err(wrong("The port is 0; it is 1 to 65535."));
    }
    Ok(())
}

fn is_loopback(url: &Url) -> bool {
    let host = url.host_str().unwrap_or_default();
    let plain = host.trim_start_matches('[').trim_end_matches(']');
    host == "localhost" || plain.parse::<std::net::IpAddr>().is_ok_and(|ip| ip.is_loopback())
}

fn wrong(message: &str) -> Refusal {
    Refusal::one("address", "E-ADDRESS", message)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_kept_without_what_says_nothing() {
        for (typed, kept) in [
            ("deskops.example", "https://deskops.example"),
            ("  DeskOps.Example/ ", "https://deskops.example"),
            ("https://deskops.example:443/", "https://deskops.example"),
            ("https://deskops.example/#/dashboard?site=x", "https://deskops.example"),
            ("10.0.0.7:4600", "https://10.0.0.7:4600"),
            ("localhost:4600", "http://localhost:4600"),
            ("https://localhost:4600", "https://localhost:4600"),
            ("http://127.0.0.1:4600", "http://127.0.0.1:4600"),
            ("http://[::1]:4600", "http://[::1]:4600"),
            ("http://127.8.8.8", "http://127.8.8.8"),
        ] {
            assert_eq!(Address::read(typed).unwrap().text(), kept, "{typed}");
        }
    }

    #[test]
    fn what_is_wrong_with_an_address_is_told() {
        for (typed, words) in [
            ("", "Type the address"),
            ("   ", "Type the address"),
            ("head office", "no spaces"),
            ("http://deskops.example", "by https:// only"),
            ("http://127.0.0.1.evil.example", "by https:// only"),
            ("http://localhost.evil.example", "by https:// only"),
            ("ftp://deskops.example", "`ftp://` is not spoken"),
            ("file:///etc/passwd", "`file://` is not spoken"),
            ("https://huda:secret@deskops.example", "before the `@`"),
            ("https://deskops.example/production", "Leave out `/production`"),
            ("https://", "is no address"),
            ("deskops.example:99999", "is no address"),
            ("deskops.example:0", "The port is 0"),
            ("https://[::1", "is no address"),
        ] {
            let refusal = Address::read(typed).unwrap_err();
            let problem = &refusal.details[0];
            assert_eq!((problem.path.as_str(), problem.code.as_str()), ("address", "E-ADDRESS"));
            assert!(problem.message.contains(words), "{typed}: {}", problem.message);
            assert!(!problem.message.contains("secret"), "{}", problem.message);
        }
    }

    #[test]
    fn a_port_and_an_encryption_follow_from_the_address() {
        let address = Address::read("deskops.example").unwrap();
        assert_eq!((address.port(), address.is_encrypted()), (443, true));
        assert_eq!(address.at("/api/hello"), "https://deskops.example/api/hello");
        let here = Address::read("localhost:4600").unwrap();
        assert_eq!((here.port(), here.is_encrypted(), here.is_here()), (4600, false, true));
    }
}
