//! Record and change ids: `c` and 24 base-36 characters, made on the laptop without a network.
//!
//! Two kinds share the form. A *random* id begins with its time, so that ids sort by age. A
//! *natural* id is the hash of what makes a record unique, so that two laptops which enter the
//! same thing make the same record and meet as a conflict, not as a double entry.

use serde::{Deserialize, Serialize};
use serde_json::Value as Json;
use sha2::{Digest, Sha256};

use crate::canonical;

const DIGITS: &[u8; 36] = b"0123456789abcdefghijklmnopqrstuvwxyz";
const TIME_DIGITS: usize = 9;
const RANDOM_DIGITS: usize = 15;

/// The id of a record, a change or a device.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct Id(String);

impl Id {
    /// A time-ordered id from a wall clock in milliseconds and 80 random bits.
    #[must_use]
    pub fn random(at_ms: i64, entropy: [u8; 10]) -> Self {
        let time = base36(u128::from(at_ms.max(0).cast_unsigned()), TIME_DIGITS);
        let mut wide = [0; 16];
        wide[6..].copy_from_slice(&entropy);
        Self(format!("c{time}{}", base36(u128::from_be_bytes(wide), RANDOM_DIGITS)))
    }

    /// The id that every laptop gives to the record with this natural key.
    #[must_use]
    pub fn natural(key: &Json) -> Self {
        let hash = Sha256::digest(canonical::bytes(key));
        let mut wide = [0; 16];
        wide.copy_from_slice(&hash[..16]);
        Self(format!("c{}", base36(u128::from_be_bytes(wide), TIME_DIGITS + RANDOM_DIGITS)))
    }

    /// Reads an id that came from outside; `None` when it is not of the form.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let rest = text.strip_prefix('c')?;
        let is_id =
            rest.len() == TIME_DIGITS + RANDOM_DIGITS && rest.bytes().all(|b| DIGITS.contains(&b));
        is_id.then(|| Self(text.to_owned()))
    }

    /// An id as it stands in the database, which only ever holds ids written by this crate.
    #[must_use]
    pub fn stored(text: String) -> Self {
        Self(text)
    }

    /// The id as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Display for Id {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

/// The last `width` base-36 digits of a number.
fn base36(mut number: u128, width: usize) -> String {
    let mut digits = vec![b'0'; width];
    for digit in digits.iter_mut().rev() {
        *digit = DIGITS[(number % 36) as usize];
        number /= 36;
    }
    digits.into_iter().map(char::from).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_random_id_is_c_and_24_base_36_characters_and_sorts_by_time() {
        let earlier = Id::random(1_795_000_000_000, [0xff; 10]);
        let later = Id::random(1_795_000_000_001, [0; 10]);
        assert_eq!(earlier.as_str().len(), 25);
        assert!(Id::parse(earlier.as_str()).is_some());
        assert!(earlier < later, "the time leads, so ids sort by age");
    }

    #[test]
    fn a_natural_id_depends_on_the_key_alone_and_not_on_the_order_of_its_parts() {
        let one = Id::natural(&json!({"site": "s", "date": "2026-11-22"}));
        let two = Id::natural(&json!({"date": "2026-11-22", "site": "s"}));
        assert_eq!(one, two);
        assert_ne!(one, Id::natural(&json!({"site": "s", "date": "2026-11-23"})));
    }

    #[test]
    fn text_of_another_form_is_no_id() {
        for text in [
            "",
            "c",
            "c123",
            "x00000000000000000000000",
            "C0000000000000000000000000",
            "c00000000000000000000000-",
        ] {
            assert_eq!(Id::parse(text), None, "{text}");
        }
    }
}
