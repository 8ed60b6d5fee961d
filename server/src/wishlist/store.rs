//! Wishlists in the database.

use std::collections::BTreeSet;

use app::{
    catalog::types::Card,
    error::{ErrorKind, ShopError},
    locale::locale,
    wishlist::{
        ports::{Owner, Saved},
        types::{MAX_ITEMS, WishlistItem},
    },
};

use super::text::Text;
use crate::{
    catalog::read::{CARD_COLUMNS, timed::put_at_this_time},
    db::{Columns, Ending, FromRow, Get, Sql, Tx, from_row, only},
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
    row.as_ref().map(only).transpose()
}

/// A saved product.
struct SavedRow {
    product_id: String,
    title: String,
    added_at: i64,
    is_secret: bool,
    card: CardIfSeen,
}

from_row!(SavedRow {
    product_id: "saved_id",
    title: "saved_title",
    added_at,
    is_secret,
    card: row,
});

/// None of a product that shoppers do not see.
struct CardIfSeen(Option<Card>);

impl<R: Columns> FromRow<R> for CardIfSeen {
    fn from_row(row: &R) -> Result<Self> {
        let is_seen = row.maybe_int("is_seen")? == Some(1);
        Ok(Self(is_seen.then(|| Card::from_row(row)).transpose()?))
    }
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
    let rows: Vec<SavedRow> = sql.fetch_all_as(db.reader()).await?;
    let secret = rows.iter().filter(|row| row.is_secret);
    let secret = secret.map(|row| row.product_id.clone()).collect();
    let items = rows.into_iter().map(|row| WishlistItem {
        product_id: row.product_id,
        title: row.title,
        product: row.card.0,
        added_at: row.added_at,
    });
    let mut items: Vec<WishlistItem> = items.collect();
    let sold = items.iter_mut().filter_map(|item| item.product.as_mut());
    put_at_this_time(db, sold.collect()).await?;
    Ok((items, secret))
}

/// Ids of the products of a list, newest first.
pub async fn products(
    read: impl sqlx::Executor<'_, Database = sqlx::Any>,
    list: &str,
) -> Result<Vec<String>> {
    let mut sql = Sql::new("SELECT product_id FROM wishlist_items WHERE wishlist_id = ");
    sql.text(list).push(" ORDER BY added_at DESC, product_id");
    sql.fetch_values(read).await
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
    sql.fetch_optional_value(&mut **tx).await
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
    only(&row)
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
    row.as_ref().map(only).transpose()
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
