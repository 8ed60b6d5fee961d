//! Tickets of waiting rooms, as a browser keeps them.

use crate::{
    cookie::{Cookie, Holds},
    identity::Account,
};

/// Holds tickets, each signed.
pub const TICKETS: Cookie = Cookie::named("holdfast_room", "__Host-holdfast_room", Holds::Secret);
/// How long a browser keeps them, in seconds.
pub const TICKETS_LIFETIME: i64 = 7 * 24 * 60 * 60;

/// What a shopper shows where those alone are served who are let in.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tickets {
    /// As the cookie has them.
    pub signed: Option<String>,
    pub account: Option<Account>,
}
