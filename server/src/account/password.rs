//! Passwords: Argon2id through password-auth.

use std::{num::NonZeroUsize, sync::LazyLock};

use app::account::types::MAX_PASSWORD;
use tokio::sync::Semaphore;
use unicode_normalization::UnicodeNormalization;

use super::turns::in_turn;
use crate::error::Result;

/// Hashing takes 19 MiB and a core each time: no more at once than there are cores.
static HASHING: LazyLock<Semaphore> = LazyLock::new(|| {
    Semaphore::new(std::thread::available_parallelism().map_or(2, NonZeroUsize::get))
});

/// Hash of a password nobody has: checking it takes as long as checking a real one, so the time
/// does not tell whether an account exists.
const NOBODY: &str = "$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

/// Longest password looked at as it was typed, in bytes. Letters may be typed in parts, and none of
/// those that [`MAX_PASSWORD`] counts takes more than four bytes once it is put together.
const MAX_BYTES: usize = 4 * MAX_PASSWORD;

/// A password as it is hashed: the OpaqueString of RFC 8265. Keyboards and browsers differ in how they
/// send an `ä` and which blank; to the person it is the same password.
pub(super) fn opaque(typed: &str) -> String {
    let is_other_blank = |c: char| {
        matches!(
            c,
            '\u{a0}' | '\u{1680}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{205f}' | '\u{3000}'
        )
    };
    typed
        .chars()
        .map(|c| if is_other_blank(c) { ' ' } else { c })
        .nfc()
        .collect()
}

/// Hashing must not become a way to burn our time.
pub(super) fn is_too_long(typed: &str) -> bool {
    typed.len() > MAX_BYTES || opaque(typed).chars().count() > MAX_PASSWORD
}

/// Hashing takes tens of milliseconds of a core: it must not hold up other requests.
pub async fn hash(password: String) -> Result<String> {
    apart(move || password_auth::generate_hash(opaque(&password))).await
}

/// What came of looking at a password.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Checked {
    Wrong,
    Right,
    /// Right, by a hash from before passwords were brought into one form: it is to be hashed again.
    RightAsTyped,
}

/// Whether the password is right. Without a hash it takes as long, and is not.
pub async fn matches(password: String, hash: Option<String>) -> Result<Checked> {
    if is_too_long(&password) {
        return Ok(Checked::Wrong);
    }
    let known = hash.is_some();
    let hash = hash.unwrap_or_else(|| NOBODY.to_owned());
    let checked = apart(move || {
        let is_right = |password: &str| password_auth::verify_password(password, &hash).is_ok();
        let form = opaque(&password);
        if is_right(&form) {
            Checked::Right
        } else if form != password && is_right(&password) {
            Checked::RightAsTyped
        } else {
            Checked::Wrong
        }
    })
    .await?;
    Ok(match known {
        true => checked,
        false => Checked::Wrong,
    })
}

pub(super) async fn apart<T: Send + 'static>(
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<T> {
    in_turn(&HASHING, work).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_is_the_same_however_it_is_typed() {
        for (typed, form) in [
            ("p\u{e4}ssw\u{f6}rd", "p\u{e4}ssw\u{f6}rd"),
            ("pa\u{308}sswo\u{308}rd", "p\u{e4}ssw\u{f6}rd"),
            ("two\u{a0}words\u{3000}here", "two words here"),
            // Letters that only look alike stay apart, and so do small and capital ones.
            ("\u{fb01}sh", "\u{fb01}sh"),
            ("Fish ", "Fish "),
        ] {
            assert_eq!(opaque(typed), form, "{typed:?}");
        }
    }

    #[test]
    fn length_is_that_of_what_is_read() {
        assert!(!is_too_long(&"a\u{308}".repeat(MAX_PASSWORD)));
        assert!(!is_too_long(&"\u{1f30a}".repeat(MAX_PASSWORD)));
        assert!(is_too_long(&"a".repeat(MAX_PASSWORD + 1)));
        assert!(is_too_long(&"\u{308}".repeat(4 * MAX_PASSWORD)));
    }
}
