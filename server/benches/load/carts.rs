//! Carts that are filled already, straight in the database: filling is not what is measured.

use std::{
    net::{Ipv4Addr, SocketAddr},
    sync::atomic::{AtomicUsize, Ordering},
};

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

/// Shoppers of this bench until now. Each has an address and a mailbox of their own: too many orders from
/// one are braked, and one mailbox would be the only entry of its index.
static SHOPPERS: AtomicUsize = AtomicUsize::new(0);

/// A cart at the checkout's last step.
pub struct Cart {
    pub token: String,
    pub checkout_key: String,
    shopper: usize,
    total_minor: i64,
}

/// What goes into a cart.
#[derive(Debug, Clone)]
pub struct Item {
    pub variant_id: String,
    pub price_minor: i64,
}

/// How an order is paid.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pays {
    OnDelivery,
    /// By the test card of this number.
    Card(&'static str),
    /// At the page of a payment provider.
    AtProvider,
}

/// Carts of `lines` lines each, with one unit of each of the items in turn.
pub struct Filling<'a> {
    pub items: &'a [Item],
    pub lines: usize,
    pub count: usize,
    /// The same one gives the same carts.
    pub seed: u64,
}

impl<'a> Filling<'a> {
    pub fn of(items: &'a [Item], count: usize, seed: u64) -> Self {
        Self {
            items,
            lines: 1,
            count,
            seed,
        }
    }
}

pub async fn fill(db: &Store, filling: &Filling<'_>) -> Vec<Cart> {
    let Filling {
        items,
        lines,
        count,
        seed,
    } = *filling;
    let mut rng = StdRng::seed_from_u64(seed);
    let now = SystemClock.now();
    let first = SHOPPERS.fetch_add(count, Ordering::Relaxed);
    let mut filled = Vec::with_capacity(count);
    while filled.len() < count {
        let mut carts = Vec::new();
        for n in filled.len()..count.min(filled.len() + BATCH) {
            let (token, checkout_key) = (secret(now, &mut rng), secret(now, &mut rng));
            let wanted = (0..lines).map(|line| &items[(n * lines + line) % items.len()]);
            let kept: Vec<Line> = wanted.clone().map(|item| line(item, now)).collect();
            carts.push(json!({
                "id": id(now, &mut rng), "token_hash": token::key(&token), "created_at": now,
                "expires_at": now + DAY, "lines_at": now, "checkout_key": checkout_key,
                "lines": lines::to_json(&kept).expect("lines are JSON"), "draft_at": now,
                "draft": serde_json::to_string(&app::checkout::types::Draft::default())
                    .expect("a draft is JSON"),
            }));
            filled.push(Cart {
                token,
                checkout_key,
                shopper: first + n,
                total_minor: wanted.map(|item| item.price_minor).sum(),
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

fn line(item: &Item, now: i64) -> Line {
    Line {
        variant_id: item.variant_id.clone(),
        quantity: 1,
        unit_price_minor: item.price_minor,
        title: "Thing".to_owned(),
        variant_title: String::new(),
        added_at: now,
    }
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
    pub fn place(&self, address: SocketAddr, pays: Pays) -> Vec<u8> {
        self.place_with(address, pays, None)
    }

    /// The same with a ticket of a waiting room.
    pub fn place_with(&self, address: SocketAddr, pays: Pays, ticket: Option<&str>) -> Vec<u8> {
        let total = self.total_minor.to_string();
        let email = format!("shopper{}@example.com", self.shopper);
        let mut fields = order_form(&self.checkout_key, &total);
        for (name, value) in &mut fields {
            match *name {
                "email" => *value = &email,
                "payment" => *value = pays.method(),
                _ => {}
            }
        }
        if let Pays::Card(number) = pays {
            fields.push(("card_number", number));
        }
        let ticket = ticket.map_or(String::new(), |ticket| format!("; holdfast_room={ticket}"));
        let cookie = format!("holdfast_cart={}{ticket}", self.token);
        post(
            address,
            home(self.shopper),
            "/api/checkout/place",
            Some(&cookie),
            &fields,
        )
    }

    /// Where its shopper comes from.
    pub fn shopper(&self) -> Ipv4Addr {
        home(self.shopper)
    }
}

impl Pays {
    const fn method(self) -> &'static str {
        match self {
            Self::OnDelivery => "cash_on_delivery",
            Self::Card(_) => "test_card",
            Self::AtProvider => "stripe",
        }
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
