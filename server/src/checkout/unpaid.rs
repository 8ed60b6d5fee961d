//! Whether an order may hold its units until it is paid for, told before it is placed.

use app::{
    cart::types::CartView,
    error::{ShopError, ShopResult},
};

use super::CheckoutService;
use crate::{
    cart::draft,
    orders::placement::{
        held::{OrderToHold, refusal},
        refusal::Refusal,
    },
};

impl CheckoutService {
    /// Refuses more than may be held, as far as it is known by now who gets it.
    pub(super) async fn may_hold(
        &self,
        cart_id: &str,
        cart: &CartView,
        network: &str,
    ) -> ShopResult<()> {
        let begun = draft::read(&self.db, cart_id).await?;
        let contact = begun.and_then(|begun| begun.draft.contact);
        let order = OrderToHold {
            network,
            contact: contact.as_ref(),
            units: cart.count,
            // Without shipping, which the cart does not know.
            total_minor: cart.subtotal_minor,
        };
        self.refusal_of_held(order).await?.map_or(Ok(()), Err)
    }

    pub(super) async fn refusal_of_held(
        &self,
        order: OrderToHold<'_>,
    ) -> ShopResult<Option<ShopError>> {
        let opening = self.settings.now().await?.opening;
        let mut connection = self.db.connection().await?;
        let refusal = refusal(&mut connection, self.db.dialect(), opening, order).await?;
        Ok(refusal.map(Refusal::told))
    }
}
