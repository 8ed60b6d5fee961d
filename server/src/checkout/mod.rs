//! From a cart to an order.

pub mod hooks;
mod on_delivery;
mod paying;
mod settle;
pub(crate) mod text {
    include!(concat!(env!("OUT_DIR"), "/checkout_text.rs"));
}

use std::sync::Arc;

use app::{
    cart::types::CartView,
    checkout::{
        ports::Checkout,
        types::{
            CheckoutView, Draft, Offers, PaymentChoice, PaymentInput, PaymentOffer, PaymentSign,
            PlaceOrder, Placed, Totals, Validation,
        },
    },
    contact::Contact,
    countries::DeliveryCountries,
    error::{ErrorKind, ShopError, ShopResult},
    locale::{Locale, asked_in, locale},
    shop::Opening,
};
use async_trait::async_trait;
use on_delivery::Wanted;
use text::Text;

use crate::{
    cart::{
        draft::{self, Begun},
        renew, store as carts,
        token::{self, account_of, is_token},
        translated,
    },
    clock::Clock,
    error::Result,
    ids::{new_id, new_order_number, new_order_token},
    orders::placement::{
        batch::Intent,
        queue::{self, OrderQueue},
        refusals::Refusals,
    },
    payment::{Accepted, PaymentProvider, Payments, Settlement, not_offered, port::Money, unfit},
    pricing::{self, Pricing},
    settings::{Rate, Settings},
    store::Store,
};

#[derive(Clone)]
pub struct CheckoutService {
    db: Store,
    clock: Arc<dyn Clock>,
    settings: Settings,
    payments: Payments,
    queue: OrderQueue,
    refusals: Refusals,
    /// Of the shopper; `None`: the one that texts are written in.
    language: Option<Locale>,
}

/// How often contact details are tried to be stored while others store theirs in the same cart.
const RENEWALS: usize = 5;

/// Whether the owner has a way to pay on.
fn is_on(pricing: &Pricing, provider: &dyn PaymentProvider) -> bool {
    let accepted = Accepted {
        cash_on_delivery: pricing.cash_on_delivery,
        test_card: pricing.test_card,
    };
    accepted.takes(provider.method(), provider.settlement())
}

/// What an order comes to, as far as its shopper has chosen.
fn totals(pricing: &Pricing, cart: &CartView, draft: &Draft) -> Totals {
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
fn assume(draft: &mut Draft, known: &Contact, delivers_to: &DeliveryCountries, rates: &[Rate]) {
    if draft.contact.is_none() {
        draft.contact = known.clone().checked_for(delivers_to).ok();
    }
    if draft.contact.is_some() && draft.shipping.is_none() {
        draft.shipping = rates.first().map(|rate| rate.id.clone());
    }
}

fn empty_cart() -> ShopError {
    ShopError::of(ErrorKind::EmptyCart)
}

impl CheckoutService {
    /// Whether many orders are coming in at once on this node.
    pub fn is_busy(&self) -> bool {
        self.queue.is_busy()
    }

    /// Where forms of the shop may lead besides the shop: to pages of payment providers.
    pub fn payment_pages(&self) -> Vec<String> {
        self.payments.page_origins()
    }

    pub fn new(db: Store, clock: Arc<dyn Clock>, settings: Settings, payments: Payments) -> Self {
        let queue = OrderQueue::open(
            db.clone(),
            clock.clone(),
            settings.defaults().clone(),
            queue::CAPACITY,
        );
        let refusals = Refusals::new(db.freshness().clone());
        Self {
            db,
            clock,
            settings,
            payments,
            queue,
            refusals,
            language: None,
        }
    }

    /// What names are to be translated into, if that is not what they are written in.
    async fn target(&self) -> ShopResult<Option<Locale>> {
        translated::target(&self.settings, self.language).await
    }

    /// The same for an order, which waits for no look at the settings.
    fn last_target(&self) -> Option<Locale> {
        let written_in = self.settings.last_known().written_in;
        self.language.filter(|language| *language != written_in)
    }

    /// A refusal that names lines in the shopper's language.
    async fn told(&self, refusal: ShopError) -> ShopError {
        match self.last_target() {
            Some(language) => translated::refusal(&self.db, refusal, language).await,
            None => refusal,
        }
    }

    /// Refuses in a shop that takes no orders yet.
    async fn must_be_open(&self) -> ShopResult<()> {
        match self.settings.now().await?.opening {
            Opening::Preparing => Err(ShopError::of(ErrorKind::NotOpen)),
            Opening::Open | Opening::Demo => Ok(()),
        }
    }

    async fn cart_id(&self, token: Option<&str>) -> ShopResult<String> {
        carts::id_of(&self.db, token, self.clock.now())
            .await?
            .ok_or_else(empty_cart)
    }

    async fn filled_cart(&self, token: Option<&str>, cart_id: &str) -> ShopResult<CartView> {
        let settings = self.settings.now().await?;
        let (now, account) = (self.clock.now(), token.and_then(account_of));
        let mut cart = carts::view(&self.db, now, cart_id, account, &settings.currency).await?;
        if cart.lines.is_empty() {
            return Err(empty_cart());
        }
        if let Some(language) = self.target().await? {
            translated::view(&self.db, &mut cart, language).await?;
        }
        Ok(cart)
    }

    async fn pricing(&self) -> Result<Pricing> {
        let mut connection = self.db.reader().acquire().await?;
        pricing::pricing(&mut connection, self.settings.defaults()).await
    }

    /// The ways to pay that the owner has on and that are `wanted`, as their providers describe them.
    fn offered(
        &self,
        pricing: &Pricing,
        wanted: impl Fn(&dyn PaymentProvider) -> bool,
    ) -> Vec<PaymentOffer> {
        let providers = self.payments.offered();
        providers
            .filter(|provider| is_on(pricing, &***provider) && wanted(&***provider))
            .filter_map(|provider| provider.offer(&pricing.currency))
            .collect()
    }

    /// The provider that a form names.
    async fn of_form(&self, method: &str) -> ShopResult<&Arc<dyn PaymentProvider>> {
        let named = self.payments.of_form(method)?;
        match is_on(&self.pricing().await?, named.as_ref()) {
            true => Ok(named),
            false => Err(not_offered()),
        }
    }

    async fn begun(&self, cart_id: &str) -> Result<Begun> {
        draft::read_or_begin(&self.db, self.clock.now(), cart_id).await
    }

    async fn kept_payment(&self, cart_id: &str) -> Result<Option<PaymentChoice>> {
        let begun = draft::read(&self.db, cart_id).await?;
        Ok(begun.and_then(|begun| begun.draft.payment))
    }

    async fn change_draft(
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

    async fn store_draft(&self, cart_id: &str, typed: &Draft) -> Result<()> {
        let mut tx = self.db.begin().await?;
        draft::write(&mut tx, self.clock.now(), cart_id, typed).await?;
        tx.commit().await?;
        Ok(())
    }

    /// See [`Checkout::view`] and [`Checkout::view_of`].
    async fn shown(&self, cart: Option<&str>, known: Option<&Contact>) -> ShopResult<CheckoutView> {
        self.must_be_open().await?;
        let cart_token = cart;
        let cart_id = self.cart_id(cart).await?;
        let cart = self.filled_cart(cart, &cart_id).await?;
        let Begun {
            checkout_key,
            mut draft,
        } = self.begun(&cart_id).await?;
        let pricing = self.pricing().await?;
        if let Some(known) = known {
            let settings = self.settings.now().await?;
            assume(&mut draft, known, &settings.delivers_to, &pricing.rates);
        }
        let totals = totals(&pricing, &cart, &draft);
        let total = Money {
            minor: totals.total_minor,
            currency: pricing.currency.clone(),
        };
        let country = draft.contact.as_ref().map(|contact| &contact.country);
        let mut payment = self.offered(&pricing, |provider| {
            country.is_none_or(|country| provider.fits(&total, country).is_ok())
        });
        if let Some(cash) = payment
            .iter_mut()
            .find(|offer| offer.sign == PaymentSign::Cash)
        {
            let wanted = Wanted {
                cart_token,
                cart: &cart,
                draft: &draft,
                total_minor: totals.total_minor,
            };
            cash.unavailable = self.cash_refusal(&pricing, &wanted).await?;
        }
        Ok(CheckoutView {
            checkout_key,
            draft,
            payment,
            rates: pricing
                .rates
                .iter()
                .map(|rate| rate.shown(cart.subtotal_minor))
                .collect(),
            totals,
            cart,
        })
    }
}

#[async_trait]
impl Checkout for CheckoutService {
    fn in_language(&self, language: Locale) -> Arc<dyn Checkout> {
        Arc::new(Self {
            language: Some(language),
            ..self.clone()
        })
    }

    async fn offers(&self) -> ShopResult<Offers> {
        let pricing = self.pricing().await?;
        Ok(Offers {
            payment: self.offered(&pricing, |_| true),
            shipping: pricing.rates.into_iter().map(Rate::offered).collect(),
            currency: pricing.currency,
        })
    }

    async fn validate(&self, cart: Option<&str>) -> ShopResult<Validation> {
        let cart_id = self.cart_id(cart).await?;
        let problems = self.filled_cart(cart, &cart_id).await?.problems();
        Ok(Validation {
            ok: problems.is_empty(),
            problems,
        })
    }

    async fn view(&self, cart: Option<&str>) -> ShopResult<CheckoutView> {
        self.shown(cart, None).await
    }

    async fn view_of(&self, cart: Option<&str>, known: &Contact) -> ShopResult<CheckoutView> {
        self.shown(cart, Some(known)).await
    }

    async fn save_contact(&self, cart: Option<&str>, contact: Contact) -> ShopResult<String> {
        self.must_be_open().await?;
        let settings = self.settings.now().await?;
        let contact = contact
            .checked_for(&settings.delivers_to)
            .map_err(ShopError::fields)?;
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

    async fn save_shipping(&self, cart: Option<&str>, rate: &str) -> ShopResult<()> {
        let pricing = self.pricing().await?;
        let known = pricing.rates.iter().any(|known| known.id == rate);
        if !known {
            let words = Text::from(locale()).choose_shipping();
            return Err(ShopError::field("shipping", words));
        }
        self.change_draft(cart, |draft| draft.shipping = Some(rate.to_owned()))
            .await
    }

    async fn save_payment(&self, cart: Option<&str>, payment: PaymentInput) -> ShopResult<()> {
        let cart_id = self.cart_id(cart).await?;
        let kept = self.kept_payment(&cart_id).await?;
        let provider = self.of_form(&payment.method).await?;
        match provider.settlement() {
            Settlement::OnDelivery => self.must_take_cash(cart, &cart_id).await?,
            Settlement::Online => {}
        }
        let choice = provider.choose(&payment.card_number, kept.as_ref())?;
        self.change_draft(cart, |draft| draft.payment = Some(choice))
            .await
    }

    async fn place(&self, cart: Option<&str>, order: PlaceOrder) -> ShopResult<Placed> {
        let PlaceOrder {
            checkout_key,
            contact,
            shipping,
            payment,
            expected_total_minor,
            terms,
        } = order;
        check_key(&checkout_key)?;
        let contact = contact.checked().map_err(ShopError::fields)?;
        let cart_token = cart
            .filter(|token| is_token(token))
            .ok_or_else(empty_cart)?;
        let cart_hash = token::key(cart_token);
        let before = self.refusals.known(&cart_hash, &checkout_key).await?;
        // Of a method that is not offered any more, the order that went through is the answer.
        let provider = self.payments.by_method(&payment.method);
        let provider = provider.ok_or_else(not_offered)?.clone();
        let kept = match provider.settlement() {
            Settlement::Online if payment.card_number.trim().is_empty() => {
                let cart_id = self.cart_id(cart).await?;
                self.kept_payment(&cart_id).await?
            }
            Settlement::Online | Settlement::OnDelivery => None,
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
            shipping,
            payment: choice,
            settlement: provider.settlement(),
            method: provider.method(),
            expected_total_minor,
            terms,
            names: self.last_target(),
            number: new_order_number(),
            token: new_order_token(&order_id),
            order_id,
        };
        match self.place_and_settle(intent, language).await {
            Ok(placed) => Ok(placed),
            Err(refusal) => {
                let refusal = self.told(refusal).await;
                self.refusals
                    .remember(before, &cart_hash, &checkout_key, &refusal);
                Err(refusal)
            }
        }
    }

    async fn pay(&self, token: &str) -> ShopResult<Placed> {
        self.pay_order(token).await
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
