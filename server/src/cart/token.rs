//! What names a cart: a secret in a guest's cookie, or the account that is signed in.

use app::cart::types::ACCOUNT_CART;

pub use crate::ids::{
    CART_MARK as MARK, new_cart_token as new_guests, renewed_cart_token as renewed,
};
use crate::ids::{begins_with_its_time, hash_secret, is_id, is_secret};

/// Characters of the time that a token begins with.
const TIME: usize = 8;

/// What a cart is stored under: a hash, for a copy of the database is to open no cart. Before it is the
/// time that a token of today begins with, so that carts of one time lie side by side in the index.
pub fn key(token: &str) -> String {
    let hash = hash_secret(token);
    match token.get(..TIME) {
        Some(time) if begins_with_its_time(token) => format!("{time}{hash}"),
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
    use crate::ids::{cart_line, new_id, new_secret};

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
    fn a_cart_is_counted_as_one_under_each_of_its_tokens_and_none_opens_another() {
        let first = new_guests();
        let (second, other) = (renewed(&first), new_guests());
        let third = renewed(&second);
        assert!(is_secret(&second) && is_secret(&third));
        for (one, another) in [(&first, &second), (&second, &third), (&first, &third)] {
            assert_eq!(cart_line(one), cart_line(another));
            assert_ne!(one[24..], another[24..]);
            assert_ne!(key(one), key(another));
        }
        assert_ne!(cart_line(&first), cart_line(&other));
        // One of before gets one of today, and is no part of it.
        let before = new_secret();
        assert_eq!(cart_line(&before), before);
        assert_ne!(cart_line(&renewed(&before)), before);
        let account = of_account(&new_id());
        assert_eq!(cart_line(&account), account);
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
