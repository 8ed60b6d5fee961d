//! What a list's query means in the database: its filters and its search.

use std::collections::BTreeSet;

use app::catalog::query::ListQuery;

use super::{categories::push_within, search::Search};
use crate::{
    db::{Dialect, Sql},
    sale::seen::{push_seen, push_to_be_had},
};

/// Which of a query's filters to leave out, so that a group of choices counts what each would give.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Without<'a> {
    Nothing,
    Category,
    Price,
    Option(&'a str),
}

/// The value that a row of variants has for a row of product_options, each under its name.
pub fn value_of(option: &str, variant: &str) -> String {
    format!(
        "CASE {option}.position WHEN 1 THEN {variant}.option1 \
         WHEN 2 THEN {variant}.option2 ELSE {variant}.option3 END"
    )
}

/// `FROM … WHERE …` for a query at a time, where products are `p`. Its category exists.
pub(super) fn push_from(
    sql: &mut Sql,
    (dialect, now): (Dialect, i64),
    query: &ListQuery,
    search: &Search,
    joins: &str,
    without: Without<'_>,
) {
    let category = query.category.as_ref();
    let category = category.filter(|_| without != Without::Category);
    search.push_from(sql, dialect);
    // SQLite would walk the index of the list's order over all products and leave most of them out; with
    // the sign it cannot use it, and reads those of the category.
    sql.push(joins).push(match (dialect, category) {
        (Dialect::Sqlite, Some(_)) => " WHERE +",
        (Dialect::Sqlite, None) | (Dialect::Postgres, _) => " WHERE ",
    });
    push_seen(sql, "p", now);
    search.push_condition(sql, dialect);
    if let Some(slug) = category {
        sql.push(" AND ");
        push_within(sql, slug);
    }
    for tag in &query.tags {
        sql.push(
            " AND EXISTS (SELECT 1 FROM product_tags t WHERE t.product_id = p.id AND t.tag = ",
        )
        .text(tag)
        .push(")");
    }
    let wanted = WantedOption::of(query, without);
    if let Some(min) = wanted.min_minor {
        sql.push(" AND p.price_max_minor >= ").int(min);
    }
    if let Some(max) = wanted.max_minor {
        sql.push(" AND p.price_min_minor <= ").int(max);
    }
    if query.in_stock {
        sql.push(" AND ");
        push_to_be_had(sql, "p", now);
    }
    for (name, values) in &wanted.options {
        sql.push(" AND p.id IN (SELECT product_id FROM product_choices WHERE key = ")
            .text(*name)
            .push(" AND value IN (");
        push_values(sql, values);
        sql.push("))");
    }
    // A product that has one wanted thing has a variant with it.
    if wanted.conditions() > 1 {
        sql.push(" AND EXISTS (SELECT 1 FROM variants w WHERE w.product_id = p.id");
        wanted.push(sql, "w");
        sql.push(")");
    }
}

/// What one and the same variant must have.
pub(super) struct WantedOption<'a> {
    in_stock: bool,
    min_minor: Option<i64>,
    max_minor: Option<i64>,
    options: Vec<(&'a String, &'a BTreeSet<String>)>,
}

impl<'a> WantedOption<'a> {
    pub fn of(query: &'a ListQuery, without: Without<'_>) -> Self {
        let (min_minor, max_minor) = match without {
            Without::Price => (None, None),
            _ => (query.price_min_minor, query.price_max_minor),
        };
        Self {
            in_stock: query.in_stock,
            min_minor,
            max_minor,
            options: query
                .options
                .iter()
                .filter(|(name, _)| without != Without::Option(name))
                .collect(),
        }
    }

    pub fn conditions(&self) -> usize {
        usize::from(self.in_stock)
            + usize::from(self.min_minor.is_some())
            + usize::from(self.max_minor.is_some())
            + self.options.len()
    }

    /// ` AND …` for a row of variants under the name `variant`.
    pub fn push(&self, sql: &mut Sql, variant: &str) {
        if self.in_stock {
            sql.push(format!(" AND {variant}.available > 0"));
        }
        if let Some(min) = self.min_minor {
            sql.push(format!(" AND {variant}.price_minor >= ")).int(min);
        }
        if let Some(max) = self.max_minor {
            sql.push(format!(" AND {variant}.price_minor <= ")).int(max);
        }
        for (name, values) in &self.options {
            sql.push(
                " AND EXISTS (SELECT 1 FROM product_options n WHERE n.product_id = p.id AND n.key = ",
            )
            .text(*name)
            .push(format!(" AND {} IN (", value_of("n", variant)));
            push_values(sql, values);
            sql.push("))");
        }
    }
}

fn push_values(sql: &mut Sql, values: &BTreeSet<String>) {
    for (i, value) in values.iter().enumerate() {
        if i > 0 {
            sql.push(", ");
        }
        sql.text(value);
    }
}
