//! Drops as shoppers and their admins see them.

use serde::{Deserialize, Serialize};

use super::room::AdminRoom;
use crate::catalog::types::Card;

/// The most that there may be.
pub const MAX_DROPS: usize = 500;
/// The most variants in one.
pub const MAX_LINES: usize = 200;
/// The most units of a line.
pub const MAX_UNITS: i64 = 1_000_000;
/// How long before the start those are told who asked for it, in minutes.
pub const REMIND_MINUTES: i64 = 30;

crate::words! {
    /// What the owner means a drop to do; when it does it is a matter of the time.
    pub enum DropState {
        /// It is being written: shoppers see nothing of it.
        Draft = "draft",
        /// It takes place.
        Planned = "planned",
        /// It does not, or no longer.
        CalledOff = "called_off",
    }
}

/// How far a drop is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DropPhase {
    Before,
    Open,
    Over,
    CalledOff,
}

/// A drop with those of its products that are shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Drop {
    pub id: String,
    pub slug: String,
    pub title: String,
    /// Sanitised when it was stored.
    pub text_html: String,
    pub text_plain: String,
    pub phase: DropPhase,
    /// Milliseconds since 1970.
    pub opens_at: i64,
    pub closes_at: Option<i64>,
    /// When its products are shown, if that is still to come.
    pub reveals_at: Option<i64>,
    /// Whether those alone may order who are let in from its waiting room.
    #[serde(default)]
    pub has_room: bool,
    pub products: Vec<Card>,
}

/// The shop's time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShopTime {
    /// Milliseconds since 1970.
    pub now: i64,
}

/// What is typed for a drop; times as fields for a date and a time have them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DropForm {
    pub title: String,
    /// Empty: as it is, or made from the title.
    pub slug: String,
    pub text_html: String,
    /// Empty: its goods are sold as ever until the start.
    pub reveal: String,
    pub opens: String,
    /// Empty: until it is called off.
    pub closes: String,
}

/// What is typed for a line.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LineForm {
    pub variant_id: String,
    /// Empty: what it costs anyway.
    pub price: String,
    pub units: String,
    /// Empty: any number.
    pub limit: String,
}

/// A drop in the list of all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DropRow {
    pub id: String,
    pub slug: String,
    pub title: String,
    pub state: DropState,
    pub opens_at: i64,
    pub closes_at: Option<i64>,
    pub units: i64,
    pub remaining: i64,
}

/// A line for its editor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AdminLine {
    pub variant_id: String,
    pub product_id: Option<String>,
    pub title: String,
    pub variant_title: String,
    pub active: bool,
    pub price_minor: Option<i64>,
    /// What it costs anyway.
    pub usual_minor: i64,
    pub units: i64,
    /// Set aside and not sold.
    pub remaining: i64,
    /// On the shelf besides; `None` if nobody counts.
    pub on_shelf: Option<i64>,
    pub limit: Option<i64>,
    /// How many wait for it, and how many are offered one of it.
    pub waiting: i64,
    pub offered: i64,
}

/// Variants of one of its products that are not in a drop.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MissingVariants {
    pub product_id: String,
    pub title: String,
    /// As they are called; empty for a product without options.
    pub variants: Vec<String>,
}

/// A variant in a drop that takes place, for those who change the product or count its stock.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InDrop {
    pub drop_id: String,
    pub drop_title: String,
    pub variant_id: String,
    /// Empty for a product without options.
    pub variant_title: String,
    /// Units that are set aside and not sold.
    pub remaining: i64,
}

impl AdminLine {
    /// How it is called in one line of text.
    pub fn name(&self) -> String {
        match self.variant_title.as_str() {
            "" => self.title.clone(),
            variant => format!("{} ({variant})", self.title),
        }
    }
}

/// A drop for its editor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AdminDrop {
    pub id: String,
    pub slug: String,
    pub title: String,
    pub text_html: String,
    pub state: DropState,
    /// How far it is; `None` for a draft.
    pub phase: Option<DropPhase>,
    pub reveal_at: Option<i64>,
    pub opens_at: i64,
    pub closes_at: Option<i64>,
    pub version: i64,
    pub currency: String,
    pub lines: Vec<AdminLine>,
    /// Who is to be told before the start.
    pub reminders: i64,
    pub room: AdminRoom,
    /// For how long a unit is kept for the one it is offered to.
    pub offer_hours: i64,
}

/// A drop after it was saved.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DropSaved {
    pub id: String,
    pub slug: String,
    pub version: i64,
}
