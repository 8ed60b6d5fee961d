//! Carts that are filled already, straight in the database: filling is not what is measured.

use std::net::SocketAddr;

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use rand::{RngCore, SeedableRng, rngs::StdRng};
use serde_json::{Value, json};
use server::{
    clock::{Clock, SystemClock},
    db::{Column, Sql},
    ids::hash_secret,
    store::Store,
};

use super::client::post;
use crate::rig::order_form;

/// Carts in one statement.
const BATCH: usize = 5_000;
const DAY: i64 = 24 * 60 * 60 * 1000;

/// One unit of one variant, in a cart of its own, at the checkout's last step.
pub struct Cart {
    pub token: String,
    pub checkout_key: String,
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
        let (mut carts, mut lines, mut checkouts) = (Vec::new(), Vec::new(), Vec::new());
        for n in filled.len()..count.min(filled.len() + BATCH) {
            let item = &items[n % items.len()];
            let id = id(now, &mut rng);
            let (token, checkout_key) = (secret(&mut rng), secret(&mut rng));
            carts.push(json!({
                "id": id, "token_hash": hash_secret(&token), "created_at": now,
                "expires_at": now + DAY,
            }));
            lines.push(json!({
                "cart_id": id, "variant_id": item.variant_id, "quantity": 1,
                "unit_price_minor": item.price_minor, "title": "Thing", "added_at": now,
            }));
            checkouts.push(json!({
                "cart_id": id, "checkout_key": checkout_key, "updated_at": now,
                "draft": serde_json::to_string(&app::checkout::types::Draft::default())
                    .expect("a draft is JSON"),
            }));
            filled.push(Cart {
                token,
                checkout_key,
                price_minor: item.price_minor,
            });
        }
        use Column::{Int, Text};
        let (cart, line, checkout) = (
            [
                ("id", Text),
                ("token_hash", Text),
                ("created_at", Int),
                ("expires_at", Int),
            ],
            [
                ("cart_id", Text),
                ("variant_id", Text),
                ("quantity", Int),
                ("unit_price_minor", Int),
                ("title", Text),
                ("added_at", Int),
            ],
            [
                ("cart_id", Text),
                ("checkout_key", Text),
                ("draft", Text),
                ("updated_at", Int),
            ],
        );
        insert(db, "carts", &cart, &carts).await;
        insert(db, "cart_lines", &line, &lines).await;
        insert(db, "checkouts", &checkout, &checkouts).await;
    }
    // As after a day of business, when statistics are there.
    for table in ["carts", "cart_lines", "checkouts", "variants", "products"] {
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
        post(address, "/api/checkout/place", Some(&cookie), &fields)
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

fn secret(rng: &mut StdRng) -> String {
    let mut bytes = [0; 32];
    rng.fill_bytes(&mut bytes);
    BASE64_URL_SAFE_NO_PAD.encode(bytes)
}
