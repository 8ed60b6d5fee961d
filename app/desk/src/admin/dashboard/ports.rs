//! What the server provides to the dashboard.

use std::sync::Arc;

use app::{answers::Tally, error::ShopResult, shop::shop};
use async_trait::async_trait;

pub use super::period::{Period, Span, Unit};
use super::types::Live;

/// What waits for the staff. Each count is that of the list it leads to.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Todo {
    /// Orders.
    pub to_pack: Tally,
    /// Orders.
    pub to_ship: Tally,
    /// Orders of which something is to be paid back by hand.
    pub to_hand_over: Tally,
    /// Orders of which another sum was taken than they cost, which is to go back.
    pub other_sums: Tally,
    /// Orders that wait for a bank transfer.
    pub to_match: Tally,
    /// Orders of which something that came by bank transfer has to go back.
    pub to_send_back: Tally,
    /// Orders whose payers want their money back through the bank, which is not decided.
    pub disputed: Tally,
    /// Until when the first of them is to be answered, in milliseconds since 1970.
    pub answer_by: Option<i64>,
    /// Products that are for sale.
    pub sold_out: Tally,
    /// Products that are for sale, with a variant that is nearly gone.
    pub running_low: Tally,
}

/// An hour, a day or a month.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Bucket {
    /// Such as `14:00`, `Mon 5 Oct` or `Oct 2026`.
    pub label: String,
    /// What its orders come to, before refunds.
    pub gross_minor: i64,
    pub orders: i64,
    pub units: i64,
    /// Paid back in this time, whenever the orders were placed.
    pub refunded_minor: i64,
    pub refunds: i64,
}

impl Bucket {
    /// What an order comes to in the mean, before refunds.
    pub const fn average_minor(&self) -> Option<i64> {
        match self.orders {
            0 => None,
            orders => Some(self.gross_minor / orders),
        }
    }

    /// Revenue, net of refunds; below zero if more went back than came in.
    pub const fn net_minor(&self) -> i64 {
        self.gross_minor - self.refunded_minor
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TopProduct {
    /// None once the product is gone.
    pub product_id: Option<String>,
    pub title: String,
    pub units: i64,
    /// At the prices that were paid, before refunds.
    pub amount_minor: i64,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LowVariant {
    pub variant_id: String,
    pub title: String,
    pub stock: i64,
}

/// Of the time before, as it is now: orders of then may have been paid since.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Earlier {
    pub received_minor: i64,
    pub to_collect_minor: i64,
    pub standing: i64,
    /// None if carts of that time have expired: those that were ordered would be the only ones left.
    pub open_carts: Option<i64>,
}

impl Earlier {
    /// See [`Figures::conversion_permille`].
    pub fn conversion_permille(&self) -> Option<i64> {
        permille(self.standing, self.open_carts?)
    }
}

fn permille(standing: i64, open_carts: i64) -> Option<i64> {
    match standing + open_carts {
        0 => None,
        carts => Some(standing * 1000 / carts),
    }
}

/// Orders that are neither cancelled nor waiting for their payment, in the shop's currency.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Figures {
    pub currency: String,
    pub time_zone: String,
    pub unit: Unit,
    pub buckets: Vec<Bucket>,
    /// All of as many days before, up to the same time of day.
    pub before: Bucket,
    /// What else is told of that time.
    pub earlier: Earlier,
    /// What came in of the orders of this time, before refunds.
    pub received_minor: i64,
    /// What of them is due on delivery, and has not come in yet.
    pub to_collect_minor: i64,
    /// Orders in other currencies, which are not counted.
    pub other_currencies: i64,
    /// Orders that are not cancelled, paid or not.
    pub standing: i64,
    /// Carts that hold something that was put in within the time.
    pub open_carts: i64,
    /// They are too many to be counted.
    pub carts_are_estimated: bool,
    pub top: Vec<TopProduct>,
    /// Of products that are for sale, least first.
    pub low: Vec<LowVariant>,
    /// Whether there are more of them.
    pub more_low: bool,
    pub low_stock: i64,
}

impl Figures {
    /// All buckets together.
    pub fn total(&self) -> Bucket {
        self.buckets
            .iter()
            .fold(Bucket::default(), |sum, next| Bucket {
                label: String::new(),
                gross_minor: sum.gross_minor + next.gross_minor,
                orders: sum.orders + next.orders,
                units: sum.units + next.units,
                refunded_minor: sum.refunded_minor + next.refunded_minor,
                refunds: sum.refunds + next.refunds,
            })
    }

    /// Of all carts that were filled, how many were ordered, in tenths of a percent. Every order
    /// was one filled cart.
    pub fn conversion_permille(&self) -> Option<i64> {
        permille(self.standing, self.open_carts)
    }
}

#[async_trait]
pub trait Dashboard: Send + Sync {
    async fn todo(&self) -> ShopResult<Todo>;
    async fn figures(&self, period: Period) -> ShopResult<Figures>;
    async fn live(&self) -> ShopResult<Live>;
}

/// See [`Dashboard`].
pub fn dashboard() -> Arc<dyn Dashboard> {
    shop().port()
}
