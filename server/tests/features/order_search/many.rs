//! So many orders that a list is read page by page.

use app::{
    answers::Cursor,
    orders::{
        ports::{OrderFilter, OrderSort},
        types::Order,
    },
};
use desk::admin::search::ports::AdminSearch;
use server::{
    admin::search::SearchService,
    db::{Get, Sql},
    ids::new_id,
    orders::{search::fill, sums},
};

use super::{INDEXED, WAITING, of, rope};
use crate::support::{HOUR, TestShop, on_both_databases};

on_both_databases!(
    many_orders_are_sorted_by_total_indexed_or_not,
    a_part_that_very_many_orders_have_is_found_page_by_page,
    the_search_of_the_back_office_looks_through_all_orders,
);

/// As many orders as this, newer by a second each, with totals that repeat.
pub(super) async fn crowd(shop: &TestShop, like: &Order, orders: i64) {
    let mut tx = shop.db().begin().await.unwrap();
    let rest = "currency, units, shipping_minor, tax_minor, payment_method, payment_status, shipping_method, \
                email, email_key, search_key, name, address_line1, postal_code, city, country, updated_at, status";
    let numbers = format!(
        "WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < {orders})"
    );
    let id = &like.id;
    let prefix = new_id();
    for sql in [
        format!(
            "INSERT INTO orders (id, number, token, checkout_key, cart_id, subtotal_minor, total_minor, created_at, {rest}) \
             {numbers} SELECT '{prefix}' || n, 'N' || n, 't' || n, 'k' || n, o.cart_id, 1000 + n % 97, 1000 + n % 97, \
             o.created_at + n * 1000, {rest} FROM numbers CROSS JOIN orders o WHERE o.id = '{id}'"
        ),
        format!(
            "INSERT INTO order_lines (order_id, position, variant_id, product_slug, title, unit_price_minor, quantity, \
             taken, created_at) {numbers} SELECT '{prefix}' || n, l.position, NULL, l.product_slug, l.title, \
             1000 + n % 97, l.quantity, 0, l.created_at FROM numbers CROSS JOIN order_lines l WHERE l.order_id = '{id}'"
        ),
    ] {
        Sql::new(&sql).execute(&mut *tx).await.unwrap();
    }
    tx.commit().await.unwrap();
    // As the audit after the test wants them.
    sums::correct(shop.db(), shop.now()).await.unwrap();
}

/// The first pages of a list from where it begins.
async fn pages(shop: &TestShop, filter: &OrderFilter) -> Vec<(i64, i64, String)> {
    let orders = &shop.shop().orders;
    let mut all = Vec::new();
    let mut cursor = None;
    for _ in 0..4 {
        let filter = OrderFilter {
            cursor,
            ..filter.clone()
        };
        let page = orders.list(&filter).await.unwrap();
        let rows = page.rows.iter();
        all.extend(rows.map(|row| (row.total_minor, row.created_at, row.id.clone())));
        cursor = page.after.map(Cursor::After);
        if cursor.is_none() {
            break;
        }
    }
    all
}

async fn many_orders_are_sorted_by_total_indexed_or_not(shop: TestShop) {
    let rope = rope(&shop).await;
    let first = of(&shop, &rope, "Kim Marten", "kim@example.com").await;
    crowd(&shop, &first, 10_100).await;
    let rows = Sql::new(
        "SELECT total_minor, created_at, id FROM orders ORDER BY total_minor, created_at, id",
    );
    let rows = rows.fetch_all(shop.db().reader()).await.unwrap();
    let rows = rows.iter().map(|row| {
        (
            row.int("total_minor").unwrap(),
            row.int("created_at").unwrap(),
            row.text("id").unwrap(),
        )
    });
    let lowest: Vec<_> = rows.collect();
    let highest: Vec<_> = lowest.iter().rev().cloned().collect();
    let sorted = |sort| OrderFilter {
        sort,
        ..OrderFilter::default()
    };
    // None is indexed, some are, all are.
    for runs in 0..3 {
        if runs == 1 {
            // A batch at a time while so many seem to have been placed just now.
            fill::fill(shop.db(), first.created_at).await.unwrap();
            assert!(shop.number(WAITING).await > 0 && shop.number(INDEXED).await > 0);
        } else if runs == 2 {
            fill::fill(shop.db(), shop.now() + 24 * HOUR).await.unwrap();
            assert_eq!(shop.number(WAITING).await, 0);
        }
        let found = pages(&shop, &sorted(OrderSort::Lowest)).await;
        assert_eq!(found, lowest[..100], "{runs}");
        let found = pages(&shop, &sorted(OrderSort::Highest)).await;
        assert_eq!(found, highest[..100], "{runs}");
        // Few of them: each is sorted.
        let few = OrderFilter {
            until: Some(first.created_at + 60_000),
            ..sorted(OrderSort::Highest)
        };
        let found = pages(&shop, &few).await;
        let wanted = highest
            .iter()
            .filter(|(_, at, _)| *at < first.created_at + 60_000);
        assert_eq!(found, wanted.cloned().collect::<Vec<_>>());
    }
}

async fn a_part_that_very_many_orders_have_is_found_page_by_page(shop: TestShop) {
    let rope = rope(&shop).await;
    let first = of(&shop, &rope, "Kim Marten", "kim@example.com").await;
    crowd(&shop, &first, 10_100).await;
    fill::fill(shop.db(), shop.now() + 24 * HOUR).await.unwrap();
    for sort in [OrderSort::Newest, OrderSort::Highest] {
        let all = OrderFilter {
            sort,
            ..OrderFilter::default()
        };
        let of_part = OrderFilter {
            text: Some("marten".to_owned()),
            ..all.clone()
        };
        assert_eq!(pages(&shop, &of_part).await, pages(&shop, &all).await);
        let page = shop.shop().orders.list(&of_part).await.unwrap();
        assert_eq!(page.found.words(), "999+");
    }
}

async fn the_search_of_the_back_office_looks_through_all_orders(shop: TestShop) {
    let rope = rope(&shop).await;
    let oldest = of(&shop, &rope, "Zoe Quax", "quax@example.com").await;
    crowd(
        &shop,
        &of(&shop, &rope, "Kim Marten", "kim@example.com").await,
        2100,
    )
    .await;
    let search = SearchService::new(shop.db().clone());
    for is_indexed in [false, true] {
        if is_indexed {
            fill::fill(shop.db(), shop.now() + 24 * HOUR).await.unwrap();
        }
        let found = search.matches("quax").await.unwrap();
        let orders: Vec<_> = found.orders.iter().map(|order| &order.id).collect();
        assert_eq!(orders, [&oldest.id]);
        let emails: Vec<_> = found.customers.iter().map(|one| &one.email).collect();
        assert_eq!(emails, ["quax@example.com"]);
    }
}
