use serde::{Deserialize, Serialize};

use crate::{contact::Contact, orders::types::OrderStatus};

/// Shortest password taken, in characters; NIST SP 800-63B asks for length, not for symbols.
pub const MIN_PASSWORD: usize = 10;
/// Longest password taken, in characters: hashing must not become a way to burn our time.
pub const MAX_PASSWORD: usize = 256;
/// Longest name, in characters.
pub const MAX_NAME: usize = 100;
/// The most addresses an account holds.
pub const MAX_ADDRESSES: usize = 20;

/// What a mailed one-time link is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MailedLink {
    SignUp,
    Reset,
    Verify,
}

/// An account as its owner sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Profile {
    pub email: String,
    pub name: String,
    /// Whether the address is proven to be the owner's. Orders that were placed with it without
    /// signing in are shown from then on.
    pub is_verified: bool,
    /// Milliseconds since 1970.
    pub created_at: i64,
}

/// An address of the address book. Its contact has no e-mail address.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Address {
    pub id: String,
    pub is_default: bool,
    pub contact: Contact,
}

/// A session as its owner sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SessionRow {
    /// Names it; opens nothing.
    pub id: String,
    /// Browser and system, in words; may be empty.
    pub device: String,
    /// Milliseconds since 1970.
    pub created_at: i64,
    pub last_seen_at: i64,
    /// Whether it is the one that asks.
    pub is_this: bool,
}

/// What became of a guest's cart at sign-in.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct MergedCart {
    /// Units that are in the account's cart now.
    pub count: i64,
    /// Whether both carts held something.
    pub from_both: bool,
    /// Variants of which the two carts together held more than can be ordered.
    pub lowered: Vec<String>,
    /// Different items there was no room for.
    pub left_out: i64,
}

/// An order in its owner's history.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnOrderRow {
    pub id: String,
    pub number: String,
    pub status: OrderStatus,
    pub units: i64,
    /// What its first lines are called.
    pub titles: Vec<String>,
    pub total_minor: i64,
    pub currency: String,
    /// Milliseconds since 1970.
    pub created_at: i64,
}

/// What was put into the cart again, and what could not be.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrderedAgain {
    /// Units that went into the cart.
    pub added: i64,
    pub short: Vec<Short>,
}

/// A line of an order of which there is not as much as there was.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Short {
    pub title: String,
    /// Units that were ordered then.
    pub wanted: i64,
    /// Units that are in the cart now; zero if it is not sold any more.
    pub in_cart: i64,
}
