//! What shoppers find of a shop that is not open yet.

use app::{
    checkout::types::TEST_CARD,
    error::{ErrorKind, ShopError},
};

use super::prepare;
use crate::support::{
    ADMIN, APPROVES, Goods, TestShop, cash, on_both_databases, order, order_form, rows_but_log,
    test_card,
};

on_both_databases!(
    no_order_is_placed_before_the_shop_opens,
    pages_and_the_checkout_say_so_until_it_opens,
    admins_are_led_to_the_checklist,
    an_order_that_was_placed_is_still_answered,
    a_test_card_that_is_turned_off_pays_for_nothing,
);

async fn no_order_is_placed_before_the_shop_opens(shop: TestShop) {
    prepare(&shop).await;
    let rope = shop.stock(Goods::named("Rope").price(4900)).await;
    let cart = shop.cart(&[(rope.variant(), 1)]).await;
    let before = rows_but_log(shop.db()).await;
    for payment in [cash(), test_card(APPROVES)] {
        let placed = shop.place(&cart, order(payment, 4900)).await;
        assert_eq!(placed.unwrap_err().kind, ErrorKind::NotOpen);
    }
    assert_eq!(rows_but_log(shop.db()).await, before, "nothing was written");
    assert_eq!(shop.units(rope.variant()).await, 10);
    shop.execute("UPDATE shop_settings SET opening = 'open'")
        .await;
    // What was refused before is not remembered.
    shop.place(&cart, order(cash(), 4900)).await.unwrap();
}

async fn pages_and_the_checkout_say_so_until_it_opens(shop: TestShop) {
    prepare(&shop).await;
    let rope = shop.stock(Goods::named("Rope")).await;
    let site = shop.open().await;
    let browser = site.browser();
    browser.add(rope.variant(), 1).await.expect(200);
    for path in ["/", "/products", "/cart"] {
        let page = browser.page(path).await.expect(200);
        assert!(page.body.contains("isn’t open yet"), "{path}");
    }
    let page = browser.page("/checkout").await.expect(200);
    assert!(page.body.contains(">This shop isn’t open yet</h1>"));
    for step in ["contact", "shipping", "payment", "place"] {
        let form = format!("/api/checkout/{step}");
        assert!(!page.body.contains(&form), "{form}");
    }
    assert!(!page.body.contains("href=\"/admin"));
    let form = order_form("0123456789abcdef", "4900");
    let refused = browser.call("/api/checkout/place", &form).await.expect(409);
    assert_eq!(refused.kind(), "not_open");
    // Who sends the form gets the page that says so.
    let page = browser.submit("/api/checkout/place", &form).await;
    assert!(page.body.contains(">This shop isn’t open yet</h1>"));
    let kept = browser.call("/api/checkout/contact", &form[1..7]).await;
    assert_eq!(kept.expect(409).kind(), "not_open");
}

async fn admins_are_led_to_the_checklist(shop: TestShop) {
    prepare(&shop).await;
    shop.admin().await;
    let rope = shop.stock(Goods::named("Rope")).await;
    let site = shop.open().await;
    let browser = site.browser();
    browser.sign_in(ADMIN).await.expect(200);
    browser.add(rope.variant(), 1).await.expect(200);
    let page = browser.page("/checkout").await.expect(200);
    assert!(page.body.contains("href=\"/admin#opening\""));
    let page = browser.page("/admin").await.expect(200);
    assert!(page.body.contains("Before you open"));
    // Staff see figures alone.
    shop.account(crate::support::STAFF, app::identity::Role::Staff)
        .await;
    let staff = site.browser();
    staff.sign_in(crate::support::STAFF).await.expect(200);
    let page = staff.page("/admin").await.expect(200);
    assert!(!page.body.contains("Before you open"));
}

async fn an_order_that_was_placed_is_still_answered(shop: TestShop) {
    let rope = shop.stock(Goods::named("Rope").price(4900)).await;
    let cart = shop.cart(&[(rope.variant(), 1)]).await;
    let wanted = order(cash(), 4900);
    let placed = shop.place(&cart, wanted.clone()).await.unwrap();
    prepare(&shop).await;
    assert_eq!(shop.place(&cart, wanted).await.unwrap(), placed);
}

async fn a_test_card_that_is_turned_off_pays_for_nothing(shop: TestShop) {
    let rope = shop.stock(Goods::named("Rope").price(4900)).await;
    let methods = async || {
        let offers = shop.shop().checkout.offers().await.unwrap();
        let methods = offers.payment.into_iter().map(|offer| offer.method);
        methods.collect::<Vec<_>>()
    };
    assert!(methods().await.contains(&TEST_CARD.to_owned()));
    shop.execute("UPDATE payment_methods SET is_on = 0 WHERE method = 'test_card'")
        .await;
    assert_eq!(methods().await, ["cash_on_delivery"]);
    let (cart, placed) = shop.buy(&[(rope.variant(), 1)], test_card(APPROVES)).await;
    let ShopError { kind, fields, .. } = placed.unwrap_err();
    assert_eq!(kind, ErrorKind::Invalid);
    assert_eq!(fields[0].field, "payment");
    let charges = "SELECT COUNT(*) AS n FROM test_card_charges";
    assert_eq!(shop.number(charges).await, 0);
    shop.place(&cart, order(cash(), 4900)).await.unwrap();
}
