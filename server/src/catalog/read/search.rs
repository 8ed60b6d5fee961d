//! What a list is searched for: which products it finds, and in which order.

use app::locale::Locale;

use super::compounds::Compounds;
use crate::{
    db::{
        Cost, Dialect, Get, Sql,
        fulltext::{Forms, Place, push_is_there, query, query_for, stored},
    },
    error::Result,
    store::Store,
    text::words::{Ending, Query},
};

/// Better places come first; in each, what was typed before its other forms. What is in none of these is in
/// the description, in another form.
const ORDER: [(Place, Forms); 6] = [
    (Place::Title, Forms::Whole),
    (Place::Title, Forms::Typed),
    (Place::Title, Forms::Any),
    (Place::Names, Forms::Typed),
    (Place::Names, Forms::Any),
    (Place::Anywhere, Forms::Typed),
];

/// A search of products in a language, in the words that they have there. Without a language it is in
/// those that they are written in, and stems may be of any.
#[derive(Debug, Clone)]
pub struct Search {
    language: Option<Locale>,
    sought: Sought,
}

#[derive(Debug, Clone)]
enum Sought {
    /// Every product: nothing is searched for.
    Everything,
    /// None: a text without letters and digits.
    Nothing,
    Words(Query),
}

impl Search {
    pub fn of(text: Option<&str>, language: Option<Locale>) -> Self {
        let sought = match text.map(|text| Query::of(text, language)) {
            None => Sought::Everything,
            Some(None) => Sought::Nothing,
            Some(Some(query)) => Sought::Words(query),
        };
        Self { language, sought }
    }

    /// With the words near to those at these places, which [`Search::mistakes`] finds.
    pub fn with_mistakes(mut self, places: &[usize]) -> Self {
        if let Sought::Words(query) = self.sought {
            self.sought = Sought::Words(query.with_mistakes(places));
        }
        self
    }

    /// With words that are made of those that are searched for, which
    /// [`compounds`](super::compounds::compounds) finds.
    pub fn with_compounds(mut self, found: &Compounds) -> Self {
        if let Sought::Words(query) = self.sought {
            self.sought = Sought::Words(query.with_compounds(&found.0));
        }
        self
    }

    pub fn language(&self) -> Option<Locale> {
        self.language
    }

    /// What words may be the ends of, by their places.
    pub fn endings(&self) -> impl Iterator<Item = (usize, &Ending)> {
        let words = match &self.sought {
            Sought::Words(query) => query.words.as_slice(),
            Sought::Everything | Sought::Nothing => &[],
        };
        let words = words.iter().enumerate();
        words.filter_map(|(place, word)| Some((place, word.ending.as_ref()?)))
    }

    pub fn has_words(&self) -> bool {
        matches!(self.sought, Sought::Words(_))
    }

    pub fn is_for_nothing(&self) -> bool {
        matches!(self.sought, Sought::Nothing)
    }

    /// ` FROM …`, where products are `p`. On SQLite the rows of the index are `s` if there are words, and
    /// rise with time.
    pub fn push_from(&self, sql: &mut Sql, dialect: Dialect) {
        sql.push(match (&self.sought, dialect) {
            (Sought::Everything | Sought::Nothing, _) => " FROM products p ",
            // Cross joins keep SQLite from asking the index once per product.
            (Sought::Words(_), Dialect::Sqlite) => {
                " FROM products_search s CROSS JOIN product_words d ON d.seq = s.rowid \
                 CROSS JOIN products p ON p.seq = d.product_seq "
            }
            (Sought::Words(_), Dialect::Postgres) => {
                " FROM product_words d JOIN products p ON p.id = d.product_id "
            }
        });
    }

    /// ` AND …` for the products that are found.
    pub fn push_condition(&self, sql: &mut Sql, dialect: Dialect) {
        let all = match &self.sought {
            Sought::Everything => return,
            Sought::Nothing => {
                sql.push(" AND 1 = 0");
                return;
            }
            Sought::Words(all) => query(dialect, all, Forms::Any, Place::Anywhere),
        };
        match dialect {
            Dialect::Sqlite => sql.push(" AND products_search MATCH ").text(all),
            Dialect::Postgres => sql
                .push(" AND d.search @@ CAST(")
                .text(all)
                .push(" AS tsquery)"),
        };
        let product = match dialect {
            Dialect::Sqlite => "product_seq",
            Dialect::Postgres => "product_id",
        };
        // Codes of languages are our own.
        match self.language {
            None => sql.push(" AND d.language = ''"),
            Some(language) => sql.push(format!(
                " AND (d.language = '{code}' OR d.language = '' AND d.{product} NOT IN \
                 (SELECT {product} FROM product_words WHERE language = '{code}' \
                 AND language <> ''))",
                code = stored(Some(language)),
            )),
        };
    }

    /// What `ORDER BY` begins with: those that fit best come first, and of equal ones those that are
    /// bought. Both databases have the same order.
    pub fn push_order(&self, sql: &mut Sql, dialect: Dialect) {
        if let Sought::Words(all) = &self.sought {
            // With mistakes it is asked for what names are not kept with.
            let column = match all.has_mistakes() {
                true => "search",
                false => "names",
            };
            let mut before: Option<String> = None;
            sql.push("CASE");
            for (rank, (place, forms)) in ORDER.into_iter().enumerate() {
                let text = query(dialect, all, forms, place);
                if before.as_ref() == Some(&text) {
                    continue;
                }
                match dialect {
                    Dialect::Sqlite => sql
                        .push(
                            " WHEN s.rowid IN (SELECT rowid FROM products_search \
                             WHERE products_search MATCH ",
                        )
                        .text(text.clone())
                        .push(format!(") THEN {rank}")),
                    Dialect::Postgres => {
                        let column = if place == Place::Anywhere {
                            "search"
                        } else {
                            column
                        };
                        sql.push(format!(" WHEN d.{column} @@ CAST("))
                            .text(text.clone())
                            .push(format!(" AS tsquery) THEN {rank}"))
                    }
                };
                before = Some(text);
            }
            sql.push(format!(" ELSE {} END, ", ORDER.len()));
        }
        sql.push("p.buyable DESC, p.sold DESC, p.created_at DESC");
    }

    /// The places of words that no product has in any form: they may be mistyped. It is asked once a
    /// search finds nothing.
    pub async fn mistakes(&self, db: &Store) -> Result<Vec<usize>> {
        let Sought::Words(all) = &self.sought else {
            return Ok(Vec::new());
        };
        let words = all.words.iter().enumerate();
        let asked: Vec<_> = words.filter(|(_, word)| !word.near.is_empty()).collect();
        if asked.is_empty() {
            return Ok(Vec::new());
        }
        let mut sql = Sql::new("SELECT ");
        for (n, (place, word)) in asked.iter().enumerate() {
            let text = query_for(db.dialect(), word);
            sql.push(if n > 0 { ", " } else { "" });
            push_is_there(&mut sql, (db.dialect(), db.now()), text);
            sql.push(format!(" AS known{place}"));
        }
        // It has as many columns as there are words: no struct has them.
        let row = db.catalog().fetch_one(Cost::List, sql).await?;
        let mut mistyped = Vec::new();
        for (place, _) in asked {
            if row.int(&format!("known{place}"))? == 0 {
                mistyped.push(place);
            }
        }
        Ok(mistyped)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn order(text: &str) -> Sql {
        let mut sql = Sql::default();
        Search::of(Some(text), Some(Locale::En)).push_order(&mut sql, Dialect::Postgres);
        sql
    }

    #[test]
    fn equal_steps_of_the_order_are_asked_for_once() {
        // A number has no other forms than itself, and itself as two words.
        assert_eq!(order("5").next(), ORDER.len() + 1);
        assert_eq!(order("緑茶").next(), 5);
        assert_eq!(order("!!").next(), 1);
    }

    #[test]
    fn a_text_without_words_finds_nothing() {
        assert!(Search::of(Some("!!! ()"), None).is_for_nothing());
        assert!(Search::of(Some("rope"), None).has_words());
        let everything = Search::of(None, None);
        assert!(!everything.has_words() && !everything.is_for_nothing());
    }
}
