//! What the server provides for work on orders.

use std::sync::Arc;

use app::{
    answers::Tally,
    error::ShopResult,
    identity::Account,
    locale::Locale,
    orders::{
        ports::MoneyFilter,
        types::{Order, OrderStatus, Parcel},
    },
    shop::shop,
};
use async_trait::async_trait;

use crate::admin::orders::types::{AdminOrder, Quote, RefundRequest};

/// A refund someone wants to make.
#[derive(Debug, Clone)]
pub struct NewRefund {
    pub request: RefundRequest,
    /// 1 for the order's first: of two people who look at the same order, one makes its next.
    pub number: i64,
    /// Of the form, 16 to 64 characters: sent again, it is the same refund. May be empty.
    pub key: String,
    /// The amount that was shown; another one is refused.
    pub expected_minor: Option<i64>,
}

/// A note for the staff.
#[derive(Debug, Clone)]
pub struct NewNote {
    pub text: String,
    /// Of the form, as in [`NewRefund`].
    pub key: String,
}

/// How many orders there are by status and by what is open of their money, counted up to a bound.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OrderTallies {
    pub statuses: Vec<(OrderStatus, Tally)>,
    pub money: Vec<(MoneyFilter, Tally)>,
}

impl OrderTallies {
    pub fn of_status(&self, wanted: OrderStatus) -> Option<Tally> {
        let mut all = self.statuses.iter();
        all.find(|(status, _)| *status == wanted)
            .map(|(_, tally)| *tally)
    }

    pub fn of_money(&self, wanted: MoneyFilter) -> Option<Tally> {
        let mut all = self.money.iter();
        all.find(|(money, _)| *money == wanted)
            .map(|(_, tally)| *tally)
    }
}

/// What the staff does with orders. A step that someone else has taken is a `conflict`.
#[async_trait]
pub trait OrderAdmin: Send + Sync {
    async fn order(&self, id: &str) -> ShopResult<AdminOrder>;
    async fn tallies(&self) -> ShopResult<OrderTallies>;
    /// What it was placed in, and what its papers are in.
    async fn language(&self, id: &str) -> ShopResult<Locale>;
    /// Confirms an order in its customer's place.
    async fn confirm(&self, actor: &Account, id: &str) -> ShopResult<Order>;
    async fn pack(&self, actor: &Account, id: &str) -> ShopResult<Order>;
    async fn ship(&self, actor: &Account, id: &str, parcel: Parcel) -> ShopResult<Order>;
    async fn deliver(&self, actor: &Account, id: &str) -> ShopResult<Order>;
    /// Corrects carrier and number of an order that was shipped.
    async fn change_parcel(&self, actor: &Account, id: &str, parcel: Parcel) -> ShopResult<Order>;
    /// Notes that what was due on delivery came in.
    async fn receive(&self, actor: &Account, id: &str) -> ShopResult<Order>;
    /// What a refund would come to, without making it.
    async fn quote(&self, id: &str, request: &RefundRequest) -> ShopResult<Quote>;
    async fn refund(&self, actor: &Account, id: &str, new: NewRefund) -> ShopResult<Order>;
    /// Notes that the order's refund with this number was paid back by hand.
    async fn paid_back(&self, actor: &Account, id: &str, number: i64) -> ShopResult<Order>;
    /// Notes that what an attempt to pay took, and was not what the order costs, went back by hand.
    async fn sum_returned(&self, actor: &Account, id: &str, attempt: i64) -> ShopResult<Order>;
    /// Takes what a provider holds for an order that waits for its payment. `key` is of the form, as in
    /// [`NewRefund`].
    async fn capture_payment(&self, actor: &Account, id: &str, key: &str) -> ShopResult<Order>;
    /// Lets go of what a provider holds; an order that waits for its payment can be paid again.
    async fn void_payment(&self, actor: &Account, id: &str, key: &str) -> ShopResult<Order>;
    async fn note(&self, actor: &Account, id: &str, new: NewNote) -> ShopResult<()>;
    /// Sends an e-mail about the order once more, a few times in an hour at most. `mail` is an
    /// [`OrderMail`](super::mails::OrderMail); empty: the first that can be. `key` is of the form, as in
    /// [`NewRefund`].
    async fn resend(&self, actor: &Account, id: &str, mail: &str, key: &str) -> ShopResult<()>;
}

/// See [`OrderAdmin`].
pub fn order_admin() -> Arc<dyn OrderAdmin> {
    shop().port()
}
