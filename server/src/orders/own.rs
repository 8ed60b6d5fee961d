//! Orders of the account that is signed in.

use app::{
    account::{
        ports::{OwnOrders, Reordered},
        types::OwnOrderRow,
    },
    answers::Paged,
    error::{ErrorKind, ShopError, ShopResult},
    identity::Account,
    locale::locale,
    orders::{
        ports::Orders,
        steps::Action,
        types::{Order, OrderStatus},
    },
};
use async_trait::async_trait;

use super::{OrderService, history, text::Text};
use crate::cart::again::order_again;

/// Why a shopper cannot cancel this order.
fn cannot_cancel(order: &Order) -> ShopError {
    let text = Text::from(locale());
    let words = match order.status {
        OrderStatus::Cancelled => text.already_cancelled(),
        // Its status would allow it.
        status if status.allows(Action::Cancel) => text.partly_refunded(),
        OrderStatus::PendingPayment
        | OrderStatus::AwaitingConfirmation
        | OrderStatus::Paid
        | OrderStatus::Packed
        | OrderStatus::Shipped
        | OrderStatus::Delivered
        | OrderStatus::Refunded => text.too_late_to_cancel(),
    };
    ShopError::new(ErrorKind::Conflict, words)
}

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
            return Err(cannot_cancel(&order));
        }
        let now = self.clock.now();
        if !self.cancellations.cancel_by_shopper(id).await? {
            // The staff was quicker, or the shopper in another window.
            return Err(cannot_cancel(&self.by_id(id).await?));
        }
        self.pay_back(&self.db, now, &order).await;
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
