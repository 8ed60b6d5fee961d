//! E-mails of an order that are sent once more.

use app::{
    error::ErrorKind,
    orders::types::{OrderStatus, Parcel},
};

use super::rope;
use crate::support::{ADMIN, HOUR, MINUTE, TestShop, cash, on_both_databases};

on_both_databases!(
    a_confirmation_is_sent_again_a_few_times_in_an_hour,
    of_an_order_that_is_not_confirmed_nothing_is_sent_again,
    the_mail_with_the_parcel_is_sent_again,
    a_guest_gets_the_link_again_that_confirms_an_order_while_it_does,
);

async fn a_confirmation_is_sent_again_a_few_times_in_an_hour(shop: TestShop) {
    let (rope, admin) = (rope(&shop).await, shop.admin().await);
    let order = shop.bought(&[(rope.variant(), 1)], cash()).await;
    let post = shop.post();
    let first = post.the_mail().await.subject;
    let desk = &shop.shop().order_desk;
    let resend = async |key: &str| desk.resend(&admin, &order.id, "", key).await;
    for key in [
        "form-number-000001",
        "form-number-000001",
        "form-number-000002",
    ] {
        resend(key).await.unwrap();
    }
    let again = post.deliver().await;
    assert_eq!(again.len(), 2, "one form sends one");
    assert!(again.iter().all(|mail| mail.subject == first));
    resend("").await.unwrap();
    let refused = resend("").await.unwrap_err();
    assert_eq!(refused.kind, ErrorKind::TooManyRequests);
    assert_eq!(post.deliver().await.len(), 1);
    let logged = "SELECT COUNT(*) AS n FROM audit_entries WHERE action = 'order.resend'";
    assert_eq!(shop.number(logged).await, 3);
    shop.clock.advance(HOUR);
    resend("").await.unwrap();
    assert_eq!(post.deliver().await.len(), 1);
    shop.clock.advance(25 * HOUR);
    shop.services.run_maintenance().await;
    let kept = "SELECT COUNT(*) AS n FROM resent_mails";
    assert_eq!(shop.number(kept).await, 0);
}

async fn of_an_order_that_is_not_confirmed_nothing_is_sent_again(shop: TestShop) {
    let (rope, admin) = (rope(&shop).await, shop.admin().await);
    let order = shop.bought(&[(rope.variant(), 1)], cash()).await;
    shop.shop().orders.cancel(&admin, &order.id).await.unwrap();
    let post = shop.post();
    post.deliver().await;
    let desk = &shop.shop().order_desk;
    let refused = desk.resend(&admin, &order.id, "", "").await;
    assert_eq!(refused.unwrap_err().kind, ErrorKind::Conflict);
    for unknown in ["x", &rope.id] {
        let refused = desk.resend(&admin, unknown, "", "").await;
        assert_eq!(refused.unwrap_err().kind, ErrorKind::NotFound);
    }
    assert_eq!(post.deliver().await.len(), 0);
}

async fn the_mail_with_the_parcel_is_sent_again(shop: TestShop) {
    let (rope, admin) = (rope(&shop).await, shop.admin().await);
    let order = shop.bought(&[(rope.variant(), 1)], cash()).await;
    let post = shop.post();
    let confirmation = post.the_mail().await.subject;
    let desk = &shop.shop().order_desk;
    desk.pack(&admin, &order.id).await.unwrap();
    // None of what it has not had.
    for word in ["shipped", "payment_details", "to_confirm", "all"] {
        let refused = desk.resend(&admin, &order.id, word, "").await;
        assert_eq!(refused.unwrap_err().kind, ErrorKind::Conflict, "{word}");
    }
    let parcel = Parcel {
        carrier: "DHL".to_owned(),
        tracking_number: "AB12".to_owned(),
    };
    desk.ship(&admin, &order.id, parcel).await.unwrap();
    let shipped = post.the_mail().await;
    let site = shop.open().await;
    let browser = site.browser();
    browser.sign_in(ADMIN).await.expect(200);
    let page = format!("/admin/orders/{}", order.id);
    let shown = browser.page(&page).await.expect(200).body;
    for word in ["confirmation", "shipped"] {
        assert!(shown.contains(&format!("name=\"mail\" value=\"{word}\"")));
    }
    let fields = [("id", order.id.as_str()), ("mail", "shipped")];
    let sent = browser.submit("/api/admin/orders/resend", &fields).await;
    assert_eq!(sent.expect(303).location(), format!("{page}?done=resent"));
    let again = post.the_mail().await;
    assert_eq!(again.subject, shipped.subject);
    assert!(again.parts().iter().all(|part| part.contains("AB12")));
    desk.resend(&admin, &order.id, "confirmation", "")
        .await
        .unwrap();
    assert_eq!(post.the_mail().await.subject, confirmation);
}

async fn a_guest_gets_the_link_again_that_confirms_an_order_while_it_does(shop: TestShop) {
    let (rope, admin) = (rope(&shop).await, shop.admin().await);
    shop.execute("UPDATE cash_settings SET confirmation = 1")
        .await;
    let order = shop.bought(&[(rope.variant(), 1)], cash()).await;
    assert_eq!(order.status, OrderStatus::AwaitingConfirmation);
    let post = shop.post();
    let first = post.the_mail().await;
    let desk = &shop.shop().order_desk;
    desk.resend(&admin, &order.id, "to_confirm", "")
        .await
        .unwrap();
    let again = post.the_mail().await;
    assert_eq!(again.subject, first.subject);
    // Both lead there.
    let site = shop.open().await;
    for mail in [first, again] {
        let page = format!("/orders/confirm/{}", mail.link("/orders/confirm/"));
        site.browser().page(&page).await.expect(200);
    }
    shop.clock.advance(31 * MINUTE);
    let refused = desk.resend(&admin, &order.id, "to_confirm", "").await;
    assert_eq!(refused.unwrap_err().kind, ErrorKind::Conflict);
}
