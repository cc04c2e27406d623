//! Hashes passwords with argon2id, and compares them without telling how far they agree.

use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher as _, PasswordVerifier as _};
use argon2::{Algorithm, Argon2, Params, Version};

/// 64 MiB, three rounds, one lane: the second choice of RFC 9106, as far as a laptop of the site can
/// take it within the time that a person waits.
const MEMORY_KIB: u32 = 64 * 1024;
const ROUNDS: u32 = 3;

/// A password could not be hashed or compared.
#[derive(Debug, thiserror::Error)]
pub enum PasswordError {
    /// The memory or the salt was refused.
    #[error("the password cannot be hashed: {0}")]
    Hash(argon2::password_hash::Error),
    /// What is stored is no hash.
    #[error("the stored password hash is damaged: {0}")]
    Stored(argon2::password_hash::phc::Error),
}

/// The hash of a password, with its salt and cost in it.
///
/// # Errors
/// When there is not enough memory.
pub fn hash(password: &str, salt: &[u8]) -> Result<String, PasswordError> {
    let hashed = hasher().hash_password_with_salt(password.as_bytes(), salt);
    Ok(hashed.map_err(PasswordError::Hash)?.to_string())
}

/// Whether this is the password of a hash.
///
/// # Errors
/// When what is stored is no hash, or there is not enough memory.
pub fn is_right(password: &str, stored: &str) -> Result<bool, PasswordError> {
    let stored = PasswordHash::new(stored).map_err(PasswordError::Stored)?;
    match hasher().verify_password(password.as_bytes(), &stored) {
        Ok(()) => Ok(true),
        Err(argon2::password_hash::Error::PasswordInvalid) => Ok(false),
        Err(error) => Err(PasswordError::Hash(error)),
    }
}

/// Whether a hash costs less than a new one would.
///
/// # Errors
/// When what is stored is no hash.
pub fn is_weak(stored: &str) -> Result<bool, PasswordError> {
    let stored = PasswordHash::new(stored).map_err(PasswordError::Stored)?;
    let cost = Params::try_from(&stored).map_err(PasswordError::Hash)?;
    Ok(cost.m_cost() < MEMORY_KIB || cost.t_cost() < ROUNDS)
}

fn hasher() -> Argon2<'static> {
    let cost =
        Params::new(MEMORY_KIB, ROUNDS, 1, None).expect("the cost is within argon2's limits");
    Argon2::new(Algorithm::Argon2id, Version::V0x13, cost)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_password_itself_is_right_and_the_hash_names_its_cost() {
        let hashed = hash("correct horse", b"sixteen bytes ok").unwrap();
        assert!(hashed.starts_with("$argon2id$v=19$m=65536,t=3,p=1$"), "{hashed}");
        assert!(is_right("correct horse", &hashed).unwrap());
        assert!(!is_right("correct horsf", &hashed).unwrap());
        assert!(is_right("x", "not a hash").is_err());
        assert!(!is_weak(&hashed).unwrap() && is_weak("not a hash").is_err());
        for (cost, is_less) in
            [("m=19456,t=3", true), ("m=65536,t=2", true), ("m=131072,t=3", false)]
        {
            let other = hashed.replace("m=65536,t=3", cost);
            assert_eq!(is_weak(&other).unwrap(), is_less, "{cost}");
        }
    }

    #[test]
    fn another_salt_gives_another_hash() {
        let one = hash("123456", b"sixteen bytes ok").unwrap();
        assert_ne!(one, hash("123456", b"sixteen bytes ko").unwrap());
    }
}
