//! Open orders of the buyers of a batch, by who bought them: each order of a batch asks how many its buyer has, and may
//! be one more.

use std::collections::HashMap;

use crate::orders::on_delivery::{Address, Buyer, Commitment, OpenOrder};

#[derive(Debug, Clone, Default)]
pub struct OpenOrders {
    of_accounts: HashMap<String, i64>,
    /// With the account that each was ordered in, if any.
    of_mailboxes: HashMap<String, Vec<(Option<String>, Commitment)>>,
}

impl FromIterator<OpenOrder> for OpenOrders {
    fn from_iter<I: IntoIterator<Item = OpenOrder>>(orders: I) -> Self {
        let mut all = Self::default();
        for order in orders {
            all.push(order);
        }
        all
    }
}

impl OpenOrders {
    pub fn push(&mut self, order: OpenOrder) {
        let Buyer {
            account_id,
            mailbox,
        } = order.buyer;
        if let Some(id) = &account_id {
            *self.of_accounts.entry(id.clone()).or_default() += 1;
        }
        if !mailbox.is_empty() {
            let of_mailbox = self.of_mailboxes.entry(mailbox).or_default();
            of_mailbox.push((account_id, order.commitment));
        }
    }

    /// As [`Buyer::count`] counts them.
    pub fn count(&self, buyer: &Buyer, address: Address) -> i64 {
        let of_account = buyer.account_id.as_ref();
        let of_account = of_account.and_then(|id| self.of_accounts.get(id));
        let of_mailbox = self.of_mailboxes.get(&buyer.mailbox);
        // Those of the account are counted.
        let counts = |(account_id, commitment): &&(Option<String>, Commitment)| {
            let is_of_account = account_id.is_some() && *account_id == buyer.account_id;
            let is_anybodys = address == Address::Proven && *commitment == Commitment::Unconfirmed;
            !is_of_account && !is_anybodys
        };
        let others = of_mailbox.map_or(0, |orders| orders.iter().filter(counts).count());
        of_account.copied().unwrap_or_default() + others as i64
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn buyer() -> impl Strategy<Value = Buyer> {
        let account = prop::option::of("[ab]");
        let mailbox = "[xy]?";
        (account, mailbox).prop_map(|(account_id, mailbox)| Buyer {
            account_id,
            mailbox,
        })
    }

    fn order() -> impl Strategy<Value = OpenOrder> {
        let commitment = prop_oneof![Just(Commitment::Firm), Just(Commitment::Unconfirmed)];
        (buyer(), commitment).prop_map(|(buyer, commitment)| OpenOrder { buyer, commitment })
    }

    proptest! {
        #[test]
        fn a_buyer_has_as_many_as_a_look_at_each_order_finds(
            orders in prop::collection::vec(order(), 0..12),
            buyer in buyer(),
        ) {
            let all: OpenOrders = orders.iter().cloned().collect();
            for address in [Address::Proven, Address::Typed] {
                prop_assert_eq!(all.count(&buyer, address), buyer.count(address, &orders));
            }
        }
    }
}
