//! The issuer's keys, each with the one algorithm that it is for. What a token says of its algorithm
//! never chooses how it is looked at: a public key taken for a shared secret would sign anything.

use jsonwebtoken::jwk::{AlgorithmParameters, EllipticCurve, Jwk, KeyAlgorithm, PublicKeyUse};
use jsonwebtoken::{Algorithm, DecodingKey};
use serde_json::Value as Json;

/// Keys of one issuer that are kept; real ones have a handful.
const MOST: usize = 64;

/// A key.
pub(super) struct Key {
    /// Its name, where it has one.
    pub id: Option<String>,
    /// What it is for.
    pub algorithm: Algorithm,
    /// The key itself.
    pub key: DecodingKey,
}

/// The keys of a set that tokens may be signed with. Others, and what is no key, are passed over:
/// a new kind of key must not take the old ones along.
pub(super) fn read(set: &Json) -> Vec<Key> {
    let all = set["keys"].as_array().into_iter().flatten();
    all.filter_map(one).take(MOST).collect()
}

fn one(json: &Json) -> Option<Key> {
    let jwk: Jwk = serde_json::from_value(json.clone()).ok()?;
    let is_for_signing = matches!(jwk.common.public_key_use, None | Some(PublicKeyUse::Signature));
    let algorithm = algorithm(&jwk).filter(|_| is_for_signing)?;
    let key = DecodingKey::from_jwk(&jwk).ok()?;
    Some(Key { id: jwk.common.key_id, algorithm, key })
}

/// What a key is for: what it says itself, as far as its kind goes with it; else the usual one.
fn algorithm(jwk: &Jwk) -> Option<Algorithm> {
    use KeyAlgorithm::{ES256, EdDSA, PS256, RS256};
    match (&jwk.algorithm, jwk.common.key_algorithm) {
        (AlgorithmParameters::RSA(_), None | Some(RS256)) => Some(Algorithm::RS256),
        (AlgorithmParameters::RSA(_), Some(PS256)) => Some(Algorithm::PS256),
        (AlgorithmParameters::EllipticCurve(curve), None | Some(ES256)) => {
            (curve.curve == EllipticCurve::P256).then_some(Algorithm::ES256)
        }
        (AlgorithmParameters::OctetKeyPair(curve), None | Some(EdDSA)) => {
            (curve.curve == EllipticCurve::Ed25519).then_some(Algorithm::EdDSA)
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn only_public_keys_that_sign_are_kept() {
        let point = "f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU";
        let curve = |kid: &str, more: Json| {
            let mut key = json!({"kty": "EC", "crv": "P-256", "x": point, "y": point, "kid": kid});
            for (name, value) in more.as_object().unwrap() {
                key[name] = value.clone();
            }
            key
        };
        let rsa = |kid: &str, alg: &str| json!({"kty": "RSA", "n": "AQAB", "e": "AQAB", "kid": kid, "alg": alg, "use": "sig"});
        let set = json!({"keys": [
            curve("plain", json!({})),
            curve("enc", json!({"use": "enc"})),
            curve("p384", json!({"crv": "P-384"})),
            curve("other-alg", json!({"alg": "HS256"})),
            rsa("rs", "RS256"), rsa("ps", "PS256"), rsa("rs512", "RS512"), rsa("oaep", "RSA-OAEP"),
            {"kty": "oct", "k": "c2VjcmV0", "kid": "secret", "alg": "HS256"},
            {"kty": "OKP", "crv": "Ed25519", "x": point, "kid": "ed"},
            {"kty": "OKP", "crv": "X25519", "x": point, "kid": "x"},
            {"kty": "new"}, 7, null,
        ]});
        let kept: Vec<_> =
            read(&set).into_iter().map(|key| (key.id.unwrap(), key.algorithm)).collect();
        let expected = [
            ("plain", Algorithm::ES256),
            ("rs", Algorithm::RS256),
            ("ps", Algorithm::PS256),
            ("ed", Algorithm::EdDSA),
        ];
        assert_eq!(kept, expected.map(|(id, algorithm)| (id.to_owned(), algorithm)));
        assert!(read(&json!("none")).is_empty());
    }
}
