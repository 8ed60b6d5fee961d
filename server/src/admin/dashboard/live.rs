//! A sale while it runs.

use std::{sync::Arc, time::Duration};

use desk::admin::dashboard::types::{Live, SellThrough};
use sqlx::any::AnyRow;
use tokio::{sync::Mutex, time::Instant};

use crate::{
    cart::check::line_title,
    clock::Clock,
    db::{FromRow, Get, Sql},
    error::Result,
    store::Store,
};

const MINUTE: i64 = 60 * 1000;
const HOUR: i64 = 60 * MINUTE;
/// Variants that are named.
const NAMED: i64 = 12;
/// Whoever watches sees the same look, however many they are.
const EVERY: Duration = Duration::from_millis(1500);

pub struct Watch {
    db: Store,
    clock: Arc<dyn Clock>,
    last: Mutex<Option<(Instant, Live)>>,
}

impl Watch {
    pub fn new(db: Store, clock: Arc<dyn Clock>) -> Self {
        Self {
            db,
            clock,
            last: Mutex::default(),
        }
    }

    pub async fn now(&self) -> Result<Live> {
        let mut last = self.last.lock().await;
        if let Some((at, live)) = &*last
            && at.elapsed() < EVERY
        {
            return Ok(live.clone());
        }
        let live = look(&self.db, self.clock.now()).await?;
        *last = Some((Instant::now(), live.clone()));
        Ok(live)
    }
}

async fn look(db: &Store, now: i64) -> Result<Live> {
    let mut sql =
        Sql::new("SELECT COUNT(*) AS n FROM orders WHERE status <> 'cancelled' AND created_at > ");
    sql.int(now - MINUTE);
    let orders_last_minute = sql.fetch_one(db.reader()).await?.int("n")?;
    let mut sql = Sql::new(
        "SELECT MAX(l.title) AS title, MAX(l.variant_title) AS variant_title, \
         CAST(SUM(l.quantity) AS BIGINT) AS sold, MAX(v.stock) AS units_left \
         FROM orders o JOIN order_lines l ON l.order_id = o.id \
         JOIN variants v ON v.id = l.variant_id \
         WHERE o.status <> 'cancelled' AND o.created_at > ",
    );
    sql.int(now - HOUR);
    sql.push(" GROUP BY l.variant_id ORDER BY sold DESC, title LIMIT ")
        .int(NAMED);
    Ok(Live {
        at: now,
        orders_last_minute,
        variants: sql.fetch_all_as(db.reader()).await?,
    })
}

impl FromRow for SellThrough {
    fn from_row(row: &AnyRow) -> Result<Self> {
        Ok(Self {
            title: line_title(&row.text("title")?, &row.text("variant_title")?),
            sold: row.int("sold")?,
            left: row.int("units_left")?,
        })
    }
}
