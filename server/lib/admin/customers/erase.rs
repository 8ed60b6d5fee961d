//! Taking a person out of the books, which stay: what was sold, for how much, and to which country.

use app::{
    error::{ErrorKind, ShopError},
    identity::{Account, Role},
    orders::types::OrderStatus,
};
use serde_json::json;

use super::{Who, export::subject, mails, said};
use crate::{
    account::{change, links},
    admin::staff::invite,
    audit_log,
    db::{Sql, Tx, from_row},
    error::Result,
    feature,
    orders::forget,
    store::{ChangeSet, Store},
};

pub fn on_the_staff() -> ShopError {
    ShopError::new(ErrorKind::Conflict, said().on_the_staff())
}

pub async fn erase(db: &Store, now: i64, actor: &Account, who: &Who, id: &str) -> Result<()> {
    let mut tx = db.begin().await?;
    // Orders first, as every step of an order does.
    let orders = orders_that_ended(&mut tx, db, who).await?;
    let mut changes = ChangeSet::default();
    feature::forget(&mut tx, db, &who.person(&orders), &mut changes).await?;
    if let Some(account) = &who.account {
        let mut sql = Sql::new("SELECT role FROM accounts WHERE id = ");
        sql.text(&account.id).push(db.dialect().for_update());
        let role: Option<Role> = sql.fetch_optional_value(&mut *tx).await?;
        match role.ok_or_else(ShopError::not_found)? {
            Role::Customer => {}
            Role::Staff | Role::Admin => return Err(on_the_staff().into()),
        }
    }
    // An order that was just being placed is placed now: it held the cart.
    let orders = orders_that_ended(&mut tx, db, who).await?;
    forget_mails(&mut tx, db, who, &orders).await?;
    for order in &orders {
        forget::forget(&mut tx, order).await?;
    }
    links::void_to(&mut tx, &who.email).await?;
    invite::withdraw_to(&mut tx, &who.email).await?;
    if let Some(account) = &who.account {
        change::remove(&mut tx, &account.id).await?;
    }
    audit_log::record(
        &mut tx,
        now,
        &actor.email,
        "customer.erase",
        subject(who, id),
        None,
        Some(json!({ "orders": orders.len(), "account": who.account.is_some() })),
    )
    .await?;
    changes.commit(tx, db).await.map(drop)
}

/// The customer's orders, locked. Refused while one of them is on its way, or money that came by transfer
/// has to go back: the one who sends it back needs to know to whom.
async fn orders_that_ended(tx: &mut Tx, db: &Store, who: &Who) -> Result<Vec<String>> {
    let mut sql = Sql::new(
        "SELECT o.id, o.number, o.status, CASE WHEN EXISTS (SELECT 1 FROM transfers t \
         WHERE t.order_id = o.id AND t.return_minor > 0 AND t.returned_at IS NULL) \
         THEN 1 ELSE 0 END AS is_to_return FROM orders o WHERE",
    );
    who.push_theirs(&mut sql);
    sql.push(" ORDER BY o.id").push(db.dialect().for_update());
    let orders: Vec<Order> = sql.fetch_all_as(&mut **tx).await?;
    let mut ids = Vec::new();
    for order in orders {
        if is_under_way(order.status) {
            let words = said().order_is_open(&order.number);
            return Err(ShopError::new(ErrorKind::Conflict, words).into());
        }
        if order.is_to_return {
            let words = said().transfer_is_to_return(&order.number);
            return Err(ShopError::new(ErrorKind::Conflict, words).into());
        }
        ids.push(order.id);
    }
    Ok(ids)
}

struct Order {
    id: String,
    number: String,
    status: OrderStatus,
    is_to_return: bool,
}

from_row!(Order {
    id,
    number,
    status,
    is_to_return,
});

const fn is_under_way(status: OrderStatus) -> bool {
    match status {
        OrderStatus::AwaitingConfirmation
        | OrderStatus::PendingPayment
        | OrderStatus::Paid
        | OrderStatus::Packed
        | OrderStatus::Shipped => true,
        OrderStatus::Delivered | OrderStatus::Cancelled | OrderStatus::Refunded => false,
    }
}

/// Nothing is sent any more, and what a mail server said of the address is not kept.
async fn forget_mails(tx: &mut Tx, db: &Store, who: &Who, orders: &[String]) -> Result<()> {
    let mut sql = Sql::new("DELETE FROM mails WHERE");
    let email = Some(who.email.as_str());
    mails::push_theirs(&mut sql, tx, db.dialect(), who, email, orders).await?;
    sql.execute(&mut **tx).await?;
    Ok(())
}
