//! What names a cart: a secret in a guest's cookie, or the account of whoever is signed in.

use app::cart::types::ACCOUNT_CART;

use crate::ids::{is_id, is_secret};

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
