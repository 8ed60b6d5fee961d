//! Carts, kept on the server behind an opaque cookie.

pub mod accept;
pub mod again;
mod beginnings;
mod change;
pub mod check;
pub mod draft;
mod feature;
pub mod filled;
mod items;
pub mod kept;
pub mod lines;
mod many;
pub mod merge;
mod offers;
pub mod personal;
pub mod reads;
pub mod renew;
pub mod renewals;
pub mod store;
pub(crate) mod text {
    include!(concat!(env!("OUT_DIR"), "/cart_text.rs"));
}
pub mod token;
pub mod told;
pub mod translated;
pub mod view;

use std::sync::Arc;

use app::{
    cart::{
        ports::{Cart, CartItem},
        types::{AcceptedChange, CartView},
    },
    error::{ShopError, ShopResult},
    locale::Locale,
    shop::ShopSettings,
    tickets::Tickets,
};
use async_trait::async_trait;

use crate::{
    admission::keys::TicketKey, clock::Clock, error::Error, settings::Settings, store::Store,
};
use beginnings::Beginnings;
use change::Added;
use reads::Reads;
use view::FilledCart;

#[derive(Clone)]
pub struct CartService {
    db: Store,
    clock: Arc<dyn Clock>,
    settings: Settings,
    /// That names are in; `None`: as they are written.
    language: Option<Locale>,
    tickets: Tickets,
    ticket_key: Arc<TicketKey>,
    beginnings: Beginnings,
    reads: Reads,
}

impl CartService {
    pub fn new(db: Store, clock: Arc<dyn Clock>, settings: Settings) -> Self {
        let beginnings = Beginnings::new(db.clone());
        let reads = Reads::new(db.clone());
        Self {
            db,
            clock,
            settings,
            language: None,
            tickets: Tickets::default(),
            ticket_key: Arc::default(),
            beginnings,
            reads,
        }
    }

    /// The cart of this token, as it is stored.
    async fn view_of(&self, token: Option<&str>) -> ShopResult<CartView> {
        let settings = self.settings.now().await?;
        let found = self
            .reads
            .filled(self.clock.now(), token, &settings.currency);
        match found.await? {
            Some(FilledCart { view, .. }) => self.told(&settings, view).await,
            None => Ok(CartView::empty(&settings.currency)),
        }
    }

    /// The same in the language that is read.
    async fn told(&self, settings: &ShopSettings, mut cart: CartView) -> ShopResult<CartView> {
        if let Some(language) = translated::target(settings, self.language) {
            translated::view(&self.db, &mut cart, language).await?;
        }
        Ok(cart)
    }

    /// A refusal that names lines in the language that is read.
    async fn refused(&self, error: Error) -> ShopError {
        let error = ShopError::from(error);
        if error.lines.is_empty() {
            return error;
        }
        let settings = self.settings.now_or_last().await;
        match translated::target(&settings, self.language) {
            Some(language) => translated::refusal(&self.db, error, language).await,
            None => error,
        }
    }
}

#[async_trait]
impl Cart for CartService {
    fn in_language(&self, language: Locale) -> Arc<dyn Cart> {
        Arc::new(Self {
            language: Some(language),
            ..self.clone()
        })
    }

    fn with_tickets(&self, tickets: Tickets) -> Arc<dyn Cart> {
        Arc::new(Self {
            tickets,
            ..self.clone()
        })
    }

    async fn view(&self, token: Option<&str>) -> ShopResult<CartView> {
        self.view_of(token).await
    }

    async fn is_kept(&self, token: Option<&str>) -> ShopResult<bool> {
        let id = store::id_of(&self.db, token, self.clock.now()).await?;
        Ok(id.is_some())
    }

    async fn add(
        &self,
        token: Option<&str>,
        item: CartItem,
        quantity: i64,
    ) -> ShopResult<(String, CartView)> {
        let tickets = self.ticket_key.read(&self.db, &self.tickets).await?;
        let now = self.clock.now();
        let beginnings = &self.beginnings;
        let added = change::add(&self.db, beginnings, now, token, &tickets, item, quantity).await;
        let Added { token, only } = match added {
            Ok(added) => added,
            Err(error) => return Err(self.refused(error).await),
        };
        let settings = self.settings.now().await?;
        let only =
            only.and_then(|(line, goods)| view::of_new(now, goods, line, &settings.currency));
        let cart = match only {
            Some(cart) => self.told(&settings, cart).await?,
            None => self.view_of(Some(&token)).await?,
        };
        Ok((token, cart))
    }

    async fn update(
        &self,
        token: Option<&str>,
        variant_id: &str,
        quantity: i64,
    ) -> ShopResult<CartView> {
        let now = self.clock.now();
        match change::set_quantity(&self.db, now, token, variant_id, quantity).await {
            Ok(()) => self.view_of(token).await,
            Err(error) => Err(self.refused(error).await),
        }
    }

    async fn remove(&self, token: Option<&str>, variant_id: &str) -> ShopResult<CartView> {
        change::set_quantity(&self.db, self.clock.now(), token, variant_id, 0).await?;
        self.view_of(token).await
    }

    async fn accept_price(
        &self,
        token: Option<&str>,
        variant_id: &str,
        price_minor: i64,
    ) -> ShopResult<CartView> {
        let now = self.clock.now();
        change::accept_price(&self.db, now, token, variant_id, price_minor).await?;
        self.view_of(token).await
    }

    async fn accept_all(
        &self,
        token: Option<&str>,
        changes: &[AcceptedChange],
    ) -> ShopResult<CartView> {
        accept::accept_all(&self.db, self.clock.now(), token, changes).await?;
        self.view_of(token).await
    }
}
