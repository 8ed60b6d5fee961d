//! Rows from before texts were folded: everything of them is found and sorted as if it were new.

use app::{identity::Role, orders::ports::OrderFilter};
use desk::admin::customers::types::CustomerFilter;
use server::{account::store, db::Dialect};

use super::{id, write};
use crate::{
    catalog_lists::titles,
    support::{Goods, START, TestShop},
};

on_both_old_databases!(12:
    what_was_stored_before_is_found_in_any_spelling,
    folding_goes_on_where_it_was_stopped,
);

const EMAIL: &str = "kim@exämple.de";

/// Products p1 to p4 with their words as the old index held them, an account, an order and a checkout.
fn rows(dialect: Dialect) -> Vec<String> {
    let mut all = vec![
        "INSERT INTO categories (id, slug, name) VALUES ('c1', 'ol-bader', 'Öl & Bäder')"
            .to_owned(),
    ];
    for (n, title) in ["Straße nach IŞIK", "apple", "Zoo", "Ärmel"]
        .into_iter()
        .enumerate()
    {
        let n = n + 1;
        all.push(format!(
            "INSERT INTO products (id, slug, title, vendor, description_html, description_text, \
             category_id, active, created_at, updated_at) VALUES ('p{n}', 'old-{n}', '{title}', \
             'Łódź {n}', '<p>Fluß <strong>{n}</strong>, soft.</p>', 'Fluß {n} , soft.', \
             'c1', 1, {START}, {START})"
        ));
        all.push(format!(
            "INSERT INTO variants (id, product_id, position, sku, price_minor) \
             VALUES ('v{n}', 'p{n}', 1, 'AB-0041{n}', 100)"
        ));
        all.push(format!(
            "INSERT INTO product_tags (product_id, tag) VALUES ('p{n}', 'größe {n}')"
        ));
    }
    if dialect == Dialect::Sqlite {
        all.push(
            "INSERT INTO products_search (rowid, title, vendor, category, tags, body) \
             SELECT seq, 'stra e outdated', '', '', '', '' FROM products WHERE id = 'p1'"
                .to_owned(),
        );
    }
    let (order, contact) = (id(1), r#"{"contact":{"email":"Kim@EXÄMPLE.de"}}"#);
    all.extend([
        format!(
            "INSERT INTO accounts (id, email, name, password_hash, role, created_at, verified_at) \
             VALUES ('{}', '{EMAIL}', 'Özil Änne', 'x', 'customer', {START}, {START})",
            id(2)
        ),
        format!(
            "INSERT INTO orders (id, number, token, checkout_key, cart_id, email, status, currency, \
             subtotal_minor, shipping_minor, tax_minor, total_minor, shipping_method, \
             payment_method, created_at, updated_at) VALUES ('{order}', 'HF-1', 't', 'k', 'c', \
             'KIM@EXÄMPLE.de', 'paid', 'EUR', 100, 0, 0, 100, 'pickup', 'cash_on_delivery', \
             {START}, {START})"
        ),
        format!(
            "INSERT INTO order_addresses (order_id, name, address_line1, postal_code, city, country) \
             VALUES ('{order}', 'ÖZIL ÄNNE', 'Quay 7', '20457', 'Hamburg', 'DE')"
        ),
        format!(
            "INSERT INTO payments (id, order_id, provider, status, amount_minor, created_at, \
             updated_at) VALUES ('pay', '{order}', 'cash_on_delivery', 'due', 100, {START}, {START})"
        ),
        format!(
            "INSERT INTO order_lines (order_id, position, product_slug, title, unit_price_minor, \
             quantity) VALUES ('{order}', 0, 'gone', 'Œuvre', 100, 1)"
        ),
        format!(
            "INSERT INTO carts (id, token_hash, created_at, expires_at) \
             VALUES ('c', 'h', {START}, {START} + 1)"
        ),
        format!(
            "INSERT INTO checkouts (cart_id, checkout_key, draft, updated_at) \
             VALUES ('c', 'kk', '{contact}', {START})"
        ),
    ]);
    all
}

async fn what_was_stored_before_is_found_in_any_spelling(shop: TestShop) {
    let db = shop.db();
    write(db, &rows(db.dialect())).await;
    db.migrate()
        .await
        .expect("the database is brought up to date");

    for text in [
        "strasse",
        "ışık",
        "lodz 1",
        "fluss 1",
        "groesse 1",
        "411",
        "ab00411",
        "öl stras",
    ] {
        assert_eq!(
            titles(&shop, &[("q", text)]).await,
            ["Straße nach IŞIK"],
            "{text}"
        );
    }
    assert_eq!(titles(&shop, &[("q", "outdated")]).await, [""; 0]);
    let sorted = ["apple", "Ärmel", "Straße nach IŞIK", "Zoo"];
    assert_eq!(titles(&shop, &[("sort", "name")]).await, sorted);

    for text in ["özil änne", "ÖZIL", "kim@EXÄMPLE.de"] {
        let filter = OrderFilter {
            text: Some(text.to_owned()),
            ..OrderFilter::default()
        };
        assert_eq!(
            shop.shop().orders.list(&filter).await.unwrap().found.count,
            1,
            "{text}"
        );
        let filter = CustomerFilter {
            text: Some(text.to_owned()),
            ..CustomerFilter::default()
        };
        let customers = shop.shop().customers.list(&filter).await.unwrap().rows;
        assert_eq!((customers.len(), customers[0].orders), (1, 1), "{text}");
    }
    let filter = OrderFilter {
        product: Some("œuvre".to_owned()),
        ..OrderFilter::default()
    };
    assert_eq!(
        shop.shop().orders.list(&filter).await.unwrap().found.count,
        1
    );
    let read = "SELECT COUNT(*) AS n FROM products WHERE description_text = 'Fluß ' || \
         SUBSTR(id, 2) || ', soft.'";
    assert_eq!(shop.number(read).await, 4, "words are read as today");
    let kim = store::by_id(db, &id(2)).await.unwrap().unwrap();
    assert_eq!(kim.role, Role::Customer);
    let own = shop.shop().own_orders.list(&kim, 1).await.unwrap();
    assert_eq!(own.total, 1, "a guest's order of the same address");
    let checkouts = format!("SELECT COUNT(*) AS n FROM carts WHERE email_key = '{EMAIL}'");
    assert_eq!(shop.number(&checkouts).await, 1);

    shop.stock(Goods::named("Soap").category("ÖL & BÄDER"))
        .await;
    assert_eq!(shop.number("SELECT COUNT(*) AS n FROM categories").await, 1);
    assert_eq!(titles(&shop, &[("category", "ol-bader")]).await.len(), 5);
}

async fn folding_goes_on_where_it_was_stopped(shop: TestShop) {
    let db = shop.db();
    write(db, &rows(db.dialect())).await;
    db.migrate()
        .await
        .expect("the database is brought up to date");
    let with_key = "SELECT COUNT(*) AS n FROM products WHERE title_key <> ''";
    assert_eq!(shop.number(with_key).await, 4);

    // Done is done: nothing is written again.
    shop.execute("UPDATE products SET title_key = ''").await;
    db.migrate().await.unwrap();
    assert_eq!(shop.number(with_key).await, 0);

    // Stopped behind p2: the rest is written.
    shop.execute("UPDATE folded_keys SET done = 0, after_id = 'p2' WHERE kind = 'products'")
        .await;
    db.migrate().await.unwrap();
    assert_eq!(shop.number(with_key).await, 2);

    // Another folding than the present one is begun from the first row, also one that was stopped.
    shop.execute("UPDATE folded_keys SET version = 0, done = 0, after_id = 'p2'")
        .await;
    db.migrate().await.unwrap();
    assert_eq!(shop.number(with_key).await, 4);
    let open = "SELECT COUNT(*) AS n FROM folded_keys WHERE done = 0 OR version = 0";
    assert_eq!(shop.number(open).await, 0);
}
