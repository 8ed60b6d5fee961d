//! How often each choice that narrows a list down occurs in it.

use std::{cmp::Reverse, collections::HashMap};

use app::{
    catalog::{
        query::ListQuery,
        types::{Facet, Facets, OptionFacet},
    },
    locale::Locale,
};
use serde::{Deserialize, Serialize};

use super::{
    categories,
    compounds::{Compounds, compounds},
    filter::{WantedOption, Without, push_from, value_of},
    search::Search,
};
use crate::{
    db::{Cost, Dialect, Sql, from_row},
    error::Result,
    store::Store,
    text::sort_key,
};

/// Values of an option that are offered, those with the most products. What is chosen comes on top.
const MOST_VALUES: usize = 30;

/// What all pages of a list have in common, in whatever order they are.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Counted {
    pub total: i64,
    pub facets: Facets,
    /// Places of the words of the search that count as mistyped.
    #[serde(default)]
    pub mistyped: Vec<usize>,
    /// Words that are made of those of the search.
    #[serde(default)]
    pub compounds: Compounds,
}

/// Counts a list in a language. A search that finds nothing as it is typed finds what one mistake makes
/// of its words.
pub async fn counted(db: &Store, query: &ListQuery, language: Option<Locale>) -> Result<Counted> {
    let mut search = Search::of(query.q.as_deref(), language);
    let compounds = compounds(db, &search).await?;
    search = search.with_compounds(&compounds);
    let mut total = count(db, query, &search).await?;
    let mistyped = match total {
        0 => search.mistakes(db).await?,
        _ => Vec::new(),
    };
    if !mistyped.is_empty() {
        search = search.with_mistakes(&mistyped);
        total = count(db, query, &search).await?;
    }
    Ok(Counted {
        total,
        facets: facets(db, query, &search).await?,
        mistyped,
        compounds,
    })
}

/// How many products a query that is [`known`](super::list::known) finds.
pub fn count_statement(at: (Dialect, i64), query: &ListQuery, search: &Search) -> Sql {
    let mut sql = Sql::new("SELECT COUNT(*) AS n");
    push_from(&mut sql, at, query, search, "", Without::Nothing);
    sql
}

async fn count(db: &Store, query: &ListQuery, search: &Search) -> Result<i64> {
    let sql = count_statement((db.dialect(), db.now()), query, search);
    db.catalog().fetch_value(Cost::List, sql).await
}

async fn facets(db: &Store, query: &ListQuery, search: &Search) -> Result<Facets> {
    let at = (db.dialect(), db.now());

    let mut sql = Sql::new("SELECT p.category_id AS id, COUNT(*) AS n");
    push_from(&mut sql, at, query, search, "", Without::Category);
    sql.push(" AND p.category_id IS NOT NULL GROUP BY p.category_id");
    let counts: Vec<(String, i64)> = db.catalog().fetch_all_as(Cost::List, sql).await?;
    let counts: HashMap<_, _> = counts.into_iter().collect();
    let categories = categories::facets(db, counts).await?;

    let mut sql = Sql::new("SELECT g.tag AS value, g.tag AS label, COUNT(*) AS n");
    push_from(
        &mut sql,
        at,
        query,
        search,
        "JOIN product_tags g ON g.product_id = p.id",
        Without::Nothing,
    );
    sql.push(" GROUP BY g.tag ORDER BY n DESC, g.tag LIMIT 24");
    let mut tags: Vec<Facet> = db.catalog().fetch_all_as(Cost::List, sql).await?;
    tags.sort_by_cached_key(|tag| (Reverse(tag.count), sort_key(&tag.label)));

    let mut sql = Sql::new(
        "SELECT COALESCE(MIN(p.price_min_minor), 0) AS low, COALESCE(MAX(p.price_max_minor), 0) AS high",
    );
    push_from(&mut sql, at, query, search, "", Without::Price);
    let (price_min_minor, price_max_minor): (i64, i64) =
        db.catalog().fetch_one_as(Cost::List, sql).await?;

    let mut options = option_facets(db, query, search, Without::Nothing).await?;
    for name in query.options.keys() {
        let own = option_facets(db, query, search, Without::Option(name)).await?;
        options.retain(|facet| &facet.name != name);
        options.extend(own.into_iter().filter(|facet| &facet.name == name));
    }
    options.sort_by(|a, b| a.name.cmp(&b.name));

    Ok(Facets {
        categories,
        tags,
        options,
        price_min_minor,
        price_max_minor,
    })
}

from_row!(Facet {
    value,
    label,
    count: "n",
});

/// How many products have a value of an option.
struct OptionValue {
    name: String,
    label: String,
    value: String,
    n: i64,
}

from_row!(OptionValue {
    name,
    label,
    value,
    n
});

async fn option_facets(
    db: &Store,
    query: &ListQuery,
    search: &Search,
    without: Without<'_>,
) -> Result<Vec<OptionFacet>> {
    let wanted = WantedOption::of(query, without);
    let mut sql = Sql::new("SELECT o.key AS name, MIN(o.name) AS label, ");
    if wanted.conditions() > 0 {
        // A value counts where a variant with it fits everything else, too.
        let value = value_of("o", "x");
        sql.push(&value)
            .push(" AS value, COUNT(DISTINCT p.id) AS n");
        push_from(
            &mut sql,
            (db.dialect(), db.now()),
            query,
            search,
            "JOIN product_options o ON o.product_id = p.id JOIN variants x ON x.product_id = p.id",
            without,
        );
        wanted.push(&mut sql, "x");
        sql.push(" GROUP BY o.key, ").push(value);
    } else {
        sql.push("o.value AS value, COUNT(*) AS n");
        push_from(
            &mut sql,
            (db.dialect(), db.now()),
            query,
            search,
            "JOIN product_choices o ON o.product_id = p.id",
            without,
        );
        sql.push(" GROUP BY o.key, o.value");
    }
    sql.push(" ORDER BY o.key, n DESC, value");
    let mut facets: Vec<OptionFacet> = Vec::new();
    let values: Vec<OptionValue> = db.catalog().fetch_all_as(Cost::List, sql).await?;
    for of_option in values {
        let OptionValue {
            name,
            label,
            value,
            n,
        } = of_option;
        if facets.last().is_none_or(|facet| facet.name != name) {
            facets.push(OptionFacet {
                name: name.clone(),
                label,
                values: Vec::new(),
            });
        }
        let is_chosen = query
            .options
            .get(&name)
            .is_some_and(|all| all.contains(&value));
        if let Some(facet) = facets.last_mut()
            && (facet.values.len() < MOST_VALUES || is_chosen)
        {
            facet.values.push(Facet {
                label: value.clone(),
                value,
                count: n,
            });
        }
    }
    for facet in &mut facets {
        facet
            .values
            .sort_by_cached_key(|value| value_order(&value.value));
    }
    Ok(facets)
}

/// Clothes sizes by size, numbers by number, the rest by letter.
fn value_order(value: &str) -> (usize, u64, String) {
    const SIZES: [&str; 8] = ["XXS", "XS", "S", "M", "L", "XL", "XXL", "XXXL"];
    let size = SIZES
        .iter()
        .position(|size| *size == value)
        .unwrap_or(SIZES.len());
    let digits: String = value.chars().take_while(char::is_ascii_digit).collect();
    (size, digits.parse().unwrap_or(u64::MAX), sort_key(value))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_stand_in_their_order() {
        let mut values = ["XL", "S", "10 l", "M", "2 l", "Red"];
        values.sort_by_cached_key(|value| value_order(value));
        assert_eq!(values, ["S", "M", "XL", "2 l", "10 l", "Red"]);
    }
}
