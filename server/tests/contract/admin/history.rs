//! Stock that was counted, and the history of what came and went.

use app::error::ErrorKind;
use desk::admin::stock::{
    filter::{StockFilter, StockTab},
    ports::StockAdmin,
};

use crate::{
    settings::set,
    support::{Goods, TestShop, cash, on_both_databases},
};

on_both_databases!(
    setting_stock_books_the_difference_also_while_it_is_sold,
    the_history_says_who_when_why_and_which_order,
    the_history_is_paged_and_shows_each_movement_once,
    the_table_of_stock_shows_every_variant,
    the_table_of_stock_shows_the_variant_that_is_meant,
    a_price_is_set_unless_somebody_else_did_meanwhile,
);

async fn setting_stock_books_the_difference_also_while_it_is_sold(shop: TestShop) {
    let rope = shop.stock(Goods::named("Rope").units(10)).await;
    let actor = shop.admin().await;
    let admin = &shop.services.admin;
    let set = admin.set_stock(&actor, rope.variant(), 7, "Counted").await;
    assert_eq!(set.unwrap().stock, 7);
    admin
        .set_stock(&actor, rope.variant(), 7, "Counted again")
        .await
        .unwrap();
    let moved = "SELECT COUNT(*) AS n FROM stock_movements WHERE note = 'Counted again'";
    assert_eq!(shop.number(moved).await, 0, "nothing came or went");
    let setting = (0..10).map(|n| {
        let (node, actor, rope) = (shop.second_node(), actor.clone(), rope.clone());
        tokio::spawn(async move {
            let admin = &node.services.admin;
            admin
                .set_stock(&actor, rope.variant(), 20 + n, "Counted")
                .await
        })
    });
    for set in setting.collect::<Vec<_>>() {
        set.await.unwrap().unwrap();
    }
    assert!((20..30).contains(&shop.units(rope.variant()).await));
    for (units, reason) in [(-1, "Lost"), (i64::MAX, "Found"), (5, " ")] {
        let refused = admin.set_stock(&actor, rope.variant(), units, reason).await;
        assert_eq!(refused.unwrap_err().kind, ErrorKind::Invalid);
    }
    let unknown = server::ids::new_id();
    for id in ["", "x", unknown.as_str()] {
        let refused = admin.set_stock(&actor, id, 1, "Counted").await;
        assert_eq!(refused.unwrap_err().kind, ErrorKind::NotFound);
    }
}

async fn the_history_says_who_when_why_and_which_order(shop: TestShop) {
    let rope = shop.stock(Goods::named("Rope").units(10)).await;
    let actor = shop.admin().await;
    let (_, placed) = shop.buy(&[(rope.variant(), 3)], cash()).await;
    let order = shop.order(&placed.unwrap()).await;
    shop.clock.advance(1000);
    let admin = &shop.services.admin;
    admin
        .adjust_stock(&actor, rope.variant(), -2, "Broken", "")
        .await
        .unwrap();
    let history = admin.stock_history(rope.variant(), None).await.unwrap();
    let told: Vec<_> = history
        .movements
        .iter()
        .map(|m| {
            (
                m.delta,
                m.reason.words(),
                m.note.as_str(),
                m.actor.as_str(),
                m.order_number.as_deref(),
            )
        })
        .collect();
    assert_eq!(told[0], (-2, "Adjusted", "Broken", "admin@shop.test", None));
    assert_eq!(
        (told[1].0, told[1].1, told[1].4),
        (-3, "Sold", Some(order.number.as_str()))
    );
    assert_eq!((told[2].0, told[2].1), (10, "First stock"));
    assert_eq!(history.movements[1].order_short_number, None, "drawn later");
    shop.services.run_maintenance().await;
    let later = admin.stock_history(rope.variant(), None).await.unwrap();
    assert_eq!(later.movements[1].order_short_number, Some(1001));
    assert_eq!((history.movements[0].at, history.after), (shop.now(), None));
}

async fn the_history_is_paged_and_shows_each_movement_once(shop: TestShop) {
    let rope = shop.stock(Goods::named("Rope").units(10)).await;
    let actor = shop.admin().await;
    let admin = &shop.services.admin;
    for n in 1..=60 {
        // Some at one moment.
        shop.clock.advance(n % 2);
        let reason = format!("Number {n}");
        admin
            .adjust_stock(&actor, rope.variant(), 1, &reason, "")
            .await
            .unwrap();
    }
    let first = admin.stock_history(rope.variant(), None).await.unwrap();
    assert_eq!(first.movements.len(), 50);
    assert_eq!(first.movements[0].note, "Number 60");
    let after = first.after.unwrap();
    let second = admin
        .stock_history(rope.variant(), Some(&after))
        .await
        .unwrap();
    assert_eq!((second.movements.len(), second.after), (11, None));
    let mut notes: Vec<_> = first
        .movements
        .iter()
        .chain(&second.movements)
        .map(|m| &m.note)
        .collect();
    notes.sort();
    notes.dedup();
    assert_eq!(notes.len(), 61);
    for at in ["", "x", "1", "~", "x~y"] {
        let shown = admin.stock_history(rope.variant(), Some(at)).await.unwrap();
        assert_eq!(shown.movements.len(), 50, "{at:?} leaves out nothing");
    }
}

async fn the_table_of_stock_shows_every_variant(shop: TestShop) {
    shop.stock(Goods::named("Rope").sku("RP")).await;
    shop.stock(Goods::named("Boot").options(["Size"], &[(["40"], 999, 1), (["41"], 999, 2)]))
        .await;
    let admin = &shop.services.admin;
    let table = admin.stock(&StockFilter::default(), &[]).await.unwrap();
    let rows: Vec<_> = table
        .rows
        .iter()
        .map(|row| (row.title.as_str(), row.variant_title.as_str(), row.stock))
        .collect();
    assert_eq!(
        rows,
        [("Boot", "40", 1), ("Boot", "41", 2), ("Rope", "", 10)]
    );
    let filter = StockFilter {
        text: Some("rp".to_owned()),
        ..StockFilter::default()
    };
    assert_eq!(admin.stock(&filter, &[]).await.unwrap().rows.len(), 1);
    let row = admin.stock_of(&table.rows[1].variant_id).await.unwrap();
    assert_eq!(row, table.rows[1]);
}

async fn the_table_of_stock_shows_the_variant_that_is_meant(shop: TestShop) {
    let mut boot = Goods::named("Boot").options(["Size"], &[(["40"], 999, 1), (["41"], 999, 20)]);
    boot.0.variants[0].sku = Some("BT-40".to_owned());
    boot.0.variants[1].sku = Some("BT-41".to_owned());
    shop.stock(boot).await;
    let shown = async |filter: StockFilter| {
        let table = shop.services.admin.stock(&filter, &[]).await.unwrap();
        let rows = table.rows.into_iter();
        rows.map(|row| row.variant_title).collect::<Vec<_>>()
    };
    let text = |text: &str| StockFilter {
        text: Some(text.to_owned()),
        ..StockFilter::default()
    };
    assert_eq!(shown(text(" bt-41 ")).await, ["41"], "one by its SKU");
    assert_eq!(shown(text("bt")).await, ["40", "41"]);
    assert_eq!(shown(text("boot")).await, ["40", "41"]);
    let low = StockFilter {
        tab: Some(StockTab::Low),
        ..StockFilter::default()
    };
    assert_eq!(shown(low.clone()).await, ["40"], "of 41 there are plenty");
    let low_and_named = StockFilter {
        text: Some("BT-41".to_owned()),
        ..low
    };
    assert_eq!(
        shown(low_and_named.clone()).await,
        [""; 0],
        "nor any other instead"
    );
    let actor = shop.admin().await;
    set(&shop, &actor, |form| form.low_stock = "20".to_owned()).await;
    assert_eq!(shown(low_and_named).await, ["41"], "as the owner sets it");
}

async fn a_price_is_set_unless_somebody_else_did_meanwhile(shop: TestShop) {
    let rope = shop.stock(Goods::named("Rope").price(1000)).await;
    let actor = shop.admin().await;
    let admin = &shop.shop().stock;
    let set = |price: &'static str, was: &'static str| {
        admin.set_price(&actor, rope.variant(), price, was)
    };
    let done = set("12.5", "10.00").await.unwrap();
    assert_eq!((done.price_minor, done.price.as_str()), (1250, "12.50"));
    let seen = shop.shop().catalog.product(&rope.slug).await.unwrap();
    assert_eq!(
        seen.variants[0].price_minor, 1250,
        "shoppers see it at once"
    );

    let late = set("9.00", "10.00").await.unwrap_err();
    assert_eq!(late.kind, ErrorKind::Conflict);
    for bad in ["", "-1", "much", "1.000", "1,500", "1000000000000"] {
        let refused = set(bad, "12.50").await.unwrap_err();
        assert_eq!(refused.fields[0].field, "price", "{bad}");
    }
    for id in ["x", rope.id.as_str()] {
        let unknown = admin.set_price(&actor, id, "1", "12.50").await.unwrap_err();
        assert_eq!(unknown.kind, ErrorKind::NotFound);
    }
    let told = shop
        .number("SELECT COUNT(*) AS n FROM audit_entries WHERE action = 'product.update'")
        .await;
    assert_eq!(told, 1);
}
