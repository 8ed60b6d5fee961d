//! Placing a batch of orders in one transaction.
//!
//! Stock is taken here and nowhere else: variants are locked in id order, every order is decided
//! in the order of arrival, and the units leave by a conditional update together with their
//! movements, the orders and the emptied carts. All of it stands or none.

use std::collections::{BTreeMap, BTreeSet};

use app::{
    catalog::types::{Availability, variant_title},
    checkout::types::{Contact, PaymentChoice, Placed},
    error::{ErrorKind, ShopError},
    orders::types::OrderStatus,
    ports::ShopSettings,
};
use serde_json::{Value, json};

use super::decide::{CartItem, Grant, Request, VariantState, decide};
use crate::{
    catalog::write::{ChangeSet, refresh_summaries},
    checkout::{payment::Settlement, totals},
    db::{Column, Db, Dialect, Get, Sql, Tx},
    error::{Error, Result},
    ids::new_id,
};

/// An order somebody wants to place. Ids are made by the caller, so that trying again is harmless.
#[derive(Debug, Clone)]
pub struct Intent {
    pub checkout_key: String,
    pub cart_id: String,
    pub contact: Contact,
    pub shipping: String,
    /// Why there is no way to pay, if there is none; a known key is answered all the same.
    pub payment: Result<PaymentChoice, ShopError>,
    pub method: &'static str,
    pub settlement: Settlement,
    pub expected_total_minor: i64,
    pub order_id: String,
    pub number: String,
    pub token: String,
}

/// An order that is written down.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StandingOrder {
    pub id: String,
    pub number: String,
    pub token: String,
    pub total_minor: i64,
    pub status: OrderStatus,
    pub was_declined: bool,
    pub payment_method: String,
    pub payment_token: String,
}

impl StandingOrder {
    pub fn placed(self) -> Placed {
        Placed {
            order_number: self.number,
            token: self.token,
            total_minor: self.total_minor,
            status: self.status,
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// The order of this key, new or from before.
    Stands(StandingOrder),
    Refused(ShopError),
}

/// Answers every intent, in order. An error concerns the batch as a whole: nothing was written.
pub async fn place_batch(
    db: &Db,
    now: i64,
    settings: &ShopSettings,
    intents: &[Intent],
) -> Result<(Vec<Outcome>, ChangeSet)> {
    let dialect = db.dialect();
    let mut tx = db.begin().await?;

    let carts: BTreeSet<&str> = intents.iter().map(|i| i.cart_id.as_str()).collect();
    lock_carts(&mut tx, dialect, &carts).await?;
    // After the carts are locked: whoever held one of them with the same key is done by now.
    let mut standing = known_orders(&mut tx, dialect, intents).await?;
    let mut items = cart_items(&mut tx, dialect, &carts).await?;
    let wanted: BTreeSet<&str> = items
        .values()
        .flatten()
        .map(|item| item.variant_id.as_str())
        .collect();
    let mut variants = lock_variants(&mut tx, dialect, &wanted).await?;
    let before: BTreeMap<String, i64> = variants
        .iter()
        .map(|(id, v)| (id.clone(), v.stock))
        .collect();
    let rates = totals::rates(&mut tx).await?;

    let mut outcomes = Vec::with_capacity(intents.len());
    let mut granted: Vec<(&Intent, &PaymentChoice, Grant)> = Vec::new();
    for intent in intents {
        if let Some((cart_id, order)) = standing.get(&intent.checkout_key) {
            outcomes.push(if *cart_id == intent.cart_id {
                Outcome::Stands(order.clone())
            } else {
                Outcome::Refused(ShopError::new(
                    ErrorKind::Conflict,
                    "This checkout key belongs to another order.",
                ))
            });
            continue;
        }
        let choice = match &intent.payment {
            Ok(choice) => choice,
            Err(refusal) => {
                outcomes.push(Outcome::Refused(refusal.clone()));
                continue;
            }
        };
        let request = Request {
            items: items
                .get(&intent.cart_id)
                .map(Vec::as_slice)
                .unwrap_or_default(),
            shipping: &intent.shipping,
            expected_total_minor: intent.expected_total_minor,
        };
        let tax = settings.tax_basis_points;
        outcomes.push(
            match decide(&request, &mut variants, &rates, tax, &settings.currency) {
                Err(refusal) => Outcome::Refused(refusal),
                Ok(grant) => {
                    let order = standing_order(intent, choice, &grant);
                    standing.insert(
                        intent.checkout_key.clone(),
                        (intent.cart_id.clone(), order.clone()),
                    );
                    // A cart is ordered once: what comes after finds it empty.
                    items.remove(&intent.cart_id);
                    granted.push((intent, choice, grant));
                    Outcome::Stands(order)
                }
            },
        );
    }
    if granted.is_empty() {
        tx.rollback().await?;
        return Ok((outcomes, ChangeSet::default()));
    }

    let changes = take_stock(&mut tx, dialect, &variants, &before).await?;
    write_orders(&mut tx, dialect, now, settings, &granted, &variants).await?;
    tx.commit().await?;
    Ok((outcomes, changes))
}

fn standing_order(intent: &Intent, choice: &PaymentChoice, grant: &Grant) -> StandingOrder {
    StandingOrder {
        id: intent.order_id.clone(),
        number: intent.number.clone(),
        token: intent.token.clone(),
        total_minor: grant.totals.total_minor,
        status: first_status(intent.settlement),
        was_declined: false,
        payment_method: intent.method.to_owned(),
        payment_token: choice.token.clone(),
    }
}

const fn first_status(settlement: Settlement) -> OrderStatus {
    match settlement {
        Settlement::OnDelivery => OrderStatus::Paid,
        Settlement::Online => OrderStatus::PendingPayment,
    }
}

async fn lock_carts(tx: &mut Tx, dialect: Dialect, carts: &BTreeSet<&str>) -> Result<()> {
    if dialect == Dialect::Postgres {
        let mut sql = Sql::new("SELECT id FROM carts WHERE id IN ");
        sql.push(dialect.texts(1)).push(" ORDER BY id FOR UPDATE");
        sql.bind_only(serde_json::to_string(carts)?)
            .fetch_all(&mut **tx)
            .await?;
    }
    Ok(())
}

/// Orders that were placed before under one of the keys, with their carts.
async fn known_orders(
    tx: &mut Tx,
    dialect: Dialect,
    intents: &[Intent],
) -> Result<BTreeMap<String, (String, StandingOrder)>> {
    let keys: Vec<&str> = intents.iter().map(|i| i.checkout_key.as_str()).collect();
    let mut sql = Sql::new(
        "SELECT o.checkout_key, o.cart_id, o.id, o.number, o.token, o.total_minor, o.status, \
         o.cancel_reason, o.payment_method, p.token AS payment_token \
         FROM orders o JOIN payments p ON p.order_id = o.id WHERE o.checkout_key IN ",
    );
    sql.push(dialect.texts(1));
    let rows = sql
        .bind_only(serde_json::to_string(&keys)?)
        .fetch_all(&mut **tx)
        .await?;
    rows.iter()
        .map(|row| {
            let status = row.text("status")?;
            let order = StandingOrder {
                id: row.text("id")?,
                number: row.text("number")?,
                token: row.text("token")?,
                total_minor: row.int("total_minor")?,
                status: OrderStatus::parse(&status)
                    .ok_or_else(|| Error::Invariant(format!("order status {status:?}")))?,
                was_declined: row.maybe_text("cancel_reason")?.as_deref()
                    == Some(super::cancel::CancelReason::Declined.as_str()),
                payment_method: row.text("payment_method")?,
                payment_token: row.text("payment_token")?,
            };
            Ok((row.text("checkout_key")?, (row.text("cart_id")?, order)))
        })
        .collect()
}

async fn cart_items(
    tx: &mut Tx,
    dialect: Dialect,
    carts: &BTreeSet<&str>,
) -> Result<BTreeMap<String, Vec<CartItem>>> {
    let mut sql = Sql::new(
        "SELECT cart_id, variant_id, quantity, unit_price_minor, title, variant_title \
         FROM cart_lines WHERE cart_id IN ",
    );
    sql.push(dialect.texts(1))
        .push(" ORDER BY cart_id, added_at, variant_id");
    let rows = sql
        .bind_only(serde_json::to_string(carts)?)
        .fetch_all(&mut **tx)
        .await?;
    let mut items: BTreeMap<String, Vec<CartItem>> = BTreeMap::new();
    for row in rows {
        items
            .entry(row.text("cart_id")?)
            .or_default()
            .push(CartItem {
                variant_id: row.text("variant_id")?,
                quantity: row.int("quantity")?,
                seen_price_minor: row.int("unit_price_minor")?,
                title: row.text("title")?,
                variant_title: row.text("variant_title")?,
            });
    }
    Ok(items)
}

/// Locks the variants in id order, then reads them in a statement of its own: on Postgres, what
/// the locking statement joins may be older than the lock.
async fn lock_variants(
    tx: &mut Tx,
    dialect: Dialect,
    ids: &BTreeSet<&str>,
) -> Result<BTreeMap<String, VariantState>> {
    let ids = serde_json::to_string(ids)?;
    if dialect == Dialect::Postgres {
        let mut sql = Sql::new("SELECT id FROM variants WHERE id IN ");
        sql.push(dialect.texts(1)).push(" ORDER BY id FOR UPDATE");
        sql.bind_only(ids.clone()).fetch_all(&mut **tx).await?;
    }
    let mut sql = Sql::new(
        "SELECT v.id, v.product_id, v.stock, v.price_minor, v.sku, v.option1, v.option2, v.option3, \
         p.active, p.slug, p.title, \
         COALESCE(v.picture_src, (SELECT src FROM pictures i WHERE i.product_id = p.id \
           ORDER BY i.position LIMIT 1)) AS picture_src \
         FROM variants v JOIN products p ON p.id = v.product_id WHERE v.id IN ",
    );
    sql.push(dialect.texts(1));
    let rows = sql.bind_only(ids).fetch_all(&mut **tx).await?;
    rows.iter()
        .map(|row| {
            let options = [
                row.text("option1")?,
                row.text("option2")?,
                row.text("option3")?,
            ];
            let named: Vec<String> = options
                .into_iter()
                .filter(|value| !value.is_empty())
                .collect();
            Ok((
                row.text("id")?,
                VariantState {
                    product_id: row.text("product_id")?,
                    active: row.flag("active")?,
                    stock: row.int("stock")?,
                    price_minor: row.int("price_minor")?,
                    slug: row.text("slug")?,
                    title: row.text("title")?,
                    variant_title: variant_title(&named),
                    sku: row.maybe_text("sku")?.unwrap_or_default(),
                    picture_src: row.maybe_text("picture_src")?,
                },
            ))
        })
        .collect()
}

/// Takes what was granted. The condition repeats what was decided: if the lock did not do its
/// work, the batch fails instead of selling what is not there.
async fn take_stock(
    tx: &mut Tx,
    dialect: Dialect,
    variants: &BTreeMap<String, VariantState>,
    before: &BTreeMap<String, i64>,
) -> Result<ChangeSet> {
    let mut taken = Vec::new();
    let mut crossed = ChangeSet::default();
    for (id, variant) in variants {
        let units = before[id] - variant.stock;
        if units > 0 {
            taken.push(json!({ "variant_id": id, "units": units }));
            if Availability::of(before[id]) != Availability::of(variant.stock) {
                crossed.products.insert(variant.product_id.clone());
            }
        }
    }
    let rows = dialect.rows(1, &[("variant_id", Column::Text), ("units", Column::Int)]);
    let mut sql =
        Sql::new("UPDATE variants SET stock = stock - t.units, sold = sold + t.units FROM ");
    sql.push(&rows).push(
        " AS t WHERE variants.id = t.variant_id AND variants.stock >= t.units AND EXISTS \
         (SELECT 1 FROM products p WHERE p.id = variants.product_id AND p.active = 1)",
    );
    let changed = sql
        .bind_only(serde_json::to_string(&taken)?)
        .execute(&mut **tx)
        .await?;
    if changed != taken.len() as u64 {
        return Err(Error::Invariant(format!(
            "stock for {} variants was granted, for {changed} it was there",
            taken.len()
        )));
    }
    if !crossed.products.is_empty() {
        let ids: Vec<String> = crossed.products.iter().cloned().collect();
        refresh_summaries(tx, dialect, &ids).await?;
    }
    Ok(crossed)
}

async fn insert(
    tx: &mut Tx,
    dialect: Dialect,
    table: &str,
    columns: &[(&str, Column)],
    rows: &[Value],
) -> Result<()> {
    let names = columns
        .iter()
        .map(|(name, _)| *name)
        .collect::<Vec<_>>()
        .join(", ");
    let mut sql = Sql::new(&format!(
        "INSERT INTO {table} ({names}) SELECT {names} FROM "
    ));
    sql.push(dialect.rows(1, columns))
        .push(" AS given WHERE true");
    sql.bind_only(serde_json::to_string(rows)?)
        .execute(&mut **tx)
        .await?;
    Ok(())
}

async fn write_orders(
    tx: &mut Tx,
    dialect: Dialect,
    now: i64,
    settings: &ShopSettings,
    granted: &[(&Intent, &PaymentChoice, Grant)],
    variants: &BTreeMap<String, VariantState>,
) -> Result<()> {
    use Column::{Int, Text};
    let (mut orders, mut lines, mut addresses, mut payments, mut movements) =
        (Vec::new(), Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for (intent, choice, grant) in granted {
        let (totals, contact) = (&grant.totals, &intent.contact);
        orders.push(json!({
            "id": intent.order_id, "number": intent.number, "token": intent.token,
            "checkout_key": intent.checkout_key, "cart_id": intent.cart_id,
            "email": contact.email, "status": first_status(intent.settlement).as_str(),
            "currency": settings.currency, "subtotal_minor": totals.subtotal_minor,
            "shipping_minor": totals.shipping_minor, "tax_minor": totals.tax_minor,
            "total_minor": totals.total_minor, "shipping_method": intent.shipping,
            "payment_method": intent.method, "created_at": now, "updated_at": now,
        }));
        addresses.push(json!({
            "order_id": intent.order_id, "name": contact.name,
            "address_line1": contact.address_line1, "address_line2": contact.address_line2,
            "postal_code": contact.postal_code, "city": contact.city,
            "country": contact.country, "phone": contact.phone,
        }));
        payments.push(json!({
            "id": new_id(), "order_id": intent.order_id, "provider": intent.method,
            "status": match intent.settlement {
                Settlement::OnDelivery => "due",
                Settlement::Online => "pending",
            },
            "amount_minor": totals.total_minor, "token": choice.token, "label": choice.label,
            "created_at": now, "updated_at": now,
        }));
        for (position, item) in grant.items.iter().enumerate() {
            let Some(variant) = variants.get(&item.variant_id) else {
                continue;
            };
            lines.push(json!({
                "order_id": intent.order_id, "position": position, "variant_id": item.variant_id,
                "product_slug": variant.slug, "title": variant.title,
                "variant_title": variant.variant_title, "sku": variant.sku,
                "picture_src": variant.picture_src, "unit_price_minor": variant.price_minor,
                "quantity": item.quantity,
            }));
            movements.push(json!({
                "id": new_id(), "variant_id": item.variant_id, "delta": -item.quantity,
                "reason": "sale", "order_id": intent.order_id, "created_at": now,
            }));
        }
    }
    insert(
        tx,
        dialect,
        "orders",
        &[
            ("id", Text),
            ("number", Text),
            ("token", Text),
            ("checkout_key", Text),
            ("cart_id", Text),
            ("email", Text),
            ("status", Text),
            ("currency", Text),
            ("subtotal_minor", Int),
            ("shipping_minor", Int),
            ("tax_minor", Int),
            ("total_minor", Int),
            ("shipping_method", Text),
            ("payment_method", Text),
            ("created_at", Int),
            ("updated_at", Int),
        ],
        &orders,
    )
    .await?;
    insert(
        tx,
        dialect,
        "order_lines",
        &[
            ("order_id", Text),
            ("position", Int),
            ("variant_id", Text),
            ("product_slug", Text),
            ("title", Text),
            ("variant_title", Text),
            ("sku", Text),
            ("picture_src", Text),
            ("unit_price_minor", Int),
            ("quantity", Int),
        ],
        &lines,
    )
    .await?;
    insert(
        tx,
        dialect,
        "order_addresses",
        &[
            ("order_id", Text),
            ("name", Text),
            ("address_line1", Text),
            ("address_line2", Text),
            ("postal_code", Text),
            ("city", Text),
            ("country", Text),
            ("phone", Text),
        ],
        &addresses,
    )
    .await?;
    insert(
        tx,
        dialect,
        "payments",
        &[
            ("id", Text),
            ("order_id", Text),
            ("provider", Text),
            ("status", Text),
            ("amount_minor", Int),
            ("token", Text),
            ("label", Text),
            ("created_at", Int),
            ("updated_at", Int),
        ],
        &payments,
    )
    .await?;
    insert(
        tx,
        dialect,
        "stock_movements",
        &[
            ("id", Text),
            ("variant_id", Text),
            ("delta", Int),
            ("reason", Text),
            ("order_id", Text),
            ("created_at", Int),
        ],
        &movements,
    )
    .await?;
    let carts: Vec<&str> = granted
        .iter()
        .map(|(intent, ..)| intent.cart_id.as_str())
        .collect();
    for table in ["cart_lines", "checkouts"] {
        let mut sql = Sql::new(&format!("DELETE FROM {table} WHERE cart_id IN "));
        sql.push(dialect.texts(1));
        sql.bind_only(serde_json::to_string(&carts)?)
            .execute(&mut **tx)
            .await?;
    }
    Ok(())
}
