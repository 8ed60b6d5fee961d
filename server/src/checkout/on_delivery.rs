//! Whether an order can be paid on delivery, while its shopper chooses how to pay. Placing decides it
//! again, on what is there by then.

use app::checkout::types::Draft;

use super::{CheckoutService, set::Set};
use crate::{
    cart::{token::account_of, view::FilledCart},
    error::Result,
    orders::on_delivery::{Address, Buyer, open, proven},
    payment::cash::rules::{CashOrder, CashProblem, prepaid_words},
};

/// An order as far as its checkout has come.
#[derive(Clone, Copy)]
pub(super) struct UnplacedOrder<'a> {
    pub cart_token: Option<&'a str>,
    pub cart: &'a FilledCart,
    pub draft: &'a Draft,
    pub total_minor: i64,
}

impl CheckoutService {
    /// Why an order cannot be paid on delivery, in words for its shopper; `None` if it can.
    pub(super) async fn cash_refusal(
        &self,
        set: &Set,
        unplaced: &UnplacedOrder<'_>,
    ) -> Result<Option<String>> {
        let rules = set.cash.rules(set.pricing.opening);
        let contact = unplaced.draft.contact.as_ref();
        let buyer = Buyer::new(
            unplaced.cart_token.and_then(account_of),
            contact.map_or("", |contact| &contact.email),
        );
        let (lines, prepaid) = (&unplaced.cart.view.lines, &unplaced.cart.prepaid);
        let open = match rules.most_open {
            Some(_) => {
                let dialect = self.db.dialect();
                let mut connection = self.db.connection().await?;
                let buyers = std::slice::from_ref(&buyer);
                let address = match proven(&mut connection, dialect, buyers).await?.is_empty() {
                    true => Address::Typed,
                    false => Address::Proven,
                };
                buyer.count(address, &open(&mut connection, dialect, buyers).await?)
            }
            None => 0,
        };
        let order = CashOrder {
            has_prepaid: !prepaid.is_empty(),
            open,
        };
        let named = lines.iter().find(|line| prepaid.contains(&line.variant_id));
        Ok(match (rules.admit(&order), named) {
            (Ok(()), _) => None,
            (Err(CashProblem::Prepaid), Some(line)) => Some(prepaid_words(&line.title)),
            (Err(problem), _) => Some(problem.words()),
        })
    }
}
