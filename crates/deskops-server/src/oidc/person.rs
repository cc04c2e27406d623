//! What a token's claims mean here: name, role and sites. Pure.

use deskops_core::accounts::Identity;
use deskops_domain::access::Role;
use deskops_domain::change::hex;
use deskops_domain::choice::Choices as _;
use serde_json::Value as Json;
use sha2::{Digest as _, Sha256};

use super::token::{Claims, is_name, text};
use crate::settings::Oidc;

/// What every name from outside begins with; no sign-in name of DeskOps may hold a colon.
const OUTSIDE: &str = "oidc:";
/// Signs of the mark behind names that an issuer may give to several people.
const MARK: usize = 12;
/// What means every site.
const EVERY_SITE: &str = "*";

/// Whom these claims name. The error is a sentence for whoever sent them.
pub(super) fn identity(claims: &Claims, oidc: &Oidc) -> Result<Identity, &'static str> {
    let subject = text(claims, "sub").ok_or("The token names nobody.")?;
    let called = match at(claims, &oidc.name_claim) {
        Some(Json::String(name)) if is_name(name) => name.clone(),
        _ => return Err("The token does not hold the name of its user."),
    };
    let name = if oidc.name_claim == "sub" {
        format!("{OUTSIDE}{called}")
    } else {
        // Names of people change hands, subjects do not.
        let mark = hex(&Sha256::digest(format!("{} {subject}", oidc.issuer)));
        format!("{OUTSIDE}{called}#{}", &mark[..MARK])
    };
    let role = words(at(claims, &oidc.role_claim)).iter().filter_map(|word| role(word)).max();
    let sites = words(at(claims, &oidc.sites_claim));
    let is_everywhere = sites.iter().any(|site| site == EVERY_SITE);
    let sites = if is_everywhere { None } else { Some(sites) };
    Ok(Identity { name, called, role, sites, issuer: oidc.issuer.clone() })
}

fn role(word: &str) -> Option<Role> {
    Role::from_code(&word.to_ascii_uppercase())
}

/// The claim at a path. A claim whose own name has dots in it, like an address, goes before.
fn at<'a>(claims: &'a Claims, path: &str) -> Option<&'a Json> {
    if let Some(whole) = claims.get(path) {
        return Some(whole);
    }
    let mut parts = path.split('.');
    let first = claims.get(parts.next()?)?;
    parts.try_fold(first, |inside, part| inside.get(part))
}

/// The words of a claim that is a list of texts, or one text with commas or spaces between them.
fn words(claim: Option<&Json>) -> Vec<String> {
    let split = |text: &str| -> Vec<String> {
        let parts = text.split(|c: char| c == ',' || c.is_whitespace());
        parts.filter(|part| !part.is_empty()).map(str::to_owned).collect()
    };
    match claim {
        Some(Json::String(text)) => split(text),
        Some(Json::Array(list)) => {
            list.iter().filter_map(Json::as_str).map(|text| text.trim().to_owned()).collect()
        }
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn oidc(name: &str, role: &str, sites: &str) -> Oidc {
        Oidc {
            issuer: "https://x".into(),
            audiences: vec!["deskops".into()],
            jwks_url: None,
            name_claim: name.into(),
            role_claim: role.into(),
            sites_claim: sites.into(),
        }
    }

    fn of(claims: Json, oidc: &Oidc) -> Result<Identity, &'static str> {
        identity(claims.as_object().unwrap(), oidc)
    }

    #[test]
    fn d_59_what_is_not_said_is_not_given() {
        let plain = oidc("sub", "role", "sites");
        let nobody = of(json!({"sub": "user_2A"}), &plain).unwrap();
        assert_eq!((nobody.name.as_str(), nobody.role), ("oidc:user_2A", None));
        assert_eq!(nobody.sites, Some(vec![]));
        for role in [json!("BOSS"), json!(""), json!(7), json!(["BOSS"]), json!({"ADMIN": true})] {
            let claims = json!({"sub": "u", "role": role, "sites": 3});
            assert_eq!(of(claims, &plain).unwrap().role, None);
        }
    }

    #[test]
    fn claims_lie_deep_or_have_dots_in_their_names() {
        let clerk = oidc("sub", "public_metadata.role", "public_metadata.sites");
        let claims =
            json!({"sub": "u", "public_metadata": {"role": "moderator", "sites": ["A", "B"]}});
        let found = of(claims, &clerk).unwrap();
        assert_eq!(found.role, Some(Role::Moderator));
        assert_eq!(found.sites, Some(vec!["A".to_owned(), "B".to_owned()]));
        let named = oidc("sub", "https://deskops.example/role", "sites");
        let claims = json!({"sub": "u", "https://deskops.example/role": ["x", "OPERATOR", "ADMIN"], "sites": "A, *"});
        let found = of(claims, &named).unwrap();
        assert_eq!((found.role, found.sites), (Some(Role::Admin), None));
    }

    #[test]
    fn two_people_never_have_one_name() {
        let by_name = oidc("email", "role", "sites");
        let name = |sub: &str| of(json!({"sub": sub, "email": "a@x"}), &by_name).unwrap().name;
        assert_ne!(name("1"), name("2"));
        assert_eq!(name("1"), name("1"));
        assert!(name("1").starts_with("oidc:a@x#"));
        for email in [json!(null), json!(""), json!(" a"), json!("a\nb"), json!(7)] {
            assert!(of(json!({"sub": "1", "email": email}), &by_name).is_err());
        }
    }
}
