//! Orders that wait for a bank transfer, with their units held for days: how many a buyer has.

use crate::{
    db::{Columns, Dialect, FromRow as _, Session, Sql, from_row, turns},
    error::Result,
    text::mailbox,
};

/// Who is to send the money: the account, or a guest by the mailbox of the address that was typed. What
/// a guest typed counts for no account, or any stranger could keep its owner from buying.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Payer {
    Account(String),
    Guest(String),
}

impl Payer {
    pub fn new(account_id: Option<&str>, email: &str) -> Self {
        match account_id {
            Some(id) => Self::Account(id.to_owned()),
            None => Self::Guest(mailbox(email)),
        }
    }

    /// How many of these orders are theirs.
    pub fn count(&self, orders: &[Self]) -> i64 {
        orders.iter().filter(|of| self == *of).count() as i64
    }
}

struct Waiting {
    account_id: Option<String>,
    mailbox: String,
}

from_row!(Waiting {
    account_id,
    mailbox,
});

fn names(payers: &[Payer]) -> (Vec<&str>, Vec<&str>) {
    let (mut accounts, mut guests) = (Vec::new(), Vec::new());
    for payer in payers {
        match payer {
            Payer::Account(id) => accounts.push(id.as_str()),
            Payer::Guest(mailbox) => guests.push(mailbox.as_str()),
        }
    }
    (accounts, guests)
}

/// Keeps others from placing orders for these payers until the transaction ends, and tells the orders that
/// wait, each by its payer. It comes after the turn of orders that are paid on delivery.
pub async fn of(tx: &mut impl Session, dialect: Dialect, payers: &[Payer]) -> Result<Vec<Payer>> {
    if payers.is_empty() {
        return Ok(Vec::new());
    }
    let mut statements = Vec::new();
    let (accounts, guests) = names(payers);
    let accounts = accounts.iter().map(|id| format!("transfer account {id}"));
    let guests = guests.iter().map(|name| format!("transfer guest {name}"));
    statements.extend(turns(dialect, accounts.chain(guests)));
    statements.push(waiting_of(dialect, payers)?);
    let answers = tx.run(statements).await?;
    let waiting = answers.last().map(|waiting| waiting.rows.as_slice());
    told(waiting.unwrap_or_default())
}

/// Which orders wait, to be confirmed or for their money. It names the others: SQLite takes a short list of states
/// for fewer rows than a buyer has, and would read all orders that wait for a card.
const WAITS: &str = " AND o.pay_by IS NOT NULL \
    AND o.status NOT IN ('paid', 'packed', 'shipped', 'delivered', 'cancelled', 'refunded')";

/// The orders of these payers that wait at this moment, each by its payer.
pub async fn waiting(
    session: &mut impl Session,
    dialect: Dialect,
    payers: &[Payer],
) -> Result<Vec<Payer>> {
    told(&session.rows(waiting_of(dialect, payers)?).await?)
}

/// What [`waiting_of`] is answered.
fn told<R: Columns>(rows: &[R]) -> Result<Vec<Payer>> {
    let payer = |row: Waiting| match row.account_id {
        Some(id) => Payer::Account(id),
        None => Payer::Guest(row.mailbox),
    };
    let waiting = rows.iter().map(Waiting::from_row);
    waiting.map(|row| Ok(payer(row?))).collect()
}

fn waiting_of(dialect: Dialect, payers: &[Payer]) -> Result<Sql> {
    let (accounts, guests) = names(payers);
    let mut sql = Sql::new("SELECT o.account_id, o.mailbox FROM orders o WHERE o.account_id");
    sql.push(dialect.in_json_array(1));
    sql.bind(serde_json::to_string(&accounts)?);
    sql.push(WAITS)
        .push(" UNION ALL SELECT o.account_id, o.mailbox FROM orders o WHERE o.mailbox");
    sql.push(dialect.in_json_array(2));
    sql.bind(serde_json::to_string(&guests)?);
    sql.push(WAITS).push(" AND o.account_id IS NULL");
    Ok(sql)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::db::explain::Planner;

    #[tokio::test]
    async fn waiting_orders_are_looked_up_by_their_payer() {
        let planner = Planner::new().await;
        let payers = [
            Payer::new(Some("a"), "kim@example.com"),
            Payer::new(None, "kim@example.com"),
        ];
        for index in [
            "orders_awaiting_mailbox (mailbox=?",
            "orders_account (account_id=?",
        ] {
            let orders = waiting_of(planner.db.dialect(), &payers).unwrap();
            planner.by_index(orders, index).await;
        }
        planner.db.close().await;
    }

    #[test]
    fn what_a_guest_typed_counts_for_no_account() {
        let kim = Payer::new(Some("a"), "kim@example.com");
        let guest = Payer::new(None, "Kim@Example.com");
        assert_eq!(kim.count(&[guest.clone(), kim.clone()]), 1);
        assert_eq!(Payer::new(None, "kim@example.com").count(&[guest]), 1);
    }

    #[test]
    fn a_guest_is_one_however_the_address_is_spelled() {
        let guest = Payer::new(None, "kim@example.com");
        let other = Payer::new(None, "Kim+more@example.com");
        assert_eq!(guest.count(&[other, guest.clone()]), 2);
    }
}
