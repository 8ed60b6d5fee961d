//! What a browser keeps for the shop: nobody reads it there, and nobody else can have written it.

use hmac::{Hmac, Mac};
use rand::Rng;
use ring::aead::{AES_256_GCM, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use sha2::Sha256;

use crate::{
    error::Result,
    facts::{Fact, SecretKey},
    store::Store,
};

/// Random bytes that come before what is sealed. Each has a key of its own, made of them.
const SALT: usize = 16;

/// The shop's seal, the same on all its nodes.
pub struct Seal {
    key: SecretKey,
}

impl Default for Seal {
    fn default() -> Self {
        Self {
            key: SecretKey::of(Fact::FormKey),
        }
    }
}

impl Seal {
    /// Reads the shop's key, so that no request has to. Without this the first one does.
    pub async fn prepare(&self, db: &Store) -> Result<()> {
        self.key.get(db).await.map(drop)
    }

    pub async fn close(&self, db: &Store, open: &[u8]) -> Result<Option<Vec<u8>>> {
        let mut salt = [0u8; SALT];
        rand::rng().fill(&mut salt);
        Ok(closed(self.key.get(db).await?, salt, open))
    }

    /// What is in it; nothing if it is not of this shop.
    pub async fn open(&self, db: &Store, closed: &[u8]) -> Result<Option<Vec<u8>>> {
        Ok(opened(self.key.get(db).await?, closed))
    }
}

fn closed(key: &str, salt: [u8; SALT], open: &[u8]) -> Option<Vec<u8>> {
    let mut sealed = open.to_vec();
    let cipher = cipher(key, &salt)?;
    cipher
        .seal_in_place_append_tag(nonce(), Aad::empty(), &mut sealed)
        .ok()?;
    Some([salt.as_slice(), &sealed].concat())
}

fn opened(key: &str, closed: &[u8]) -> Option<Vec<u8>> {
    let (salt, sealed) = closed.split_at_checked(SALT)?;
    let mut sealed = sealed.to_vec();
    let cipher = cipher(key, salt)?;
    let open = cipher
        .open_in_place(nonce(), Aad::empty(), &mut sealed)
        .ok()?;
    Some(open.to_vec())
}

fn cipher(key: &str, salt: &[u8]) -> Option<LessSafeKey> {
    let mut mac = Hmac::<Sha256>::new_from_slice(key.as_bytes()).ok()?;
    mac.update(salt);
    let own = UnboundKey::new(&AES_256_GCM, &mac.finalize().into_bytes()).ok()?;
    Some(LessSafeKey::new(own))
}

/// A key of its own seals one thing, so nothing else has to differ.
fn nonce() -> Nonce {
    Nonce::assume_unique_for_key([0; NONCE_LEN])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_sealed_is_read_by_the_same_key_alone() {
        let sealed = closed("key", [7; SALT], b"typed").unwrap();
        assert_eq!(opened("key", &sealed).as_deref(), Some(&b"typed"[..]));
        assert_eq!(opened("other", &sealed), None);
        assert!(!sealed.windows(5).any(|part| part == b"typed"));
        let other = closed("key", [8; SALT], b"typed").unwrap();
        assert_ne!(sealed[SALT..], other[SALT..]);
    }

    #[test]
    fn what_was_changed_or_cut_off_is_nothing() {
        let sealed = closed("key", [7; SALT], b"typed").unwrap();
        for at in 0..sealed.len() {
            let mut changed = sealed.clone();
            changed[at] ^= 1;
            assert_eq!(opened("key", &changed), None, "{at}");
            assert_eq!(opened("key", &sealed[..at]), None, "{at}");
        }
    }
}
