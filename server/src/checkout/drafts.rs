//! What a shopper has typed in the checkout, kept with the cart.

use app::{
    checkout::{
        ports::Leave,
        types::{PaymentChoice, PaymentInput},
    },
    contact::Contact,
    error::{ErrorKind, ShopError, ShopResult},
    locale::locale,
    orders::details::Particulars,
    shop::ShopSettings,
};

use super::{
    CheckoutService, empty_cart,
    on_delivery::UnplacedOrder,
    text::Text,
    view::{assume, call_as_set, totals},
};
use crate::cart::{draft::CartRow, renew, translated, view::FilledCart};

/// How often contact details are tried to be stored while others store theirs in the same cart.
const RENEWALS: usize = 5;

impl CheckoutService {
    /// The cart of this token, without what is in it.
    async fn cart_row(&self, token: Option<&str>) -> ShopResult<CartRow> {
        let row = self.reads.row(self.clock.now(), token).await?;
        row.ok_or_else(empty_cart)
    }

    /// The same of a cart that something is in.
    async fn filled_row(&self, token: Option<&str>) -> ShopResult<CartRow> {
        let row = self.cart_row(token).await?;
        match row.is_empty {
            true => Err(empty_cart()),
            false => Ok(row),
        }
    }

    /// With what is in it.
    pub(super) async fn filled_cart(
        &self,
        settings: &ShopSettings,
        token: Option<&str>,
    ) -> ShopResult<FilledCart> {
        let now = self.clock.now();
        let found = self.reads.filled(now, token, &settings.currency).await?;
        let mut cart = found.ok_or_else(empty_cart)?;
        if let Some(language) = self.target(settings) {
            translated::view(&self.db, &mut cart.view, language).await?;
        }
        Ok(cart)
    }

    /// The way to pay that was chosen in the cart of this token.
    pub(super) async fn kept_payment(
        &self,
        token: Option<&str>,
    ) -> ShopResult<Option<PaymentChoice>> {
        Ok(self.cart_row(token).await?.draft().payment)
    }

    /// Keeps whose cart it is and what else was told with that, and answers under which token it is from now on.
    pub(super) async fn keep_contact(
        &self,
        cart: Option<&str>,
        contact: Contact,
        told: Option<(Particulars, &dyn Leave)>,
    ) -> ShopResult<String> {
        let token = cart.ok_or_else(empty_cart)?;
        let mut leave = told.as_ref().map(|(_, leave)| *leave);
        // Of two that arrive at once, the second finds the copy that the first one left.
        for _ in 0..RENEWALS {
            let row = self.filled_row(cart).await?;
            let mut draft = row.draft();
            let is_news = draft.contact.as_ref() != Some(&contact);
            // Others have been told before, here or in the cart that this is a copy of.
            let is_another = match &draft.contact {
                Some(_) => is_news,
                None => row.is_copy,
            };
            if let Some(leave) = leave.take()
                && is_another
                && renew::is_guests(token)
            {
                leave.to_copy().await?;
            }
            draft.contact = Some(contact.clone());
            if let Some((told, _)) = &told {
                draft.particulars = told.clone();
            }
            let now = self.clock.now();
            if !is_news || !renew::is_guests(token) {
                let told = self.telling.draft_under(now, (token, &row.id), &draft);
                if told.await? {
                    return Ok(token.to_owned());
                }
                // Others have stored theirs meanwhile: the token leads to a copy.
                continue;
            }
            let renewed = self.renewals.renew(now, token, &row.id, &draft);
            if let Some(token) = renewed.await? {
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
        let (settings, set) = self.looked().await?;
        let cart = self.filled_cart(&settings, cart_token).await?;
        let methods = self.methods(&settings, &set).await?;
        let pricing = &set.pricing;
        let mut draft = cart.row.draft();
        // As the step was shown, also to a shopper who skipped those before it.
        let mut told = draft.clone();
        if let Some(known) = known {
            assume(&mut told, known, &settings.delivers_to, &pricing.rates);
        }
        let unplaced = UnplacedOrder {
            cart_token,
            cart: &cart,
            draft: &told,
            total_minor: totals(pricing, &cart.view, &told).total_minor,
        };
        let asked = (payment.method.as_str(), &unplaced);
        let provider = self.of_form(&set, &methods, asked).await?;
        let mut choice = provider.choose(&payment.card_number, draft.payment.as_ref())?;
        call_as_set(&mut choice, &methods);
        draft.payment = Some(choice);
        let now = self.clock.now();
        self.telling.draft(now, &cart.row.id, &draft).await?;
        Ok(())
    }
}
