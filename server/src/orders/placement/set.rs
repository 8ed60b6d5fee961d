//! What the owner has set, and what it makes of the buyers of a batch.

use std::{collections::BTreeSet, sync::Arc};

use app::shop::{Opening, ShopSettings};

use super::batch::Intent;
use crate::{
    buyer_limits::holders,
    db::{Answer, Columns, Dialect, Session, Sql},
    error::{Error, Result},
    orders::on_delivery::{self, Buyer, OpenOrder},
    payment::{
        Settlement,
        cash::{
            self,
            rules::{CashRules, CashSettings},
        },
        methods::{self, Methods},
    },
    pricing::{self, Pricing},
};

pub(super) fn unanswered() -> Error {
    Error::Invariant("every statement has an answer".to_owned())
}

pub(super) fn of(intents: &[Arc<Intent>], settlement: Settlement) -> impl Iterator<Item = &Intent> {
    intents
        .iter()
        .map(Arc::as_ref)
        .filter(move |intent| intent.settlement == settlement)
}

/// What the owner has set.
pub(super) struct Settings {
    pub pricing: Pricing,
    pub methods: Methods,
    pub holders: holders::Rules,
    /// If something of the batch is paid after it was delivered.
    pub cash: Option<CashSettings>,
}

impl Settings {
    pub fn asked(intents: &[Arc<Intent>]) -> Vec<Sql> {
        let [brakes, key] = holders::asked();
        let mut statements = vec![pricing::asked(), methods::store::asked(), brakes, key];
        let is_online = |intent: &Arc<Intent>| intent.settlement == Settlement::Online;
        if !intents.iter().all(is_online) {
            statements.push(cash::rules::asked());
        }
        statements
    }

    pub fn told<R: Columns>(answers: &[Answer<R>], defaults: &ShopSettings) -> Result<Self> {
        let [pricing, methods, brakes, key, cash @ ..] = answers else {
            return Err(unanswered());
        };
        let cash = cash.first().map(|cash| cash::rules::told(&cash.rows));
        Ok(Self {
            pricing: pricing::told(&pricing.rows, defaults)?,
            methods: methods::store::told(&methods.rows)?,
            holders: holders::told(&brakes.rows, &key.rows)?,
            cash: cash.transpose()?,
        })
    }
}

/// What counts for orders that are paid on delivery, and of it for those by transfer who confirms them;
/// nothing for a batch without any.
#[derive(Default)]
pub(super) struct OnDelivery {
    pub rules: CashRules,
    pub open: Vec<OpenOrder>,
    pub proven: BTreeSet<String>,
}

impl OnDelivery {
    pub async fn read(
        tx: &mut impl Session,
        dialect: Dialect,
        settings: Option<CashSettings>,
        opening: Opening,
        intents: &[Arc<Intent>],
    ) -> Result<Self> {
        let Some(settings) = settings else {
            return Ok(Self::default());
        };
        let buyers = |settlement: Settlement| -> Vec<Buyer> {
            let buyers: BTreeSet<Buyer> = of(intents, settlement).map(Intent::buyer).collect();
            buyers.into_iter().collect()
        };
        let mut all = buyers(Settlement::Transfer);
        let buyers = buyers(Settlement::OnDelivery);
        all.extend_from_slice(&buyers);
        let rules = settings.rules(opening);

        // Counted after their turn, which comes after the locks before: orders that others have placed for
        // them are seen.
        let mut statements = Vec::new();
        let mut open_at = None;
        if rules.most_open.is_some() && !buyers.is_empty() {
            statements.extend(on_delivery::turn_of(dialect, &buyers));
            open_at = Some(statements.len());
            statements.push(on_delivery::open_of(dialect, &buyers));
        }
        let mut proven_at = None;
        if let (Some(_), _) | (_, Some(_)) = (rules.confirm_within_ms, rules.most_open)
            && let Some(proven) = on_delivery::proven_of(dialect, &all)
        {
            proven_at = Some(statements.len());
            statements.push(proven);
        }
        if statements.is_empty() {
            return Ok(Self {
                rules,
                ..Self::default()
            });
        }
        let answers = tx.run(statements).await?;
        let answer = |at: Option<usize>| at.and_then(|at| answers.get(at));
        let open = answer(open_at).map(|open| on_delivery::told_open(&open.rows));
        let proven = answer(proven_at).map(|proven| on_delivery::told_proven(&proven.rows));
        Ok(Self {
            rules,
            open: open.transpose()?.unwrap_or_default(),
            proven: proven.transpose()?.unwrap_or_default(),
        })
    }
}
