//! Carts, kept on the server behind an opaque cookie.

pub mod again;
pub mod check;
pub mod draft;
mod feature;
pub mod lines;
pub mod merge;
pub mod personal;
pub mod renew;
pub mod store;
pub(crate) mod text {
    include!(concat!(env!("OUT_DIR"), "/cart_text.rs"));
}
pub mod token;

use std::sync::Arc;

use app::{
    cart::{
        ports::{Cart, CartItem},
        types::CartView,
    },
    error::ShopResult,
};
use async_trait::async_trait;

use crate::{clock::Clock, settings::Settings, store::Store};

pub struct CartService {
    db: Store,
    clock: Arc<dyn Clock>,
    settings: Settings,
}

impl CartService {
    pub fn new(db: Store, clock: Arc<dyn Clock>, settings: Settings) -> Self {
        Self {
            db,
            clock,
            settings,
        }
    }

    async fn view_of(&self, cart_id: Option<String>) -> ShopResult<CartView> {
        let settings = self.settings.now().await?;
        Ok(match cart_id {
            Some(id) => store::view(&self.db, &id, &settings.currency).await?,
            None => CartView::empty(&settings.currency),
        })
    }
}

#[async_trait]
impl Cart for CartService {
    async fn view(&self, token: Option<&str>) -> ShopResult<CartView> {
        let id = store::id_of(&self.db, token, self.clock.now()).await?;
        self.view_of(id).await
    }

    async fn add(
        &self,
        token: Option<&str>,
        item: CartItem,
        quantity: i64,
    ) -> ShopResult<(String, CartView)> {
        let (token, id) = store::add(&self.db, self.clock.now(), token, item, quantity).await?;
        Ok((token, self.view_of(Some(id)).await?))
    }

    async fn update(
        &self,
        token: Option<&str>,
        variant_id: &str,
        quantity: i64,
    ) -> ShopResult<CartView> {
        let id =
            store::set_quantity(&self.db, self.clock.now(), token, variant_id, quantity).await?;
        self.view_of(id).await
    }

    async fn remove(&self, token: Option<&str>, variant_id: &str) -> ShopResult<CartView> {
        let id = store::set_quantity(&self.db, self.clock.now(), token, variant_id, 0).await?;
        self.view_of(id).await
    }

    async fn accept_price(
        &self,
        token: Option<&str>,
        variant_id: &str,
        price_minor: i64,
    ) -> ShopResult<CartView> {
        let now = self.clock.now();
        let id = store::accept_price(&self.db, now, token, variant_id, price_minor).await?;
        self.view_of(id).await
    }
}
