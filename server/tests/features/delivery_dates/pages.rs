//! Where it is said. Tests begin on a Thursday, 9 October 2025, at 08:53 UTC.

use super::{PICKUP, set};
use crate::{
    bank_transfer,
    support::{ADMIN, APPROVES, CONTACT_FORM, Goods, HOUR, TestShop, on_both_databases, test_card},
};

on_both_databases!(
    pages_say_days_and_dates_as_long_as_these_hold,
    the_checkout_says_dates_or_what_they_wait_for,
    an_order_and_its_mail_say_when_it_arrives,
    a_row_that_is_wrong_is_shown_again_with_its_fault,
);

/// Blanks that keep together are blanks to a reader.
fn read(page: String) -> String {
    page.replace('\u{a0}', " ").replace("&nbsp;", " ")
}

async fn pages_say_days_and_dates_as_long_as_these_hold(shop: TestShop) {
    let admin = shop.admin().await;
    let rope = shop.stock(Goods::named("Rope").price(2000)).await;
    let site = shop.speaking("en,de").open().await;
    let shopper = site.browser();
    shopper.add(rope.variant(), 1).await.expect(200);
    let product = format!("/products/{}", rope.slug);
    let page = read(shopper.page(&product).await.expect(200).body);
    assert!(!page.contains("working day"), "{page}");
    set(&shop, &admin, 0, ["2", "4"], "").await;
    let page = read(shopper.page(&product).await.expect(200).body);
    assert!(
        page.contains("Standard: €4.90, free from €75.00, 2–4 working days<"),
        "{page}"
    );
    let dates = ["Arrives Mon 13 – Wed 15 Oct", "Arrives Tue 14 – Thu 16 Oct"];
    assert!(page.contains(dates[0]), "{page}");
    let cart = read(shopper.page("/cart").await.expect(200).body);
    assert!(cart.contains("Arrives Mon 13 – Wed 15 Oct"), "{cart}");
    let german = read(
        shopper
            .page(&format!("/de{product}"))
            .await
            .expect(200)
            .body,
    );
    assert!(german.contains(", 2–4 Arbeitstage<"), "{german}");
    let arrives = "Lieferung Mo., 13. – Mi., 15. Okt.";
    assert!(german.contains(arrives), "{german}");
    let german = read(shopper.page("/de/cart").await.expect(200).body);
    assert!(german.contains(arrives), "{german}");

    // A page is kept until the cut-off, and the next one until midnight.
    set(&shop, &admin, 0, ["2", "4"], "10:00").await;
    let end = 1_760_004_000_000;
    for (at, [shown, other]) in [
        (end - 1, [dates[0], dates[1]]),
        (end, [dates[1], dates[0]]),
        (end + 14 * HOUR, [dates[1], dates[0]]),
        (end + 24 * HOUR, ["Arrives Wed 15 – Fri 17 Oct", dates[1]]),
    ] {
        shop.clock.set(at);
        for _ in 0..2 {
            let answer = shopper.page(&product).await.expect(200);
            assert_eq!(answer.header("cache-control"), "public, no-cache");
            let page = read(answer.body);
            assert!(
                page.contains(shown) && !page.contains(other),
                "{at}: {page}"
            );
        }
    }
}

async fn the_checkout_says_dates_or_what_they_wait_for(shop: TestShop) {
    let admin = bank_transfer::set_up(&shop).await;
    let rope = shop.stock(Goods::named("Rope").price(2000)).await;
    set(&shop, &admin, 0, ["2", "4"], "").await;
    set(&shop, &admin, PICKUP, ["0", "0"], "").await;
    let site = shop.open().await;
    let shopper = site.browser();
    shopper.add(rope.variant(), 1).await.expect(200);
    let told = shopper.call("/api/checkout/contact", &CONTACT_FORM).await;
    told.expect(200);
    let page = shopper.page("/checkout?step=shipping").await;
    let page = read(page.expect(200).body);
    assert!(page.contains("Arrives Mon 13 – Wed 15 Oct"), "{page}");
    assert!(page.contains("Ready Thu 9 Oct"), "{page}");
    let chosen = shopper.call("/api/checkout/shipping", &[("shipping", "standard")]);
    chosen.await.expect(200);
    let paid = [("payment", "bank_transfer"), ("card_number", "")];
    shopper
        .call("/api/checkout/payment", &paid)
        .await
        .expect(200);
    let page = read(shopper.page("/checkout?step=review").await.expect(200).body);
    assert!(
        page.contains("Arrives within 4 working days of your payment"),
        "{page}"
    );
}

async fn an_order_and_its_mail_say_when_it_arrives(shop: TestShop) {
    let admin = shop.admin().await;
    let rope = shop.stock(Goods::named("Rope")).await;
    set(&shop, &admin, PICKUP, ["1", "2"], "").await;
    let post = shop.post();
    let order = shop
        .bought(&[(rope.variant(), 1)], test_card(APPROVES))
        .await;
    let site = shop.open().await;
    let page = format!("/orders/{}", order.token);
    let shopper = site.browser();
    let seen = read(shopper.page(&page).await.expect(200).body);
    assert!(seen.contains("Ready Fri 10 – Mon 13 Oct"), "{seen}");
    let mail = read(post.the_mail().await.body());
    assert!(mail.contains("Ready Fri 10 – Mon 13 Oct."), "{mail}");

    let staff = site.browser();
    staff.sign_in(ADMIN).await.expect(200);
    let desk = staff.page(&format!("/admin/orders/{}", order.id)).await;
    let desk = read(desk.expect(200).body);
    assert!(desk.contains("told: Ready Fri 10 – Mon 13 Oct"), "{desk}");
    // What never comes is not announced any more.
    shop.shop().orders.cancel(&admin, &order.id).await.unwrap();
    let seen = read(shopper.page(&page).await.expect(200).body);
    assert!(!seen.contains("Ready Fri"), "{seen}");
}

async fn a_row_that_is_wrong_is_shown_again_with_its_fault(shop: TestShop) {
    shop.admin().await;
    let site = shop.open().await;
    let admin = site.browser();
    admin.sign_in(ADMIN).await.expect(200);
    let fields = [
        ("page", "/admin/settings"),
        ("version", "0"),
        ("name", "Holdfast"),
        ("currency", "EUR"),
        ("tax", "19"),
        ("time_zone", "UTC"),
        ("dispatch_by", "noon"),
        ("payment_hold_minutes", "30"),
        ("cart_days", "30"),
        ("low_stock", "5"),
        ("rates[0][name]", "By bike"),
        ("rates[0][days_from]", "4"),
        ("rates[0][days_to]", "2"),
        ("rates[0][handover]", "collection"),
    ];
    let page = admin
        .submit("/api/admin/settings/save", &fields)
        .await
        .refused()
        .body;
    for part in [
        "Enter at least 4.",
        "Enter a time of day, such as 14:00.",
        "value=\"noon\"",
        "value=\"By bike\"",
    ] {
        assert!(page.contains(part), "{part}: {page}");
    }
}
