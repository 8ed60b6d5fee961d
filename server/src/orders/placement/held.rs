//! Whether an order may hold its units until it is paid for, before it is placed. Placing decides it again, by the
//! same function, on what is held by then.

use app::{brakes::HoldLimits, contact::Contact};

use super::refusal::Refusal;
use crate::{
    buyer_limits::{
        held::{Holder, Unpaid},
        looks::Looks,
    },
    db::Db,
    error::Result,
};

/// An order, as far as its shopper has come.
#[derive(Debug, Clone, Copy)]
pub struct OrderToHold<'a> {
    /// Where it comes from, to count by; may be empty.
    pub network: &'a str,
    /// Who gets it, once that is told.
    pub contact: Option<&'a Contact>,
    pub units: i64,
    pub total_minor: i64,
}

/// What is held already, for those who have not ordered yet.
#[derive(Clone)]
pub struct Holdings(Looks);

impl Holdings {
    pub fn new(db: &Db) -> Self {
        Self(Looks::new(db.clone()))
    }

    /// Why an order would be refused by these limits, if it would. Holders are known by the key.
    pub async fn refusal(
        &self,
        (limits, key): (HoldLimits, &str),
        order: OrderToHold<'_>,
    ) -> Result<Option<Refusal>> {
        let nobody = Contact::default();
        let contact = order.contact.unwrap_or(&nobody);
        let holder = Holder::of(key, order.network, contact)?;
        let held = self.0.held(limits, &holder).await?;
        let unpaid = Unpaid {
            units: order.units,
            total_minor: order.total_minor,
        };
        let admitted = held.admit(&holder, unpaid);
        Ok(admitted.err().map(Refusal::Held))
    }
}
