//! Waiting rooms of drops, as shoppers and owners see them.

use serde::{Deserialize, Serialize};

/// How long before the start a room opens, in minutes.
pub const ROOM_MINUTES: i64 = 30;
/// The most people that may be let in per minute.
pub const MAX_PER_MINUTE: i64 = 100_000;
/// How long an admission lasts at least and at most, in minutes.
pub const MIN_MINUTES: i64 = 2;
pub const MAX_MINUTES: i64 = 60;

crate::words! {
    /// Whether a drop has a waiting room.
    pub enum RoomSwitch {
        Off = "off",
        On = "on",
    }
}

crate::words! {
    /// What a ticket is bound to.
    pub enum RoomBinding {
        /// A mailbox, that of an account or one that was mailed a code.
        Mailbox = "mailbox",
        /// Anybody gets as many as they ask for.
        Nobody = "nobody",
    }
}

/// What is typed for the room of a drop.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RoomForm {
    pub switch: String,
    pub binding: String,
    pub per_minute: String,
    pub minutes: String,
}

/// What the owner has set, and how it goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AdminRoom {
    pub switch: RoomSwitch,
    pub binding: RoomBinding,
    /// People let in per minute at most.
    pub per_minute: i64,
    /// How long an admission lasts.
    pub minutes: i64,
    /// Who has a place and is not let in.
    pub waiting: i64,
    pub let_in: i64,
    /// SHA-256 of the secret: it is published.
    pub commitment: String,
}

/// Unless the owner sets something else.
impl Default for AdminRoom {
    fn default() -> Self {
        Self {
            switch: RoomSwitch::Off,
            binding: RoomBinding::Mailbox,
            per_minute: 300,
            minutes: 10,
            waiting: 0,
            let_in: 0,
            commitment: String::new(),
        }
    }
}

/// The state of a visitor in a waiting room.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum RoomState {
    /// It opens then, in milliseconds since 1970.
    Closed { opens_at: i64 },
    /// They have no place.
    NoPlace,
    /// Places are drawn at the start; so many tickets were given out before it.
    Drawing { tickets: i64 },
    /// So many are ahead; `minutes` is left out while nobody is let in.
    Waiting {
        ahead: i64,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        minutes: Option<i64>,
        /// Units that can be had now.
        units: i64,
    },
    /// Until then at least, in milliseconds since 1970.
    LetIn { until: i64 },
    /// They were let in, and did not order in time.
    Lapsed,
    /// They have ordered.
    Ordered,
    /// So many units are held by orders that are not paid.
    SoldOut { being_paid: i64 },
    /// The drop is over or called off.
    Over,
}

impl RoomState {
    /// Whether they are the same but for their numbers: then a page need not be made again.
    pub fn is_like(&self, other: &Self) -> bool {
        std::mem::discriminant(self) == std::mem::discriminant(other)
    }
}

/// By what anybody checks a place. All texts are hexadecimal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Proof {
    /// SHA-256 of the secret.
    pub commitment: String,
    /// The rest is not told before places are drawn.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub drawn: Option<Drawn>,
    /// Of who asks.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ticket: Option<TicketProof>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Drawn {
    pub secret: String,
    /// The ids of all tickets from before the start, joined by exclusive or.
    pub mix: String,
    /// SHA-256 of secret and mix.
    pub seed: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TicketProof {
    pub id: String,
    /// 0: before the start.
    pub bucket: u32,
    /// The first 32 bits of SHA-256 of seed and id, once places are drawn.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number: Option<String>,
}

/// How a visitor comes to a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WayIn {
    /// By asking.
    Free,
    /// By a code that is mailed to them.
    Code,
}

/// A room as a visitor sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoomTold {
    #[serde(flatten)]
    pub state: RoomState,
    pub way_in: WayIn,
    pub proof: Proof,
}
