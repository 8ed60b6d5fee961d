//! Whether an order may hold its units until it is paid for, told before it is placed.

use app::{
    error::{ShopError, ShopResult},
    shop::Opening,
};

use super::{CheckoutService, set::Set};
use crate::{
    cart::view::FilledCart,
    orders::placement::{held::OrderToHold, refusal::Refusal},
};

impl CheckoutService {
    /// Refuses more than may be held, as far as it is known by now who gets it.
    pub(super) async fn may_hold(
        &self,
        set: &Set,
        cart: &FilledCart,
        network: &str,
    ) -> ShopResult<()> {
        let begun = cart.row.begun.as_ref();
        let order = OrderToHold {
            network,
            contact: begun.and_then(|begun| begun.draft.contact.as_ref()),
            units: cart.view.count,
            // Without shipping, which the cart does not know.
            total_minor: cart.view.subtotal_minor,
        };
        self.refusal_of_held(set, order).await?.map_or(Ok(()), Err)
    }

    pub(super) async fn refusal_of_held(
        &self,
        set: &Set,
        order: OrderToHold<'_>,
    ) -> ShopResult<Option<ShopError>> {
        if set.pricing.opening == Opening::Demo {
            return Ok(None);
        }
        // It is made with the first order at the latest.
        let key = self.holder_key.get(&self.db).await?;
        let refusal = self.holdings.refusal((set.held, key), order).await?;
        Ok(refusal.map(Refusal::told))
    }
}
