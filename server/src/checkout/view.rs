//! The checkout as its shopper sees it.

use app::{
    cart::types::CartView,
    checkout::types::{BANK_TRANSFER, CheckoutView, Draft, PaymentChoice, Totals},
    contact::Contact,
    countries::DeliveryCountries,
    delivery::Promise,
    error::ShopResult,
};

use super::{CheckoutService, must_be_open, on_delivery::UnplacedOrder};
use crate::{
    cart::draft::{self, Begun},
    payment::methods::Methods,
    pricing::{self, Pricing},
    settings::Rate,
};

/// What an order comes to, as far as its shopper has chosen.
pub(super) fn totals(pricing: &Pricing, cart: &CartView, draft: &Draft) -> Totals {
    let shipping_minor = draft
        .shipping
        .as_ref()
        .and_then(|id| pricing.rates.iter().find(|rate| rate.id == *id))
        .map_or(0, |rate| rate.price_for(cart.subtotal_minor));
    pricing::totals(
        cart.subtotal_minor,
        shipping_minor,
        pricing.tax_basis_points,
        &pricing.currency,
    )
}

/// What was not told yet is what is known.
pub(super) fn assume(
    draft: &mut Draft,
    known: &Contact,
    delivers_to: &DeliveryCountries,
    rates: &[Rate],
) {
    if draft.contact.is_none() {
        draft.contact = known.clone().checked_for(delivers_to).ok();
    }
    if draft.contact.is_some() && draft.shipping.is_none() {
        draft.shipping = rates.first().map(|rate| rate.id.clone());
    }
}

/// A choice without particulars of its own has the name that the owner has given the method.
pub(super) fn call_as_set(choice: &mut PaymentChoice, methods: &Methods) {
    if let Some(one) = methods.of(&choice.method)
        && choice.token.is_empty()
        && !one.name.is_empty()
    {
        choice.label.clone_from(&one.name);
    }
}

impl CheckoutService {
    /// As it is kept. A shopper who is known is taken to be who they are, as long as they say nothing else.
    pub(super) async fn shown(
        &self,
        cart: Option<&str>,
        known: Option<&Contact>,
    ) -> ShopResult<CheckoutView> {
        let (settings, set) = self.looked().await?;
        must_be_open(&settings)?;
        let cart_token = cart;
        let mut cart = self.filled_cart(&settings, cart).await?;
        let Begun {
            checkout_key,
            mut draft,
        } = match cart.row.begun.take() {
            Some(begun) => begun,
            None => draft::begin(&self.db, self.clock.now(), &cart.row.id).await?,
        };
        let methods = self.methods(&settings, &set).await?;
        let pricing = self.pricing_shown(&settings, &set).await?;
        // It may have been chosen in another language.
        if let Some(choice) = &mut draft.payment {
            call_as_set(choice, &methods);
        }
        if let Some(known) = known {
            assume(&mut draft, known, &settings.delivers_to, &pricing.rates);
        }
        let totals = totals(&pricing, &cart.view, &draft);
        let unplaced = UnplacedOrder {
            cart_token,
            cart: &cart,
            draft: &draft,
            total_minor: totals.total_minor,
        };
        let payment = self.offered_for(&set, &methods, &unplaced).await?;
        let is_transfer = draft
            .payment
            .as_ref()
            .is_some_and(|choice| choice.method == BANK_TRANSFER);
        let now = self.clock.now();
        let cart = cart.view;
        let is_in_stock = cart.is_in_stock();
        let promise = |delivery| match is_transfer {
            _ if !is_in_stock => None,
            // The days count once the money is there.
            true => Some(Promise::waiting(delivery)),
            false => Some(pricing.calendar.promise(delivery, now)),
        };
        Ok(CheckoutView {
            checkout_key,
            payment,
            rates: pricing
                .rates
                .iter()
                .map(|rate| rate.shown(cart.subtotal_minor, promise))
                .collect(),
            totals,
            cart,
            draft,
        })
    }
}
