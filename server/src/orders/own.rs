//! Orders of whoever is signed in.

use std::collections::BTreeMap;

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
use sqlx::any::AnyRow;

use super::{OrderService, cancel::cancel_by_shopper};
use crate::{
    cart::again::order_again,
    db::{FromRow, Get, Sql, from_row},
    error::Result,
    ids::is_id,
    orders::{admin, refund::pay_back::settle_cancelled},
    store::Store,
};

/// Orders on a page of the history.
const PAGE: i64 = 10;
/// Lines of an order that are named in the history.
const TITLES: usize = 3;

/// Theirs is what they placed while signed in, and what a guest placed with the address that is
/// proven to be theirs.
fn push_is_own(sql: &mut Sql, account: &Account) {
    sql.push(" (o.account_id = ").text(&account.id);
    sql.push(
        " OR (o.account_id IS NULL AND o.email_key = (SELECT a.email FROM accounts a WHERE a.id = ",
    )
    .text(&account.id);
    sql.push(" AND a.verified_at IS NOT NULL)))");
}

async fn is_own(db: &Store, account: &Account, id: &str) -> Result<bool> {
    if !is_id(id) {
        return Ok(false);
    }
    let mut sql = Sql::new("SELECT o.id FROM orders o WHERE o.id = ");
    sql.text(id).push(" AND");
    push_is_own(&mut sql, account);
    Ok(sql.fetch_optional(db.reader()).await?.is_some())
}

async fn list(db: &Store, account: &Account, page: i64) -> Result<Paged<OwnOrderRow>> {
    let mut sql = Sql::new("SELECT COUNT(*) AS n FROM orders o WHERE");
    push_is_own(&mut sql, account);
    let total = sql.fetch_one(db.reader()).await?.int("n")?;
    let pages = ((total + PAGE - 1) / PAGE).max(1);
    let page = page.clamp(1, pages);
    let mut sql = Sql::new(
        "SELECT o.id, o.number, o.status, o.total_minor, o.currency, o.created_at \
         FROM orders o WHERE",
    );
    push_is_own(&mut sql, account);
    sql.push(" ORDER BY o.created_at DESC, o.id DESC LIMIT ")
        .int(PAGE);
    sql.push(" OFFSET ").int((page - 1) * PAGE);
    let mut rows: Vec<OwnOrderRow> = sql.fetch_all_as(db.reader()).await?;
    name_lines(db, &mut rows).await?;
    Ok(Paged {
        rows,
        total,
        page,
        pages,
    })
}

/// Of an order whose lines are not read yet.
impl FromRow for OwnOrderRow {
    fn from_row(row: &AnyRow) -> Result<Self> {
        Ok(Self {
            id: row.text("id")?,
            number: row.text("number")?,
            status: row.read("status")?,
            units: 0,
            titles: Vec::new(),
            total_minor: row.int("total_minor")?,
            currency: row.text("currency")?,
            created_at: row.int("created_at")?,
        })
    }
}

struct NamedLine {
    order_id: String,
    title: String,
    quantity: i64,
}

from_row!(NamedLine {
    order_id,
    title,
    quantity
});

async fn name_lines(db: &Store, orders: &mut [OwnOrderRow]) -> Result<()> {
    let ids: Vec<&str> = orders.iter().map(|order| order.id.as_str()).collect();
    let mut sql = Sql::new("SELECT order_id, title, quantity FROM order_lines WHERE order_id");
    sql.push(db.dialect().in_json_array(1))
        .push(" ORDER BY order_id, position");
    let named: Vec<NamedLine> = sql
        .bind_only(serde_json::to_string(&ids)?)
        .fetch_all_as(db.reader())
        .await?;
    let mut lines: BTreeMap<String, Vec<NamedLine>> = BTreeMap::new();
    for line in named {
        lines.entry(line.order_id.clone()).or_default().push(line);
    }
    for order in orders {
        let lines = lines.remove(&order.id).unwrap_or_default();
        order.units = lines.iter().map(|line| line.quantity).sum();
        let titles = lines.into_iter().map(|line| line.title);
        order.titles = titles.take(TITLES).collect();
    }
    Ok(())
}

#[async_trait]
impl OwnOrders for OrderService {
    async fn list(&self, account: &Account, page: i64) -> ShopResult<Paged<OwnOrderRow>> {
        Ok(list(&self.db, account, page).await?)
    }

    async fn order(&self, account: &Account, id: &str) -> ShopResult<Order> {
        match is_own(&self.db, account, id).await? {
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
            tracing::error!(%error, order = %order.number, "a refund is owed and will be tried again");
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
