//! Names for things: ids that sort by time, secrets nobody can guess.

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use rand::Rng;
use sha2::{Digest, Sha256};

/// A UUIDv7: unique, and close in the index to what was made at the same time.
pub fn new_id() -> String {
    uuid::Uuid::now_v7().to_string()
}

/// Whether a text from outside may be one of our ids.
pub fn is_id(text: &str) -> bool {
    text.len() == 36 && uuid::Uuid::try_parse(text).is_ok()
}

/// 256 random bits for cookies and addresses.
pub fn new_secret() -> String {
    let mut bytes = [0u8; 32];
    rand::rng().fill(&mut bytes);
    BASE64_URL_SAFE_NO_PAD.encode(bytes)
}

/// Whether a text from outside has the form of [`new_secret`].
pub fn is_secret(text: &str) -> bool {
    text.len() == 43
        && text
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_')
}

/// What is stored of a secret. It has 256 random bits, so a plain hash is enough.
pub fn hash_secret(secret: &str) -> String {
    hex::encode(Sha256::digest(secret.as_bytes()))
}

/// `HF-7K3MQ-9Q2XA`: short enough to read out, 50 random bits, no letters that look like digits.
pub fn new_order_number() -> String {
    const LETTERS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    let mut rng = rand::rng();
    let mut letter = || LETTERS[rng.random_range(0..LETTERS.len())] as char;
    let mut five = || (0..5).map(|_| letter()).collect::<String>();
    format!("HF-{}-{}", five(), five())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_and_ids_are_recognised_and_others_are_not() {
        assert!(is_secret(&new_secret()));
        assert!(is_id(&new_id()));
        for bad in ["", "x", "'; DROP TABLE carts; --", &"é".repeat(43)] {
            assert!(!is_secret(bad) && !is_id(bad), "{bad}");
        }
    }
}
