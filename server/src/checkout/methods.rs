//! Which methods the order at hand can be paid by, while its shopper chooses one. Placing decides it again, on
//! what is there by then.

use std::sync::Arc;

use app::{
    checkout::types::PaymentOffer,
    error::{ShopError, ShopResult},
    shop::ShopSettings,
};

use super::{CheckoutService, on_delivery::UnplacedOrder, set::Set};
use crate::{
    cart::token::account_of,
    error::Result,
    orders::{
        awaiting::{self, Payer},
        method_names,
    },
    payment::{
        PaymentProvider, Settlement,
        bank_transfer::settings::MOST_OPEN,
        methods::{Methods, PricedOrder},
        not_offered,
        port::Money,
        too_many_transfers_words, unfit_words,
    },
};

impl CheckoutService {
    /// What is set of payment methods, as the shopper reads it.
    pub(super) async fn methods(&self, settings: &ShopSettings, set: &Set) -> ShopResult<Methods> {
        let methods = set.methods.clone();
        Ok(match self.target(settings) {
            Some(language) => {
                let mut connection = self.db.connection().await?;
                let dialect = self.db.dialect();
                method_names::translated(&mut connection, dialect, &methods, language).await?
            }
            None => methods,
        })
    }

    /// The methods that are on, in the owner's order and words, with their providers.
    pub(super) fn offered(
        &self,
        methods: &Methods,
        currency: &str,
    ) -> Vec<(&Arc<dyn PaymentProvider>, PaymentOffer)> {
        let mut offered: Vec<_> = self
            .payments
            .offered()
            .filter(|provider| methods.is_on(provider.method()))
            .filter_map(|provider| {
                let mut offer = provider.offer(currency)?;
                if let Some(one) = methods.of(provider.method()) {
                    put(&one.name, &mut offer.title);
                    put(&one.description, &mut offer.text);
                }
                Some((provider, offer))
            })
            .collect();
        offered.sort_by_key(|(provider, _)| methods.rank(provider.method()));
        offered
    }

    /// The same for an order: what it cannot be paid by says why.
    pub(super) async fn offered_for(
        &self,
        set: &Set,
        methods: &Methods,
        unplaced: &UnplacedOrder<'_>,
    ) -> Result<Vec<PaymentOffer>> {
        let mut offers = Vec::new();
        for (provider, mut offer) in self.offered(methods, &set.pricing.currency) {
            let provider = provider.as_ref();
            offer.unavailable = self.refusal(set, methods, provider, unplaced).await?;
            offers.push(offer);
        }
        Ok(offers)
    }

    /// The provider that a form names, if the order can be paid by it.
    pub(super) async fn of_form(
        &self,
        set: &Set,
        methods: &Methods,
        (method, unplaced): (&str, &UnplacedOrder<'_>),
    ) -> ShopResult<&Arc<dyn PaymentProvider>> {
        let named = self.payments.of_form(method)?;
        if !methods.is_on(method) {
            return Err(not_offered());
        }
        match self.refusal(set, methods, named.as_ref(), unplaced).await? {
            None => Ok(named),
            Some(words) => Err(ShopError::field("payment", words)),
        }
    }

    /// Why an order cannot be paid by a method, in words for its shopper; `None` if it can.
    async fn refusal(
        &self,
        set: &Set,
        methods: &Methods,
        provider: &dyn PaymentProvider,
        unplaced: &UnplacedOrder<'_>,
    ) -> Result<Option<String>> {
        let pricing = &set.pricing;
        let contact = unplaced.draft.contact.as_ref();
        let country = contact.map(|contact| contact.country.as_str());
        let order = PricedOrder {
            total_minor: unplaced.total_minor,
            currency: &pricing.currency,
            country,
        };
        if let Err(misfit) = methods.admit(provider.method(), &order) {
            return Ok(Some(misfit.words()));
        }
        let total = Money {
            minor: unplaced.total_minor,
            currency: pricing.currency.clone(),
        };
        if let Some(country) = country
            && let Err(reason) = provider.fits(&total, country)
        {
            return Ok(Some(unfit_words(reason).to_owned()));
        }
        match provider.settlement() {
            Settlement::OnDelivery => self.cash_refusal(set, unplaced).await,
            Settlement::Transfer => self.transfer_refusal(unplaced).await,
            Settlement::Online => Ok(None),
        }
    }

    /// As [`decide`](crate::orders::placement) does: who has as many orders waiting as may wait is told here.
    async fn transfer_refusal(&self, unplaced: &UnplacedOrder<'_>) -> Result<Option<String>> {
        let account = unplaced.cart_token.and_then(account_of);
        let email = unplaced
            .draft
            .contact
            .as_ref()
            .map(|contact| &contact.email);
        let payer = match (account, email) {
            // What costs nothing waits for no transfer.
            _ if unplaced.total_minor == 0 => return Ok(None),
            (None, None) => return Ok(None),
            (account, email) => Payer::new(account, email.map_or("", String::as_str)),
        };
        let mut connection = self.db.connection().await?;
        let payers = std::slice::from_ref(&payer);
        let waiting = awaiting::waiting(&mut connection, self.db.dialect(), payers).await?;
        let is_full = payer.count(&waiting) >= MOST_OPEN;
        Ok(is_full.then(|| too_many_transfers_words(MOST_OPEN)))
    }
}

/// The owner's words in place of the provider's, if there are some.
fn put(words: &str, provided: &mut String) {
    if !words.is_empty() {
        words.clone_into(provided);
    }
}
