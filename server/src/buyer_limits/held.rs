//! How many units one network and one postal address hold in orders that nobody has paid for. Pure, so that
//! the property test of batches holds with it.
//!
//! Mailboxes are made up for nothing, and every order holds its units until it is paid
//! or ends. So what counts is where orders come from and where they go, whatever they are to be paid by.

use std::collections::BTreeMap;

use app::{
    brakes::{HeldBy, HoldLimits},
    contact::Contact,
};

use super::buyer::{address, hash};
use crate::error::Result;

/// For whom an order holds units, as keyed hashes; nothing of what is not known.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Holder {
    pub network: Option<String>,
    pub address: Option<String>,
}

impl Holder {
    /// Orders from a network for an address.
    pub fn of(key: &str, network: &str, contact: &Contact) -> Result<Self> {
        let name = |kind: &str, text: &str| -> Result<Option<String>> {
            match text {
                "" => Ok(None),
                text => hash(key, kind, text).map(Some),
            }
        };
        Ok(Self {
            network: name("network", network)?,
            address: name("held address", &address(contact))?,
        })
    }

    fn name(&self, by: HeldBy) -> Option<&String> {
        match by {
            HeldBy::Network => self.network.as_ref(),
            HeldBy::Address => self.address.as_ref(),
        }
    }

    pub fn names(&self) -> impl Iterator<Item = &String> {
        HeldBy::ALL.into_iter().filter_map(|by| self.name(by))
    }

    /// The names that are held to a number of units, with the number.
    pub fn bounded(&self, limits: HoldLimits) -> impl Iterator<Item = (&String, i64)> {
        let bound = move |by| Some((self.name(by)?, limits.most(by)?));
        HeldBy::ALL.into_iter().filter_map(bound)
    }
}

/// An order, as far as it counts here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Unpaid {
    pub units: i64,
    pub total_minor: i64,
}

impl Unpaid {
    /// What costs nothing is as good as paid for.
    const fn holds_nothing(self) -> bool {
        self.total_minor == 0
    }
}

/// Why an order cannot hold its units.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TooMuch {
    /// It alone is of more units than these, whatever is held already.
    Alone { most: i64 },
    /// It is with what is held already, from its network or for its address. Which of them it is, is not told:
    /// the address may be someone else's.
    Together,
}

/// What is held unpaid by those who order, and how much may be. By itself nothing is counted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Held {
    /// `None`: nothing is counted here.
    pub limits: Option<HoldLimits>,
    /// Units by the name of a holder.
    pub units: BTreeMap<String, i64>,
}

impl Held {
    /// Whether an order may hold its units until it is paid for.
    pub fn admit(&self, holder: &Holder, order: Unpaid) -> Result<(), TooMuch> {
        if order.holds_nothing() {
            return Ok(());
        }
        let Some(limits) = self.limits else {
            return Ok(());
        };
        let least = holder.bounded(limits).map(|(_, most)| most).min();
        if let Some(most) = least.filter(|most| order.units > *most) {
            return Err(TooMuch::Alone { most });
        }
        let is_full = |(name, most): (&String, i64)| {
            let held = self.units.get(name).copied().unwrap_or_default();
            held.saturating_add(order.units) > most
        };
        match holder.bounded(limits).any(is_full) {
            true => Err(TooMuch::Together),
            false => Ok(()),
        }
    }

    /// Counts an order that was granted. Returns by whose names it is to be found.
    pub fn take(&mut self, holder: &Holder, order: Unpaid) -> Vec<String> {
        if self.limits.is_none() || order.holds_nothing() {
            return Vec::new();
        }
        for name in holder.names() {
            *self.units.entry(name.clone()).or_default() += order.units;
        }
        holder.names().cloned().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn holder(network: &str, address: &str) -> Holder {
        Holder {
            network: Some(network.to_owned()),
            address: Some(address.to_owned()),
        }
    }

    const fn units(units: i64) -> Unpaid {
        Unpaid {
            units,
            total_minor: 1,
        }
    }

    fn held(network: i64, address: i64) -> Held {
        let limits = HoldLimits::default();
        let limits = limits.with(HeldBy::Network, network);
        Held {
            limits: Some(limits.with(HeldBy::Address, address)),
            units: BTreeMap::new(),
        }
    }

    #[test]
    fn a_network_and_an_address_hold_as_much_as_they_may_and_no_more() {
        let mut held = held(10, 6);
        assert_eq!(held.admit(&holder("n", "a"), units(6)), Ok(()));
        assert_eq!(held.take(&holder("n", "a"), units(6)), ["n", "a"]);
        let full = Err(TooMuch::Together);
        assert_eq!(held.admit(&holder("other", "a"), units(1)), full);
        assert_eq!(held.admit(&holder("n", "b"), units(5)), full);
        assert_eq!(held.admit(&holder("n", "b"), units(4)), Ok(()));
        assert_eq!(held.admit(&holder("other", "b"), units(6)), Ok(()));
    }

    #[test]
    fn what_is_too_large_alone_is_not_said_to_be_so_with_other_orders() {
        let mut held = held(10, 6);
        for _ in 0..2 {
            let of_both = held.admit(&holder("n", "a"), units(7));
            assert_eq!(of_both, Err(TooMuch::Alone { most: 6 }));
            let at_nowhere = Holder {
                address: None,
                ..holder("n", "a")
            };
            assert_eq!(held.admit(&at_nowhere, units(10)), Ok(()));
            let of_network = held.admit(&at_nowhere, units(11));
            assert_eq!(of_network, Err(TooMuch::Alone { most: 10 }));
            held.take(&holder("elsewhere", "a"), units(6));
        }
    }

    #[test]
    fn what_costs_nothing_holds_nothing() {
        let mut held = held(1, 1);
        let free = Unpaid {
            units: 5,
            total_minor: 0,
        };
        assert_eq!(held.admit(&holder("n", "a"), free), Ok(()));
        assert!(held.take(&holder("n", "a"), free).is_empty());
        assert_eq!(held.admit(&holder("n", "a"), units(1)), Ok(()));
    }

    #[test]
    fn what_is_not_limited_or_not_known_is_not_counted_against_anybody() {
        let mut off = held(0, 0);
        off.take(&holder("n", "a"), units(1000));
        assert_eq!(off.admit(&holder("n", "a"), units(1000)), Ok(()));
        let nobody = Holder::default();
        assert_eq!(held(1, 1).admit(&nobody, units(1000)), Ok(()));
        let mut nowhere = Held::default();
        assert!(nowhere.take(&holder("n", "a"), units(1000)).is_empty());
        assert_eq!(nowhere.admit(&holder("n", "a"), units(1000)), Ok(()));
    }

    #[test]
    fn nothing_of_where_somebody_is_can_be_read() {
        let contact = Contact {
            address_line1: "Quay 7".to_owned(),
            city: "Hamburg".to_owned(),
            ..Contact::default()
        };
        let one = Holder::of("key", "203.0.113.9", &contact).unwrap();
        assert_eq!(one.names().count(), 2);
        assert!(one.names().all(|name| name.len() == 32));
        assert_eq!(one, Holder::of("key", "203.0.113.9", &contact).unwrap());
        let other = Holder::of("other", "203.0.113.9", &contact).unwrap();
        assert!(
            one.names()
                .zip(other.names())
                .all(|(one, other)| one != other)
        );
        let nobody = Holder::of("key", "", &Contact::default()).unwrap();
        assert_eq!(nobody, Holder::default());
    }
}
