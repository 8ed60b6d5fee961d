//! How fast strangers may do what the shop keeps, sends or holds.
//!
//! A brake is a bucket of tokens for each network, and another for each cart, which fills up again with
//! time. People behind one address are no script: what a network may do is enough for a full office or a
//! train, and what one cart may do is enough for anybody in a hurry.

use std::time::Duration;

crate::words! {
    /// What is braked, each by itself.
    #[derive(PartialOrd, Ord)]
    pub enum Brake {
        /// Carts and wishlists that begin.
        Begun = "begun",
        /// Changes of carts and wishlists.
        Changes = "changes",
        /// Steps of the checkout, the last one included, whatever comes of it.
        Steps = "steps",
        /// Orders that are placed, and ways back to a payment.
        Orders = "orders",
        /// Payments that were declined: a script that tries cards has few of them.
        Declines = "declines",
        /// Orders that are looked up by number.
        LookUps = "look_ups",
    }
}

crate::words! {
    /// By what is counted.
    #[derive(PartialOrd, Ord)]
    pub enum CountedBy {
        /// An IPv4 address, or the /64 of an IPv6 address.
        Network = "network",
        Cart = "cart",
        /// The card that was tried, as its provider knows it again.
        Card = "card",
    }
}

/// How long an empty bucket takes to be full again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Per {
    Minute,
    Hour,
}

impl Per {
    pub const fn duration(self) -> Duration {
        match self {
            Self::Minute => Duration::from_secs(60),
            Self::Hour => Duration::from_secs(60 * 60),
        }
    }
}

/// So many at once, and as many in such a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rate {
    pub times: u32,
    pub per: Per,
}

/// The most that can be set.
pub const MAX_TIMES: u32 = 100_000;

impl Brake {
    /// Unless the owner sets something else. `None`: it is not counted by that. Two hundred shoppers
    /// behind one address buy within a minute and meet none of them.
    pub const fn standard(self, by: CountedBy) -> Option<Rate> {
        let (times, per) = match (self, by) {
            (Self::Begun, CountedBy::Network) => (300, Per::Minute),
            // What begins has no cart yet.
            (Self::Begun, CountedBy::Cart) => return None,
            (Self::Changes, CountedBy::Network) => (2_000, Per::Minute),
            (Self::Changes, CountedBy::Cart) => (120, Per::Minute),
            (Self::Steps, CountedBy::Network) => (2_000, Per::Minute),
            (Self::Steps, CountedBy::Cart) => (60, Per::Minute),
            (Self::Orders, CountedBy::Network) => (300, Per::Minute),
            (Self::Orders, CountedBy::Cart) => (20, Per::Hour),
            (Self::Declines, CountedBy::Network) => (60, Per::Hour),
            (Self::Declines, CountedBy::Cart) => (5, Per::Hour),
            (Self::LookUps, CountedBy::Network) => (120, Per::Minute),
            (Self::Declines, CountedBy::Card) => (10, Per::Hour),
            (Self::LookUps, CountedBy::Cart) => (10, Per::Minute),
            // What is no payment has no card.
            (_, CountedBy::Card) => return None,
        };
        Some(Rate { times, per })
    }
}

/// A rate that the owner has set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct SetRate {
    pub brake: Brake,
    pub by: CountedBy,
    /// 0: off.
    pub times: u32,
}

/// What the owner has set; all else is as it is by itself.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Brakes(Vec<SetRate>);

impl Brakes {
    /// Every brake with what it is counted by, in the order of their words.
    pub fn all() -> impl Iterator<Item = (Brake, CountedBy, Rate)> {
        Brake::ALL.into_iter().flat_map(|brake| {
            let counted = CountedBy::ALL.into_iter();
            counted.filter_map(move |by| Some((brake, by, brake.standard(by)?)))
        })
    }

    /// How often; `None` if that is off or not counted.
    pub fn rate(&self, brake: Brake, by: CountedBy) -> Option<Rate> {
        let standard = brake.standard(by)?;
        let set = self.0.iter().find(|set| (set.brake, set.by) == (brake, by));
        match set.map_or(standard.times, |set| set.times) {
            0 => None,
            times => Some(Rate { times, ..standard }),
        }
    }

    /// The same with one rate set. What is as it would be by itself is not kept.
    #[must_use]
    pub fn with(mut self, new: SetRate) -> Self {
        let SetRate { brake, by, times } = new;
        self.0.retain(|set| (set.brake, set.by) != (brake, by));
        if let Some(standard) = brake.standard(by)
            && standard.times != times
        {
            self.0.push(new);
        }
        self.0.sort_by_key(|set| (set.brake, set.by));
        self
    }

    /// What is set, as it is kept.
    pub fn set(&self) -> &[SetRate] {
        &self.0
    }
}

crate::words! {
    /// By what units are counted that unpaid orders hold.
    #[derive(PartialOrd, Ord)]
    pub enum HeldBy {
        /// As [`CountedBy::Network`].
        Network = "network",
        /// The postal address that orders go to.
        Address = "address",
    }
}

/// The most units that can be set.
pub const MAX_HELD: i64 = 1_000_000;

impl HeldBy {
    /// Unless the owner sets something else. Two hundred shoppers behind one address hold ten units each.
    pub const fn standard(self) -> i64 {
        match self {
            Self::Network => 2_000,
            Self::Address => 1_000,
        }
    }
}

/// How many units may be held at a time by orders that are not paid, as the owner has set it; all else is
/// as it is by itself.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct HoldLimits {
    network: Option<i64>,
    address: Option<i64>,
}

impl HoldLimits {
    /// What is set, as it is kept: 0 is any number.
    pub const fn set(&self, by: HeldBy) -> Option<i64> {
        match by {
            HeldBy::Network => self.network,
            HeldBy::Address => self.address,
        }
    }

    /// How many; `None`: any number.
    pub fn most(&self, by: HeldBy) -> Option<i64> {
        let units = self.set(by).unwrap_or(by.standard());
        (units > 0).then_some(units)
    }

    /// The same with one set. What is as it would be by itself is not kept.
    #[must_use]
    pub fn with(mut self, by: HeldBy, units: i64) -> Self {
        let kept = Some(units).filter(|units| *units != by.standard());
        match by {
            HeldBy::Network => self.network = kept,
            HeldBy::Address => self.address = kept,
        }
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_that_may_be_held_are_as_they_are_by_themselves_until_they_are_set() {
        let limits = HoldLimits::default();
        for by in HeldBy::ALL {
            assert_eq!(limits.most(by), Some(by.standard()));
            assert_eq!(limits.with(by, 7).most(by), Some(7));
            assert_eq!(limits.with(by, 0).most(by), None);
            let again = limits.with(by, 7).with(by, by.standard());
            assert_eq!(again, limits, "it is not kept");
        }
        assert_eq!(limits.with(HeldBy::Network, 7).set(HeldBy::Address), None);
    }

    #[test]
    fn what_is_not_set_is_as_it_is_by_itself_and_zero_is_off() {
        let brakes = Brakes::default();
        for (brake, by, standard) in Brakes::all() {
            assert_eq!(brakes.rate(brake, by), Some(standard));
            assert!((1..=MAX_TIMES).contains(&standard.times));
        }
        let (brake, by) = (Brake::Orders, CountedBy::Cart);
        let set = |times| SetRate { brake, by, times };
        let some = brakes.clone().with(set(7));
        assert_eq!(some.rate(brake, by).map(|rate| rate.times), Some(7));
        assert_eq!(some.clone().with(set(0)).rate(brake, by), None);
        let standard = brake.standard(by).map_or(0, |rate| rate.times);
        assert_eq!(some.with(set(standard)), brakes, "it is not kept");
    }

    #[test]
    fn what_begins_has_no_cart_to_be_counted_by() {
        let (brake, by) = (Brake::Begun, CountedBy::Cart);
        assert_eq!(Brakes::default().rate(brake, by), None);
        let set = Brakes::default().with(SetRate {
            brake,
            by,
            times: 3,
        });
        assert_eq!(set, Brakes::default());
    }
}
