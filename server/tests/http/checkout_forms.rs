//! The checkout without scripts, from the cart to the confirmation.

mod changed;
mod planted;

use crate::support::{
    APPROVES, Answer, Browser, DECLINES, FAILS_BEFORE, Goods, Site, Stocked, TestShop,
    on_both_databases,
};

on_both_databases!(
    the_whole_purchase_works_with_plain_forms,
    a_wrong_address_comes_back_with_what_was_typed,
    a_state_is_asked_for_where_parcels_need_it,
    an_unknown_way_to_send_or_pay_is_refused,
    card_numbers_are_never_shown_or_kept,
    a_declined_card_leaves_the_review_page_with_the_cart,
    a_second_submit_leads_to_the_first_order,
);

const ADDRESS: [(&str, &str); 8] = [
    ("email", "kim@example.com"),
    ("name", "Kim Marten"),
    ("address_line1", "Quay 7"),
    ("address_line2", "2nd floor"),
    ("postal_code", "20457"),
    ("city", "Hamburg"),
    ("country", "DE"),
    ("phone", "+49 40 123456"),
];

/// A browser on the review page, with one rope for 49.00 to be sent for 4.90.
async fn at_review(site: &Site, rope: &Stocked, payment: &str, card: &str) -> Browser {
    let browser = site.browser();
    browser.add(rope.variant(), 1).await.expect(200);
    let paying = [("payment", payment), ("card_number", card)];
    for (path, fields, next) in [
        ("/api/checkout/validate", &[][..], "/checkout"),
        (
            "/api/checkout/contact",
            &ADDRESS[..],
            "/checkout?step=shipping",
        ),
        (
            "/api/checkout/shipping",
            &[("shipping", "standard")],
            "/checkout?step=payment",
        ),
        ("/api/checkout/payment", &paying, "/checkout?step=review"),
    ] {
        let answer = browser.submit(path, fields).await.expect(303);
        assert_eq!(answer.location(), next);
        browser.visit(next).await.expect(200);
    }
    browser
}

/// What the review page's form would send.
async fn review_form(browser: &Browser) -> Vec<(String, String)> {
    let page = browser.page("/checkout?step=review").await.expect(200);
    hidden_fields(&page.body, "action=\"/api/checkout/place\"")
}

/// What the form with this attribute would send.
pub fn hidden_fields(page: &str, attribute: &str) -> Vec<(String, String)> {
    let form = page.split(attribute).nth(1);
    let form = form.expect("the form is there").split("</form>").next();
    let value = |tag: &str, name: &str| {
        let rest = tag.split_once(&format!(" {name}=\""))?.1;
        Some(rest.split('"').next()?.to_owned())
    };
    form.unwrap()
        .split("<input type=\"hidden\"")
        .skip(1)
        .filter_map(|tag| {
            let tag = tag.split('>').next()?;
            Some((value(tag, "name")?, value(tag, "value").unwrap_or_default()))
        })
        .collect()
}

async fn place(browser: &Browser, form: &[(String, String)]) -> Answer {
    let fields: Vec<_> = form.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
    browser.submit("/api/checkout/place", &fields).await
}

async fn the_whole_purchase_works_with_plain_forms(shop: TestShop) {
    let rope = shop.stock(Goods::named("Rope")).await;
    let site = shop.open().await;
    let browser = at_review(&site, &rope, "test_card", APPROVES).await;
    let review = browser.page("/checkout?step=review").await.expect(200);
    for shown in [
        "Kim Marten",
        "Quay 7",
        "Germany",
        "Test card ending 4242",
        "€53.90",
    ] {
        assert!(review.body.contains(shown), "{shown}");
    }
    let form = review_form(&browser).await;
    let answer = place(&browser, &form).await.expect(303);
    let confirmation = browser.page(answer.location()).await.expect(200);
    assert!(answer.location().starts_with("/orders/"));
    assert!(confirmation.body.contains("Kim Marten"));
    assert!(confirmation.body.contains("€53.90"));
    let tax = shop.number("SELECT tax_minor AS n FROM orders").await;
    assert_eq!(tax, 861);
    assert_eq!(browser.read("/api/cart").await.json()["count"], 0);
    assert_eq!(shop.units(rope.variant()).await, 9);
}

async fn a_wrong_address_comes_back_with_what_was_typed(shop: TestShop) {
    let rope = shop.stock(Goods::named("Rope")).await;
    let site = shop.open().await;
    let browser = site.browser();
    browser.add(rope.variant(), 1).await.expect(200);
    let fields = [
        ("email", "kim-at-example"),
        ("name", "\"><script>alert(1)</script>"),
        ("address_line1", ""),
        ("postal_code", "20457"),
        ("city", "Hamburg"),
        ("country", "XX"),
    ];
    let page = browser
        .submit("/api/checkout/contact", &fields)
        .await
        .refused();
    assert!(page.body.contains("Contact &amp; address") || page.body.contains("Checkout"));
    for typed in [
        "value=\"kim-at-example\"",
        "value=\"20457\"",
        "value=\"Hamburg\"",
    ] {
        assert!(page.body.contains(typed), "{typed}");
    }
    assert!(page.body.contains("role=\"alert\""));
    assert_eq!(page.body.matches("aria-invalid=\"true\"").count(), 3);
    for id in ["email-error", "address_line1-error", "country-error"] {
        assert!(page.body.contains(&format!("id=\"{id}\"")), "{id}");
    }
    assert!(!page.body.contains("<script>alert"));
    let later = browser.visit("/checkout?step=review").await.expect(200);
    assert!(
        later.body.contains("/api/checkout/contact"),
        "nothing was kept"
    );
}

async fn a_state_is_asked_for_where_parcels_need_it(shop: TestShop) {
    let rope = shop.stock(Goods::named("Rope")).await;
    let site = shop.open().await;
    let browser = site.browser();
    browser.add(rope.variant(), 1).await.expect(200);
    let mut fields = vec![
        ("email", "kim@example.com"),
        ("name", "Kim Marten"),
        ("address_line1", "350 Fifth Avenue"),
        ("postal_code", "1011"),
        ("city", "New York"),
        ("country", "US"),
        ("state", ""),
    ];
    let page = browser
        .submit("/api/checkout/contact", &fields)
        .await
        .refused();
    for shown in [
        "id=\"state-error\"",
        "Enter the state.",
        "id=\"postal_code-error\"",
        "such as 10118",
        "<datalist id=\"states\">",
    ] {
        assert!(page.body.contains(shown), "{shown}");
    }
    fields[3].1 = "10118";
    fields[6].1 = "new york";
    browser
        .submit("/api/checkout/contact", &fields)
        .await
        .expect(303);
    for (path, chosen) in [
        ("/api/checkout/shipping", ("shipping", "standard")),
        ("/api/checkout/payment", ("payment", "cash_on_delivery")),
    ] {
        browser.submit(path, &[chosen]).await.expect(303);
    }
    let review = browser.page("/checkout?step=review").await.expect(200);
    assert!(review.body.contains("New York, NY 10118"));
    let form = review_form(&browser).await;
    let answer = place(&browser, &form).await.expect(303);
    let confirmation = browser.page(answer.location()).await.expect(200);
    assert!(confirmation.body.contains("New York, NY 10118"));
    let kept = "SELECT COUNT(*) AS n FROM orders WHERE state = 'NY'";
    assert_eq!(shop.number(kept).await, 1);
}

async fn an_unknown_way_to_send_or_pay_is_refused(shop: TestShop) {
    let rope = shop.stock(Goods::named("Rope")).await;
    let site = shop.open().await;
    let browser = site.browser();
    browser.add(rope.variant(), 1).await.expect(200);
    browser
        .submit("/api/checkout/contact", &ADDRESS)
        .await
        .expect(303);
    let page = browser
        .submit("/api/checkout/shipping", &[("shipping", "by-whale")])
        .await;
    assert!(page.refused().body.contains("id=\"shipping-error\""));
    browser
        .submit("/api/checkout/shipping", &[("shipping", "express")])
        .await
        .expect(303);
    let page = browser
        .submit("/api/checkout/payment", &[("payment", "shells")])
        .await;
    assert!(page.refused().body.contains("id=\"payment-error\""));
    let page = browser
        .submit("/api/checkout/payment", &[("payment", "test_card")])
        .await;
    assert!(page.refused().body.contains("id=\"card_number-error\""));
}

async fn card_numbers_are_never_shown_or_kept(shop: TestShop) {
    let rope = shop.stock(Goods::named("Rope")).await;
    let site = shop.open().await;
    let browser = at_review(&site, &rope, "test_card", APPROVES).await;
    let wrong = [
        ("payment", "test_card"),
        ("card_number", "4999 1234 5678 9012"),
    ];
    let page = browser
        .submit("/api/checkout/payment", &wrong)
        .await
        .refused();
    assert!(page.body.contains("id=\"card_number-error\""));
    assert!(!page.body.contains("4999"), "{}", page.body);
    let review = browser.page("/checkout?step=review").await.expect(200);
    assert!(!review.body.replace(' ', "").contains("42424242"));
    let kept = shop
        .number(
            "SELECT COUNT(*) AS n FROM carts \
             WHERE replace(draft, ' ', '') LIKE '%4242424242%' OR draft LIKE '%4999%'",
        )
        .await;
    assert_eq!(kept, 0);
    let form = review_form(&browser).await;
    place(&browser, &form).await.expect(303);
    let kept = shop
        .number(
            "SELECT COUNT(*) AS n FROM orders o LEFT JOIN payment_attempts p ON p.order_id = o.id \
             WHERE p.token LIKE '%424242%' OR o.payment_label LIKE '%424242%'",
        )
        .await;
    assert_eq!(kept, 0);
}

async fn a_declined_card_leaves_the_review_page_with_the_cart(shop: TestShop) {
    let rope = shop.stock(Goods::named("Rope")).await;
    let site = shop.open().await;
    for card in [DECLINES, FAILS_BEFORE] {
        let browser = at_review(&site, &rope, "test_card", card).await;
        let form = review_form(&browser).await;
        let page = place(&browser, &form).await.refused();
        assert!(page.body.contains("role=\"alert\""), "{card}");
        assert_eq!(shop.units(rope.variant()).await, 10, "{card}");
        assert_eq!(browser.read("/api/cart").await.json()["count"], 1, "{card}");
        // The way is open to pay in another way.
        for (path, fields) in [
            ("/api/checkout/contact", &ADDRESS[..]),
            ("/api/checkout/shipping", &[("shipping", "standard")]),
            ("/api/checkout/payment", &[("payment", "cash_on_delivery")]),
        ] {
            browser.submit(path, fields).await.expect(303);
        }
        let form = review_form(&browser).await;
        place(&browser, &form).await.expect(303);
        shop.set_units(&rope, 10).await;
    }
}

async fn a_second_submit_leads_to_the_first_order(shop: TestShop) {
    let rope = shop.stock(Goods::named("Rope")).await;
    let site = shop.open().await;
    let browser = at_review(&site, &rope, "test_card", APPROVES).await;
    let form = review_form(&browser).await;
    let first = place(&browser, &form).await.expect(303);
    let second = place(&browser, &form).await.expect(303);
    assert_eq!(first.location(), second.location());
    assert_eq!(shop.orders().await, 1);
    assert_eq!(shop.units(rope.variant()).await, 9);
}
