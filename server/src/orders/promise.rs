//! How orders are handed over, and what customers were told of their arrival. It is kept with the order, so that
//! no change of the settings changes what was said.

use app::delivery::{
    Dates, Delivery, Handover, Promise, WorkingDays,
    calendar::{Calendar, DispatchTime},
};

use crate::{
    db::{Columns, FromRow, Rows, Sql, Tx, from_row},
    error::Result,
};

/// As it is stored. The handover is there without days, too.
struct Stored {
    handover: Option<Handover>,
    days_from: Option<i64>,
    days_to: Option<i64>,
    from: Option<String>,
    to: Option<String>,
}

from_row!(Stored {
    handover: "promised_handover",
    days_from: "promised_days_from",
    days_to: "promised_days_to",
    from: "promised_from",
    to: "promised_to",
});

/// `None` if nothing was promised.
impl<R: Columns> FromRow<R> for Option<Promise> {
    fn from_row(row: &R) -> Result<Self> {
        let columns = Stored::from_row(row)?;
        let days = columns.days_from.zip(columns.days_to);
        let days = days.and_then(|(from, to)| WorkingDays::new(from, to));
        let delivery = columns.handover.zip(days);
        let dates = columns.from.zip(columns.to);
        Ok(delivery.map(|(handover, days)| Promise {
            delivery: Delivery { handover, days },
            dates: dates.map(|(from, to)| Dates { from, to }),
        }))
    }
}

/// Puts the columns of new orders beside their others: those that some of them need.
pub(super) fn put<'a>(
    rows: &mut Rows,
    orders: impl Iterator<Item = (Handover, Option<&'a Promise>)> + Clone,
) {
    let handovers = orders.clone().map(|(handover, _)| handover.as_str());
    rows.text("promised_handover", handovers);
    let promises = orders.map(|(_, promise)| promise);
    if promises.clone().all(|promise| promise.is_none()) {
        return;
    }
    let days = promises
        .clone()
        .map(|promise| promise.map(|promise| promise.delivery.days));
    let dates = promises.map(|promise| promise.and_then(|promise| promise.dates.as_ref()));
    rows.maybe_int(
        "promised_days_from",
        days.clone().map(|days| days.map(WorkingDays::from)),
    )
    .maybe_int(
        "promised_days_to",
        days.map(|days| days.map(WorkingDays::to)),
    )
    .maybe_text(
        "promised_from",
        dates.clone().map(|dates| dates.map(|dates| &dates.from)),
    )
    .maybe_text(
        "promised_to",
        dates.map(|dates| dates.map(|dates| &dates.to)),
    );
}

/// From now on the days count.
pub(super) fn begin_of(promise: &mut Option<Promise>, calendar: &Calendar, now: i64) {
    if let Some(promise) = promise {
        *promise = calendar.promise(promise.delivery, now);
    }
}

struct Begun {
    promise: Option<Promise>,
    time_zone: String,
    dispatch_by: Option<i64>,
}

from_row!(Begun {
    promise: row,
    time_zone,
    dispatch_by,
});

/// The same of an order that waited until now to be confirmed or paid, if it promises anything.
pub(super) async fn begin(tx: &mut Tx, now: i64, order_id: &str) -> Result<()> {
    let mut sql = Sql::new(
        "SELECT o.promised_handover, o.promised_days_from, o.promised_days_to, o.promised_from, \
         o.promised_to, s.time_zone, s.dispatch_by FROM orders o JOIN shop_settings s ON s.id = 1 \
         WHERE o.promised_from IS NULL AND o.id = ",
    );
    sql.text(order_id);
    let found: Option<Begun> = sql.fetch_optional_as(&mut **tx).await?;
    let Some(Begun {
        promise: Some(promise),
        time_zone,
        dispatch_by,
    }) = found
    else {
        return Ok(());
    };
    let calendar = Calendar {
        time_zone,
        dispatch_by: dispatch_by.and_then(DispatchTime::of_minutes),
    };
    let dates = calendar.dates(promise.delivery.days, now);
    sqlx::query("UPDATE orders SET promised_from = $1, promised_to = $2 WHERE id = $3")
        .bind(dates.from)
        .bind(dates.to)
        .bind(order_id)
        .execute(&mut **tx)
        .await?;
    Ok(())
}
