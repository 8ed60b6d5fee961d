//! What everybody sees of the settings, on all nodes and at once.

use super::{SAVE, form, signed_in};
use crate::support::{ADMIN, CONTACT, Goods, HOUR, TestShop, cash, on_both_databases};

on_both_databases!(
    kept_pages_of_all_nodes_are_new_after_a_save,
    a_repriced_order_comes_back_with_the_new_total,
    pages_say_of_tax_and_carts_what_is_set_and_nothing_of_the_staff,
    a_name_is_text_wherever_it_stands,
    times_and_days_are_those_of_the_shops_zone,
);

async fn kept_pages_of_all_nodes_are_new_after_a_save(shop: TestShop) {
    let rope = shop.stock(Goods::named("Rope").price(1000)).await;
    shop.admin().await;
    let (site, other) = (shop.open().await, shop.second_node().open().await);
    let browser = signed_in(&site, ADMIN).await;
    let product = format!("/products/{}", rope.slug);
    let pages = ["/", "/products", &product];
    for at in [&site, &other, &site, &other] {
        for path in pages {
            let page = at.browser().page(path).await.expect(200);
            assert!(
                page.body.contains("€10.00") && page.body.contains("Holdfast"),
                "{path}"
            );
        }
    }
    let change = form(&[
        ("name", "Ropery"),
        ("currency", "USD"),
        ("confirm_currency", "1"),
    ]);
    browser.submit(SAVE, &change).await.expect(303);
    for at in [&site, &other] {
        for path in pages {
            let page = at.browser().page(path).await.expect(200);
            assert!(
                page.body.contains("$10.00") && page.body.contains("– Ropery</title>")
                    || path == "/",
                "{path}"
            );
            assert!(!page.body.contains("€10.00"), "{path}");
            assert!(page.body.contains("Ropery"), "{path}");
        }
        let read = at
            .browser()
            .read(&format!("/api{product}"))
            .await
            .expect(200);
        assert_eq!(read.json()["currency"], "USD");
    }
}

async fn a_repriced_order_comes_back_with_the_new_total(shop: TestShop) {
    let rope = shop.stock(Goods::named("Rope").price(1000)).await;
    shop.admin().await;
    let site = shop.open().await;
    let admin = signed_in(&site, ADMIN).await;
    let shopper = site.browser();
    shopper.add(rope.variant(), 1).await.expect(200);
    shopper
        .call("/api/checkout/contact", &CONTACT)
        .await
        .expect(200);
    shopper
        .call("/api/checkout/shipping", &[("shipping", "standard")])
        .await
        .expect(200);
    shopper
        .call("/api/checkout/payment", &[("payment", "cash_on_delivery")])
        .await
        .expect(200);
    let review = shopper.page("/checkout?step=review").await.expect(200);
    assert!(review.body.contains("Order and pay – €14.90"));
    assert!(review.body.contains("name=\"terms\" value=\"EUR 1900\""));

    let dearer = form(&[("rates[0][price]", "6.90"), ("tax", "7")]);
    admin.submit(SAVE, &dearer).await.expect(303);
    let mut order = CONTACT.to_vec();
    order.extend([
        ("checkout_key", "a-key-that-nobody-guesses"),
        ("shipping", "standard"),
        ("payment", "cash_on_delivery"),
        ("expected_total_minor", "1490"),
        ("terms", "EUR 1900"),
    ]);
    let refused = shopper
        .submit("/api/checkout/place", &order)
        .await
        .refused();
    assert!(refused.body.contains("The total is now €16.90."));
    assert!(refused.body.contains("name=\"terms\" value=\"EUR 700\""));
    assert_eq!(shop.orders().await, 0);
    let at = order.len() - 2;
    order[at].1 = "1690";
    order[at + 1].1 = "EUR 700";
    shopper
        .submit("/api/checkout/place", &order)
        .await
        .expect(303);
    assert_eq!(shop.orders().await, 1);
}

async fn pages_say_of_tax_and_carts_what_is_set_and_nothing_of_the_staff(shop: TestShop) {
    let rope = shop.stock(Goods::named("Rope").price(1000)).await;
    shop.admin().await;
    let site = shop.open().await;
    let (admin, shopper) = (signed_in(&site, ADMIN).await, site.browser());
    let product = format!("/products/{}", rope.slug);
    for (path, words) in [
        ("/", "All prices include tax."),
        (&product, "Tax included."),
        (
            "/cart",
            "for 30 days after your last change, on this device",
        ),
    ] {
        let page = shopper.page(path).await.expect(200);
        assert!(page.body.contains(words), "{path}");
        assert!(!page.body.contains("href=\"/admin"), "{path}");
    }
    let untaxed = form(&[("tax", "0"), ("cart_days", "1")]);
    admin.submit(SAVE, &untaxed).await.expect(303);
    for path in ["/", "/products", &product, "/cart"] {
        let page = shopper.page(path).await.expect(200);
        for words in ["include tax", "Tax included", "totals-tax"] {
            assert!(!page.body.contains(words), "{path}: {words}");
        }
    }
    let cart = shopper.page("/cart").await.expect(200);
    assert!(cart.body.contains("for 1 day after"));
    let own = admin.page("/cart").await.expect(200);
    assert!(own.body.contains("on every device you sign in on"));
    shopper.add(rope.variant(), 1).await.expect(200);
    let cart = shopper.page("/cart").await.expect(200);
    assert!(!cart.body.contains("totals-tax"));
}

async fn a_name_is_text_wherever_it_stands(shop: TestShop) {
    shop.stock(Goods::named("Rope")).await;
    shop.admin().await;
    let site = shop.open().await;
    let browser = signed_in(&site, ADMIN).await;
    let name = "</title><script>x</script>\"&";
    browser
        .submit(SAVE, &form(&[("name", name)]))
        .await
        .expect(303);
    for path in [
        "/",
        "/products",
        "/products/rope",
        "/cart",
        "/admin",
        "/admin/settings",
    ] {
        let page = browser.page(path).await.expect(200);
        assert!(!page.body.contains("<script>x"), "{path}");
        assert!(page.body.contains("&lt;script"), "{path}");
    }
}

async fn times_and_days_are_those_of_the_shops_zone(shop: TestShop) {
    shop.admin().await;
    let rope = shop.stock(Goods::named("Rope")).await;
    let site = shop.open().await;
    let browser = signed_in(&site, ADMIN).await;
    let zone = form(&[
        ("time_zone", "Pacific/Auckland"),
        ("rates[1][id]", "pickup"),
        ("rates[1][name]", "Pick up"),
    ]);
    browser.call(SAVE, &zone).await.expect(200);
    // Tests begin on 9 October 2025 at 08:53 by UTC, which is 21:53 there.
    shop.clock.advance(3 * HOUR);
    let order = shop.bought(&[(rope.variant(), 1)], cash()).await;
    let placed = "10 Oct 2025, 00:53 GMT+13";
    for (query, is_there) in [
        ("from=2025-10-10&to=2025-10-10", true),
        ("to=2025-10-09", false),
    ] {
        let page = browser.page(&format!("/admin/orders?{query}")).await;
        assert_eq!(page.body.contains(placed), is_there, "{query}");
    }
    let id = &order.id;
    for path in ["/admin/orders/ID", "/admin/orders/ID/packing-slip"] {
        let page = browser.page(&path.replace("ID", id)).await.expect(200);
        assert!(page.body.contains(placed), "{path}");
    }
    let invoice = browser.page(&format!("/admin/orders/{id}/invoice")).await;
    assert!(invoice.body.contains("10 Oct 2025"), "{}", invoice.body);
    let changed = "9 Oct 2025, 21:53 GMT+13";
    for (path, is_there) in [
        ("/admin/settings", true),
        ("/admin/audit?from=2025-10-09&to=2025-10-09", true),
        ("/admin/audit?from=2025-10-10", false),
    ] {
        let page = browser.page(path).await.expect(200);
        assert_eq!(page.body.contains(changed), is_there, "{path}");
    }
    // What is no day stays in its field.
    let page = browser.page("/admin/audit?from=yesterday").await;
    let field = "name=\"from\" type=\"text\" value=\"yesterday\"";
    assert!(page.expect(200).body.contains(field));
}
