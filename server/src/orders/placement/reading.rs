//! Locking and reading what a batch is decided on.
//!
//! Locks are taken in one order by all who take several of them, so that no two wait for each
//! other: carts by id, variants by id, the rows of buyers' turns by their keys, then the advisory turns of buyers
//! on delivery, of payers by transfer and of holders, each kind in the order of its numbers, and products by id when a
//! word of theirs changes. Statements are pipelined, and a server runs those of one connection in the order in
//! which they were sent: so the order of locks is the order of this file. New rows wait for nobody but for one
//! with the same unique key, which comes last and is held by no one who still wants a lock of these.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use app::shop::Opening;

use super::{
    batch::{ExistingOrder, Intent},
    decide::{CartItem, VariantState, wanted},
    place::Batch,
    rows::{KnownOrder, LockedCart, LockedVariant},
    set::{OnDelivery, Settings, of, unanswered},
    snapshot::BatchSnapshot,
};
use crate::{
    admission::uses,
    buyer_limits::{
        holders::{self, Ordering},
        store::{self as limits, Placing},
    },
    clock::Authority,
    db::{Columns, Dialect, FromRow as _, Session, Sql},
    error::Result,
    orders::awaiting::{self, Payer},
    payment::Settlement,
    sale::{lines::Lines, terms::Shelf},
    waits::offered,
};

/// Locks and reads everything the batch is decided on.
pub(super) async fn read_snapshot(
    tx: &mut impl Session,
    batch: Batch<'_>,
) -> Result<BatchSnapshot> {
    let Batch {
        dialect,
        now,
        authority,
        defaults,
        intents,
    } = batch;
    // Orders after the carts are locked: an order that held one of them with the same key is done by now.
    let [locked, known] = tx
        .ask([lock_carts(batch), known_orders(dialect, intents)])
        .await?;
    let (mut cart_ids, mut carts) = (BTreeMap::new(), BTreeMap::new());
    for row in &locked {
        let cart = LockedCart::from_row(row)?;
        let items: Vec<CartItem> = cart.lines.into_iter().map(CartItem::from).collect();
        carts.insert(cart.id.clone(), items);
        cart_ids.insert(cart.token_hash, cart.id);
    }
    let existing = known.iter().map(|row| {
        let known = KnownOrder::from_row(row)?;
        Ok((known.checkout_key, (known.cart_id, known.order)))
    });
    let existing: BTreeMap<String, (String, ExistingOrder)> = existing.collect::<Result<_>>()?;

    let in_carts: BTreeSet<&str> = carts
        .values()
        .flatten()
        .map(|item| item.variant_id.as_str())
        .collect();
    let mut statements: Vec<Sql> = lock_variants(dialect, &in_carts).into_iter().collect();
    let locks = statements.len();
    statements.push(read_variants(dialect, &in_carts));
    // After these locks: what was turned off while they were waited for counts.
    statements.extend(Settings::asked(intents));
    let uses_at = statements.len();
    statements.extend(used_of(dialect, intents));
    let answers = tx.run(statements).await?;
    let parts = answers.split_at_checked(uses_at).ok_or_else(unanswered)?;
    let (settled, uses) = parts;
    let [variants, settings @ ..] = settled.get(locks..).unwrap_or_default() else {
        return Err(unanswered());
    };
    let used = uses.first().map(|uses| uses::told(&uses.rows));
    let used = used.transpose()?.unwrap_or_default();
    let read = Variants::told(&variants.rows)?;
    let at = match (authority, read.clock) {
        (Authority::Database, Some(clock)) => clock,
        (Authority::Database, None) | (Authority::Itself, _) => now,
    };
    // A change of a line of a drop takes the same locks first.
    let lines = match read.has_drops {
        true => {
            let ids: Vec<&str> = in_carts.iter().copied().collect();
            Lines::of_variants(tx, dialect, at, &ids).await?
        }
        false => Lines::at(at, []),
    };
    let shares = read.shares;
    let variants = read.sold_by(&lines);
    let offered = match lines.all().any(|line| line.offered > 0) {
        true => offered::in_carts(tx, dialect, at, carts.keys().map(String::as_str)).await?,
        false => Vec::new(),
    };

    let (turn, settings) = match shares {
        Shares::Free => (limits::Turn::default(), Settings::told(settings, defaults)?),
        Shares::Limited => {
            // After the variants, as in a change of a limit.
            let orders = placing(intents, &cart_ids, &carts, &variants);
            let turn = limits::take_turn(tx, dialect, now, &orders).await?;
            // And after these.
            let answers = tx.run(Settings::asked(intents)).await?;
            (turn, Settings::told(&answers, defaults)?)
        }
    };
    let Settings {
        pricing,
        methods,
        cash,
        holders: rules,
    } = settings;
    let on_delivery = OnDelivery::read(tx, dialect, cash, pricing.opening, intents).await?;
    let payers: BTreeSet<Payer> = of(intents, Settlement::Transfer)
        .map(Intent::payer)
        .collect();
    let payers: Vec<Payer> = payers.into_iter().collect();
    let open_transfers = awaiting::of(tx, dialect, &payers).await?;
    let unpaid = match pricing.opening {
        // Nobody sends its orders, so what they hold would never come back.
        Opening::Demo => holders::Turn::default(),
        Opening::Open | Opening::Preparing => {
            let orders: Vec<Ordering<'_>> = intents.iter().map(|intent| ordering(intent)).collect();
            holders::take_turn(tx, dialect, rules, &orders).await?
        }
    };
    Ok(BatchSnapshot {
        at,
        existing,
        variants,
        cart_ids,
        carts,
        rates: pricing.rates,
        tax_basis_points: pricing.tax_basis_points,
        currency: pricing.currency,
        delivers_to: pricing.delivers_to,
        opening: pricing.opening,
        methods,
        open_transfers,
        cash: on_delivery.rules,
        open_on_delivery: on_delivery.open.into_iter().collect(),
        proven: on_delivery.proven,
        limits: turn.limits,
        limited: turn.buyers,
        held: unpaid.held,
        holders: unpaid.holders,
        used,
        offered,
        low_stock: pricing.low_stock,
        calendar: pricing.calendar,
    })
}

/// Asks which tickets of the batch were used before, if there are any: who never took a place has none. Another use
/// of one at the same moment breaks the key of its row.
fn used_of(dialect: Dialect, intents: &[Arc<Intent>]) -> Option<Sql> {
    let tickets = intents.iter().flat_map(|intent| &intent.tickets);
    let ids: BTreeSet<String> = tickets.map(|ticket| ticket.id.hex()).collect();
    (!ids.is_empty()).then(|| uses::asked(dialect, &ids))
}

fn ordering(intent: &Intent) -> Ordering<'_> {
    Ordering {
        order_id: &intent.order_id,
        network: &intent.network,
        contact: &intent.contact,
    }
}

fn placing<'a>(
    intents: &'a [Arc<Intent>],
    cart_ids: &BTreeMap<String, String>,
    carts: &'a BTreeMap<String, Vec<CartItem>>,
    variants: &'a BTreeMap<String, VariantState>,
) -> Vec<Placing<'a>> {
    intents
        .iter()
        .map(|intent| {
            let cart = cart_ids.get(&intent.cart_hash).and_then(|id| carts.get(id));
            Placing {
                order_id: &intent.order_id,
                account_id: intent.account_id.as_deref(),
                contact: &intent.contact,
                lines: cart.map_or_else(Vec::new, |items| wanted(items, variants)),
            }
        })
        .collect()
}

/// Locks the carts in id order, and reads their lines.
fn lock_carts(batch: Batch<'_>) -> Sql {
    let intents = batch.intents.iter();
    let hashes: BTreeSet<&str> = intents.map(|i| i.cart_hash.as_str()).collect();
    let mut sql = Sql::new("SELECT id, token_hash, lines FROM carts WHERE token_hash");
    sql.among(batch.dialect, hashes);
    sql.push(" AND expires_at > ").int(batch.now);
    sql.push(" ORDER BY id").push(batch.dialect.for_update());
    sql
}

/// Orders that were placed before under one of the keys, with their carts.
fn known_orders(dialect: Dialect, intents: &[Arc<Intent>]) -> Sql {
    let mut sql = Sql::new(
        "SELECT o.checkout_key, o.cart_id, o.id, o.number, o.token, o.locale, o.total_minor, o.status, \
         o.cancel_reason, o.payment_method, COALESCE((SELECT p.token FROM payment_attempts p \
           WHERE p.order_id = o.id ORDER BY p.attempt DESC LIMIT 1), '') AS payment_token \
         FROM orders o WHERE o.checkout_key",
    );
    sql.among(dialect, intents.iter().map(|i| &i.checkout_key));
    sql
}

/// Locks the variants in id order. They are read in a statement of its own: on Postgres, what the locking
/// statement joins may be older than the lock. So whatever an admin changed of stock, price or whether it is
/// sold at all while the lock was waited for is what the batch is decided on.
fn lock_variants(dialect: Dialect, ids: &BTreeSet<&str>) -> Option<Sql> {
    (dialect == Dialect::Postgres).then(|| {
        let mut sql = Sql::new("SELECT id FROM variants WHERE id");
        sql.among(dialect, ids)
            .push(" ORDER BY id FOR NO KEY UPDATE");
        sql
    })
}

/// Setting a limit takes the locks of its variants first, so this also tells whether there is one to be asked
/// for. So does planning a drop, which begins by the database's clock: that is read here, behind the locks.
fn read_variants(dialect: Dialect, ids: &BTreeSet<&str>) -> Sql {
    let mut sql = Sql::new(
        "SELECT v.id, v.product_id, v.available, v.tracked, v.price_minor, v.sku, v.option1, v.option2, v.option3, \
         p.active, p.shown_from, p.sold_from, p.slug, p.title, p.prepaid, \
         COALESCE(v.picture_src, (SELECT src FROM pictures i WHERE i.product_id = p.id \
           ORDER BY i.position LIMIT 1)) AS picture_src, \
         CASE WHEN v.tracked = 1 THEN v.stock ELSE v.available END AS on_shelf, \
         (SELECT COUNT(*) FROM (SELECT 1 FROM buyer_limits LIMIT 1) AS l) AS limited, \
         CASE WHEN EXISTS (SELECT 1 FROM drop_lines d WHERE d.variant_id = v.id) THEN 1 ELSE 0 END AS dropped, ",
    );
    sql.push(dialect.time())
        .push(" AS clock FROM variants v JOIN products p ON p.id = v.product_id WHERE v.id")
        .among(dialect, ids);
    sql
}

/// Whether the shop limits what one buyer gets of anything.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shares {
    Limited,
    Free,
}

struct Variants {
    /// As they are without any drop.
    variants: BTreeMap<String, (VariantState, Shelf)>,
    shares: Shares,
    /// Whether a drop names one of them.
    has_drops: bool,
    /// The database's time, if there is a row that tells it.
    clock: Option<i64>,
}

impl Variants {
    fn told<R: Columns>(rows: &[R]) -> Result<Self> {
        let rows = rows.iter().map(LockedVariant::from_row);
        let rows = rows.collect::<Result<Vec<_>>>()?;
        let mut locked = Self {
            variants: BTreeMap::new(),
            shares: Shares::Free,
            has_drops: false,
            clock: rows.first().map(|row| row.clock),
        };
        for row in rows {
            if row.limited > 0 {
                locked.shares = Shares::Limited;
            }
            locked.has_drops |= row.dropped;
            let variant = row.variant;
            let shelf = Shelf {
                active: variant.active,
                shown_from: row.shown_from,
                sold_from: row.sold_from,
                units: variant.stock,
                price_minor: variant.price_minor,
            };
            locked.variants.insert(row.id, (variant, shelf));
        }
        Ok(locked)
    }

    /// As they are sold at the moment of these lines of drops.
    fn sold_by(self, lines: &Lines) -> BTreeMap<String, VariantState> {
        let variants = self.variants.into_iter();
        let sold = variants.map(|(id, (variant, shelf))| {
            let terms = lines.terms(&id, shelf);
            (id, variant.on(terms))
        });
        sold.collect()
    }
}
