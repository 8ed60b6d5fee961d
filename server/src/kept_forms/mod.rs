//! Forms that came back, kept for ten minutes: refused ones, and those that are worked on between two
//! saves. So their page has an address of its own, can be loaded again, and is on the way back.
//!
//! They are in the database, as any node may be asked for the page. What a stranger can have kept has
//! bounds; a form beyond them is kept by the browser itself, in a cookie that is sealed: `http::carried`.

mod feature;
mod seal;
mod store;

use app::{
    feature::Access,
    features,
    identity::{Account, Role},
    ui::form::FormState,
};

pub use seal::Seal;
pub use store::{Sender, find, forget, keep};

/// Longest form, in bytes as it is stored.
pub const MAX_BYTES: usize = 64 * 1024;
/// The same of those who work in the shop: a product with all its variants is long.
pub const MAX_BYTES_OF_STAFF: usize = 2 * 1024 * 1024;
/// Forms of one browser: the newest.
pub const OF_BROWSER: i64 = 5;
/// Forms of one network, where many people may be.
pub const OF_NETWORK: i64 = 200;
/// Forms in all, and their bytes.
pub const IN_ALL: i64 = 10_000;
pub const BYTES_IN_ALL: i64 = 64 * 1024 * 1024;

/// Whether someone may send this form.
pub fn may_send(account: Option<&Account>, form: &FormState) -> bool {
    match features::function(&form.action) {
        Some(function) => function.access.is_given_to(account),
        // Uploads and the like are the admins'.
        None => account.is_some_and(|account| account.role == Role::Admin),
    }
}

/// Whether someone is shown a form that was kept for this account: it is their own. What was sent by someone
/// whose session had ended is theirs who signs in next at that browser, if they may send it: its sender had
/// it on the screen.
pub fn is_theirs(kept_for: Option<&str>, account: Option<&Account>, form: &FormState) -> bool {
    let own = account.map(|account| account.id.as_str());
    let is_for_anybody =
        features::function(&form.action).is_some_and(|function| function.access == Access::Anybody);
    match kept_for {
        None if account.is_some() && !is_for_anybody => may_send(account, form),
        kept_for => kept_for == own,
    }
}
