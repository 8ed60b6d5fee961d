//! What asks for a code again.

use super::set_up;
use crate::{
    roles::{Things, ask},
    support::{ADMIN, Goods, MINUTE, TestShop, cash, on_both_databases},
};

on_both_databases!(
    what_must_be_the_owners_doing_asks_for_a_code_again,
    a_download_keeps_its_form_however_many_codes_are_wrong,
);

/// What moves money, roles or personal data.
const ASKING: [(&str, &str); 9] = [
    (
        "/api/admin/orders/refund",
        "id=$order&number=1&all=1&restock=1",
    ),
    ("/api/admin/orders/paid-back", "id=$order&number=1"),
    ("/api/admin/orders/cancel", "id=$order"),
    ("/api/admin/staff/invite", "email=x@shop.test&role=staff"),
    ("/api/admin/staff/role", "id=$member&role=admin"),
    ("/api/admin/customers/erase", "id=$order"),
    ("/api/admin/customers/export", "id=$order"),
    ("/api/admin/settings/save", "version=0"),
    ("/api/admin/second-factor/reset", "id=$member"),
];

async fn what_must_be_the_owners_doing_asks_for_a_code_again(shop: TestShop) {
    let things = Things::of(&shop).await;
    let site = shop.open().await;
    let browser = site.browser();
    browser.sign_in(ADMIN).await.expect(200);
    let secret = set_up(&shop, &browser).await;
    shop.clock.advance(15 * MINUTE);
    let own = [
        ("/api/account/second-factor/off", ""),
        ("/api/account/second-factor/codes", ""),
    ];
    for (path, fields) in ASKING.into_iter().chain(own) {
        let answer = ask(&browser, "POST", path, things.put_into(fields)).await;
        assert_eq!(answer.expect(403).kind(), "confirm_needed", "{path}");
    }
    // Looking at it asks nothing.
    browser.page("/admin/staff").await.expect(200);

    let invite = "/api/admin/staff/invite";
    let fields = [
        ("email", "kim+new@shop.test"),
        ("role", "admin"),
        // The form comes back to its page from there.
        ("page", "/admin/staff?page=2"),
    ];
    let page = browser.submit(invite, &fields).await.came_back();
    assert!(page.body.contains("Confirm it’s you"), "{}", page.body);
    assert!(page.body.contains(&format!("action=\"{invite}\"")));
    for (name, value) in fields {
        assert!(page.body.contains(&format!("name=\"{name}\"")));
        assert!(page.body.contains(&format!("value=\"{value}\"")));
    }
    assert!(
        !page.body.contains("aria-invalid"),
        "being asked is no mistake"
    );
    let wrong = [fields[0], fields[1], fields[2], ("confirm_code", "no code")];
    let wrong = browser.submit(invite, &wrong).await.refused();
    assert!(wrong.body.contains("aria-invalid=\"true\""));
    assert!(!wrong.body.contains("value=\"no code\""));
    assert!(wrong.body.contains("value=\"kim+new@shop.test\""));
    assert!(
        wrong
            .body
            .contains("name=\"page\" value=\"/admin/staff?page=2\"")
    );
    let code = shop.next_code(&secret);
    let right = [fields[0], fields[1], ("confirm_code", code.as_str())];
    let sent = browser.submit(invite, &right).await.expect(303);
    assert_eq!(sent.location(), "/admin/staff?done=invited");
    // Not again for a while.
    let order = things.put_into("$order");
    let export = "/api/admin/customers/export";
    let file = browser.submit(export, &[("id", order.as_str())]).await;
    assert!(file.expect(200).body.contains("exported_at"));

    // A download comes with the code, too.
    shop.clock.advance(15 * MINUTE);
    let page = browser
        .submit(export, &[("id", order.as_str())])
        .await
        .came_back();
    assert!(page.body.contains("Confirm it’s you") && page.body.contains(&order));
    let code = shop.next_code(&secret);
    let fields = [("id", order.as_str()), ("confirm_code", code.as_str())];
    let file = browser.submit(export, &fields).await.expect(200);
    assert!(file.header("content-disposition").starts_with("attachment"));

    // Codes that are made by a form that was asked about are shown all the same.
    shop.clock.advance(15 * MINUTE);
    let codes = "/api/account/second-factor/codes";
    browser.submit(codes, &[]).await.came_back();
    let code = shop.next_code(&secret);
    let made = browser
        .submit(codes, &[("confirm_code", code.as_str())])
        .await;
    let made = made.came_back();
    assert_eq!(made.body.matches("<li class=\"mono\">").count(), 10);
    let off = browser.submit("/api/account/second-factor/off", &[]).await;
    assert_eq!(
        off.expect(303).location(),
        "/account/security?done=factor-off"
    );
    browser
        .submit(invite, &[("email", "lou@shop.test"), ("role", "staff")])
        .await
        .expect(303);
}

async fn a_download_keeps_its_form_however_many_codes_are_wrong(shop: TestShop) {
    shop.admin().await;
    let rope = shop.stock(Goods::named("Rope")).await;
    let order = shop.bought(&[(rope.variant(), 1)], cash()).await.id;
    let site = shop.open().await;
    let browser = site.browser();
    browser.sign_in(ADMIN).await.expect(200);
    set_up(&shop, &browser).await;
    shop.clock.advance(15 * MINUTE);
    let export = "/api/admin/customers/export";
    let wrong = [("id", order.as_str()), ("confirm_code", "no code")];
    let first = browser.call(export, &wrong).await.expect(422);
    assert_eq!(first.fields(), ["confirm_code"], "a mistake");
    for _ in 0..20 {
        let page = browser.submit(export, &wrong).await.came_back();
        assert!(page.body.contains("Confirm it’s you"), "{}", page.body);
        assert!(page.body.contains(&format!("action=\"{export}\"")));
        assert!(page.body.contains(&format!("value=\"{order}\"")));
        assert!(!page.body.contains("value=\"no code\""));
    }
    let late = browser.call(export, &wrong).await.expect(429);
    assert_eq!(late.kind(), "too_many_requests");
}
