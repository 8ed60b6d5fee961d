//! Settings and dashboard over HTTP: who sees them, what the form keeps, and pages that are kept.

use app::identity::Role;

use crate::support::{ADMIN, Browser, Goods, HOUR, STAFF, TestShop, cash, on_both_databases};

on_both_databases!(
    settings_are_for_admins_and_the_dashboard_for_staff,
    a_refused_form_keeps_what_was_typed_and_marks_the_field,
    another_currency_is_shown_by_example_before_it_is_taken,
    who_saves_over_somebody_elses_is_shown_what_is_by_now,
    kept_pages_of_all_nodes_are_new_after_a_save,
    a_repriced_order_comes_back_with_the_new_total,
    countries_are_ticked_by_region_without_script,
    pages_say_of_tax_and_carts_what_is_set_and_nothing_of_the_staff,
    the_dashboard_is_whole_without_script,
    a_name_is_text_wherever_it_stands,
    times_and_days_are_those_of_the_shops_zone,
);

const CUSTOMER: &str = "customer@shop.test";
const SAVE: &str = "/api/admin/settings/save";

type Fields<'a> = Vec<(&'a str, &'a str)>;

/// The form as it stands in a new shop, with other values for some fields.
fn form<'a>(changes: &[(&'a str, &'a str)]) -> Fields<'a> {
    let mut fields = vec![
        ("version", "0"),
        ("name", "Holdfast"),
        ("currency", "EUR"),
        ("tax", "19"),
        ("time_zone", "UTC"),
        ("mail_from", ""),
        ("payment_hold_minutes", "30"),
        ("cart_days", "30"),
        ("low_stock", "5"),
        ("rates[0][id]", "standard"),
        ("rates[0][name]", "Standard"),
        ("rates[0][description]", "3 to 5 working days"),
        ("rates[0][price]", "4.90"),
        ("rates[0][free_from]", "75.00"),
        ("rates[1][id]", ""),
        ("rates[1][name]", ""),
        ("rates[1][description]", ""),
        ("rates[1][price]", ""),
        ("rates[1][free_from]", ""),
    ];
    for (name, value) in changes {
        match fields.iter_mut().find(|field| field.0 == *name) {
            Some(field) => field.1 = value,
            None => fields.push((name, value)),
        }
    }
    fields
}

async fn signed_in(site: &crate::support::Site, email: &str) -> Browser {
    let browser = site.browser();
    browser.sign_in(email).await.expect(200);
    browser
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

async fn settings_are_for_admins_and_the_dashboard_for_staff(shop: TestShop) {
    shop.admin().await;
    shop.account(STAFF, Role::Staff).await;
    shop.account(CUSTOMER, Role::Customer).await;
    let site = shop.open().await;
    let who = [None, Some(CUSTOMER), Some(STAFF), Some(ADMIN)];
    for (who, [dashboard, live, settings, save]) in who.into_iter().zip([
        [404, 404, 404, 404],
        [404, 404, 404, 404],
        [200, 200, 404, 404],
        [200, 200, 200, 200],
    ]) {
        let browser = match who {
            Some(email) => {
                let browser = site.browser();
                browser.sign_in(email).await;
                browser
            }
            None => site.browser(),
        };
        assert_eq!(browser.page("/admin").await.status, dashboard, "{who:?}");
        let read = browser.read("/api/admin/dashboard/live").await;
        assert_eq!(read.status, live, "{who:?}");
        let page = browser.page("/admin/settings").await;
        assert_eq!(page.status, settings, "{who:?}");
        let name = [("name", "Ropery")];
        let saved = browser.call(SAVE, &form(&name)).await;
        assert_eq!(saved.status, save, "{who:?}");
        if who == Some(STAFF) {
            let dashboard = browser.page("/admin").await;
            assert!(!dashboard.body.contains("/admin/settings"));
            assert_eq!(shop.services.settings.now().await.unwrap().name, "Holdfast");
        }
    }
    assert_eq!(shop.services.settings.now().await.unwrap().name, "Ropery");
}

async fn a_refused_form_keeps_what_was_typed_and_marks_the_field(shop: TestShop) {
    shop.admin().await;
    let site = shop.open().await;
    let browser = signed_in(&site, ADMIN).await;
    let typed = form(&[
        ("name", "Ropery"),
        ("tax", "a lot"),
        ("currency", "USD"),
        ("time_zone", "Europe/Berlin"),
        ("rates[0][price]", "4,9x"),
        ("rates[1][description]", "By bike"),
    ]);
    let page = browser.submit(SAVE, &typed).await.refused();
    for kept in [
        "value=\"Ropery\"",
        "value=\"a lot\"",
        "value=\"USD\"",
        "value=\"4,9x\"",
        "value=\"By bike\"",
        "value=\"Europe/Berlin\" selected",
        "id=\"tax-error\"",
        "id=\"confirm_currency-error\"",
        "id=\"rates[0][price]-error\"",
        "id=\"rates[1][name]-error\"",
    ] {
        assert!(page.body.contains(kept), "{kept}");
    }
    assert_eq!(shop.services.settings.now().await.unwrap().name, "Holdfast");
    let saved = browser
        .submit(SAVE, &form(&[("name", "Ropery")]))
        .await
        .expect(303);
    assert_eq!(saved.location(), "/admin/settings?saved=1");
    let page = browser.page("/admin/settings?saved=1").await.expect(200);
    assert!(page.body.contains("by admin@shop.test"));
}

async fn another_currency_is_shown_by_example_before_it_is_taken(shop: TestShop) {
    let rope = shop.stock(Goods::named("Rope").price(3450)).await;
    shop.admin().await;
    let site = shop.open().await;
    let browser = signed_in(&site, ADMIN).await;
    let page = browser
        .submit(SAVE, &form(&[("currency", "JPY")]))
        .await
        .refused();
    for shown in [
        "€34.00 becomes ¥34",
        "1 price is rounded: €34.50 becomes ¥35.",
        "id=\"confirm_currency-error\"",
    ] {
        assert!(page.body.contains(shown), "{shown}");
    }
    let ticked = form(&[("currency", "JPY"), ("confirm_currency", "1")]);
    browser.submit(SAVE, &ticked).await.expect(303);
    let product = format!("/products/{}", rope.slug);
    let page = site.browser().page(&product).await.expect(200);
    assert!(page.body.contains("¥35"));
    let settings = browser.page("/admin/settings").await.expect(200);
    // What the form was not told to change is there in the new currency.
    assert!(settings.body.contains("value=\"5\"") && settings.body.contains("value=\"75\""));
}

async fn who_saves_over_somebody_elses_is_shown_what_is_by_now(shop: TestShop) {
    shop.admin().await;
    let site = shop.open().await;
    let browser = signed_in(&site, ADMIN).await;
    let first = form(&[("name", "First"), ("rates[0][price]", "5.00")]);
    browser.submit(SAVE, &first).await.expect(303);
    let page = browser
        .submit(SAVE, &form(&[("name", "Second")]))
        .await
        .refused();
    for shown in [
        "admin@shop.test saved different settings",
        "Current value: First",
        "value=\"Second\"",
        "Standard: 5.00, free from 75.00",
        "name=\"version\" value=\"1\"",
    ] {
        assert!(page.body.contains(shown), "{shown}");
    }
    assert_eq!(shop.services.settings.now().await.unwrap().name, "First");
    let again = form(&[("name", "Second"), ("version", "1")]);
    browser.submit(SAVE, &again).await.expect(303);
    assert_eq!(shop.services.settings.now().await.unwrap().name, "Second");
}

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
    let mut order = contact.to_vec();
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

async fn countries_are_ticked_by_region_without_script(shop: TestShop) {
    shop.admin().await;
    let site = shop.open().await;
    let browser = signed_in(&site, ADMIN).await;
    let page = browser.page("/admin/settings").await.expect(200);
    for shown in [
        "Countries",
        "27 of 27",
        "value=\"JP\"",
        "value=\"DE\" checked",
        "Add all countries",
    ] {
        assert!(page.body.contains(shown), "{shown}");
    }
    let mut ticked = form(&[("name", " ")]);
    ticked.extend([
        ("countries[]", ""),
        ("countries[]", "JP"),
        ("add_regions[]", "oceania"),
    ]);
    let page = browser.submit(SAVE, &ticked).await.refused();
    assert!(page.body.contains("value=\"JP\" checked"));
    assert!(page.body.contains("value=\"oceania\" checked"));
    assert!(!page.body.contains("value=\"DE\" checked"));

    let nothing = [form(&[]), vec![("countries[]", "")]].concat();
    let page = browser.submit(SAVE, &nothing).await.refused();
    assert!(page.body.contains("id=\"countries-error\""));
    ticked[1].1 = "Holdfast";
    browser.submit(SAVE, &ticked).await.expect(303);
    let settings = shop.services.settings.now().await.unwrap();
    assert!(settings.delivers_to.contains("JP") && settings.delivers_to.contains("NZ"));
    assert!(!settings.delivers_to.contains("DE"));

    // The checkout offers these and no others.
    let rope = shop.stock(Goods::named("Rope")).await;
    let shopper = site.browser();
    shopper.add(rope.variant(), 1).await.expect(200);
    let page = shopper.visit("/checkout").await.expect(200);
    let (delivery, _billing) = page.body.split_once("name=\"billing_").unwrap();
    assert!(delivery.contains(">New Zealand<") && !delivery.contains(">Germany<"));
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

async fn the_dashboard_is_whole_without_script(shop: TestShop) {
    let rope = shop
        .stock(Goods::named("Rope & <Line>").price(1000).units(6))
        .await;
    shop.bought(&[(rope.variant(), 2)], cash()).await;
    shop.admin().await;
    shop.account(STAFF, Role::Staff).await;
    let site = shop.open().await;
    let admin = signed_in(&site, ADMIN).await;
    let staff = signed_in(&site, STAFF).await;
    for (path, unit) in [
        ("/admin", "hour"),
        ("/admin?days=7", "day"),
        ("/admin?days=x", "hour"),
    ] {
        let page = admin.page(path).await.expect(200);
        for shown in [
            "€20.00",
            &format!(">Revenue by {unit}</span>"),
            "id=\"revenue-title\"",
            "id=\"revenue-desc\"",
            "Rope &amp; &lt;Line&gt;",
            "Low stock: 5 or fewer",
            "Times are in UTC.",
            "33 %",
        ] {
            assert!(page.body.contains(shown), "{path}: {shown}");
        }
        assert!(!page.body.contains("<Line>"), "{path}");
    }
    let link = format!("/admin/products/{}", rope.id);
    assert!(admin.page("/admin").await.body.contains(&link));
    let page = staff.page("/admin").await.expect(200);
    assert!(page.body.contains("€20.00") && !page.body.contains(&link));
    let live = staff
        .read("/api/admin/dashboard/live")
        .await
        .expect(200)
        .json();
    assert_eq!(live["variants"][0]["sold"], 2);
    assert_eq!(live["orders_last_minute"], 1);
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
