//! What a shopper has typed in the checkout, kept with the cart.

use app::{
    cart::types::CartView,
    checkout::types::{Draft, PaymentChoice, PaymentInput},
    contact::Contact,
    error::{ErrorKind, ShopError, ShopResult},
    locale::locale,
};

use super::{
    CheckoutService, empty_cart,
    on_delivery::UnplacedOrder,
    text::Text,
    view::{assume, call_as_set, totals},
};
use crate::{
    cart::{
        draft::{self, Begun},
        renew, store as carts,
        token::account_of,
        translated, view,
    },
    error::Result,
};

/// How often contact details are tried to be stored while others store theirs in the same cart.
const RENEWALS: usize = 5;

impl CheckoutService {
    pub(super) async fn cart_id(&self, token: Option<&str>) -> ShopResult<String> {
        carts::id_of(&self.db, token, self.clock.now())
            .await?
            .ok_or_else(empty_cart)
    }

    pub(super) async fn filled_cart(
        &self,
        token: Option<&str>,
        cart_id: &str,
    ) -> ShopResult<CartView> {
        let settings = self.settings.now().await?;
        let (now, account) = (self.clock.now(), token.and_then(account_of));
        let mut cart = view::view(&self.db, now, cart_id, account, &settings.currency).await?;
        if cart.lines.is_empty() {
            return Err(empty_cart());
        }
        if let Some(language) = self.target().await? {
            translated::view(&self.db, &mut cart, language).await?;
        }
        Ok(cart)
    }

    /// The way to pay that was chosen in the cart of this token.
    pub(super) async fn kept_payment(
        &self,
        token: Option<&str>,
    ) -> ShopResult<Option<PaymentChoice>> {
        let cart_id = self.cart_id(token).await?;
        let begun = draft::read(&self.db, &cart_id).await?;
        Ok(begun.and_then(|begun| begun.draft.payment))
    }

    pub(super) async fn change_draft(
        &self,
        token: Option<&str>,
        change: impl FnOnce(&mut Draft) + Send,
    ) -> ShopResult<()> {
        let cart_id = self.cart_id(token).await?;
        self.filled_cart(token, &cart_id).await?;
        let Begun { mut draft, .. } = self.begun(&cart_id).await?;
        change(&mut draft);
        Ok(self.store_draft(&cart_id, &draft).await?)
    }

    pub(super) async fn store_draft(&self, cart_id: &str, typed: &Draft) -> Result<()> {
        let mut tx = self.db.begin().await?;
        draft::write(&mut tx, self.clock.now(), cart_id, typed).await?;
        tx.commit().await?;
        Ok(())
    }

    /// Whether other contact details have been told in a guest's cart before, or in the one it is a copy of.
    pub(super) async fn is_other_contact(
        &self,
        cart: Option<&str>,
        contact: &Contact,
    ) -> ShopResult<bool> {
        let Some(token) = cart.filter(|token| renew::is_guests(token)) else {
            return Ok(false);
        };
        let cart_id = self.cart_id(Some(token)).await?;
        let begun = draft::read(&self.db, &cart_id).await?;
        let told = begun.and_then(|begun| begun.draft.contact);
        Ok(match told {
            Some(told) => told != *contact,
            None => renew::is_copy(&self.db, &cart_id).await?,
        })
    }

    /// Keeps whose cart it is, and answers under which token it is from now on.
    pub(super) async fn keep_contact(
        &self,
        cart: Option<&str>,
        contact: Contact,
    ) -> ShopResult<String> {
        let token = cart.ok_or_else(empty_cart)?;
        // Of two that arrive at once, the second finds the copy that the first one left.
        for _ in 0..RENEWALS {
            let cart_id = self.cart_id(cart).await?;
            self.filled_cart(cart, &cart_id).await?;
            let Begun { mut draft, .. } = self.begun(&cart_id).await?;
            let is_news = draft.contact.as_ref() != Some(&contact);
            draft.contact = Some(contact.clone());
            if !is_news || !renew::is_guests(token) {
                // With a draft that another answer has just stored, the token leads to its copy.
                if self.cart_id(cart).await? != cart_id {
                    continue;
                }
                self.store_draft(&cart_id, &draft).await?;
                return Ok(token.to_owned());
            }
            let now = self.clock.now();
            if let Some(token) = renew::renew(&self.db, now, token, &cart_id, &draft).await? {
                return Ok(token);
            }
        }
        let words = Text::from(locale()).changed_elsewhere();
        Err(ShopError::new(ErrorKind::Busy, words))
    }

    /// Keeps how the order is to be paid.
    pub(super) async fn keep_payment(
        &self,
        cart_token: Option<&str>,
        known: Option<&Contact>,
        payment: PaymentInput,
    ) -> ShopResult<()> {
        let cart_id = self.cart_id(cart_token).await?;
        let (pricing, methods) = (self.pricing().await?, self.methods().await?);
        let cart = self.filled_cart(cart_token, &cart_id).await?;
        let Begun { mut draft, .. } = self.begun(&cart_id).await?;
        // As the step was shown, also to a shopper who skipped those before it.
        let mut told = draft.clone();
        if let Some(known) = known {
            let settings = self.settings.now().await?;
            assume(&mut told, known, &settings.delivers_to, &pricing.rates);
        }
        let unplaced = UnplacedOrder {
            cart_token,
            cart: &cart,
            draft: &told,
            total_minor: totals(&pricing, &cart, &told).total_minor,
        };
        let asked = (payment.method.as_str(), &unplaced);
        let provider = self.of_form(&pricing, &methods, asked).await?;
        let mut choice = provider.choose(&payment.card_number, draft.payment.as_ref())?;
        call_as_set(&mut choice, &methods);
        draft.payment = Some(choice);
        Ok(self.store_draft(&cart_id, &draft).await?)
    }
}
