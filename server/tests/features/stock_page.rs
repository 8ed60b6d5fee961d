//! The page of stock: its tabs and pages, what open orders hold, and one save for all of its rows.

use app::{error::ErrorKind, identity::Role};
use desk::admin::{
    product_filter::Cursor,
    stock::{
        filter::{StockFilter, StockSort, StockTab},
        ports::StockAdmin,
        types::{StockRowForm, StockTable},
    },
};

use crate::support::{ADMIN, Goods, STAFF, Stocked, TestShop, cash, on_both_databases};

on_both_databases!(
    tabs_are_counted_and_hold_what_they_say,
    every_variant_is_on_one_page_whichever_way_they_are_sorted,
    units_that_wait_for_their_parcel_are_held,
    a_page_is_saved_at_once_with_its_reason,
    a_row_that_has_changed_keeps_all_others_from_being_saved,
    a_delivery_smaller_than_what_is_owed_comes_in,
    an_adjustment_that_is_sent_twice_is_booked_once,
    what_nobody_counts_is_not_booked,
    a_refused_page_comes_back_as_typed_and_can_be_saved,
    prices_are_the_admins,
);

async fn table(shop: &TestShop, filter: &StockFilter) -> StockTable {
    shop.shop().stock.stock(filter, &[]).await.unwrap()
}

fn titles(table: &StockTable) -> Vec<&str> {
    table.rows.iter().map(|row| row.title.as_str()).collect()
}

fn row(product: &Stocked, units: &str, units_was: &str) -> StockRowForm {
    StockRowForm {
        variant_id: product.variant().to_owned(),
        units: units.to_owned(),
        units_was: units_was.to_owned(),
        ..StockRowForm::default()
    }
}

async fn untrack(shop: &TestShop, product: &Stocked) {
    let id = product.variant();
    shop.execute(&format!(
        "UPDATE variants SET tracked = 0 WHERE id = '{id}'"
    ))
    .await;
    // Its card follows.
    shop.set_units(product, 0).await;
}

async fn tabs_are_counted_and_hold_what_they_say(shop: TestShop) {
    shop.stock(Goods::named("Gone rope").units(0)).await;
    shop.stock(Goods::named("Rare rope").units(2)).await;
    shop.stock(Goods::named("Rope").units(500)).await;
    let pattern = shop.stock(Goods::named("Pattern").units(0)).await;
    untrack(&shop, &pattern).await;
    for (tab, held) in [
        (None, vec!["Pattern", "Rope", "Rare rope", "Gone rope"]),
        (Some(StockTab::SoldOut), vec!["Gone rope"]),
        (Some(StockTab::Low), vec!["Rare rope"]),
        (Some(StockTab::InStock), vec!["Rope", "Rare rope"]),
        (Some(StockTab::Untracked), vec!["Pattern"]),
    ] {
        let table = table(&shop, &StockFilter::default().in_tab(tab)).await;
        assert_eq!(titles(&table), held, "{tab:?}");
        let counts: Vec<_> = table.tallies.iter().map(|tally| tally.count).collect();
        assert_eq!(counts, [4, 1, 1, 2, 1], "of all, whichever is looked at");
    }
    let rare = StockFilter {
        text: Some("rare".to_owned()),
        ..StockFilter::default()
    };
    let found = table(&shop, &rare).await;
    assert_eq!(titles(&found), ["Rare rope"]);
    let counts: Vec<_> = found.tallies.iter().map(|tally| tally.count).collect();
    assert_eq!(counts, [1, 0, 1, 1, 0], "of what is searched for");
}

async fn every_variant_is_on_one_page_whichever_way_they_are_sorted(shop: TestShop) {
    let goods = (0..40)
        .map(|n| {
            let goods = Goods::named(&format!("Rope ~ {}", n % 7)).slug(&format!("rope-{n}"));
            goods.options(
                ["Length"],
                &[(["5 m"], 100, n), (["9 m"], 100, 3), (["20 m"], 100, 80)],
            )
        })
        .collect();
    shop.stock_all(goods).await;
    for sort in StockSort::ALL {
        let mut filter = StockFilter::default().sorted(sort);
        let (mut seen, mut pages) = (Vec::new(), Vec::new());
        loop {
            let shown = table(&shop, &filter).await;
            assert!(shown.rows.len() <= 50);
            let ids: Vec<_> = shown.rows.iter().map(|r| r.variant_id.clone()).collect();
            seen.extend(shown.rows.clone());
            pages.push(ids);
            match shown.after {
                Some(after) => filter = filter.at(Some(Cursor::After(after))),
                None => {
                    let before = shown.before.expect("there is a way back");
                    filter = filter.at(Some(Cursor::Before(before)));
                    break;
                }
            }
        }
        assert_eq!(pages.len(), 3, "{sort:?}");
        let back = table(&shop, &filter).await;
        let back: Vec<_> = back.rows.into_iter().map(|r| r.variant_id).collect();
        assert_eq!(back, pages[1], "{sort:?}");
        let units: Vec<_> = seen.iter().map(|row| row.stock).collect();
        match sort {
            StockSort::Fewest => assert!(units.is_sorted()),
            StockSort::Most => assert!(units.iter().rev().is_sorted()),
            StockSort::Title => assert!(seen.iter().map(|row| &row.title).is_sorted()),
            StockSort::Newest => {}
        }
        let mut ids: Vec<_> = seen.into_iter().map(|row| row.variant_id).collect();
        ids.sort();
        ids.dedup();
        assert_eq!(ids.len(), 120, "{sort:?}");
    }
    let strange = StockFilter::default().at(Some(Cursor::After("x".to_owned())));
    assert_eq!(table(&shop, &strange).await.rows.len(), 50);
}

async fn units_that_wait_for_their_parcel_are_held(shop: TestShop) {
    let rope = shop.stock(Goods::named("Rope").units(10)).await;
    let lamp = shop.stock(Goods::named("Lamp").units(10)).await;
    let first = shop.bought(&[(rope.variant(), 3)], cash()).await;
    shop.bought(&[(rope.variant(), 2)], cash()).await;
    let shown = table(&shop, &StockFilter::default()).await;
    assert_eq!(shown.held.get(rope.variant()), Some(&5));
    assert_eq!(shown.held.get(lamp.variant()), None);
    assert_eq!(shop.units(rope.variant()).await, 5, "they are not for sale");
    let actor = shop.admin().await;
    shop.shop().orders.cancel(&actor, &first.id).await.unwrap();
    let shown = table(&shop, &StockFilter::default()).await;
    assert_eq!(shown.held.get(rope.variant()), Some(&2));
}

async fn a_page_is_saved_at_once_with_its_reason(shop: TestShop) {
    let rope = shop.stock(Goods::named("Rope").units(10).price(1000)).await;
    let lamp = shop.stock(Goods::named("Lamp").units(4)).await;
    let boot = shop.stock(Goods::named("Boot").units(7)).await;
    let actor = shop.admin().await;
    let mut counted = row(&rope, "12", "10");
    (counted.price, counted.price_was) = ("12.50".to_owned(), "10.00".to_owned());
    let rows = vec![counted, row(&lamp, "-1", "4"), row(&boot, "", "7")];
    let stock = &shop.shop().stock;
    let saved = stock.save_rows(&actor, rows, "Delivered", "").await;
    assert_eq!(saved.unwrap().changed, 2);
    for (product, units) in [(&rope, 12), (&lamp, 3), (&boot, 7)] {
        assert_eq!(shop.units(product.variant()).await, units);
    }
    let row = stock.stock_of(rope.variant()).await.unwrap();
    assert_eq!(row.price_minor, 1250);
    let booked = "SELECT COUNT(*) AS n FROM stock_movements WHERE note = 'Delivered'";
    assert_eq!(shop.number(booked).await, 2);
    let logged = "SELECT COUNT(*) AS n FROM audit_entries WHERE action = 'stock.adjust'";
    assert_eq!(shop.number(logged).await, 2);
    let priced = "SELECT COUNT(*) AS n FROM audit_entries WHERE action = 'product.update'";
    assert_eq!(shop.number(priced).await, 1);
}

async fn a_row_that_has_changed_keeps_all_others_from_being_saved(shop: TestShop) {
    let rope = shop.stock(Goods::named("Rope").units(10).price(1000)).await;
    let lamp = shop.stock(Goods::named("Lamp").units(4)).await;
    let actor = shop.admin().await;
    let stock = &shop.shop().stock;
    shop.bought(&[(rope.variant(), 1)], cash()).await;
    let mut overtaken = row(&rope, "12", "10");
    (overtaken.price, overtaken.price_was) = ("12.50".to_owned(), "9.00".to_owned());
    let rows = vec![row(&lamp, "+1", "4"), overtaken];
    let refused = stock.save_rows(&actor, rows, "Counted", "").await;
    let refused = refused.unwrap_err();
    assert_eq!(refused.kind, ErrorKind::Conflict);
    let fields: Vec<_> = refused.fields.iter().map(|f| f.field.as_str()).collect();
    assert_eq!(fields, ["rows[1][price]", "rows[1][units]"]);
    assert!(refused.fields[1].message.contains("In stock now: 9"));
    assert_eq!(shop.units(lamp.variant()).await, 4, "nothing is saved");
    // A change is booked whatever there is by now.
    let rows = vec![row(&lamp, "+1", "4"), row(&rope, "-2", "10")];
    stock.save_rows(&actor, rows, "Lost", "").await.unwrap();
    assert_eq!(shop.units(lamp.variant()).await, 5);
    assert_eq!(shop.units(rope.variant()).await, 7);
    let rows = vec![row(&lamp, "+1", ""), row(&rope, "-8", "")];
    let refused = stock.save_rows(&actor, rows, "Lost", "").await;
    assert_eq!(refused.unwrap_err().fields[0].field, "rows[1][units]");
    assert_eq!(shop.units(lamp.variant()).await, 5);
    let unknown = StockRowForm {
        variant_id: "x".to_owned(),
        units: "5".to_owned(),
        ..StockRowForm::default()
    };
    let refused = stock.save_rows(&actor, vec![unknown.clone()], "Lost", "");
    assert_eq!(refused.await.unwrap_err().kind, ErrorKind::Conflict);
    let many = vec![unknown; 101];
    let refused = stock.save_rows(&actor, many, "Lost", "").await;
    assert_eq!(refused.unwrap_err().kind, ErrorKind::Invalid);
}

async fn a_delivery_smaller_than_what_is_owed_comes_in(shop: TestShop) {
    let rope = shop.stock(Goods::named("Rope").units(1)).await;
    let (id, actor) = (rope.variant(), shop.admin().await);
    shop.execute(&format!(
        "UPDATE variants SET backorder_limit = 5 WHERE id = '{id}'"
    ))
    .await;
    shop.bought(&[(id, 6)], cash()).await;
    assert_eq!(shop.units(id).await, -5);
    let stock = &shop.shop().stock;
    let delivered = vec![row(&rope, "+3", "-5")];
    let saved = stock.save_rows(&actor, delivered, "Delivered", "").await;
    assert_eq!(saved.unwrap().changed, 1);
    assert_eq!(shop.units(id).await, -2);
    let lost = stock.save_rows(&actor, vec![row(&rope, "-4", "-2")], "Lost", "");
    assert_eq!(lost.await.unwrap_err().fields[0].field, "rows[0][units]");
    assert_eq!(shop.units(id).await, -2, "no more is owed than may be");
}

async fn an_adjustment_that_is_sent_twice_is_booked_once(shop: TestShop) {
    let rope = shop.stock(Goods::named("Rope").units(10)).await;
    let lamp = shop.stock(Goods::named("Lamp").units(4)).await;
    let actor = shop.admin().await;
    let key = table(&shop, &StockFilter::default()).await.form_key;
    let clicks = (0..6).map(|_| {
        let (node, actor, key) = (shop.second_node(), actor.clone(), key.clone());
        let rows = vec![row(&rope, "+50", "10"), row(&lamp, "9", "4")];
        tokio::spawn(async move {
            let stock = &node.services.admin;
            stock.save_rows(&actor, rows, "Delivered", &key).await
        })
    });
    for clicked in clicks.collect::<Vec<_>>() {
        clicked.await.unwrap().unwrap();
    }
    assert_eq!(shop.units(rope.variant()).await, 60);
    assert_eq!(shop.units(lamp.variant()).await, 9);
    let stock = &shop.shop().stock;
    let other = stock.save_rows(&actor, vec![row(&rope, "+1", "60")], "Found", &key);
    assert_eq!(other.await.unwrap_err().kind, ErrorKind::Conflict);
}

async fn what_nobody_counts_is_not_booked(shop: TestShop) {
    let pattern = shop.stock(Goods::named("Pattern").units(0)).await;
    untrack(&shop, &pattern).await;
    let actor = shop.admin().await;
    let stock = &shop.shop().stock;
    let refused = stock.save_rows(&actor, vec![row(&pattern, "5", "0")], "Found", "");
    let refused = refused.await.unwrap_err();
    assert_eq!(refused.fields[0].field, "rows[0][units]");
    let site = shop.open().await;
    let browser = site.browser();
    browser.sign_in(ADMIN).await.expect(200);
    let page = browser.page("/admin/stock").await.expect(200).body;
    assert!(!page.contains(&format!("id=\"units-{}\"", pattern.variant())));
    assert!(page.contains("Not tracked"));
}

async fn a_refused_page_comes_back_as_typed_and_can_be_saved(shop: TestShop) {
    let rope = shop.stock(Goods::named("Rope").units(0)).await;
    let lamp = shop.stock(Goods::named("Lamp").units(0)).await;
    shop.account(STAFF, Role::Staff).await;
    let site = shop.open().await;
    let browser = site.browser();
    browser.sign_in(STAFF).await.expect(200);
    // It was sold out when the page was made, and is no longer.
    shop.set_units(&rope, 3).await;
    let here = "/admin/stock?stock=sold-out";
    let fields = [
        ("page", here),
        ("next", "/admin/stock?stock=sold-out&done=saved"),
        ("rows[0][variant_id]", lamp.variant()),
        ("rows[0][units]", "+2"),
        ("rows[0][units_was]", "0"),
        ("rows[1][variant_id]", rope.variant()),
        ("rows[1][units]", "8"),
        ("rows[1][units_was]", "0"),
        ("reason", "Delivered"),
    ];
    let refused = browser.submit("/api/admin/stock/save", &fields).await;
    let page = refused.refused().body;
    let id = format!("units-{}", rope.variant());
    for told in [
        format!("href=\"#{id}\""),
        format!("id=\"{id}-error\""),
        "value=\"8\"".to_owned(),
        "value=\"+2\"".to_owned(),
        "value=\"Delivered\"".to_owned(),
        "In stock now: 3.".to_owned(),
        "Nothing has been saved yet.".to_owned(),
    ] {
        assert!(page.contains(&told), "{told}");
    }
    assert_eq!(page.matches("aria-invalid=\"true\"").count(), 1);
    assert_eq!(shop.units(lamp.variant()).await, 0);
    // As the page has it now.
    let mut again = fields;
    again[7] = ("rows[1][units_was]", "3");
    let done = browser.submit("/api/admin/stock/save", &again).await;
    assert_eq!(
        done.expect(303).location(),
        "/admin/stock?stock=sold-out&done=saved"
    );
    assert_eq!(shop.units(lamp.variant()).await, 2);
    assert_eq!(shop.units(rope.variant()).await, 8);
}

async fn prices_are_the_admins(shop: TestShop) {
    let rope = shop.stock(Goods::named("Rope").price(1000)).await;
    shop.account(STAFF, Role::Staff).await;
    let site = shop.open().await;
    let browser = site.browser();
    browser.sign_in(STAFF).await.expect(200);
    let fields = [
        ("rows[0][variant_id]", rope.variant()),
        ("rows[0][price]", "1.00"),
        ("rows[0][price_was]", "10.00"),
    ];
    let refused = browser.call("/api/admin/stock/save", &fields).await;
    refused.expect(404);
    let page = browser.page("/admin/stock").await.expect(200).body;
    assert!(!page.contains("[price]"));
}
