//! What is said of units that are taken, and of those who wait for them.

use serde::{Deserialize, Serialize};

/// The most hours that a unit is kept for the one it is offered to: a week.
pub const MAX_OFFER_HOURS: i64 = 7 * 24;

/// How the sold-out goods of a drop are: `{"all":true,"paying":7,"minutes":4}`
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AllTaken {
    /// Whether nothing of it is left.
    pub all: bool,
    /// Units that are being paid for.
    pub paying: i64,
    /// In how many minutes at the latest the first of them is paid for or comes back, if there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub minutes: Option<i64>,
}

/// What someone waits for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WaitKind {
    /// An e-mail once there is some again.
    Notice,
    /// A unit of a drop, in the order of the list.
    InTurn,
}

/// A variant that is sold out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SoldOut {
    pub variant_id: String,
    pub variant_title: String,
    pub kind: WaitKind,
    /// See [`AllTaken`].
    pub paying: i64,
    pub minutes: Option<i64>,
}

/// What of a product is sold out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SoldOutProduct {
    pub id: String,
    pub slug: String,
    pub title: String,
    pub variants: Vec<SoldOut>,
    /// How many variants it has in all.
    pub of: usize,
}

/// What became of someone's wish.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WaitStep {
    /// It waits for its button.
    Asked,
    /// So many are before them.
    Waiting {
        ahead: i64,
    },
    /// A unit is kept for them until then, in milliseconds since 1970.
    Offered {
        until: i64,
    },
    /// It was, and went on to the next.
    Lapsed,
    Ordered,
    /// They were told.
    Told,
    /// The drop is over.
    Over,
}

/// A wish, as the link in its e-mail shows it. Of a product that shoppers do not see (any more) all texts are empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wish {
    pub product_id: String,
    pub slug: String,
    pub title: String,
    pub variant_title: String,
    pub kind: WaitKind,
    pub step: WaitStep,
}

impl Wish {
    pub fn is_shown(&self) -> bool {
        !self.title.is_empty()
    }

    /// What it is of, in one line.
    pub fn name(&self) -> String {
        match self.variant_title.is_empty() {
            true => self.title.clone(),
            false => format!("{} ({})", self.title, self.variant_title),
        }
    }
}
