//! What pictures of products show, for the file of all texts.

use std::collections::BTreeSet;

use app::{catalog::limits::MAX_ALT, locale::Locale};
use desk::admin::translations::ports::Subject;

use super::texts::Text;
use crate::{
    db::{Dialect, Sql, Tx, from_row},
    error::Result,
    translations::{Kind, alt_field},
};

/// Alt texts that a file has at most.
const MAX_ALTS: i64 = 10_000;

struct Alt {
    product_id: String,
    src: String,
    alt: String,
    position: i64,
}

from_row!(Alt {
    product_id,
    src,
    alt,
    position,
});

/// Those that say something else than the title of the product, which is translated with it, and those that
/// are translated.
pub async fn all(tx: &mut Tx, language: Locale) -> Result<Vec<Text>> {
    let mut sql = Sql::new(
        "SELECT i.product_id, i.src, i.alt, i.position FROM pictures i \
         JOIN products p ON p.id = i.product_id \
         WHERE i.alt <> '' AND (i.alt <> p.title OR EXISTS (SELECT 1 FROM translations x \
         WHERE x.subject_id = i.product_id AND x.kind = ",
    );
    sql.text(Kind::Product.as_str())
        .push(" AND x.language = ")
        .text(language.code())
        .push(" AND x.field = ")
        .text(alt_field(""))
        .push(" || i.src)) ORDER BY i.product_id, i.position, i.id LIMIT ")
        .int(MAX_ALTS);
    let all: Vec<Alt> = sql.fetch_all_as(&mut **tx).await?;
    let texts = all.into_iter().map(|one| Text {
        name: format!("{}:{}", one.product_id, alt_field(&one.src)),
        subject: Subject::PictureAlt(usize::try_from(one.position).unwrap_or_default()),
        kind: Kind::Product,
        subject_id: one.product_id,
        field: alt_field(&one.src),
        original: one.alt,
        most: MAX_ALT,
        stored: None,
    });
    Ok(texts.collect())
}

/// Keeps these products as they are until the transaction ends: what is saved of one that is deleted meanwhile
/// would stay behind, and an alt text that changes meanwhile would not be noticed.
pub async fn hold(tx: &mut Tx, dialect: Dialect, products: BTreeSet<&str>) -> Result<()> {
    if dialect == Dialect::Postgres && !products.is_empty() {
        let mut sql = Sql::new("SELECT id FROM products WHERE id");
        sql.push(dialect.in_json_array(1))
            .bind(serde_json::to_string(&products)?)
            .push(" ORDER BY id")
            .push(dialect.for_share());
        sql.fetch_all(&mut **tx).await?;
    }
    Ok(())
}
