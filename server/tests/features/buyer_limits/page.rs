//! Limits as their owner sets them, and as shoppers are told of them.

use super::ropes;
use crate::support::{ADMIN, Goods, TestShop, cash, contact, on_both_databases};

on_both_databases!(
    an_owner_sets_limits_on_a_page,
    what_is_wrong_is_said_and_what_was_typed_stays,
    a_cart_says_which_limit_is_in_its_way,
    a_guest_over_a_limit_is_told_at_the_review,
);

const SAVE: &str = "/api/admin/limits/save";

/// Of the form in a page.
fn version(page: &str) -> String {
    let at = page
        .find(r#"name="version" value=""#)
        .expect("there is a form");
    page[at + 22..].chars().take(16).collect()
}

async fn an_owner_sets_limits_on_a_page(shop: TestShop) {
    let jacket = Goods::named("Jacket").options(["Size"], &[(["M"], 1000, 50), (["L"], 1000, 50)]);
    let jacket = shop.stock(jacket).await;
    shop.admin().await;
    let site = shop.open().await;
    let admin = site.browser();
    admin.sign_in(ADMIN).await.expect(200);
    let editor = admin.page(&format!("/admin/products/{}", jacket.id)).await;
    let address = format!("/admin/products/{}/limits", jacket.id);
    assert!(editor.expect(200).body.contains(&address));
    let page = admin.page(&address).await.expect(200).body;
    assert!(
        page.contains("Whole product") && page.contains("limits[2][units]"),
        "{page}"
    );
    let first = version(&page);
    let fields = [
        ("id", jacket.id.as_str()),
        ("version", &first),
        ("limits[0][units]", "4"),
        ("limits[0][days]", "30"),
        ("limits[1][variant]", &jacket.variants[1]),
        ("limits[1][units]", "2"),
    ];
    admin.call(SAVE, &fields).await.expect(200);
    let page = admin.page(&address).await.expect(200).body;
    for value in ["4", "30", "2"] {
        assert!(page.contains(&format!(r#"value="{value}""#)), "{page}");
    }
    let again = admin.call(SAVE, &fields).await.expect(409);
    assert_eq!(again.kind(), "conflict");
    // The shop's own page leads there.
    let settings = admin.page("/admin/settings").await.expect(200).body;
    assert!(settings.contains(r#"href="/admin/limits""#));
    let page = admin.page("/admin/limits").await.expect(200).body;
    assert!(
        page.contains("Whole shop") && page.contains(&address),
        "{page}"
    );
    let of_shop = version(&page);
    let fields = [("version", of_shop.as_str()), ("limits[0][units]", "9")];
    admin.call(SAVE, &fields).await.expect(200);
    let log = admin.page("/admin/audit").await.expect(200).body;
    assert!(log.contains("Limits changed"), "{log}");
    let nowhere = format!("/admin/products/{}/limits", jacket.variants[0]);
    admin.page(&nowhere).await.expect(404);
}

async fn what_is_wrong_is_said_and_what_was_typed_stays(shop: TestShop) {
    let (rope, _) = ropes(&shop, 2).await;
    let site = shop.open().await;
    let admin = site.browser();
    admin.sign_in(ADMIN).await.expect(200);
    let address = format!("/admin/products/{}/limits", rope.id);
    let page = admin.page(&address).await.expect(200).body;
    let known = version(&page);
    for (units, days, field) in [
        ("0", "", "limits[0][units]"),
        ("many", "", "limits[0][units]"),
        ("1", "9999999", "limits[0][days]"),
        ("", "7", "limits[0][units]"),
    ] {
        let fields = [
            ("id", rope.id.as_str()),
            ("version", &known),
            ("limits[0][units]", units),
            ("limits[0][days]", days),
        ];
        let refused = admin.call(SAVE, &fields).await.expect(422);
        assert_eq!(refused.fields(), [field], "{units} {days}");
    }
    let fields = [
        ("id", rope.id.as_str()),
        ("version", &known),
        ("limits[0][units]", "many"),
    ];
    let page = admin.submit(SAVE, &fields).await.refused().body;
    assert!(page.contains(r#"value="many""#), "{page}");
}

async fn a_cart_says_which_limit_is_in_its_way(shop: TestShop) {
    let (rope, _) = ropes(&shop, 2).await;
    let site = shop.speaking("en,de").open().await;
    let shopper = site.browser();
    shopper.add(rope.variant(), 3).await.expect(200);
    let page = shopper.page("/cart").await.expect(200).body;
    assert!(page.contains("limit 2 per customer"), "{page}");
    assert!(page.contains("Change to 2"), "{page}");
    let page = shopper.page("/de/cart").await.expect(200).body;
    assert!(page.contains("höchstens 2 pro Kunde"), "{page}");
}

/// Their cart knows nothing of it: to lead there would be to lead in a circle.
async fn a_guest_over_a_limit_is_told_at_the_review(shop: TestShop) {
    let (rope, _) = ropes(&shop, 2).await;
    shop.bought(&[(rope.variant(), 2)], cash()).await;
    let site = shop.open().await;
    let browser = site.browser();
    browser.add(rope.variant(), 1).await.expect(200);
    let kim = contact();
    let address = [
        ("email", kim.email.as_str()),
        ("name", &kim.name),
        ("address_line1", &kim.address_line1),
        ("postal_code", &kim.postal_code),
        ("city", &kim.city),
        ("country", &kim.country),
    ];
    let (shipping, payment) = (("shipping", "pickup"), ("payment", "cash_on_delivery"));
    for (path, fields) in [
        ("/api/checkout/contact", &address[..]),
        ("/api/checkout/shipping", &[shipping]),
        ("/api/checkout/payment", &[payment]),
    ] {
        browser.submit(path, fields).await.expect(303);
    }
    let review = browser.page("/checkout?step=review").await.expect(200).body;
    let key = review.split(r#"name="checkout_key" value=""#).nth(1);
    let key = key
        .and_then(|rest| rest.split('"').next())
        .expect("there is a form");
    let rest = [
        ("checkout_key", key),
        ("expected_total_minor", "1000"),
        ("page", "/checkout?step=review"),
    ];
    let fields = [&address[..], &[shipping, payment], &rest].concat();
    let refused = browser
        .submit("/api/checkout/place", &fields)
        .await
        .refused()
        .body;
    assert!(refused.contains("role=\"alert\""), "{refused}");
    assert!(refused.contains("Rope: limit 2 per customer."), "{refused}");
    assert!(refused.contains("href=\"/cart\">Edit cart"), "{refused}");
    assert!(refused.contains("Review your order"), "{refused}");
    assert_eq!(shop.orders().await, 1);
}
