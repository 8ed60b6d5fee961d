//! Ways to deliver, as set up.

use app::{
    checkout::types::{ShippingOffer, ShippingRate},
    delivery::{Delivery, Handover, Promise, WorkingDays},
};
use serde::{Deserialize, Serialize};

use crate::db::stored_words;

stored_words!(Handover);

/// A shipping rate as configured.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rate {
    pub id: String,
    pub name: String,
    pub description: String,
    pub price_minor: i64,
    pub free_from_minor: Option<i64>,
    pub handover: Handover,
    /// From order to arrival; none if nothing is said of it.
    pub days: Option<WorkingDays>,
}

impl Rate {
    /// What it costs for goods of this value.
    pub fn price_for(&self, subtotal_minor: i64) -> i64 {
        match self.free_from_minor {
            Some(from) if subtotal_minor >= from => 0,
            _ => self.price_minor,
        }
    }

    /// What is said of its arrival.
    pub fn delivery(&self) -> Option<Delivery> {
        let handover = self.handover;
        self.days.map(|days| Delivery { handover, days })
    }

    /// As it is told without a cart.
    pub fn offered(self) -> ShippingOffer {
        ShippingOffer {
            delivery: self.delivery(),
            handover: self.handover,
            name: self.name,
            description: self.description,
            price_minor: self.price_minor,
            free_from_minor: self.free_from_minor,
        }
    }

    /// For a cart of this value; `promise` makes a promise to one shopper of what is said to all, if it can be kept.
    pub fn shown(
        &self,
        subtotal_minor: i64,
        promise: impl Fn(Delivery) -> Option<Promise>,
    ) -> ShippingRate {
        ShippingRate {
            id: self.id.clone(),
            name: self.name.clone(),
            description: self.description.clone(),
            price_minor: self.price_for(subtotal_minor),
            promise: self.delivery().and_then(promise),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn delivery_is_free_from_its_threshold_on() {
        let rate = Rate {
            id: "s".into(),
            name: "Standard".into(),
            description: String::new(),
            price_minor: 490,
            free_from_minor: Some(7500),
            handover: Handover::default(),
            days: None,
        };
        assert_eq!(rate.price_for(7499), 490);
        assert_eq!(rate.price_for(7500), 0);
    }
}
