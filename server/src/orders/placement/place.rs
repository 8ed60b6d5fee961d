//! Placing a batch of orders in one transaction.
//!
//! Stock is taken here and nowhere else: variants are locked in id order, every order is decided
//! in the order of arrival, and the units leave by a conditional update together with the orders,
//! whose lines are their movements, and the emptied carts. All of it is written or none.
//!
//! The transaction is a port: statements on a thread of the batch's own on SQLite, pipelined on Postgres. What
//! is asked, decided and written is the same.

use std::{collections::BTreeMap, sync::Arc};

use app::shop::ShopSettings;

use super::{
    batch::{Intent, Outcome},
    counted::decided,
    decide::{Grant, VariantState},
    naming::{line_names_of, name_shipping},
    reading::read_snapshot,
    sums,
    turn::Turn,
    write::{Taking, write_orders},
};
use crate::{
    admission::{gate::Pass, uses},
    buyer_limits::{
        holders,
        store::{self as limits, OrderUse},
    },
    clock::{Authority, Clock},
    db::{Dialect, PlacingTx, Transaction},
    error::Result,
    orders::{
        method_names,
        money::{self, Whereabouts},
        promise,
        sums::appending,
    },
    outbox::{Mail, queueing},
    payment::Settlement,
    sale::{
        terms::Source,
        units::{HandingOver, Sold},
    },
    store::Store,
    waits::offered::{Handing, Ordered},
};

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

/// What is to be placed together.
#[derive(Clone, Copy)]
pub(super) struct Batch<'a> {
    pub dialect: Dialect,
    /// The node's time.
    pub now: i64,
    /// Whose time says what drops sell.
    pub authority: Authority,
    /// For what no admin has set.
    pub defaults: &'a ShopSettings,
    pub intents: &'a [Arc<Intent>],
}

/// Answers every intent, in order. An error concerns the batch as a whole: nothing was written.
/// Orders are priced by what is set when the batch is read; `defaults` is for what no admin has set.
/// The batch's `turn` to lock and read is over once it writes.
pub async fn place_batch(
    db: &Store,
    time: BatchTime,
    defaults: &ShopSettings,
    intents: &[Arc<Intent>],
    turn: Turn,
) -> Result<Vec<Outcome>> {
    let BatchTime { node, authority } = time;
    let batch = Batch {
        dialect: db.dialect(),
        now: node,
        authority,
        defaults,
        intents,
    };
    match db.begin_by_key().await? {
        PlacingTx::Alone(tx) => {
            let (db, defaults, intents) = (db.clone(), defaults.clone(), intents.to_vec());
            tx.aside(move |tx| async move {
                let batch = Batch {
                    dialect: db.dialect(),
                    now: node,
                    authority,
                    defaults: &defaults,
                    intents: &intents,
                };
                place_in(tx, &db, batch, turn).await
            })
            .await
        }
        PlacingTx::Pipelined(tx) => place_in(tx, db, batch, turn).await,
    }
}

async fn place_in(
    mut tx: impl Transaction,
    db: &Store,
    batch: Batch<'_>,
    turn: Turn,
) -> Result<Vec<Outcome>> {
    let Batch { dialect, now, .. } = batch;
    let mut snapshot = read_snapshot(&mut tx, batch).await?;
    let before: BTreeMap<String, i64> = snapshot
        .variants
        .iter()
        .map(|(id, v)| (id.clone(), v.stock))
        .collect();

    let mut outcomes = Vec::with_capacity(batch.intents.len());
    let mut granted: Vec<(&Intent, Grant)> = Vec::new();
    for intent in batch.intents.iter().map(Arc::as_ref) {
        let (outcome, grant) = snapshot.decide(intent);
        outcomes.push(outcome);
        granted.extend(grant.map(|grant| (intent, grant)));
    }
    let decided = decided(&snapshot, (batch.intents, outcomes.as_slice()), &granted);
    if granted.is_empty() {
        tx.rollback().await?;
        decided.count();
        return Ok(outcomes);
    }

    let names = line_names_of(&mut tx, dialect, &granted).await?;
    name_shipping(&mut tx, dialect, &mut granted).await?;
    method_names::put(&mut tx, dialect, &snapshot.methods, &mut granted).await?;
    for (_, grant) in granted.iter_mut().filter(|(_, grant)| !grant.waits()) {
        promise::begin_of(&mut grant.promise, &snapshot.calendar, now);
    }

    let mut statements = write_orders(batch, &snapshot, &granted, &names);
    let added = sums::of_batch(&granted, &snapshot.variants);
    statements.push(appending(dialect, now, &snapshot.currency, &added));
    statements.extend(limits::writing(dialect, &taken(now, &granted)));
    statements.extend(holders::writing(dialect, &held_by(&granted)));
    statements.extend(uses::writing(dialect, snapshot.at, passed(&granted)));
    statements.extend(queueing(dialect, now, &mails(&granted))?);
    // Units that were set aside are on the shelf before the orders take them there.
    let sold = sold_by_drops(&snapshot.variants, &before);
    let handing_over = HandingOver::new(&sold);
    let handed_at = statements.len();
    statements.extend(handing_over.statements(dialect, snapshot.at));
    // So are those that were kept for someone.
    let ordered = ordered(&granted, &snapshot.variants);
    let handing = Handing::new(&ordered);
    let ended_at = statements.len();
    statements.extend(handing.statements(dialect, snapshot.at));
    // Last of what may fail: the condition repeats what was decided.
    let taking = Taking::new(&snapshot, &before, &kept_of(&ordered));
    let taken_at = statements.len();
    statements.extend(taking.statements(dialect));
    turn.over();
    let answers = tx.run(statements).await?;
    let changed = |at: usize| answers.get(at).map_or(0, |answer| answer.changed);
    handing_over.check(changed(handed_at))?;
    handing.check(changed(ended_at))?;
    taking.check(changed(taken_at))?;
    taking.changes.commit(tx, db).await?;
    decided.count();

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
        let Source::Drop { id, has_begun, .. } = &variant.source else {
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

/// The kept units that orders take.
fn ordered<'a>(
    granted: &'a [(&Intent, Grant)],
    variants: &BTreeMap<String, VariantState>,
) -> Vec<Ordered<'a>> {
    let mut ordered = Vec::new();
    for (intent, grant) in granted {
        for offered in &grant.offered {
            let variant = variants.get(&offered.variant_id);
            ordered.push(Ordered {
                order_id: &intent.order_id,
                tracked: variant.is_some_and(|variant| variant.tracked),
                offered,
            });
        }
    }
    ordered
}

/// How many they are, by variant.
fn kept_of<'a>(ordered: &[Ordered<'a>]) -> BTreeMap<&'a str, i64> {
    let mut kept = BTreeMap::new();
    for one in ordered {
        *kept.entry(one.offered.variant_id.as_str()).or_default() += 1;
    }
    kept
}

/// What the orders count against limits.
fn taken(now: i64, granted: &[(&Intent, Grant)]) -> Vec<OrderUse> {
    let of_order = |(intent, grant): &(&Intent, Grant)| {
        let uses = grant.uses.clone().into_iter();
        let order_id = intent.order_id.clone();
        uses.map(move |used| OrderUse {
            order_id: order_id.clone(),
            at: now,
            used,
        })
        .collect::<Vec<_>>()
    };
    granted.iter().flat_map(of_order).collect()
}

/// Who holds units with what they have not paid for.
fn held_by<'a>(granted: &'a [(&Intent, Grant)]) -> Vec<(&'a str, &'a str)> {
    granted
        .iter()
        .flat_map(|(intent, grant)| {
            let names = grant.held_by.iter();
            names.map(|name| (name.as_str(), intent.order_id.as_str()))
        })
        .collect()
}

/// What let the orders through waiting rooms.
fn passed<'a>(granted: &'a [(&Intent, Grant)]) -> Vec<(&'a str, &'a Pass)> {
    granted
        .iter()
        .flat_map(|(intent, grant)| {
            let passes = grant.passes.iter();
            passes.map(|pass| (intent.order_id.as_str(), pass))
        })
        .collect()
}

/// A card's order is confirmed once it is paid, as is one by transfer that costs nothing.
fn mails(granted: &[(&Intent, Grant)]) -> Vec<Mail> {
    let told = granted
        .iter()
        .filter(|(intent, grant)| match intent.settlement {
            Settlement::OnDelivery => true,
            Settlement::Transfer => grant.pay_within_ms.is_some(),
            Settlement::Online => false,
        });
    told.map(|(intent, grant)| mail(intent, grant)).collect()
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
