//! Who waits for what is sold out, and the units of drops that are kept for them: neither for sale nor sold.
//!
//! All of it changes while the variant is locked, in the transaction that gives units back, takes them, or lets an
//! offer lapse. So as long as someone waits for a line of a drop that is open, nothing of it is for sale.

pub mod offered;
pub mod settle;

use crate::db::stored_words;

app::words! {
    /// What became of someone's wish.
    pub enum WaitState {
        /// A link was mailed, and waits for its button.
        Asked = "asked",
        Waiting = "waiting",
        /// A unit is kept for them.
        Offered = "offered",
        /// It was, and went on to the next.
        Lapsed = "lapsed",
        /// They have ordered it.
        Ordered = "ordered",
        /// They were told that there is some again.
        Told = "told",
    }
}

stored_words!(WaitState);
