//! Orders of whoever is signed in.

use app::error::ShopError;
use app::{
    account::{
        ports::{OwnOrders, Reordered},
        types::OwnOrderRow,
    },
    answers::Paged,
    error::ShopResult,
    identity::Account,
    orders::{ports::Orders, steps::Action, types::Order},
};
use async_trait::async_trait;

use super::{OrderService, cancel::cancel_by_shopper, history};
use crate::{
    cart::again::order_again,
    orders::{admin, refund::pay_back::settle_cancelled},
};

#[async_trait]
impl OwnOrders for OrderService {
    async fn list(&self, account: &Account, page: i64) -> ShopResult<Paged<OwnOrderRow>> {
        Ok(history::list(&self.db, account, page).await?)
    }

    async fn order(&self, account: &Account, id: &str) -> ShopResult<Order> {
        match history::is_own(&self.db, account, id).await? {
            true => self.by_id(id).await,
            false => Err(ShopError::not_found()),
        }
    }

    async fn cancel(&self, account: &Account, id: &str) -> ShopResult<Order> {
        let order = OwnOrders::order(self, account, id).await?;
        if !order.allows(Action::Cancel) {
            return Err(admin::not_allowed(&order, Action::Cancel));
        }
        let now = self.clock.now();
        if !cancel_by_shopper(&self.db, now, id).await? {
            // The staff was quicker, or the shopper in another window.
            return Err(admin::not_allowed(&self.by_id(id).await?, Action::Cancel));
        }
        let settled =
            settle_cancelled(&self.db, &self.payments, now, id, &order.payment_method).await;
        if let Err(error) = settled {
            tracing::error!(%error, order = %order.number, "a refund is owed and will be retried");
        }
        self.by_id(id).await
    }

    async fn again(
        &self,
        account: &Account,
        cart: Option<&str>,
        id: &str,
    ) -> ShopResult<Reordered> {
        let order = OwnOrders::order(self, account, id).await?;
        let (token, outcome) = order_again(&self.db, self.clock.now(), cart, &order).await?;
        Ok(Reordered { token, outcome })
    }
}
