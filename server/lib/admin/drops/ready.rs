//! What has to be right before a drop starts.

use app::{
    checkout::types::{BANK_TRANSFER, CASH_ON_DELIVERY, STRIPE, TEST_CARD},
    drops::types::{AdminDrop, AdminLine, DropState},
    error::ShopResult,
    shop::{PaymentMode, ShopSettings},
};
use desk::admin::drops::ports::{Check, Checks, Paying};

use crate::{
    db::{Dialect, Sql},
    drops::for_editor,
    error::Result,
    feature::Parts,
    payment::methods::{self, Methods},
    store::Store,
};

const MINUTE: i64 = 60 * 1000;
const WEEK: i64 = 7 * 24 * 60 * MINUTE;
/// E-mails that are looked at for how fast they were sent.
const LOOKED_AT: i64 = 5_000;
/// Fewer within a minute say nothing of how many could be sent.
const TELLING: i64 = 10;

pub async fn checks(parts: &Parts, id: &str) -> ShopResult<Checks> {
    let drop = for_editor(parts, id).await?;
    let settings = parts.settings.now().await?;
    let mut reader = parts.db.reader();
    let methods = methods::store::read(&mut reader).await?;
    let limited: Vec<String> = limited(id).fetch_values(parts.db.reader()).await?;
    let now = parts.clock.now();
    let all = vec![
        Check::Start {
            state: drop.state,
            is_ahead: drop.opens_at > now,
            opens_at: drop.opens_at,
            closes_at: drop.closes_at,
        },
        goods(&drop),
        units(&drop),
        Check::Payment(paying(&settings, &methods)),
        Check::Limits {
            without: named(&drop, |line| !limited.contains(&line.variant_id)),
        },
        Check::Room {
            switch: drop.room.switch,
            per_minute: drop.room.per_minute,
        },
        mails(&parts.db, now, &drop).await?,
        connections(&parts.db).await?,
    ];
    Ok(Checks {
        id: drop.id,
        title: drop.title,
        all,
    })
}

/// Names of the lines of which something holds.
fn named(drop: &AdminDrop, holds: impl Fn(&AdminLine) -> bool) -> Vec<String> {
    let lines = drop.lines.iter().filter(|line| holds(line));
    lines.map(AdminLine::name).collect()
}

fn goods(drop: &AdminDrop) -> Check {
    Check::Goods {
        lines: i64::try_from(drop.lines.len()).unwrap_or(i64::MAX),
        not_on_sale: named(drop, |line| !line.active),
    }
}

fn units(drop: &AdminDrop) -> Check {
    let sum = |of: fn(&AdminLine) -> i64| drop.lines.iter().map(of).sum();
    // What is planned has its units; of a draft they have to be there.
    let short = match drop.state {
        DropState::Planned | DropState::CalledOff => Vec::new(),
        DropState::Draft => named(drop, |line| {
            line.on_shelf.is_some_and(|there| there < line.units)
        }),
    };
    Check::Units {
        units: sum(|line| line.units),
        set_aside: sum(|line| line.remaining),
        short,
    }
}

/// Variants of a drop of which one customer gets so many, by whichever limit.
fn limited(id: &str) -> Sql {
    let mut sql = Sql::new(
        "SELECT l.variant_id FROM drop_lines l JOIN variants v ON v.id = l.variant_id \
         WHERE EXISTS (SELECT 1 FROM buyer_limits b \
         WHERE (b.drop_id IS NULL OR b.drop_id = l.drop_id) \
         AND ((b.product_id IS NULL AND b.variant_id IS NULL) \
         OR b.product_id = v.product_id OR b.variant_id = l.variant_id)) AND l.drop_id = ",
    );
    sql.text(id);
    sql
}

fn paying(settings: &ShopSettings, methods: &Methods) -> Paying {
    let there = [
        (TEST_CARD, settings.payment_mode == PaymentMode::Demo),
        (STRIPE, settings.payment_provider),
        (CASH_ON_DELIVERY, true),
        (BANK_TRANSFER, true),
    ];
    let on = there
        .into_iter()
        .filter(|(method, is_there)| *is_there && methods.is_on(method));
    Paying {
        opening: settings.opening,
        mode: settings.payment_mode,
        methods: on.map(|(method, _)| method.to_owned()).collect(),
    }
}

async fn mails(db: &Store, now: i64, drop: &AdminDrop) -> Result<Check> {
    let waiting = Sql::new("SELECT 1 AS one FROM mails WHERE state IN ('waiting', 'sending')")
        .tally(db.reader());
    let waiting = waiting.await?;
    let mut failed = Sql::new("SELECT 1 AS one FROM mails WHERE state = 'failed' AND ended_at > ");
    failed.int(now - WEEK);
    let units: i64 = drop.lines.iter().map(|line| line.units).sum();
    let sent: Vec<i64> = last_sent().fetch_values(db.reader()).await?;
    Ok(Check::Mails {
        waiting,
        failed: failed.tally(db.reader()).await?,
        coming: drop.reminders + units,
        per_minute: busiest_minute(&sent),
    })
}

/// When the last e-mails were sent, the latest first.
fn last_sent() -> Sql {
    let mut sql = Sql::new(
        "SELECT ended_at FROM mails WHERE ended_at IS NOT NULL AND state = 'sent' \
         ORDER BY ended_at DESC LIMIT ",
    );
    sql.int(LOOKED_AT);
    sql
}

/// The most of these times within a minute, if they are enough to tell; the latest is first.
fn busiest_minute(times: &[i64]) -> Option<i64> {
    let within = times.iter().enumerate().map(|(at, latest)| {
        let rest = &times[at..];
        rest.partition_point(|time| *time > *latest - MINUTE)
    });
    let most = within.max().unwrap_or_default();
    i64::try_from(most).ok().filter(|most| *most >= TELLING)
}

async fn connections(db: &Store) -> Result<Check> {
    let allowed = match db.dialect() {
        Dialect::Sqlite => None,
        Dialect::Postgres => {
            let allowed = Sql::new(
                "SELECT CAST(current_setting('max_connections') AS BIGINT) \
                 - CAST(current_setting('superuser_reserved_connections') AS BIGINT) AS n",
            );
            Some(allowed.fetch_value(db.reader()).await?)
        }
    };
    Ok(Check::Connections {
        of_a_node: i64::from(db.most_connections()),
        allowed,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::explain::Planner;

    #[test]
    fn the_busiest_minute_is_found_wherever_it_was() {
        let second = 1_000;
        let mut times: Vec<i64> = (0..20).map(|at| at * second).collect();
        times.extend((0..5).map(|at| 10 * MINUTE + at * second));
        times.sort_by_key(|time| std::cmp::Reverse(*time));
        assert_eq!(busiest_minute(&times), Some(20));
        let slow: Vec<i64> = (0..100).rev().map(|at| at * MINUTE).collect();
        assert_eq!(busiest_minute(&slow), None, "one a minute tells nothing");
        assert_eq!(busiest_minute(&[]), None);
    }

    #[tokio::test]
    async fn how_fast_mails_went_is_read_from_the_end_of_an_index() {
        let planner = Planner::new().await;
        planner.by_index(last_sent(), "mails_ended").await;
        planner.db.close().await;
    }
}
