//! Finding rows by any part of a text of theirs, by its trigrams: FTS5, or an array with a GIN index, to the same
//! effect. How their tables are filled is in the migration `0061_growth.sql`.

use super::{Db, Dialect, Sql, containing};
use crate::error::Result;

/// Letters of a part that are looked up. What is longer is compared with the texts that are found.
const LOOKED_UP: usize = 34;
/// Of an index's letters.
const FEWEST: usize = 3;
/// So many rows that have a part are each looked at. If there are more, a page is soon full, however rows are
/// sorted.
pub const FEW: i64 = 10_000;
/// A part that is too short for the index is looked for in so many of the newest rows.
pub const NEWEST: i64 = 20_000;

/// A table of texts, called `key`, beside the rows that they are of.
#[derive(Debug, Clone, Copy)]
pub struct PartIndex {
    pub table: &'static str,
    /// Column of the row's id.
    pub id: &'static str,
    /// What SQLite has the trigrams in.
    pub trigrams: &'static str,
}

impl PartIndex {
    /// `SELECT` the ids of the rows that have this part in their text, each once. The part is folded and not
    /// short.
    pub fn push_found(self, sql: &mut Sql, dialect: Dialect, part: &str) {
        let Self {
            table,
            id,
            trigrams,
        } = self;
        let looked_up: Vec<char> = part.chars().take(LOOKED_UP).collect();
        sql.push(format!("SELECT s.{id} FROM "));
        match dialect {
            // CROSS JOIN makes SQLite begin with the trigrams, and end as soon as enough is found.
            Dialect::Sqlite => sql
                .push(format!(
                    "{trigrams} CROSS JOIN {table} s WHERE {trigrams} MATCH "
                ))
                .text(all_of(&looked_up))
                .push(format!(" AND s.seq = {trigrams}.rowid")),
            Dialect::Postgres => sql
                .push(format!("{table} s WHERE s.trigrams @> text_trigrams("))
                .text(String::from_iter(looked_up))
                .push(")"),
        };
        sql.push(" AND s.key LIKE ")
            .text(containing(part))
            .push(" ESCAPE '\\'");
    }
}

/// FTS5's words for all trigrams of a text. They end at a letter of value 0, which no text has.
fn all_of(letters: &[char]) -> String {
    let whole = letters
        .windows(FEWEST)
        .filter(|three| !three.contains(&'\0'));
    let each = whole.map(|three| {
        let three: String = three.iter().collect();
        format!("\"{}\"", three.replace('"', "\"\""))
    });
    each.collect::<Vec<_>>().join(" AND ")
}

/// How the rows are got at that have a part of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PartWay {
    /// They are few: an index tells them.
    Told,
    /// They are so many that reading rows in the order of a list soon finds enough.
    InOrder,
    /// The part is too short for an index: the newest rows are looked at.
    Newest,
}

impl PartWay {
    /// The way to what has this part, which is folded. `found` adds `SELECT` the ids of these rows.
    pub async fn to(db: &Db, part: &str, found: impl FnOnce(&mut Sql)) -> Result<Self> {
        match part.chars().count() < FEWEST {
            true => Ok(Self::Newest),
            false => Self::to_all(db, found).await,
        }
    }

    /// The way to rows that are found by something else: `found` adds `SELECT` their ids.
    pub async fn to_all(db: &Db, found: impl FnOnce(&mut Sql)) -> Result<Self> {
        let mut sql = Sql::new("SELECT COUNT(*) AS n FROM (");
        found(&mut sql);
        sql.push(" LIMIT ").int(FEW + 1).push(") AS found");
        let found: i64 = sql.fetch_value(db.reader()).await?;
        Ok(match found <= FEW {
            true => Self::Told,
            false => Self::InOrder,
        })
    }

    /// The same for a look that need not find all: of very many rows the newest are looked at.
    pub fn among_newest(self) -> Self {
        match self {
            Self::InOrder => Self::Newest,
            Self::Told | Self::Newest => self,
        }
    }

    /// `… AND `: which rows of a table, under an alias, are to be compared with the part. Each has an `id`, and says
    /// in `created_at` when it is from.
    pub fn push(self, sql: &mut Sql, (table, alias): (&str, &str), found: impl FnOnce(&mut Sql)) {
        match self {
            Self::Told => {
                sql.push(format!("{alias}.id IN ("));
                found(sql);
                sql.push(") AND ");
            }
            Self::InOrder => {}
            Self::Newest => {
                sql.push(format!(
                    "{alias}.created_at >= (SELECT MIN(w.created_at) FROM (SELECT created_at FROM {table} \
                     ORDER BY created_at DESC LIMIT "
                ))
                .int(NEWEST)
                .push(") AS w) AND ");
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_trigrams_of_a_part_are_looked_up() {
        let all = |part: &str| all_of(&part.chars().collect::<Vec<_>>());
        assert_eq!(all("kim"), "\"kim\"");
        assert_eq!(all("müll"), "\"mül\" AND \"üll\"");
        assert_eq!(all("kim\0"), "\"kim\"");
        assert_eq!(all("a\"b c"), "\"a\"\"b\" AND \"\"\"b \" AND \"b c\"");
    }
}
