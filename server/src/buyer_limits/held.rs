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
    /// Whether so many more units may be held.
    pub fn admits(&self, holder: &Holder, units: i64) -> bool {
        let Some(limits) = self.limits else {
            return true;
        };
        HeldBy::ALL.into_iter().all(|by| {
            let (Some(name), Some(most)) = (holder.name(by), limits.most(by)) else {
                return true;
            };
            let held = self.units.get(name).copied().unwrap_or_default();
            held.saturating_add(units) <= most
        })
    }

    /// Counts an order that was granted. Returns by whose names it is to be found.
    pub fn take(&mut self, holder: &Holder, units: i64) -> Vec<String> {
        if self.limits.is_none() {
            return Vec::new();
        }
        for name in holder.names() {
            *self.units.entry(name.clone()).or_default() += units;
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
        assert!(!held.admits(&holder("n", "a"), 7));
        assert!(held.admits(&holder("n", "a"), 6));
        assert_eq!(held.take(&holder("n", "a"), 6), ["n", "a"]);
        assert!(!held.admits(&holder("other", "a"), 1));
        assert!(!held.admits(&holder("n", "b"), 5));
        assert!(held.admits(&holder("n", "b"), 4));
        assert!(held.admits(&holder("other", "b"), 6));
    }

    #[test]
    fn what_is_not_limited_or_not_known_is_not_counted_against_anybody() {
        let mut off = held(0, 0);
        off.take(&holder("n", "a"), 1000);
        assert!(off.admits(&holder("n", "a"), 1000));
        let nobody = Holder::default();
        assert!(held(1, 1).admits(&nobody, 1000));
        let mut nowhere = Held::default();
        assert!(nowhere.take(&holder("n", "a"), 1000).is_empty());
        assert!(nowhere.admits(&holder("n", "a"), 1000));
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
