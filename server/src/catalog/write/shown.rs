//! What cards show of a product besides its first picture: a second one, and the colours it is sold in.

use app::catalog::colours::OPTION_KEYS;

use crate::{
    catalog::read::filter::value_of,
    db::{Dialect, Sql, Tx},
    error::Result,
};

/// Most colours that are kept of a product: a card shows fewer.
const MOST: usize = 24;

/// Brings it in line with the pictures, options and variants. The products are locked by the caller, or
/// new, and their first pictures are known.
pub(super) async fn refresh_shown(tx: &mut Tx, dialect: Dialect, ids: &[String]) -> Result<()> {
    let list = match dialect {
        Dialect::Sqlite => "json_group_array(json_array(c.value, c.src))",
        Dialect::Postgres => {
            "json_agg(json_build_array(c.value, c.src) ORDER BY c.place, c.value)::text"
        }
    };
    let keys = OPTION_KEYS.map(|key| format!("'{key}'")).join(", ");
    let mut sql = Sql::new(
        "UPDATE products SET \
         second_src = (SELECT i.src FROM pictures i WHERE i.product_id = products.id \
           AND i.src <> products.picture_src ORDER BY i.position, i.id LIMIT 1), \
         colours = COALESCE((SELECT ",
    );
    sql.push(list)
        .push(" FROM (SELECT ")
        .push(value_of("o", "v"))
        .push(
            " AS value, MIN(v.picture_src) AS src, MIN(v.position) AS place \
             FROM product_options o JOIN variants v ON v.product_id = o.product_id \
             WHERE o.product_id = products.id AND o.key IN (",
        )
        .push(keys)
        .push(") GROUP BY 1 ORDER BY 3, 1 LIMIT ")
        .push(MOST)
        .push(") c), '[]') WHERE id")
        .push(dialect.in_json_array(1));
    sql.bind_only(serde_json::to_string(ids)?)
        .execute(&mut **tx)
        .await?;
    Ok(())
}
