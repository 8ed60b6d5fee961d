//! The product table: filters, orders, and pages that hold still under edits.

use desk::admin::{
    product_filter::{Cursor, ProductFilter, ProductSort, StockState},
    products::{ports::ProductAdmin, types::ProductChange},
};

use crate::{
    settings::set,
    support::{Goods, TestShop, cash, on_both_databases},
};

on_both_databases!(
    every_order_goes_through_all_products_and_back,
    an_edit_in_between_shows_no_product_twice_and_skips_none,
    the_table_sorts_by_stock_status_and_category_and_follows_orders_and_names,
    filters_narrow_the_table,
    a_cursor_that_means_nothing_does_no_harm,
);

async fn titles(shop: &TestShop, filter: &ProductFilter) -> Vec<String> {
    let table = shop.services.admin.products(filter).await.unwrap();
    table.rows.into_iter().map(|row| row.title).collect()
}

async fn shelf(shop: &TestShop) {
    let goods = (0..60)
        // Many at one price and with one title: the id tells them apart.
        .map(|n| Goods::named(&format!("Thing {:02}", n / 2)).slug(&format!("thing-{n}")))
        .map(|goods| goods.vendor("Works"))
        .collect();
    shop.stock_all(goods).await;
}

async fn every_order_goes_through_all_products_and_back(shop: TestShop) {
    shelf(&shop).await;
    for sort in ProductSort::ALL {
        for text in [None, Some("thing".to_owned())] {
            let mut filter = ProductFilter {
                sort,
                text: text.clone(),
                ..ProductFilter::default()
            };
            let mut seen = Vec::new();
            let mut pages = Vec::new();
            loop {
                let table = shop.services.admin.products(&filter).await.unwrap();
                assert_eq!((table.total, table.has_more_than_counted), (60, false));
                let ids: Vec<String> = table.rows.iter().map(|row| row.id.clone()).collect();
                pages.push((ids.clone(), table.before.clone()));
                seen.extend(ids);
                match table.after {
                    Some(after) => filter.cursor = Some(Cursor::After(after)),
                    None => break,
                }
            }
            let mut once = seen.clone();
            once.sort();
            once.dedup();
            assert_eq!(
                (seen.len(), once.len(), pages.len()),
                (60, 60, 3),
                "{sort:?}"
            );
            let (_, before) = pages[2].clone();
            filter.cursor = before.map(Cursor::Before);
            let back = shop.services.admin.products(&filter).await.unwrap();
            let ids: Vec<String> = back.rows.into_iter().map(|row| row.id).collect();
            assert_eq!(ids, pages[1].0, "{sort:?}");
            assert!(back.before.is_some() && back.after.is_some());
            assert_eq!(pages[0].1, None, "there is nothing before the first page");
        }
    }
}

async fn an_edit_in_between_shows_no_product_twice_and_skips_none(shop: TestShop) {
    shelf(&shop).await;
    let actor = shop.admin().await;
    let admin = &shop.services.admin;
    let mut filter = ProductFilter {
        sort: ProductSort::Title,
        ..ProductFilter::default()
    };
    let first = admin.products(&filter).await.unwrap();
    admin
        .delete_product(&actor, &first.rows[0].id)
        .await
        .unwrap();
    let moved = ProductChange {
        title: Some("Aaa".to_owned()),
        ..ProductChange::default()
    };
    admin
        .update_product(&actor, &first.rows[20].id, moved)
        .await
        .unwrap();
    filter.cursor = first.after.map(Cursor::After);
    let second = admin.products(&filter).await.unwrap();
    assert_eq!(second.rows[0].title, "Thing 12");
    let known = |id: &String| first.rows.iter().any(|row| row.id == *id);
    assert!(!second.rows.iter().any(|row| known(&row.id)));
    assert_eq!(second.rows.len(), 25);
}

async fn the_table_sorts_by_stock_status_and_category_and_follows_orders_and_names(shop: TestShop) {
    let stocked = shop
        .stock_all(vec![
            Goods::named("Boot").category("Shoes").units(9),
            Goods::named("Sandal").category("Shoes").units(2).inactive(),
            Goods::named("Rope").category("Deck").units(5),
            Goods::named("Anchor").units(7),
        ])
        .await;
    let by = async |sort| {
        let filter = ProductFilter {
            sort,
            ..ProductFilter::default()
        };
        titles(&shop, &filter).await.join(" ")
    };
    assert_eq!(by(ProductSort::StockUp).await, "Sandal Rope Anchor Boot");
    assert_eq!(by(ProductSort::StockDown).await, "Boot Anchor Rope Sandal");
    assert_eq!(by(ProductSort::Status).await, "Anchor Rope Boot Sandal");
    assert_eq!(by(ProductSort::Category).await, "Anchor Rope Boot Sandal");
    // What staff books is there at once.
    shop.set_units(&stocked[2], 1).await;
    assert_eq!(by(ProductSort::StockUp).await, "Rope Sandal Anchor Boot");
    // What orders take, and what a category is called, with the next maintenance.
    shop.bought(&[(stocked[0].variant(), 9)], cash()).await;
    shop.execute("UPDATE categories SET name = 'Yards', name_key = 'yards' WHERE name = 'Deck'")
        .await;
    shop.services.run_maintenance().await;
    assert_eq!(by(ProductSort::StockUp).await, "Boot Rope Sandal Anchor");
    assert_eq!(by(ProductSort::Category).await, "Anchor Boot Sandal Rope");
}

async fn filters_narrow_the_table(shop: TestShop) {
    shop.stock_all(vec![
        Goods::named("Boot")
            .category("Shoes")
            .tags(&["winter", "new"])
            .vendor("Works & Co")
            .units(9),
        Goods::named("Sandal")
            .category("Shoes")
            .tags(&["summer"])
            .units(2)
            .inactive(),
        Goods::named("Rope").sku("RP-1%").units(0),
    ])
    .await;
    let found = async |change: fn(&mut ProductFilter)| {
        let mut filter = ProductFilter {
            sort: ProductSort::Title,
            ..ProductFilter::default()
        };
        change(&mut filter);
        titles(&shop, &filter).await.join(" ")
    };
    let text = |text: &str| Some(text.to_owned());
    let _ = text;
    assert_eq!(found(|_| {}).await, "Boot Rope Sandal");
    assert_eq!(found(|f| f.active = Some(false)).await, "Sandal");
    assert_eq!(
        found(|f| f.category = Some("Shoes".into())).await,
        "Boot Sandal"
    );
    assert_eq!(found(|f| f.category = Some("None".into())).await, "");
    assert_eq!(found(|f| f.tag = Some("winter".into())).await, "Boot");
    assert_eq!(
        found(|f| f.vendor = Some("Works & Co".into())).await,
        "Boot"
    );
    assert_eq!(found(|f| f.stock = Some(StockState::SoldOut)).await, "Rope");
    assert_eq!(found(|f| f.stock = Some(StockState::Low)).await, "Sandal");
    let admin = shop.admin().await;
    for (low_stock, low) in [("9", "Boot Sandal"), ("1", ""), ("0", "")] {
        set(&shop, &admin, |form| form.low_stock = low_stock.to_owned()).await;
        let found = found(|f| f.stock = Some(StockState::Low)).await;
        assert_eq!(found, low, "{low_stock}");
    }
    assert_eq!(
        found(|f| f.stock = Some(StockState::InStock)).await,
        "Boot Sandal"
    );
    assert_eq!(found(|f| f.text = Some("BOO".into())).await, "Boot");
    assert_eq!(found(|f| f.text = Some("rp-1".into())).await, "Rope");
    assert_eq!(found(|f| f.text = Some("shoes san".into())).await, "Sandal");
    assert_eq!(
        found(|f| f.text = Some("%".into())).await,
        "",
        "punctuation finds nothing"
    );
    assert_eq!(
        found(|f| {
            f.text = Some("shoes".into());
            f.active = Some(true);
            f.tag = Some("new".into());
        })
        .await,
        "Boot"
    );
}

async fn a_cursor_that_means_nothing_does_no_harm(shop: TestShop) {
    shop.stock(Goods::named("Rope")).await;
    for sort in ProductSort::ALL {
        for text in [None, Some("rope".to_owned())] {
            for at in ["", "~", "x", "a~b", "9223372036854775808~x", "';--"] {
                for cursor in [Cursor::After(at.to_owned()), Cursor::Before(at.to_owned())] {
                    let filter = ProductFilter {
                        sort,
                        text: text.clone(),
                        cursor: Some(cursor),
                        ..ProductFilter::default()
                    };
                    assert!(titles(&shop, &filter).await.len() <= 1);
                }
            }
        }
    }
}
