//! A new token for a cart in which someone types who they are.
//!
//! A cookie may have been put into the browser by someone else who knows its token. So whenever
//! other contact details come into a guest's cart, the cart goes on under a new token that only this
//! browser is told.
//!
//! The answer that tells it may be lost: a second click, a broken connection. So the old token leads
//! to a copy of the lines for a while. It holds nothing of what was typed about the person, and the
//! same form can be sent again from there. Both tokens count as one cart where it is counted how fast
//! someone is.

use app::{checkout::types::Draft, orders::details::Particulars};

use super::token::account_of;

/// How long the old token leads to the copy, in milliseconds: as long as someone may look for a
/// cart whose answer was lost.
pub(super) const COPY_MS: i64 = 60 * 60 * 1000;

/// Whether the token may be known to others: an account's cart has none.
pub fn is_guests(token: &str) -> bool {
    account_of(token).is_none()
}

/// What a copy keeps of what was typed. How the parcel travels says nothing about anybody.
pub(super) fn impersonal(typed: &Draft) -> Draft {
    Draft {
        contact: None,
        particulars: Particulars::default(),
        payment: None,
        ..typed.clone()
    }
}
