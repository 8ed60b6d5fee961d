//! Whether an order can be paid on delivery, while its shopper chooses how to pay. Placing decides it
//! again, on what is there by then.

use app::{
    cart::types::CartView,
    checkout::types::Draft,
    error::{ShopError, ShopResult},
};

use super::CheckoutService;
use crate::{
    cart::{draft, token::account_of},
    error::Result,
    orders::on_delivery::{Buyer, open, prepaid},
    payment::cash::rules::{CashOrder, CashProblem, prepaid_words, read},
    pricing::Pricing,
};

/// An order as far as its checkout has come.
pub(super) struct Wanted<'a> {
    pub cart_token: Option<&'a str>,
    pub cart: &'a CartView,
    pub draft: &'a Draft,
    pub total_minor: i64,
}

impl CheckoutService {
    /// Why an order cannot be paid on delivery, in words for its shopper; `None` if it can.
    pub(super) async fn cash_refusal(
        &self,
        pricing: &Pricing,
        wanted: &Wanted<'_>,
    ) -> Result<Option<String>> {
        let dialect = self.db.dialect();
        let mut connection = self.db.reader().acquire().await?;
        let rules = read(&mut *connection).await?.rules(pricing.opening);
        let contact = wanted.draft.contact.as_ref();
        let buyer = Buyer::new(
            wanted.cart_token.and_then(account_of),
            contact.map_or("", |contact| &contact.email),
        );
        let lines = &wanted.cart.lines;
        let variants: Vec<&str> = lines.iter().map(|line| line.variant_id.as_str()).collect();
        let prepaid = prepaid(&mut connection, dialect, &variants).await?;
        let open = match rules.most_open {
            Some(_) => {
                buyer.count(&open(&mut connection, dialect, std::slice::from_ref(&buyer)).await?)
            }
            None => 0,
        };
        let order = CashOrder {
            total_minor: wanted.total_minor,
            currency: &pricing.currency,
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

    /// Refuses to note that an order is paid on delivery that cannot be.
    pub(super) async fn must_take_cash(
        &self,
        cart_token: Option<&str>,
        cart_id: &str,
    ) -> ShopResult<()> {
        let cart = self.filled_cart(cart_token, cart_id).await?;
        let begun = draft::read(&self.db, cart_id).await?;
        let draft = begun.map(|begun| begun.draft).unwrap_or_default();
        let pricing = self.pricing().await?;
        let total_minor = super::totals(&pricing, &cart, &draft).total_minor;
        let wanted = Wanted {
            cart_token,
            cart: &cart,
            draft: &draft,
            total_minor,
        };
        match self.cash_refusal(&pricing, &wanted).await? {
            None => Ok(()),
            Some(words) => Err(ShopError::field("payment", words)),
        }
    }
}
