//! Orders that are paid on delivery and still on their way there: how many a buyer has.

use crate::{
    db::{Connection, Dialect, Get, Sql, Tx, from_row},
    error::Result,
    text::email_key,
};

/// Who buys, as far as it is known.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Buyer {
    pub account_id: Option<String>,
    /// See [`email_key`]; empty if the address is not known.
    pub email_key: String,
}

impl Buyer {
    pub fn new(account_id: Option<&str>, email: &str) -> Self {
        Self {
            account_id: account_id.map(str::to_owned),
            email_key: email_key(email),
        }
    }

    /// Whether both are one, by account or by address.
    pub fn is(&self, other: &Self) -> bool {
        let (account, email) = (&self.account_id, &self.email_key);
        (account.is_some() && *account == other.account_id)
            || (!email.is_empty() && *email == other.email_key)
    }

    /// How many of these orders are theirs.
    pub fn count(&self, orders: &[Self]) -> i64 {
        orders.iter().filter(|of| self.is(of)).count() as i64
    }
}

/// What both names of buyers are for the database.
struct Names {
    accounts: Vec<String>,
    emails: Vec<String>,
}

impl Names {
    fn of(buyers: &[Buyer]) -> Self {
        let emails = buyers.iter().map(|buyer| &buyer.email_key);
        Self {
            accounts: buyers.iter().filter_map(|b| b.account_id.clone()).collect(),
            emails: emails.filter(|key| !key.is_empty()).cloned().collect(),
        }
    }
}

/// Keeps others from placing orders for these buyers until the transaction ends: there is no row to be
/// locked for an order that is not there yet.
pub async fn take_turn(tx: &mut Tx, dialect: Dialect, buyers: &[Buyer]) -> Result<()> {
    let Some(statement) = dialect.advisory_locks() else {
        return Ok(());
    };
    let Names { accounts, emails } = Names::of(buyers);
    let accounts = accounts.iter().map(|id| format!("cash account {id}"));
    let emails = emails.iter().map(|key| format!("cash email {key}"));
    let names: Vec<String> = accounts.chain(emails).collect();
    sqlx::query(statement)
        .bind(serde_json::to_string(&names)?)
        .fetch_all(&mut **tx)
        .await?;
    Ok(())
}

struct Open {
    account_id: Option<String>,
    email_key: String,
}

from_row!(Open {
    account_id,
    email_key,
});

/// Which orders are open. It names the others: SQLite takes a short list of states for fewer rows than a
/// buyer has, and would read all orders that were ever shipped.
const OPEN: &str = "o.payment_status = 'due' \
    AND o.status NOT IN ('pending_payment', 'delivered', 'cancelled', 'refunded')";

/// The open orders of these buyers, each by its buyer.
pub async fn open(
    connection: &mut Connection,
    dialect: Dialect,
    buyers: &[Buyer],
) -> Result<Vec<Buyer>> {
    let open: Vec<Open> = open_of(dialect, buyers)?.fetch_all_as(connection).await?;
    let buyer = |order: Open| Buyer {
        account_id: order.account_id,
        email_key: order.email_key,
    };
    Ok(open.into_iter().map(buyer).collect())
}

fn open_of(dialect: Dialect, buyers: &[Buyer]) -> Result<Sql> {
    let Names { accounts, emails } = Names::of(buyers);
    let mut sql =
        Sql::new("SELECT o.id, o.account_id, o.email_key FROM orders o WHERE o.email_key");
    sql.push(dialect.in_json_array(1));
    sql.bind(serde_json::to_string(&emails)?);
    sql.push(" AND ").push(OPEN);
    // An order that is found by both counts once.
    sql.push(" UNION SELECT o.id, o.account_id, o.email_key FROM orders o WHERE o.account_id");
    sql.push(dialect.in_json_array(2));
    sql.bind(serde_json::to_string(&accounts)?);
    sql.push(" AND ").push(OPEN);
    Ok(sql)
}

/// Which of these variants are of products that cannot be paid for on delivery.
pub async fn prepaid(
    connection: &mut Connection,
    dialect: Dialect,
    variants: &[&str],
) -> Result<Vec<String>> {
    let mut sql = Sql::new(
        "SELECT v.id FROM variants v JOIN products p ON p.id = v.product_id \
         WHERE p.prepaid = 1 AND v.id",
    );
    sql.push(dialect.in_json_array(1));
    let rows = sql
        .bind_only(serde_json::to_string(variants)?)
        .fetch_all(connection)
        .await?;
    rows.iter().map(|row| row.text("id")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{db::Db, store::Store};

    #[tokio::test]
    async fn open_orders_are_looked_up_by_their_buyer() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("shop.db");
        let db = Db::connect(&format!("sqlite://{}", file.display()))
            .await
            .unwrap();
        db.migrate().await.unwrap();
        let db = Store::from(db);
        let kim = Buyer::new(Some("a"), "kim@example.com");
        let plan = open_of(db.dialect(), &[kim]).unwrap().explained();
        let plan = plan.fetch_all(db.reader()).await.unwrap();
        let steps: Vec<_> = plan.iter().map(|row| row.text("detail").unwrap()).collect();
        for index in ["orders_email (email_key=?", "orders_account (account_id=?"] {
            let is_used = steps.iter().any(|step| step.contains(index));
            assert!(is_used, "{index}: {steps:#?}");
        }
        db.close().await;
    }

    #[test]
    fn a_buyer_is_known_by_account_or_address_and_nobody_by_neither() {
        let kim = Buyer::new(Some("a"), "Kim@Example.com");
        assert!(kim.is(&Buyer::new(None, "kim@example.com")));
        assert!(kim.is(&Buyer::new(Some("a"), "other@example.com")));
        assert!(!kim.is(&Buyer::new(Some("b"), "other@example.com")));
        let nobody = Buyer::default();
        assert!(!nobody.is(&nobody));
        assert_eq!(kim.count(&[kim.clone(), nobody]), 1);
    }
}
