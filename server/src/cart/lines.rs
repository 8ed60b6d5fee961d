//! What is in a cart, as its row keeps it: the one place that reads and writes that JSON. Statements
//! that only look at it have the view `cart_lines`.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{
    db::{Dialect, Rows, Sql, Tx, from_row},
    error::Result,
    ids::new_id,
    settings::cart_lifetime,
};

/// A line. Price and names are those the shopper saw: a change is shown, never silently taken.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    pub variant_id: String,
    pub quantity: i64,
    pub unit_price_minor: i64,
    pub title: String,
    pub variant_title: String,
    /// When it was put in, in milliseconds.
    pub added_at: i64,
}

from_row!(Line {
    variant_id,
    quantity,
    unit_price_minor,
    title,
    variant_title,
    added_at,
});

/// The variants of a cart's lines as they are stored.
pub fn variants(json: &str) -> Result<Vec<String>> {
    #[derive(Deserialize)]
    struct Named {
        variant_id: String,
    }
    let lines: Vec<Named> = serde_json::from_str(json)?;
    Ok(lines.into_iter().map(|line| line.variant_id).collect())
}

pub fn to_json(lines: &[Line]) -> Result<String> {
    Ok(serde_json::to_string(lines)?)
}

/// A cart whose row is locked until the transaction ends, or that nobody knows of yet.
#[derive(Debug, Clone)]
pub struct LockedCart {
    pub id: String,
    pub lines: Vec<Line>,
    /// The hash of its token, as long as it has no row.
    pub begins_as: Option<String>,
}

from_row!(LockedCart {
    id,
    lines: json,
    begins_as = None,
});

impl LockedCart {
    /// One that gets its row when it is stored.
    pub fn new(token_hash: String) -> Self {
        Self {
            id: new_id(),
            lines: Vec::new(),
            begins_as: Some(token_hash),
        }
    }

    /// Makes its row.
    pub fn beginning(&self, now: i64) -> Result<Sql> {
        let mut sql = Sql::new(
            "INSERT INTO carts (id, token_hash, lines, lines_at, created_at, expires_at) VALUES (",
        );
        sql.text(&self.id).push(", ");
        sql.text(self.begins_as.as_deref().unwrap_or_default());
        sql.push(", ").text(to_json(&self.lines)?);
        sql.push(", ").int(self.newest());
        sql.push(", ").int(now).push(", ").int(now);
        sql.push(concat!(" + ", cart_lifetime!(), ")"));
        Ok(sql)
    }

    /// When something was last put in.
    pub fn newest(&self) -> i64 {
        let newest = self.lines.iter().map(|line| line.added_at).max();
        newest.unwrap_or(0)
    }

    pub fn line(&self, variant_id: &str) -> Option<&Line> {
        self.lines.iter().find(|line| line.variant_id == variant_id)
    }

    pub fn line_mut(&mut self, variant_id: &str) -> Option<&mut Line> {
        let mut lines = self.lines.iter_mut();
        lines.find(|line| line.variant_id == variant_id)
    }

    /// Stores its lines, in the order in which they came, and lets it live on from now as long as carts
    /// do. A copy that someone goes on with is a cart of its own.
    ///
    /// When it ends is indexed, so it moves by the hour: most changes are written in place.
    pub async fn store(&mut self, tx: &mut Tx, now: i64) -> Result<()> {
        self.lines
            .sort_by(|a, b| (a.added_at, &a.variant_id).cmp(&(b.added_at, &b.variant_id)));
        if self.begins_as.is_some() {
            self.beginning(now)?.execute(&mut **tx).await?;
            return Ok(());
        }
        sqlx::query(concat!(
            "UPDATE carts SET lines = $1, is_copy = 0, \
             lines_at = CASE WHEN $2 > lines_at THEN $2 ELSE lines_at END, \
             expires_at = CASE WHEN expires_at BETWEEN $3 + ",
            cart_lifetime!(),
            " - 3600000 AND $3 + ",
            cart_lifetime!(),
            " THEN expires_at ELSE $3 + ",
            cart_lifetime!(),
            " END WHERE id = $4"
        ))
        .bind(to_json(&self.lines)?)
        .bind(self.newest())
        .bind(now)
        .bind(&self.id)
        .execute(&mut **tx)
        .await?;
        Ok(())
    }
}

/// Puts lines into carts that are not in them already, by the carts' ids; where a cart is not there any more, nowhere.
/// Returns the hashes that the carts are known by.
pub async fn put_back(
    tx: &mut Tx,
    dialect: Dialect,
    lines: &BTreeMap<&str, Vec<Line>>,
) -> Result<Vec<String>> {
    let mut sql = Sql::new("SELECT id, token_hash, lines FROM carts WHERE id");
    sql.among(dialect, lines.keys())
        .push(" ORDER BY id")
        .push(dialect.for_update());
    let mut carts: Vec<Found> = sql.fetch_all_as(&mut **tx).await?;
    if carts.is_empty() {
        return Ok(Vec::new());
    }
    for cart in &mut carts {
        for line in lines.get(cart.id.as_str()).into_iter().flatten() {
            let mut all = cart.lines.iter();
            if !all.any(|there| there.variant_id == line.variant_id) {
                cart.lines.push(line.clone());
            }
        }
    }
    storing(dialect, &carts)?.execute(&mut **tx).await?;
    Ok(carts.into_iter().map(|cart| cart.token_hash).collect())
}

/// The statement that stores the lines of these carts.
fn storing(dialect: Dialect, carts: &[Found]) -> Result<Sql> {
    let ids = || carts.iter().map(|cart| &cart.id);
    let kept = carts.iter().map(|cart| to_json(&cart.lines));
    let newest = carts.iter().map(|cart| {
        let newest = cart.lines.iter().map(|line| line.added_at).max();
        newest.unwrap_or(0)
    });
    let mut rows = Rows::default();
    rows.text("cart", ids())
        .text("kept", kept.collect::<Result<Vec<_>>>()?)
        .int("newest", newest);
    let mut sql = Sql::new(
        "UPDATE carts SET lines = t.kept, \
         lines_at = CASE WHEN t.newest > lines_at THEN t.newest ELSE lines_at END FROM ",
    );
    sql.given(dialect, rows)
        .push(" AS t WHERE carts.id = t.cart")
        .and_among(dialect, "carts.id", ids());
    Ok(sql)
}

struct Found {
    id: String,
    token_hash: String,
    lines: Vec<Line>,
}

from_row!(Found {
    id,
    token_hash,
    lines: json,
});

#[cfg(test)]
mod tests {
    use super::*;
    use crate::db::explain::Planner;

    #[tokio::test]
    async fn carts_that_get_lines_back_are_looked_up_one_by_one() {
        let planner = Planner::new().await;
        let found = Found {
            id: "c".to_owned(),
            token_hash: String::new(),
            lines: Vec::new(),
        };
        let sql = storing(planner.db.dialect(), &[found]).unwrap();
        planner.begins_with_given(sql, "carts").await;
        planner.db.close().await;
    }

    #[test]
    fn lines_are_read_as_they_are_written() {
        let parse = |json: &str| serde_json::from_str::<Vec<Line>>(json);
        let line = Line {
            variant_id: "v".to_owned(),
            quantity: 2,
            unit_price_minor: 1000,
            title: "Rope \"5 m\"".to_owned(),
            variant_title: String::new(),
            added_at: 7,
        };
        let json = to_json(std::slice::from_ref(&line)).unwrap();
        assert_eq!(parse(&json).unwrap(), [line]);
        assert_eq!(parse("[]").unwrap(), []);
        // As a migration wrote them, with whatever blanks its database sets.
        let spaced = json.replace("\":", "\" : ");
        assert_eq!(parse(&spaced).unwrap().len(), 1);
        assert!(parse("{}").is_err());
    }
}
