//! What is in a cart, as its row keeps it: the one place that reads and writes that JSON. Statements
//! that only look at it have the view `cart_lines`.

use serde::{Deserialize, Serialize};

use crate::{
    db::{Dialect, Sql, Tx, from_row},
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

/// Puts lines into a cart that are not in it already, if the cart is there still. Returns the hash it is
/// known by.
pub async fn put_back(
    tx: &mut Tx,
    dialect: Dialect,
    cart_id: &str,
    lines: &[Line],
) -> Result<Option<String>> {
    let mut sql = Sql::new("SELECT token_hash, lines FROM carts WHERE id = ");
    sql.text(cart_id).push(dialect.for_update());
    let Some(Found {
        token_hash,
        lines: mut all,
    }) = sql.fetch_optional_as(&mut **tx).await?
    else {
        return Ok(None);
    };
    for line in lines {
        if !all.iter().any(|there| there.variant_id == line.variant_id) {
            all.push(line.clone());
        }
    }
    let newest = all.iter().map(|line| line.added_at).max();
    sqlx::query(
        "UPDATE carts SET lines = $1, lines_at = CASE WHEN $2 > lines_at THEN $2 ELSE lines_at END \
         WHERE id = $3",
    )
    .bind(to_json(&all)?)
    .bind(newest.unwrap_or(0))
    .bind(cart_id)
    .execute(&mut **tx)
    .await?;
    Ok(Some(token_hash))
}

struct Found {
    token_hash: String,
    lines: Vec<Line>,
}

from_row!(Found {
    token_hash,
    lines: json,
});

#[cfg(test)]
mod tests {
    use super::*;

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
