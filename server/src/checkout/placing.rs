//! An order as it was sent: read, and placed.

use app::{
    checkout::types::{PlaceOrder, Placed},
    error::{ErrorKind, ShopError, ShopResult},
    locale::{asked_in, locale},
};
use futures_util::future::BoxFuture;

use super::{CheckoutService, empty_cart, text::Text};
use crate::{
    admission::keys::ForOrder,
    cart::token::{self, account_of, is_token},
    ids::{new_id, new_order_number, new_order_token},
    orders::placement::{batch::Intent, refusal::Refusal, refusals::Before},
    payment::{Settlement, not_offered, port::Money, unfit},
};

/// An order that was refused before, and of which memory tells nothing certain.
pub struct Again {
    cart_hash: String,
    checkout_key: String,
    before: Before,
}

impl CheckoutService {
    /// Refuses if no more orders can wait: who comes then is told before anything is done for them, so that those who
    /// wait are not kept up by it.
    pub fn has_room(&self) -> ShopResult<()> {
        self.queue.has_room().map_err(Refusal::told)
    }

    /// Whether the order of a cart with this key was refused lately, and most likely is again.
    pub fn was_refused(&self, cart: Option<&str>, key: &str) -> bool {
        cart.is_some_and(|cart| self.refusals.has_given(cart, key))
    }

    /// Refuses it from memory if it certainly is again. Otherwise what it is placed with, so that memory is not asked for
    /// this order once more. Boxed: it takes no room of orders that come for the first time.
    pub async fn asked_again(
        &self,
        cart: Option<&str>,
        key: &str,
    ) -> ShopResult<Option<Box<Again>>> {
        let Some(cart) = cart else {
            return Ok(None);
        };
        let cart_hash = token::key(cart);
        let before = self.refusals.known(&cart_hash, key).await?;
        Ok(Some(Box::new(Again {
            cart_hash,
            checkout_key: key.to_owned(),
            before,
        })))
    }

    /// Places an order as its port does, and knows whether it [was asked for before](Self::asked_again).
    pub fn place_asked<'a>(
        &'a self,
        cart: Option<&'a str>,
        order: PlaceOrder,
        again: Option<Box<Again>>,
    ) -> BoxFuture<'a, ShopResult<Placed>> {
        Box::pin(self.place_order(cart, order, again))
    }

    /// Places the order of a cart and sees it through.
    pub(super) async fn place_order(
        &self,
        cart: Option<&str>,
        order: PlaceOrder,
        again: Option<Box<Again>>,
    ) -> ShopResult<Placed> {
        let PlaceOrder {
            checkout_key,
            contact,
            told,
            shipping,
            payment,
            expected_total_minor,
            terms,
            network,
        } = order;
        check_key(&checkout_key)?;
        let contact = contact.checked().map_err(ShopError::fields)?;
        let particulars = told.checked().map_err(ShopError::fields)?;
        let cart_token = cart
            .filter(|token| is_token(token))
            .ok_or_else(empty_cart)?;
        let cart_hash = token::key(cart_token);
        let before = match again {
            Some(again) if again.is_of(&cart_hash, &checkout_key) => again.before,
            _ => self.refusals.known(&cart_hash, &checkout_key).await?,
        };
        // Of a method that is not offered any more, the order that went through is the answer.
        let provider = self.payments.by_method(&payment.method);
        let provider = provider.ok_or_else(not_offered)?.clone();
        let kept = match provider.settlement() {
            // What has a page of its own asks for everything there.
            Settlement::Online
                if payment.card_number.trim().is_empty() && provider.provider().is_none() =>
            {
                // Boxed, as what else is seldom done: orders that wait for their batch keep no room for it.
                Box::pin(self.kept_payment(cart)).await?
            }
            Settlement::Online | Settlement::OnDelivery | Settlement::Transfer => None,
        };
        // A repeated submit of an order that went through finds no card in the draft any more;
        // the first order is the answer all the same. Whether the owner has the way on is decided with
        // the order.
        let choice = match self.payments.of_form(&payment.method) {
            Ok(offered) => {
                let total = Money {
                    minor: expected_total_minor,
                    currency: self.settings.last_known().currency.clone(),
                };
                let fits = offered.fits(&total, &contact.country).map_err(unfit);
                fits.and_then(|()| offered.choose(&payment.card_number, kept.as_ref()))
            }
            Err(refusal) => Err(refusal),
        };
        let email = &contact.email;
        let ForOrder { theirs, of_others } = match self.tickets.signed {
            None => ForOrder::default(),
            Some(_) => {
                let tickets = self.ticket_key.for_order(&self.db, &self.tickets, email);
                Box::pin(tickets).await?
            }
        };
        let order_id = new_id();
        let language = asked_in().unwrap_or_else(|| {
            let languages = &self.settings.last_known().languages;
            match self.language {
                Some(locale) => languages.closest(locale),
                None => languages.default_language(),
            }
        });
        let intent = Intent {
            checkout_key: checkout_key.clone(),
            cart_hash: cart_hash.clone(),
            account_id: account_of(cart_token).map(str::to_owned),
            locale: language.locale,
            contact,
            network,
            particulars,
            shipping,
            payment: choice,
            settlement: provider.settlement(),
            method: provider.method(),
            expected_total_minor,
            terms,
            names: self.last_target(),
            tickets: theirs,
            number: new_order_number(),
            token: new_order_token(&order_id),
            order_id,
        };
        match self.place_and_settle(intent, language).await {
            Ok(placed) => Ok(placed),
            Err(refusal) if refusal.kind == ErrorKind::Waiting && !of_others.is_empty() => {
                let words = Text::from(locale()).place_of_another_address();
                Err(ShopError::new(ErrorKind::Waiting, words))
            }
            Err(refusal) => {
                let refusal = Box::pin(self.told(refusal)).await;
                self.refusals
                    .remember(before, &cart_hash, &checkout_key, &refusal);
                Err(refusal)
            }
        }
    }
}

impl Again {
    fn is_of(&self, cart_hash: &str, checkout_key: &str) -> bool {
        self.cart_hash == cart_hash && self.checkout_key == checkout_key
    }
}

/// The key comes from our form or from a program; either way it must be too long to guess.
fn check_key(key: &str) -> ShopResult<()> {
    let form = (16..=64).contains(&key.len())
        && key
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_');
    if form {
        Ok(())
    } else {
        let words = Text::from(locale()).checkout_key();
        Err(ShopError::field("checkout_key", words))
    }
}
