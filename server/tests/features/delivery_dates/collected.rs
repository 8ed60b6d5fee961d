//! Orders that are collected, whether or not days are promised for them.

use app::orders::types::Parcel;

use crate::support::{ADMIN, Goods, TestShop, cash, on_both_databases};

on_both_databases!(
    an_order_that_is_collected_is_no_parcel,
    an_order_is_handed_over_as_it_was_when_it_was_placed,
);

async fn an_order_that_is_collected_is_no_parcel(shop: TestShop) {
    let admin = shop.admin().await;
    let rope = shop.stock(Goods::named("Rope")).await;
    let (desk, post) = (&shop.shop().order_desk, shop.post());
    let order = shop.bought(&[(rope.variant(), 1)], cash()).await;
    assert!(order.is_collected() && order.promise.is_none());
    let mail = post.the_mail().await.body();
    assert!(mail.contains("when it’s ready to collect"), "{mail}");
    let site = shop.open().await;
    let (shopper, staff) = (site.browser(), site.browser());
    staff.sign_in(ADMIN).await.expect(200);
    let (here, there) = (
        format!("/orders/{}", order.token),
        format!("/admin/orders/{}", order.id),
    );
    let page = shopper.page(&here).await.expect(200).body;
    assert!(page.contains("We’ll e-mail you when it’s ready"), "{page}");
    assert!(!page.contains("parcel"), "{page}");
    desk.pack(&admin, &order.id).await.unwrap();
    let page = staff.page(&there).await.expect(200).body;
    assert!(page.contains("Mark as ready to collect"), "{page}");
    assert!(
        !page.contains("Mark as shipped") && !page.contains("name=\"carrier\""),
        "{page}"
    );
    desk.ship(&admin, &order.id, Parcel::default())
        .await
        .unwrap();
    let mail = post.the_mail().await;
    assert!(
        mail.subject.contains("is ready to collect"),
        "{}",
        mail.subject
    );
    assert!(!mail.body().contains("shipped"), "{}", mail.body());
    let page = shopper.page(&here).await.expect(200).body;
    assert!(page.contains("Your order is ready to collect"), "{page}");
    let page = staff.page(&there).await.expect(200).body;
    assert!(
        page.contains("Mark as collected") && !page.contains("Mark as delivered"),
        "{page}"
    );
    desk.deliver(&admin, &order.id).await.unwrap();
    let page = shopper.page(&here).await.expect(200).body;
    assert!(page.contains("Your order has been collected"), "{page}");
    let known = [
        ("number", order.number.as_str()),
        ("email", &order.contact.email),
    ];
    let told = shopper
        .call("/api/orders/look-up", &known)
        .await
        .expect(200);
    assert_eq!(told.json()["handover"], "collection");
}

async fn an_order_is_handed_over_as_it_was_when_it_was_placed(shop: TestShop) {
    let rope = shop.stock(Goods::named("Rope")).await;
    let first = shop.bought(&[(rope.variant(), 1)], cash()).await;
    shop.execute("UPDATE shipping_rates SET handover = 'delivery'")
        .await;
    let second = shop.bought(&[(rope.variant(), 1)], cash()).await;
    shop.execute("UPDATE shipping_rates SET handover = 'collection'")
        .await;
    for (order, is_collected) in [(first, true), (second, false)] {
        let now = shop.shop().orders.by_id(&order.id).await.unwrap();
        assert_eq!(now.is_collected(), is_collected);
    }
}
