//! Refunds and papers of orders over HTTP.

use super::{
    admin_work::admin,
    order_desk::{from_page, rope},
};
use crate::support::{APPROVES, Goods, TestShop, cash, on_both_databases, order, rows, test_card};

on_both_databases!(
    a_refund_is_looked_at_and_then_made,
    a_refund_that_cannot_be_is_marked_at_its_line,
    money_to_be_paid_back_by_hand_is_found_and_marked,
    papers_show_what_they_are_for,
);

async fn a_refund_is_looked_at_and_then_made(shop: TestShop) {
    let rope = rope(&shop).await;
    let order = shop
        .bought(&[(rope.variant(), 3)], test_card(APPROVES))
        .await;
    let id = order.id.as_str();
    let site = shop.open().await;
    let browser = admin(&shop, &site).await;
    let here = format!("/admin/orders/{id}/refund");
    let page = browser.page(&here).await.expect(200);
    assert!(!page.body.contains("Refund total"));
    let before = rows(shop.db()).await;
    let look = format!("{here}?lines%5B0%5D%5Bunits%5D=2&restock=1&note=Torn");
    let page = browser.page(&look).await.expect(200);
    assert!(page.body.contains("Refund €20.00"), "{}", page.body);
    assert_eq!(rows(shop.db()).await, before, "looking changes nothing");

    let mut fields = vec![
        ("id", id),
        ("number", "1"),
        ("key", "the-key-of-this-form"),
        ("expected_minor", "2000"),
        ("lines[0][position]", "0"),
        ("lines[0][units]", "2"),
        ("restock", "1"),
        ("note", "Torn"),
    ];
    for _ in 0..2 {
        let done = from_page(&browser, &look, "/api/admin/orders/refund", &fields)
            .await
            .expect(303);
        assert_eq!(done.location(), format!("/admin/orders/{id}"));
    }
    assert_eq!(shop.units(rope.variant()).await, 9);
    // Someone else who had the same page open.
    fields[2].1 = "the-key-of-another-one";
    let refused = from_page(&browser, &look, "/api/admin/orders/refund", &fields)
        .await
        .refused();
    assert!(refused.body.contains("Someone else has refunded part"));
    let page = browser
        .page(&format!("/admin/orders/{id}"))
        .await
        .expect(200);
    for told in ["€20.00 refunded", "Torn", "−€20.00", "€10.00"] {
        assert!(page.body.contains(told), "{told}");
    }
    let shown = site
        .browser()
        .page(&format!("/orders/{}", order.token))
        .await
        .expect(200);
    assert!(shown.body.contains("€20.00 refunded") && !shown.body.contains("Torn"));
}

async fn money_to_be_paid_back_by_hand_is_found_and_marked(shop: TestShop) {
    let rope = rope(&shop).await;
    let cart = shop.cart(&[(rope.variant(), 1)]).await;
    let mut form = order(cash(), 1490);
    "standard".clone_into(&mut form.shipping);
    let placed = shop.place(&cart, form).await.unwrap();
    let id = shop.order(&placed).await.id;
    let site = shop.open().await;
    let browser = admin(&shop, &site).await;
    let (here, list) = (
        format!("/admin/orders/{id}"),
        "/admin/orders?money=to-return",
    );
    let refund = [
        ("id", id.as_str()),
        ("number", "1"),
        ("lines[0][position]", "0"),
        ("lines[0][units]", "1"),
        ("restock", "1"),
    ];
    let path = "/api/admin/orders/refund";
    browser.submit(path, &refund).await.expect(303);
    // All units are refunded, and delivery is still due.
    let page = browser.page(&here).await.expect(200);
    assert!(page.body.contains("Mark €4.90 as received"));
    let ways = browser.page(&format!("{here}/refund")).await.expect(200);
    assert!(ways.body.contains("Refund shipping, too (€4.90)"));
    let path = "/api/admin/orders/receive";
    browser.submit(path, &[("id", &id)]).await.expect(303);
    let empty = browser.page(list).await.expect(200);
    assert!(!empty.body.contains(&placed.order_number));
    let delivery = [("id", id.as_str()), ("number", "2"), ("shipping", "1")];
    let path = "/api/admin/orders/refund";
    browser.submit(path, &delivery).await.expect(303);

    let found = browser.page(list).await.expect(200);
    assert!(found.body.contains(&placed.order_number));
    assert!(found.body.contains("€4.90 to be refunded"));
    let page = browser.page(&here).await.expect(200);
    assert!(page.body.contains("Mark €4.90 as refunded"));
    let (path, fields) = (
        "/api/admin/orders/paid-back",
        [("id", id.as_str()), ("number", "2")],
    );
    let done = browser.submit(path, &fields).await.expect(303);
    assert_eq!(done.location(), here);
    let again = browser.submit(path, &fields).await.refused();
    assert!(again.body.contains("role=\"alert\"") && again.body.contains(&placed.order_number));
    let page = browser.page(&here).await.expect(200);
    assert!(page.body.contains("€4.90 paid back"));
    assert!(!page.body.contains("Mark €4.90"));
    let gone = browser.page(list).await.expect(200);
    assert!(!gone.body.contains(&placed.order_number));
    let refused = browser
        .call(path, &[("id", &id), ("number", "two")])
        .await
        .expect(422);
    assert_eq!(refused.fields(), ["number"]);
}

async fn a_refund_that_cannot_be_is_marked_at_its_line(shop: TestShop) {
    let rope = rope(&shop).await;
    let lamp = shop.stock(Goods::named("Lamp").price(500)).await;
    let lines = [(rope.variant(), 1), (lamp.variant(), 1)];
    let order = shop.bought(&lines, test_card(APPROVES)).await;
    let id = order.id.as_str();
    let site = shop.open().await;
    let browser = admin(&shop, &site).await;
    let here = format!("/admin/orders/{id}/refund");
    let page = browser
        .page(&format!("{here}?lines%5B1%5D%5Bunits%5D=2&restock=0"))
        .await
        .expect(200);
    assert!(page.body.contains("Enter a number from 0 to 1."));
    assert!(
        page.body.contains("href=\"#lines[1][units]\""),
        "the banner leads there"
    );
    for (fields, field) in [
        (
            &[("lines[0][position]", "1"), ("lines[0][units]", "2")][..],
            "lines[1][units]",
        ),
        (
            &[("lines[0][position]", "0"), ("lines[0][units]", "x")],
            "lines[0][units]",
        ),
        (&[("lines[0][units]", "1")], "lines[0][position]"),
        (&[], "lines[0][units]"),
        (&[("number", "one")], "number"),
        (
            &[("all", "1"), ("expected_minor", "15,00")],
            "expected_minor",
        ),
        (&[("all", "1"), ("restock", "maybe")], "restock"),
        (&[("all", "1"), ("key", "short")], "key"),
    ] {
        let mut sent = vec![("id", id)];
        if !fields.iter().any(|(name, _)| *name == "number") {
            sent.push(("number", "1"));
        }
        sent.extend(fields.to_vec());
        let refused = browser
            .call("/api/admin/orders/refund", &sent)
            .await
            .expect(422);
        assert_eq!(refused.fields(), [field], "{fields:?}");
    }
    // A list that is sent with gaps arrives without them: the second line is meant all the same.
    let at = order
        .lines
        .iter()
        .position(|line| line.title == "Lamp")
        .unwrap()
        .to_string();
    let fields = [
        ("id", id),
        ("number", "1"),
        ("lines[7][position]", at.as_str()),
        ("lines[7][units]", "1"),
    ];
    let made = browser
        .call("/api/admin/orders/refund", &fields)
        .await
        .expect(200);
    assert_eq!(made.json()["refunded_minor"], 500);
}

async fn papers_show_what_they_are_for(shop: TestShop) {
    let rope = rope(&shop).await;
    let lamp = shop
        .stock(Goods::named("Lamp").price(500).sku("LA-1"))
        .await;
    let lines = [(rope.variant(), 2), (lamp.variant(), 1)];
    let order = shop.bought(&lines, test_card(APPROVES)).await;
    let id = order.id.as_str();
    let site = shop.open().await;
    let browser = admin(&shop, &site).await;
    let invoice = browser
        .page(&format!("/admin/orders/{id}/invoice"))
        .await
        .expect(200)
        .body;
    // 25.00 with 19 % in it.
    for told in [
        &order.number,
        "€25.00",
        "€21.01",
        "€3.99",
        "19\u{a0}%",
        "Kim Marten",
        "Paid.",
    ] {
        assert!(invoice.contains(told), "{told}");
    }
    let at = order
        .lines
        .iter()
        .position(|line| line.title == "Lamp")
        .unwrap()
        .to_string();
    let fields = [
        ("id", id),
        ("number", "1"),
        ("lines[0][position]", at.as_str()),
        ("lines[0][units]", "1"),
    ];
    browser
        .call("/api/admin/orders/refund", &fields)
        .await
        .expect(200);
    let invoice = browser
        .page(&format!("/admin/orders/{id}/invoice"))
        .await
        .expect(200)
        .body;
    for told in ["Refund 1", "−€5.00", "€20.00", "€3.19"] {
        assert!(invoice.contains(told), "{told}");
    }
    let slip = browser
        .page(&format!("/admin/orders/{id}/packing-slip"))
        .await
        .expect(200)
        .body;
    assert!(
        slip.contains("Rope") && !slip.contains("Lamp"),
        "refunded before: not to be packed"
    );
    assert!(slip.contains("Total units: 2") && slip.contains("1 refunded unit"));
    assert!(!slip.contains('€'), "no prices in the parcel");
    for paper in ["invoice", "packing-slip", "refund"] {
        browser
            .page(&format!("/admin/orders/x/{paper}"))
            .await
            .expect(404);
        browser
            .page(&format!("/admin/orders/{}/{paper}", rope.id))
            .await
            .expect(404);
    }
}
