//! Mail: written down with what causes it, sent after the commit.
//!
//! [`outbox::queue`] notes within a transaction what is to be told to whom; the mail itself is
//! written when it is sent. So placing an order costs a row, and the secret of a mailed link is
//! never in the database: it is made while the mail is written, and kept as a hash.
//!
//! A mail about an order is in the order's language, another one in that of the request that caused
//! it, and those to the staff are in the shop's own: see `compose`.

mod batch;
mod compose;
mod mailboxes;
mod message;
pub mod send;
mod smtp;
pub(crate) mod text {
    include!(concat!(env!("OUT_DIR"), "/mail_text.rs"));
}
