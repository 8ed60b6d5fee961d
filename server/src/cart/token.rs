//! What names a cart: a secret in a guest's cookie, or the account of whoever is signed in.

use app::cart::types::ACCOUNT_CART;
use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use rand::Rng;

use crate::ids::{hash_secret, is_id, is_secret};

/// Behind its time, what tells a token of today from one of before, which is random from the first bit:
/// one in 2^40 of those has it by chance.
pub const MARK: [u8; 5] = *b"cart1";
/// Bytes and characters of the time that a token begins with.
const TIME: (usize, usize) = (6, 8);

/// A guest's token: the time, the mark and 168 random bits, in the form of any secret.
pub fn new_guests() -> String {
    let mut bytes = [0u8; 32];
    rand::rng().fill(&mut bytes);
    let (time, _) = TIME;
    bytes[..time].copy_from_slice(&uuid::Uuid::now_v7().as_bytes()[..time]);
    bytes[time..time + MARK.len()].copy_from_slice(&MARK);
    BASE64_URL_SAFE_NO_PAD.encode(bytes)
}

/// What a cart is stored under: a hash, for a copy of the database is to open no cart. Before it is the
/// time that a token of today begins with, so that carts of one time lie side by side in the index.
pub fn key(token: &str) -> String {
    let hash = hash_secret(token);
    let (bytes, characters) = TIME;
    let is_marked = BASE64_URL_SAFE_NO_PAD
        .decode(token)
        .is_ok_and(|decoded| decoded.get(bytes..bytes + MARK.len()) == Some(&MARK[..]));
    match token.get(..characters) {
        Some(time) if is_marked => format!("{time}{hash}"),
        _ => hash,
    }
}

/// The token of an account's cart. A cookie never has this form, so only a session leads to it.
pub fn of_account(account_id: &str) -> String {
    format!("{ACCOUNT_CART}{account_id}")
}

/// Whose cart this is, if it is an account's.
pub fn account_of(token: &str) -> Option<&str> {
    token.strip_prefix(ACCOUNT_CART).filter(|id| is_id(id))
}

/// Whether a text may name a cart at all.
pub fn is_token(text: &str) -> bool {
    is_secret(text) || account_of(text).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::{new_id, new_secret};

    #[test]
    fn carts_of_today_are_stored_by_their_time_and_others_by_their_hash() {
        let (one, other) = (new_guests(), new_guests());
        assert!(is_secret(&one) && is_token(&one));
        assert_ne!(one, other);
        assert_eq!(key(&one), format!("{}{}", &one[..8], hash_secret(&one)));
        assert!(!key(&one).contains(&one[8..]));
        for before in [
            new_secret(),
            of_account(&new_id()),
            String::new(),
            "é".repeat(9),
        ] {
            assert_eq!(key(&before), hash_secret(&before));
        }
    }

    #[test]
    fn accounts_carts_and_guests_carts_are_told_apart() {
        let (account, guest) = (new_id(), new_secret());
        let token = of_account(&account);
        assert_eq!(account_of(&token), Some(account.as_str()));
        assert!(!is_secret(&token), "no cookie leads to an account's cart");
        assert_eq!(account_of(&guest), None);
        assert!(is_token(&token) && is_token(&guest));
        for bad in ["", "account:", "account:x", "account:' OR 1=1 --"] {
            assert!(!is_token(bad), "{bad}");
        }
    }
}
