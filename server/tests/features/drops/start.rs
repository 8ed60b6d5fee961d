//! At its start a drop sells, and not a millisecond before; what it sells is what was set aside.

mod clocks;

use app::{
    cart::ports::CartItem,
    checkout::types::Placed,
    error::{ErrorKind, ShopResult},
};

use super::{Line, OPENS, Times, draft, kind, planned, remaining, ropes};
use crate::support::{
    DECLINES, Goods, HOUR, Stocked, TestShop, cash, on_both_databases, order, test_card,
};

on_both_databases!(
    a_millisecond_before_it_is_refused_and_at_the_start_it_is_sold,
    pages_and_the_api_turn_at_the_start_on_every_node,
    as_many_are_sold_as_were_set_aside_and_the_shelf_is_left_alone,
    what_comes_back_goes_to_the_drop_while_it_goes_on,
    an_order_that_is_declined_gives_the_drop_its_units_back,
    one_buyer_gets_what_the_line_allows,
    after_its_end_the_shelf_is_sold_at_its_own_price,
    orders_at_once_get_what_there_is_and_no_more,
    live_stock_tells_of_the_drop,
);

/// A product with ten units at 49.00, of which a drop has five at 20.00.
async fn rope(shop: &TestShop) -> Stocked {
    shop.stock(Goods::named("Rope")).await
}

/// An order of a cart, at 20.00 a unit.
async fn place(shop: &TestShop, cart: &str, units: i64) -> ShopResult<Placed> {
    shop.place(cart, order(cash(), units * 2000)).await
}

async fn a_millisecond_before_it_is_refused_and_at_the_start_it_is_sold(shop: TestShop) {
    let actor = shop.admin().await;
    let rope = rope(&shop).await;
    // In the cart before anybody knew of a drop.
    let early = shop.cart(&[(rope.variant(), 1)]).await;
    let saved = draft(&shop, &actor, "Summer", Times::NEW, &[&rope]).await;
    let line = Line {
        price: "",
        ..Line::of(rope.variant(), 5)
    };
    let desk = &shop.shop().drop_admin;
    desk.set_line(&actor, &saved.id, line.form()).await.unwrap();
    desk.plan(&actor, &saved.id).await.unwrap();
    let other = shop.second_node();
    let wanted = || order(cash(), 4900);

    shop.clock.set(OPENS - 1);
    for node in [&shop, &other] {
        let refused = node.place(&early, wanted()).await.unwrap_err();
        assert_eq!(refused.kind, ErrorKind::NotYet, "{refused}");
        let item = CartItem::Variant(rope.variant().to_owned());
        let added = node.shop().cart.add(None, item, 1).await;
        assert_eq!(kind(added), ErrorKind::NotYet);
    }
    assert_eq!(shop.orders().await, 0);
    shop.clock.set(OPENS);
    other.place(&early, wanted()).await.unwrap();
    shop.bought(&[(rope.variant(), 1)], cash()).await;
    assert_eq!(remaining(&shop, &saved.id).await, 3);
    assert_eq!(shop.units(rope.variant()).await, 5);
}

async fn pages_and_the_api_turn_at_the_start_on_every_node(shop: TestShop) {
    let actor = shop.admin().await;
    let (rope, saved) = ropes(&shop, &actor, 5).await;
    let (here, there) = (shop.open().await, shop.second_node().open().await);
    let sites = [&here, &there];
    shop.clock.set(OPENS - 1);
    for site in sites {
        let browser = site.browser();
        // Twice: the second comes from what is kept.
        for _ in 0..2 {
            let page = browser.page("/products/rope").await.expect(200).body;
            assert!(page.contains("On sale from"), "{page}");
            let page = browser.page("/products").await.expect(200).body;
            assert!(page.contains("On sale from"), "{page}");
            let page = browser.page("/drops/summer").await.expect(200).body;
            assert!(page.contains("Starts") && page.contains(">Rope<"), "{page}");
        }
        let api = browser.read("/api/products/rope").await.expect(200).json();
        assert_eq!(api["variants"][0]["sold_from"], OPENS);
        assert_eq!(api["variants"][0]["price_minor"], 2000);
        assert_eq!(api["variants"][0]["availability"], "sold_out");
        assert_eq!(api["drop"]["slug"], saved.slug);
    }
    shop.clock.set(OPENS);
    for site in sites {
        let browser = site.browser();
        let page = browser.page("/products/rope").await.expect(200).body;
        assert!(
            !page.contains("On sale from") && page.contains("20.00"),
            "{page}"
        );
        let page = browser.page("/products").await.expect(200).body;
        assert!(
            !page.contains("On sale from") && page.contains("20.00"),
            "{page}"
        );
        let page = browser.page("/drops/summer").await.expect(200).body;
        assert!(page.contains("On sale now"), "{page}");
        let api = browser.read("/api/products/rope").await.expect(200).json();
        assert!(api["variants"][0].get("sold_from").is_none());
        assert_eq!(api["variants"][0]["availability"], "in_stock");
        browser.add(rope.variant(), 1).await.expect(200);
    }
    shop.clock.set(OPENS + HOUR);
    for site in sites {
        let browser = site.browser();
        let page = browser.page("/drops/summer").await.expect(200).body;
        assert!(page.contains("is over"), "{page}");
        let api = browser.read("/api/products/rope").await.expect(200).json();
        assert_eq!(api["variants"][0]["price_minor"], 4900);
    }
}

async fn as_many_are_sold_as_were_set_aside_and_the_shelf_is_left_alone(shop: TestShop) {
    let actor = shop.admin().await;
    let rope = rope(&shop).await;
    let saved = planned(
        &shop,
        &actor,
        "Summer",
        Times::SOLD,
        (&rope, Line::of(rope.variant(), 5)),
    )
    .await;
    assert_eq!(shop.units(rope.variant()).await, 5, "five are set aside");
    // Until the start the rest is sold as ever.
    let before = shop.bought(&[(rope.variant(), 1)], cash()).await;
    assert_eq!(before.total_minor, 4900);
    shop.clock.set(OPENS);
    let order = shop.bought(&[(rope.variant(), 4)], cash()).await;
    assert_eq!(order.total_minor, 8000);
    let cart = &shop.shop().cart;
    let item = || CartItem::Variant(rope.variant().to_owned());
    let added = cart.add(None, item(), 2).await.unwrap_err();
    assert_eq!(
        (added.kind, added.lines[0].available),
        (ErrorKind::Insufficient, 1)
    );
    shop.bought(&[(rope.variant(), 1)], cash()).await;
    assert_eq!(kind(cart.add(None, item(), 1).await), ErrorKind::SoldOut);
    assert_eq!(remaining(&shop, &saved.id).await, 0);
    assert_eq!(shop.units(rope.variant()).await, 4);
    let moved = "SELECT CAST(COALESCE(SUM(delta), 0) AS BIGINT) AS n FROM stock_entries WHERE reason = 'drop'";
    assert_eq!(shop.number(moved).await, 0, "set aside and handed over");
}

async fn what_comes_back_goes_to_the_drop_while_it_goes_on(shop: TestShop) {
    let actor = shop.admin().await;
    let rope = rope(&shop).await;
    let saved = planned(
        &shop,
        &actor,
        "Summer",
        Times::SOLD,
        (&rope, Line::of(rope.variant(), 5)),
    )
    .await;
    shop.clock.set(OPENS);
    let [first, second] = [
        shop.bought(&[(rope.variant(), 2)], cash()).await,
        shop.bought(&[(rope.variant(), 3)], cash()).await,
    ];
    let orders = &shop.shop().orders;
    orders.cancel(&actor, &first.id).await.unwrap();
    assert_eq!(remaining(&shop, &saved.id).await, 2);
    assert_eq!(shop.units(rope.variant()).await, 5);
    shop.clock.set(OPENS + HOUR);
    orders.cancel(&actor, &second.id).await.unwrap();
    assert_eq!(remaining(&shop, &saved.id).await, 2);
    assert_eq!(shop.units(rope.variant()).await, 8);
    let desk = &shop.shop().drop_admin;
    desk.put_back(&actor, &saved.id).await.unwrap();
    assert_eq!(remaining(&shop, &saved.id).await, 0);
    assert_eq!(shop.units(rope.variant()).await, 10);
}

async fn an_order_that_is_declined_gives_the_drop_its_units_back(shop: TestShop) {
    let actor = shop.admin().await;
    let (rope, saved) = ropes(&shop, &actor, 5).await;
    shop.clock.set(OPENS);
    let (_, placed) = shop.buy(&[(rope.variant(), 5)], test_card(DECLINES)).await;
    assert_eq!(kind(placed), ErrorKind::PaymentDeclined);
    assert_eq!(remaining(&shop, &saved.id).await, 5);
    shop.bought(&[(rope.variant(), 5)], cash()).await;
}

async fn one_buyer_gets_what_the_line_allows(shop: TestShop) {
    let actor = shop.admin().await;
    let rope = rope(&shop).await;
    let line = Line {
        limit: "2",
        ..Line::of(rope.variant(), 5)
    };
    let saved = planned(&shop, &actor, "Summer", Times::SOLD, (&rope, line)).await;
    // What was bought before is not of the drop.
    shop.bought(&[(rope.variant(), 3)], cash()).await;
    shop.clock.set(OPENS);
    let cart = shop.cart(&[(rope.variant(), 3)]).await;
    assert_eq!(kind(place(&shop, &cart, 3).await), ErrorKind::LimitReached);
    shop.bought(&[(rope.variant(), 2)], cash()).await;
    let cart = shop.cart(&[(rope.variant(), 1)]).await;
    assert_eq!(kind(place(&shop, &cart, 1).await), ErrorKind::LimitReached);
    // The owner allows one more in the middle.
    let desk = &shop.shop().drop_admin;
    let line = Line { limit: "3", ..line };
    desk.set_line(&actor, &saved.id, line.form()).await.unwrap();
    place(&shop, &cart, 1).await.unwrap();
    shop.clock.set(OPENS + HOUR);
    shop.bought(&[(rope.variant(), 2)], cash()).await;
}

async fn after_its_end_the_shelf_is_sold_at_its_own_price(shop: TestShop) {
    let actor = shop.admin().await;
    let (rope, _) = ropes(&shop, &actor, 5).await;
    shop.clock.set(OPENS + HOUR - 1);
    let cart = shop.cart(&[(rope.variant(), 1)]).await;
    let late = shop.cart(&[(rope.variant(), 1)]).await;
    // An order that was placed keeps its price.
    let kept = place(&shop, &cart, 1).await.unwrap();
    shop.clock.set(OPENS + HOUR);
    let refused = place(&shop, &late, 1).await.unwrap_err();
    assert_eq!(refused.kind, ErrorKind::PriceChanged);
    assert_eq!(refused.lines[0].price_minor, 4900);
    assert_eq!(shop.order(&kept).await.total_minor, 2000);
    let order = shop.bought(&[(rope.variant(), 1)], cash()).await;
    assert_eq!(order.total_minor, 4900);
}

async fn orders_at_once_get_what_there_is_and_no_more(shop: TestShop) {
    let actor = shop.admin().await;
    let (rope, saved) = ropes(&shop, &actor, 5).await;
    shop.clock.set(OPENS);
    let other = shop.second_node();
    let mut carts = Vec::new();
    for _ in 0..12 {
        carts.push(shop.cart(&[(rope.variant(), 1)]).await);
    }
    let orders = carts.iter().enumerate().map(|(n, cart)| {
        let node = match n % 2 {
            0 => &shop,
            _ => &other,
        };
        place(node, cart, 1)
    });
    let placed = futures_util::future::join_all(orders).await;
    let sold = placed.iter().filter(|placed| placed.is_ok()).count();
    assert_eq!(sold, 5);
    assert_eq!(remaining(&shop, &saved.id).await, 0);
    assert_eq!(shop.units(rope.variant()).await, 5);
}

async fn live_stock_tells_of_the_drop(shop: TestShop) {
    let actor = shop.admin().await;
    let rope = rope(&shop).await;
    let line = Line {
        units: 3,
        ..Line::of(rope.variant(), 5)
    };
    planned(&shop, &actor, "Summer", Times::NEW, (&rope, line)).await;
    let path = format!("/api/stock?variants={}", rope.variant());
    let units = async |at: i64| {
        shop.clock.set(at);
        // A node that has told nobody anything yet.
        let site = shop.second_node().open().await;
        let told = site.browser().read(&path).await.expect(200).json();
        told["variants"][0]["available"].clone()
    };
    assert_eq!(units(OPENS - 1).await, 0);
    assert_eq!(units(OPENS).await, 3);
    assert_eq!(units(OPENS + HOUR).await, 7);
}
