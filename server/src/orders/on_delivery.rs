//! Orders that are paid on delivery and still on their way there: how many a buyer has.

use std::collections::BTreeSet;

use app::orders::types::OrderStatus;

use crate::{
    db::{Columns, Dialect, FromRow as _, Session, Sql, from_row, only, turns},
    error::Result,
    text::mailbox,
};

/// Who buys, as far as it is known.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Buyer {
    pub account_id: Option<String>,
    /// See [`mailbox`]; empty if the address is not known.
    pub mailbox: String,
}

/// Whether someone is known to get the mails of the address that was typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Address {
    /// They are signed in, and have shown it.
    Proven,
    Typed,
}

/// Whether an order is firm, or its buyer has to confirm it yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Commitment {
    Firm,
    /// Anybody may have typed the address.
    Unconfirmed,
}

/// An order that is not paid and not there yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenOrder {
    pub buyer: Buyer,
    pub commitment: Commitment,
}

impl Buyer {
    pub fn new(account_id: Option<&str>, email: &str) -> Self {
        Self {
            account_id: account_id.map(str::to_owned),
            mailbox: mailbox(email),
        }
    }

    /// Whether both are one, by account or by mailbox.
    fn is(&self, other: &Self) -> bool {
        self.has_account_of(other) || (!self.mailbox.is_empty() && self.mailbox == other.mailbox)
    }

    fn has_account_of(&self, other: &Self) -> bool {
        self.account_id.is_some() && self.account_id == other.account_id
    }

    /// How many of these orders are theirs. What others ordered with an address and nobody has confirmed
    /// keeps nobody from buying who need not confirm an order: or any stranger could.
    pub fn count(&self, address: Address, orders: &[OpenOrder]) -> i64 {
        let is_theirs = |order: &&OpenOrder| match (address, order.commitment) {
            (Address::Proven, Commitment::Unconfirmed) => self.has_account_of(&order.buyer),
            (Address::Proven, Commitment::Firm) | (Address::Typed, _) => self.is(&order.buyer),
        };
        orders.iter().filter(is_theirs).count() as i64
    }
}

/// What both names of buyers are for the database.
struct Names {
    accounts: Vec<String>,
    mailboxes: Vec<String>,
}

impl Names {
    fn of(buyers: &[Buyer]) -> Self {
        let mailboxes = buyers.iter().map(|buyer| &buyer.mailbox);
        Self {
            accounts: buyers.iter().filter_map(|b| b.account_id.clone()).collect(),
            mailboxes: mailboxes.filter(|name| !name.is_empty()).cloned().collect(),
        }
    }
}

/// Keeps others from placing orders for these buyers until the transaction ends, if that is needed: there is no
/// row to be locked for an order that is not there yet.
pub fn turn_of(dialect: Dialect, buyers: &[Buyer]) -> Option<Sql> {
    let Names {
        accounts,
        mailboxes,
    } = Names::of(buyers);
    let accounts = accounts.iter().map(|id| format!("cash account {id}"));
    let mailboxes = mailboxes.iter().map(|name| format!("cash mailbox {name}"));
    turns(dialect, accounts.chain(mailboxes))
}

struct Open {
    account_id: Option<String>,
    mailbox: String,
    status: OrderStatus,
}

from_row!(Open {
    account_id,
    mailbox,
    status,
});

impl From<Open> for OpenOrder {
    fn from(order: Open) -> Self {
        Self {
            buyer: Buyer {
                account_id: order.account_id,
                mailbox: order.mailbox,
            },
            commitment: match order.status {
                OrderStatus::AwaitingConfirmation => Commitment::Unconfirmed,
                OrderStatus::PendingPayment
                | OrderStatus::Paid
                | OrderStatus::Packed
                | OrderStatus::Shipped
                | OrderStatus::Delivered
                | OrderStatus::Cancelled
                | OrderStatus::Refunded => Commitment::Firm,
            },
        }
    }
}

/// Which orders are open. It names the others: SQLite takes a short list of states for fewer rows than a
/// buyer has, and would read all orders that were ever shipped.
const OPEN: &str = "o.payment_status = 'due' \
    AND o.status NOT IN ('pending_payment', 'delivered', 'cancelled', 'refunded')";

/// The open orders of these buyers.
pub async fn open(
    session: &mut impl Session,
    dialect: Dialect,
    buyers: &[Buyer],
) -> Result<Vec<OpenOrder>> {
    told_open(&session.rows(open_of(dialect, buyers)).await?)
}

/// What [`open_of`] is answered.
pub fn told_open<R: Columns>(rows: &[R]) -> Result<Vec<OpenOrder>> {
    let open = rows.iter().map(Open::from_row);
    open.map(|order| Ok(OpenOrder::from(order?))).collect()
}

pub fn open_of(dialect: Dialect, buyers: &[Buyer]) -> Sql {
    let Names {
        accounts,
        mailboxes,
    } = Names::of(buyers);
    let select = "SELECT o.id, o.account_id, o.mailbox, o.status FROM orders o WHERE ";
    let mut sql = Sql::new(select);
    sql.push("o.mailbox").among(dialect, &mailboxes);
    sql.push(" AND ").push(OPEN);
    if accounts.is_empty() {
        return sql;
    }
    // An order that is found by both counts once.
    sql.push(" UNION ").push(select).push("o.account_id");
    sql.among(dialect, &accounts);
    sql.push(" AND ").push(OPEN);
    sql
}

/// Those of the buyers' accounts whose e-mail address is proven.
pub async fn proven(
    session: &mut impl Session,
    dialect: Dialect,
    buyers: &[Buyer],
) -> Result<BTreeSet<String>> {
    match proven_of(dialect, buyers) {
        Some(sql) => told_proven(&session.rows(sql).await?),
        None => Ok(BTreeSet::new()),
    }
}

/// Nothing where nobody has an account.
pub fn proven_of(dialect: Dialect, buyers: &[Buyer]) -> Option<Sql> {
    let accounts = Names::of(buyers).accounts;
    if accounts.is_empty() {
        return None;
    }
    let mut sql = Sql::new("SELECT id FROM accounts WHERE verified_at IS NOT NULL AND id");
    sql.among(dialect, &accounts);
    Some(sql)
}

/// What [`proven_of`] is answered.
pub fn told_proven<R: Columns>(rows: &[R]) -> Result<BTreeSet<String>> {
    rows.iter().map(only).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::db::explain::Planner;

    #[tokio::test]
    async fn open_orders_are_looked_up_by_their_buyer() {
        let planner = Planner::new().await;
        let kim = [Buyer::new(Some("a"), "kim@example.com")];
        for index in [
            "orders_due_mailbox (mailbox=?",
            "orders_account (account_id=?",
        ] {
            let orders = open_of(planner.db.dialect(), &kim);
            planner.by_index(orders, index).await;
        }
        planner.db.close().await;
    }

    fn open_order(buyer: Buyer, commitment: Commitment) -> OpenOrder {
        OpenOrder { buyer, commitment }
    }

    #[test]
    fn a_buyer_is_known_by_account_or_mailbox_and_nobody_by_neither() {
        let kim = Buyer::new(Some("a"), "Kim@Example.com");
        assert!(kim.is(&Buyer::new(None, "kim+shop@example.com")));
        assert!(kim.is(&Buyer::new(Some("a"), "other@example.com")));
        assert!(!kim.is(&Buyer::new(Some("b"), "other@example.com")));
        let nobody = Buyer::default();
        assert!(!nobody.is(&nobody));
        let orders = [kim.clone(), nobody].map(|buyer| open_order(buyer, Commitment::Firm));
        assert_eq!(kim.count(Address::Typed, &orders), 1);
    }

    #[test]
    fn what_nobody_confirmed_counts_for_whoever_typed_the_address_and_not_for_whose_it_is() {
        use Commitment::{Firm, Unconfirmed};
        let stranger = Buyer::new(None, "kim@example.com");
        let kim = Buyer::new(Some("a"), "kim@example.com");
        let open = [
            open_order(stranger.clone(), Unconfirmed),
            open_order(stranger.clone(), Unconfirmed),
            open_order(stranger.clone(), Firm),
            open_order(kim.clone(), Unconfirmed),
        ];
        assert_eq!(stranger.count(Address::Typed, &open), 4);
        assert_eq!(kim.count(Address::Typed, &open), 4);
        assert_eq!(kim.count(Address::Proven, &open), 2);
    }
}
