//! Writing what a batch was granted.

use std::collections::{BTreeMap, HashMap};

use app::{
    catalog::types::Availability,
    locale::Locale,
    orders::{details::Particulars, payment::PaymentStatus},
};
use serde_json::{Map, Value, json};

use super::{
    batch::Intent,
    decide::{Grant, VariantState},
    snapshot::first_status,
};
use crate::{
    catalog::write::refresh_summaries,
    db::{Column, Dialect, Sql, Tx},
    error::{Error, Result},
    ids::{new_checkout_key, new_id},
    orders::promise,
    payment::Settlement,
    store::ChangeSet,
    text::{email_key, mailbox, search_key},
    translations::LineName,
};

/// Takes what was granted. The condition repeats what was decided: if the lock did not do its
/// work, the batch fails instead of selling what is not there. Stock is low at `low_stock` units.
pub(super) async fn take_stock(
    tx: &mut Tx,
    dialect: Dialect,
    variants: &BTreeMap<String, VariantState>,
    before: &BTreeMap<String, i64>,
    low_stock: i64,
) -> Result<ChangeSet> {
    let (mut taken, mut ids) = (Vec::new(), Vec::new());
    let mut changes = ChangeSet::default();
    let word = |stock| Availability::of(stock, low_stock);
    for (id, variant) in variants {
        let units = before[id] - variant.stock;
        if units > 0 {
            taken.push(json!({ "variant_id": id, "units": units }));
            ids.push(id);
            changes.stock(id);
            if word(before[id]) != word(variant.stock) {
                changes.product(&variant.product_id, &variant.slug);
            }
        }
    }
    let rows = dialect.rows(1, &[("variant_id", Column::Text), ("units", Column::Int)]);
    let mut sql = Sql::new(
        "UPDATE variants SET sold = sold + t.units, \
             stock = stock - CASE WHEN tracked = 1 THEN t.units ELSE 0 END FROM ",
    );
    sql.push(&rows).push(
        " AS t WHERE variants.id = t.variant_id AND variants.available >= t.units AND EXISTS \
         (SELECT 1 FROM products p WHERE p.id = variants.product_id AND p.active = 1)",
    );
    sql.bind(serde_json::to_string(&taken)?);
    // Says the same again, so that Postgres looks the rows up instead of reading all of them.
    sql.push(" AND variants.id").push(dialect.in_json_array(2));
    sql.bind(serde_json::to_string(&ids)?);
    let changed = sql.execute(&mut **tx).await?;
    if changed != taken.len() as u64 {
        return Err(Error::Invariant(format!(
            "stock for {} variants was granted, for {changed} it was there",
            taken.len()
        )));
    }
    if !changes.products().is_empty() {
        let ids: Vec<String> = changes.products().iter().cloned().collect();
        refresh_summaries(tx, dialect, &ids).await?;
    }
    Ok(changes)
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

/// The columns of what the customer said.
fn said(particulars: &Particulars) -> Map<String, Value> {
    let Particulars {
        company,
        vat_id,
        customer_note,
        billing,
    } = particulars;
    let mut columns: Map<String, Value> = [
        ("company", company),
        ("vat_id", vat_id),
        ("customer_note", customer_note),
    ]
    .into_iter()
    .map(|(column, said)| (column.to_owned(), json!(said)))
    .collect();
    if let Some(to) = billing {
        let columns_of_it = [
            ("billing_name", &to.name),
            ("billing_company", &to.company),
            ("billing_address_line1", &to.address_line1),
            ("billing_address_line2", &to.address_line2),
            ("billing_postal_code", &to.postal_code),
            ("billing_city", &to.city),
            ("billing_state", &to.state),
            ("billing_country", &to.country),
        ];
        for (column, part) in columns_of_it {
            columns.insert(column.to_owned(), json!(part));
        }
    }
    columns
}

pub(super) async fn write_orders(
    tx: &mut Tx,
    dialect: Dialect,
    now: i64,
    currency: &str,
    granted: &[(&Intent, Grant)],
    variants: &BTreeMap<String, VariantState>,
    names: &BTreeMap<Locale, HashMap<String, LineName>>,
) -> Result<()> {
    use Column::{Int, Text};
    let (mut orders, mut lines, mut attempts) = (Vec::new(), Vec::new(), Vec::new());
    for (intent, grant) in granted {
        let (totals, contact) = (&grant.totals, &intent.contact);
        let email_key = email_key(&contact.email);
        let mut order = json!({
            "id": intent.order_id, "number": intent.number, "token": intent.token,
            "checkout_key": intent.checkout_key, "cart_id": grant.cart_id,
            "email": contact.email, "email_key": email_key,
            "mailbox": mailbox(&contact.email),
            "search_key": search_key(&[&intent.number, &email_key, &contact.name]),
            "account_id": intent.account_id, "locale": intent.locale,
            "status": first_status(intent.settlement, grant.confirm_within_ms).as_str(),
            "confirm_by": grant.confirm_within_ms.map(|wait| now + wait),
            "pay_by": grant.pay_within_ms.map(|wait| now + wait),
            "currency": currency,
            "units": grant.items.iter().map(|item| item.quantity).sum::<i64>(),
            "subtotal_minor": totals.subtotal_minor,
            "shipping_minor": totals.shipping_minor, "tax_minor": totals.tax_minor,
            "total_minor": totals.total_minor, "shipping_method": intent.shipping,
            "shipping_name": grant.shipping_name,
            "tax_basis_points": totals.tax_basis_points,
            "payment_method": intent.method, "payment_label": grant.payment.label,
            "payment_status": match intent.settlement {
                Settlement::OnDelivery => PaymentStatus::Due,
                Settlement::Online | Settlement::Transfer => PaymentStatus::Pending,
            },
            "name": contact.name,
            "address_line1": contact.address_line1, "address_line2": contact.address_line2,
            "postal_code": contact.postal_code, "city": contact.city,
            "state": contact.state, "country": contact.country, "phone": contact.phone,
            "created_at": now, "updated_at": now,
        });
        if let Some(columns) = order.as_object_mut() {
            columns.extend(said(&intent.particulars));
            columns.extend(promise::columns(grant.handover, grant.promise.as_ref()));
        }
        orders.push(order);
        let names = intent.names.and_then(|language| names.get(&language));
        if intent.settlement != Settlement::OnDelivery {
            attempts.push(json!({
                "id": new_id(), "order_id": intent.order_id, "provider": intent.method,
                "status": PaymentStatus::Pending, "amount_minor": totals.total_minor,
                "token": grant.payment.token, "created_at": now, "updated_at": now,
            }));
        }
        for (position, item) in grant.items.iter().enumerate() {
            let Some(variant) = variants.get(&item.variant_id) else {
                continue;
            };
            let name = names.and_then(|names| names.get(&item.variant_id));
            let (title, variant_title) = match name {
                Some(name) => (&name.title, &name.variant_title),
                None => (&variant.title, &variant.variant_title),
            };
            lines.push(json!({
                "order_id": intent.order_id, "position": position, "variant_id": item.variant_id,
                "product_slug": variant.slug, "title": title,
                "variant_title": variant_title, "sku": variant.sku,
                "picture_src": variant.picture_src, "unit_price_minor": variant.price_minor,
                "quantity": item.quantity,
                "drop_id": variant.source.drop_id(),
                "taken": if variant.tracked { item.quantity } else { 0 },
                "search_key": search_key(&[title, &variant.sku]),
                "created_at": now,
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
            ("email_key", Text),
            ("mailbox", Text),
            ("search_key", Text),
            ("account_id", Text),
            ("locale", Text),
            ("status", Text),
            ("confirm_by", Int),
            ("pay_by", Int),
            ("currency", Text),
            ("units", Int),
            ("subtotal_minor", Int),
            ("shipping_minor", Int),
            ("tax_minor", Int),
            ("tax_basis_points", Int),
            ("total_minor", Int),
            ("shipping_method", Text),
            ("shipping_name", Text),
            ("promised_handover", Text),
            ("promised_days_from", Int),
            ("promised_days_to", Int),
            ("promised_from", Text),
            ("promised_to", Text),
            ("payment_method", Text),
            ("payment_label", Text),
            ("payment_status", Text),
            ("name", Text),
            ("company", Text),
            ("address_line1", Text),
            ("address_line2", Text),
            ("postal_code", Text),
            ("city", Text),
            ("state", Text),
            ("country", Text),
            ("phone", Text),
            ("billing_name", Text),
            ("billing_company", Text),
            ("billing_address_line1", Text),
            ("billing_address_line2", Text),
            ("billing_postal_code", Text),
            ("billing_city", Text),
            ("billing_state", Text),
            ("billing_country", Text),
            ("vat_id", Text),
            ("customer_note", Text),
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
            ("drop_id", Text),
            ("product_slug", Text),
            ("title", Text),
            ("variant_title", Text),
            ("sku", Text),
            ("picture_src", Text),
            ("unit_price_minor", Int),
            ("quantity", Int),
            ("taken", Int),
            ("search_key", Text),
            ("created_at", Int),
        ],
        &lines,
    )
    .await?;
    if !attempts.is_empty() {
        insert(
            tx,
            dialect,
            "payment_attempts",
            &[
                ("id", Text),
                ("order_id", Text),
                ("provider", Text),
                ("status", Text),
                ("amount_minor", Int),
                ("token", Text),
                ("created_at", Int),
                ("updated_at", Int),
            ],
            &attempts,
        )
        .await?;
    }
    end_carts(tx, dialect, granted).await
}

/// The carts are empty now. What was typed is kept until the order is paid, so that after a
/// declined card nobody types it again; the cart's next order gets a key of its own. No indexed column
/// is written, so the rows are changed in place.
async fn end_carts(tx: &mut Tx, dialect: Dialect, granted: &[(&Intent, Grant)]) -> Result<()> {
    let carts: Vec<Value> = granted
        .iter()
        .map(|(intent, grant)| {
            let fresh = match intent.settlement {
                Settlement::OnDelivery | Settlement::Transfer => None,
                Settlement::Online => Some(new_checkout_key()),
            };
            json!({ "cart": grant.cart_id, "fresh": fresh })
        })
        .collect();
    let ids: Vec<&str> = granted
        .iter()
        .map(|(_, grant)| grant.cart_id.as_str())
        .collect();
    let rows = dialect.rows(1, &[("cart", Column::Text), ("fresh", Column::Text)]);
    let mut sql = Sql::new(
        "UPDATE carts SET lines = '[]', \
         checkout_key = CASE WHEN draft IS NOT NULL THEN t.fresh END, \
         draft = CASE WHEN t.fresh IS NOT NULL THEN draft END, \
         draft_at = CASE WHEN t.fresh IS NOT NULL THEN draft_at END FROM ",
    );
    sql.push(rows)
        .push(" AS t WHERE carts.id = t.cart AND carts.id")
        .push(dialect.in_json_array(2));
    sql.bind(serde_json::to_string(&carts)?)
        .bind(serde_json::to_string(&ids)?);
    sql.execute(&mut **tx).await?;
    Ok(())
}
