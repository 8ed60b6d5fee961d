//! What is written to the carts of many by one statement.
//!
//! On Postgres a cart that someone has locked, as an order is placed from it, is passed over: nobody waits for the cart of
//! another, and what waits for no lock is in no ring of them. Whose cart was not met asks for it alone, by the same
//! statement, and waits.

use std::{collections::BTreeSet, sync::Arc};

use crate::{
    db::{Dialect, Sql},
    error::Result,
};

/// What becomes of carts that others have locked. On SQLite the one who writes is alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Locked {
    PassedOver,
    /// For one cart alone: who waits for one and has locked another could be waited for in turn.
    WaitedFor,
}

/// What came of one of many.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Outcome {
    Stored,
    /// There is no such cart, or someone had locked it.
    NotMet,
}

/// What came of each, where a statement answered with what these are `called`.
pub(super) fn outcomes<T>(
    asked: &[Arc<T>],
    stored: &[String],
    called: impl Fn(&T) -> &str,
) -> Vec<Result<Outcome>> {
    let stored: BTreeSet<&str> = stored.iter().map(String::as_str).collect();
    let outcome = |one: &Arc<T>| match stored.contains(called(one)) {
        true => Ok(Outcome::Stored),
        false => Ok(Outcome::NotMet),
    };
    asked.iter().map(outcome).collect()
}

/// Begins with a lock on the carts that are found by this column.
pub(super) fn locking<'a>(
    dialect: Dialect,
    locked: Locked,
    column: &'static str,
    called: impl Iterator<Item = &'a str>,
) -> Sql {
    match dialect {
        Dialect::Sqlite => Sql::default(),
        Dialect::Postgres => {
            let mut sql = Sql::new("WITH free AS (SELECT c.id AS cart FROM carts c WHERE c.");
            sql.push(column).among(dialect, called);
            sql.push(dialect.for_update());
            sql.push(match locked {
                Locked::PassedOver => dialect.skip_locked(),
                Locked::WaitedFor => "",
            });
            sql.push(") ");
            sql
        }
    }
}

/// Behind what is given, whose column `called` is that of the carts: which are meant.
pub(super) fn meeting(sql: &mut Sql, dialect: Dialect, column: &'static str) {
    let (free, is_free) = match dialect {
        Dialect::Sqlite => ("", ""),
        Dialect::Postgres => (", free", " AND carts.id = free.cart"),
    };
    sql.push(" AS t").push(free);
    sql.push(" WHERE carts.").push(column).push(" = t.called");
    sql.push(is_free);
}
