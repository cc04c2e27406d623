//! How browsers call the server: the addresses that it answers to beside those of this computer.

use axum::http::Uri;

/// An address as a browser says it in `Origin`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicUrl {
    /// `https` or `http`.
    pub scheme: String,
    /// Name and port, as in `Host`; without the port that the scheme has anyway.
    pub host: String,
}

impl PublicUrl {
    pub(super) fn read(text: &str) -> Result<Self, String> {
        let wrong =
            || "is written like https://deskops.example, without anything behind it".to_owned();
        let url: Uri = text.trim().parse().map_err(|_| wrong())?;
        let (Some(scheme), Some(authority)) = (url.scheme_str(), url.authority()) else {
            return Err(wrong());
        };
        let is_bare = matches!(url.path(), "" | "/") && url.query().is_none();
        if !matches!(scheme, "http" | "https") || authority.as_str().contains('@') || !is_bare {
            return Err(wrong());
        }
        Ok(Self { scheme: scheme.to_owned(), host: plain(scheme, authority.as_str()) })
    }

    /// The address as a browser says it.
    #[must_use]
    pub fn origin(&self) -> String {
        format!("{}://{}", self.scheme, self.host)
    }
}

/// A host in small letters, without the port that its scheme has anyway.
pub(crate) fn plain(scheme: &str, host: &str) -> String {
    let port = if scheme == "https" { ":443" } else { ":80" };
    let host = host.to_ascii_lowercase();
    host.strip_suffix(port).map_or(host.clone(), str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_a_scheme_and_a_host() {
        let origin = |text| PublicUrl::read(text).map(|url| url.origin());
        assert_eq!(origin("https://DeskOps.Example/").unwrap(), "https://deskops.example");
        assert_eq!(origin("https://deskops.example:443").unwrap(), "https://deskops.example");
        assert_eq!(origin("https://10.0.0.7:4600").unwrap(), "https://10.0.0.7:4600");
        for text in
            ["deskops.example", "ftp://x", "https://a@x", "https://x/deskops", "https://x/?y", ""]
        {
            assert!(origin(text).is_err(), "{text}");
        }
    }
}
