//! The chain of a feed: each entry's hash covers the one before, so that nobody rewrites history
//! unnoticed, and a laptop knows whether head office is still the one that it heard.

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use sha2::{Digest as _, Sha256};

use crate::canonical;
use crate::change::{Base, hex};
use crate::sync::outcome::Outcome;

/// The hash of a feed up to an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Link([u8; 32]);

/// The digits of a link that a base names. It need not withstand a forger: the chain does that.
const MARK: usize = 16;

impl Link {
    /// Before the first entry.
    pub const START: Self = Self([0; 32]);

    /// After one more entry: its position, the bytes of its change, what became of it, and the hash
    /// of what it left, [`crate::sync::merge::Merged::after`]; nothing where it never reached a merge.
    ///
    /// # Panics
    /// Never: an outcome is plain data.
    #[must_use]
    pub fn next(self, seq: i64, raw: &[u8], outcome: &Outcome, after: Option<[u8; 32]>) -> Self {
        let outcome = serde_json::to_value(outcome).expect("an outcome is plain data");
        let mut hash = Sha256::new();
        hash.update(self.0);
        hash.update(seq.to_be_bytes());
        // What varies in length says how long it is, so that no two entries make the same bytes.
        for part in [raw, &canonical::bytes(&outcome)] {
            hash.update((part.len() as u64).to_be_bytes());
            hash.update(part);
        }
        hash.update(after.unwrap_or_default());
        Self(hash.finalize().into())
    }

    /// What a change names as its base.
    #[must_use]
    pub fn mark(self) -> String {
        let mut mark = self.to_string();
        mark.truncate(MARK);
        mark
    }
}

/// Whether the base of a change is in a feed: history was not rewritten since its author saw it.
#[must_use]
pub fn is_known(base: &Base, at: impl FnOnce(i64) -> Option<Link>) -> bool {
    match base.seq {
        0 => base.chain.is_empty(),
        seq => at(seq).is_some_and(|link| link.mark() == base.chain),
    }
}

impl std::fmt::Display for Link {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&hex(&self.0))
    }
}

impl Serialize for Link {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Link {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let wrong = || de::Error::custom("a link of the chain is 64 hex digits");
        if text.len() != 64
            || !text.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b))
        {
            return Err(wrong());
        }
        let mut bytes = [0; 32];
        for (at, byte) in bytes.iter_mut().enumerate() {
            *byte = u8::from_str_radix(&text[2 * at..2 * at + 2], 16).map_err(|_| wrong())?;
        }
        Ok(Self(bytes))
    }
}
