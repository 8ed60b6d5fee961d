//! The same in a browser without script: the mail's page, the order's, the checkout's and the staff's.

use app::{identity::Role, orders::types::OrderStatus};

use super::{ask, rope, waiting};
use crate::support::{
    ADMIN, Browser, Goods, MINUTE, STAFF, Stocked, TestShop, cash, contact, on_both_databases,
    order_form,
};

on_both_databases!(
    opening_the_link_changes_nothing_and_the_button_confirms,
    after_its_time_the_page_says_that_the_order_has_lapsed,
    an_unknown_link_is_no_page,
    the_page_speaks_the_language_of_the_mail,
    the_payment_step_says_why_cash_cannot_be_chosen,
    the_review_says_why_an_order_on_delivery_is_not_placed,
    staff_sees_what_waits_and_confirms_it,
);

const CONFIRM: &str = "/api/orders/confirm";

async fn status(shop: &TestShop, id: &str) -> OrderStatus {
    shop.shop().orders.by_id(id).await.unwrap().status
}

async fn opening_the_link_changes_nothing_and_the_button_confirms(shop: TestShop) {
    ask(&shop).await;
    let (rope, post) = (rope(&shop).await, shop.post());
    let (order, token) = waiting(&shop, &post, &rope).await;
    let site = shop.open().await;
    let browser = site.browser();
    let page = format!("/orders/confirm/{token}");
    for _ in 0..2 {
        let shown = browser.page(&page).await.expect(200).body;
        assert!(shown.contains("Confirm your order"), "{shown}");
        assert!(shown.contains(&format!("name=\"token\" value=\"{token}\"")));
    }
    let waits = OrderStatus::AwaitingConfirmation;
    assert_eq!(status(&shop, &order.id).await, waits);
    let own = browser.page(&format!("/orders/{}", order.token)).await;
    let own = own.expect(200).body;
    assert!(own.contains("It can be confirmed until"), "{own}");
    let mailed = format!("The e-mail with the link went to {}.", contact().email);
    assert!(own.contains(&mailed), "{own}");
    assert!(
        !own.contains(&token),
        "the order’s page does not confirm it"
    );

    let fields = [("token", token.as_str()), ("page", page.as_str())];
    let answer = browser.submit(CONFIRM, &fields).await.expect(303);
    assert_eq!(answer.location(), format!("/orders/{}", order.token));
    assert_eq!(status(&shop, &order.id).await, OrderStatus::Paid);
    let own = browser.page(answer.location()).await.expect(200).body;
    assert!(own.contains("Order confirmed"), "{own}");
    let mailed = format!("We’ve e-mailed your confirmation to {}.", contact().email);
    assert!(own.contains(&mailed), "{own}");
    assert!(!own.contains("Payment confirmed"), "nothing was paid");
    let shown = browser.page(&page).await.expect(200).body;
    assert!(shown.contains("Your order is confirmed"), "{shown}");
    assert!(!shown.contains("name=\"token\""), "{shown}");
    browser.submit(CONFIRM, &fields).await.expect(303);
}

async fn after_its_time_the_page_says_that_the_order_has_lapsed(shop: TestShop) {
    ask(&shop).await;
    let (rope, post) = (rope(&shop).await, shop.post());
    let (order, token) = waiting(&shop, &post, &rope).await;
    let site = shop.open().await;
    let browser = site.browser();
    shop.clock.advance(30 * MINUTE);
    let page = format!("/orders/confirm/{token}");
    let fields = [("token", token.as_str()), ("page", page.as_str())];
    // Before a node has looked, and after.
    for _ in 0..2 {
        let refused = browser.submit(CONFIRM, &fields).await.refused().body;
        assert!(refused.contains("role=\"alert\""), "{refused}");
        assert!(refused.contains("This order has lapsed"), "{refused}");
        let shown = browser.page(&page).await.expect(200).body;
        assert!(shown.contains("This order has lapsed"), "{shown}");
        shop.services.checkout.settle_overdue().await.unwrap();
    }
    assert_eq!(status(&shop, &order.id).await, OrderStatus::Cancelled);
    let own = browser.page(&format!("/orders/{}", order.token)).await;
    let own = own.expect(200).body;
    assert!(own.contains("This order has lapsed"), "{own}");
    assert!(own.contains("confirmed in time"), "{own}");
}

async fn an_unknown_link_is_no_page(shop: TestShop) {
    let site = shop.open().await;
    let browser = site.browser();
    for token in ["x".repeat(43), "short".to_owned()] {
        let page = format!("/orders/confirm/{token}");
        browser.page(&page).await.expect(404);
        browser
            .call(CONFIRM, &[("token", &token)])
            .await
            .expect(404);
    }
}

async fn the_page_speaks_the_language_of_the_mail(shop: TestShop) {
    ask(&shop).await;
    let rope = rope(&shop).await;
    let shop = shop.speaking("de");
    let mail = {
        let post = shop.post();
        shop.bought(&[(rope.variant(), 1)], cash()).await;
        post.the_mail().await
    };
    assert!(
        mail.subject.starts_with("Bestätigen Sie Ihre Bestellung"),
        "{}",
        mail.subject
    );
    let token = mail.link("/orders/confirm/");
    let site = shop.open().await;
    let page = site
        .browser()
        .page(&format!("/orders/confirm/{token}"))
        .await;
    let page = page.expect(200).body;
    assert!(page.contains("Bestellung bestätigen"), "{page}");
}

/// A browser whose checkout has come to the payment step.
async fn at_payment(site: &crate::support::Site, goods: &Stocked) -> Browser {
    let browser = site.browser();
    browser.add(goods.variant(), 1).await.expect(200);
    let contact = [
        ("email", "kim@example.com"),
        ("name", "Kim Marten"),
        ("address_line1", "Quay 7"),
        ("postal_code", "20457"),
        ("city", "Hamburg"),
        ("country", "DE"),
    ];
    let step = browser.submit("/api/checkout/contact", &contact).await;
    step.expect(303);
    let pickup = [("shipping", "pickup")];
    let step = browser.submit("/api/checkout/shipping", &pickup).await;
    step.expect(303);
    browser
}

async fn the_payment_step_says_why_cash_cannot_be_chosen(shop: TestShop) {
    let coat = shop.stock(Goods::named("Coat").price(1000)).await;
    shop.rewrite(&coat, |draft| draft.prepaid = true).await;
    let site = shop.open().await;
    let browser = at_payment(&site, &coat).await;
    let step = browser
        .page("/checkout?step=payment")
        .await
        .expect(200)
        .body;
    assert!(step.contains("“Coat” can’t be paid on delivery"), "{step}");
    assert!(step.contains("disabled"), "{step}");
    let chosen = [
        ("payment", "cash_on_delivery"),
        ("page", "/checkout?step=payment"),
    ];
    let refused = browser.submit("/api/checkout/payment", &chosen).await;
    let refused = refused.refused().body;
    assert!(refused.contains("role=\"alert\""), "{refused}");
    assert!(refused.contains("href=\"#payment\""), "{refused}");
}

async fn the_review_says_why_an_order_on_delivery_is_not_placed(shop: TestShop) {
    let rope = rope(&shop).await;
    let site = shop.open().await;
    let browser = at_payment(&site, &rope).await;
    let chosen = [("payment", "cash_on_delivery")];
    let step = browser.submit("/api/checkout/payment", &chosen).await;
    assert_eq!(step.expect(303).location(), "/checkout?step=review");
    let review = browser.page("/checkout?step=review").await.expect(200).body;
    let (_, key) = review
        .split_once("name=\"checkout_key\" value=\"")
        .expect("the form is there");
    let (key, _) = key.split_once('"').unwrap();
    // The owner sets a limit while the shopper reads.
    let limited =
        "UPDATE payment_methods SET highest_minor = 500 WHERE method = 'cash_on_delivery'";
    shop.execute(limited).await;
    let mut form = order_form(key, "1000");
    form.push(("page", "/checkout?step=review"));
    let refused = browser.submit("/api/checkout/place", &form).await;
    let refused = refused.refused().body;
    assert!(refused.contains("banner-bad"), "{refused}");
    assert!(refused.contains("€5.00"), "{refused}");
    assert!(refused.contains("step=payment"), "{refused}");
    assert_eq!(shop.orders().await, 0);
}

async fn staff_sees_what_waits_and_confirms_it(shop: TestShop) {
    ask(&shop).await;
    let (rope, post) = (rope(&shop).await, shop.post());
    let (order, _) = waiting(&shop, &post, &rope).await;
    shop.admin().await;
    shop.account(STAFF, Role::Staff).await;
    let site = shop.open().await;
    let (staff, guest) = (site.browser(), site.browser());
    staff.sign_in(STAFF).await.expect(200);
    let list = staff
        .page("/admin/orders?status=awaiting_confirmation")
        .await;
    assert!(list.expect(200).body.contains(&order.number));
    let here = format!("/admin/orders/{}", order.id);
    let page = staff.page(&here).await.expect(200).body;
    assert!(page.contains("Lapses at"), "{page}");
    assert!(!page.contains("as received"), "no money is due yet: {page}");
    let confirm = "/api/admin/orders/confirm";
    let fields = [("id", order.id.as_str())];
    guest.call(confirm, &fields).await.expect(404);
    let answer = staff.submit(confirm, &fields).await.expect(303);
    assert_eq!(answer.location(), here);
    assert_eq!(status(&shop, &order.id).await, OrderStatus::Paid);
    let page = staff.page(&here).await.expect(200).body;
    assert!(page.contains("Order confirmed"), "{page}");
    let refused = staff.submit(confirm, &fields).await.refused().body;
    assert!(refused.contains("role=\"alert\""), "{refused}");
    let log = site.browser();
    log.sign_in(ADMIN).await.expect(200);
    let log = log.page("/admin/audit").await.expect(200).body;
    assert!(log.contains("Order confirmed for the customer"), "{log}");
}
