//! Guests' first carts that begin at the same moment are made by one statement. Nobody knows of them yet, so none waits
//! for another; each by itself would be a transaction for every shopper of a sale.

use std::sync::Arc;

use app::cart::ports::CartItem;
use async_trait::async_trait;

use super::{
    items::{Addition, Items},
    lines::{LockedCart, to_json},
};
use crate::{
    db::{Dialect, Rows, Sql},
    error::Result,
    settings::cart_lifetime,
    store::Store,
    together::{Together, Work},
};

/// Makes carts.
#[derive(Clone)]
pub struct Beginnings {
    items: Items,
    making: Together<Making>,
}

struct Making {
    db: Store,
}

/// A cart that has no row.
#[derive(Debug)]
struct Beginning {
    cart: LockedCart,
    now: i64,
}

impl Beginnings {
    pub fn new(db: Store) -> Self {
        Self {
            items: Items::new(db.clone()),
            making: Together::new(Making { db }),
        }
    }

    /// What is to go into a cart, as it is on sale now.
    pub(super) async fn find(&self, now: i64, item: CartItem) -> Result<Addition> {
        self.items.find(now, item).await
    }

    /// Makes a cart's row, with those of all others of this moment.
    pub async fn begin(&self, now: i64, cart: LockedCart) -> Result<()> {
        self.making.ask(Arc::new(Beginning { cart, now })).await
    }
}

#[async_trait]
impl Work for Making {
    type Request = Arc<Beginning>;
    type Answer = ();

    async fn all(&self, carts: Vec<Arc<Beginning>>) -> Result<Vec<Result<()>>> {
        let mut sql = match carts.as_slice() {
            [one] => one.cart.beginning(one.now)?,
            all => making(self.db.dialect(), all)?,
        };
        // One that is made already was made for this very request, by a try that was given up too early. Its id was made
        // for it; another cart with its token is a fault, and fails alone.
        sql.push(" ON CONFLICT (id) DO NOTHING");
        self.db.write(sql).await?;
        Ok(carts.iter().map(|_| Ok(())).collect())
    }
}

/// As [`LockedCart::beginning`] does it for one.
fn making(dialect: Dialect, carts: &[Arc<Beginning>]) -> Result<Sql> {
    let lines = carts.iter().map(|beginning| to_json(&beginning.cart.lines));
    let lines = lines.collect::<Result<Vec<_>>>()?;
    let all = || carts.iter().map(|beginning| &beginning.cart);
    let mut rows = Rows::default();
    rows.text("id", all().map(|cart| &cart.id))
        .text(
            "token_hash",
            all().map(|cart| cart.begins_as.as_deref().unwrap_or_default()),
        )
        .text("lines", lines)
        .int("lines_at", all().map(LockedCart::newest))
        .int("created_at", carts.iter().map(|beginning| beginning.now));
    let mut sql = Sql::new(concat!(
        "INSERT INTO carts (id, token_hash, lines, lines_at, created_at, expires_at) \
         SELECT n.id, n.token_hash, n.lines, n.lines_at, n.created_at, n.created_at + ",
        cart_lifetime!(),
        " FROM "
    ));
    // Without a condition, SQLite would take what follows for that of a join.
    sql.given(dialect, rows).push(" AS n WHERE true");
    Ok(sql)
}
