//! From a cart to an order.

mod drafts;
pub mod hooks;
mod methods;
mod on_delivery;
mod paying;
mod rates;
mod settle;
mod unpaid;
pub(crate) mod text {
    include!(concat!(env!("OUT_DIR"), "/checkout_text.rs"));
}

use std::{ops::Deref, sync::Arc};

use app::{
    cart::types::CartView,
    checkout::{
        particulars::ParticularsInput,
        ports::Checkout,
        types::{
            BANK_TRANSFER, CheckoutView, Draft, Offers, PaymentChoice, PaymentInput, PlaceOrder,
            Placed, Totals, Validation,
        },
    },
    contact::Contact,
    countries::DeliveryCountries,
    delivery::{Delivery, Promise},
    error::{ErrorKind, ShopError, ShopResult},
    locale::{Locale, asked_in, locale},
    shop::Opening,
    tickets::Tickets,
};
use async_trait::async_trait;
use on_delivery::UnplacedOrder;
use text::Text;

use crate::{
    admission::keys::{ForOrder, TicketKey},
    cart::{
        draft::{self, Begun},
        token::{self, account_of, is_token},
        translated,
    },
    clock::Clock,
    error::Result,
    ids::{new_id, new_order_number, new_order_token},
    orders::{
        cancel::Cancellations,
        paid::PaymentNotes,
        placement::{
            batch::Intent,
            held,
            queue::{self, OrderQueue},
            refusals::Refusals,
        },
    },
    payment::{Payments, Settlement, methods::Methods, not_offered, port::Money, unfit},
    pricing::{self, Pricing},
    settings::{Rate, Settings},
    store::Store,
};

/// The checkout of one shopper. Each order has a few of its own, so what all have in common is one pointer.
#[derive(Clone)]
pub struct CheckoutService {
    parts: Arc<Parts>,
    /// Of the shopper; `None`: the one that texts are written in.
    language: Option<Locale>,
    tickets: Tickets,
}

/// What the checkouts of all shoppers have in common.
pub struct Parts {
    db: Store,
    clock: Arc<dyn Clock>,
    settings: Settings,
    payments: Payments,
    queue: OrderQueue,
    payment_notes: PaymentNotes,
    cancellations: Cancellations,
    refusals: Refusals,
    ticket_key: TicketKey,
}

impl Deref for CheckoutService {
    type Target = Parts;

    fn deref(&self) -> &Parts {
        &self.parts
    }
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
    /// Whether orders were refused or had to wait for long on this node in the last seconds.
    pub fn lags(&self) -> bool {
        self.queue.lags()
    }

    /// Whether many orders are coming in at once on this node.
    pub fn is_busy(&self) -> bool {
        self.queue.is_busy()
    }

    /// Where forms of the shop may lead besides the shop: to pages of payment providers.
    pub fn payment_pages(&self) -> Vec<String> {
        self.payments.page_origins()
    }

    pub fn new(
        db: Store,
        clock: Arc<dyn Clock>,
        settings: Settings,
        payments: Payments,
        payment_notes: PaymentNotes,
    ) -> Self {
        let queue = OrderQueue::open(
            db.clone(),
            clock.clone(),
            settings.defaults().clone(),
            queue::CAPACITY,
        );
        let cancellations = Cancellations::new(db.clone(), clock.clone());
        let refusals = Refusals::new(db.freshness().clone());
        Self {
            parts: Arc::new(Parts {
                db,
                clock,
                settings,
                payments,
                queue,
                payment_notes,
                cancellations,
                refusals,
                ticket_key: TicketKey::default(),
            }),
            language: None,
            tickets: Tickets::default(),
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

    async fn pricing(&self) -> Result<Pricing> {
        let mut connection = self.db.connection().await?;
        pricing::pricing(&mut connection, self.settings.defaults()).await
    }

    /// The same, with shipping methods as the shopper reads them.
    async fn pricing_shown(&self) -> ShopResult<Pricing> {
        let mut pricing = self.pricing().await?;
        if let Some(language) = self.target().await? {
            rates::translate(&self.db, &mut pricing.rates, language).await?;
        }
        Ok(pricing)
    }

    async fn begun(&self, cart_id: &str) -> Result<Begun> {
        draft::read_or_begin(&self.db, self.clock.now(), cart_id).await
    }

    /// See [`Checkout::save_payment`] and [`Checkout::save_payment_of`].
    async fn keep_payment(
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
        let (pricing, methods) = (self.pricing_shown().await?, self.methods().await?);
        // It may have been chosen in another language.
        if let Some(choice) = &mut draft.payment {
            call_as_set(choice, &methods);
        }
        if let Some(known) = known {
            let settings = self.settings.now().await?;
            assume(&mut draft, known, &settings.delivers_to, &pricing.rates);
        }
        let totals = totals(&pricing, &cart, &draft);
        let unplaced = UnplacedOrder {
            cart_token,
            cart: &cart,
            draft: &draft,
            total_minor: totals.total_minor,
        };
        let payment = self.offered_for(&pricing, &methods, &unplaced).await?;
        let is_transfer = draft
            .payment
            .as_ref()
            .is_some_and(|choice| choice.method == BANK_TRANSFER);
        let now = self.clock.now();
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

/// A choice without particulars of its own has the name that the owner has given the method.
fn call_as_set(choice: &mut PaymentChoice, methods: &Methods) {
    if let Some(one) = methods.of(&choice.method)
        && choice.token.is_empty()
        && !one.name.is_empty()
    {
        choice.label.clone_from(&one.name);
    }
}

#[async_trait]
impl Checkout for CheckoutService {
    fn in_language(&self, language: Locale) -> Arc<dyn Checkout> {
        Arc::new(Self {
            parts: self.parts.clone(),
            language: Some(language),
            tickets: self.tickets.clone(),
        })
    }

    fn with_tickets(&self, tickets: Tickets) -> Arc<dyn Checkout> {
        Arc::new(Self {
            parts: self.parts.clone(),
            language: self.language,
            tickets,
        })
    }

    async fn offers(&self) -> ShopResult<Offers> {
        let (pricing, methods) = (self.pricing_shown().await?, self.methods().await?);
        let offered = self.offered(&methods, &pricing.currency).into_iter();
        Ok(Offers {
            payment: offered.map(|(_, offer)| offer).collect(),
            shipping: pricing.rates.into_iter().map(Rate::offered).collect(),
            currency: pricing.currency,
        })
    }

    async fn promised(&self, delivery: Delivery) -> ShopResult<Promise> {
        let calendar = self.settings.now().await?.calendar();
        Ok(calendar.promise(delivery, self.clock.now()))
    }

    async fn promised_until(&self) -> ShopResult<i64> {
        let calendar = self.settings.now().await?.calendar();
        Ok(calendar.until(self.clock.now()))
    }

    async fn validate(&self, cart: Option<&str>, network: &str) -> ShopResult<Validation> {
        let cart_id = self.cart_id(cart).await?;
        let cart = self.filled_cart(cart, &cart_id).await?;
        let problems = cart.problems();
        if problems.is_empty() {
            self.may_hold(&cart_id, &cart, network).await?;
        }
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

    async fn held(&self, view: &CheckoutView, network: &str) -> ShopResult<Option<ShopError>> {
        self.refusal_of_held(held::Wanted {
            network,
            contact: view.draft.contact.as_ref(),
            units: view.cart.count,
            total_minor: view.totals.total_minor,
        })
        .await
    }

    async fn save_contact(&self, cart: Option<&str>, contact: Contact) -> ShopResult<String> {
        self.must_be_open().await?;
        let settings = self.settings.now().await?;
        let contact = contact
            .checked_for(&settings.delivers_to)
            .map_err(ShopError::fields)?;
        self.keep_contact(cart, contact).await
    }

    async fn begins_a_copy(&self, cart: Option<&str>, contact: &Contact) -> ShopResult<bool> {
        let settings = self.settings.now().await?;
        match contact.clone().checked_for(&settings.delivers_to) {
            Ok(contact) => self.is_told_anew(cart, &contact).await,
            // It is refused.
            Err(_) => Ok(false),
        }
    }

    async fn save_particulars(&self, cart: Option<&str>, told: ParticularsInput) -> ShopResult<()> {
        let particulars = told.checked().map_err(ShopError::fields)?;
        let cart_id = self.cart_id(cart).await?;
        if self.begun(&cart_id).await?.draft.particulars == particulars {
            return Ok(());
        }
        self.change_draft(cart, |draft| draft.particulars = particulars)
            .await
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
        self.keep_payment(cart, None, payment).await
    }

    async fn save_payment_of(
        &self,
        cart: Option<&str>,
        known: &Contact,
        payment: PaymentInput,
    ) -> ShopResult<()> {
        self.keep_payment(cart, Some(known), payment).await
    }

    async fn place(&self, cart: Option<&str>, order: PlaceOrder) -> ShopResult<Placed> {
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
        let before = self.refusals.known(&cart_hash, &checkout_key).await?;
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
