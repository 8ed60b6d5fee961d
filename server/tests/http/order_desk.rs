//! Orders in the admin area over HTTP: who may do what, and plain forms that say what was wrong.

use app::identity::Role;

use super::admin_work::admin;
use crate::support::{
    ADMIN, Answer, Browser, Goods, STAFF, Stocked, TestShop, cash, on_both_databases, rows_but_log,
};

/// What a form sends.
type Fields = &'static [(&'static str, &'static str)];

on_both_databases!(
    each_function_is_for_staff_and_admins,
    an_order_goes_its_way_by_plain_forms,
    a_refused_form_comes_back_as_typed_on_its_page,
    what_the_staff_writes_is_escaped_and_not_shown_to_the_shopper,
    the_table_of_orders_is_filtered_by_its_address,
);

const CUSTOMER: &str = "customer@shop.test";

pub async fn rope(shop: &TestShop) -> Stocked {
    shop.stock(Goods::named("Rope").price(1000)).await
}

async fn each_function_is_for_staff_and_admins(shop: TestShop) {
    let rope = rope(&shop).await;
    shop.admin().await;
    shop.account(STAFF, Role::Staff).await;
    shop.account(CUSTOMER, Role::Customer).await;
    let site = shop.open().await;
    let who: [Option<&str>; 4] = [None, Some(CUSTOMER), Some(STAFF), Some(ADMIN)];
    // What an order needs before, the function, its fields, and what each of the above is told.
    let table: [(&[&str], &str, Fields, [u16; 4]); 14] = [
        (&[], "pack", &[], [404, 404, 200, 200]),
        (
            &["pack"],
            "ship",
            &[("carrier", "DPD")],
            [404, 404, 200, 200],
        ),
        (&["pack", "ship"], "deliver", &[], [404, 404, 200, 200]),
        (
            &["pack", "ship"],
            "tracking",
            &[("tracking_number", "1")],
            [404, 404, 200, 200],
        ),
        (&[], "receive", &[], [404, 404, 200, 200]),
        (
            &[],
            "refund",
            &[("number", "1"), ("all", "1")],
            [404, 404, 200, 200],
        ),
        (&[], "confirm", &[], [404, 404, 409, 409]),
        (&[], "resend", &[], [404, 404, 200, 200]),
        // Nothing waits for it, which only those are told who may know.
        (&[], "paid-back", &[("number", "1")], [404, 404, 409, 409]),
        (
            &[],
            "sum-returned",
            &[("attempt", "1")],
            [404, 404, 409, 409],
        ),
        // It is paid in cash, of which no provider has any.
        (&[], "capture-payment", &[], [404, 404, 404, 409]),
        (&[], "void-payment", &[], [404, 404, 404, 409]),
        (&[], "note", &[("note", "Rang.")], [404, 404, 200, 200]),
        (&[], "cancel", &[], [404, 404, 200, 200]),
    ];
    let mut browsers = Vec::new();
    for who in who {
        let browser = site.browser();
        if let Some(who) = who {
            browser.sign_in(who).await;
        }
        browsers.push(browser);
    }
    let registered = server_fn::axum::server_fn_paths()
        .filter(|(path, _)| path.starts_with("/api/admin/orders/"))
        .count();
    assert_eq!(registered, table.len(), "every function is in the table");
    for (before, function, fields, expected) in table {
        for ((browser, status), who) in browsers.iter().zip(expected).zip(who) {
            let id = shop.bought(&[(rope.variant(), 1)], cash()).await.id;
            for step in before {
                let path = format!("/api/admin/orders/{step}");
                browsers[3].call(&path, &[("id", &id)]).await.expect(200);
            }
            let kept = rows_but_log(shop.db()).await;
            let path = format!("/api/admin/orders/{function}");
            let fields: Vec<_> = [("id", id.as_str())]
                .into_iter()
                .chain(fields.to_vec())
                .collect();
            let answer = browser.call(&path, &fields).await;
            assert_eq!(
                answer.status, status,
                "{function} by {who:?}: {}",
                answer.body
            );
            if status == 404 {
                assert_eq!(rows_but_log(shop.db()).await, kept, "{function} by {who:?}");
            }
            // The rope is needed again.
            browsers[3]
                .call("/api/admin/orders/cancel", &[("id", &id)])
                .await;
            let back = [
                ("variant_id", rope.variant()),
                ("delta", "1"),
                ("reason", "For the test"),
            ];
            browsers[3]
                .call("/api/admin/stock/adjust", &back)
                .await
                .expect(200);
        }
    }
}

/// Every order is sent from now on, and none collected.
async fn send_all(shop: &TestShop) {
    shop.execute("UPDATE shipping_rates SET handover = 'delivery'")
        .await;
}

async fn an_order_goes_its_way_by_plain_forms(shop: TestShop) {
    let rope = rope(&shop).await;
    send_all(&shop).await;
    let order = shop.bought(&[(rope.variant(), 2)], cash()).await;
    let id = order.id.as_str();
    let site = shop.open().await;
    let browser = admin(&shop, &site).await;
    let here = format!("/admin/orders/{id}");
    let steps: [(&str, &str, Fields); 4] = [
        ("Mark as packed", "pack", &[]),
        (
            "Mark as shipped",
            "ship",
            &[("carrier", "UPS"), ("tracking_number", "1Z9")],
        ),
        ("Mark as delivered", "deliver", &[]),
        ("Mark €20.00 as received", "receive", &[]),
    ];
    for (words, function, fields) in steps {
        let page = browser.page(&here).await.expect(200);
        assert!(page.body.contains(words), "{words}");
        let path = format!("/api/admin/orders/{function}");
        let fields: Vec<_> = [("id", id)].into_iter().chain(fields.to_vec()).collect();
        let done = browser.submit(&path, &fields).await.expect(303);
        assert_eq!(done.location(), here);
        let again = browser.submit(&path, &fields).await.refused();
        assert!(again.body.contains("role=\"alert\""), "{function}");
        assert!(
            again.body.contains(&order.number),
            "on the order's page: {function}"
        );
    }
    let page = browser.page(&here).await.expect(200);
    for told in [
        "Packed",
        "Shipped",
        "Delivered",
        "Money received",
        ADMIN,
        "tracknum=1Z9",
    ] {
        assert!(page.body.contains(told), "{told}");
    }
    let shopper = site.browser();
    let shown = shopper
        .page(&format!("/orders/{}", order.token))
        .await
        .expect(200);
    assert!(
        shown
            .body
            .contains("https://www.ups.com/track?tracknum=1Z9")
    );
    assert!(shown.body.contains("Your order has arrived"));
    assert!(
        !shown.body.contains(ADMIN),
        "who did it is not for shoppers"
    );
}

/// Sends a form as a browser does that is on a page.
pub async fn from_page(
    browser: &Browser,
    page: &str,
    path: &str,
    fields: &[(&str, &str)],
) -> Answer {
    let request = browser
        .request(reqwest::Method::POST, path)
        .header("accept", "text/html")
        .header("referer", format!("{}{page}", browser.base))
        .form(fields);
    browser.send(request).await
}

async fn a_refused_form_comes_back_as_typed_on_its_page(shop: TestShop) {
    let rope = rope(&shop).await;
    send_all(&shop).await;
    let id = shop.bought(&[(rope.variant(), 1)], cash()).await.id;
    let site = shop.open().await;
    let browser = admin(&shop, &site).await;
    let note = "x".repeat(2001);
    let refused = browser
        .submit("/api/admin/orders/note", &[("id", &id), ("note", &note)])
        .await
        .refused();
    assert!(refused.body.contains(&note), "what was typed is kept");
    assert!(refused.body.contains("aria-invalid=\"true\""));
    let here = format!("/admin/orders/{id}");
    browser
        .call("/api/admin/orders/pack", &[("id", &id)])
        .await
        .expect(200);
    let carrier = "y".repeat(81);
    let fields = [
        ("id", id.as_str()),
        ("carrier", &carrier),
        ("tracking_number", "<b>7</b>"),
    ];
    let refused = from_page(&browser, &here, "/api/admin/orders/ship", &fields)
        .await
        .refused();
    assert!(refused.body.contains(&carrier));
    assert!(
        refused.body.contains("value=\"&lt;b&gt;7&lt;/b&gt;\""),
        "{}",
        refused.body
    );
    let refused = browser
        .call("/api/admin/orders/ship", &fields)
        .await
        .expect(422);
    assert_eq!(refused.fields(), ["carrier"]);
}

async fn what_the_staff_writes_is_escaped_and_not_shown_to_the_shopper(shop: TestShop) {
    let rope = rope(&shop).await;
    let order = shop.bought(&[(rope.variant(), 1)], cash()).await;
    let id = order.id.as_str();
    let site = shop.open().await;
    let browser = admin(&shop, &site).await;
    let evil = "<script>alert(1)</script>";
    let note = [("id", id), ("note", evil)];
    browser
        .call("/api/admin/orders/note", &note)
        .await
        .expect(200);
    browser
        .call("/api/admin/orders/pack", &[("id", id)])
        .await
        .expect(200);
    let ship = [
        ("id", id),
        ("carrier", evil),
        ("tracking_number", "\"onload=\""),
    ];
    browser
        .call("/api/admin/orders/ship", &ship)
        .await
        .expect(200);
    let page = browser
        .page(&format!("/admin/orders/{id}"))
        .await
        .expect(200)
        .body;
    assert!(page.contains("&lt;script>alert(1)") || page.contains("&lt;script&gt;alert(1)"));
    assert!(!page.contains(evil));
    let shown = site
        .browser()
        .page(&format!("/orders/{}", order.token))
        .await
        .expect(200)
        .body;
    assert!(!shown.contains(evil));
    let found = [
        ("number", order.number.as_str()),
        ("email", "kim@example.com"),
    ];
    let found = site
        .browser()
        .call("/api/orders/look-up", &found)
        .await
        .expect(200);
    let events = found.json()["events"].to_string();
    assert!(
        !events.contains("note") && !events.contains(ADMIN),
        "{events}"
    );
}

async fn the_table_of_orders_is_filtered_by_its_address(shop: TestShop) {
    let rope = rope(&shop).await;
    let order = shop.bought(&[(rope.variant(), 1)], cash()).await;
    let site = shop.open().await;
    let browser = admin(&shop, &site).await;
    // Tests begin on 9 October 2025.
    for (query, is_there) in [
        ("", true),
        ("from=2025-10-09&to=2025-10-09", true),
        ("from=2025-10-10", false),
        ("to=2025-10-08", false),
        ("from=yesterday", true),
        ("customer=kim%40example.com", true),
        ("customer=eve%40example.com", false),
        ("product=rop", true),
        ("product=lamp", false),
        ("status=paid&product=rope&q=marten", true),
        ("status=packed", false),
    ] {
        let page = browser
            .page(&format!("/admin/orders?{query}"))
            .await
            .expect(200);
        assert_eq!(page.body.contains(&order.number), is_there, "{query}");
    }
    let page = browser
        .page("/admin/orders?from=2025-10-09&q=a%22%3E")
        .await
        .expect(200);
    assert!(page.body.contains("value=\"2025-10-09\"") && page.body.contains("value=\"a&quot;"));
}
