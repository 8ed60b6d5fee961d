//! The order of lists, and their pages.

use super::{query, titles};
use crate::support::{DAY, Goods, TestShop, cash, on_both_databases};

on_both_databases!(
    each_sort_has_its_order,
    featured_is_what_is_in_stock_then_what_sells_then_what_is_new,
    pages_are_whole_and_do_not_overlap,
);

async fn each_sort_has_its_order(shop: TestShop) {
    let mut stocked = Vec::new();
    for (title, price) in [("cherry", 300), ("Apple", 200), ("banana", 100)] {
        shop.clock.advance(DAY);
        stocked.push(shop.stock(Goods::named(title).price(price)).await);
    }
    shop.buy(&[(stocked[1].variant(), 2)], cash())
        .await
        .1
        .unwrap();
    shop.buy(&[(stocked[2].variant(), 1)], cash())
        .await
        .1
        .unwrap();
    shop.services.run_maintenance().await;
    for (sort, order) in [
        ("newest", ["banana", "Apple", "cherry"]),
        ("price-up", ["banana", "Apple", "cherry"]),
        ("price-down", ["cherry", "Apple", "banana"]),
        ("name", ["Apple", "banana", "cherry"]),
        ("best-selling", ["Apple", "banana", "cherry"]),
        ("featured", ["Apple", "banana", "cherry"]),
        // As it was called before, and still is in searches.
        ("relevance", ["Apple", "banana", "cherry"]),
    ] {
        assert_eq!(titles(&shop, &[("sort", sort)]).await, order, "{sort}");
    }
}

async fn featured_is_what_is_in_stock_then_what_sells_then_what_is_new(shop: TestShop) {
    let mut stocked = Vec::new();
    for (title, units) in [("Anchor", 3), ("Buoy", 9), ("Cleat", 9), ("Dinghy", 9)] {
        shop.clock.advance(DAY);
        let goods = Goods::named(title).price(100).units(units);
        stocked.push(shop.stock(goods).await);
    }
    shop.buy(&[(stocked[0].variant(), 3)], cash())
        .await
        .1
        .unwrap();
    shop.buy(&[(stocked[1].variant(), 1)], cash())
        .await
        .1
        .unwrap();
    shop.services.run_maintenance().await;
    let found = titles(&shop, &[]).await;
    assert_eq!(found, ["Buoy", "Dinghy", "Cleat", "Anchor"]);
}

async fn pages_are_whole_and_do_not_overlap(shop: TestShop) {
    // All alike, so that only the tie-break orders them.
    let goods = (0..60)
        .map(|n| Goods::named(&format!("Thing {n:02}")))
        .collect();
    shop.stock_all(goods).await;
    for sort in [
        "featured",
        "newest",
        "price-up",
        "price-down",
        "name",
        "best-selling",
    ] {
        let mut seen = Vec::new();
        for page in ["1", "2", "3"] {
            let page = query(&[("sort", sort), ("page", page)]);
            let list = shop.shop().catalog.list(&page).await.unwrap();
            assert_eq!(
                (list.total, list.pages, list.page),
                (60, 3, page.page),
                "{sort}"
            );
            seen.extend(list.products.iter().map(|card| card.id.clone()));
        }
        assert_eq!(seen.len(), 60, "{sort}");
        seen.sort();
        seen.dedup();
        assert_eq!(seen.len(), 60, "{sort} repeats nothing");
    }
    for page in ["4", "10000"] {
        let list = shop
            .shop()
            .catalog
            .list(&query(&[("page", page)]))
            .await
            .unwrap();
        assert_eq!((list.products.len(), list.total), (0, 60));
    }
}
