//! Reading categories: all of them in their places, and what the page of one says.

use std::collections::HashMap;

use app::catalog::{
    categories::{CategoryText, CategoryTree, PlacedCategory},
    types::Facet,
};

use crate::{
    db::{Cost, Sql, from_row},
    error::Result,
    sale::seen::push_seen,
    store::Store,
    text::html::plain_text,
};

/// All categories, each with its own picture or that of its best seller.
pub async fn tree(db: &Store) -> Result<CategoryTree> {
    let best = |sql: &mut Sql| {
        sql.push("FROM products p WHERE p.category_id = c.id AND ");
        push_seen(sql, "p", db.now()).push(
            " AND p.picture_src IS NOT NULL \
             ORDER BY p.buyable DESC, p.sold DESC, p.created_at, p.id LIMIT 1",
        );
    };
    let mut sql = Sql::new(
        "SELECT c.id, c.slug, c.name, c.parent_id, c.is_filled, c.picture_src, c.picture_alt, \
         f.cut_out AS picture_cut_out, f.width AS picture_width, f.height AS picture_height FROM \
         (SELECT c.id, c.slug, c.name, c.parent_id, c.position, \
         COALESCE(c.picture_src, (SELECT p.picture_src ",
    );
    best(&mut sql);
    sql.push(")) AS picture_src, CASE WHEN c.picture_src IS NULL THEN (SELECT p.picture_alt ");
    best(&mut sql);
    sql.push(
        ") ELSE '' END AS picture_alt, CASE WHEN EXISTS \
         (SELECT 1 FROM products p WHERE p.category_id = c.id AND ",
    );
    push_seen(&mut sql, "p", db.now()).push(
        ") THEN 1 ELSE 0 END AS is_filled FROM categories c) c \
         LEFT JOIN picture_facts f ON f.src = c.picture_src ORDER BY c.position, c.name",
    );
    let all: Vec<PlacedCategory> = db.catalog().fetch_all_as(Cost::List, sql).await?;
    Ok(CategoryTree::new(all))
}

/// A category as its own page has it.
struct OfPage {
    id: String,
    description_html: String,
    picture_src: Option<String>,
}

from_row!(OfPage {
    id,
    description_html,
    picture_src,
});

/// What the page of a category says, with the category's id.
pub async fn text(db: &Store, slug: &str) -> Result<Option<(String, CategoryText)>> {
    let mut sql =
        Sql::new("SELECT id, description_html, picture_src FROM categories WHERE slug = ");
    sql.text(slug);
    let found: Option<OfPage> = db.catalog().fetch_optional_as(Cost::Rows, sql).await?;
    Ok(found.map(|page| {
        let text = CategoryText {
            description_text: plain_text(&page.description_html),
            description_html: page.description_html,
            picture_src: page.picture_src,
        };
        (page.id, text)
    }))
}

/// Where a category is now that had this address before.
pub async fn moved_to(db: &Store, slug: &str) -> Result<Option<String>> {
    let mut sql = Sql::new(
        "SELECT c.slug FROM category_slugs s JOIN categories c ON c.id = s.category_id \
         WHERE s.slug = ",
    );
    sql.text(slug);
    db.catalog().fetch_optional_value(Cost::Rows, sql).await
}

/// Condition on a product's category: it is the one at `slug`, or below it.
pub(super) fn push_within(sql: &mut Sql, slug: &str) {
    sql.push(
        "p.category_id IN (SELECT k.id FROM categories k \
         LEFT JOIN categories u ON u.id = k.parent_id \
         LEFT JOIN categories t ON t.id = u.parent_id WHERE k.slug = ",
    )
    .text(slug)
    .push(" OR u.slug = ")
    .text(slug)
    .push(" OR t.slug = ")
    .text(slug)
    .push(")");
}

/// The categories that hold some of a list's products in them or below them, in their order, from how
/// many are in each.
pub(super) async fn facets(db: &Store, counts: HashMap<String, i64>) -> Result<Vec<Facet>> {
    let sql = Sql::new(
        "SELECT id, slug, name, parent_id, NULL AS picture_src, 0 AS is_filled FROM categories \
         ORDER BY position, name",
    );
    let all: Vec<PlacedCategory> = db.catalog().fetch_all_as(Cost::List, sql).await?;
    let tree = CategoryTree::new(all);
    let mut sums = HashMap::<&str, i64>::new();
    for one in tree.iter() {
        let own = counts.get(&one.category.id).copied().unwrap_or_default();
        for category in tree.above(one).into_iter().chain([&one.category]) {
            *sums.entry(&category.id).or_default() += own;
        }
    }
    let facets = tree.iter().map(|one| Facet {
        value: one.category.slug.clone(),
        label: one.category.name.clone(),
        count: sums
            .get(one.category.id.as_str())
            .copied()
            .unwrap_or_default(),
    });
    Ok(facets.filter(|facet| facet.count > 0).collect())
}
