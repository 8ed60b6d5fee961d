//! Placing a batch of orders in one transaction.
//!
//! Stock is taken here and nowhere else: variants are locked in id order, every order is decided
//! in the order of arrival, and the units leave by a conditional update together with the orders,
//! whose lines are their movements, and the emptied carts. All of it stands or none.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use app::{
    catalog::types::variant_title,
    locale::Locale,
    orders::types::CancelReason,
    shop::{Opening, ShopSettings},
};
use sqlx::any::AnyRow;

use super::{
    batch::{ExistingOrder, Intent, Outcome},
    decide::{CartItem, Grant, VariantState, wanted},
    snapshot::BatchSnapshot,
    write::{take_stock, write_orders},
};
use crate::{
    buyer_limits::{
        holders::{self, Ordering},
        store::{self as limits, Placing, Taken},
    },
    cart::lines::{self, Line},
    clock::{Authority, Clock},
    db::{Dialect, FromRow, Get, Sql, Tx},
    error::Result,
    orders::{
        awaiting::{self, Payer},
        method_names,
        money::{self, Whereabouts},
        on_delivery::{self, Buyer, OpenOrder},
        promise,
    },
    outbox::{Mail, queue_all},
    payment::{
        Settlement,
        cash::{self, rules::CashRules},
        methods,
    },
    pricing,
    sale::{
        lines::Lines,
        terms::{Shelf, Source, Terms},
        units::{self, Sold},
    },
    store::Store,
    translations::{self, Kind, LineName, NAME, line_names},
};

/// Answers every intent, in order. An error concerns the batch as a whole: nothing was written.
/// Orders are priced by what is set when the batch is read; `defaults` is for what no admin has set.
pub async fn place_batch(
    db: &Store,
    time: BatchTime,
    defaults: &ShopSettings,
    intents: &[Intent],
) -> Result<Vec<Outcome>> {
    let (dialect, now) = (db.dialect(), time.node);
    let mut tx = db.begin_by_key().await?;
    let mut snapshot = read_snapshot(&mut tx, dialect, time, defaults, intents).await?;
    let before: BTreeMap<String, i64> = snapshot
        .variants
        .iter()
        .map(|(id, v)| (id.clone(), v.stock))
        .collect();

    let mut outcomes = Vec::with_capacity(intents.len());
    let mut granted: Vec<(&Intent, Grant)> = Vec::new();
    for intent in intents {
        let (outcome, grant) = snapshot.decide(intent);
        outcomes.push(outcome);
        granted.extend(grant.map(|grant| (intent, grant)));
    }
    if granted.is_empty() {
        tx.rollback().await?;
        return Ok(outcomes);
    }

    let low_stock = snapshot.low_stock;
    let sold = sold_by_drops(&snapshot.variants, &before);
    units::hand_over(&mut tx, dialect, snapshot.at, &sold).await?;
    let changes = take_stock(&mut tx, dialect, &snapshot.variants, &before, low_stock).await?;
    let names = names(&mut tx, dialect, &granted).await?;
    name_shipping(&mut tx, dialect, &mut granted).await?;
    method_names::put(&mut tx, dialect, &snapshot.methods, &mut granted).await?;
    for (_, grant) in granted.iter_mut().filter(|(_, grant)| !grant.waits()) {
        promise::begin_of(&mut grant.promise, &snapshot.calendar, now);
    }
    write_orders(
        &mut tx,
        dialect,
        now,
        &snapshot.currency,
        &granted,
        &snapshot.variants,
        &names,
    )
    .await?;
    write_uses(&mut tx, dialect, now, &mut granted).await?;
    write_holders(&mut tx, dialect, &granted).await?;
    // A card's order is confirmed once it is paid, as is one by transfer that costs nothing.
    let told = granted
        .iter()
        .filter(|(intent, grant)| match intent.settlement {
            Settlement::OnDelivery => true,
            Settlement::Transfer => grant.pay_within_ms.is_some(),
            Settlement::Online => false,
        });
    let mails: Vec<Mail> = told.map(|(intent, grant)| mail(intent, grant)).collect();
    queue_all(&mut tx, dialect, now, &mails).await?;
    changes.commit(tx, db).await?;
    let to_collect = granted.iter().filter(|(intent, grant)| {
        intent.settlement == Settlement::OnDelivery && grant.confirm_within_ms.is_none()
    });
    money::count(Whereabouts::ToCollect, to_collect.count());
    let awaited = granted
        .iter()
        .filter(|(_, grant)| grant.pay_within_ms.is_some() && grant.confirm_within_ms.is_none());
    money::count(Whereabouts::Awaited, awaited.count());
    Ok(outcomes)
}

/// What was granted of what drops sell.
fn sold_by_drops<'a>(
    variants: &'a BTreeMap<String, VariantState>,
    before: &BTreeMap<String, i64>,
) -> Vec<Sold<'a>> {
    let sold = variants.iter().filter_map(|(variant_id, variant)| {
        let Source::Drop { id, has_begun } = &variant.source else {
            return None;
        };
        let units = before.get(variant_id).copied().unwrap_or_default() - variant.stock;
        (units > 0).then_some(Sold {
            drop_id: id,
            variant_id,
            units,
            tracked: variant.tracked,
            has_begun: *has_begun,
        })
    });
    sold.collect()
}

/// What the orders count against limits.
async fn write_uses(
    tx: &mut Tx,
    dialect: Dialect,
    now: i64,
    granted: &mut [(&Intent, Grant)],
) -> Result<()> {
    let mut taken = Vec::new();
    for (intent, grant) in granted {
        taken.extend(
            std::mem::take(&mut grant.uses)
                .into_iter()
                .map(|used| Taken {
                    order_id: intent.order_id.clone(),
                    at: now,
                    used,
                }),
        );
    }
    limits::write(tx, dialect, &taken).await
}

/// Who holds units with what they have not paid for.
async fn write_holders(tx: &mut Tx, dialect: Dialect, granted: &[(&Intent, Grant)]) -> Result<()> {
    let named: Vec<(String, &str)> = granted
        .iter()
        .flat_map(|(intent, grant)| {
            let names = grant.held_by.iter().cloned();
            names.map(|name| (name, intent.order_id.as_str()))
        })
        .collect();
    holders::write(tx, dialect, &named).await
}

/// What the shopper hears of an order that is paid on delivery or by bank transfer.
fn mail(intent: &Intent, grant: &Grant) -> Mail {
    let order_id = intent.order_id.clone();
    match (grant.confirm_within_ms, grant.pay_within_ms) {
        (Some(_), _) => Mail::OrderToConfirm { order_id },
        (None, Some(_)) => Mail::OrderToPay { order_id },
        (None, None) => Mail::OrderConfirmation { order_id },
    }
}

/// What is bought is called in each language that lines are to be named in: none, if all orders are in
/// the language of the shop's texts.
async fn names(
    tx: &mut Tx,
    dialect: Dialect,
    granted: &[(&Intent, Grant)],
) -> Result<BTreeMap<Locale, HashMap<String, LineName>>> {
    let mut wanted: BTreeMap<Locale, BTreeSet<&str>> = BTreeMap::new();
    for (intent, grant) in granted {
        if let Some(language) = intent.names {
            let variants = grant.items.iter().map(|item| item.variant_id.as_str());
            wanted.entry(language).or_default().extend(variants);
        }
    }
    let mut names = BTreeMap::new();
    for (language, variants) in wanted {
        let variants: Vec<&str> = variants.into_iter().collect();
        let of_language = line_names(&mut **tx, dialect, &variants, language).await?;
        names.insert(language, of_language);
    }
    Ok(names)
}

/// Shipping methods are called as the shopper reads them, too.
async fn name_shipping(
    tx: &mut Tx,
    dialect: Dialect,
    granted: &mut [(&Intent, Grant)],
) -> Result<()> {
    let mut wanted: BTreeMap<Locale, BTreeSet<String>> = BTreeMap::new();
    for (intent, _) in granted.iter() {
        if let Some(language) = intent.names {
            let rates = wanted.entry(language).or_default();
            rates.insert(intent.shipping.clone());
        }
    }
    for (language, rates) in wanted {
        let rates: Vec<String> = rates.into_iter().collect();
        let kind = Kind::ShippingRate;
        let names = translations::stored(&mut **tx, dialect, kind, &rates, language).await?;
        for name in names.iter().filter(|one| one.field == NAME) {
            let theirs = granted.iter_mut().filter(|(intent, _)| {
                intent.names == Some(language) && intent.shipping == name.subject_id
            });
            for (_, grant) in theirs {
                grant.shipping_name.clone_from(&name.text);
            }
        }
    }
    Ok(())
}

/// Locks and reads everything the batch is decided on.
async fn read_snapshot(
    tx: &mut Tx,
    dialect: Dialect,
    time: BatchTime,
    defaults: &ShopSettings,
    intents: &[Intent],
) -> Result<BatchSnapshot> {
    let now = time.node;
    let (mut cart_ids, mut carts) = (BTreeMap::new(), BTreeMap::new());
    for cart in lock_carts(tx, dialect, now, intents).await? {
        let items: Vec<CartItem> = cart.lines.into_iter().map(CartItem::from).collect();
        carts.insert(cart.id.clone(), items);
        cart_ids.insert(cart.token_hash, cart.id);
    }
    // After the carts are locked: whoever held one of them with the same key is done by now.
    let existing = known_orders(tx, dialect, intents).await?;
    let in_carts: BTreeSet<&str> = carts
        .values()
        .flatten()
        .map(|item| item.variant_id.as_str())
        .collect();
    let LockedVariants {
        variants,
        shares,
        at,
    } = lock_variants(tx, dialect, time, &in_carts).await?;
    // After the variants, as whoever changes a limit does.
    let orders: Vec<Placing<'_>> = intents
        .iter()
        .map(|intent| {
            let cart = cart_ids.get(&intent.cart_hash).and_then(|id| carts.get(id));
            Placing {
                order_id: &intent.order_id,
                account_id: intent.account_id.as_deref(),
                contact: &intent.contact,
                lines: cart.map_or_else(Vec::new, |items| wanted(items, &variants)),
            }
        })
        .collect();
    let turn = match shares {
        Shares::Limited => limits::take_turn(tx, dialect, now, &orders).await?,
        Shares::Free => limits::Turn::default(),
    };
    // After all locks: what was turned off while they were waited for counts.
    let pricing = pricing::pricing(tx, defaults).await?;
    let methods = methods::store::read(tx).await?;
    let on_delivery = OnDelivery::read(tx, dialect, pricing.opening, intents).await?;
    let payers: BTreeSet<Payer> = intents
        .iter()
        .filter(|intent| intent.settlement == Settlement::Transfer)
        .map(Intent::payer)
        .collect();
    let payers: Vec<Payer> = payers.into_iter().collect();
    let open_transfers = awaiting::of(tx, dialect, &payers).await?;
    let unpaid = match pricing.opening {
        // Nobody sends its orders, so what they hold would never come back.
        Opening::Demo => holders::Turn::default(),
        Opening::Open | Opening::Preparing => {
            let orders: Vec<Ordering<'_>> = intents
                .iter()
                .map(|intent| Ordering {
                    order_id: &intent.order_id,
                    network: &intent.network,
                    contact: &intent.contact,
                })
                .collect();
            holders::take_turn(tx, dialect, &orders).await?
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
        open_on_delivery: on_delivery.open,
        proven: on_delivery.proven,
        limits: turn.limits,
        limited: turn.buyers,
        held: unpaid.held,
        holders: unpaid.holders,
        low_stock: pricing.low_stock,
        calendar: pricing.calendar,
    })
}

/// What counts for orders that are paid on delivery, and of it for those by transfer who confirms them;
/// nothing for a batch without any.
#[derive(Default)]
struct OnDelivery {
    rules: CashRules,
    open: Vec<OpenOrder>,
    proven: BTreeSet<String>,
}

impl OnDelivery {
    async fn read(
        tx: &mut Tx,
        dialect: Dialect,
        opening: Opening,
        intents: &[Intent],
    ) -> Result<Self> {
        let buyers = |settlement: Settlement| -> Vec<Buyer> {
            let these = intents
                .iter()
                .filter(|intent| intent.settlement == settlement);
            let buyers: BTreeSet<Buyer> = these.map(Intent::buyer).collect();
            buyers.into_iter().collect()
        };
        let mut all = buyers(Settlement::Transfer);
        let buyers = buyers(Settlement::OnDelivery);
        all.extend_from_slice(&buyers);
        if all.is_empty() {
            return Ok(Self::default());
        }
        let rules = cash::rules::read(&mut **tx).await?.rules(opening);
        // After the locks before, and counted after its own: orders that others have placed for them are seen.
        let open = match rules.most_open {
            Some(_) if !buyers.is_empty() => {
                on_delivery::take_turn(tx, dialect, &buyers).await?;
                on_delivery::open(tx, dialect, &buyers).await?
            }
            Some(_) | None => Vec::new(),
        };
        let proven = match (rules.confirm_within_ms, rules.most_open) {
            (None, None) => BTreeSet::new(),
            (_, _) => on_delivery::proven(tx, dialect, &all).await?,
        };
        Ok(Self {
            rules,
            open,
            proven,
        })
    }
}

/// Locks the carts in id order, and reads what lies in them.
async fn lock_carts(
    tx: &mut Tx,
    dialect: Dialect,
    now: i64,
    intents: &[Intent],
) -> Result<Vec<LockedCart>> {
    let hashes: BTreeSet<&str> = intents.iter().map(|i| i.cart_hash.as_str()).collect();
    let mut sql = Sql::new("SELECT id, token_hash, lines FROM carts WHERE token_hash");
    sql.push(dialect.in_json_array(1));
    sql.bind(serde_json::to_string(&hashes)?);
    sql.push(" AND expires_at > ").int(now);
    sql.push(" ORDER BY id").push(dialect.for_update());
    sql.fetch_all_as(&mut **tx).await
}

struct LockedCart {
    id: String,
    token_hash: String,
    lines: Vec<Line>,
}

impl FromRow for LockedCart {
    fn from_row(row: &AnyRow) -> Result<Self> {
        Ok(Self {
            id: row.text("id")?,
            token_hash: row.text("token_hash")?,
            lines: lines::parse(&row.text("lines")?)?,
        })
    }
}

/// Orders that were placed before under one of the keys, with their carts.
async fn known_orders(
    tx: &mut Tx,
    dialect: Dialect,
    intents: &[Intent],
) -> Result<BTreeMap<String, (String, ExistingOrder)>> {
    let keys: Vec<&str> = intents.iter().map(|i| i.checkout_key.as_str()).collect();
    let mut sql = Sql::new(
        "SELECT o.checkout_key, o.cart_id, o.id, o.number, o.token, o.total_minor, o.status, \
         o.cancel_reason, o.payment_method, COALESCE((SELECT p.token FROM payment_attempts p \
           WHERE p.order_id = o.id ORDER BY p.attempt DESC LIMIT 1), '') AS payment_token \
         FROM orders o WHERE o.checkout_key",
    );
    sql.push(dialect.in_json_array(1));
    let known: Vec<KnownOrder> = sql
        .bind_only(serde_json::to_string(&keys)?)
        .fetch_all_as(&mut **tx)
        .await?;
    Ok(known
        .into_iter()
        .map(|known| (known.checkout_key, (known.cart_id, known.order)))
        .collect())
}

/// An order with what it was placed under.
struct KnownOrder {
    checkout_key: String,
    cart_id: String,
    order: ExistingOrder,
}

impl FromRow for KnownOrder {
    fn from_row(row: &AnyRow) -> Result<Self> {
        Ok(Self {
            checkout_key: row.text("checkout_key")?,
            cart_id: row.text("cart_id")?,
            order: ExistingOrder::from_row(row)?,
        })
    }
}

impl FromRow for ExistingOrder {
    fn from_row(row: &AnyRow) -> Result<Self> {
        Ok(Self {
            id: row.text("id")?,
            number: row.text("number")?,
            token: row.text("token")?,
            total_minor: row.int("total_minor")?,
            status: row.read("status")?,
            was_declined: row.read::<Option<CancelReason>>("cancel_reason")?
                == Some(CancelReason::Declined),
            payment_method: row.text("payment_method")?,
            payment_token: row.text("payment_token")?,
        })
    }
}

/// Whether the shop limits what one buyer gets of anything.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shares {
    Limited,
    Free,
}

struct LockedVariants {
    variants: BTreeMap<String, VariantState>,
    shares: Shares,
    /// The time that the batch goes by.
    at: i64,
}

/// By which time a batch is decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BatchTime {
    /// The node's.
    pub node: i64,
    /// Whose counts: the database's is read once, when all variants are locked.
    pub authority: Authority,
}

impl BatchTime {
    pub fn of(clock: &dyn Clock) -> Self {
        Self {
            node: clock.now(),
            authority: clock.authority(),
        }
    }
}

/// Locks the variants in id order, then reads them in a statement of its own: on Postgres, what
/// the locking statement joins may be older than the lock. Whoever sets a limit holds the same locks, so
/// that statement also tells whether there is one to be asked for.
async fn lock_variants(
    tx: &mut Tx,
    dialect: Dialect,
    time: BatchTime,
    ids: &BTreeSet<&str>,
) -> Result<LockedVariants> {
    let wanted: Vec<&str> = ids.iter().copied().collect();
    let ids = serde_json::to_string(ids)?;
    if dialect == Dialect::Postgres {
        let mut sql = Sql::new("SELECT id FROM variants WHERE id");
        sql.push(dialect.in_json_array(1))
            .push(" ORDER BY id FOR NO KEY UPDATE");
        sql.bind_only(ids.clone()).fetch_all(&mut **tx).await?;
    }
    let mut sql = Sql::new(
        "SELECT v.id, v.product_id, v.available, v.tracked, v.price_minor, v.sku, v.option1, v.option2, v.option3, \
         p.active, p.shown_from, p.slug, p.title, p.prepaid, \
         COALESCE(v.picture_src, (SELECT src FROM pictures i WHERE i.product_id = p.id \
           ORDER BY i.position LIMIT 1)) AS picture_src, \
         (SELECT COUNT(*) FROM (SELECT 1 FROM buyer_limits LIMIT 1) AS l) AS limited, \
         CASE WHEN EXISTS (SELECT 1 FROM drop_lines d WHERE d.variant_id = v.id) THEN 1 ELSE 0 END AS dropped, ",
    );
    sql.push(dialect.time())
        .push(" AS clock FROM variants v JOIN products p ON p.id = v.product_id WHERE v.id");
    sql.push(dialect.in_json_array(1));
    let rows = sql.bind_only(ids).fetch_all(&mut **tx).await?;
    let mut locked = LockedVariants {
        variants: BTreeMap::new(),
        shares: Shares::Free,
        at: match (time.authority, rows.first()) {
            (Authority::Database, Some(row)) => row.int("clock")?,
            (Authority::Database, None) | (Authority::Itself, _) => time.node,
        },
    };
    let mut dropped = false;
    for row in &rows {
        if row.int("limited")? > 0 {
            locked.shares = Shares::Limited;
        }
        dropped |= row.flag("dropped")?;
    }
    // Whoever changes a line of a drop holds the same locks.
    let lines = match dropped {
        true => Lines::of_variants(tx, dialect, locked.at, &wanted).await?,
        false => Lines::at(locked.at, []),
    };
    for row in &rows {
        let (id, variant) = (row.text("id")?, VariantState::from_row(row)?);
        let shelf = Shelf {
            active: variant.active,
            shown_from: row.int("shown_from")?,
            units: variant.stock,
            price_minor: variant.price_minor,
        };
        let terms = lines.terms(&id, shelf);
        locked.variants.insert(id, variant.on(terms));
    }
    Ok(locked)
}

impl FromRow for VariantState {
    fn from_row(row: &AnyRow) -> Result<Self> {
        let options = [
            row.text("option1")?,
            row.text("option2")?,
            row.text("option3")?,
        ];
        let named: Vec<String> = options
            .into_iter()
            .filter(|value| !value.is_empty())
            .collect();
        Ok(Self {
            product_id: row.text("product_id")?,
            active: row.flag("active")?,
            stock: row.int("available")?,
            tracked: row.flag("tracked")?,
            price_minor: row.int("price_minor")?,
            slug: row.text("slug")?,
            title: row.text("title")?,
            variant_title: variant_title(&named),
            sku: row.maybe_text("sku")?.unwrap_or_default(),
            picture_src: row.maybe_text("picture_src")?,
            prepaid: row.flag("prepaid")?,
            source: Source::Shelf,
        })
    }
}

impl VariantState {
    /// As it is sold at the moment of these terms.
    fn on(self, terms: Terms) -> Self {
        Self {
            active: terms.is_seen,
            stock: terms.units,
            price_minor: terms.price_minor,
            source: terms.source,
            ..self
        }
    }
}
