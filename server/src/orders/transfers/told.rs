//! What shoppers are told of how they send the money.

use std::collections::HashMap;

use app::orders::types::{BankDetails, BankTransfer};

use crate::{
    db::{Sql, from_row},
    error::Result,
    payment::bank_transfer::{Reference, settings},
    store::Store,
};

/// Whether it is told where the money goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Details {
    Told,
    Hidden,
}

/// An order that a transfer is to come for.
pub struct Awaited<'a> {
    pub order_id: &'a str,
    pub number: &'a str,
    pub until: i64,
    pub details: Details,
}

/// How the shoppers of orders send the money, by the orders' ids. One whose number makes no reference is not
/// among them.
pub async fn of_orders(
    db: &Store,
    awaited: &[Awaited<'_>],
) -> Result<HashMap<String, BankTransfer>> {
    let referred: Vec<(Reference, &Awaited<'_>)> = awaited
        .iter()
        .filter_map(|order| Some((Reference::of_order(order.number)?, order)))
        .collect();
    if referred.is_empty() {
        return Ok(HashMap::new());
    }
    let is_told = |(_, order): &(Reference, &Awaited<'_>)| order.details == Details::Told;
    let account = match referred.iter().any(is_told) {
        true => Some(settings::read(db.reader()).await?),
        false => None,
    };
    let ids: Vec<&str> = referred.iter().map(|(_, order)| order.order_id).collect();
    let mut sql = Sql::new(
        "SELECT t.order_id, CAST(SUM(t.amount_minor - t.return_minor) AS BIGINT) AS received_minor, \
         CAST(SUM(t.return_minor) AS BIGINT) AS back_minor FROM transfers t WHERE t.order_id",
    );
    sql.one_or_among(db.dialect(), &ids)
        .push(" GROUP BY t.order_id");
    let came: Vec<Came> = sql.fetch_all_as(db.reader()).await?;
    let came: HashMap<&str, &Came> = came
        .iter()
        .map(|came| (came.order_id.as_str(), came))
        .collect();
    let transfers = referred.into_iter().map(|(reference, order)| {
        let account = match order.details {
            Details::Told => account.as_ref(),
            Details::Hidden => None,
        };
        let to = account.map(|account| BankDetails {
            holder: account.holder.clone(),
            iban: account.iban.clone(),
            bic: account.bic.clone(),
            bank: account.bank.clone(),
            reference: reference.as_str().to_owned(),
        });
        let came = came.get(order.order_id);
        let transfer = BankTransfer {
            to,
            until: order.until,
            received_minor: came.map_or(0, |came| came.received_minor),
            back_minor: came.map_or(0, |came| came.back_minor),
        };
        (order.order_id.to_owned(), transfer)
    });
    Ok(transfers.collect())
}

/// What came for an order.
struct Came {
    order_id: String,
    received_minor: i64,
    back_minor: i64,
}

from_row!(Came {
    order_id,
    received_minor,
    back_minor,
});
