//! From a cart to an order.

mod drafts;
pub mod hooks;
mod methods;
mod on_delivery;
mod paying;
mod placing;
mod rates;
mod set;
mod settle;
mod unpaid;
mod view;
pub(crate) mod text {
    include!(concat!(env!("OUT_DIR"), "/checkout_text.rs"));
}

use std::{ops::Deref, sync::Arc};

use app::{
    checkout::{
        particulars::ParticularsInput,
        ports::{Checkout, Leave},
        types::{CheckoutView, Offers, PaymentInput, PlaceOrder, Placed, Validation},
    },
    contact::Contact,
    delivery::{Delivery, Promise},
    error::{ErrorKind, ShopError, ShopResult},
    locale::{Locale, locale},
    shop::{Opening, ShopSettings},
    tickets::Tickets,
};
use async_trait::async_trait;
use futures_util::future::BoxFuture;
pub use placing::Again;
use set::{KeptSet, Set};
use text::Text;

use crate::{
    admission::keys::TicketKey,
    cart::{reads::Reads, renewals::Renewals, told::Telling, translated},
    clock::Clock,
    facts::{Fact, SecretKey},
    orders::{
        cancel::Cancellations,
        paid::PaymentNotes,
        placement::{
            held::{self, Holdings},
            queue::{self, OrderQueue},
            refusals::Refusals,
        },
    },
    payment::Payments,
    pricing::Pricing,
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
    telling: Telling,
    renewals: Renewals,
    reads: Reads,
    holdings: Holdings,
    ticket_key: TicketKey,
    holder_key: SecretKey,
    kept: KeptSet,
}

impl Deref for CheckoutService {
    type Target = Parts;

    fn deref(&self) -> &Parts {
        &self.parts
    }
}

fn empty_cart() -> ShopError {
    ShopError::of(ErrorKind::EmptyCart)
}

/// Refuses in a shop that takes no orders yet.
fn must_be_open(settings: &ShopSettings) -> ShopResult<()> {
    match settings.opening {
        Opening::Preparing => Err(ShopError::of(ErrorKind::NotOpen)),
        Opening::Open | Opening::Demo => Ok(()),
    }
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
        cancellations: Cancellations,
    ) -> Self {
        let queue = OrderQueue::open(
            db.clone(),
            clock.clone(),
            settings.defaults().clone(),
            queue::CAPACITY,
        );
        let refusals = Refusals::new(db.freshness().clone());
        let kept = KeptSet::new(&db);
        let telling = Telling::new(db.clone());
        let renewals = Renewals::new(db.clone());
        let reads = Reads::new(db.clone());
        let holdings = Holdings::new(&db);
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
                telling,
                renewals,
                reads,
                holdings,
                ticket_key: TicketKey::default(),
                holder_key: SecretKey::of(Fact::HolderKey),
                kept,
            }),
            language: None,
            tickets: Tickets::default(),
        }
    }

    /// The same checkout in the language of a shopper who has these tickets.
    #[must_use]
    pub fn of_shopper(&self, language: Locale, tickets: Tickets) -> Self {
        Self {
            parts: self.parts.clone(),
            language: Some(language),
            tickets,
        }
    }

    /// What names are to be translated into, if that is not what they are written in.
    fn target(&self, settings: &ShopSettings) -> Option<Locale> {
        translated::target(settings, self.language)
    }

    /// The same for an order, which waits for no look at the settings.
    fn last_target(&self) -> Option<Locale> {
        self.target(&self.settings.last_known())
    }

    /// A refusal that names lines in the shopper's language.
    async fn told(&self, refusal: ShopError) -> ShopError {
        match self.last_target() {
            Some(language) => translated::refusal(&self.db, refusal, language).await,
            None => refusal,
        }
    }

    /// What the owner has set, looked at once in a step.
    async fn looked(&self) -> ShopResult<(Arc<ShopSettings>, Arc<Set>)> {
        tokio::try_join!(self.settings.now(), self.set())
    }

    /// A contact that parcels can be sent to, in a shop that takes orders.
    async fn checked_contact(&self, contact: Contact) -> ShopResult<Contact> {
        let settings = self.settings.now().await?;
        must_be_open(&settings)?;
        let checked = contact.checked_for(&settings.delivers_to);
        checked.map_err(ShopError::fields)
    }

    /// What the owner has set.
    async fn set(&self) -> ShopResult<Arc<Set>> {
        self.kept.now(&self.db, self.settings.defaults()).await
    }

    /// By what orders are priced, with shipping methods as the shopper reads them.
    async fn pricing_shown(&self, settings: &ShopSettings, set: &Set) -> ShopResult<Pricing> {
        let mut pricing = set.pricing.clone();
        if let Some(language) = self.target(settings) {
            rates::translate(&self.db, &mut pricing.rates, language).await?;
        }
        Ok(pricing)
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
        let (settings, set) = self.looked().await?;
        let methods = self.methods(&settings, &set).await?;
        let pricing = self.pricing_shown(&settings, &set).await?;
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
        let (settings, set) = self.looked().await?;
        let cart = self.filled_cart(&settings, cart).await?;
        let problems = cart.view.problems();
        if problems.is_empty() {
            self.may_hold(&set, &cart, network).await?;
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
        let set = self.set().await?;
        let order = held::OrderToHold {
            network,
            contact: view.draft.contact.as_ref(),
            units: view.cart.count,
            total_minor: view.totals.total_minor,
        };
        self.refusal_of_held(&set, order).await
    }

    async fn save_contact(&self, cart: Option<&str>, contact: Contact) -> ShopResult<String> {
        let contact = self.checked_contact(contact).await?;
        self.keep_contact(cart, contact, None).await
    }

    async fn save_contact_and(
        &self,
        cart: Option<&str>,
        contact: Contact,
        told: ParticularsInput,
        leave: &dyn Leave,
    ) -> ShopResult<String> {
        let contact = self.checked_contact(contact).await?;
        let particulars = told.checked().map_err(ShopError::fields)?;
        let told = Some((particulars, leave));
        self.keep_contact(cart, contact, told).await
    }

    async fn save_shipping(&self, cart: Option<&str>, rate: &str) -> ShopResult<()> {
        let set = self.set().await?;
        let known = set.pricing.rates.iter().any(|known| known.id == rate);
        if !known {
            let words = Text::from(locale()).choose_shipping();
            return Err(ShopError::field("shipping", words));
        }
        let kept = self.telling.shipping(self.clock.now(), cart, rate);
        match kept.await? {
            true => Ok(()),
            false => Err(empty_cart()),
        }
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

    // By hand, so that an order that waits for its batch is in memory once.
    fn place<'life0, 'life1, 'async_trait>(
        &'life0 self,
        cart: Option<&'life1 str>,
        order: PlaceOrder,
    ) -> BoxFuture<'async_trait, ShopResult<Placed>>
    where
        'life0: 'async_trait,
        'life1: 'async_trait,
        Self: 'async_trait,
    {
        Box::pin(self.place_order(cart, order, None))
    }

    async fn pay(&self, token: &str) -> ShopResult<Placed> {
        self.pay_order(token).await
    }
}
