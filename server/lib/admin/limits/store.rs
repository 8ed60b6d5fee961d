//! What limits can be set for.

use app::catalog::types::variant_title;
use desk::admin::limits::ports::LimitedProduct;

use crate::{
    admin::fetched::{self, Fetched},
    db::{Connection, Dialect, Sql, Tx, from_row},
    error::Result,
};

/// Products with limits that are listed.
const LISTED: usize = 200;

from_row!(Fetched(LimitedProduct) { id, title });

/// A variant with what it is called.
pub struct Named {
    pub id: String,
    pub name: String,
}

struct Variant {
    id: String,
    sku: Option<String>,
    options: Vec<String>,
}

from_row!(Variant {
    id,
    sku,
    options: row,
});

impl From<Variant> for Named {
    fn from(Variant { id, sku, options }: Variant) -> Self {
        let name = match options.is_empty() {
            true => sku.unwrap_or_else(|| id.clone()),
            false => variant_title(&options),
        };
        Self { id, name }
    }
}

/// To lock all variants may take longer than other statements may.
pub async fn take_time(tx: &mut Tx, dialect: Dialect) -> Result<()> {
    if let Some(longer) = dialect.with_time_for_every_price() {
        sqlx::query(longer).execute(&mut **tx).await?;
    }
    Ok(())
}

pub async fn product(connection: &mut Connection, id: &str) -> Result<Option<LimitedProduct>> {
    let mut sql = Sql::new("SELECT id, title FROM products WHERE id = ");
    sql.text(id);
    let found = sql.fetch_optional_as(connection).await?;
    Ok(found.map(Fetched::it))
}

/// The variants of a product, in their order.
pub async fn variants(connection: &mut Connection, product_id: &str) -> Result<Vec<Named>> {
    let mut sql =
        Sql::new("SELECT id, sku, option1, option2, option3 FROM variants WHERE product_id = ");
    sql.text(product_id).push(" ORDER BY position, id");
    let variants: Vec<Variant> = sql.fetch_all_as(connection).await?;
    Ok(variants.into_iter().map(Named::from).collect())
}

/// The first products with limits, by their names.
pub async fn limited(connection: &mut Connection) -> Result<Vec<LimitedProduct>> {
    let mut sql = Sql::new(
        "SELECT p.id, p.title FROM products p WHERE p.id IN \
         (SELECT product_id FROM buyer_limits WHERE product_id IS NOT NULL \
          UNION SELECT v.product_id FROM buyer_limits l JOIN variants v ON v.id = l.variant_id \
          WHERE l.drop_id IS NULL) \
         ORDER BY p.title_key, p.id LIMIT ",
    );
    sql.push(LISTED);
    Ok(fetched::all(sql.fetch_all_as(connection).await?))
}
