//! Whose tokens are believed beside those that DeskOps hands out itself.

use axum::http::Uri;

use super::config::{Reader, each, optional};

/// An issuer of OpenID Connect, and what its tokens say where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Oidc {
    /// Its address, as it stands in `iss`.
    pub issuer: String,
    /// For whom tokens must be meant: one of these in `aud`, or in Clerk's `azp`.
    pub audiences: Vec<String>,
    /// Where its keys are, when it does not say so itself.
    pub jwks_url: Option<String>,
    /// The claim that names the user.
    pub name_claim: String,
    /// The claim of the role.
    pub role_claim: String,
    /// The claim of the sites.
    pub sites_claim: String,
}

/// The issuer of tokens, where one is named. What belongs to none is told.
pub(super) fn read(reader: &mut Reader<'_>) -> Option<Oidc> {
    let [name, role, sites] = ["oidc-name-claim", "oidc-role-claim", "oidc-sites-claim"]
        .map(|key| reader.take(key, read_claim));
    if optional(reader.given.text("oidc-issuer")).is_none() {
        for key in ["oidc-audience", "oidc-jwks-url"] {
            if let Some(by) = reader.given.by(key) {
                reader.wrong.push(format!("`{key}` needs its issuer: --oidc-issuer ({by})."));
            }
        }
        return None;
    }
    let issuer = reader.take("oidc-issuer", read_url);
    let audiences = reader.take("oidc-audience", |text| {
        let named = each(text, |part| Ok(part.to_owned()))?;
        let why = "says for whom the tokens are meant; without it those for every other program of the issuer would be taken";
        if named.is_empty() { Err(why.to_owned()) } else { Ok(named) }
    });
    let jwks = reader.take("oidc-jwks-url", |text| optional(text).map(read_url).transpose());
    Some(Oidc {
        issuer: issuer?,
        audiences: audiences?,
        jwks_url: jwks?,
        name_claim: name?,
        role_claim: role?,
        sites_claim: sites?,
    })
}

/// An address that nobody between can change: HTTPS, or this computer.
fn read_url(text: &str) -> Result<String, String> {
    if is_safe_url(text) {
        return Ok(text.to_owned());
    }
    Err("is an address like https://login.example, without a question mark; plain http only for this computer itself".to_owned())
}

/// Whether what is fetched from an address comes from whom it names.
pub(crate) fn is_safe_url(text: &str) -> bool {
    let Ok(url) = text.parse::<Uri>() else { return false };
    let is_here = matches!(url.host(), Some("localhost" | "127.0.0.1" | "[::1]"));
    let is_safe = match url.scheme_str() {
        Some("https") => true,
        Some("http") => is_here,
        _ => false,
    };
    let has_user = url.authority().is_some_and(|authority| authority.as_str().contains('@'));
    is_safe && !has_user && url.host().is_some() && url.query().is_none() && !text.contains('#')
}

/// The name of a claim.
fn read_claim(text: &str) -> Result<String, String> {
    let is_name = !text.is_empty() && text.chars().all(|c| !c.is_whitespace() && !c.is_control());
    if is_name { Ok(text.to_owned()) } else { Err("is the name of a claim".to_owned()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_could_be_changed_on_its_way_is_no_issuer() {
        for good in
            ["https://clerk.example", "https://x/realms/a/", "http://127.0.0.1:1", "http://[::1]/a"]
        {
            assert_eq!(read_url(good).as_deref(), Ok(good));
        }
        for bad in [
            "http://clerk.example",
            "clerk.example",
            "https://a@x",
            "https://x?y",
            "https://x#y",
            "ftp://x",
            "https://",
            "http://localhost.evil",
            "",
        ] {
            assert!(read_url(bad).is_err(), "{bad}");
        }
        assert!(read_claim("a b").is_err() && read_claim("https://x/role").is_ok());
    }
}
