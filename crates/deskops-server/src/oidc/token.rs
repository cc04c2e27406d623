//! Whether a token holds: its signature, who issued it for whom, and its time. Pure.

use deskops_domain::entry::Moment;
use jsonwebtoken::{Header, Validation};
use serde_json::{Map, Value as Json};

use super::keys::Key;
use crate::settings::Oidc;

/// What a token says.
pub(super) type Claims = Map<String, Json>;

/// The longest token that is looked at; those of big companies have some four thousand bytes.
const LONGEST: usize = 16 << 10;
/// Clocks of servers differ by so much.
const LEEWAY_SECONDS: i64 = 60;

/// Whether this is a token of such a kind at all: three parts. Those of DeskOps have one.
pub(super) fn is_one(token: &str) -> bool {
    token.bytes().filter(|byte| *byte == b'.').count() == 2
}

/// What stands before a token's claims, where it can be read and is not too long.
pub(super) fn header(token: &str) -> Result<Header, &'static str> {
    let read = (token.len() <= LONGEST).then(|| jsonwebtoken::decode_header(token).ok()).flatten();
    read.ok_or("The token cannot be read, or is signed in a way that is not taken.")
}

/// What a token says, when it holds at this moment. The error is a sentence for whoever sent it.
pub(super) fn claims(
    token: &str,
    keys: &[Key],
    oidc: &Oidc,
    now: Moment,
) -> Result<Claims, &'static str> {
    let header = header(token)?;
    // Whatever it asks to be understood is not.
    if header.crit.is_some() {
        return Err("The token asks for something that DeskOps does not know.");
    }
    let key = key(keys, &header)?;
    let mut validation = Validation::new(key.algorithm);
    // All but the signature is looked at below, by the desk's own clock.
    validation.required_spec_claims.clear();
    (validation.validate_exp, validation.validate_aud) = (false, false);
    let read = jsonwebtoken::decode::<Claims>(token, &key.key, &validation);
    let claims = read.map_err(|_| "The signature of the token is wrong.")?.claims;
    if text(&claims, "iss") != Some(&oidc.issuer) {
        return Err("The token is of another issuer.");
    }
    if !is_for_us(&claims, &oidc.audiences) {
        return Err("The token is not meant for DeskOps.");
    }
    in_time(&claims, now)?;
    if !text(&claims, "sub").is_some_and(is_name) {
        return Err("The token names nobody.");
    }
    Ok(claims)
}

/// The key of a token: by its name, or the only one. It must be for the algorithm that was used.
fn key<'a>(keys: &'a [Key], header: &Header) -> Result<&'a Key, &'static str> {
    let mut fitting = keys.iter().filter(|key| header.kid.is_none() || key.id == header.kid);
    let unknown = "The key of the token is not known. Try again in a minute.";
    let first = fitting.next().ok_or(unknown)?;
    let is_only = fitting.next().is_none();
    let algorithm_differs = "The token is signed in another way than its key is for.";
    if first.algorithm != header.alg {
        return Err(algorithm_differs);
    }
    if is_only { Ok(first) } else { Err("The token does not say which key it is signed with.") }
}

/// Whether a token is meant for one of these. Where it names an audience, no other claim helps.
fn is_for_us(claims: &Claims, audiences: &[String]) -> bool {
    let is_ours =
        |name: &Json| name.as_str().is_some_and(|it| audiences.iter().any(|own| own == it));
    match claims.get("aud") {
        Some(Json::Array(named)) => named.iter().any(is_ours),
        Some(named) => is_ours(named),
        None => claims.get("azp").is_some_and(is_ours),
    }
}

fn in_time(claims: &Claims, now: Moment) -> Result<(), &'static str> {
    let now = now.0.div_euclid(1_000);
    let at = |name: &str| claims.get(name).map(seconds);
    match at("exp") {
        Some(Some(end)) if now < end.saturating_add(LEEWAY_SECONDS) => {}
        Some(Some(_)) => return Err("The token has expired."),
        _ => return Err("The token does not say when it expires."),
    }
    match at("nbf") {
        None => Ok(()),
        Some(Some(begin)) if now >= begin.saturating_sub(LEEWAY_SECONDS) => Ok(()),
        Some(_) => Err("The token does not hold yet."),
    }
}

/// A time as tokens have it: seconds since 1970, sometimes with a fraction, which is cut off.
fn seconds(value: &Json) -> Option<i64> {
    let number = value.as_number()?;
    number.as_i64().or_else(|| number.to_string().split('.').next()?.parse().ok())
}

/// A claim that is a text.
pub(super) fn text<'a>(claims: &'a Claims, name: &str) -> Option<&'a String> {
    match claims.get(name) {
        Some(Json::String(text)) => Some(text),
        _ => None,
    }
}

/// Whether this can stand as a name in records.
pub(super) fn is_name(text: &String) -> bool {
    (1..=255).contains(&text.chars().count())
        && text.trim() == text
        && !text.chars().any(char::is_control)
}
