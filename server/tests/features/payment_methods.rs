//! Which ways to pay a shop offers, and what becomes of the orders of one that it does not offer any more.

use app::{error::ErrorKind, orders::types::OrderStatus};

use crate::support::{
    ADMIN, APPROVES, Browser, Goods, TestShop, cash, on_both_databases, order_form, test_card,
};

on_both_databases!(
    a_demonstration_says_so_on_every_page,
    without_a_demonstration_test_cards_do_not_buy,
    orders_of_test_cards_are_settled_and_refunded_afterwards,
    with_no_way_to_pay_the_checkout_says_so,
    with_no_way_to_pay_for_this_order_the_checkout_says_so,
    what_is_withdrawn_after_it_was_chosen_is_said_and_buys_nothing,
);

const DEMONSTRATION: &str = "This is a demonstration.";

async fn a_demonstration_says_so_on_every_page(shop: TestShop) {
    let rope = shop.stock(Goods::named("Rope")).await;
    shop.admin().await;
    let (demo, real) = (shop.open().await, shop.for_real().open().await);
    let product = format!("/products/{}", rope.slug);
    for path in ["/", "/cart", "/orders", product.as_str()] {
        let page = demo.browser().page(path).await.expect(200).body;
        assert!(page.contains(DEMONSTRATION), "{path}");
        let page = real.browser().page(path).await.expect(200).body;
        assert!(!page.contains(DEMONSTRATION), "{path}");
    }
    let admin = demo.browser();
    admin.sign_in(ADMIN).await.expect(200);
    let desk = admin.page("/admin/orders").await.expect(200).body;
    assert!(desk.contains("test cards pay for orders"), "{desk}");
}

async fn without_a_demonstration_test_cards_do_not_buy(shop: TestShop) {
    let rope = shop.stock(Goods::named("Rope").price(1000)).await;
    let real = shop.for_real();
    let lines = [(rope.variant(), 1)];
    let (cart, placed) = real.buy(&lines, test_card(APPROVES)).await;
    let refusal = placed.unwrap_err();
    assert_eq!(refusal.kind, ErrorKind::Invalid);
    assert_eq!(refusal.fields[0].field, "payment");
    let kept = real
        .shop()
        .checkout
        .save_payment(Some(&cart), test_card(APPROVES));
    assert_eq!(kept.await.unwrap_err().fields[0].field, "payment");
    assert_eq!(real.units(rope.variant()).await, 10);
    assert_eq!(real.orders().await, 0);
    real.buy(&lines, cash()).await.1.expect("cash buys");
}

async fn orders_of_test_cards_are_settled_and_refunded_afterwards(shop: TestShop) {
    let rope = shop.stock(Goods::named("Rope").price(1000)).await;
    let lines = [(rope.variant(), 1)];
    let paid = shop.bought(&lines, test_card(APPROVES)).await;
    let (real, admin) = (shop.for_real(), shop.admin().await);
    let cancelled = real.shop().orders.cancel(&admin, &paid.id).await.unwrap();
    assert_eq!(cancelled.status, OrderStatus::Cancelled);
    let refunded = "SELECT CAST(SUM(refunded_minor) AS BIGINT) AS n FROM test_card_charges";
    assert_eq!(real.number(refunded).await, 1000);
    assert_eq!(real.units(rope.variant()).await, 10);
}

/// Tells the address and the shipping, as a program does.
pub async fn on_to_payment(shopper: &Browser) {
    let contact = [
        ("email", "kim@example.com"),
        ("name", "Kim Marten"),
        ("address_line1", "Quay 7"),
        ("postal_code", "20457"),
        ("city", "Hamburg"),
        ("country", "DE"),
    ];
    shopper
        .call("/api/checkout/contact", &contact)
        .await
        .expect(200);
    let shipping = [("shipping", "pickup")];
    shopper
        .call("/api/checkout/shipping", &shipping)
        .await
        .expect(200);
}

async fn with_no_way_to_pay_the_checkout_says_so(shop: TestShop) {
    const STEP: &str = "/checkout?step=payment";
    const SAID: &str = "This shop doesn’t take orders yet";
    let rope = shop.stock(Goods::named("Rope").price(1000)).await;
    let shop = shop.for_real();
    shop.admin().await;
    let site = shop.open().await;
    let (admin, shopper) = (site.browser(), site.browser());
    admin.sign_in(ADMIN).await.expect(200);
    shopper.add(rope.variant(), 1).await.expect(200);
    on_to_payment(&shopper).await;
    let page = shopper.page(STEP).await.expect(200).body;
    assert!(page.contains("value=\"cash_on_delivery\""), "{page}");
    assert!(!page.contains("test_card") && !page.contains(SAID));
    let save = [
        ("version", "1"),
        ("methods[cash_on_delivery][offered]", "off"),
    ];
    admin
        .call("/api/admin/methods/save", &save)
        .await
        .expect(200);
    let offers = shop.shop().checkout.offers().await.unwrap();
    assert!(offers.payment.is_empty());
    // Wherever they are in the checkout, and before they have typed anything.
    let beginner = site.browser();
    beginner.add(rope.variant(), 1).await.expect(200);
    for (browser, step) in [(&shopper, STEP), (&beginner, "/checkout")] {
        let page = browser.page(step).await.expect(200).body;
        assert!(page.contains(SAID), "{page}");
        assert!(
            !page.contains("name=\"payment\"") && !page.contains("name=\"email\""),
            "{page}"
        );
        assert!(!page.contains("/admin/settings/methods"), "{page}");
    }
    admin.add(rope.variant(), 1).await.expect(200);
    let page = admin.page("/checkout").await.expect(200).body;
    assert!(page.contains("href=\"/admin/settings/methods\""), "{page}");
    let (_, placed) = shop.buy(&[(rope.variant(), 1)], cash()).await;
    assert_eq!(placed.unwrap_err().fields[0].field, "payment");
}

async fn with_no_way_to_pay_for_this_order_the_checkout_says_so(shop: TestShop) {
    const STEP: &str = "/checkout?step=payment";
    const SAID: &str = "None of the payment methods is available for this order";
    let rope = shop.stock(Goods::named("Rope").price(1000)).await;
    let shop = shop.for_real();
    let site = shop.open().await;
    let shopper = site.browser();
    shopper.add(rope.variant(), 1).await.expect(200);
    on_to_payment(&shopper).await;
    let page = shopper.page(STEP).await.expect(200).body;
    assert!(!page.contains(SAID), "{page}");
    for only in [
        "highest_minor = 500",
        "highest_minor = NULL, lowest_minor = 5000",
    ] {
        shop.execute(&format!(
            "UPDATE payment_methods SET {only} WHERE method = 'cash_on_delivery'"
        ))
        .await;
        let page = shopper.page(STEP).await.expect(200).body;
        assert!(page.contains(SAID), "{page}");
        assert!(page.contains("choice-why"), "each says why: {page}");
        assert!(!page.contains("Continue to review"), "{page}");
        assert!(!page.contains("doesn’t take orders yet"), "{page}");
    }
}

async fn what_is_withdrawn_after_it_was_chosen_is_said_and_buys_nothing(shop: TestShop) {
    const STEP: &str = "/checkout?step=review";
    const SHIPPING: &str = "This shipping method is no longer available.";
    const PAYMENT: &str = "This payment method is no longer available for this order.";
    let rope = shop.stock(Goods::named("Rope").price(1000)).await;
    let site = shop.open().await;
    let shopper = site.browser();
    shopper.add(rope.variant(), 1).await.expect(200);
    on_to_payment(&shopper).await;
    let cash = [("payment", "cash_on_delivery")];
    shopper
        .call("/api/checkout/payment", &cash)
        .await
        .expect(200);
    let review = shopper.page(STEP).await.expect(200).body;
    assert!(!review.contains("banner-bad") && review.contains(">Order and pay"));
    for (key, withdraw, words, field) in [
        (
            "0123456789abcde1",
            "UPDATE payment_methods SET is_on = 0 WHERE method = 'cash_on_delivery'",
            &[PAYMENT][..],
            "payment",
        ),
        (
            "0123456789abcde2",
            "DELETE FROM shipping_rates WHERE id = 'pickup'",
            &[SHIPPING, PAYMENT],
            "payment",
        ),
        (
            "0123456789abcde3",
            "UPDATE payment_methods SET is_on = 1 WHERE method = 'cash_on_delivery'",
            &[SHIPPING],
            "shipping",
        ),
    ] {
        shop.execute(withdraw).await;
        let review = shopper.page(STEP).await.expect(200).body;
        for said in [SHIPPING, PAYMENT] {
            assert_eq!(review.contains(said), words.contains(&said), "{said}");
        }
        let form = order_form(key, "1000");
        let placed = shopper.submit("/api/checkout/place", &form).await.body;
        for page in [review, placed] {
            assert!(page.contains("banner-bad") && page.contains("role=\"alert\""));
            assert!(!page.contains(">Order and pay"), "{page}");
        }
        let refused = shopper.call("/api/checkout/place", &form).await;
        assert_eq!(refused.kind(), "invalid");
        assert_eq!(refused.fields(), [field]);
    }
    assert_eq!(shop.orders().await, 0);
    assert_eq!(shop.units(rope.variant()).await, 10);
}
