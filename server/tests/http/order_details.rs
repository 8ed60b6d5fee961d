//! What an order was placed with besides its lines: on the staff's page, on papers, for the shopper, and in
//! what a customer has of the shop.

use app::identity::Role;
use serde_json::Value;

use super::{admin_work::admin, order_desk::rope};
use crate::support::{TestShop, cash, on_both_databases};

on_both_databases!(
    what_an_order_was_placed_with_is_shown_and_exported,
    an_order_without_any_of_it_says_nothing_of_it,
    what_is_told_at_the_checkout_comes_with_the_order,
    what_is_wrong_with_a_billing_address_is_marked_with_the_rest,
);

const PLACED_WITH: &str = "UPDATE orders SET discount_minor = 500, fee_minor = 200, \
     total_minor = total_minor - 300, company = 'Haven Ltd', vat_id = 'DE123456789', \
     customer_note = 'Ring twice', market = 'Isles', billing_name = 'Lou Berg', \
     billing_company = 'Berg AG', billing_address_line1 = 'Weg 1', billing_postal_code = '10115', \
     billing_city = 'Berlin', billing_country = 'DE'";

#[track_caller]
fn tells(page: &str, words: &[&str]) {
    for told in words {
        assert!(page.contains(told), "{told} is missing");
    }
}

#[track_caller]
fn keeps_quiet(page: &str, words: &[&str]) {
    for untold in words {
        assert!(!page.contains(untold), "{untold} is there");
    }
}

async fn what_an_order_was_placed_with_is_shown_and_exported(shop: TestShop) {
    let rope = rope(&shop).await;
    let order = shop.bought(&[(rope.variant(), 2)], cash()).await;
    shop.execute(PLACED_WITH).await;
    let site = shop.open().await;
    let browser = admin(&shop, &site).await;
    let here = format!("/admin/orders/{}", order.id);
    let page = browser.page(&here).await.expect(200).body;
    let money = ["Discount", "−€5.00", "Fee", "€2.00"];
    tells(&page, &money);
    tells(
        &page,
        &["Haven Ltd", "Billing address", "Lou Berg", "Berg AG"],
    );
    tells(
        &page,
        &[
            "VAT ID: DE123456789",
            "Note from the customer",
            "Ring twice",
        ],
    );
    tells(&page, &["Language of the order: English", "Market: Isles"]);

    let invoice = browser
        .page(&format!("{here}/invoice"))
        .await
        .expect(200)
        .body;
    tells(&invoice, &money);
    tells(&invoice, &["Berg AG", "Weg 1", "VAT ID: DE123456789"]);
    tells(&invoice, &["Delivery address", "Haven Ltd", "Quay 7"]);
    keeps_quiet(&invoice, &["Ring twice"]);

    let slip = browser
        .page(&format!("{here}/packing-slip"))
        .await
        .expect(200)
        .body;
    tells(&slip, &["Haven Ltd", "Quay 7", "Ring twice"]);
    // By the number that the staff says, which the customer does not know.
    tells(&slip, &["Our number", "#1001"]);
    tells(
        &slip,
        &[&format!(">Packing slip #1001 {} – Admin", order.number)],
    );
    keeps_quiet(&invoice, &["#1001"]);
    keeps_quiet(&slip, &["Berg AG", "DE123456789", "Discount", "€"]);

    let shopper = site.browser();
    let page = shopper
        .page(&format!("/orders/{}", order.token))
        .await
        .expect(200)
        .body;
    tells(&page, &money);

    let admin = shop.account("second@shop.test", Role::Admin).await;
    let file = shop
        .shop()
        .customers
        .export(&admin, &order.id)
        .await
        .unwrap();
    let file: Value = serde_json::from_str(&file).unwrap();
    let placed_with = &file["orders"][0]["placed_with"];
    assert_eq!(placed_with["customer_note"], "Ring twice");
    assert_eq!(placed_with["company"], "Haven Ltd");
    assert_eq!(placed_with["vat_id"], "DE123456789");
    assert_eq!(placed_with["billing"]["city"], "Berlin");
    assert_eq!(file["orders"][0]["discount_minor"], 500);
    assert_eq!(file["orders"][0]["fee_minor"], 200);
}

async fn an_order_without_any_of_it_says_nothing_of_it(shop: TestShop) {
    let rope = rope(&shop).await;
    let order = shop.bought(&[(rope.variant(), 2)], cash()).await;
    let site = shop.open().await;
    let browser = admin(&shop, &site).await;
    for paper in ["", "/invoice", "/packing-slip"] {
        let page = browser
            .page(&format!("/admin/orders/{}{paper}", order.id))
            .await;
        let page = page.expect(200).body;
        keeps_quiet(
            &page,
            &[
                "Discount",
                "Billing address",
                "VAT ID",
                "Note from the customer",
                "Market:",
            ],
        );
    }
}

/// Where the parcel goes, with whom the invoice is for.
const TOLD: [(&str, &str); 15] = [
    ("email", "kim@example.com"),
    ("name", "Kim Marten"),
    ("address_line1", "Quay 7"),
    ("postal_code", "20457"),
    ("city", "Hamburg"),
    ("country", "DE"),
    ("company", "Haven Ltd"),
    ("vat_id", "de 123456789"),
    ("customer_note", "Ring twice.\r\nSecond bell."),
    ("billing", "elsewhere"),
    ("billing_name", "Lou Berg"),
    ("billing_address_line1", "Weg 1"),
    ("billing_postal_code", "10115"),
    ("billing_city", "Berlin"),
    ("billing_country", "DE"),
];

async fn what_is_told_at_the_checkout_comes_with_the_order(shop: TestShop) {
    let rope = rope(&shop).await;
    let site = shop.open().await;
    let browser = site.browser();
    browser.add(rope.variant(), 1).await.expect(200);
    let told = browser.submit("/api/checkout/contact", &TOLD).await;
    let told = told.expect(303);
    assert_eq!(told.location(), "/checkout?step=shipping");
    let shipping = [("shipping", "standard")];
    let sent = browser.submit("/api/checkout/shipping", &shipping).await;
    sent.expect(303);
    let paid = [("payment", "cash_on_delivery")];
    browser
        .submit("/api/checkout/payment", &paid)
        .await
        .expect(303);
    let review = browser.page("/checkout?step=review").await.expect(200);
    let words = ["Haven Ltd", "Lou Berg", "DE123456789", "Second bell."];
    tells(&review.body, &words);

    let form = super::checkout_forms::hidden_fields(&review.body, "action=\"/api/checkout/place\"");
    let form: Vec<(&str, &str)> = form
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .collect();
    let placed = browser
        .submit("/api/checkout/place", &form)
        .await
        .expect(303);
    let page = browser.visit(placed.location()).await.expect(200);
    tells(&page.body, &words);
    tells(&page.body, &["Billing address", "Your note"]);
}

async fn what_is_wrong_with_a_billing_address_is_marked_with_the_rest(shop: TestShop) {
    let rope = rope(&shop).await;
    let site = shop.open().await;
    let browser = site.browser();
    browser.add(rope.variant(), 1).await.expect(200);
    let told = TOLD.map(|(name, value)| match name {
        "city" | "billing_name" => (name, ""),
        _ => (name, value),
    });
    let refused = browser.submit("/api/checkout/contact", &told).await;
    let page = refused.refused().body;
    tells(
        &page,
        &["city-error", "billing_name-error", "Ring twice.", "Weg 1"],
    );
}
