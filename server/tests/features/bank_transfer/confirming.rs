//! A shopper who is not known confirms an order by transfer before its days to pay begin.

use app::{
    cart::ports::CartItem,
    identity::Role,
    orders::{
        payment::PaymentStatus,
        types::{CancelReason, Confirmation, EventKind, Order, OrderStatus},
    },
};
use server::{cart::token::of_account, orders::check::takings};

use super::{books_agree, came, rope, set_up, transfer};
use crate::support::{ADMIN, Goods, MINUTE, TestShop, on_both_databases, order};

on_both_databases!(
    an_order_waits_for_its_buyer_and_then_for_its_money,
    what_nobody_confirms_lapses_and_gives_its_units_back,
    whose_address_is_proven_is_not_asked,
    staff_confirms_in_the_customers_place,
    what_waits_to_be_confirmed_counts_among_those_that_wait,
    an_order_of_nothing_is_not_asked_for,
    the_pages_say_what_comes_next,
    programs_read_no_bank_details_of_what_is_not_confirmed,
);

const DAY: i64 = 24 * 60 * MINUTE;

async fn ask(shop: &TestShop) {
    shop.execute("UPDATE cash_settings SET confirmation = 1")
        .await;
}

async fn an_order_waits_for_its_buyer_and_then_for_its_money(shop: TestShop) {
    let admin = set_up(&shop).await;
    ask(&shop).await;
    let (rope, post) = (rope(&shop).await, shop.post());
    let order = shop.bought(&[(rope.variant(), 2)], transfer()).await;
    assert_eq!(order.status, OrderStatus::AwaitingConfirmation);
    assert_eq!(order.payment_status, PaymentStatus::Pending);
    assert_eq!(order.confirm_by, Some(shop.now() + 30 * MINUTE));
    assert!(
        order.awaits_transfer().is_none(),
        "nobody is told where to pay"
    );
    assert_eq!(shop.units(rope.variant()).await, 8);
    let sums = takings(shop.db()).await.unwrap();
    assert_eq!(
        (sums[0].unconfirmed_minor, sums[0].awaited_minor),
        (2000, 0)
    );
    let mail = post.the_mail().await;
    assert!(
        mail.subject.starts_with("Confirm your order"),
        "{}",
        mail.subject
    );
    assert!(
        mail.body().contains("You pay by bank transfer."),
        "{}",
        mail.body()
    );
    let token = mail.link("/orders/confirm/");
    books_agree(&shop).await;

    shop.clock.advance(20 * MINUTE);
    let orders = &shop.shop().orders;
    let (one, other) = tokio::join!(orders.confirm(&token), orders.confirm(&token));
    for seen in [one.unwrap(), other.unwrap()] {
        assert_eq!(seen.status, OrderStatus::PendingPayment);
        // The days begin when they can be used.
        assert_eq!(seen.awaits_transfer().unwrap().until, shop.now() + 7 * DAY);
        let [event] = seen.events.as_slice() else {
            panic!("once: {:?}", seen.events);
        };
        assert_eq!((event.kind, event.at), (EventKind::Confirmed, shop.now()));
    }
    assert_eq!(
        orders.to_confirm(&token).await.unwrap().1,
        Confirmation::Confirmed
    );
    let mail = post.the_mail().await;
    assert!(mail.subject.starts_with("Please pay"), "{}", mail.subject);
    let sums = takings(shop.db()).await.unwrap();
    assert_eq!(
        (sums[0].unconfirmed_minor, sums[0].awaited_minor),
        (0, 2000)
    );
    books_agree(&shop).await;

    shop.clock.advance(6 * DAY);
    shop.services.checkout.settle_overdue().await.unwrap();
    let desk = &shop.shop().transfers;
    let paid = desk
        .record(&admin, &order.id, came("20.00", ""))
        .await
        .unwrap();
    assert_eq!(paid.status, OrderStatus::Paid);
    let happened: Vec<_> = paid.events.iter().map(|event| event.kind).collect();
    assert_eq!(happened, [EventKind::Confirmed, EventKind::Paid]);
    assert_eq!(shop.units(rope.variant()).await, 8);
    books_agree(&shop).await;
}

async fn what_nobody_confirms_lapses_and_gives_its_units_back(shop: TestShop) {
    set_up(&shop).await;
    ask(&shop).await;
    let (rope, post) = (rope(&shop).await, shop.post());
    let order = shop.bought(&[(rope.variant(), 2)], transfer()).await;
    let token = post.the_mail().await.link("/orders/confirm/");
    shop.clock.advance(30 * MINUTE);
    for _ in 0..2 {
        shop.services.checkout.settle_overdue().await.unwrap();
        assert_eq!(shop.units(rope.variant()).await, 10);
    }
    let orders = &shop.shop().orders;
    let lapsed = orders.by_id(&order.id).await.unwrap();
    assert_eq!(lapsed.status, OrderStatus::Cancelled);
    assert_eq!(lapsed.cancel_reason, Some(CancelReason::Unconfirmed));
    assert_eq!(lapsed.payment_status, PaymentStatus::Voided);
    let mail = post.the_mail().await;
    assert!(mail.subject.contains("has lapsed"), "{}", mail.subject);
    orders.confirm(&token).await.unwrap_err();
    books_agree(&shop).await;
}

async fn whose_address_is_proven_is_not_asked(shop: TestShop) {
    set_up(&shop).await;
    ask(&shop).await;
    let rope = rope(&shop).await;
    let kim = shop.account("kim@example.com", Role::Customer).await;
    let cart = of_account(&kim.id);
    for (verified_at, status) in [
        ("NULL", OrderStatus::AwaitingConfirmation),
        ("1", OrderStatus::PendingPayment),
    ] {
        let sql = format!("UPDATE accounts SET verified_at = {verified_at}");
        shop.execute(&sql).await;
        let item = CartItem::Variant(rope.variant().to_owned());
        shop.shop().cart.add(Some(&cart), item, 1).await.unwrap();
        let placed = shop.place(&cart, order(transfer(), 1000)).await.unwrap();
        assert_eq!(placed.status, status);
    }
}

async fn staff_confirms_in_the_customers_place(shop: TestShop) {
    let admin = set_up(&shop).await;
    ask(&shop).await;
    let (rope, post) = (rope(&shop).await, shop.post());
    let order = shop.bought(&[(rope.variant(), 1)], transfer()).await;
    post.the_mail().await;
    let desk = &shop.shop().order_desk;
    let confirmed = desk.confirm(&admin, &order.id).await.unwrap();
    assert_eq!(confirmed.status, OrderStatus::PendingPayment);
    assert!(post.the_mail().await.subject.starts_with("Please pay"));
    desk.confirm(&admin, &order.id).await.unwrap_err();
    let seen = desk.order(&order.id).await.unwrap().events;
    let seen: Vec<_> = seen
        .iter()
        .map(|event| (event.kind, event.actor.as_deref()))
        .collect();
    assert_eq!(seen, [(EventKind::Confirmed, Some(admin.email.as_str()))]);
    let site = shop.open().await;
    let (staff, guest) = (site.browser(), site.browser());
    staff.sign_in(ADMIN).await.expect(200);
    let page = staff
        .page(&format!("/admin/orders/{}", order.id))
        .await
        .expect(200)
        .body;
    // In the order's time line and in that of its money.
    assert_eq!(page.matches("Order confirmed").count(), 2, "{page}");
    let page = guest
        .page(&format!("/orders/{}", order.token))
        .await
        .expect(200)
        .body;
    assert!(
        page.contains("Order confirmed") && !page.contains(ADMIN),
        "{page}"
    );
    let noted = "SELECT COUNT(*) AS n FROM audit_entries WHERE action = 'order.confirm'";
    assert_eq!(shop.number(noted).await, 1);
    books_agree(&shop).await;
}

async fn what_waits_to_be_confirmed_counts_among_those_that_wait(shop: TestShop) {
    set_up(&shop).await;
    ask(&shop).await;
    let rope = rope(&shop).await;
    for _ in 0..3 {
        shop.bought(&[(rope.variant(), 1)], transfer()).await;
    }
    let refused = shop
        .buy(&[(rope.variant(), 1)], transfer())
        .await
        .1
        .unwrap_err();
    assert_eq!(refused.fields[0].field, "payment");
}

async fn an_order_of_nothing_is_not_asked_for(shop: TestShop) {
    set_up(&shop).await;
    ask(&shop).await;
    let leaflet = shop.stock(Goods::named("Leaflet").price(0)).await;
    let order = shop.bought(&[(leaflet.variant(), 1)], transfer()).await;
    assert_eq!((order.status, order.confirm_by), (OrderStatus::Paid, None));
}

async fn the_pages_say_what_comes_next(shop: TestShop) {
    set_up(&shop).await;
    ask(&shop).await;
    let (rope, post) = (rope(&shop).await, shop.post());
    let order = shop.bought(&[(rope.variant(), 1)], transfer()).await;
    let token = post.the_mail().await.link("/orders/confirm/");
    let site = shop.open().await;
    let browser = site.browser();
    let of_order = format!("/orders/{}", order.token);
    let page = browser.page(&of_order).await.expect(200).body;
    for told in ["Please confirm it", "Order confirmed", "Payment received"] {
        assert!(page.contains(told), "{told}: {page}");
    }
    assert!(!page.contains(super::IBAN), "{page}");
    let confirm = format!("/orders/confirm/{token}");
    let page = browser.page(&confirm).await.expect(200).body;
    assert!(page.contains("by bank transfer"), "{page}");
    let pressed = [("token", token.as_str()), ("page", confirm.as_str())];
    browser
        .submit("/api/orders/confirm", &pressed)
        .await
        .expect(303);
    let page = browser.page(&of_order).await.expect(200).body;
    assert!(page.contains(super::IBAN), "{page}");
    let page = browser.page(&confirm).await.expect(200).body;
    assert!(page.contains("The bank details are on the order"), "{page}");
}

async fn programs_read_no_bank_details_of_what_is_not_confirmed(shop: TestShop) {
    let admin = set_up(&shop).await;
    ask(&shop).await;
    let (rope, post) = (rope(&shop).await, shop.post());
    let site = shop.open().await;
    let browser = site.browser();
    let read = async |order: &Order| {
        let known = [
            ("number", order.number.as_str()),
            ("email", &order.contact.email),
        ];
        browser
            .call("/api/orders/look-up", &known)
            .await
            .expect(200)
            .body
    };
    let (desk, orders) = (&shop.shop().order_desk, &shop.shop().orders);
    let mut bought = Vec::new();
    for _ in 0..3 {
        let order = shop.bought(&[(rope.variant(), 1)], transfer()).await;
        let token = post.the_mail().await.link("/orders/confirm/");
        let told = read(&order).await;
        assert!(
            told.contains("\"transfer\""),
            "it is to be paid by transfer: {told}"
        );
        assert!(
            !told.contains("\"iban\"") && !told.contains("\"reference\""),
            "{told}"
        );
        bought.push((order, token));
    }
    let [(confirmed, token), (cancelled, _), (ended, _)] = bought.try_into().unwrap();
    orders.confirm(&token).await.unwrap();
    let told = read(&confirmed).await;
    assert!(
        told.contains("\"iban\"") && told.contains("\"reference\""),
        "{told}"
    );
    // What ended before is to be paid no more than before.
    orders.cancel(&admin, &cancelled.id).await.unwrap();
    let told = read(&cancelled).await;
    assert!(!told.contains("\"iban\""), "{told}");
    // Money for what was confirmed once may still come, and has to be found.
    desk.confirm(&admin, &ended.id).await.unwrap();
    orders.cancel(&admin, &ended.id).await.unwrap();
    let told = read(&ended).await;
    assert!(told.contains("\"reference\""), "{told}");
}
