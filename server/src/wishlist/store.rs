//! Wishlists in the database.

use std::collections::BTreeSet;

use app::{
    catalog::types::Card,
    error::{ErrorKind, ShopError},
    locale::locale,
};
use sqlx::any::AnyRow;
use storefront::wishlist::{
    ports::{Owner, Saved},
    types::{MAX_ITEMS, WishlistItem},
};

use super::text::Text;
use crate::{
    catalog::read::{CARD_COLUMNS, timed::put_at_this_time},
    db::{Ending, FromRow, Get, Sql, Tx},
    error::Result,
    ids::{hash_secret, is_id, is_secret, new_id, new_secret},
    sale::seen::{push_is_seen, push_seen},
    settings::cart_lifetime,
    store::Store,
};

/// The id of a list that has not expired.
pub async fn find(db: &Store, now: i64, owner: Owner<'_>) -> Result<Option<String>> {
    let query = match owner {
        Owner::Account(id) => {
            sqlx::query("SELECT id FROM wishlists WHERE account_id = $1").bind(id.to_owned())
        }
        Owner::Device(token) => {
            let Some(token) = token.filter(|token| is_secret(token)) else {
                return Ok(None);
            };
            sqlx::query("SELECT id FROM wishlists WHERE token_hash = $1 AND expires_at > $2")
                .bind(hash_secret(token))
                .bind(now)
        }
    };
    let row = query.fetch_optional(db.reader()).await?;
    row.map(|row| row.text("id")).transpose()
}

/// The products of a list as they are sold now, newest first, and the ids of those that are secret.
pub async fn items(db: &Store, list: &str) -> Result<(Vec<WishlistItem>, BTreeSet<String>)> {
    let mut sql = Sql::new("SELECT w.product_id AS saved_id, w.title AS saved_title, w.added_at, ");
    push_is_seen(&mut sql, "p", db.now())
        .push(", CASE WHEN p.shown_from > ")
        .int(db.now())
        .push(" THEN 1 ELSE 0 END AS is_secret, ")
        .push(CARD_COLUMNS)
        .push(
            " FROM wishlist_items w LEFT JOIN products p ON p.id = w.product_id \
             WHERE w.wishlist_id = ",
        )
        .text(list)
        .push(" ORDER BY w.added_at DESC, w.product_id");
    let rows = sql.fetch_all(db.reader()).await?;
    let mut items = rows.iter().map(item).collect::<Result<Vec<_>>>()?;
    let sold = items.iter_mut().filter_map(|item| item.product.as_mut());
    put_at_this_time(db, sold.collect()).await?;
    let mut secret = BTreeSet::new();
    for row in &rows {
        if row.flag("is_secret")? {
            secret.insert(row.text("saved_id")?);
        }
    }
    Ok((items, secret))
}

fn item(row: &AnyRow) -> Result<WishlistItem> {
    let is_sold = row.maybe_int("is_seen")? == Some(1);
    Ok(WishlistItem {
        product_id: row.text("saved_id")?,
        title: row.text("saved_title")?,
        product: is_sold.then(|| Card::from_row(row)).transpose()?,
        added_at: row.int("added_at")?,
    })
}

/// Ids of the products of a list, newest first.
pub async fn products(
    read: impl sqlx::Executor<'_, Database = sqlx::Any>,
    list: &str,
) -> Result<Vec<String>> {
    let rows = sqlx::query(
        "SELECT product_id FROM wishlist_items WHERE wishlist_id = $1 \
         ORDER BY added_at DESC, product_id",
    )
    .bind(list.to_owned())
    .fetch_all(read)
    .await?;
    rows.iter().map(|row| row.text("product_id")).collect()
}

/// Saves a product that is for sale. Nothing is made for one that is not.
pub async fn add(db: &Store, now: i64, owner: Owner<'_>, product_id: &str) -> Result<Saved> {
    let mut tx = db.begin().await?;
    let title = title(&mut tx, db.now(), product_id)
        .await?
        .ok_or_else(|| ShopError::field("product_id", Text::from(locale()).product_gone()))?;
    let (list, device) = open(&mut tx, now, owner).await?;
    sqlx::query(
        "INSERT INTO wishlist_items (wishlist_id, product_id, title, added_at) \
         VALUES ($1, $2, $3, $4) ON CONFLICT (wishlist_id, product_id) DO NOTHING",
    )
    .bind(&list)
    .bind(product_id.to_owned())
    .bind(title)
    .bind(now)
    .execute(&mut *tx)
    .await?;
    let products = products(&mut *tx, &list).await?;
    if products.len() as i64 > MAX_ITEMS {
        let words = Text::from(locale()).list_is_full(&MAX_ITEMS.to_string());
        return Err(ShopError::new(ErrorKind::Conflict, words).into());
    }
    tx.commit().await?;
    Ok(Saved { device, products })
}

/// What a product is called, if it is for sale.
async fn title(tx: &mut Tx, now: i64, product_id: &str) -> Result<Option<String>> {
    if !is_id(product_id) {
        return Ok(None);
    }
    let mut sql = Sql::new("SELECT p.title FROM products p WHERE p.id = ");
    sql.text(product_id).push(" AND ");
    push_seen(&mut sql, "p", now);
    let row = sql.fetch_optional(&mut **tx).await?;
    row.map(|row| row.text("title")).transpose()
}

/// The list, locked, made unless it is there already; and what a device's is known by.
async fn open(tx: &mut Tx, now: i64, owner: Owner<'_>) -> Result<(String, Option<String>)> {
    let token = match owner {
        Owner::Account(id) => return Ok((of_account(tx, now, id).await?, None)),
        Owner::Device(token) => token,
    };
    if let Some(token) = token
        && let Some(list) = keep(tx, now, token).await?
    {
        return Ok((list, Some(token.to_owned())));
    }
    // Nobody chooses what a list is known by.
    let (list, token) = (new_id(), new_secret());
    sqlx::query(concat!(
        "INSERT INTO wishlists (id, token_hash, created_at, expires_at) VALUES ($1, $2, $3, $3 + ",
        cart_lifetime!(),
        ")"
    ))
    .bind(&list)
    .bind(hash_secret(&token))
    .bind(now)
    .execute(&mut **tx)
    .await?;
    Ok((list, Some(token)))
}

/// The account's list, locked, made unless it is there already.
pub async fn of_account(tx: &mut Tx, now: i64, account_id: &str) -> Result<String> {
    let row = sqlx::query(
        "INSERT INTO wishlists (id, account_id, created_at) VALUES ($1, $2, $3) \
         ON CONFLICT (account_id) DO UPDATE SET created_at = wishlists.created_at RETURNING id",
    )
    .bind(new_id())
    .bind(account_id.to_owned())
    .bind(now)
    .fetch_one(&mut **tx)
    .await?;
    row.text("id")
}

/// Locks a device's list that has not expired and lets it live on.
pub async fn keep(tx: &mut Tx, now: i64, token: &str) -> Result<Option<String>> {
    if !is_secret(token) {
        return Ok(None);
    }
    let row = sqlx::query(concat!(
        "UPDATE wishlists SET expires_at = $1 + ",
        cart_lifetime!(),
        " WHERE token_hash = $2 AND expires_at > $1 RETURNING id"
    ))
    .bind(now)
    .bind(hash_secret(token))
    .fetch_optional(&mut **tx)
    .await?;
    row.map(|row| row.text("id")).transpose()
}

/// Takes a product out of a list, if there is one and it is in it; the ids of those that are left.
pub async fn remove(
    db: &Store,
    now: i64,
    owner: Owner<'_>,
    product_id: &str,
) -> Result<Vec<String>> {
    let Some(list) = find(db, now, owner).await? else {
        return Ok(Vec::new());
    };
    if !is_id(product_id) {
        return products(db.reader(), &list).await;
    }
    let mut tx = db.begin().await?;
    if let Owner::Device(Some(token)) = owner {
        keep(&mut tx, now, token).await?;
    }
    sqlx::query("DELETE FROM wishlist_items WHERE wishlist_id = $1 AND product_id = $2")
        .bind(&list)
        .bind(product_id.to_owned())
        .execute(&mut *tx)
        .await?;
    let left = products(&mut *tx, &list).await?;
    tx.commit().await?;
    Ok(left)
}

const LISTS: Ending = Ending {
    table: "wishlists",
    key: "id",
    at: "expires_at",
};

/// Forgets lists of devices that have expired. Returns how many.
pub async fn drop_expired(db: &Store, now: i64) -> Result<u64> {
    LISTS.drop_until(db, now).await
}
