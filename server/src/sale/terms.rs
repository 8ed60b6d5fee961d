//! The pure function of rows and time.

use app::{catalog::types::Units, drops::types::DropState};

use crate::admission::gate::Gate;

/// Later than anything.
pub const NEVER: i64 = i64::MAX;

/// What of a drop says what it does when, in milliseconds since 1970.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Times {
    pub state: DropState,
    /// Since when it is in that state.
    pub state_at: i64,
    /// Until then its goods are secret; they are not sold before the start. `None`: they are sold as ever.
    pub reveal_at: Option<i64>,
    pub opens_at: i64,
    pub closes_at: Option<i64>,
    /// When it first sold something: it has begun, also to a clock that goes back.
    pub opened_at: Option<i64>,
}

/// How far a planned drop is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Phase {
    Before,
    Open,
    Over,
}

impl Times {
    /// `None` for a drop that is not planned (any more).
    pub fn phase(&self, now: i64) -> Option<Phase> {
        match self.state {
            DropState::Draft | DropState::CalledOff => None,
            DropState::Planned if self.closes_at.is_some_and(|end| end <= now) => Some(Phase::Over),
            DropState::Planned if now < self.opens_at && self.opened_at.is_none() => {
                Some(Phase::Before)
            }
            DropState::Planned => Some(Phase::Open),
        }
    }

    /// From when shoppers see its goods, as far as it has a say: those of a drop that is still written, or
    /// was called off before they were shown, stay secret until they are taken out of it.
    pub fn goods_shown_from(&self) -> i64 {
        let Some(reveal_at) = self.reveal_at else {
            return 0;
        };
        match self.state {
            _ if self.opened_at.is_some() => 0,
            DropState::Planned => reveal_at,
            DropState::CalledOff if reveal_at <= self.state_at => reveal_at,
            DropState::Draft | DropState::CalledOff => NEVER,
        }
    }

    /// From when what is not in it is sold of its products, as far as it has a say: of what is new nothing is
    /// before its start. `None` of one that does not take place.
    fn rest_sold_from(&self) -> Option<i64> {
        match (self.state, self.reveal_at) {
            (DropState::Planned, Some(_)) if self.opened_at.is_none() => Some(self.opens_at),
            (DropState::Planned, _) => Some(0),
            (DropState::Draft | DropState::CalledOff, _) => None,
        }
    }

    /// The moments at which something looks different by itself.
    pub fn moments(&self) -> impl Iterator<Item = i64> + use<> {
        let moments = match self.state {
            DropState::Planned => [self.reveal_at, Some(self.opens_at), self.closes_at],
            DropState::Draft | DropState::CalledOff => [None; 3],
        };
        moments.into_iter().flatten()
    }
}

/// From when a product is shown that is in these drops: from the first that shows it, or at all times.
pub fn shown_from<'a>(drops: impl Iterator<Item = &'a Times>) -> i64 {
    drops.map(Times::goods_shown_from).min().unwrap_or(0)
}

/// From when those variants of a product are sold that none of its drops names: from the first that sells of it.
pub fn sold_from<'a>(drops: impl Iterator<Item = &'a Times>) -> i64 {
    drops.filter_map(Times::rest_sold_from).min().unwrap_or(0)
}

/// A variant in a drop.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DropLine {
    pub drop_id: String,
    pub times: Times,
    /// `None`: what it costs anyway.
    pub price_minor: Option<i64>,
    /// Units that are set aside and not sold.
    pub remaining: i64,
    /// Units that are kept for those who waited.
    pub offered: i64,
    /// How far its waiting room is open; `None` if it has none.
    pub gate: Option<Gate>,
}

/// A variant as it is without any drop.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shelf {
    pub active: bool,
    /// See [`shown_from`].
    pub shown_from: i64,
    /// See [`sold_from`].
    pub sold_from: i64,
    /// Units that can be bought.
    pub units: i64,
    pub price_minor: i64,
}

/// Where a unit comes from that is sold now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Source {
    Shelf,
    Drop {
        id: String,
        /// Whether it has sold something before.
        has_begun: bool,
        /// Who is let in, if not everybody is.
        gate: Option<Gate>,
    },
    /// Nothing is sold before this time, when a drop starts.
    NotBefore {
        /// The one that sells it then; `None` of what waits for the start and is in no drop itself.
        drop_id: Option<String>,
        at: i64,
    },
}

impl Source {
    pub fn drop_id(&self) -> Option<&str> {
        match self {
            Self::Drop { id, .. } => Some(id),
            Self::Shelf | Self::NotBefore { .. } => None,
        }
    }

    /// The drop that sells it, or will.
    pub fn of_drop(&self) -> Option<&str> {
        match self {
            Self::Drop { id, .. } => Some(id),
            Self::NotBefore { drop_id, .. } => drop_id.as_deref(),
            Self::Shelf => None,
        }
    }

    /// The drop that sells it to those alone who are let in.
    pub fn gate(&self) -> Option<(&str, &Gate)> {
        match self {
            Self::Drop {
                id,
                gate: Some(gate),
                ..
            } => Some((id.as_str(), gate)),
            Self::Shelf | Self::Drop { gate: None, .. } | Self::NotBefore { .. } => None,
        }
    }

    pub fn not_before(&self) -> Option<i64> {
        match self {
            Self::NotBefore { at, .. } => Some(*at),
            Self::Shelf | Self::Drop { .. } => None,
        }
    }
}

/// What holds of a variant at a moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Terms {
    pub is_seen: bool,
    pub price_minor: i64,
    /// Units that can be had.
    pub units: i64,
    pub source: Source,
}

impl Terms {
    /// What there is where it is sold from; `shelf` is what there is without any drop. What a drop sells was set
    /// aside, so it is there.
    pub fn there(&self, shelf: Units) -> Units {
        match self.source {
            Source::Shelf => shelf,
            Source::Drop { .. } | Source::NotBefore { .. } => self.units.into(),
        }
    }
}

/// Of the drops that sell it at once the one that began last; of those that are to begin the next.
pub fn terms(shelf: Shelf, lines: &[DropLine], now: i64) -> Terms {
    let has_begun = lines.iter().any(|line| line.times.opened_at.is_some());
    let is_seen = shelf.active && (shelf.shown_from <= now || has_begun);
    let price = |line: &DropLine| line.price_minor.unwrap_or(shelf.price_minor);
    let began = |line: &&DropLine| (line.times.opens_at, line.drop_id.clone());
    let of = |phase| {
        let lines = lines.iter();
        lines.filter(move |line| line.times.phase(now) == Some(phase))
    };
    if let Some(line) = of(Phase::Open).max_by_key(began) {
        return Terms {
            is_seen,
            price_minor: price(line),
            units: line.remaining,
            source: Source::Drop {
                id: line.drop_id.clone(),
                has_begun: line.times.opened_at.is_some(),
                gate: line.gate.clone(),
            },
        };
    }
    // What was sold before goes on being sold until the start.
    let first_sold_then = |line: &&DropLine| line.times.reveal_at.is_some();
    match of(Phase::Before).filter(first_sold_then).min_by_key(began) {
        Some(line) => Terms {
            is_seen,
            price_minor: price(line),
            units: 0,
            source: Source::NotBefore {
                drop_id: Some(line.drop_id.clone()),
                at: line.times.opens_at,
            },
        },
        None if shelf.sold_from > now => Terms {
            is_seen,
            price_minor: shelf.price_minor,
            units: 0,
            source: Source::NotBefore {
                drop_id: None,
                at: shelf.sold_from,
            },
        },
        None => Terms {
            is_seen,
            price_minor: shelf.price_minor,
            units: shelf.units,
            source: Source::Shelf,
        },
    }
}
