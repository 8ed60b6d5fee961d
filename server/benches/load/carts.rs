//! Carts that are filled already, straight in the database: filling is not what is measured.

use std::net::{Ipv4Addr, SocketAddr};

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use rand::{RngCore, SeedableRng, rngs::StdRng};
use serde_json::{Value, json};
use server::{
    cart::{
        lines::{self, Line},
        token,
    },
    clock::{Clock, SystemClock},
    db::{Column, Sql},
    store::Store,
};

use super::client::{home, post};
use crate::rig::order_form;

/// Carts in one statement.
const BATCH: usize = 5_000;
const DAY: i64 = 24 * 60 * 60 * 1000;

/// One unit of one variant, in a cart of its own, at the checkout's last step.
pub struct Cart {
    pub token: String,
    pub checkout_key: String,
    /// Where its shopper comes from.
    from: Ipv4Addr,
    price_minor: i64,
}

/// What goes into a cart.
#[derive(Debug, Clone)]
pub struct Item {
    pub variant_id: String,
    pub price_minor: i64,
}

/// Fills carts with one unit each, of the items in turn. The same `seed` gives the same carts.
pub async fn fill(db: &Store, items: &[Item], count: usize, seed: u64) -> Vec<Cart> {
    let mut rng = StdRng::seed_from_u64(seed);
    let now = SystemClock.now();
    let mut filled = Vec::with_capacity(count);
    while filled.len() < count {
        let mut carts = Vec::new();
        for n in filled.len()..count.min(filled.len() + BATCH) {
            let item = &items[n % items.len()];
            let (token, checkout_key) = (secret(now, &mut rng), secret(now, &mut rng));
            let line = Line {
                variant_id: item.variant_id.clone(),
                quantity: 1,
                unit_price_minor: item.price_minor,
                title: "Thing".to_owned(),
                variant_title: String::new(),
                added_at: now,
            };
            carts.push(json!({
                "id": id(now, &mut rng), "token_hash": token::key(&token), "created_at": now,
                "expires_at": now + DAY, "lines_at": now, "checkout_key": checkout_key,
                "lines": lines::to_json(&[line]).expect("lines are JSON"), "draft_at": now,
                "draft": serde_json::to_string(&app::checkout::types::Draft::default())
                    .expect("a draft is JSON"),
            }));
            filled.push(Cart {
                token,
                checkout_key,
                from: home(n),
                price_minor: item.price_minor,
            });
        }
        use Column::{Int, Text};
        let columns = [
            ("id", Text),
            ("token_hash", Text),
            ("lines", Text),
            ("lines_at", Int),
            ("checkout_key", Text),
            ("draft", Text),
            ("draft_at", Int),
            ("created_at", Int),
            ("expires_at", Int),
        ];
        insert(db, "carts", &columns, &carts).await;
    }
    // As after a day of business, when statistics are there.
    for table in ["carts", "variants", "products"] {
        Sql::new(&format!("ANALYZE {table}"))
            .fetch_all(db.reader())
            .await
            .expect("the tables can be analysed");
    }
    filled
}

async fn insert(db: &Store, table: &str, columns: &[(&str, Column)], rows: &[Value]) {
    let names: Vec<&str> = columns.iter().map(|(name, _)| *name).collect();
    let names = names.join(", ");
    let mut sql = Sql::new(&format!(
        "INSERT INTO {table} ({names}) SELECT {names} FROM "
    ));
    sql.push(db.dialect().rows(1, columns))
        .push(" AS given WHERE true");
    let mut tx = db.begin().await.expect("the database takes a transaction");
    sql.bind_only(serde_json::to_string(rows).expect("the rows are JSON"))
        .execute(&mut *tx)
        .await
        .expect("the rows are new");
    tx.commit().await.expect("the rows stay");
}

impl Cart {
    /// The bytes of the order.
    pub fn place(&self, address: SocketAddr) -> Vec<u8> {
        let total = self.price_minor.to_string();
        let fields = order_form(&self.checkout_key, &total);
        let cookie = format!("holdfast_cart={}", self.token);
        post(
            address,
            self.from,
            "/api/checkout/place",
            Some(&cookie),
            &fields,
        )
    }
}

/// A UUIDv7 of this moment.
fn id(now: i64, rng: &mut StdRng) -> String {
    let mut random = [0; 10];
    rng.fill_bytes(&mut random);
    let millis = u64::try_from(now).unwrap_or_default();
    uuid::Builder::from_unix_timestamp_millis(millis, &random)
        .into_uuid()
        .to_string()
}

/// Begins with the time, as those that the shop makes do.
fn secret(now: i64, rng: &mut StdRng) -> String {
    let mut bytes = [0; 32];
    rng.fill_bytes(&mut bytes);
    bytes[..6].copy_from_slice(&now.to_be_bytes()[2..]);
    bytes[6..6 + token::MARK.len()].copy_from_slice(&token::MARK);
    BASE64_URL_SAFE_NO_PAD.encode(bytes)
}
