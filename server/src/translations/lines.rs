//! What lines of carts and orders are called in another language than the shop's texts.

use std::collections::HashMap;

use app::{catalog::types::variant_title, locale::Locale};

use super::{Kind, TITLE};
use crate::{
    db::{Columns, Dialect, FromRow, Session, Sql, from_row},
    error::Result,
};

struct Named {
    id: String,
    name: LineName,
}

from_row!(Named { id, name: row });

struct Written {
    title: String,
    options: Vec<String>,
}

from_row!(Written {
    title,
    options: row,
});

impl<R: Columns> FromRow<R> for LineName {
    fn from_row(row: &R) -> Result<Self> {
        let Written { title, options } = Written::from_row(row)?;
        Ok(Self {
            title,
            variant_title: variant_title(&options),
        })
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LineName {
    pub title: String,
    /// `M / Navy`; empty for a product without options.
    pub variant_title: String,
}

/// Which names are told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NamesOf {
    /// Of all that are asked for.
    All,
    /// Of those that are no secret at this time, in milliseconds since 1970.
    ShownAt(i64),
}

/// The names of variants that are sold, by their ids. What is not translated is as it is written.
pub async fn line_names(
    mut read: impl Session,
    dialect: Dialect,
    variant_ids: &[&str],
    language: Locale,
    names: NamesOf,
) -> Result<HashMap<String, LineName>> {
    let label = |n: usize| {
        format!(
            "COALESCE((SELECT x.text FROM product_options o JOIN translations x \
             ON x.kind = $3 AND x.language = $1 AND x.subject_id = o.key \
             AND x.field = 'value:' || v.option{n} \
             WHERE o.product_id = v.product_id AND o.position = {n}), v.option{n}) AS option{n}"
        )
    };
    let mut sql = Sql::new(&format!(
        "SELECT v.id, COALESCE(t.text, p.title) AS title, {}, {}, {} \
         FROM variants v JOIN products p ON p.id = v.product_id \
         LEFT JOIN translations t ON t.kind = $2 AND t.subject_id = p.id AND t.language = $1 \
         AND t.field = $4 WHERE v.id",
        label(1),
        label(2),
        label(3),
    ));
    sql.bind(language.code())
        .bind(Kind::Product.as_str())
        .bind(Kind::Option.as_str())
        .bind(TITLE);
    sql.push(dialect.in_json_array(5))
        .bind(serde_json::to_string(variant_ids)?);
    if let NamesOf::ShownAt(now) = names {
        sql.push(" AND p.shown_from <= ").int(now);
    }
    let rows = read.rows(sql).await?;
    let named = rows.iter().map(Named::from_row);
    named
        .map(|named| named.map(|named| (named.id, named.name)))
        .collect()
}
